"""Dates as people type them: a year, a month, a day, a range of these.

The same words are understood in the query language, in a page's address and on the command line.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse_span(text: str) -> tuple[date, date] | None:
    """First and last day of a year, month or day (`2024`, `2024-02`, `2024-02-08`), or `None` if it is none."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(g) if g else 0 for g in match.groups())
    try:
        if match[3]:
            return date(year, month, day), date(year, month, day)
        if match[2]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, IndexError):
        return None


def parse_range(scope: str, text: str) -> tuple[date | None, date | None] | None:
    """First and last day that `date:text`, `before:text` or `after:text` asks for, or `None` if `text` is no date.

    `before` ends on the day before the span begins, `after` begins on the day after it ends. An end may be open.
    """
    if scope == "date" and ".." in text:
        left, _, right = text.partition("..")
        first, last = parse_span(left), parse_span(right)
        if (left.strip() and not first) or (right.strip() and not last) or not (first or last):
            return None
        return first[0] if first else None, last[1] if last else None
    span = parse_span(text)
    if span is None:
        return None
    if scope == "before":
        return (None, span[0] - timedelta(days=1)) if span[0] > date.min else None
    if scope == "after":
        return (span[1] + timedelta(days=1), None) if span[1] < date.max else None
    return span
