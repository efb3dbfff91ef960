"""Which bars a histogram has."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.histogram import MAX_DAYS, MAX_MONTHS, periods


@pytest.mark.parametrize(
    ("first", "last", "bars", "since", "until"),
    [
        (date(2024, 2, 28), date(2024, 3, 2), 4, date(2024, 2, 28), date(2024, 3, 2)),
        (date(2024, 1, 31), date(2024, 6, 1), 6, date(2024, 1, 1), date(2024, 6, 30)),
        (date(2018, 5, 5), date(2024, 2, 8), 7, date(2018, 1, 1), date(2024, 12, 31)),
        (date(2024, 2, 8), date(2024, 2, 8), 1, date(2024, 2, 8), date(2024, 2, 8)),
        (date(2024, 1, 1), date(2024, 1, 1) + timedelta(MAX_DAYS - 1), MAX_DAYS, date(2024, 1, 1), date(2024, 3, 2)),
        (date(2024, 1, 1), date(2024, 1, 1) + timedelta(MAX_DAYS), 3, date(2024, 1, 1), date(2024, 3, 31)),
        (date(2021, 1, 31), date(2023, 12, 1), MAX_MONTHS, date(2021, 1, 1), date(2023, 12, 31)),
        (date(2021, 1, 31), date(2024, 1, 1), 4, date(2021, 1, 1), date(2024, 12, 31)),
        (date(1, 1, 1), date.max, 9_999, date(1, 1, 1), date.max),
    ],
)
def test_the_span_chooses_the_unit(first: date, last: date, bars: int, since: date, until: date) -> None:
    """Few days are days, few months are whole months, more is whole years, to the end of the calendar."""
    found = periods(first, last)
    assert (len(found), found[0][0], found[-1][1]) == (bars, since, until)


@given(st.dates(date(2015, 1, 1), date(2026, 1, 1)), st.integers(0, 4_000))
def test_bars_follow_one_another(first: date, days: int) -> None:
    """Without gap or overlap, from the bar that holds the first day to the bar that holds the last."""
    last = first + timedelta(days)
    found = periods(first, last)
    assert all(a[1] + timedelta(1) == b[0] for a, b in pairwise(found))
    assert found[0][0] <= first <= found[0][1]
    assert found[-1][0] <= last <= found[-1][1]
