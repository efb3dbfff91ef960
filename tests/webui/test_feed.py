"""The feed of a search: valid Atom, entries that stay themselves, hostile texts as text."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from markupsafe import escape

from search.engine import Revision
from search.model import Amendment
from search.page import SearchRequest
from search.settings import Settings
from tests.oracle import OracleEngine
from tests.search.exports.entries import entry, labels, texts
from tests.webui.collection import ADDED, FERRY, FERRY_BEFORE, FIRST_ADDED, HOSTILE, make_engine, publish
from webui.app import create_app
from webui.feed import feed_of, legal

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9/?=&%._~+-]*")


def read_xml(text: str | bytes) -> ET.Element:
    """What any parser makes of it."""
    return ET.fromstring(text)  # noqa: S314 (our own, and no entity is declared in it)


def parsed(client: FlaskClient, address: str) -> ET.Element:
    """A feed, read as XML."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return read_xml(response.data)


def ids(feed: ET.Element) -> list[str]:
    """Ids of the items, in order."""
    return [one.findtext(f"{ATOM}id", "").split(":", 2)[2] for one in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    "address", ["/feed.atom", "/feed.atom?q=ferry", "/feed.atom?q=zeppelin", "/feed.atom?q=%3Cb%3E"]
)
def test_a_feed_obeys_the_rules(client: FlaskClient, address: str) -> None:
    """What RFC 4287 demands: one id, title and instant each, an author, unique ids, links to itself and to the page."""
    feed = parsed(client, address)
    everything = [feed, *feed.iter(f"{ATOM}entry")]
    for one in everything:
        (id,), (title,), (updated,) = (one.findall(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert TAG.fullmatch(id.text or "")
        assert title.text
        assert datetime.fromisoformat(updated.text or "").tzinfo
        assert one.findall(f"{ATOM}author/{ATOM}name")
        assert len([link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    assert len({one.findtext(f"{ATOM}id") for one in everything}) == len(everything)
    (own,) = [link.get("href", "") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == f"http://localhost{address}"


def test_the_newest_come_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever order is asked for; at most fifty of them."""
    found = ids(parsed(client, "/feed.atom?q=ferry&sort=relevance&page=2"))
    assert found[0] == "xv-mfa/en/2024-02-08/1"
    assert found[-1] == "xw-gov/en/2022-11-30/1"
    monkeypatch.setattr("webui.feed.ENTRIES", 2)
    assert ids(parsed(client, "/feed.atom?q=ferry")) == found[:2]


def test_one_search_has_one_feed(client: FlaskClient) -> None:
    """Its id depends on what is looked for, not on the page or the order it was found in."""
    asked = (
        "q=ferry&year=2024&year=2023",
        "year=2023&q=ferry&year=2024&page=3",
        "year=2024&year=2023&q=ferry&sort=oldest",
    )
    found = {parsed(client, f"/feed.atom?{one}").findtext(f"{ATOM}id") for one in asked}
    assert found == {"tag:lectern.invalid,2026:search?q=ferry&year=2023&year=2024"}


def client_of(engine: OracleEngine, site: str = "") -> FlaskClient:
    """A client of a collection that is served at `site`."""
    return create_app(Settings(Path("nowhere"), {"LECTERN_BASE_URL": site} if site else {}), engine).test_client()


def test_an_edited_answer_is_no_new_one() -> None:
    """A correction leaves id and day as they are, and moves the instant; so does an amended attribution."""
    engine = OracleEngine()
    engine.add([replace(publish(FERRY_BEFORE), revisions=(Revision(1, FIRST_ADDED, FERRY_BEFORE),))], sequence=1)
    client = client_of(engine)
    (before,) = parsed(client, "/feed.atom?q=Japan").iter(f"{ATOM}entry")
    engine.add([publish(FERRY, FERRY_BEFORE)], sequence=2)
    (after,) = parsed(client, "/feed.atom?q=Japan").iter(f"{ATOM}entry")
    for name in ("id", "published"):
        assert before.findtext(f"{ATOM}{name}") == after.findtext(f"{ATOM}{name}")
    assert (before.findtext(f"{ATOM}updated"), after.findtext(f"{ATOM}updated")) == (FIRST_ADDED, ADDED)
    assert after.findtext(f"{ATOM}published") == "2024-02-08T00:00:00Z"

    since = "2024-07-01T00:00:00+00:00"
    items = (*FERRY.items[:2], replace(FERRY.items[2], amendments=(Amendment("outlet", None, "HP", "heard", since),)))
    engine.add([publish(replace(FERRY, items=items), FERRY_BEFORE)], sequence=3)
    (amended,) = parsed(client, "/feed.atom?q=Japan").iter(f"{ATOM}entry")
    assert amended.findtext(f"{ATOM}updated") == since


def test_hostile_markup_is_text(client: FlaskClient) -> None:
    """A script in a text, a name or a query stays letters, through both layers of markup."""
    feed = parsed(client, f"/feed.atom?q={HOSTILE}")
    assert HOSTILE in feed.findtext(f"{ATOM}title", "")
    (one,) = parsed(client, "/feed.atom?year=2023").iter(f"{ATOM}entry")
    html = one.findtext(f"{ATOM}content", "")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4
    assert one.find(f"{ATOM}category").get("label") == f"Order {HOSTILE}"  # type: ignore[union-attr]


@given(texts)
def test_any_text_is_legal(text: str) -> None:
    """Control characters, which XML cannot say, are replaced; all else is as it was."""
    engine = OracleEngine()
    engine.publish_labels(labels(text))
    made = feed_of(SearchRequest(text), (entry(text),), engine, "https://lectern.example", "lectern.example")
    for said in (made.title, made.entries[0].title, made.entries[0].html, *made.entries[0].authors):
        assert read_xml(f"<a>{escape(said)}</a>").text is not None or not said
    assert legal("a\n\tb 𝄞 渡") == "a\n\tb 𝄞 渡"


def test_a_feed_is_not_sent_twice(client: FlaskClient) -> None:
    """A reader that has it is told so."""
    first = client.get("/feed.atom?q=ferry")
    again = client.get("/feed.atom?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_site_names_its_entries() -> None:
    """Where LECTERN_BASE_URL is set, addresses and ids are of that host, whatever Host is sent."""
    client = client_of(make_engine(), "https://lectern.example/")
    for address in ("/feed.atom?q=ferry", "/opensearch.xml", "/export.csv?q=ferry", "/export.ris?q=ferry"):
        response = client.get(address, headers={"Host": "evil.example"})
        assert "evil.example" not in response.text
        assert "https://lectern.example/" in response.text
        assert response.cache_control.public
    assert "tag:lectern.example,2026:xv-mfa/en/2024-02-08/1" in client.get("/feed.atom?q=ferry").text


def test_no_cache_keeps_what_a_host_header_made(client: FlaskClient) -> None:
    """Where it is not set, whole addresses come from the request, and only who asked may keep them."""
    for address in ("/feed.atom", "/opensearch.xml", "/export.bib"):
        assert client.get(address).cache_control.private


def test_browsers_can_search_here(client: FlaskClient) -> None:
    """The description has whole addresses of search and suggestions; every page leads to it."""
    description = read_xml(client.get("/opensearch.xml").data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(description.findtext(f"{space}ShortName", "")) <= 16
    urls = {url.get("type"): url.get("template") for url in description.iter(f"{space}Url")}
    assert urls["text/html"] == "http://localhost/?q={searchTerms}"
    assert urls["application/x-suggestions+json"] == "http://localhost/suggest?q={searchTerms}"
    for address in ("/", "/help", "/?q=ferry", "/briefings/xv-mfa/en/2024-02-08", "/nowhere"):
        assert 'type="application/opensearchdescription+xml"' in client.get(address).text
