"""Suggestions while somebody types: entities, outlets, speakers, frequent phrases and words, with their counts.

Here belongs from typed text to at most ten suggestions; which words are frequent is in the labels. The one decision: a
suggestion is a search. A name becomes a filter, and what was typed before it stays; a word or a phrase completes the
text. Names are counted once for each commit, so that nothing is searched for a letter but the few phrases shown.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from threading import Lock
from typing import Final, Literal, NamedTuple, TypeVar

from search.beginnings import Directory, Key, iter_keys
from search.engine import Engine, Request, Selection
from search.labels import Labels, Name
from search.page import SearchRequest
from search.query import Phrase, Query, Scope, Term
from search.schema import FIELD, NOT_STATED, SCOPES
from search.stems import STEMMERS, query_stems
from search.text import HAN, fold, iter_tokens

Kind = Literal["entity", "outlet", "speaker", "phrase", "word"]

KINDS: Final[tuple[Kind, ...]] = ("entity", "outlet", "speaker", "phrase", "word")
NAMES = KINDS[:3]
MOST = 10
LONGEST_TEXT = 200
"""Characters; for more than that nothing is suggested."""
LONGEST_NAME = 6
"""Words at the end of a text that are looked for together."""
LISTED = 5_000
"""Values of a field that are known, the most frequent; a collection has some hundreds."""
SHARES: Final[Mapping[Kind, int]] = {"phrase": 4, "word": 2}
"""So many at the most of what is in no list of names; no more are counted for one text."""
REMEMBERED = 2_000
"""Of so many typed ends it is remembered what completes them: a single letter begins thousands of names."""
ELSEWHERE = 10
"""A name that what was typed does not begin is worth as much less."""

_GAP = re.compile(r"[\s.\-'’·]*")
"""What may stand between the words of a name, and behind a word that is still typed."""
_QUOTE = re.compile('["“”]')
_LEAD = re.compile(r"(?P<sign>(?<![^\s(])-|(?<![^\s(])NOT\s+)?(?:(?P<scope>\w+):)?(?P<quote>[\"“]?)$")
_START = re.compile(rf"(?:^|[\s({HAN}])$")
"""Where a name may begin: behind a space or a parenthesis; behind a Han character, which leaves no space."""
_OR = re.compile(r"(?<!\S)OR\s+$")
_AND = re.compile(r"(?<!\S)AND\s*$")
_UNQUOTABLE = re.compile(r'["\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that was perhaps meant, and the search that it stands for.

    Attributes:
        kind: what it is.
        label: what it is called.
        count: searched documents of the collection that hold it, whatever else was typed.
        request: the search to go to: what was typed before it, and it.
        completion: the same search as one text.
        type: an entity's type, else "".
        alias: the other name by which it was found, "" where that is the label.
    """

    kind: Kind
    label: str
    count: int
    request: SearchRequest
    completion: str
    type: str = ""
    alias: str = ""


class _Named(NamedTuple):
    """A value that searched documents hold.

    Attributes:
        kind: of which field.
        value: it.
        name: what it is called.
        count: how many hold it.
        place: where it stands among all: by kind, then by how many hold it.
    """

    kind: Kind
    value: str
    name: Name
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    place: int


class _Vocabulary:
    """What the labels say: frequent words and phrases, and by which words names are found.

    Attributes:
        labels: these labels.
        entries: kind and text of each frequent word and phrase.
        directory: to look those up.
        chosen: of typed keys, what completes them best: tier, kind, text.
    """

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.chosen: dict[str, list[tuple[int, Kind, str]]] = {}
        self.entries: list[tuple[Kind, str]] = []
        keys: list[Key] = []
        for place, text in enumerate(labels.phrases):
            own = list(iter_keys(text, place, is_alias=False))
            self.entries.append(("phrase" if len(own) > 1 else "word", text))
            keys += own
        self.directory = Directory(keys)
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._named = Directory(())
        self._looking = Lock()

    def look_up(self, names: Sequence[_Named]) -> tuple[Directory, dict[int, _Named]]:
        """A directory that has `names`, and perhaps others that were held once; and which number is whose.

        What was told of a name before is not worked out again.
        """
        with self._looking:
            return self._look_up(names)

    def _look_up(self, names: Sequence[_Named]) -> tuple[Directory, dict[int, _Named]]:
        keys: list[Key] = []
        held = {}
        for named in names:
            number = self._numbers.get((named.kind, named.value))
            if number is None:
                number = self._numbers[named.kind, named.value] = len(self._numbers)
                label = named.name.label
                for text in dict.fromkeys((label, *named.name.aliases)):
                    keys += iter_keys(text, number, is_alias=text != label)
            held[number] = named
        self._named = self._named.with_more(keys)
        return self._named, held


Chosen = tuple[float, int, int, str]
"""A name that completes what was typed: its rank, see `_rank`; its place, its number, and by which text."""


@dataclass(frozen=True)
class _Commit:
    """What is known of one commit.

    Attributes:
        stamp: which one.
        vocabulary: of its labels.
        names: of all values, by number.
        directory: to look those up; it may have others besides.
        counts: of the queries that were counted so far.
        chosen: of typed keys, by scope and limit, the names that complete them best.
    """

    stamp: tuple[int, int]
    vocabulary: _Vocabulary
    names: Mapping[int, _Named]
    directory: Directory
    counts: dict[Query, int] = field(default_factory=dict)
    chosen: dict[tuple[str, str, int], list[Chosen]] = field(default_factory=dict)


class _End(NamedTuple):
    """The end of a typed text, as something to be completed.

    Attributes:
        before: what stands before it and stays.
        sign: "-" where it is ruled out.
        scope: the field whose scope stands before it, or "".
        key: its words, as a directory's keys; with a space behind them where the last word is over.
        within: it stands in parentheses or behind an OR, where a filter would say something else.
    """

    before: str
    sign: str
    scope: str
    key: str
    within: bool

    @property
    def kept(self) -> str:
        """What stays of the text where the end becomes a filter."""
        return _AND.sub("", self.before).strip()

    def completed(self, scope: str, said: str) -> str:
        """The whole text with `said` for its end, in the scope of the field `scope`."""
        return f"{self.before}{self.sign}{f'{FIELD[scope].scopes[0]}:' if scope else ''}{said}"


Asked = TypeVar("Asked")
Found = TypeVar("Found")
Ranked = tuple[float, Suggestion]
"""A suggestion and its rank, see `_rank`."""


class Suggester:
    """Suggests over an engine, whose values it counts once for each commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._commit: _Commit | None = None

    def suggest(self, text: str, limit: int = MOST) -> tuple[Suggestion, ...]:
        """At most `limit` suggestions for `text`, the cursor at its end: kind by kind, the best one's kind first."""
        if len(text) > LONGEST_TEXT:
            return ()
        for end in _iter_ends(text):
            found = self._complete(self._present(), end, limit)
            if found:
                return found
        return ()

    def _present(self) -> _Commit:
        """The present commit. Whoever is the first to see it counts its values."""
        status, labels = self._engine.status(), self._engine.labels()
        stamp, known = (status.generation, status.sequence), self._commit
        if known and known.stamp == stamp and known.vocabulary.labels is labels:
            return known
        self._commit = known = self._count_values(stamp, labels)
        return known

    def _count_values(self, stamp: tuple[int, int], labels: Labels) -> _Commit:
        known = self._commit
        vocabulary = known.vocabulary if known and known.vocabulary.labels is labels else _Vocabulary(labels)
        facets = self._engine.find(Request(limit=0, facets=NAMES, facet_limit=LISTED, type_limit=LISTED)).facets
        rows = [(kind, *row) for kind in NAMES for row in facets[kind] if row.value != NOT_STATED and row.count]
        names = [
            _Named(kind, value, labels.name(kind, value), count, place)
            for place, (kind, value, count, _) in enumerate(rows)
        ]
        directory, held = vocabulary.look_up(names)
        return _Commit(stamp, vocabulary, held, directory)

    def _complete(self, commit: _Commit, end: _End, limit: int) -> tuple[Suggestion, ...]:
        names = _find_names(commit, end, limit)
        called = {fold(called) for _, one in names for called in (one.label, one.alias)}
        others = [row for row in self._find_phrases(commit, end) if fold(row[1].label) not in called]
        room = limit - min(len(others), limit // 2)
        best = sorted((*names[:room], *others), key=itemgetter(0))[:limit]
        worth: dict[Kind, float] = {}
        for rank, one in best:
            worth[one.kind] = max(worth.get(one.kind, 0.0), -rank)
        # Words last: whoever types one knows it.
        kinds = sorted(worth, key=lambda kind: (kind == "word", -worth[kind], KINDS.index(kind)))
        return tuple(sorted((one for _, one in best), key=lambda one: kinds.index(one.kind)))

    def _find_phrases(self, commit: _Commit, end: _End) -> list[Ranked]:
        """Frequent phrases and words that complete `end`, those that find something."""
        if end.scope and FIELD[end.scope].kind != "text":
            return []
        rows = [(tier, kind, text, _finding(text)) for tier, kind, text in _choose_phrases(commit.vocabulary, end.key)]
        counts = self._count(commit, [Scope(end.scope, query) if end.scope else query for *_, query in rows])
        return [
            (_rank(tier, count), Suggestion(kind, text, count, SearchRequest(text=completion), completion))
            for (tier, kind, text, query), count in zip(rows, counts, strict=True)
            if count
            for completion in [end.completed(end.scope, f"{query}")]
        ]

    def _count(self, commit: _Commit, queries: Sequence[Query]) -> list[int]:
        new = [query for query in queries if query not in commit.counts]
        commit.counts.update(zip(new, self._engine.count(new), strict=True))
        return [commit.counts[query] for query in queries]


def _choose_phrases(vocabulary: _Vocabulary, key: str) -> list[tuple[int, Kind, str]]:
    """The phrases and words that complete `key` best; remembered."""
    known = vocabulary.chosen.get(key)
    if known is not None:
        return known
    chosen: dict[Kind, list[tuple[int, Kind, str]]] = {"phrase": [], "word": []}
    words = [key.strip()]  # of forms of one word, which find the same, one is enough
    for tier, place in sorted((tier, place) for place, (tier, _) in vocabulary.directory.find(key).items()):
        kind, text = vocabulary.entries[place]
        if len(chosen[kind]) == SHARES[kind] or (kind == "word" and any(_are_forms(text, one) for one in words)):
            continue
        chosen[kind].append((tier, kind, text))
        words += [text] if kind == "word" else []
    return _remember(vocabulary.chosen, key, [*chosen["phrase"], *chosen["word"]])


def _remember(known: dict[Asked, Found], key: Asked, found: Found) -> Found:
    """`found`, and put into `known`, which stays small."""
    if len(known) >= REMEMBERED:  # another thread may clear it as well, at any time
        known.clear()
    known[key] = found
    return found


def _rank(tier: int, count: int) -> float:
    """What comes first by being least: the more frequent the less; another word's beginning is worth a part of it."""
    return -count / (ELSEWHERE if tier else 1)


@lru_cache(maxsize=10_000)
def _finding(text: str) -> Query:
    """What finds a frequent word or phrase: of a word all forms, of a phrase exactly its words."""
    words = tuple(text[token.start : token.end] for token in iter_tokens(text))
    return Term(text) if len(words) == 1 else Phrase(words)


def _are_forms(word: str, other: str) -> bool:
    """Whether two words are forms of one word in any language."""
    return fold(word) == fold(other) or any(query_stems(word, of) & query_stems(other, of) for of in STEMMERS)


def _find_names(commit: _Commit, end: _End, limit: int) -> list[Ranked]:
    """Names that complete `end`, best first; of each kind at most half as many as asked for, unless there is room."""
    if end.scope and end.scope not in NAMES:
        return []
    labels = commit.vocabulary.labels
    best = _choose_names(commit, end.key, end.scope, limit)
    return [(rank, _suggest_name(commit.names[number], text, end, labels)) for rank, _, number, text in best]


def _choose_names(commit: _Commit, key: str, scope: str, limit: int) -> list[Chosen]:
    """These names; remembered."""
    known = commit.chosen.get((key, scope, limit))
    if known is not None:
        return known
    found = ((commit.names.get(number), number, told) for number, told in commit.directory.find(key).items())
    rows = sorted(
        (_rank(tier, named.count), named.place, number, text)
        for named, number, (tier, text) in found
        if named and scope in ("", named.kind)
    )
    held: Counter[str] = Counter()
    chosen: list[Chosen] = []
    more: list[Chosen] = []
    for row in rows:
        kind = commit.names[row[2]].kind
        held[kind] += 1
        (chosen if 2 * held[kind] <= limit + 1 else more).append(row)
    best = sorted((*chosen[:limit], *more[: max(0, limit - len(chosen))]))
    return _remember(commit.chosen, (key, scope, limit), best)


def _suggest_name(named: _Named, found_by: str, end: _End, labels: Labels) -> Suggestion:
    kind, value, name, count, _ = named
    picked: Mapping[str, tuple[str, ...]] = {kind: (value,)}
    selection = Selection(exclude=picked) if end.sign else Selection(include=picked)
    said = name.label if labels.resolve(kind, name.label) == value else value
    completion = end.completed(kind, f'"{_UNQUOTABLE.sub(" ", said)}"')
    request = SearchRequest(text=completion) if end.within else SearchRequest(text=end.kept, selection=selection)
    alias = "" if fold(found_by) in fold(name.label) else found_by
    return Suggestion(kind, name.label, count, request, completion, name.type, alias)


def _iter_ends(text: str) -> Iterator[_End]:
    """The ends of `text` that a name may complete, the longest first; none where its last word is over and closed."""
    tokens = list(iter_tokens(text))
    if not tokens or not _GAP.fullmatch(text, tokens[-1].end):
        return
    together = 1
    while together < min(len(tokens), LONGEST_NAME) and _GAP.fullmatch(
        text, tokens[-together - 1].end, tokens[-together].start
    ):
        together += 1
    over = " " if text[tokens[-1].end :] else ""
    for many in range(together, 0, -1):
        key = " ".join(token.terms[0] for token in tokens[-many:]) + over
        end = _read_end(text[: tokens[-many].start], key)
        if end:
            yield end


def _read_end(before: str, key: str) -> _End | None:
    """The end `key` with what stands before it; `None` where nothing can begin: within a quotation, or in a word."""
    lead = _LEAD.search(before)
    quoted = len(_QUOTE.findall(before)) % 2 == 1
    if lead is None or quoted != bool(lead["quote"]):
        return None
    kept = before[: lead.start()]
    scope = SCOPES.get(lead["scope"].lower()) if lead["scope"] else None
    if (lead["scope"] and scope is None) or not _START.search(kept):
        return None
    within = kept.count("(") > kept.count(")") or _OR.search(kept) is not None
    return _End(kept, "-" if lead["sign"] else "", scope.name if scope else "", key, within)
