"""The hour above and below a transcript."""

import pytest

from index.parsers.clock import find_hour, is_hour_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4:32 P.M. EDT", ("16:32", "America/New_York")),
        ("12:05 A.M. EST", ("00:05", "America/New_York")),
        ("12:27 p.m. CEST", ("12:27", "CET")),
        ("9:00 AM", ("09:00", "Etc/GMT-2")),  # no zone printed: the publisher's
        ("4:50 P.M. AST", ("16:50", None)),  # of Arabia, or of the Atlantic
        ("13:00 P.M. EDT", None),
        ("It was 4:32 P.M. EDT", None),
        ("4:32 P.M. EDT " + "and so on " * 9, None),
    ],
)
def test_the_hour_and_its_zone(line: str, expected: tuple[str, str | None] | None) -> None:
    """An hour at the beginning of a short line counts; an abbreviation of several zones gives none."""
    assert find_hour(["Port Anselm", line, "5:00 P.M. EDT"][:2], "Etc/GMT-2") == expected


def test_lines_that_hold_an_hour_and_nothing_else() -> None:
    """They end a transcript; a sentence that begins with an hour does not."""
    assert all(map(is_hour_line, ("5:10 P.M. EDT", "END 5:10 P.M. EDT", "END    1:20 P.M. EST")))
    assert not any(map(is_hour_line, ("5:10 P.M. the ferry sails", "END", "Then 5:10 P.M.", "A 5:10 P.M. EDT")))
