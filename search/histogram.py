"""The bars of a histogram: a year, a month or a day each, as the span of the hits asks for.

Engines count; which bars there are is said here, so that all draw the same.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Span = tuple[date, date]
"""First and last day, both included."""
Unit = Literal["year", "month", "day"]
"""What a bar stands for."""

MAX_DAYS = 62
"""Up to this many days, a bar is a day."""
MAX_MONTHS = 36
"""Up to this many months, a bar is a month; beyond, a year."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram: hits from day to day, both included, `of` all searched documents there.

    Both count only days within the selection's dates.
    """

    since: date
    until: date
    count: int
    of: int


@lru_cache(maxsize=1_000)
def periods(first: date, last: date, unit: Unit | None = None) -> tuple[Span, ...]:
    """First and last day of each bar of a histogram from `first` to `last`, without a gap, in order.

    Bars are whole years, months or days: `unit`, or what the length of the histogram asks for.
    """
    unit = unit or unit_of(first, last)
    bars: list[Span] = []
    start = _start(first, unit)
    while start <= last:
        end = _end(start, unit)
        bars.append((start, end))
        if end == date.max:
            break
        start = end + timedelta(days=1)
    return tuple(bars)


def clipped(spans: Iterable[Span], since: date | None, until: date | None) -> tuple[Span, ...]:
    """`spans` within the days from `since` to `until`, where these are given; those outside are left out."""
    first, last = since or date.min, until or date.max
    return tuple((max(a, first), min(b, last)) for a, b in spans if b >= first and a <= last)


def unit_of(first: date, last: date) -> Unit:
    """What a bar stands for in a histogram from `first` to `last`."""
    if (last - first).days < MAX_DAYS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "month" if months <= MAX_MONTHS else "year"


def _start(day: date, unit: Unit) -> date:
    match unit:
        case "year":
            return day.replace(month=1, day=1)
        case "month":
            return day.replace(day=1)
    return day


def _end(start: date, unit: Unit) -> date:
    match unit:
        case "year":
            return start.replace(month=12, day=31)
        case "month":
            return start.replace(day=monthrange(start.year, start.month)[1])
    return start
