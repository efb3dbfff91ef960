"""Days folded into bars."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Day
from search.histogram import fold_days


@pytest.mark.parametrize(
    ("first", "last", "bars"),
    [
        (date(2024, 2, 28), date(2024, 3, 2), 4),
        (date(2024, 1, 31), date(2024, 6, 1), 6),
        (date(2018, 5, 5), date(2024, 2, 8), 7),
    ],
)
def test_the_span_chooses_the_unit(first: date, last: date, bars: int) -> None:
    """Few days are days, few months are months, more is years; there is no gap."""
    assert len(fold_days([Day(first, 1, 1), Day(last, 1, 2)])) == bars


def test_only_the_span_of_the_hits_is_drawn() -> None:
    """Days without a hit before the first and after the last are left out."""
    days = [Day(date(2020, 1, 1), 0, 3), Day(date(2024, 2, 7), 2, 5), Day(date(2024, 2, 8), 1, 4)]
    assert [(b.since, b.count, b.of) for b in fold_days(days)] == [(date(2024, 2, 7), 2, 5), (date(2024, 2, 8), 1, 4)]


def test_no_days_no_bars() -> None:
    """An empty collection has no histogram."""
    assert fold_days([]) == ()


@given(st.lists(st.tuples(st.integers(0, 4_000), st.integers(1, 5)), min_size=1, unique_by=lambda pair: pair[0]))
def test_nothing_is_lost(pairs: list[tuple[int, int]]) -> None:
    """Bars follow one another without gap or overlap, and their counts add up."""
    days = [Day(date(2015, 1, 1) + timedelta(days=n), count, count + 1) for n, count in sorted(pairs)]
    bars = fold_days(days)
    assert sum(b.count for b in bars) == sum(d.count for d in days)
    assert sum(b.of for b in bars) == sum(d.of for d in days)
    assert all(a.until + timedelta(days=1) == b.since for a, b in pairwise(bars))
