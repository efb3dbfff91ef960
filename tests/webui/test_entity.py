"""The page of an entity and what the API tells of it: numbers that are those of searches, and ids that have gone."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.labels import Labels, Name
from search.model import Briefing
from search.settings import Settings
from tests.webui.collection import FERRY, HOSTILE, LABELS, TWO_VOICES, make_engine, publish
from tests.webui.conftest import SCRIPTS, Read, text_of, texts_of
from webui.app import create_app

NORWAY = "/entities/place-no"
KEYS = [
    "id", "label", "type", "aliases", "successors", "total", "about", "within", "years", "outlets", "speakers",
    "together", "first", "last", "latest", "url", "search",
]  # fmt: skip


def total_of(read: Read, address: str | None) -> int:
    """How many answers a search has."""
    return int(text_of(read(address), ".total").split()[0].replace(",", ""))


def get(client: FlaskClient, id: str, status: int = 200) -> dict[str, Any]:
    """What the API tells of an entity."""
    response = client.get(f"/api/v1/entities/{id}")
    assert response.status_code == status, response.text
    return response.get_json()


def make_client(labels: Labels = LABELS, *briefings: Briefing) -> FlaskClient:
    """A client of an application with other labels, over other briefings."""
    engine = make_engine([publish(briefing) for briefing in briefings or (FERRY,)])
    engine.publish_labels(labels)
    return create_app(Settings(Path("nowhere"), {}), engine).test_client()


def test_page_says_what_it_is(read: Read) -> None:
    """The page has the label, the type and the other names."""
    page = read("/entities/place-xv")
    assert (text_of(page, "h1"), text_of(page, ".kicker")) == ("Valdria", "Place")
    assert texts_of(page, ".aliases bdi") == ["Valdrian Republic"]
    assert page.css_first("title").text() == "Valdria · Lectern"
    assert page.css_first("link[rel=canonical]").attributes["href"] == "/entities/place-xv"


@pytest.mark.parametrize("id", ["place-no", "place-xv", "event-dredging", "person-mara-ellin", "place-north"])
def test_numbers_are_those_of_searches(read: Read, id: str) -> None:
    """Each number above the years, and of every list, is the total of the search that it leads to."""
    page = read(f"/entities/{id}")
    for link in page.css(".numbers a"):
        assert [str(total_of(read, link.attributes["href"]))] == re.findall(r"\d+", link.text())
    rows = page.css(".tallies li")
    for row in rows:
        search = (row.css_first("a.count") or row.css_first("a")).attributes["href"]
        assert total_of(read, search) == int(row.css_first(".count").text().split()[0]), search
    assert page.css(".numbers a")
    assert rows or id == "place-north"


def test_subjects_and_parts_have_numbers_of_their_own(read: Read) -> None:
    """How many answers are about it is said, and how many mention it or its parts where that is more."""
    assert texts_of(read("/entities/place-xv"), ".numbers a") == ["Mentioned in 1 answer"]
    assert texts_of(read(NORWAY), ".numbers a") == ["Mentioned in 2 answers", "subject of 1"]
    assert texts_of(read("/entities/place-north"), ".numbers a") == ["with parts, in 3 answers"]


def test_years_are_the_collections(read: Read) -> None:
    """Every year of the collection has a bar and a row, with the share of its answers; each leads to its hits."""
    page = read(NORWAY)
    rows = page.css(".figures tbody tr")
    assert [row.css_first("th").text() for row in rows] == ["2021", "2022", "2023", "2024"]
    assert [cell.text() for cell in rows[-1].css("td")] == ["2", "6", "33.3 %"]
    assert [cell.text() for cell in rows[0].css("td")] == ["0", "36", "0.0 %"]
    assert total_of(read, rows[-1].css_first("a").attributes["href"]) == 2
    assert [a.attributes["href"] for a in page.css(".chart svg a")] == [
        row.css_first("a").attributes["href"] for row in rows
    ]


def test_who_asks_and_who_answers(read: Read) -> None:
    """Outlets and speakers stand with their counts, each name leading to its page; what is not stated stands last."""
    page = read("/entities/event-dredging")
    lists = {s.css_first("h3").text(): texts_of(s, "li") for s in page.css(".people section")}
    assert lists["Who answers"] == ["Tobin Harrowgate 36 answers with both", "Ilsa Verlaine 1 answers with both"]
    assert page.css_first('[aria-labelledby="speaker"] a').attributes["href"] == "/speakers/tobin-harrowgate"
    assert page.css('[aria-labelledby="outlet"] li')[-1].css_first("a").attributes["href"].startswith("/?outlet=&")
    assert len(lists["Who asks"]) == 9
    assert lists["Who asks"][-1] == "not stated 1"


def test_what_is_mentioned_with_it(read: Read) -> None:
    """What the same answers mention stands by type; the name leads to its page, the number to the answers with both."""
    page = read("/entities/org-xw-cabinet")
    (row,) = page.css(".together li")
    name, number = row.css("a")
    assert (name.text(), name.attributes["href"]) == ("Mara Ellin", "/entities/person-mara-ellin")
    assert number.attributes["href"] == "/?q=entity%3A%22Cabinet+Office%22&entity=person-mara-ellin"
    assert texts_of(page, ".together h3") == ["People"]


def test_first_and_latest_mention(read: Read) -> None:
    """The first and the latest mention are named by day and title, and lead to the answer."""
    places = read("/entities/event-dredging").css(".places li")
    assert [place.css_first("time").attributes["datetime"] for place in places] == ["2021-01-15", "2024-02-08"]
    assert [place.css_first("a").attributes["href"] for place in places] == [
        "/briefings/xv-mfa/en/2021-01-15/1",
        "/briefings/xv-mfa/en/2024-02-08/4",
    ]


def test_latest_answers_show_where_it_is_named(read: Read) -> None:
    """Five answers at most, the newest first, cut where it is named; chips lead to other entities' pages."""
    page = read("/entities/event-dredging")
    assert len(page.css(".hit")) == 5
    assert page.css_first(".hit time").attributes["datetime"] == "2024-02-08"
    assert set(texts_of(page, ".hit mark")) == {"dredging"}
    assert page.css_first(".every a").attributes["href"] == "/?entity=event-dredging"
    assert [a.attributes["href"] for a in read("/entities/place-xv").css(".hit .tags a")] == [NORWAY]


def test_links_into_searches_keep_robots_out(read: Read) -> None:
    """A link to a search is nofollow; the page itself may be kept."""
    page = read(NORWAY)
    searches = page.css('main a[href^="/?"]')
    assert len(searches) > 10
    assert all("nofollow" in (a.attributes.get("rel") or "") for a in searches)
    assert not page.css("meta[name=robots]")


def test_person_without_a_row_has_a_page(read: Read) -> None:
    """Who was found by a rule has a page under her id, named after it."""
    page = read("/entities/person-mara-ellin")
    assert (text_of(page, "h1"), text_of(page, ".kicker")) == ("Mara Ellin", "Person")
    assert not page.css(".aliases")


def test_row_that_nothing_mentions(read: Read) -> None:
    """What has a row, but is mentioned nowhere, has a page that says so."""
    page = read("/entities/place-silent")
    assert text_of(page, ".numbers") == "Mentioned in no answer."
    assert not page.css(".chart, .people, .hit, .places")


def test_only_year_is_said_in_words() -> None:
    """Where the collection has but one year there is nothing to draw."""
    page = LexborHTMLParser(make_client().get(NORWAY).text)
    assert text_of(page, ".only-year") == "All in 2024."
    assert not page.css(".chart")


def test_merged_entity_redirects_for_good(client: FlaskClient) -> None:
    """An id that became another leads there with 301, on the page and in the API."""
    for before in ("", "/api/v1"):
        response = client.get(f"{before}/entities/place-nw?x=1")
        assert (response.status_code, response.headers["Location"]) == (301, f"{before}/entities/place-no?x=1")


def test_split_entity_lists_what_took_its_place(read: Read, client: FlaskClient) -> None:
    """An id that became several answers with a page that leads to each."""
    page = read("/entities/place-east")
    links = {a.text(): a.attributes["href"] for a in page.css(".successors a")}
    assert links == {"Japan": "/entities/place-jp", "Iceland": "/entities/place-is"}
    assert page.css_first("meta[name=robots]")
    assert get(client, "place-east") == {
        "id": "place-east",
        "successors": [
            {"id": "place-jp", "label": "Japan", "type": "place"},
            {"id": "place-is", "label": "Iceland", "type": "place"},
        ],
    }


@pytest.mark.parametrize(
    "id", ["place-atlantis", "Norway", "PLACE-NO", HOSTILE, "..", "a b", "\x00", "渡轮", "%", '"', "x" * 5000, "\ud800"]
)
def test_what_nobody_knows_is_not_found(client: FlaskClient, read: Read, id: str) -> None:
    """An id that has neither a row nor an answer is 404, whatever it is made of, as a page and as JSON."""
    typed = quote(id.encode("utf-8", "surrogatepass"), safe="")
    page = read(f"/entities/{typed}", 404)
    assert page.css("form.search")
    assert len(page.css("script")) == len(SCRIPTS)
    assert client.get(f"/api/v1/entities/{typed}").get_json()["error"]["code"] == "not_found"


def test_what_was_withdrawn_is_not_told() -> None:
    """Who is mentioned only in a text that is no longer shown has no page."""
    gone = make_client(LABELS, FERRY).get("/entities/person-mara-ellin")
    there = make_client(LABELS, FERRY, TWO_VOICES).get("/entities/person-mara-ellin")
    assert (gone.status_code, there.status_code) == (404, 200)


def test_hostile_label_is_text(read: Read) -> None:
    """Markup in a label, a title or a text shows as text."""
    page = read("/entities/organisation-x")
    assert [s.attributes["src"].partition("?")[0] for s in page.css("script")] == SCRIPTS
    assert HOSTILE in page.css_first("h1").text()
    assert HOSTILE in page.css_first(".hit h2").text()


def test_label_that_means_another_is_not_typed() -> None:
    """Where two entities share a label, the search for both is written with the id."""
    shared = LABELS.names["entity"] | {"place-zz": Name("Valdria", (), "place")}
    client = make_client(replace(LABELS, names={**LABELS.names, "entity": shared}))
    for id in ("place-xv", "place-zz"):
        page = LexborHTMLParser(client.get(f"/entities/{id}").text)
        for link in page.css(".together a.count"):
            found = LexborHTMLParser(client.get(link.attributes["href"]).text)
            assert text_of(found, ".total").split()[0] == link.text().split()[0]


def test_api_has_its_shape(client: FlaskClient) -> None:
    """The API tells what the page tells, with the fields of the interface in their order."""
    told = get(client, "place-no")
    assert list(told) == KEYS
    assert (told["label"], told["type"], told["successors"]) == ("Norway", "place", [])
    assert (told["total"], told["about"], told["within"]) == (2, 1, 2)
    assert told["years"][-1] == {"year": "2024", "count": 2, "of": 6}
    assert told["outlets"] == [
        {"value": "", "label": "not stated", "count": 1},
        {"value": "Harbour Post", "label": "Harbour Post", "count": 1},
    ]
    assert told["together"] == [{"id": "place-xv", "label": "Valdria", "type": "place", "count": 1}]
    assert told["first"] == {"id": f"{FERRY.id}/1", "date": "2024-02-08", "url": f"/briefings/{FERRY.id}/1"}
    assert [hit["id"] for hit in told["latest"]] == [f"{FERRY.id}/1", f"{FERRY.id}/2"]
    assert (told["url"], told["search"]) == (NORWAY, "/?entity=place-no")


def test_api_of_what_nothing_mentions(client: FlaskClient) -> None:
    """Without an answer there is no first and no last."""
    told = get(client, "place-silent")
    assert (told["total"], told["first"], told["last"], told["latest"]) == (0, None, None, [])
