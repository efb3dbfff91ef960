"""The days of the files beside a file."""

from datetime import date

from index.parsers import parse_source
from index.parsers.neighbours import Neighbours
from tests.index.parsers.pages import AUTHORITY, TITLE, codes, plain, source

FIRST, SECOND, THIRD = date(2024, 3, 1), date(2024, 3, 5), date(2024, 3, 8)


def folder() -> Neighbours:
    """Three files of one folder, shown out of order, and others that are not beside them."""
    neighbours = Neighbours()
    neighbours.see("pages/t30.html", THIRD)
    neighbours.see("pages/t9.html", FIRST)
    neighbours.see("pages/t20.html", SECOND)
    neighbours.see("other/t10.html", date(2001, 1, 1))
    neighbours.see("pages/p10.html", date(2002, 2, 2))
    neighbours.see("pages/2024-03-04.txt", date(2003, 3, 3))
    return neighbours


def test_the_nearest_days_on_either_side_are_told() -> None:
    """Numbers are compared as numbers, within one folder and one row of names."""
    assert folder().around("pages/t10.html") == (FIRST, SECOND)
    assert folder().around("pages/t25.txt") == (SECOND, THIRD)
    assert folder().around("pages/t20.html") == (FIRST, THIRD)  # its own day is no evidence


def test_at_the_edge_and_elsewhere_nothing_is_told() -> None:
    """A neighbour on one side only leaves the year open."""
    for file in ("pages/t8.html", "pages/t31.html", "pages/x10.html", "pages/page.html", "t10.html"):
        assert folder().around(file) == ()


def test_a_day_shown_later_counts() -> None:
    """What is seen after a look is found by the next one."""
    neighbours = folder()
    assert neighbours.around("pages/t31.html") == ()
    neighbours.see("pages/t40.html", date(2024, 3, 12))
    assert neighbours.around("pages/t31.html") == (THIRD, date(2024, 3, 12))


def test_a_page_refused_for_its_year_is_read_with_its_neighbours() -> None:
    """The second parse gives what a title with the year would give, and a note that names the evidence."""
    page = source(
        plain(["Q: Will it sail to the island?", "A: We have noted that. " * 20], TITLE.replace(", 2024", ""), "")
    )
    assert codes(parse_source(page, AUTHORITY)) == ["no-year"]
    parsed = parse_source(page, AUTHORITY, around=(FIRST, SECOND))
    assert parsed.briefing is not None
    assert parsed.briefing.id == "xv-mfa/en/2024-03-04"
    assert codes(parsed) == ["year-inferred"]
    assert "before and after" in parsed.problems[0].message
