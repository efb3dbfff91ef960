"""What robots are told: a sitemap of every page, and rules that keep them out of searches."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.holdings import Status
from search.settings import Settings
from tests.webui.collection import make_engine
from webui import crawlers
from webui.app import create_app


def locations(client: FlaskClient, address: str = "/sitemap.xml", **headers: str) -> dict[str, str]:
    """The addresses of a sitemap, each with the day of its last change."""
    response = client.get(address, headers=headers)
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    rows = LexborHTMLParser(response.text).css("url, sitemap")
    return {r.css_first("loc").text(): r.css_first("lastmod").text() if r.css_first("lastmod") else "" for r in rows}


def test_sitemap_has_every_page(client: FlaskClient) -> None:
    """Transcripts, entities, outlets, speakers, years and lists stand in it, with the day they changed; no search."""
    found = locations(client)
    for path in (
        "/", "/help", "/calendar?year=2024", "/briefings/xv-mfa/en/2024-02-08", "/entities/place-no",
        "/outlets/harbour-post", "/speakers/mara-ellin",
    ):  # fmt: skip
        assert f"http://localhost{path}" in found
    assert found["http://localhost/briefings/xv-mfa/en/2024-02-08"] == "2024-06-01"
    assert not any("/?" in address or "/api/" in address for address in found)


def test_every_address_of_the_sitemap_is_canonical(client: FlaskClient) -> None:
    """Each address answers with a page that names it as its own, open to robots."""
    for address in locations(client):
        path = address.removeprefix("http://localhost")
        page = LexborHTMLParser(client.get(path).text)
        assert page.css_first("link[rel=canonical]").attributes["href"] == (
            path if path != "/calendar" else "/calendar?year=2024"
        )
        assert not page.css("meta[name=robots]")


def test_large_sitemap_is_a_list_of_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many addresses, parts are listed; together they have each address once."""
    whole = locations(client)
    monkeypatch.setattr(crawlers, "PART", 7)
    parts = locations(client)
    assert list(parts) == [f"http://localhost/sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    assert all(parts.values())
    assert [a for part in parts for a in locations(client, part.removeprefix("http://localhost"))] == list(whole)
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == client.get("/sitemap-0.xml").status_code == 404


def test_sitemap_is_kept_by_its_digest(client: FlaskClient) -> None:
    """Who has it already is told so."""
    tag = client.get("/sitemap.xml").headers["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 304


def test_whole_addresses_are_the_operators() -> None:
    """`LECTERN_BASE_URL` is what whole addresses begin with, whatever host was asked."""
    settings = Settings(Path("nowhere"), {"LECTERN_BASE_URL": "https://lectern.example/"})
    client = create_app(settings, make_engine()).test_client()
    assert all(a.startswith("https://lectern.example/") for a in locations(client, Host="evil.example"))
    assert "Sitemap: https://lectern.example/sitemap.xml" in client.get("/robots.txt").text


@pytest.mark.parametrize("host", ["a<b>", "x y", 'a"b', "evil.example/path", "a@b", "-x", "[::1"])
def test_host_that_is_none_is_no_beginning(client: FlaskClient, host: str) -> None:
    """A host that is not written as hosts are is refused, where no address was set."""
    response = client.get("/sitemap.xml", headers={"Host": host})
    assert response.status_code == 400
    assert "<loc>" not in response.text


def test_robots_may_read_the_years_and_no_other_parameters(client: FlaskClient) -> None:
    """Of addresses with parameters only the calendar's years are open."""
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Allow: /calendar?year=", "Disallow: /*?", "Sitemap: http://localhost/sitemap.xml"} <= set(lines)


def test_lists_follow_the_collection() -> None:
    """What is kept of one commit is not shown after the next."""
    engine = make_engine()
    client = create_app(Settings(Path("nowhere"), {}), engine).test_client()
    assert len(locations(client)) > 20
    engine.rebuild((), sequence=9, tombstones=(), labels=engine.labels())
    assert replace(engine.status(), commit="", analysis="") == Status(2, 9, 0, 0, 1, "")
    paths = ("/", "/calendar", "/outlets", "/speakers", "/entities", "/help")
    assert set(locations(client)) == {f"http://localhost{path}" for path in paths}
