"""The histogram's picture: what stands where, what it is called, where it leads."""

from datetime import date, timedelta

import pytest

from search.engine import Selection
from search.histogram import Bar
from search.page import SearchRequest
from webui.chart import chart_of, span_text

REQUEST = SearchRequest(text="x", page=3)


def years(*counts: int) -> list[Bar]:
    """A bar for each year from 2020 on."""
    return [Bar(date(2020 + i, 1, 1), date(2020 + i, 12, 31), n, 10) for i, n in enumerate(counts)]


def test_bars_stand_side_by_side_on_the_ground() -> None:
    """Bars do not overlap, stand on the picture's floor, and the tallest fills it."""
    chart = chart_of(years(1, 0, 4), REQUEST)
    assert chart
    assert all(left.x + left.width < right.x for left, right in zip(chart.bars, chart.bars[1:], strict=False))
    assert all(bar.y + bar.height == chart.height for bar in chart.bars)
    assert [bar.height for bar in chart.bars] == [25, 0, 100]


def test_one_hit_beside_thousands_shows() -> None:
    """A bar with a hit is never too small to see; one without is not there."""
    chart = chart_of(years(1, 0, 100_000), REQUEST)
    assert chart
    assert [bar.height for bar in chart.bars] == [2, 0, 100]


def test_bar_leads_to_its_days_on_the_first_page() -> None:
    """A bar's address sets the range of days and forgets the page."""
    chart = chart_of(years(1, 2), REQUEST)
    assert chart
    assert chart.bars[1].address == "/?q=x&from=2021-01-01&to=2021-12-31"
    assert chart.bars[1].summary == "2021: 2 answers, of 10 in the collection (20.0 %)"


@pytest.mark.parametrize("bars", [[], years(5)])
def test_nothing_to_compare_is_no_chart(bars: list[Bar]) -> None:
    """Fewer than two bars are not worth a picture."""
    assert chart_of(bars, REQUEST) is None


def test_step_is_known_though_the_ends_are_cut() -> None:
    """A range of days that cuts the first year short leaves a chart by year."""
    cut = [Bar(date(2020, 12, 20), date(2020, 12, 31), 1, 1), *years(0, 2)[1:]]
    chart = chart_of(cut, SearchRequest(selection=Selection(since=date(2020, 12, 20))))
    assert chart
    assert (chart.step, [bar.tick for bar in chart.bars]) == ("year", ["2020", "2021"])


@pytest.mark.parametrize("days", [2, 8, 9, 31, 62])
def test_ticks_have_room(days: int) -> None:
    """There are never more than eight labels, the first bar has one, and none stands at the very edge."""
    first = date(2024, 1, 1)
    bars = [Bar(first + timedelta(i), first + timedelta(i), 1, 1) for i in range(days)]
    chart = chart_of(bars, REQUEST)
    assert chart
    ticked = [i for i, bar in enumerate(chart.bars) if bar.tick]
    assert ticked[0] == 0
    assert len(ticked) <= 8
    assert days - ticked[-1] >= days / 16
    assert chart.bars[0].tick == "1 Jan"


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        ("2024-02-08", "2024-02-08", "8 February 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02-01", "2023-02-28", "February 2023"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-02-08", "2024-02-29", "8 February 2024 – 29 February 2024"),
        ("2023-01-01", "2024-12-31", "1 January 2023 – 31 December 2024"),
        ("2024-01-01", "2024-02-29", "1 January 2024 – 29 February 2024"),
    ],
)
def test_span_is_said_as_people_say_it(since: str, until: str, text: str) -> None:
    """A day, a month and a year have their names; anything else is from day to day."""
    assert span_text(date.fromisoformat(since), date.fromisoformat(until)) == text
