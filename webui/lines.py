"""Lines over time as a picture: where each line, mark, label and tick stands. What they count is worked out elsewhere.

Places are in the units of the caller's picture, 0 at the left and at the top. A line breaks where there was nothing to
count in: what is not in the collection is no zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from search.histogram import Span
from webui.formats import decimal_text, number_text, short_month_text

LETTERS = "ABCD"
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months, or twelve times as many years, from one tick to the next."""
TICKS = 8
"""Ticks below the picture, at most."""
LEVELS = 4
"""Ticks beside it, about as many."""
CROWDED = 60
"""From so many points on, marks are small."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value to be drawn: `None` where there is nothing to count in; what it is in words, and where it leads."""

    value: float | None
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line.

    Attributes:
        address: where it leads, "" for nowhere.
        alone: it has no neighbour to be joined with, so that without its mark nothing of it would be seen.
    """

    x: float
    y: float
    label: str
    address: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its letter, its path, its marks, and where at the right side its label stands."""

    letter: str
    text: str
    path: str
    marks: tuple[Mark, ...]
    end: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label; a `minor` one is left out where there is little room."""

    at: float
    label: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """The whole picture; `gaps` are the stretches, left end and width, without a briefing in the collection."""

    width: float
    height: float
    lines: tuple[Line, ...]
    levels: tuple[Tick, ...]
    times: tuple[Tick, ...]
    gaps: tuple[tuple[float, float], ...]
    crowded: bool


@dataclass(frozen=True, slots=True)
class Canvas:
    """The room that a picture has.

    Attributes:
        apart: the least distance of two labels at the right side.
    """

    width: float
    height: float
    apart: float


def draw_lines(
    series: Sequence[tuple[str, Sequence[Point]]],
    spans: Sequence[Span],
    missing: Sequence[bool],
    canvas: Canvas,
    *,
    relative: bool,
) -> Lines:
    """The picture of at most four lines, each with its name and a point for each of `spans`.

    Args:
        series: the lines.
        spans: the days of each point, whole years or months but for the first and the last.
        missing: of each span, whether no briefing is in the collection.
        canvas: the room there is.
        relative: values are parts of 1.
    """
    values = [point.value for _, points in series for point in points if point.value is not None]
    step, top = scale_of(max(values, default=0), whole=not relative)
    slot = canvas.width / len(spans)

    def place(at: int, value: float) -> tuple[float, float]:
        return round(slot * (at + 0.5), 2), round(canvas.height * (1 - value / top), 2)

    lines = []
    for letter, (text, points) in zip(LETTERS, series, strict=False):
        places = [None if p.value is None else place(at, p.value) for at, p in enumerate(points)]
        marks = tuple(
            Mark(*at, point.label, point.address, alone=not (before or after))
            for before, at, after, point in zip([None, *places], places, [*places[1:], None], points, strict=False)
            if at
        )
        path = _path(places)
        lines.append(Line(letter, text, path, marks, marks[-1].y if marks else canvas.height))
    levels = [Tick(round(canvas.height * (1 - n * step / top), 2), level_text(n * step, step, relative=relative))
              for n in range(round(top / step) + 1)]  # fmt: skip
    return Lines(
        width=canvas.width,
        height=canvas.height,
        lines=_spread(lines, canvas),
        levels=tuple(levels),
        times=tuple(_times(spans, slot)),
        gaps=tuple(_gaps(missing, slot)),
        crowded=len(spans) * len(series) > CROWDED,
    )


_LEAST = 1e-12
"""Less is nothing: the share of one answer among a million millions."""


def scale_of(most: float, *, whole: bool) -> tuple[float, float]:
    """The step from one level to the next, 1, 2 or 5 times a power of ten, and the highest level, not below `most`."""
    if most < _LEAST:
        return (1, 1) if whole else (0.01, 0.01)
    power = 10.0 ** floor(log10(most / LEVELS))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= most / LEVELS * (1 - 1e-9))
    if whole:
        step = max(1, round(step))
    return step, step * ceil(most / step * (1 - 1e-9))


def level_text(value: float, step: float, *, relative: bool) -> str:
    """What a level is called: a number, or per cent with as many digits as tell it from the next."""
    if not relative:
        return number_text(round(value))
    return f"{decimal_text(100 * value, max(0, -floor(log10(100 * step) + 1e-9)))} %"


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """The path through all places, lifted where there is none."""
    drawn, lifted = [], True
    for place in places:
        if place:
            drawn.append(f"{'M' if lifted else 'L'}{place[0]:g} {place[1]:g}")
        lifted = place is None
    return "".join(drawn)


def _spread(lines: Sequence[Line], canvas: Canvas) -> tuple[Line, ...]:
    """The lines with their labels so far apart that none covers another, and none beyond the picture."""
    order = sorted(range(len(lines)), key=lambda n: lines[n].end)
    ends = dict.fromkeys(order, 0.0)
    low = -canvas.apart
    for n in order:
        ends[n] = low = max(lines[n].end, low + canvas.apart)
    high = canvas.height + canvas.apart
    for n in reversed(order):
        ends[n] = high = min(ends[n], high - canvas.apart)
    return tuple(Line(line.letter, line.text, line.path, line.marks, round(ends[n], 2)) for n, line in enumerate(lines))


def _gaps(missing: Sequence[bool], slot: float) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    for at, gone in enumerate(missing):
        if not gone:
            continue
        if gaps and at and missing[at - 1]:
            left, width = gaps.pop()
            gaps.append((left, round(width + slot, 2)))
        else:
            gaps.append((round(at * slot, 2), round(slot, 2)))
    return gaps


def _times(spans: Sequence[Span], slot: float) -> list[Tick]:
    """Ticks at whole steps of the calendar, so many that they have room."""
    yearly = any((until - since).days > 31 for since, until in spans)
    steps = [step for step in STEPS if not yearly or step >= 12]
    step = next((n for n in steps if len(spans) * (12 if yearly else 1) <= n * TICKS), STEPS[-1])
    ticked = [(at, since) for at, (since, _) in enumerate(spans) if _months(since, yearly=yearly) % step == 0]
    ticked = ticked or [(0, spans[0][0])]
    return [
        Tick(round(slot * (at + 0.5), 2), f"{day:%Y}" if step >= 12 else short_month_text(day), minor=n % 2 == 1)
        for n, (at, day) in enumerate(ticked)
    ]


def _months(day: date, *, yearly: bool) -> int:
    return 12 * day.year + (0 if yearly else day.month - 1)
