"""The histogram as a picture: where each bar stands in an SVG, what it is called, and the search it leads to.

The picture is stretched to its place, so it holds no text; labels stand below it in cells of equal width.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.addresses import address_of
from search.histogram import Bar
from search.page import SearchRequest
from webui.names import counted, day_text, month_text
from webui.steps import between

HEIGHT = 100.0
SLOT = 10.0
GAP = 1.6
TICKS = 8
"""At most so many labels below the chart."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: its place in the picture's units, its words, and the address of the search within its days.

    `tick` is its label below the chart, or ""; a `minor` one is left out where there is little room.
    """

    x: float
    y: float
    width: float
    height: float
    label: str
    tick: str
    minor: bool
    count: int
    of: int
    share: str
    summary: str
    address: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture; `step` is what a bar stands for: "year", "month" or "day"."""

    bars: tuple[ChartBar, ...]
    width: float
    height: float
    slot: float
    step: str
    most: int
    each_ticked: bool


def chart_of(bars: Sequence[Bar], request: SearchRequest) -> Chart | None:
    """The picture of a histogram, or `None` where there are not two bars to compare."""
    if len(bars) < 2:
        return None
    most = max(1, *(b.count for b in bars))
    step = _step(bars)
    every = -(-len(bars) // TICKS)
    drawn = tuple(_drawn(bar, place, most, request) for place, bar in enumerate(bars))
    ticked = tuple(
        replace(bar, tick=_tick(bars[place], step), minor=step != "year" and place // every % 2 == 1)
        # A label needs the width of its step: the last one is left out where it would run over the edge.
        if place % every == 0 and len(bars) - place >= every / 2
        else bar
        for place, bar in enumerate(drawn)
    )
    return Chart(ticked, SLOT * len(bars), HEIGHT, SLOT, step, most, every == 1)


def _drawn(bar: Bar, place: int, most: int, request: SearchRequest) -> ChartBar:
    # A bar of one hit beside one of thousands still shows.
    height = max(HEIGHT * bar.count / most, 2.0) if bar.count else 0.0
    label = span_text(bar.since, bar.until)
    return ChartBar(
        x=round(SLOT * place + GAP / 2, 2),
        y=round(HEIGHT - height, 2),
        width=SLOT - GAP,
        height=round(height, 2),
        label=label,
        tick="",
        minor=False,
        count=bar.count,
        of=bar.of,
        share=share_text(bar.count, bar.of),
        summary=f"{label}: {counted(bar.count, 'answer', 'answers')}, of {bar.of:,} in the collection",
        address=address_of(between(request, bar.since, bar.until)),
    )


def share_text(part: int, whole: int) -> str:
    """A part in per cent: `12.5 %`; one that is not nothing is not written as nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return "under 0.1 %" if 0 < share < 0.1 else f"{share:.1f} %"


def span_text(since: date, until: date) -> str:
    """A span of days as people say it: a day, a month, a year, or from day to day."""
    if since == until:
        return day_text(since)
    if since.day == 1 and until.day == monthrange(until.year, until.month)[1] and since.year == until.year:
        if since.month == until.month:
            return month_text(since)
        if (since.month, until.month) == (1, 12):
            return f"{since.year}"
    return f"{day_text(since)} – {day_text(until)}"


def _step(bars: Sequence[Bar]) -> str:
    # The first and last bar may be cut short by the range of days picked; the longest says what they all are.
    longest = max((b.until - b.since).days for b in bars)
    return "year" if longest > 31 else "month" if longest > 0 else "day"


def _tick(bar: Bar, step: str) -> str:
    if step == "year":
        return f"{bar.since.year}"
    return f"{bar.since:%b} {bar.since.year}" if step == "month" else f"{bar.since.day} {bar.since:%b}"
