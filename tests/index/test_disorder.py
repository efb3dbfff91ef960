"""Files whose day does not fit between their neighbours'."""

from datetime import date, timedelta

import pytest

from index.disorder import find_disorder

FIRST = date(2024, 3, 4)


def days(*offsets: int, name: str = "pages/t{}.html") -> dict[str, date]:
    """Numbered files, each so many days after the first."""
    return {name.format(900 + n): FIRST + timedelta(offset) for n, offset in enumerate(offsets)}


@pytest.mark.parametrize("wrong", [-300, 300])
def test_a_stray_is_named_with_its_neighbours(wrong: int) -> None:
    """Whether its day is too early or too late, it alone is out of order."""
    found = find_disorder(days(*range(12), wrong, *range(13, 30)))
    assert found == {"pages/t912.html": ("pages/t911.html", "pages/t913.html")}


def test_a_list_may_count_backwards() -> None:
    """Where the first file is the latest, the order is the opposite one."""
    assert find_disorder(days(*range(30, 0, -1))) == {}
    assert list(find_disorder(days(*range(30, 18, -1), 60, *range(17, 0, -1)))) == ["pages/t912.html"]


def test_two_on_a_day_are_in_order() -> None:
    """A second briefing of a day is not out of order."""
    assert find_disorder(days(0, 1, 1, 2, 3, 3, 4)) == {}


@pytest.mark.parametrize(
    "known",
    [
        days(0, 9, 1, 3),
        days(5, 1, 9, 2, 7, 3, 8, 0),
        {f"pages/{n}-briefing-{9 - n}.md": FIRST + timedelta(n % 3) for n in range(9)},
    ],
)
def test_a_row_without_an_order_says_nothing(known: dict[str, date]) -> None:
    """Few files, files in no order, and names with several numbers tell nothing."""
    assert find_disorder(known) == {}
