"""What was new lately: the collection's newest week, and what most was asked about in its newest twelve months.

Time is counted from the collection's newest day, not from today: a collection may end years ago and still has a last
week. The one decision: countries that publish the briefings are left out, since every briefing is about them.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from search.directory import EVERY, Directory
from search.engine import Count, Engine, Request, Selection
from search.histogram import Bar
from search.holdings import Listed
from search.labels import Labels
from search.query import All, Query, Scope
from search.schema import NOT_STATED

WEEK = timedelta(days=6)
"""From the first to the last day of a week."""
MONTHS = 24
"""Months that a sparkline shows."""


class Topic(NamedTuple):
    """An entity, how many answers and statements of a span are about it, and how many were month by month."""

    id: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    months: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Lately:
    """What was new.

    Attributes:
        since: first day of the newest week.
        until: the collection's newest day.
        briefings: those of the week, newest first.
        answers: how many answers and statements the week has.
        topics: what they were about, most frequent first.
        firsts: what was named in that week and never before, with the number that name it.
        year_since: first day of the newest twelve months.
        year_topics: what those were about, with the months to draw.
    """

    since: date
    until: date
    briefings: tuple[Listed, ...]
    answers: int
    topics: tuple[Topic, ...]
    firsts: tuple[Topic, ...]
    year_since: date
    year_topics: tuple[Topic, ...]


def look_back(engine: Engine, directory: Directory, limit: int) -> Lately | None:
    """What was new, at most `limit` of each; `None` while there is no briefing. `directory` is that of entities."""
    listed, labels = engine.briefings(), engine.labels()
    if not listed:
        return None
    until = listed[-1].date
    since, year_since = until - WEEK, _same_day(until, -1) + timedelta(days=1)
    week = engine.find(
        Request(selection=Selection(since=since, until=until), limit=0, facets=("about", "entity"), type_limit=EVERY)
    )
    is_new = listed[0].date < since
    firsts = (one for one in week.facets["entity"] if is_new and directory.counts.get(one.value) == one.count)
    year = engine.find(Request(selection=Selection(since=year_since, until=until), limit=0, facets=("about",)))
    return Lately(
        since=since,
        until=until,
        briefings=tuple(reversed([one for one in listed if one.date >= since])),
        answers=week.total,
        topics=tuple(Topic(one.value, one.count) for one in _foremost(week.facets["about"], labels, limit)),
        firsts=tuple(Topic(one.value, one.count) for one in sorted(firsts, key=_rank)[:limit]),
        year_since=year_since,
        year_topics=tuple(
            Topic(one.value, one.count, _months(engine, Scope("about", one.value), until))
            for one in _foremost(year.facets["about"], labels, limit)
        ),
    )


def _rank(one: Count) -> tuple[int, int, str]:
    return -one.about, -one.count, one.value


def _foremost(counts: tuple[Count, ...], labels: Labels, limit: int) -> list[Count]:
    """The most frequent, without the publishers' home countries."""
    homes = {*labels.homes.values(), NOT_STATED}
    return sorted((one for one in counts if one.value not in homes), key=lambda one: (-one.count, one.value))[:limit]


def _same_day(day: date, years: int) -> date:
    """The same day of another year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _months(engine: Engine, query: Query, until: date) -> tuple[Bar, ...]:
    """How many answers and statements of each of the newest months match, of all of that month."""
    spans = list(_iter_months(until))
    counts, of = (_by_month(engine, one, spans[0][0]) for one in (query, All()))
    return tuple(Bar(a, b, counts.get(f"{a:%Y-%m}", 0), of.get(f"{a:%Y-%m}", 0)) for a, b in spans)


def _by_month(engine: Engine, query: Query, since: date) -> dict[str, int]:
    request = Request(query, Selection(since=since), limit=0, facets=("month",), facet_limit=MONTHS + 1)
    return {month: count for month, count, _ in engine.find(request).facets["month"]}


def _iter_months(until: date) -> Iterator[tuple[date, date]]:
    """First and last day of each of the newest months, in order."""
    number = until.year * 12 + until.month - MONTHS
    for month in range(number, number + MONTHS):
        first = date(month // 12, month % 12 + 1, 1)
        yield first, first.replace(day=monthrange(first.year, first.month)[1])
