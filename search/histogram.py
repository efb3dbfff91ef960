"""Days folded into the bars of a histogram: by year, month or day, as the span asks for."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from search.engine import Day
from search.page import Bar

MAX_DAYS = 62
"""Up to this many days, a bar is a day."""
MAX_MONTHS = 36
"""Up to this many months, a bar is a month; beyond, a year."""


def fold_days(days: Sequence[Day]) -> tuple[Bar, ...]:
    """Bars over the span of the hits (of the collection, if there is no hit), without a gap, in order."""
    with_hits = [day.date for day in days if day.count] or [day.date for day in days]
    if not with_hits:
        return ()
    first, last = min(with_hits), max(with_hits)
    bars = _periods(first, last)
    counts = dict.fromkeys(bars, 0)
    of = dict.fromkeys(bars, 0)
    starts = {bar[0]: bar for bar in bars}
    unit = _unit(first, last)
    for day in days:
        bar = starts.get(_start(day.date, unit))
        if bar:
            counts[bar] += day.count
            of[bar] += day.of
    return tuple(Bar(since, until, counts[since, until], of[since, until]) for since, until in bars)


def _unit(first: date, last: date) -> str:
    if (last - first).days < MAX_DAYS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "month" if months <= MAX_MONTHS else "year"


def _start(day: date, unit: str) -> date:
    match unit:
        case "year":
            return day.replace(month=1, day=1)
        case "month":
            return day.replace(day=1)
    return day


def _end(start: date, unit: str) -> date:
    match unit:
        case "year":
            return start.replace(month=12, day=31)
        case "month":
            return start.replace(day=monthrange(start.year, start.month)[1])
    return start


def _periods(first: date, last: date) -> list[tuple[date, date]]:
    unit = _unit(first, last)
    bars: list[tuple[date, date]] = []
    start = _start(first, unit)
    while start <= last:
        end = _end(start, unit)
        bars.append((start, end))
        if end == date.max:
            break
        start = end + timedelta(days=1)
    return bars
