"""When a briefing was held: its date, and the time that the page states.

The title is believed first, since saved pages leave the line of date and time empty or fill it with the hour of an
edit. The one decision: a date is permanent (it is in the id), so it is read or refused, never guessed; only a missing
year is filled in, from evidence that is named in a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.parsers.months import ANY_MONTH, MONTH, month_name, month_number
from index.parsers.years import year_by_neighbours, year_by_weekdays
from search.model import Problem

_YEARS = range(1990, 2100)

_WORDED = re.compile(rf"\b({MONTH})\s?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:\s?,?\s?(\d{{4}})\b)?", re.IGNORECASE)
_WORDED_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\u00ba)?\s(?:of |de )?({ANY_MONTH})\b"
    r"(?:\s?,?\s?(?:del? |عام |سنة )?(\d{4})\b)?",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"\s?(\d{1,2})月(\d{1,2})日")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})(?:-|/|\.|\u5e74)(\d{1,2})(?:-|/|\.|\u6708)(\d{1,2})(?!\d)")
_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)(?:[-/_]?)(\d\d)(?:[-/_]?)(\d\d)(?!\d)")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3])[:\uff1a]([0-5]\d)(?:[:\uff1a][0-5]\d)?(?![\d:])")
_STAMP_WORDS = re.compile(r"(?:Updated|Published|Date|Time|Posted|Release[d]?)?\s?[:\uff1a]?\s?", re.IGNORECASE)

_FAR_APART = 3
"""Days between the date in the title and that of the page's time line from which a note is made."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed; `year` is `None` where none is."""

    year: int | None
    month: int
    day: int

    def resolve(self) -> date | None:
        """The date, `None` where there is no such day or no year."""
        if self.year not in _YEARS:
            return None
        try:
            return date(self.year or 0, self.month, self.day)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{month_name(self.month)} {self.day}" + (f", {self.year}" if self.year is not None else "")


@dataclass(frozen=True, slots=True)
class When:
    """When a briefing was held; `time` is "HH:MM", `None` where the page states none."""

    day: date
    time: str | None
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything of a source that may tell its date.

    Attributes:
        images: the stamps in the names of its images.
        paragraphs: its text, where days of the week may stand beside days.
        tenure: the years in which whoever the title names held briefings; empty where they are not known.
        around: the days of the files before and after it; empty where they are not known.
    """

    file: str
    title: str
    stamp: str
    url: str
    manifest_title: str
    images: Sequence[tuple[int, int, int]]
    paragraphs: Sequence[str] = ()
    tenure: Sequence[int] = ()
    around: Sequence[date] = ()


def find_date(text: str, among: Literal["first", "last"] = "first") -> Printed | None:
    """A date that `text` prints in words or numbers; one with a year comes before one without."""
    found = [(m.start(), Printed(int(m[1]), int(m[2]), int(m[3]))) for m in _NUMERIC.finditer(text)]
    found += [(m.start(), _worded(m[3], m[1], m[2])) for m in _WORDED.finditer(text)]
    day_first = [(m.start(), _worded(m[3], m[2], m[1])) for m in _WORDED_DAY_FIRST.finditer(text)]
    found += [f for f in day_first if f[1].year is not None or not found]
    if not found and (m := _CHINESE.match(text)):  # at the head of a title only: further on it is the subject's day
        return Printed(None, int(m[1]), int(m[2]))
    found.sort(key=lambda f: f[0])
    dated = [p for _, p in found if p.year is not None] or [p for _, p in found]
    return dated[0 if among == "first" else -1] if dated else None


def is_stamp(text: str) -> bool:
    """Whether a line states a date, perhaps with a time, and nothing else."""
    if len(text) > 60 or find_date(text) is None:
        return False
    rest = text
    for pattern in (_NUMERIC, _WORDED, _WORDED_DAY_FIRST, _CLOCK):
        rest = pattern.sub("", rest, count=1)
    return _STAMP_WORDS.fullmatch(rest.strip(" \u65e5,|")) is not None


def find_when(evidence: Evidence) -> When | Problem:
    """When the briefing was held, or a problem `bad-date`, `no-date` or `no-year`."""
    titled = find_date(evidence.title, "last")
    stamped = find_date(evidence.stamp)
    clock = _CLOCK.search(evidence.stamp)
    time = f"{int(clock[1]):02}:{clock[2]}" if clock else None
    if titled is None or titled.year is None:
        listed = find_date(evidence.manifest_title, "last")
        if listed and listed.year and (titled is None or (listed.month, listed.day) == (titled.month, titled.day)):
            return _when(evidence, listed, time, [_note(evidence, titled, listed.year, "the manifest's title")])
    if titled is None:
        return _when_untitled(evidence, stamped, time)
    if titled.year is None:
        return _when_yearless(evidence, titled, stamped, time)
    notes = []
    if stamped and (day := titled.resolve()) and (other := stamped.resolve()) and abs(day - other).days > _FAR_APART:
        text = f"{evidence.file}: the title says {titled}, the time line {stamped}; the title was believed"
        notes.append(Problem("date-differs", "note", text))
    return _when(evidence, titled, time, notes)


def _when_untitled(evidence: Evidence, stamped: Printed | None, time: str | None) -> When | Problem:
    if stamped and stamped.year:
        return _when(evidence, stamped, time, [])
    if day := _date_in_address(evidence.url):
        text = f"{evidence.file}: the page states no date; {day} is taken from its address"
        return When(day, time, (Problem("date-inferred", "note", text),))
    text = (
        f"{evidence.file}: no date in the title, the time line or the address; give --url, or a manifest with its title"
    )
    return Problem("no-date", "refused", text)


def _when_yearless(evidence: Evidence, titled: Printed, stamped: Printed | None, time: str | None) -> When | Problem:
    hints: list[tuple[str, date | None]] = [
        ("the time line", stamped.resolve() if stamped else None),
        ("the address", _date_in_address(evidence.url)),
        *(("the names of its images", Printed(*stamp).resolve()) for stamp in evidence.images),
    ]
    for source, day in hints:
        if day is None:
            continue
        years = (day.year - 1, day.year, day.year + 1)
        near = [d for y in years if (d := Printed(y, titled.month, titled.day).resolve())]
        if near:
            best = min(near, key=lambda d: abs(d - day))
            return When(best, time, (_note(evidence, titled, best.year, source),))
        return _bad_date(evidence, titled)
    found = (
        (
            "the days of the week in its text",
            year_by_weekdays(titled.month, titled.day, evidence.paragraphs, evidence.tenure),
        ),
        ("the files before and after it", year_by_neighbours(titled.month, titled.day, evidence.around)),
    )
    for source, held in found:
        if held:
            return When(held, time, (_note(evidence, titled, held.year, source),))
    text = (
        f"{evidence.file}: the title says {titled} without a year; give --url, a manifest with the whole date, or the "
        "whole folder, so that the files before and after it can tell"
    )
    return Problem("no-year", "refused", text)


def _when(evidence: Evidence, printed: Printed, time: str | None, notes: Sequence[Problem]) -> When | Problem:
    day = printed.resolve()
    return When(day, time, tuple(notes)) if day else _bad_date(evidence, printed)


def _bad_date(evidence: Evidence, printed: Printed) -> Problem:
    text = f"{evidence.file}: there is no such day as {printed}; correct the date in the file"
    return Problem("bad-date", "refused", text)


def _note(evidence: Evidence, titled: Printed | None, year: int, source: str) -> Problem:
    if titled is None:
        return Problem("date-inferred", "note", f"{evidence.file}: the page states no date; it is taken from {source}")
    text = f"{evidence.file}: the title says {titled} without a year; {year} is taken from {source}"
    return Problem("year-inferred", "note", text)


def _date_in_address(url: str) -> date | None:
    days = (Printed(int(m[1]), int(m[2]), int(m[3])).resolve() for m in _IN_ADDRESS.finditer(url))
    return next((day for day in days if day), None)


def _worded(year: str | None, month: str, day: str) -> Printed:
    return Printed(int(year) if year else None, month_number(month), int(day))
