"""The picture of lines: scales, ticks, breaks and labels that do not cover each other."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.histogram import periods
from webui.lines import TICKS, Canvas, Lines, Point, draw_lines, level_text, scale_of

YEARS = periods(date(2020, 1, 1), date(2024, 12, 31), "year")
CANVAS = Canvas(100, 100, 7)


def drawn(*series: list[float | None], relative: bool = False) -> Lines:
    """Lines over the years from 2020 on."""
    points = [(f"q{n}", [Point(v, "", "/") for v in values]) for n, values in enumerate(series)]
    missing = [all(values[at] is None for values in series) for at in range(len(series[0]))]
    return draw_lines(points, YEARS[: len(series[0])], missing, CANVAS, relative=relative)


@given(st.just(0.0) | st.floats(1e-9, 1e7), st.booleans())
def test_the_scale_holds_the_highest_value(most: float, whole: bool) -> None:  # noqa: FBT001
    """The highest level is not below the value nor far above; levels are few; whole numbers have whole levels."""
    step, top = scale_of(round(most) if whole else most, whole=whole)
    assert top >= (round(most) if whole else most) * (1 - 1e-9)
    assert 1 <= round(top / step) <= 5
    assert not whole or step == int(step)


@pytest.mark.parametrize(
    ("value", "step", "relative", "text"),
    [(1500, 500, False, "1,500"), (0.02, 0.01, True, "2 %"), (0.0015, 5e-4, True, "0.15 %"), (0, 1e-3, True, "0.0 %")],
)
def test_levels_are_told_apart(value: float, step: float, relative: bool, text: str) -> None:  # noqa: FBT001
    """Per cent have as many digits as the step needs."""
    assert level_text(value, step, relative=relative) == text


def test_a_line_breaks_where_nothing_can_be_counted() -> None:
    """What is not in the collection is no zero: the line is lifted, there is no mark, and the stretch is shaded."""
    lines = drawn([1, None, None, 2, 4])
    (line,) = lines.lines
    assert line.path.count("M") == 2
    assert len(line.marks) == 3
    assert lines.gaps == ((20, 40),)
    assert line.marks[-1].y == 0
    assert [mark.alone for mark in line.marks] == [True, False, False]


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4))
@example([0.0, 0.0, 0.0, 5e-324])  # the least number above none has no tenth
def test_labels_do_not_cover_each_other(ends: list[float]) -> None:
    """Labels at the right stand apart and within the picture, in the order of their lines."""
    lines = drawn(*[[0.0, end] for end in ends])
    places = sorted(line.end for line in lines.lines)
    assert all(b - a >= CANVAS.apart - 0.02 for a, b in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 100


@pytest.mark.parametrize("unit", ["year", "month"])
@pytest.mark.parametrize("years", [1, 2, 3, 8, 20, 60])
def test_ticks_have_room_and_stand_at_whole_steps(unit: str, years: int) -> None:
    """At most about eight labels, of months or years that people count by."""
    spans = periods(date(2004, 5, 1), date(2003 + years, 12, 31), unit)  # type: ignore[arg-type]
    series = [("q", [Point(1, "", "")] * len(spans))]
    lines = draw_lines(series, spans, [False] * len(spans), CANVAS, relative=False)
    assert 1 <= len(lines.times) <= TICKS + 1
    assert len({tick.label for tick in lines.times}) == len(lines.times)
