"""Queries whose answer is known: made from documents by fixed rules, to see at which rank the document then stands.

The rules resemble what people type who once read an answer and look for it again. The one decision: words come from
questions, from answers, from both and from other documents alike; if all came from questions, a benchmark would do no
more than ask for a heavier question.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Literal, get_args
from zlib import crc32

from benchmarks.slips import misremember, misspell
from search.model import Document
from search.schema import FIELD
from search.stems import stem
from search.text import HAN, acronym, fold, iter_tokens

Kind = Literal["question", "answer", "name", "phrase", "later", "reworded", "recalled", "misspelt", "misremembered"]

SLIPS: tuple[Kind, ...] = ("misspelt", "misremembered")
"""Kinds with something wrong in them, which seldom match what they look for."""
KINDS: tuple[Kind, ...] = get_args(Kind)
RIGHT = tuple(kind for kind in KINDS if kind not in SLIPS)

SAMPLED = 5
"""Words are counted in every so-manieth document."""
COMMON = 0.03
"""A word that stands in a larger share of its language's documents says nothing of a topic."""
BURSTY = 1.4
"""A word for a topic comes so many times, on average, where it comes at all; a verb or adjective comes once."""
RAREST = 6
"""Of a text's words for its topic, so many of the rarest are thought of."""
MIN_ANSWER = 20
"""Nobody looks for an answer of fewer tokens: "No.", "Thank you."."""
LATER = timedelta(days=60)
"""How long after a document a question may still be of the same matter."""
STICKY = 10
"""Two Han characters are a word where they stand together so many times oftener than by chance."""
RECALLED = (4, 7)
"""How many words side by side people type of what they remember."""
QUOTED = (3, 5)
"""How many of them in quotation marks."""
HAN_RUN = (6, 8)
"""How many Han characters, either way."""
ABOUT = 30
"""Words that come so many places before or after another, by how common they are, are about as common."""

_HAN = re.compile(f"[{HAN}]")
_HAN_GAP = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query and the document that it looks for.

    Attributes:
        text: what is typed.
        kind: the rule that made it.
        target: id of the document.
        source: id of the document whose words they are, which is itself no result; `None` where it is the target.
        group: publisher and language of the target.
        briefing: id of its briefing.
    """

    text: str
    kind: Kind
    target: str
    source: str | None
    group: str
    briefing: str


class Words:
    """Which words of a text say what it is about: those that are neither rare nor common, and come in bursts.

    That they do so is asked of the collection, not of the document: to prefer what a document says often would be to
    judge a formula by itself.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._sizes: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._places: dict[str, Counter[str]] = defaultdict(Counter)
        self._common: dict[str, list[str]] = {}
        self._forms: dict[str, dict[str, list[str]]] = {}
        self._standing: dict[str, dict[str, int]] = {}
        for document in documents[::SAMPLED]:
            self._sizes[document.language] += 1
            held = Counter(key for text in _texts(document) for key, _ in _iter_units(text))
            self._counts[document.language].update(held.keys())
            self._places[document.language].update(held)

    def topic(self, text: str, language: str) -> dict[str, str]:
        """The words for the topic of `text`, rarest first: folded, and as they are typed."""
        counts, places, size = self._counts[language], self._places[language], self._sizes[language]
        found: dict[str, str] = {}
        for key, surface in _iter_units(text):
            is_topical = 2 <= counts[key] <= COMMON * size and places[key] >= BURSTY * counts[key]
            if is_topical and self._is_word(key, surface, counts, size):
                found.setdefault(key, surface)
        return {key: found[key] for key in sorted(found, key=lambda k: (counts[k], k))}

    def alike(self, word: str, language: str) -> list[str]:
        """Words about as common as this one; none for a number, or a word of too few documents to have been counted."""
        if language not in self._common:
            # Ties by a digest: by the alphabet, forms of one word would stand side by side.
            keys = [key for key in self._counts[language] if key.isalpha() and not (_HAN.match(key) and len(key) > 1)]
            self._common[language] = sorted(keys, key=lambda k: (-self._counts[language][k], crc32(k.encode())))
            self._standing[language] = {key: at for at, key in enumerate(self._common[language])}
        at = self._standing[language].get(fold(word))
        return [] if at is None else self._common[language][max(at - ABOUT, 0) : at + ABOUT + 1]

    def other_forms(self, word: str, language: str) -> list[str]:
        """Words of the collection that have the stem of this one."""
        if language not in self._forms:
            forms: dict[str, list[str]] = defaultdict(list)
            for key in sorted(self._counts[language]):
                if key.isalpha() and stem(key, language):
                    forms[stem(key, language)].append(key)
            self._forms[language] = forms
        return [form for form in self._forms[language].get(stem(word, language), ()) if form != fold(word)]

    @staticmethod
    def _is_word(key: str, surface: str, counts: Mapping[str, int], size: int) -> bool:
        if _HAN.match(surface):
            return len(key) == 2 and counts[key] * size > STICKY * counts[key[0]] * counts[key[1]]
        return (len(surface) > 3 and surface.isalpha()) or acronym(surface) is not None


def _texts(document: Document) -> tuple[str, ...]:
    return (*FIELD["question"].values(document), *FIELD["answer"].values(document))


def _iter_units(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a text, and each two Han characters side by side: folded, and as typed."""
    tokens = list(iter_tokens(text))
    for token in tokens:
        yield token.terms[0], _typed(text[token.start : token.end])
    for one, other in pairwise(tokens):
        pair = text[one.start : other.end]
        if len(pair) == 2 and all(map(_HAN.match, pair)):
            yield fold(pair), pair


def _typed(surface: str) -> str:
    """A word as people type it: in small letters, if it is no acronym."""
    return surface if acronym(surface) else surface.lower()


class Questioner:
    """Makes queries from documents, the same ones every time.

    Lots are drawn by the id of a document, so that a better parse of one leaves the queries of the others as they are.

    Args:
        documents: all that can be found, in order.
        seed: of what is left to chance.
    """

    def __init__(self, documents: Sequence[Document], seed: int = 0) -> None:
        self._documents = documents
        self._seed = seed
        self._random = Random(seed)  # noqa: S311 (a sample, no secret)
        self._words = Words(documents)
        self._topics = {d.id: self._words.topic(_question(d), d.language) for d in documents}
        self._asked: dict[tuple[str, str], list[Document]] = defaultdict(list)
        for document in documents:
            for key in self._topics[document.id]:
                self._asked[_group(document), key].append(document)
        self._rules: dict[Kind, Callable[[Document], tuple[str, str | None] | None]] = {
            "question": lambda d: self._pick(self._topics[d.id]),
            "answer": lambda d: self._pick(self._words.topic(_answer(d), d.language)),
            "name": self._name,
            "phrase": self._phrase,
            "later": self._later,
            "reworded": self._reworded,
            "recalled": self._recalled,
            "misspelt": self._misspelt,
            "misremembered": self._misremembered,
        }

    def ask(self, each: int, kinds: Sequence[Kind] = KINDS) -> list[KnownItem]:
        """At most `each` queries of each of `kinds` for every publisher and language."""
        groups: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            groups[_group(document)].append(document)
        found = []
        for group, documents in sorted(groups.items()):
            for kind in kinds:
                made = 0
                for document in sorted(documents, key=lambda d: self._lot(kind, d)):
                    if made == each:
                        break
                    self._random.seed(self._lot(kind, document))
                    if _is_long(document) and (query := self._rules[kind](document)) is not None:
                        text, source = query
                        found.append(KnownItem(text, kind, document.id, source, group, document.briefing))
                        made += 1
        return found

    def _lot(self, kind: Kind, document: Document) -> int:
        return crc32(f"{self._seed} {kind} {document.id}".encode())

    def _pick(self, topic: Mapping[str, str]) -> tuple[str, None] | None:
        """Two to four words for the topic of a text."""
        query = self._choose(list(topic.values())[:RAREST], self._random.randint(2, 4))
        return (query, None) if query else None

    def _choose(self, words: Sequence[str], most: int) -> str | None:
        """Two to `most` of the words; of Han words, which are cut without a dictionary, none that may overlap."""
        chosen: list[str] = []
        for word in self._random.sample(words, len(words)):
            if not any(set(word) & set(other) and _HAN.match(word) for other in chosen):
                chosen.append(word)
        return " ".join(chosen[:most]) if len(chosen) > 1 else None

    def _name(self, document: Document) -> tuple[str, None] | None:
        """A name, and a word for the topic."""
        return self._name_and_topic(document, lambda name: name)

    def _misspelt(self, document: Document) -> tuple[str, None] | None:
        """The same, with a slip in the name."""
        return self._name_and_topic(document, lambda name: misspell(name, self._random))

    def _name_and_topic(self, document: Document, typed: Callable[[str], str | None]) -> tuple[str, None] | None:
        names = [m.surface for m in document.mentions if m.type in ("person", "place")]
        topic = self._topics[document.id] or self._words.topic(_answer(document), document.language)
        if not names:
            return None
        name = self._random.choice(names)
        others = [surface for key, surface in list(topic.items())[:RAREST] if key not in fold(name)]
        text = typed(name)
        return (f"{text} {self._random.choice(others)}", None) if others and text else None

    def _reworded(self, document: Document) -> tuple[str, None] | None:
        """Words for the topic of a question or an answer, one of them in another form than is printed there."""
        text = self._random.choice((_question(document), _answer(document)))
        picked = self._pick(self._words.topic(text, document.language))
        words = picked[0].split(" ") if picked else []
        forms = {at: self._words.other_forms(word, document.language) for at, word in enumerate(words)}
        fit = [at for at, others in forms.items() if others]
        if not fit:
            return None
        at = self._random.choice(fit)
        return " ".join((*words[:at], self._random.choice(forms[at]), *words[at + 1 :])), None

    def _phrase(self, document: Document) -> tuple[str, None] | None:
        """Some words of an answer, side by side, in quotation marks."""
        said = self._said(document, QUOTED)
        return (f'"{_close_up(said)}"', None) if said else None

    def _recalled(self, document: Document) -> tuple[str, None] | None:
        """The same as most people type it: more words, and no quotation marks."""
        said = self._said(document, RECALLED)
        return (_close_up(map(_typed, said)), None) if said else None

    def _misremembered(self, document: Document) -> tuple[str, None] | None:
        """The same with one word, or Han character, wrong."""
        said = self._said(document, RECALLED)
        typed = list(map(_typed, said or ()))
        wrong = misremember(typed, lambda word: self._words.alike(word, document.language), self._random)
        return (_close_up(wrong), None) if wrong else None

    def _said(self, document: Document, sizes: tuple[int, int]) -> list[str] | None:
        """Some words of an answer, side by side, two of them for the topic; or some Han characters."""
        text = self._random.choice(FIELD["answer"].values(document))
        tokens = list(iter_tokens(text))
        topic = self._words.topic(text, document.language)
        han = bool(tokens) and _HAN.match(text[tokens[0].start]) is not None
        size = self._random.randint(*(HAN_RUN if han else sizes))
        units = [fold(text[t.start : t.start + 2]) if han else t.terms[0] for t in tokens]
        runs = []
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            gaps = {text[one.end : other.start] for one, other in pairwise(run)}
            # The last character's pair reaches beyond the run.
            if gaps <= ({""} if han else {" "}) and sum(u in topic for u in units[at : at + size - han]) >= 2:
                runs.append([text[token.start : token.end] for token in run])
        return self._random.choice(runs) if runs else None

    def _later(self, document: Document) -> tuple[str, str] | None:
        """Words of a later briefing's question, the one that shares most words for the topic, that stand here too."""
        here = {key for text in _texts(document) for key in self._words.topic(text, document.language)}
        ends = document.date + LATER
        shared: Counter[str] = Counter()
        for key in sorted(here):
            asked = self._asked.get((_group(document), key), ())
            shared.update(d.id for d in asked if document.date < d.date <= ends)
        if not shared:
            return None
        source = min(shared, key=lambda id: (-shared[id], id))
        words = [surface for key, surface in self._topics[source].items() if key in here]
        query = self._choose(words, self._random.randint(2, 3))
        return (query, source) if query else None


def _close_up(words: Iterable[str]) -> str:
    """Words with spaces between them, Han characters without."""
    return _HAN_GAP.sub("", " ".join(words))


def _is_long(document: Document) -> bool:
    return sum(1 for _ in iter_tokens(_answer(document))) >= MIN_ANSWER


def _group(document: Document) -> str:
    return f"{document.publisher}/{document.language}"


def _question(document: Document) -> str:
    return " ".join(FIELD["question"].values(document))


def _answer(document: Document) -> str:
    return " ".join(FIELD["answer"].values(document))
