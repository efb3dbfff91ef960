"""Tables for people."""

import pytest

from benchmarks.table import lay_out, three_digits


def test_columns_line_up() -> None:
    """Text stands to the left, numbers to the right with their thousands told apart, and Markdown sees a table."""
    assert lay_out(("query", "hits"), [("the", 12_345), ("giraffe", 3)]).splitlines() == [
        "| query   |   hits |",
        "| ------- | -----: |",
        "| the     | 12,345 |",
        "| giraffe |      3 |",
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (0.00123, "0.0012"),
        (0.0123, "0.012"),
        (0.1234, "0.123"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (123.4, "123"),
        (12_345.6, "12,346"),
        (-1.234, "-1.23"),
    ],
)
def test_numbers_have_about_three_digits(number: float, text: str) -> None:
    """A number shows what matters of it, never an exponent."""
    assert three_digits(number) == text
