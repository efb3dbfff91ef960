"""The year of a day that is printed without one."""

from datetime import date

import pytest

from index.parsers.years import year_by_neighbours, year_by_weekdays

TENURE = range(2016, 2021)


@pytest.mark.parametrize(
    "text",
    [
        "There will be no briefing on September 24 (Monday).",
        "They met last Friday, on September 14.",
        "Friday, September 14, was fine.",
        "会议将于9月24日（星期一）举行。",
        "会议将于9月24日（周一）举行。",
    ],
)
def test_a_day_of_the_week_beside_a_day_near_it_tells_the_year(text: str) -> None:
    """Of the years in which the spokesperson held briefings, only one has that day of the week there."""
    assert year_by_weekdays(9, 21, [text], TENURE) == date(2018, 9, 21)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("There will be no briefing on September 24 (Monday).", range(2006, 2021)),  # 2007, 2012 and 2018
        ("There will be no briefing on September 24 (Monday).", ()),
        ("It began on Friday, April 6.", TENURE),  # too far away
        ("It began on Friday, September 14, 2012.", TENURE),  # of another year, as printed
        ("September 24 (Monday), September 25 (Monday).", TENURE),  # a misprint
        ("They met on Friday.", TENURE),
        ("On February 30 (Friday), September 31 (Monday).", TENURE),
    ],
)
def test_where_more_than_one_year_fits_or_none_nothing_is_told(text: str, years: range) -> None:
    """A date is permanent, so that a guess will not do."""
    assert year_by_weekdays(9, 21, [text], years) is None


def test_the_files_before_and_after_tell_the_year() -> None:
    """In either direction, some days of disorder allowed, and over the turn of a year."""
    around = (date(2018, 9, 7), date(2018, 9, 17))
    assert year_by_neighbours(9, 10, around) == date(2018, 9, 10)
    assert year_by_neighbours(9, 10, around[::-1]) == date(2018, 9, 10)
    assert year_by_neighbours(9, 18, around) == date(2018, 9, 18)
    assert year_by_neighbours(1, 2, (date(2018, 12, 28), date(2019, 1, 4))) == date(2019, 1, 2)


@pytest.mark.parametrize(
    "around",
    [
        (),
        (date(2018, 9, 7),),
        (date(2018, 9, 20), date(2018, 9, 28)),  # not between them
        (date(2017, 9, 7), date(2018, 9, 17)),  # too far apart
    ],
)
def test_neighbours_that_leave_room_for_doubt_tell_nothing(around: tuple[date, ...]) -> None:
    """One neighbour, or two a year apart, are no evidence."""
    assert year_by_neighbours(9, 10, around) is None
