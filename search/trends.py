"""Counts over time: a search's answers in spans of days, beside all that there are, and what is known of empty days.

The one decision: what a collection has of one publisher in one language, an edition, can be counted for itself, since
each covers days of its own: a share over several of them changes when one begins, whatever is said. All answers, of
which a share is a part, are those of the publishers, languages, years and months picked; other filters do not narrow
them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from search.engine import Engine, Selection
from search.histogram import MAX_DAYS, Span
from search.holdings import Coverage
from search.query import All, Query

BASE = ("publisher", "language", "year", "month")
"""Fields whose picks narrow all answers, of which a share is a part."""


class State(StrEnum):
    """What the collection has of some days."""

    BRIEFED = "briefed"
    NONE = "none"
    MISSING = "missing"


STATES = {
    State.BRIEFED: "in the collection",
    State.NONE: "no briefing was held, as announced",
    State.MISSING: "not in the collection",
}
"""The same in words."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One search over spans of days.

    Attributes:
        counts: its answers and statements in each span.
        of: how many there are in all.
        states: a briefing is there; there was none, on any of the days; or none is there, and nobody said why.
    """

    counts: tuple[int, ...]
    of: tuple[int, ...]
    states: tuple[State, ...]

    @property
    def total(self) -> int:
        """Answers in all spans together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query under a selection, in the editions that it may find something in.

    `base` narrows all answers, of which a share is a part; where it is not given, what of `selection` is in `BASE`.
    """

    query: Query
    selection: Selection
    editions: tuple[Coverage, ...]
    base: Selection | None = None


def editions_picked(coverage: Iterable[Coverage], selection: Selection) -> tuple[Coverage, ...]:
    """The editions that a selection lets through."""

    def let_through(field: str, value: str) -> bool:
        wanted, unwanted = selection.include.get(field, ()), selection.exclude.get(field, ())
        return (not wanted or value in wanted) and value not in unwanted

    return tuple(
        one for one in coverage if let_through("publisher", one.publisher) and let_through("language", one.language)
    )


def within_edition(selection: Selection, edition: Coverage) -> Selection:
    """`selection` with nothing but one edition picked, which it lets through."""
    picked = {**selection.include, "publisher": (edition.publisher,), "language": (edition.language,)}
    return replace(selection, include=picked)


def count_trends(engine: Engine, asked: Sequence[Asked], spans: Sequence[Span]) -> tuple[Trend, ...]:
    """How each of `asked` goes on over `spans`, all of one commit. Raises QueryTooCostly."""
    pairs = [
        pair
        for one in asked
        for pair in (
            (one.query, one.selection),
            (All(), one.base or base_of(one.selection)),
            (All(), base_of(one.selection, ("publisher", "language"))),
        )
    ]
    rows = engine.count_within(pairs, spans)
    return tuple(
        Trend(counts, of, tuple(_states(spans, held, one.editions)))
        for one, counts, of, held in zip(asked, rows[0::3], rows[1::3], rows[2::3], strict=True)
    )


def time_axis(selection: Selection, editions: Sequence[Coverage], hits: Span | None) -> Span | None:
    """First and last day of a chart: the days picked, else those with hits, else those that the editions cover.

    Days picked that are many go no farther than the collection, so that a chart from year 1 is none of empty bars.
    """
    if not editions:
        return None
    first, last = min(one.first for one in editions), max(one.last for one in editions)
    a, b = hits or (first, last)
    since, until = selection.since or a, selection.until or b
    if (until - since).days >= MAX_DAYS:
        since, until = max(since, min(first, a)), min(until, max(last, b))
    return (since, until) if since <= until else None


def same_span(editions: Sequence[Coverage]) -> bool:
    """Whether all editions cover the same days, so that one scale does for all of them."""
    return len({(one.first, one.last) for one in editions}) <= 1


def base_of(selection: Selection, kept: Sequence[str] = BASE) -> Selection:
    """`selection` without what does not narrow all answers."""
    return Selection(
        {field: values for field, values in selection.include.items() if field in kept},
        {field: values for field, values in selection.exclude.items() if field in kept},
        selection.since,
        selection.until,
    )


def _states(spans: Sequence[Span], held: Sequence[int], editions: Sequence[Coverage]) -> Iterable[State]:
    names = dict.fromkeys(one.publisher for one in editions)
    publishers = [_Publisher([one for one in editions if one.publisher == name]) for name in names]
    for span, there in zip(spans, held, strict=True):
        yield State.BRIEFED if there else State.NONE if _is_free(span, publishers) else State.MISSING


class _Publisher:
    """What is known of a publisher's days: which it covers, and on which it said that there would be no briefing."""

    def __init__(self, editions: Sequence[Coverage]) -> None:
        self.first = min(one.first for one in editions)
        self.last = max(one.last for one in editions)
        # What one edition announces holds for the briefing, in whatever language it is.
        self.adjourned = [(a.since, a.until) for one in editions for a in one.adjournments]

    def is_free(self, day: date) -> bool:
        return any(since <= day <= until for since, until in self.adjourned)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def _is_free(span: Span, publishers: Sequence[_Publisher]) -> bool:
    """Whether every day is known to have been without a briefing of any publisher that covers it."""
    days = (span[0] + timedelta(n) for n in range((span[1] - span[0]).days + 1))
    return all(_is_free_day(day, publishers) for day in days)


def _is_free_day(day: date, publishers: Sequence[_Publisher]) -> bool:
    knowing = [one for one in publishers if one.is_free(day)]
    return bool(knowing) and all(one in knowing or not one.covers(day) for one in publishers)
