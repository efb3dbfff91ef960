"""Dates as people type them."""

from datetime import date

import pytest

from search.dates import parse_range, parse_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-02-08", (date(2024, 2, 8), date(2024, 2, 8))),
        (" 2024-2-8 ", (date(2024, 2, 8), date(2024, 2, 8))),
        ("9999", (date(9999, 1, 1), date(9999, 12, 31))),
        ("2024-02-30", None),
        ("2024-13", None),
        ("2024-00", None),
        ("2024-01-00", None),
        ("0000", None),
        ("24", None),
        ("yesterday", None),
        ("", None),
        ("２０２４", (date(2024, 1, 1), date(2024, 12, 31))),  # full-width digits are digits
    ],
)
def test_span(text: str, span: tuple[date, date] | None) -> None:
    """A year, month or day is its first and last day; anything else is no date."""
    assert parse_span(text) == span


@pytest.mark.parametrize(
    ("scope", "text", "expected"),
    [
        ("date", "2023..2024-02", (date(2023, 1, 1), date(2024, 2, 29))),
        ("date", "2023..", (date(2023, 1, 1), None)),
        ("date", "..2023", (None, date(2023, 12, 31))),
        ("date", "..", None),
        ("date", "2023..x", None),
        ("before", "2024-02", (None, date(2024, 1, 31))),
        ("after", "2024-02", (date(2024, 3, 1), None)),
        ("before", "0001", None),
        ("after", "9999", None),
        ("before", "x", None),
    ],
)
def test_range(scope: str, text: str, expected: object) -> None:
    """`before` and `after` leave out the span they name; ends may be open; what cannot be is no range."""
    assert parse_range(scope, text) == expected
