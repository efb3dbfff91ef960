"""The calendar: every year's briefings in numbers, and one year day by day for each publisher.

Three days are told apart: one with a briefing (more answers, a stronger shade), one of which a briefing said beforehand
that there will be none, and one that is not in the collection, of which we know nothing. The one decision: days are
tables of numbers with words for those who cannot see them, so that shades are never all that tells them apart.
"""

from bisect import bisect_right
from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from search.addresses import address_of_record
from search.errors import NotFound
from search.holdings import Coverage, Listed
from search.labels import Labels
from webui.formats import day_text, month_names, number_text, weekday_names
from webui.frame import Frame, Link
from webui.names import answers_text, briefings_text, counted, language_text
from webui.tongue import gettext

LEVELS = 4
"""Shades of days with a briefing: quarters of a publisher's days, by their number of answers."""

State = Literal["held", "none", "absent", "outside"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's table; `outside` is a cell that belongs to no day of the month.

    Attributes:
        state: with a briefing, known to have none, or not in the collection.
        level: its shade, 1 to 4; 0 without a briefing.
        said: what the number does not say: the whole day and what is known of it.
    """

    number: int
    state: State
    level: int = 0
    address: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, Monday first."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]


@dataclass(frozen=True, slots=True)
class Briefed:
    """A briefing of the list below a single publisher's months; `anchor` where it is the first of its day."""

    title: str
    address: str
    day: str
    date: str
    language: str
    language_name: str
    answers: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A publisher's year."""

    label: str
    told: str
    months: tuple[Month, ...]
    alone: Link | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many briefings a publisher has in a year, also in words ("" for none), and how dense that is: 0 to 4."""

    count: str
    said: str
    level: int
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """All that calendar.html shows.

    Attributes:
        years: of the collection, each with its address, and whether it is shown.
        totals: for each publisher its name and a cell for each year.
        publisher: the only one shown, "" for all.
        grids: the year, publisher by publisher.
        listed: its briefings, where one publisher is shown.
        missing: publishers with nothing in the year.
    """

    frame: Frame
    year: int
    years: tuple[tuple[Link, bool], ...]
    totals: tuple[tuple[Link, tuple[Total, ...]], ...]
    publisher: str
    grids: tuple[Grid, ...]
    listed: tuple[Briefed, ...]
    missing: str
    previous: Link | None
    next: Link | None
    weekdays: tuple[str, ...] = field(default_factory=weekday_names)


def empty_calendar() -> CalendarPage:
    """The calendar while nothing is indexed."""
    return CalendarPage(
        Frame(gettext("Briefings by day"), canonical="/calendar"), 0, (), (), "", (), (), "", None, None
    )


def calendar_page(
    listed: Sequence[Listed], coverage: Sequence[Coverage], labels: Labels, year: int | None, publisher: str
) -> CalendarPage:
    """The calendar of a year (of the newest, if none is given), of one publisher or of all.

    Raises:
        NotFound: the collection has no such year or publisher.
    """
    publishers = sorted({row.publisher for row in coverage}, key=lambda id: labels.label("publisher", id))
    years = range(listed[0].date.year, listed[-1].date.year + 1)
    shown = listed[-1].date.year if year is None else year
    if year is None and publisher in publishers:
        shown = max(one.date.year for one in listed if one.publisher == publisher)
    if shown not in years or (publisher and publisher not in publishers):
        raise NotFound("the collection has no such year or publisher", hint="begin at /calendar")
    told = [publisher] if publisher else publishers
    single = told[0] if len(told) == 1 else ""
    days = _days_of(listed)
    known = [_kept(id, days[id], coverage) for id in told]
    here = [one for one in known if one.covers(shown)]
    return CalendarPage(
        frame=Frame(_title(shown, publisher, labels), canonical=address_of_year(shown, publisher)),
        year=shown,
        years=tuple((Link(f"{one}", address_of_year(one, publisher)), one == shown) for one in years),
        totals=tuple(_totals(id, listed, years, (shown, publisher), labels) for id in publishers),
        publisher=labels.label("publisher", publisher) if publisher else "",
        grids=tuple(_grid(one, shown, labels, alone=len(told) == 1) for one in here),
        listed=tuple(_listed(one for one in listed if one.publisher == single and one.date.year == shown)),
        missing=_missing([labels.label("publisher", id) for id in told if id not in {one.id for one in here}], shown),
        previous=Link(f"{shown - 1}", address_of_year(shown - 1, publisher)) if shown - 1 in years else None,
        next=Link(f"{shown + 1}", address_of_year(shown + 1, publisher)) if shown + 1 in years else None,
    )


def address_of_year(year: int, publisher: str = "") -> str:
    """The address of a year of the calendar."""
    pairs = {"year": f"{year}"} | ({"publisher": publisher} if publisher else {})
    return f"/calendar?{urlencode(pairs)}"


def _title(year: int, publisher: str, labels: Labels) -> str:
    if publisher:
        name = labels.label("publisher", publisher)
        return gettext("Briefings of %(publisher)s in %(year)s", publisher=name, year=year)
    return gettext("Briefings in %(year)s", year=year)


def _missing(names: Sequence[str], year: int) -> str:
    return gettext("Nothing in %(year)s: %(names)s.", year=year, names=", ".join(names)) if names else ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of a publisher's days: with briefings, announced to be without; and its shades."""

    id: str
    days: Mapping[date, Sequence[Listed]]
    none: frozenset[date]
    steps: Sequence[int]

    def covers(self, year: int) -> bool:
        """Whether anything is known of a day of the year."""
        return any(day.year == year for day in (*self.days, *self.none))


def _kept(id: str, days: Mapping[date, Sequence[Listed]], coverage: Iterable[Coverage]) -> _Kept:
    sizes = sorted(_answers(some) for some in days.values())
    steps = [sizes[len(sizes) * n // LEVELS] for n in range(1, LEVELS)]
    return _Kept(id, days, frozenset(_adjourned(coverage, id)), steps)


def _days_of(listed: Iterable[Listed]) -> Mapping[str, dict[date, list[Listed]]]:
    """Of each publisher the briefings of each day that has any."""
    days: dict[str, dict[date, list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for one in listed:
        days[one.publisher][one.date].append(one)
    return days


def _adjourned(coverage: Iterable[Coverage], publisher: str) -> set[date]:
    """The days of which a publisher said that there will be no briefing."""
    return {
        one.since + timedelta(days=n)
        for row in coverage
        if row.publisher == publisher
        for one in row.adjournments
        for n in range((one.until - one.since).days + 1)
    }


def _totals(
    id: str, listed: Sequence[Listed], years: range, shown: tuple[int, str], labels: Labels
) -> tuple[Link, tuple[Total, ...]]:
    counts = Counter(one.date.year for one in listed if one.publisher == id)
    most = max(counts.values())
    cells = tuple(
        Total(
            number_text(counts[year]),
            briefings_text(counts[year]) if counts[year] else "",
            -(-LEVELS * counts[year] // most),
            address_of_year(year, id),
            (year, id) == shown,
        )
        for year in years
    )
    return Link(labels.label("publisher", id), address_of_year(max(counts), id)), cells


def _grid(kept: _Kept, year: int, labels: Labels, *, alone: bool) -> Grid:
    held = [day for day in kept.days if day.year == year]
    announced = sum(day.year == year and day not in kept.days for day in kept.none)
    briefings = briefings_text(sum(len(kept.days[day]) for day in held))
    told = gettext(
        "%(briefings)s on %(days)s",
        briefings=briefings,
        days=counted(len(held), "%(number)s day", "%(number)s days"),
    )
    if announced:
        without = counted(
            announced, "%(number)s day announced to be without", "%(number)s days announced to be without"
        )
        told = f"{told} · {without}"
    weeks = Calendar().monthdatescalendar
    return Grid(
        label=labels.label("publisher", kept.id),
        told=told,
        months=tuple(
            Month(
                month_names()[month - 1],
                tuple(tuple(_day(day, month, kept) for day in week) for week in weeks(year, month)),
            )
            for month in range(1, 13)
        ),
        alone=None if alone else Link(gettext("This publisher alone, with a list"), address_of_year(year, kept.id)),
    )


def _answers(briefings: Iterable[Listed]) -> int:
    """The answers of a day's briefings, of editions in several languages those of the longest."""
    by_language: Counter[str] = Counter()
    for one in briefings:
        by_language[one.language] += one.answers
    return max(by_language.values())


def _day(day: date, month: int, kept: _Kept) -> Day:
    if day.month != month:
        return Day(0, "outside")
    briefings = kept.days.get(day, ())
    if briefings:
        answers = _answers(briefings)
        said = gettext("%(day)s: %(answers)s", day=day_text(day), answers=answers_text(answers))
        if len(briefings) > 1:
            said = gettext("%(said)s, %(briefings)s", said=said, briefings=briefings_text(len(briefings)))
        return Day(
            number=day.day,
            state="held",
            level=1 + bisect_right(kept.steps, answers),
            address=address_of_record(briefings[0].id)
            if len(briefings) == 1
            else f"{address_of_year(day.year, kept.id)}#day-{day}",
            said=said,
        )
    if day in kept.none:
        return Day(day.day, "none", said=gettext("%(day)s: announced to be without a briefing", day=day_text(day)))
    return Day(day.day, "absent")


def _listed(briefings: Iterable[Listed]) -> Iterable[Briefed]:
    before: date | None = None
    for one in briefings:
        yield Briefed(
            title=one.title,
            address=address_of_record(one.id),
            day=day_text(one.date),
            date=one.date.isoformat(),
            language=one.language,
            language_name=language_text(one.language),
            answers=answers_text(one.answers),
            anchor="" if one.date == before else f"day-{one.date}",
        )
        before = one.date
