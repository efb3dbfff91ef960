"""The year of a day that is printed without one, from days of the week and from the files beside it.

The one decision: a year is told only where the evidence leaves exactly one; else there is none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.parsers.months import MONTH, month_number

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = "|".join(_WEEKDAYS)
_BESIDE = re.compile(
    rf"\b({_WEEKDAY}),? (?:on |the )?({MONTH}) (\d{{1,2}})\b(?!,? \d{{4}})"
    rf"|\b({MONTH}) (\d{{1,2}}) ?\(({_WEEKDAY})\)"
)
_CHINESE_DAYS = "一二三四五六日"
_BESIDE_IN_CHINESE = re.compile(rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}})日[\uff08(](?:星期|周)([{_CHINESE_DAYS}])[\uff09)]")

_NEAR = 45
"""Days from the briefing within which a day is taken to be of the same season."""

_SLACK = timedelta(days=7)
"""Files are put up somewhat out of order."""

_WIDEST = timedelta(days=180)
"""Files whose days lie further apart leave room for two years, or for a mistake."""


def year_by_weekdays(month: int, day: int, paragraphs: Sequence[str], years: Sequence[int]) -> date | None:
    """The day in the one of `years` in which all days of the week printed beside days near it are right."""
    printed = {(m, d, w) for text in paragraphs for m, d, w in _iter_weekdays(text)}
    fitting = []
    for held in filter(None, (_day(year, month, day) for year in years)):
        near = [(d, w) for m, n, w in printed if (d := _nearest(held, m, n)) and abs(d - held).days <= _NEAR]
        if near and all(d.weekday() == w for d, w in near):
            fitting.append(held)
    return fitting[0] if len(fitting) == 1 else None


def year_by_neighbours(month: int, day: int, around: Sequence[date]) -> date | None:
    """The day in the one year in which it lies between the days of the files before and after."""
    if len(around) < 2 or max(around) - min(around) > _WIDEST:
        return None
    first, last = min(around) - _SLACK, max(around) + _SLACK
    days = (_day(year, month, day) for year in range(first.year, last.year + 1))
    fitting = [d for d in days if d and first <= d <= last]
    return fitting[0] if len(fitting) == 1 else None


def _iter_weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(month, day, day of the week) for each day of the week beside a day; Monday is 0."""
    for m in _BESIDE.finditer(text):
        name, month, day = (m[1], m[2], m[3]) if m[1] else (m[6], m[4], m[5])
        yield month_number(month), int(day), _WEEKDAYS.index(name)
    for m in _BESIDE_IN_CHINESE.finditer(text):
        yield int(m[1]), int(m[2]), _CHINESE_DAYS.index(m[3])


def _nearest(held: date, month: int, day: int) -> date | None:
    days = [d for year in (held.year - 1, held.year, held.year + 1) if (d := _day(year, month, day))]
    return min(days, key=lambda d: abs(d - held), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
