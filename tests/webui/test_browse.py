"""Lists of outlets, speakers and entities, and the pages of the first two: numbers that are those of searches."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.webui.collection import HOSTILE
from tests.webui.conftest import SCRIPTS, Read, text_of, texts_of

PAGES = ["/outlets/harbour-post", "/speakers/ilsa-verlaine", "/speakers/oren-calloway"]


def total_of(read: Read, address: str | None) -> int:
    """How many answers a search has."""
    return int(text_of(read(address), ".total").split()[0].replace(",", ""))


@pytest.mark.parametrize("path", ["/outlets", "/speakers", "/entities"])
def test_every_name_of_a_list_leads_to_its_page(read: Read, path: str) -> None:
    """Each name of a list leads to a page that has it for its heading, and its number of answers."""
    rows = read(path).css(".columns-of-names li")
    assert len(rows) > 3
    for row in rows[:4]:
        page = read(row.css_first("a").attributes["href"])
        assert text_of(page, "h1") == row.css_first("a").text()
        assert row.css_first(".count").text() in re.findall(r"\d+", text_of(page, ".numbers a:first-child"))


def test_list_is_narrowed_by_a_form_without_a_script(read: Read) -> None:
    """The form asks the same page for part of a name, an alias too; what is found says so, and robots stay out."""
    form = read("/outlets").css_first("main form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/outlets", "get")
    page = read("/outlets?find=hp")
    assert texts_of(page, ".columns-of-names a") == ["Harbour Post"]
    assert text_of(page, ".found") == "1 outlet with “hp” in a name"
    assert page.css_first("meta[name=robots]")
    assert read("/outlets?find=zzz").css_first(".empty h2").text() == "No such name"


def test_list_says_how_many_answers_state_none(read: Read) -> None:
    """What no outlet is stated of is counted, and leads to those answers."""
    link = read("/outlets").css_first(".found a")
    assert total_of(read, link.attributes["href"]) == int(link.text().split()[0])


def test_list_by_name(read: Read) -> None:
    """A list can be had in the order of names."""
    names = texts_of(read("/speakers?order=name"), ".columns-of-names a")
    assert names == sorted(names, key=str.casefold)


def test_entities_stand_by_type(read: Read) -> None:
    """Entities stand by type at first; of one type alone when it is picked."""
    assert texts_of(read("/entities"), ".names h2") == ["Places", "People", "Organisations", "Events"]
    page = read("/entities?type=person")
    assert texts_of(page, ".columns-of-names a") == ["Mara Ellin"]
    assert "People" in texts_of(page, ".choices [aria-current]")


@pytest.mark.parametrize(
    "address", ["/entities?type=thing", "/outlets?type=place", "/outlets?order=x", "/speakers?page=0"]
)
def test_what_means_nothing_is_refused(read: Read, address: str) -> None:
    """A parameter that means nothing is named."""
    read(address, 400)


@pytest.mark.parametrize("address", PAGES)
def test_numbers_are_those_of_searches(read: Read, address: str) -> None:
    """Each number of a page is the total of the search that it leads to."""
    page = read(address)
    for link in page.css(".numbers a"):
        assert f"{total_of(read, link.attributes['href'])}" in re.findall(r"\d+", link.text())
    for row in page.css(".tallies li"):
        search = (row.css_first("a.count") or row.css_first("a")).attributes["href"]
        assert total_of(read, search) == int(row.css_first(".count").text().split()[0]), search


def test_page_of_an_outlet(read: Read) -> None:
    """It has names, years, what it asks about, who answers, first and latest answer, and a way into search."""
    page = read("/outlets/harbour-post")
    assert texts_of(page, ".aliases bdi") == ["HP"]
    assert text_of(page, ".numbers") == "Asked 2 questions"
    assert page.css_first("link[rel=canonical]").attributes["href"] == "/outlets/harbour-post"
    assert [row.css_first("th").text() for row in page.css(".figures tbody tr")] == ["2021", "2022", "2023", "2024"]
    assert texts_of(page, ".subjects a:first-child") == ["Norway"]
    assert page.css_first(".with .tallies a").attributes["href"] == "/speakers/ilsa-verlaine"
    assert len(page.css(".hit")) == 2
    assert page.css_first(".every a").attributes["href"] == "/?outlet=Harbour+Post"


def test_page_of_a_speaker(read: Read) -> None:
    """Who only joined in has a page too, with her own words; it says who asked."""
    page = read("/speakers/mara-ellin")
    assert "And I shall run the ferry" in text_of(page, ".hit .answer .words")
    assert text_of(page, ".numbers") == "Spoke in 1 answer"
    assert page.css_first(".with .tallies a").attributes["href"] == "/outlets/northern-wire"


@pytest.mark.parametrize("typed", ["hp", "HP", "Harbour-Post", "harbour%20post"])
def test_other_names_redirect_for_good(client: FlaskClient, typed: str) -> None:
    """An alias, or another way to write the name, leads to the page's own address, parameters kept."""
    response = client.get(f"/outlets/{typed}?x=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/outlets/harbour-post?x=1")


@pytest.mark.parametrize("typed", ["nobody", "-", "x" * 4000, HOSTILE, "渡轮", "%00", "place-no"])
def test_who_is_unknown_is_not_found(client: FlaskClient, typed: str) -> None:
    """A slug that stands for nobody is 404 with the ways on."""
    response = client.get(f"/speakers/{quote(typed, safe='%')}")
    assert response.status_code == 404
    assert LexborHTMLParser(response.text).css("form.search")


def test_hostile_name_is_text(read: Read) -> None:
    """Markup in an outlet's name shows as text, in the list and on its page, whose address has letters alone."""
    page = read("/outlets?find=gazette")
    link = page.css_first(".columns-of-names a")
    assert link.text() == f"Gazette {HOSTILE}"
    assert link.attributes["href"] == "/outlets/gazette-script-alert-1-script"
    page = read(link.attributes["href"])
    assert text_of(page, "h1") == f"Gazette {HOSTILE}"
    assert [s.attributes["src"].partition("?")[0] for s in page.css("script")] == SCRIPTS
    hostile = read(f"/outlets?find={HOSTILE}&order=name")
    assert [s.attributes["src"].partition("?")[0] for s in hostile.css("script")] == SCRIPTS


@pytest.mark.parametrize(
    ("address", "current", "kind"),
    [("/outlets", "Outlets", "page"), ("/outlets/harbour-post", "Outlets", "true"), ("/help", "Help", "page")],
)
def test_present_page_is_marked_in_the_navigation(read: Read, address: str, current: str, kind: str) -> None:
    """The header's links mark the page one is on, or the list that it is in."""
    (marked,) = read(address).css(".site-nav [aria-current]")
    assert (marked.text(), marked.attributes["aria-current"]) == (current, kind)


def test_navigation_leads_everywhere(read: Read) -> None:
    """Header and footer of every page lead to all pages to browse."""
    wanted = {"/calendar", "/outlets", "/speakers", "/entities", "/compare", "/saved", "/help"}
    page = read("/?q=ferry")
    for place in (".site-nav a", "footer nav a"):
        assert wanted <= {a.attributes["href"] for a in page.css(place)}


def test_saved_says_what_it_needs(read: Read) -> None:
    """Without a script the page of saved searches says so, and shows the other way: an address."""
    page = read("/saved")
    assert "This page needs JavaScript" in page.css_first("noscript").text()
    assert [s.attributes["src"].partition("?")[0] for s in page.css("script")] == [*SCRIPTS, "/static/saved.js"]
    assert read("/?q=ferry").css_first("button.save").attributes["type"] == "button"


def test_empty_collection_has_empty_pages(empty_client: FlaskClient) -> None:
    """With nothing indexed, every page to browse is there and says so."""
    for address in ("/outlets", "/speakers", "/entities", "/calendar"):
        response = empty_client.get(address)
        assert (response.status_code, "yet" in response.text) == (200, True), address
