"""Folding: answers of a page that say the same are told apart from those that say something else.

The best ranked stands for all; the others stay among the hits and say under which one they are folded, so that nobody
who reads the hits loses an answer. The one decision: what stands once on a page costs next to nothing, since the engine
is asked of those wordings alone that stand there twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from search.engine import Engine, Request, Selection, Sort
from search.model import Document
from search.page import Again, Hit
from search.query import Query, Scope, all_of
from search.schema import FIELD
from search.text import iter_tokens

ALIKE = 0.8
"""How much of their shingles two texts have in common at least (Jaccard) that say nearly the same."""
SHINGLE = 2
"""Words of a shingle (Broder 1997); Han by characters. Of twenty words one may then be another."""

_PROBES = 8
"""So many stretches of a text are looked for in another. Of two alike, which differ in a word of twenty, few miss."""
_MISSES = 4
"""From so many on the texts are not alike."""
_PROBE = 16
"""How long a probe is at most, in code points."""
_BEGINNING = 4
"""So many words are looked at before a whole text is: of a page's answers few begin alike."""


class Folded(NamedTuple):
    """The hits of a page with what is folded, and whether `near` would fold more of them."""

    hits: tuple[Hit, ...]
    foldable: bool


def fold_hits(engine: Engine, query: Query, selection: Selection, hits: Sequence[Hit], *, near: bool) -> Folded:
    """The hits of a page of the search for `query` under `selection`, each with what is folded under it.

    With `near` it is also what has nearly the same words.
    """
    words = {hit.document.id: Words(hit.document) for hit in hits}
    twins = _twins(hits, words)
    same = {hit.document.id: group[0].document.id for group in twins.values() for hit in group[1:]}
    pairs = _iter_alike([one for id, one in words.items() if id not in same])
    if near:
        nearly = dict(pairs)
        into = nearly | {id: nearly.get(first, first) for id, first in same.items()}
    else:
        into = same
    foldable = not near and next(pairs, None) is not None
    if not into:
        return Folded(tuple(hits), foldable)
    again = _count_again(
        engine, query, selection, {w: group for w, group in twins.items() if group[0].document.id not in into}
    )
    others: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        id = hit.document.id
        if id in into and same.get(id) != into[id]:
            others[into[id]].append(id)
    return Folded(
        tuple(
            hit._replace(
                again=again.get(hit.document.id),
                nearly=tuple(others.get(hit.document.id, ())),
                folded_into=into.get(hit.document.id, ""),
            )
            for hit in hits
        ),
        foldable,
    )


def wording_of(document: Document) -> str:
    """The value of `wording` of a document, "" where it says nothing."""
    return next(iter(FIELD["wording"].values(document)), "")


def _twins(hits: Sequence[Hit], words: Mapping[str, "Words"]) -> dict[str, list[Hit]]:
    """The hits that have their words in common with another, by wording; `words` are of their ids."""
    by_beginning: dict[tuple[str, ...], list[Hit]] = defaultdict(list)
    for hit in hits:
        beginning = words[hit.document.id].text.split(maxsplit=_BEGINNING)[:_BEGINNING]
        by_beginning[tuple([word.casefold() for word in beginning])].append(hit)
    by_wording: dict[str, list[Hit]] = defaultdict(list)
    for group in by_beginning.values():
        for hit in group if len(group) > 1 else ():
            by_wording[wording_of(hit.document)].append(hit)
    return {wording: group for wording, group in by_wording.items() if wording and len(group) > 1}


def _count_again(
    engine: Engine, query: Query, selection: Selection, twins: Mapping[str, Sequence[Hit]]
) -> dict[str, Again]:
    """What else the search finds in each of some wordings, by the id of its best ranked hit."""
    searches = [all_of(query, Scope("wording", wording)) for wording in twins]
    counts = engine.count(searches, selection)
    again: dict[str, Again] = {}
    for (wording, (first, *others)), search, count in zip(twins.items(), searches, counts, strict=True):
        id = first.document.id
        days = {hit.document.date for hit in others}
        if count > 1 + len(others):
            days |= _outer_days(engine, Request(search, selection), id)
        elsewhere = max(count - 1, len(others))  # a commit may have come since the page was found
        again[id] = Again(elsewhere, min(days), max(days), tuple(hit.document.id for hit in others), wording)
    return again


def _outer_days(engine: Engine, request: Request, id: str) -> set[date]:
    """The days of the first and the last hit that is not `id`, and perhaps of others beside them."""
    found = (engine.find(replace(request, sort=sort, limit=2, facets=())) for sort in (Sort.OLDEST, Sort.NEWEST))
    return {hit.document.date for results in found for hit in results.hits if hit.document.id != id}


class Words:
    """What a document says, cut only as far as somebody asks."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self.text = document.item.answer or document.item.text

    @cached_property
    def probes(self) -> tuple[str, ...]:
        """Short stretches from all over the text."""
        length = min(len(self.text) // _PROBES + 1, _PROBE)
        last = len(self.text) - length
        return tuple(self.text[at : at + length] for at in (last * k // (_PROBES - 1) for k in range(_PROBES)))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every two words in a row; of a text of one word, that."""
        terms = [token.terms[0] for token in iter_tokens(self.text)]
        return frozenset(tuple(terms[at : at + SHINGLE]) for at in range(max(len(terms) - SHINGLE + 1, 1)))


def alike(a: Words, b: Words) -> bool:
    """Whether two texts say nearly the same; only those that seem to are cut into words."""
    shorter, longer = sorted((len(a.text), len(b.text)))
    if shorter <= longer * ALIKE or not _seem_alike(a, b):
        return False
    common = len(a.shingles & b.shingles)
    return common >= ALIKE * (len(a.shingles) + len(b.shingles) - common)


def _seem_alike(a: Words, b: Words) -> bool:
    misses = 0
    for probe in a.probes:
        misses += probe not in b.text
        if misses == _MISSES:
            return False
    return True


def _iter_alike(texts: Sequence[Words]) -> Iterator[tuple[str, str]]:
    """Ids of texts that say nearly what a better ranked one does, each with the id of the best that stands."""
    standing: list[tuple[int, Words]] = []
    for text in texts:
        length = len(text.text)
        # Most differ in length: `alike` says no to them too, only later.
        few = (one for size, one in standing if length * ALIKE < size and size * ALIKE < length)
        first = next((one for one in few if alike(one, text)), None)
        if first:
            yield text.id, first.id
        else:
            standing.append((length, text))
