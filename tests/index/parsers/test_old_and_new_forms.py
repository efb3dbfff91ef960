"""Forms of the oldest and the newest pages, told from descriptions, in invented briefings."""

import pytest

from index.parsers import parse_source
from search.model import Briefing
from tests.index.parsers.pages import AUTHORITY, plain, source

TITLE = "Foreign Ministry Spokesperson Zhang Linqiu's Press Conference on 4 March 2003"
TALK = ("Q:Yesterday the ferry was late. Will it sail today?", "A:It will. We have noted the reports.")


def read(page: str) -> Briefing:
    """The briefing of this page."""
    parsed = parse_source(source(page), AUTHORITY)
    assert parsed.briefing is not None, parsed.problems
    return parsed.briefing


@pytest.mark.parametrize(
    "label", ["Zhang", "Zhang Linqiu", "Spokesman", "Spokeswoman Zhang", "Foreign Ministry Spokesperson"]
)
def test_the_form_of_2003(label: str) -> None:
    """An introductory sentence, then the spokesperson's own words, then anonymous questions, some without a space."""
    opening = "On the afternoon of 4 March 2003, Spokesperson Zhang Linqiu held a press conference."
    page = plain([opening, f"{label}: Good afternoon. I have an announcement.", "It is short.", *TALK], TITLE, "")
    briefing = read(page)
    assert briefing.id == "cn-mfa/en/2003-03-04"
    assert [(i.kind, i.speakers) for i in briefing.items] == [
        ("statement", ("Zhang Linqiu",)),
        ("answer", ("Zhang Linqiu",)),
    ]
    assert [(t.label, t.text) for t in briefing.items[0].turns] == [
        (None, opening),
        (label, "Good afternoon. I have an announcement.\n\nIt is short."),
    ]
    assert briefing.items[1].question == "Yesterday the ferry was late. Will it sail today?"


@pytest.mark.parametrize("stamp", ["Updated: May 22, 2025 20:20", "May 22, 2025 20:20", "2025-05-22 20:20"])
def test_the_layout_of_2024_and_the_time_line_of_2025(stamp: str) -> None:
    """The name of the site goes from the title, the footer of links from the body; the hour is the time line's."""
    title = TITLE.replace("4 March 2003", "May 22, 2025").replace("Press", "Regular Press")
    body = "".join(f"<p>{p}</p>" for p in TALK)
    page = (
        f"<html><head><title>{title}_Ministry of Foreign Affairs</title></head><body><div class='xltime'>{stamp}</div>"
        f"<div class='content_text'>{body}<div class='links'><a>Embassies</a></div></div></body></html>"
    )
    briefing = read(page)
    assert (briefing.id, briefing.time, briefing.title) == ("cn-mfa/en/2025-05-22", "20:20", title)
    assert "Embassies" not in briefing.items[-1].answer
    assert read(plain(TALK, title, stamp)).items == briefing.items


def test_a_statement_in_english_is_kept() -> None:
    """A page of remarks without a question is one statement."""
    title = "Foreign Ministry Spokesperson Zhang Linqiu's Remarks on the Ferry"
    briefing = read(plain(["We congratulate the ferry on its tenth year. " * 12], title))
    assert [(i.kind, i.speakers) for i in briefing.items] == [("statement", ("Zhang Linqiu",))]
    assert "no-question" in [p.code for p in briefing.problems]


def test_a_closing_announcement_is_a_statement() -> None:
    """The ministry's own event at the end, without a label, is no part of the last answer."""
    event = "A press briefing will be held at 9:00 a.m. on Friday. The Vice Minister will speak."
    assert [i.kind for i in read(plain([*TALK, event], TITLE)).items] == ["answer", "statement"]
    assert [i.kind for i in read(plain([*TALK, event, *TALK], TITLE)).items] == ["answer", "answer"]


def test_a_label_that_announces_begins_a_statement() -> None:
    """It does not go on with the answer before it."""
    items = read(plain([*TALK, "Spokesperson Zhang Linqiu announced: The Minister will travel."], TITLE)).items
    assert [i.kind for i in items] == ["answer", "statement"]
