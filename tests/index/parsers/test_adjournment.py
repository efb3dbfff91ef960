"""Days that a notice says are without a briefing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parsers.adjournment import find_adjournments, read_adjournment
from index.parsers.phrases import ENGLISH
from index.parsers.phrases_zh import CHINESE
from search.model import Adjournment
from tests.index.parsers.pages import read

HELD = date(2024, 2, 8)


def days(text: str, held: date = HELD) -> str | None:
    """The first and last day as text."""
    phrases = ENGLISH if text.isascii() else CHINESE
    found = read_adjournment(text, held, phrases)
    return f"{found.since:%m-%d}..{found.until:%m-%d}" if found else None


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("There will be no regular press conference from Friday, February 9 to Sunday, February 18.", "02-09..02-18"),
        ("No regular press conference is held from February 9 to 15. It resumes on February 19.", "02-09..02-18"),
        ("The regular press briefing will be adjourned on February 9 (Friday) and resumed on February 12 (Monday).",
         "02-09..02-11"),
        ("The press briefing will be adjourned from February 12 to February 16. It will be resumed on February 19.",
         "02-12..02-18"),
        ("For scheduling reasons, the regular press briefing is adjourned on February 9 (Friday).", "02-09..02-09"),
        ("Our regular press briefing will be in recess tomorrow.", "02-09..02-09"),
        ("The opening is on February 9. The regular press briefing will be adjourned on that day.", "02-09..02-09"),
        ("The regular press briefing will be adjourned from February 9 to 15, and the one on February 8 is held.",
         "02-09..02-15"),
        ("外交部例行记者会将于2月9日（周五）休会，2月19日（周一）恢复。休会期间，照常接受提问。", "02-09..02-18"),
        ("外交部例行记者会将于2月9日至18日休会，19日（星期一）恢复。", "02-09..02-18"),
        ("部长将于2月9日（星期五）举行中外记者会，当日外交部例行记者会暂停一次，2月10日（星期六）照常举行。",
         "02-09..02-09"),
        ("开幕式将于2月9日举行。当日外交部例行记者会暂停一次。", "02-09..02-09"),
    ],
)  # fmt: skip
def test_the_days_end_before_the_briefings_resume(notice: str, expected: str) -> None:
    """Where no day of resumption is stated, they end with the last day stated."""
    assert days(notice) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We wish you a happy holiday from February 9 to February 18.",
        "The regular press briefing on February 9 will begin at 2 p.m.",
        "The regular press briefing will be adjourned for some time.",
        "The regular press briefing will be adjourned on August 9.",  # half a year away
        "The regular press briefing will be adjourned on February 30.",
        "因日程安排原因，2月9日（星期五）外交部例行记者会提前至14:30举行，地点不变。",
        "",
    ],
)
def test_what_names_no_such_day_gives_nothing(text: str) -> None:
    """A briefing moved to another hour is held; days that cannot be are not read."""
    assert days(text) is None


def test_the_year_is_the_one_near_the_briefing() -> None:
    """A notice of December may speak of January, with the year or without."""
    notice = "The regular press briefing will be adjourned on December 31, 2023 (Sunday) and January 1 (Monday)."
    assert read_adjournment(notice, date(2023, 12, 29), ENGLISH) == Adjournment(date(2023, 12, 31), date(2024, 1, 1))


def test_a_whole_briefing_gives_the_days_of_all_its_notices() -> None:
    """Each stretch once; "that day" is a day of the statement before the notice."""
    items = read(
        "The ferry's centenary will be celebrated on March 6.",
        "The regular press briefing will be adjourned on that day.",
        "Q: a?",
        "A: b. There was no press conference on February 1 either.",
        "The regular press briefing will be adjourned on March 8 and resumed on March 11.",
        "Once more: the regular press briefing will be adjourned on March 8 and resumed on March 11.",
    ).items
    assert find_adjournments(items, date(2024, 3, 4), ENGLISH) == (
        Adjournment(date(2024, 3, 6), date(2024, 3, 6)),
        Adjournment(date(2024, 3, 8), date(2024, 3, 10)),
    )


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 30), st.integers(1, 20))
def test_every_stretch_of_days_is_read(held: date, ahead: int, length: int) -> None:
    """Whatever the days, the first and the last come back, over the ends of months and years."""
    first = held + timedelta(days=ahead)
    back = first + timedelta(days=length)
    worded = (
        f"The regular press briefing will be adjourned from {first:%B} {first.day} ({first:%A}) and resumed on "
        f"{back:%B} {back.day} ({back:%A})."
    )
    chinese = f"外交部例行记者会将于{first.month}月{first.day}日休会，{back.month}月{back.day}日恢复。"
    expected = Adjournment(first, back - timedelta(days=1))
    assert read_adjournment(worded, held, ENGLISH) == expected
    assert read_adjournment(chinese, held, CHINESE) == expected
