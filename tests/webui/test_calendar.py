"""The calendar: days with a briefing, days announced to be without, and days that are not in the collection."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.model import Adjournment, Briefing
from search.settings import Settings
from tests.webui.collection import CHINESE, FERRY, TWO_VOICES, answer, brief, make_engine, publish
from tests.webui.conftest import Read, text_of, texts_of
from webui.app import create_app


def days_of(page: LexborHTMLParser, state: str) -> list[str]:
    """The numbers of all days in a state, without what is said of them."""
    cells = page.css(".month .held [aria-hidden]") if state == "held" else page.css(f".month .{state}")
    return [cell.text(deep=False).strip() for cell in cells]


def make_client(*briefings: Briefing) -> FlaskClient:
    """A client of an application over these briefings."""
    return create_app(Settings(Path("nowhere"), {}), make_engine(map(publish, briefings))).test_client()


def test_newest_year_is_shown_first(read: Read) -> None:
    """Without a year the newest is shown, whose address is the canonical one."""
    page = read("/calendar")
    assert text_of(page, "#year") == "2024"
    assert page.css_first("link[rel=canonical]").attributes["href"] == "/calendar?year=2024"


def test_day_with_a_briefing_leads_to_it(read: Read) -> None:
    """A day's number leads to its transcript, and says which day it is and how many answers it has."""
    (link,) = read("/calendar?year=2022").css(".month .held a")
    assert link.attributes["href"] == "/briefings/xw-gov/en/2022-11-30"
    assert [part.text() for part in link.css("span")] == ["30", "30 November 2022: 1 answer"]


def test_three_kinds_of_days_are_told_apart(read: Read) -> None:
    """A day with a briefing, one announced to be without, and one that is not in the collection look and read apart."""
    page = read("/calendar?year=2022&publisher=xw-gov")
    assert days_of(page, "held") == ["30"]
    assert days_of(page, "none") == [f"{n}" for n in range(24, 32)]
    assert "24 December 2022: announced to be without a briefing" in page.css_first(".month .none").text()
    assert len(days_of(page, "absent")) == 365 - 1 - 8
    assert "1 briefing on 1 day · 8 days announced to be without" in text_of(page, ".grid .meta")


def test_announced_days_of_another_year_are_shown(read: Read) -> None:
    """Days announced in one year are known in the next, where there is no briefing at all."""
    page = read("/calendar?year=2023&publisher=xw-gov")
    assert (days_of(page, "held"), days_of(page, "none")) == ([], ["1", "2"])


def test_briefing_held_all_the_same_wins() -> None:
    """A day announced to be without a briefing that had one is a day with a briefing."""
    announced = replace(TWO_VOICES, adjournments=(Adjournment(date(2022, 11, 30), date(2022, 12, 1)),))
    page = LexborHTMLParser(make_client(announced).get("/calendar").text)
    assert (days_of(page, "held"), days_of(page, "none")) == (["30"], ["1"])


def test_day_of_several_briefings_leads_to_the_list(read: Read) -> None:
    """Editions of one day share a number, which leads to its place in the list of the publisher's year."""
    (link,) = read("/calendar?year=2024").css(".month .held a")
    assert link.attributes["href"] == "/calendar?year=2024&publisher=xv-mfa#day-2024-02-08"
    page = read("/calendar?year=2024&publisher=xv-mfa")
    assert [a.attributes["href"] for a in page.css(".every-briefing a")] == [
        f"/briefings/{one.id}" for one in (FERRY, CHINESE)
    ]
    assert len(page.css('[id="day-2024-02-08"]')) == 1


def test_more_answers_are_stronger() -> None:
    """The day with most answers has the strongest shade, the one with fewest the weakest."""
    days = [
        brief(f"xv-mfa/en/2024-03-0{n}", "Briefing", [answer(i, "Q", None, "Why?", "So.") for i in range(1, n * n + 1)])
        for n in range(1, 5)
    ]
    page = LexborHTMLParser(make_client(*days).get("/calendar").text)
    assert [cell.attributes["class"].split()[1] for cell in page.css(".month .held")] == [
        f"level-{n}" for n in range(1, 5)
    ]


def test_years_are_counted_by_publisher(read: Read) -> None:
    """The table of years has every publisher's number of briefings, each leading to that year."""
    page = read("/calendar")
    assert texts_of(page, ".density thead a") == ["2021", "2022", "2023", "2024"]
    rows = {texts_of(row, "th")[0]: texts_of(row, "td .hidden") for row in page.css(".density tbody tr")}
    assert rows["Ministry of External Relations of Valdria"] == ["12 briefings", "none", "1 briefing", "2 briefings"]


@pytest.mark.parametrize("query", ["year=2030", "year=1999", "publisher=nobody", "year=2024&publisher=nobody"])
def test_what_the_collection_has_not_is_not_found(read: Read, query: str) -> None:
    """A year or a publisher outside the collection has no page."""
    read(f"/calendar?{query}", 404)


@pytest.mark.parametrize("year", ["x", "24", "20240", "-1"])
def test_year_that_means_nothing_is_refused(read: Read, year: str) -> None:
    """What is no year of four digits is refused."""
    read(f"/calendar?year={year}", 400)
