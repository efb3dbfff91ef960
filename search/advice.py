"""Where nothing is found: which word or filter is to blame, and the searches without it that find something.

The one decision: advice is counted before it is given, so that none of it leads to another empty page.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter

from search.engine import Selection
from search.facets import label_of
from search.labels import Labels
from search.page import Advice, SearchRequest
from search.query import (
    All,
    And,
    DateRange,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Scope,
    Term,
    all_of,
    any_of,
    iter_nodes,
    quote,
)
from search.signs import short, words_of

MAX_PARTS = 12
"""Of so many parts of a query, or words of a run, it is told what is found without them."""

MOST_WORDS = 8
"""Of so many words each is left out in turn: every one makes the search longer by all others, to 64 terms at most."""

LONGEST_WORD = 4
"""The most characters of a word that a run of Han is cut into."""

SHORTEST_SENTENCE = 4
MAX_SENTENCES = 3
"""The fewest words, or Han characters, of a passage's sentence that is looked for by itself; how many are offered."""

MAX_ADVICE = 6

_SENTENCE_END = re.compile(r"[.!?;\u2026]+(?=[\s\"\u2019\u201d)]|$)|[\u3002\uff01\uff1f\uff1b\n]")

Totals = Callable[[Sequence[SearchRequest]], Sequence[int]]
"""How many hits each of some searches has."""


@dataclass(frozen=True, slots=True)
class _Step:
    message: str
    request: SearchRequest


def advise(request: SearchRequest, query: Query, labels: Labels, totals: Totals) -> tuple[Advice, ...]:
    """Other searches that find something, where `request`, read as `query`, finds nothing: the nearest first."""
    steps: list[_Step] = []
    for step in _iter_steps(replace(request, page=1), query, labels, totals):
        if all(known.request != step.request for known in steps):
            steps.append(step)
    found = totals([step.request for step in steps])
    given = (Advice(step.message, step.request, hits) for step, hits in zip(steps, found, strict=True) if hits)
    return tuple(islice(given, MAX_ADVICE))


def _iter_steps(request: SearchRequest, query: Query, labels: Labels, totals: Totals) -> Iterator[_Step]:
    parts = query.children[:MAX_PARTS] if isinstance(query, And) else (query,)
    alone = [replace(request, text=_typed(part, request.text), selection=Selection()) for part in parts]
    anywhere = dict(zip(parts, totals(alone), strict=True))
    yield from _in_sentences(request, query, totals)
    yield from _all_but_one(request, anywhere)
    yield from _in_words(request, anywhere, totals)
    if isinstance(query, And):
        yield from _without_words(request, query, anywhere)
    if request.selection and all(anywhere.values()):
        yield from _without_filters(request, labels)
    lowered = request.text.lower()
    if lowered != request.text and not _has_operator(request.text):
        message = "In small letters (words in capitals find only capitals)"
        yield _Step(message, replace(request, text=lowered))
    wanted = [part for part in parts if _is_words(part)]
    if len(wanted) > 1 and all(anywhere.values()):
        others = [part for part in parts if not _is_words(part)]
        text = _all_typed([any_of(*wanted), *others], request.text)
        yield _Step("Any of the words instead of all", replace(request, text=text))
    if isinstance(query, Phrase) and len(query.words) > 1:
        yield _Step("The words apart from each other", replace(request, text=" ".join(query.words)))


def _in_sentences(request: SearchRequest, query: Query, totals: Totals) -> Iterator[_Step]:
    """Of a passage that stands nowhere as a whole, those sentences that do, word by word, the longest first.

    A passage without a full stop is cut into stretches of some words.
    """
    words = words_of(request.text)
    if len(words) <= MOST_WORDS or not all(isinstance(node, And | Term | Phrase | Run) for node in iter_nodes(query)):
        return
    sentences = {words_of(sentence) for sentence in _SENTENCE_END.split(request.text)}
    if len(sentences - {()}) == 1:
        sentences = {words[at : at + MOST_WORDS] for at in range(0, len(words), MOST_WORDS)}
    longest = sorted((one for one in sentences if len(one) >= SHORTEST_SENTENCE), key=lambda one: (-len(one), one))
    typed = [quote(one) for one in longest[:MAX_PARTS]]
    steps = [_Step(f"Only {short(text)}", replace(request, text=text)) for text in typed]
    found = totals([step.request for step in steps])
    yield from islice((step for step, hits in zip(steps, found, strict=True) if hits), MAX_SENTENCES)


def _all_but_one(request: SearchRequest, anywhere: dict[Query, int]) -> Iterator[_Step]:
    """All of the words but any one; all of a run of Han characters but any one: who remembers a text gets one wrong."""
    others = [part for part in anywhere if not _is_words(part)]
    wanted = [part for part in anywhere if _is_words(part) and not isinstance(part, Run)]
    runs = [part for part in anywhere if isinstance(part, Run)]
    if MOST_WORDS >= len(wanted) > 2 and not runs and all(anywhere.values()):
        text = _all_typed([_fewer(wanted), *others], request.text)
        yield _Step("All of the words but one", replace(request, text=text))
    for run in runs:
        if len(run.words) <= MAX_PARTS and all(found for part, found in anywhere.items() if part != run):
            rest = [part for part in anywhere if part != run]
            text = _all_typed([_but_one(run), *rest], request.text)
            yield _Step(f"{run} with another character, or one fewer", replace(request, text=text))


def _fewer(wanted: Sequence[Query]) -> Query:
    """What holds all of `wanted` but any one."""
    return any_of(*(all_of(*(part for part in wanted if part != missing)) for missing in wanted))


def _in_words(request: SearchRequest, anywhere: dict[Query, int], totals: Totals) -> Iterator[_Step]:
    """A run that stands nowhere, in the words that it is likeliest made of, apart; or else in all of them but one."""

    def count(phrases: Sequence[Query]) -> Sequence[int]:
        return totals([SearchRequest(str(phrase), exact=True) for phrase in phrases])

    for run in (part for part, found in anywhere.items() if isinstance(part, Run) and not found):
        words = _likeliest_words(run, count) if len(run.words) <= MAX_PARTS else ()
        rest = [part for part in anywhere if part != run]
        apart = replace(request, text=_all_typed([*words, *rest], request.text))
        if words and any(totals([apart])):
            yield _Step(f"{run} in words that may stand apart", apart)
        elif MOST_WORDS >= len(words) > 2:
            fewer = replace(request, text=_all_typed([_fewer(words), *rest], request.text))
            yield _Step(f"{run} in words that may stand apart, but one", fewer)


def _likeliest_words(run: Run, count: Callable[[Sequence[Query]], Sequence[int]]) -> tuple[Query, ...]:
    """The words that a run is likeliest made of: of all characters the product of their words' shares is greatest.

    A character by itself is worth no more than one of a word that stands once. () where one of them is nowhere.
    """
    ends = range(1, len(run.words) + 1)
    spans = {(at, end): Phrase(run.words[at:end]) for end in ends for at in range(max(end - LONGEST_WORD, 0), end)}
    everything, *found = count([All(), *spans.values()])
    held = dict(zip(spans, found, strict=True))
    best: list[tuple[float, tuple[Query, ...]]] = [(0.0, ())]
    for end in ends:
        ways = [
            (best[at][0] + _weight(end - at, held[at, end], everything), (*best[at][1], spans[at, end]))
            for at in range(max(end - LONGEST_WORD, 0), end)
            if held[at, end]
        ]
        best.append(max(ways, key=itemgetter(0), default=(-math.inf, ())))
    weight, words = best[-1]
    return words if weight > -math.inf else ()


def _weight(length: int, found: int, everything: int) -> float:
    return length * math.log((found if length > 1 else 1) / everything)


def _but_one(run: Run) -> Query:
    """What holds a run but for any one of its words, each side of it as a phrase."""
    sides = ((run.words[:at], run.words[at + 1 :]) for at in range(len(run.words)))
    return any_of(*(all_of(*(Phrase(side) for side in both if side)) for both in sides))


def _without_words(request: SearchRequest, query: And, anywhere: dict[Query, int]) -> Iterator[_Step]:
    """The query without what nothing has, and without each of its parts."""
    absent = [part for part, found in anywhere.items() if not found]
    rest = [part for part in query.children if part not in absent]
    if absent and rest:
        named = " and ".join(_typed(part, request.text) for part in absent)
        message = f"Without {named}, which {'finds' if len(absent) == 1 else 'find'} nothing"
        yield _Step(message, replace(request, text=_all_typed(rest, request.text)))
    for part in anywhere:
        others = [other for other in query.children if other != part]
        if others and not absent:
            yield _Step(
                f"Without {_typed(part, request.text)}", replace(request, text=_all_typed(others, request.text))
            )


def _without_filters(request: SearchRequest, labels: Labels) -> Iterator[_Step]:
    """The search without each of its filters, and without all of them."""
    picked = request.selection
    steps: list[tuple[str, Selection]] = []
    for field, values in picked.include.items():
        rest = {name: kept for name, kept in picked.include.items() if name != field}
        named = ", ".join(labels.label(field, value) for value in values)
        steps.append((f"{label_of(field, request)} {named}", replace(picked, include=rest)))
    for field, values in picked.exclude.items():
        rest = {name: kept for name, kept in picked.exclude.items() if name != field}
        named = ", ".join(labels.label(field, value) for value in values)
        steps.append((f"{label_of(field, request)} not {named}", replace(picked, exclude=rest)))
    if picked.since or picked.until:
        steps.append(("the days", replace(picked, since=None, until=None)))
    if request.subject and {"entity"} & (picked.include.keys() | picked.exclude.keys()):
        yield _Step("With every mention, not only what an answer is about", replace(request, subject=False))
    for named, selection in steps:
        yield _Step(f"Without the filter: {named}", replace(request, selection=selection))
    if len(steps) > 1:
        yield _Step("Without any filter", replace(request, selection=Selection()))


def _is_words(part: Query) -> bool:
    return not isinstance(part, Not | DateRange | All) and not (isinstance(part, Scope) and isinstance(part.value, str))


def _has_operator(text: str) -> bool:
    return not {"AND", "OR", "NOT"}.isdisjoint(text.split())


def _typed(part: Query, text: str) -> str:
    """What to type for a part of what was read of `text`: two Han characters in quotation marks where they were."""
    quoted = str(part)
    bare = quoted[1:-1] if isinstance(part, Phrase) else quoted
    return bare if bare in text and quoted not in text else quoted


def _all_typed(parts: Sequence[Query], text: str) -> str:
    return " ".join(f"({part})" if isinstance(part, Or) and len(parts) > 1 else _typed(part, text) for part in parts)
