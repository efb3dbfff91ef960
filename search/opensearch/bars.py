"""The histogram of a page: months of the hits as the cluster counts them, days where the hits are of few."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from search.engine import Selection
from search.histogram import Bar, Span, periods, unit_of
from search.opensearch.collection import MOST

Json = dict[str, Any]


def aggregations(filters: Sequence[Json]) -> Json:
    """What counts the hits by month, and says from which day to which they are."""
    parts = {
        "first": {"min": {"field": "day"}},
        "last": {"max": {"field": "day"}},
        "months": {"terms": {"field": "month", "size": MOST}},
    }
    return {"bars": {"filter": {"bool": {"filter": list(filters)}}, "aggs": parts}}


def by_day(filters: Sequence[Json]) -> Json:
    """What counts the hits by day."""
    each = {"days": {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}}}
    return {"bars": {"filter": {"bool": {"filter": list(filters)}}, "aggs": each}}


def read_bars(
    found: Json, selection: Selection, days: Mapping[int, int], ask_by_day: Callable[[], Json]
) -> tuple[Bar, ...]:
    """The bars of a page.

    Args:
        found: what `aggregations` came to.
        selection: its dates hold for every bar.
        days: how many searched documents each day of the collection has.
        ask_by_day: gives what `by_day` comes to.
    """
    least = selection.since.toordinal() if selection.since else date.min.toordinal()
    most = selection.until.toordinal() if selection.until else date.max.toordinal()
    of = {day: count for day, count in days.items() if least <= day <= most}
    held = found["bars"]
    if not held["doc_count"]:
        return _without_hits(of)
    first, last = (date.fromordinal(int(held[end]["value"])) for end in ("first", "last"))
    if unit_of(first, last) == "day":
        buckets = ask_by_day()["bars"]["days"]["buckets"]
        hits = {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
    else:
        # Of a month all hits fall into one bar, on whichever day of it they are put.
        months = ((bucket["key"], bucket["doc_count"]) for bucket in held["months"]["buckets"])
        hits = {date.fromisoformat(f"{month}-01").toordinal(): count for month, count in months}
    spans = periods(first, last)
    return tuple(map(Bar, *zip(*spans, strict=True), _within(hits, spans), _within(of, spans)))


def _without_hits(of: Mapping[int, int]) -> tuple[Bar, ...]:
    if not of:
        return ()
    spans = periods(date.fromordinal(min(of)), date.fromordinal(max(of)))
    return tuple(Bar(since, until, 0, count) for (since, until), count in zip(spans, _within(of, spans), strict=True))


def _within(days: Mapping[int, int], spans: Sequence[Span]) -> list[int]:
    """How many there are in each span; spans stand in order, without a gap."""
    counts, at = [0] * len(spans), 0
    ends = [until.toordinal() for _, until in spans]
    first = spans[0][0].toordinal()
    for day, count in sorted(days.items()):
        while at < len(ends) and day > ends[at]:
            at += 1
        if at < len(ends) and day >= first:
            counts[at] += count
    return counts
