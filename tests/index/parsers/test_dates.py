"""When a briefing was held: which evidence is believed, and what is refused."""

from datetime import date

import pytest

from index.parsers.dates import Evidence, When, find_date, find_when, is_stamp
from search.model import Problem


def when(
    title: str = "",
    stamp: str = "",
    url: str = "",
    manifest_title: str = "",
    images: tuple[tuple[int, int, int], ...] = (),
) -> When | Problem:
    """What `find_when` makes of this evidence."""
    return find_when(Evidence("page", title, stamp, url, manifest_title, images))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Briefing on March 4, 2024", "March 4, 2024"),
        ("Briefing on June11, 2018", "June 11, 2018"),  # no space
        ("Briefing on January 1,2019", "January 1, 2019"),
        ("Briefing on 4th March 2024", "March 4, 2024"),
        ("Briefing on Sept. 10", "September 10"),  # no year
        ("2024-02-08 19:45", "February 8, 2024"),
        ("2024年2月8日", "February 8, 2024"),
        ("2月8日外交部发言人主持例行记者会", "February 8"),
        ("Conférence de presse du 8 février 2024", "February 8, 2024"),
        ("Conférence de presse du 1er août 2024", "August 1, 2024"),
        ("Conferencia de prensa del 8 de febrero de 2024", "February 8, 2024"),
        ("Conferencia de prensa del 8 de febrero del 2024", "February 8, 2024"),
        ("Пресс-конференция 8 февраля 2024 года", "February 8, 2024"),
        ("المؤتمر الصحفي يوم 8 فبراير عام 2024", "February 8, 2024"),
        ("المؤتمر الصحفي يوم 8 فبراير 2024", "February 8, 2024"),
        ("Updated: May 22, 2025 20:20", "May 22, 2025"),
        ("Remarks on the May 1 holiday, on May 6, 2019", "May 6, 2019"),  # one with a year comes first
    ],
)
def test_dates_are_read_in_words_and_numbers(text: str, printed: str) -> None:
    """Every spelling seen on a page gives its date."""
    assert str(find_date(text)) == printed


@pytest.mark.parametrize("text", ["", "Regular Press Briefing", "G20 in 2024", "version 1.2.3", "就9月3日活动答记者问"])
def test_what_is_no_date_gives_none(text: str) -> None:
    """Numbers and names of months alone are no date."""
    assert find_date(text) is None


@pytest.mark.parametrize("text", ["2024-02-08 19:45", "Updated: May 22, 2025 20:20", "March 4, 2024", "2024/3/4"])
def test_a_line_of_date_and_time_is_told(text: str) -> None:
    """A line that holds a date, perhaps a time, and nothing else is a time line."""
    assert is_stamp(text)


@pytest.mark.parametrize("text", ["On March 4, 2024 the Minister left.", "Q: 2024-02-08?", "19:45"])
def test_a_sentence_with_a_date_is_no_time_line(text: str) -> None:
    """Words beside the date are somebody's words."""
    assert not is_stamp(text)


def test_the_title_gives_the_day_and_the_time_line_the_hour() -> None:
    """Where both state a date near each other, nothing needs saying."""
    assert when("Briefing on February 8, 2024", "2024-02-08 19:45") == When(date(2024, 2, 8), "19:45")


def test_a_time_line_far_from_the_title_is_noted() -> None:
    """The title is believed, and the librarian told."""
    found = when("Briefing on February 8, 2024", "2024-03-08 9:05")
    assert isinstance(found, When)
    assert (found.day, found.time, [n.code for n in found.notes]) == (date(2024, 2, 8), "09:05", ["date-differs"])


@pytest.mark.parametrize("title", ["Briefing on February 30, 2024", "Briefing on June 31", "Briefing 2024-13-01"])
def test_a_day_that_does_not_exist_is_refused(title: str) -> None:
    """February 30 is no date, whatever else the page says."""
    found = when(title, "2024-03-01 10:00", images=((2024, 6, 30),))
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("bad-date", "refused")


def test_no_date_anywhere_is_refused_with_a_hint() -> None:
    """A page without a date cannot have an id; the hint names what would help."""
    found = when("Regular Press Briefing", images=((2024, 3, 4),))
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("no-date", "refused")
    assert "--url" in found.message


@pytest.mark.parametrize(
    ("evidence", "source"),
    [
        ({"stamp": "2018-09-11"}, "time line"),
        ({"url": "https://valdria.example/2018/09/11/a.html"}, "address"),
        ({"url": "https://valdria.example/201809/t20180911_1.html"}, "address"),
        ({"images": ((2018, 9, 12),)}, "images"),
        ({"manifest_title": "Briefing on September 10, 2018"}, "manifest"),
    ],
)
def test_a_missing_year_is_filled_in_with_a_note(evidence: dict[str, object], source: str) -> None:
    """Time line, address, images and the manifest's title tell the year of a title without one."""
    found = when("Briefing on September 10", **evidence)  # type: ignore[arg-type]
    assert isinstance(found, When)
    assert found.day == date(2018, 9, 10)
    (note,) = found.notes
    assert note.code == "year-inferred"
    assert source in note.message


def test_the_year_is_that_of_the_nearest_day() -> None:
    """A briefing of December 31 whose images were saved on January 1 is of the old year."""
    found = when("Briefing on December 31", images=((2019, 1, 1),))
    assert isinstance(found, When)
    assert found.day == date(2018, 12, 31)


def test_a_title_without_a_date_leaves_it_to_the_time_line_then_the_address() -> None:
    """The time line is the page's own word; a date from the address is noted."""
    assert when("Remarks", "2024-02-08 19:45") == When(date(2024, 2, 8), "19:45")
    found = when("Remarks", url="https://valdria.example/t20240208_1.html")
    assert isinstance(found, When)
    assert [n.code for n in found.notes] == ["date-inferred"]


def test_a_missing_year_is_read_from_the_text_or_the_files_beside_it() -> None:
    """Only where time line, address and images say nothing; the note names the evidence."""
    told = Evidence(
        "page",
        "Briefing on September 21",
        "",
        "",
        "",
        (),
        ("No briefing on September 24 (Monday).",),
        range(2016, 2021),
    )
    beside = Evidence("page", "Briefing on September 21", "", "", "", (), around=(date(2018, 9, 20), date(2018, 9, 25)))
    for evidence, words in ((told, "days of the week"), (beside, "before and after")):
        found = find_when(evidence)
        assert isinstance(found, When)
        assert found.day == date(2018, 9, 21)
        assert [n.code for n in found.notes] == ["year-inferred"]
        assert words in found.notes[0].message


def test_a_year_that_nothing_tells_is_refused_with_a_code_of_its_own() -> None:
    """`no-year` says that the files beside it may help; the hint names them."""
    found = when("Briefing on September 21")
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("no-year", "refused")
    assert "whole folder" in found.message
