"""Counting hits by value and by day, and picking by value: arrays in, counts out.

A facet ignores its own selection and obeys all others, so that its number is the number of hits after the click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from search.embedded.evaluator import Evaluator
from search.embedded.segment import Numbers
from search.embedded.snapshot import Facet, Mask, Snapshot, count_until
from search.engine import Count, Request, Selection
from search.histogram import Bar, periods
from search.schema import NOT_STATED

SHORT = 64
"""So few values are put in order one by one, without arrays."""

FEW = 2
"""Documents that are this many times fewer than all are counted by their values, not by way of a mask over all."""


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
        return np.flatnonzero(self.mask)


def count_values(snapshot: Snapshot, request: Request, field: str, found: Found) -> tuple[Count, ...]:
    """Counts by value of the documents `found`: the most frequent, then picked ones not among them."""
    facet = snapshot.facet(field)
    counts, without = _count(facet, found)
    picked = {*request.selection.include.get(field, ()), *request.selection.exclude.get(field, ())}
    if picked:
        return _with_picked(facet, counts, without, picked, request.facet_limit)
    return _most_frequent(facet, counts, without, request.facet_limit)


def _count(facet: Facet, found: Found) -> tuple[Numbers, int]:
    """How many of the documents hold each value, and how many none."""
    size = len(facet.values)
    if facet.single is not None:
        counts = np.bincount(facet.single[found.numbers], minlength=size + 1)
        return counts[:size], int(counts[size])
    if len(found.numbers) * FEW > len(found.mask):
        kept = found.mask[facet.documents]
        counts = np.bincount(facet.ordinals[kept], minlength=size)
        return counts, len(found.numbers) - int(np.count_nonzero(found.mask & facet.stated))
    begins, ends = facet.bounds[found.numbers], facet.bounds[found.numbers + 1]
    sizes = ends - begins
    at = np.repeat(begins - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
    return np.bincount(facet.ordinals[at], minlength=size), len(sizes) - int(np.count_nonzero(sizes))


def _most_frequent(facet: Facet, counts: Numbers, without: int, limit: int) -> tuple[Count, ...]:
    """The `limit` most frequent values, by value where they are as frequent; values of no document left out."""
    values = facet.values
    if len(values) <= SHORT:
        ordered = sorted((-n, value) for value, n in zip(values, counts.tolist(), strict=True) if n)
        return _with_none([Count(value, -n) for n, value in ordered], without, limit)
    held = np.flatnonzero(counts)
    if 0 < 4 * limit < len(held):  # first those that may come in, then these in order
        least = np.partition(counts[held], len(held) - limit)[len(held) - limit]
        held = held[counts[held] >= least]
    order = held[np.argsort(-counts[held], kind="stable")][:limit]
    rows = [Count(values[i], n) for i, n in zip(order.tolist(), counts[order].tolist(), strict=True)]
    return _with_none(rows, without, limit)


def _with_none(rows: list[Count], without: int, limit: int) -> tuple[Count, ...]:
    """The first `limit` of `rows`, which are in order, and of those that hold no value."""
    if without:  # their value comes first among equals
        at = next((k for k, row in enumerate(rows) if row.count <= without), len(rows))
        rows.insert(at, Count(NOT_STATED, without))
    return tuple(rows[:limit])


def _with_picked(facet: Facet, counts: Numbers, without: int, picked: set[str], limit: int) -> tuple[Count, ...]:
    """The most frequent values, and after them those of `picked` that are not among them."""
    rows = _most_frequent(facet, counts, without, limit)
    left = picked - {row.value for row in rows}
    if not left:
        return rows
    known = {facet.values[i]: int(counts[i]) for i in np.flatnonzero(counts).tolist()} | {NOT_STATED: without}
    more = [Count(value, known.get(value, 0)) for value in left]
    return (*rows, *sorted(more, key=lambda row: (-row.count, row.value)))


def count_days(snapshot: Snapshot, found: Found, selection: Selection) -> tuple[Bar, ...]:
    """The histogram of the documents `found`, beside all within the selection's dates."""
    every = snapshot.days_until
    since = selection.since.toordinal() if selection.since else 0
    until = selection.until.toordinal() if selection.until else date.max.toordinal()
    first, counts = count_until(snapshot.days[found.numbers])
    if len(counts):
        span = (first, first + len(counts) - 1)
    else:
        within = snapshot.days[snapshot.live]
        within = within[(within >= since) & (within <= until)]
        if not len(within):
            return ()
        span = (int(within.min()), int(within.max()))
    bars = periods(date.fromordinal(span[0]), date.fromordinal(span[1]))
    days = [(a.toordinal(), b.toordinal()) for a, b in bars]
    hits = [_between((first, counts), a, b) for a, b in days]
    of = [_between(every, max(a, since), min(b, until)) for a, b in days]
    return tuple(Bar(a, b, n, m) for (a, b), n, m in zip(bars, hits, of, strict=True))


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
