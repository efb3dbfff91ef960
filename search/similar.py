"""Answers like another: found by the words that tell it from the rest.

Here belong the choice of those words and the searches made of them. The one decision: words are weighed within the
answer first, by how often and how long they are, and the engine is asked how rare the few are that may be telling; so
a long answer costs no more than a short one.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from search.engine import Engine, EngineHit, Request, Selection
from search.folding import wording_of
from search.model import PARAGRAPH, Document, Turn
from search.page import Hit, Snippet
from search.query import OPERATORS, All, Phrase, Query, Term, all_of, any_of
from search.schema import BARE, is_searched
from search.snippets import best_snippet
from search.stems import stem
from search.text import HAN, iter_tokens

WORDS = 16
"""The most words that an answer is known by."""
PAIRS = 6
"""Of pairs of Han characters so many at most: each costs as much as two words."""
LEADING = 6
"""The most telling of the words; an answer that is like this one has one of these at least."""
LEAST = 3
"""An answer with fewer telling words is like nothing."""
MAX_SIMILAR = 20
"""The most answers of either kind that are told."""
FLOOR = 0.25
"""What part of an answer's own score another one of the day has at least, if the same was asked."""

CANDIDATES = 24
"""Words whose rarity is looked up."""
_COMMON = 20
"""A word that more than one of so many answers has tells nothing,"""
_FEW = 10
"""unless so few have it."""
_TIMES = {"question": 2, "answer": 1}
"""How much a word counts by where it stands: a question says what the matter is."""
_READ = 4_000
"""So much of a question and of an answer is read, in code points."""
_SHORT = 4
"""Words of fewer letters are left out, unless they begin with a capital."""
_ACRONYM = 8
"""The letters that an acronym counts for."""
_CAPITAL = 3
"""The letters that a capital is worth."""
_SPARE = 4
"""How many more hits are looked at than are told: some are the answer itself, or say what was told already."""
_SNIPPET = 160
"""How much is told of a question and of an answer, in code points; of Han characters half."""

_HAN = re.compile(f"[{HAN}]")

Word = TypeVar("Word")


class Similar(NamedTuple):
    """What is like an answer: `more`, the most alike first; `that_day`, what others asked of the same on its day."""

    more: tuple[Hit, ...]
    that_day: tuple[Hit, ...]


def find_similar(engine: Engine, document: Document, limit: int) -> Similar:
    """Up to `limit` answers of either kind, all in the language of `document`."""
    words = telling_words(engine, document) if is_searched(document) else ()
    if len(words) < LEAST:
        return Similar((), ())
    # Only answers with a leading word are weighed, for speed; a leading word counts twice, since it stands there twice.
    query = all_of(any_of(*words[:LEADING]), any_of(*words)) if len(words) > LEADING else any_of(*words)
    language = {"language": (document.language,)}
    day = Selection(language, since=document.date, until=document.date)
    today = engine.find(Request(query, day, limit=limit + _SPARE, facets=())).hits
    floor = FLOOR * max((hit.score for hit in today), default=0.0)  # the best is the answer itself
    asked = [
        hit
        for hit in today
        if hit.score >= floor and hit.document.item.kind == "answer" and is_of_others(hit.document, document)
    ][:limit]
    found = engine.find(Request(query, Selection(language), limit=limit + len(asked) + _SPARE, facets=())).hits
    more = _choose(found, [document, *(hit.document for hit in asked)], limit)
    return Similar(tuple(map(_shown, more)), tuple(map(_shown, asked)))


def is_of_others(other: Document, document: Document) -> bool:
    """Whether `other` was asked elsewhere, or not by the same asker as far as the record says."""
    ours, theirs = document.item, other.item
    if other.briefing != document.briefing:
        return True
    follows = ours.follow_up_to == theirs.n or theirs.follow_up_to == ours.n
    same = ours.n == theirs.n or (ours.asker is not None and ours.asker == theirs.asker)
    return not follows and not same


def _choose(found: Sequence[EngineHit], told: Sequence[Document], limit: int) -> list[EngineHit]:
    """The first of `found` that are not what was told, and have other words than that and than one another."""
    ids = {document.id for document in told}
    wordings = {wording_of(document) for document in told}
    chosen: list[EngineHit] = []
    for hit in found:
        wording = wording_of(hit.document)
        if hit.document.id not in ids and wording not in wordings and len(chosen) < limit:
            wordings.add(wording)
            chosen.append(hit)
    return chosen


def _shown(hit: EngineHit) -> Hit:
    turns = hit.document.item.turns
    question = [turn for turn in turns if turn.role == "question"]
    answer = [turn for turn in turns if turn.role in ("answer", "statement")]
    return Hit(hit.document, hit.score, _beginning(question), _beginning(answer), hit.editions)


def _beginning(turns: Sequence[Turn]) -> Snippet | None:
    if not turns:
        return None
    length = _SNIPPET // 2 if _HAN.match(turns[0].text) else _SNIPPET
    return best_snippet(turns, [()] * len(turns), {}, length)


def telling_words(engine: Engine, document: Document) -> tuple[Query, ...]:
    """Words that tell `document` from others in its language, the most telling first."""
    said = Said(document)
    words, pairs = said.words(), said.pairs()
    looked_up = tuple(dict.fromkeys((*words, *(Term(character) for pair in pairs for character in pair.words))))
    everything, *counts = engine.count((All(), *looked_up), Selection({"language": (document.language,)}))
    held = dict(zip(looked_up, counts, strict=True))
    rarity = {word: math.log((everything + 1) / (count + 1)) for word, count in held.items()}
    common = max(everything / _COMMON, _FEW)
    weights: dict[Query, float] = {w: n * rarity[w] for w, n in words.items() if 1 < held[w] <= common}
    of_pairs = {pair: n * sum(rarity[Term(c)] for c in pair.words) / 2 for pair, n in pairs.items()}
    weights |= {pair: of_pairs[pair] for pair in _heaviest(of_pairs, PAIRS)}
    return tuple(_heaviest(weights, WORDS))


class Said:
    """The words of a document, counted: the same with different endings once, Han characters by themselves."""

    def __init__(self, document: Document) -> None:
        self._surfaces: dict[str, str] = {}
        self._times: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for field in BARE:
            text = PARAGRAPH.join(field.values(document))[:_READ]
            self._count(text, document.language, _TIMES[field.name])

    def _count(self, text: str, language: str, times: int) -> None:
        before = (0, "")
        for start, end, _, terms, base in iter_tokens(text):
            surface = text[start:end]
            if _HAN.match(surface):
                self._times[surface] += times
                if before[0] == start and before[1]:
                    self._pairs[before[1], surface] += times
                before = (end, surface)
            elif _may_tell(surface):
                word = stem(base, language) or terms[0]
                self._times[word] += times
                self._surfaces.setdefault(word, surface)

    def words(self) -> Mapping[Term, float]:
        """Words that may be telling, with how much each of them counts for how often it stands."""
        likely = {
            word: math.log1p(self._times[word]) * _length(surface) ** 2 for word, surface in self._surfaces.items()
        }
        return {Term(self._surfaces[word]): math.log1p(self._times[word]) for word in _heaviest(likely, CANDIDATES)}

    def pairs(self) -> Mapping[Phrase, float]:
        """Pairs of Han characters that may be telling: those that stand together more than apart count most."""
        likely = {
            pair: math.log1p(times) * times / max(self._times[character] for character in pair)
            for pair, times in self._pairs.items()
        }
        return {Phrase(pair): likely[pair] for pair in _heaviest(likely, 2 * PAIRS)}


def _may_tell(surface: str) -> bool:
    """Whether a word could tell one answer from others: numbers and short words without a capital do not."""
    if (len(surface) < _SHORT and surface.islower()) or len(surface) < 2 or surface in OPERATORS:
        return False
    return not any(map(str.isdigit, surface))


def _length(surface: str) -> int:
    """How long a word is: rare ones are mostly longer. Names count for more."""
    if surface.isupper():
        return _ACRONYM
    return len(surface) + (_CAPITAL if surface[0].isupper() else 0)


def _heaviest(weights: Mapping[Word, float], most: int) -> list[Word]:
    return sorted(weights, key=lambda word: (-weights[word], str(word)))[:most]
