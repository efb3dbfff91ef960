"""Counting hits by value and by day, and picking by value: arrays in, counts out.

A facet ignores its own selection and obeys all others, so that its number is the number of hits after the click.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.embedded.evaluator import Evaluator
from search.embedded.schema import FACETS
from search.embedded.segment import Numbers
from search.embedded.snapshot import Facet, Mask, Snapshot, count_codes, count_until
from search.engine import Count, Request, Selection
from search.histogram import Bar, Span, periods
from search.schema import ENTITIES, NOT_STATED

_COUNT: Callable[[Iterable[object]], Count] = partial(tuple.__new__, Count)
"""A Count of its fields; a page makes hundreds, and this is no call of a Python function."""


def selection_masks(evaluator: Evaluator, selection: Selection) -> dict[str, Mask]:
    """For each field with something picked or excluded, which documents its selection lets through."""
    masks: dict[str, Mask] = {}
    for field, wanted in selection.include.items():
        if wanted:
            masks[field] = np.logical_or.reduce([evaluator.value_mask(field, value) for value in wanted])
    for field, unwanted in selection.exclude.items():
        for value in unwanted:
            let_through = ~evaluator.value_mask(field, value)
            masks[field] = masks[field] & let_through if field in masks else let_through
    return masks


@dataclass(frozen=True)
class Found:
    """Documents as a mask over all, and as numbers in order."""

    mask: Mask

    @cached_property
    def numbers(self) -> Numbers:
        """Their numbers, in order."""
        return self.mask.nonzero()[0]


def count_facets(snapshot: Snapshot, request: Request, found: Mapping[str, Found]) -> dict[str, tuple[Count, ...]]:
    """For each field of `found`, counts by value: those that come first, then picked ones not among them."""
    tallies: dict[int, Mapping[str, Tally]] = {}  # most fields count the same documents
    facets: dict[str, tuple[Count, ...]] = {}
    for field, documents in found.items():
        facet = snapshot.facet(field)
        if field not in FACETS:
            tally = _count_one(facet, documents)
        else:
            if id(documents) not in tallies:
                tallies[id(documents)] = _count(snapshot, documents)
            tally = tallies[id(documents)][field]
        if field in ENTITIES:
            rows = _first_of_types(facet, tally, request.type_limit)
        else:
            rows = _most_frequent(facet.values, tally, request.facet_limit)
        picked = {*request.selection.include.get(field, ()), *request.selection.exclude.get(field, ())}
        facets[field] = _and_picked(facet.values, tally, rows, picked) if picked else rows
    return facets


class Tally(NamedTuple):
    """What was counted in one field.

    Attributes:
        held: numbers of the values that are held, in order.
        times: how many documents hold each of them.
        without: how many hold none.
        about: how many of the documents that hold each are about it; only of `entity`.
    """

    held: Numbers
    times: Numbers
    without: int
    about: Numbers | None = None


def _count(snapshot: Snapshot, found: Found) -> Mapping[str, Tally]:
    """How often documents hold each value, of every field."""
    forward = snapshot.forward
    if 2 * len(found.numbers) > snapshot.count:  # what is not found is fewer
        counts = snapshot.totals - forward.count(np.flatnonzero(snapshot.live & ~found.mask))
    else:
        counts = forward.count(found.numbers)
    tallies = {}
    bases = forward.bases.tolist()
    for field, base, end in zip(FACETS, bases, bases[1:], strict=False):
        # The first code of a field is that of its documents without a value.
        without, own = int(counts[base]), counts[base + 1 : end]
        tallies[field] = _count_entities(own, without) if field == "entity" else _tally(own, without)
    return tallies


def _tally(counts: Numbers, without: int, about: Numbers | None = None) -> Tally:
    """The tally of a field from the counts of its values."""
    held = (counts != 0).nonzero()[0]  # of numbers it takes five times as long as of what is true or false
    return Tally(held, counts[held], without, about if about is None else about[held])


def _count_entities(counts: Numbers, without: int) -> Tally:
    """The tally of entities from the counts of those that are but mentioned, and of the same as subjects."""
    size = len(counts) // 2
    about = counts[size:]
    return _tally(counts[:size] + about, without, about)


def _count_one(facet: Facet, found: Found) -> Tally:
    """How often documents hold each value of one field."""
    times = count_codes(facet.ordinals, facet.bounds, found.numbers, len(facet.values))
    return _tally(times, len(found.numbers) - int(np.count_nonzero(facet.stated & found.mask)))


def _most_frequent(values: Sequence[str], tally: Tally, limit: int) -> tuple[Count, ...]:
    """The `limit` most frequent values, by value where they are as frequent."""
    held, times = tally.held, tally.times
    if len(held) > limit:
        order = (-times).argsort(kind="stable")[:limit]
        held, times = held[order], times[order]
    rows = list(map(_COUNT, zip(map(values.__getitem__, held.tolist()), times.tolist(), repeat(0), strict=False)))
    rows.sort(key=itemgetter(1), reverse=True)  # stays as it was among equals
    return _and_without(rows, tally.without)[:limit]


def _first_of_types(facet: Facet, tally: Tally, limit: int) -> tuple[Count, ...]:
    """The `limit` first entities of each type: by how many documents are about them, how many hold them, by value."""
    if not limit:
        return ()
    held, times, without, about = tally
    worth = times if about is None else about * (int(times.max(initial=0)) + 1) + times
    cuts = held.searchsorted(facet.types).tolist()
    kept = np.concatenate([_highest(worth, a, b, limit) for a, b in pairwise(cuts)] or [held[:0]])
    order = (-worth[kept]).argsort(kind="stable")  # types stand in the order of values
    kept = kept[order]
    subjects = [0] * len(kept) if about is None else about[kept].tolist()
    named = map(facet.values.__getitem__, held[kept].tolist())
    return _and_without(list(map(_COUNT, zip(named, times[kept].tolist(), subjects, strict=True))), without)


def _highest(worth: Numbers, first: int, last: int, limit: int) -> Numbers:
    """Where, from `first` up to `last`, the `limit` highest of `worth` stand, in order; the first ones among equals."""
    if last - first <= limit:
        return np.arange(first, last)
    some = worth[first:last]
    at: Numbers = (some >= np.partition(some, -limit)[-limit]).nonzero()[0]
    if len(at) > limit:
        at = np.sort(at[np.argsort(-some[at], kind="stable")[:limit]])
    return at + first


def _and_without(rows: list[Count], without: int) -> tuple[Count, ...]:
    """`rows` with the count of documents that hold no value; it comes first among equals."""
    if without:
        at = next((k for k, row in enumerate(rows) if not row.about and row.count <= without), len(rows))
        rows.insert(at, Count(NOT_STATED, without))
    return tuple(rows)


def _and_picked(values: Sequence[str], tally: Tally, rows: tuple[Count, ...], picked: set[str]) -> tuple[Count, ...]:
    """`rows`, and after them the values of `picked` that are not among them."""
    more = [_counted(values, tally, value) for value in picked - {row.value for row in rows}]
    return (*rows, *sorted(more, key=lambda row: (-row.about, -row.count, row.value)))


def _counted(values: Sequence[str], tally: Tally, value: str) -> Count:
    """How many documents hold `value`; a field may have a hundred thousand others."""
    if value == NOT_STATED:
        return Count(value, tally.without)
    number = bisect_left(values, value)
    at = int(np.searchsorted(tally.held, number))
    if number == len(values) or values[number] != value or at == len(tally.held) or tally.held[at] != number:
        return Count(value, 0)
    return Count(value, int(tally.times[at]), 0 if tally.about is None else int(tally.about[at]))


def count_days(snapshot: Snapshot, found: Found, selection: Selection) -> tuple[Bar, ...]:
    """The histogram of the documents `found`, beside all within the selection's dates."""
    every = snapshot.days_until
    since = selection.since.toordinal() if selection.since else 0
    until = selection.until.toordinal() if selection.until else date.max.toordinal()
    hits_until = count_until(snapshot.days[found.numbers])
    span = _span(hits_until if len(found.numbers) else every, since, until)
    if span is None:
        return ()
    bars = periods(date.fromordinal(span[0]), date.fromordinal(span[1]))
    days = [(a.toordinal(), b.toordinal()) for a, b in bars]
    hits = [_between(hits_until, a, b) for a, b in days]
    of = [_between(every, max(a, since), min(b, until)) for a, b in days]
    return tuple(Bar(a, b, n, m) for (a, b), n, m in zip(bars, hits, of, strict=True))


def count_spans(days: NDArray[np.int32], spans: Sequence[Span]) -> tuple[int, ...]:
    """How many of `days`, ordinal, are of each of `spans`."""
    until = count_until(days)
    return tuple(_between(until, since.toordinal(), last.toordinal()) for since, last in spans)


def _span(until: tuple[int, Numbers], a: int, b: int) -> tuple[int, int] | None:
    """The first and the last of the days that `count_until` counted, from `a` to `b`; `None` if there is none."""
    first, counts = until
    before = int(counts[min(a - 1 - first, len(counts) - 1)]) if len(counts) and a > first else 0
    last = int(counts[min(b - first, len(counts) - 1)]) if len(counts) and b >= first else 0
    if last <= before:
        return None
    return first + int(np.searchsorted(counts, before, side="right")), first + int(np.searchsorted(counts, last))


def _between(until: tuple[int, Numbers], a: int, b: int) -> int:
    """How many days, of those that `count_until` counted, are from `a` to `b`."""
    first, counts = until

    def up_to(day: int) -> int:
        return int(counts[min(day - first, len(counts) - 1)]) if len(counts) and day >= first else 0

    return max(0, up_to(b) - up_to(a - 1))


def facet_found(matching: Mask, picks: dict[str, Mask], selected: Found, names: Sequence[str]) -> dict[str, Found]:
    """For each facet what it counts: what matches, but for the selection in the facet itself.

    Args:
        matching: what matches the query and the selection's dates.
        picks: what the selection in each field lets through.
        selected: what matches all of it.
        names: of the facets.
    """
    found = dict.fromkeys(names, selected)
    for name in picks.keys() & found.keys():
        others = [mask for field, mask in picks.items() if field != name]
        found[name] = Found(np.logical_and.reduce([matching, *others]))
    return found
