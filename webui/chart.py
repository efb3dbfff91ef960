"""The histogram as a picture: where each bar stands in an SVG, what it is called, and the search it leads to.

The picture is stretched to its place, so it holds no text; labels stand below it in cells of equal width.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.addresses import Nearby
from search.histogram import Bar
from search.page import SearchRequest
from search.trends import State
from webui.formats import day_text, decimal_text, month_text, number_text, short_day_text, short_month_text
from webui.names import answers_text
from webui.tongue import gettext, marked, tongue

HEIGHT = 100.0
SLOT = 10.0
GAP = 1.6
TICKS = 8
"""At most so many labels below the chart."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: its place in the picture's units, its words, and the address of the search within its days.

    Attributes:
        tick: its label below the chart, or "".
        minor: the label is left out where there is little room.
        mark: what stands in the place of a column where there is none: "quiet" (nothing was found in what was said),
            "none" (no briefing was held) or "missing" (none is in the collection).
        remark: the same in words, "" where there is a column.
        since: first day, ISO 8601.
        until: last day, ISO 8601.
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
    mark: str
    remark: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture.

    Attributes:
        step: what a bar stands for: "year", "month" or "day".
        most: what the tallest bar says.
        marks: which marks there are.
        range: the address of the search between `RANGE`, two days in the place of which others can be put.
    """

    bars: tuple[ChartBar, ...]
    width: float
    height: float
    slot: float
    step: str
    most: str
    each_ticked: bool
    marks: frozenset[str]
    range: str


RANGE = (date(1, 1, 1), date(9999, 12, 31))
MARKS = {
    State.BRIEFED: ("quiet", marked("no mention")),
    State.NONE: ("none", marked("no briefing was held, as announced")),
    State.MISSING: ("missing", marked("no briefing in the collection")),
}
"""The mark and the remark of a bar without a hit, by what is known of its days."""


def chart_of(
    bars: Sequence[Bar], request: SearchRequest, states: Sequence[State] = (), *, share: bool = False
) -> Chart | None:
    """The picture of a histogram, or `None` where there are not two bars to compare.

    Args:
        bars: in order, without a gap.
        request: the search that they count.
        states: what is known of the days of each bar; nothing is marked where it is not given.
        share: columns are as tall as the share of all, not as the number.
    """
    if len(bars) < 2:
        return None
    most = max(_value(bar, share=share) for bar in bars) or 1
    step = _step(bars)
    every = -(-len(bars) // TICKS)
    known, near = states or (None,) * len(bars), Nearby(request)

    def ticked(place: int) -> tuple[str, bool]:
        """The label below a bar, and whether it is left out where there is little room."""
        # A label needs the width of its step: the last one is left out where it would run over the edge.
        if place % every or len(bars) - place < every / 2:
            return "", False
        return _tick(bars[place], step), step != "year" and place // every % 2 == 1

    drawn = tuple(
        _drawn(bar, place, _value(bar, share=share) / most, state, near, ticked(place))
        for place, (bar, state) in enumerate(zip(bars, known, strict=True))
    )
    return Chart(
        bars=drawn,
        width=SLOT * len(bars),
        height=HEIGHT,
        slot=SLOT,
        step=step,
        most=_top(bars, share=share),
        each_ticked=every == 1,
        marks=frozenset(bar.mark for bar in drawn if bar.mark),
        range=near.between(*RANGE),
    )


def _value(bar: Bar, *, share: bool) -> float:
    if share:
        return bar.count / bar.of if bar.of else 0.0
    return bar.count


def marking(state: State) -> tuple[str, str]:
    """The mark and the remark of a bar without a hit."""
    mark, remark = MARKS[state]
    return mark, gettext(remark)


def _top(bars: Sequence[Bar], *, share: bool) -> str:
    top = max(bars, key=lambda bar: _value(bar, share=share))
    return share_text(top.count, top.of) if share else number_text(top.count)


def _drawn(  # noqa: PLR0913, PLR0917 (what the bar is made of)
    bar: Bar, place: int, part: float, state: State | None, near: Nearby, ticked: tuple[str, bool]
) -> ChartBar:
    # A bar of one hit beside one of thousands still shows.
    height = max(HEIGHT * part, 2.0) if bar.count else 0.0
    label = span_text(bar.since, bar.until)
    mark, remark = ("", "") if bar.count or state is None else marking(state)
    return ChartBar(
        x=round(SLOT * place + GAP / 2, 2),
        y=round(HEIGHT - height, 2),
        width=SLOT - GAP,
        height=round(height, 2),
        label=label,
        tick=ticked[0],
        minor=ticked[1],
        count=bar.count,
        of=bar.of,
        share=share_text(bar.count, bar.of),
        summary=_summary(bar, label, mark, remark),
        address=near.between(bar.since, bar.until),
        mark=mark,
        remark=remark,
        since=bar.since.isoformat(),
        until=bar.until.isoformat(),
    )


def _summary(bar: Bar, label: str, mark: str, remark: str) -> str:
    if mark in ("none", "missing"):
        return gettext("%(when)s: %(what)s", when=label, what=remark)
    said = {"when": label, "answers": answers_text(bar.count), "all": number_text(bar.of)}
    if bar.count and bar.of:
        share = share_text(bar.count, bar.of)
        return gettext("%(when)s: %(answers)s, of %(all)s in the collection (%(share)s)", share=share, **said)
    return gettext("%(when)s: %(answers)s, of %(all)s in the collection", **said)


def share_text(part: int, whole: int) -> str:
    """A part in per cent: `12.5 %`; one that is not nothing is not written as nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return gettext("under %(share)s", share=_per_cent(decimal_text(0.1)))
    return _per_cent(decimal_text(share))


def _per_cent(number: str) -> str:
    return f"{number}%" if tongue() == "zh" else f"{number} %"


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
    return short_month_text(bar.since) if step == "month" else short_day_text(bar.since)
