"""What holds for every answer: headers, failures, static files, and an index that comes later."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.errors import IndexIncompatible
from search.holdings import Status
from search.labels import Labels
from search.settings import Settings
from tests.oracle import OracleEngine
from tests.webui.collection import HOSTILE, make_engine
from tests.webui.conftest import SCRIPTS, Read, text_of
from webui.app import create_app

EVERYWHERE = [
    "/", "/?q=ferry", "/?page=0", "/help", "/nothing", "/robots.txt", "/healthz", "/favicon.ico",
    "/static/lectern.css", "/api/v1/search?q=ferry", "/api/v1/nothing",
    "/briefings/xv-mfa/en/2024-02-08", "/briefings/xv-mfa/en/2024-02-07",
    "/briefings/xv-mfa/en/2024-02-08/revisions", "/briefings/xv-mfa/en/2024-02-08?revision=7",
    "/entities/place-no", "/entities/place-nw", "/entities/nothing", "/api/v1/entities/place-no",
    "/outlets", "/outlets/harbour-post", "/outlets/hp", "/speakers/nobody", "/calendar", "/saved", "/sitemap.xml",
]  # fmt: skip

WALKED = [
    "/", "/?q=ferry", "/help", "/nothing", "/briefings/xv-mfa/en/2024-02-08?q=ferry",
    "/briefings/xv-mfa/en/2024-02-08/revisions", "/briefings/xv-mfa/en/2024-02-08?revision=1&q=ferry",
    "/entities/place-no", "/entities/event-dredging", "/entities/place-east", "/outlets/harbour-post", "/speakers",
    "/speakers/mara-ellin", "/entities?find=a", "/calendar", "/calendar?year=2024&publisher=xv-mfa", "/saved",
]  # fmt: skip


@pytest.mark.parametrize("address", EVERYWHERE)
def test_security_headers(client: FlaskClient, address: str) -> None:
    """Every answer, failures and redirects included, carries a policy that allows nothing inline, and no cookie."""
    response = client.get(address, buffered=True)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("address", WALKED)
def test_pages_obey_their_own_policy(read: Read, address: str) -> None:
    """No page has an inline style, an inline script, an event attribute, or anything from another site."""
    page = read(address, 404 if address == "/nothing" else 200)
    assert not page.css("style, [style], [onclick], [onload], [onerror], iframe, object, base")
    assert all(not script.text() for script in page.css('script:not([type="application/ld+json"])'))
    loaded = [
        n.attributes.get("src") or n.attributes.get("href") for n in page.css("script, img, link[rel=stylesheet]")
    ]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded if address)


def test_results_can_be_reached_past_the_filters(read: Read) -> None:
    """The first link beside the results leads past the filters to the results, for those who go from link to link."""
    page = read("/?q=ferry")
    skip = page.css_first(".side a")
    assert skip.text() == "Skip the filters"
    assert page.css_first(skip.attributes["href"]).css(".total, .hit")


@pytest.mark.parametrize("address", WALKED)
def test_pages_can_be_walked_by_ear(read: Read, address: str) -> None:
    """Every page has a skip link, its landmarks, one h1, a language, and a label for every field that is seen."""
    page = read(address, 404 if address == "/nothing" else 200)
    assert page.css_first("a.skip").attributes["href"] == "#content"
    assert len(page.css("main#content")) == len(page.css("h1")) == len(page.css("form[role=search]")) == 1
    assert page.css_first("html").attributes["lang"] == "en"
    for field in page.css("input:not([type=hidden])"):
        assert page.css_first(f'label[for="{field.attributes["id"]}"]')
    ids = [n.attributes["id"] for n in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_refused_parameter_is_named(read: Read) -> None:
    """A bad parameter answers 400 with its name and what would do, and keeps what was typed."""
    page = read("/?q=ferry&from=2024-02-30", 400)
    assert "from=2024-02-30" in text_of(page, ".lead")
    assert "2024-02-08" in page.css_first("main").text()
    assert page.css_first("input[name=q]").attributes["value"] == "ferry"


def test_hostile_address_is_text_on_failures(read: Read) -> None:
    """Markup in a refused value or a missing address shows as text."""
    for page in (read(f"/?q={HOSTILE}&sort={HOSTILE}", 400), read(f"/{HOSTILE}", 404)):
        assert len(page.css("script")) == len(SCRIPTS)
        assert HOSTILE in page.css_first("main").text()


@pytest.mark.parametrize(("length", "status"), [(8190, 200), (8191, 414), (60_000, 414)])
def test_long_address_is_refused_by_us(client: FlaskClient, length: int, status: int) -> None:
    """An address up to 8,190 characters is answered, a longer one gets our own 414 page."""
    address = "/help?x=".ljust(length, "a")
    response = client.get(address)
    assert response.status_code == status
    if status == 414:
        assert LexborHTMLParser(response.text).css_first("h1").text() == "Address too long"


@pytest.mark.parametrize(
    "address",
    ["/help/", "/briefings/xv-mfa/en/2024-02-08/", "/briefings/xv-mfa/en/2024-02-08/2/", "/api/v1/search/?q=ferry"],
)
def test_slash_at_the_end_does_no_harm(client: FlaskClient, address: str) -> None:
    """An address pasted with a slash too many at its end answers like the one without."""
    assert client.get(address).status_code == 200


def test_no_answer_repeats_the_host(client: FlaskClient) -> None:
    """No page or redirect is built from the Host header, which anybody can set."""
    for address in ("/", "/?q=ferry", "/briefings//xv-mfa/en/2024-02-08", "/briefings/xv-mfa/en/2024-02-07"):
        response = client.get(address, headers={"Host": "evil.example"})
        assert "evil.example" not in response.text + response.headers.get("Location", "")


def test_long_address_of_the_api_is_json(client: FlaskClient) -> None:
    """Under /api the 414 has the one shape."""
    response = client.get(f"/api/v1/search?q={'a' * 9000}")
    assert (response.status_code, response.get_json()["error"]["code"]) == (414, "address_too_long")


def test_method_that_does_nothing(client: FlaskClient) -> None:
    """A post to a page answers 405 with a page and the methods that are allowed."""
    response = client.post("/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert LexborHTMLParser(response.text).css_first("h1")


class BrokenEngine(OracleEngine):
    """An engine that fails in a way nobody foresaw."""

    def labels(self) -> Labels:
        """Fails."""
        raise ZeroDivisionError


class DamagedEngine(OracleEngine):
    """An engine whose index cannot be read."""

    def labels(self) -> Labels:
        """Fails."""
        raise IndexIncompatible("the index was written by a later version", hint="run lectern rebuild")

    def status(self) -> Status:
        """Fails."""
        raise IndexIncompatible("the index was written by a later version", hint="run lectern rebuild")


@pytest.mark.parametrize("address", ["/?q=x", "/api/v1/search?q=x"])
def test_unforeseen_failure(address: str) -> None:
    """An unforeseen failure answers 500 in our shape, and tells nothing of our insides."""
    response = create_app(Settings(Path("nowhere"), {}), BrokenEngine()).test_client().get(address)
    assert response.status_code == 500
    assert "went wrong" in response.text
    assert "ZeroDivisionError" not in response.text


@pytest.mark.parametrize("address", ["/?q=x", "/api/v1/search?q=x", "/healthz"])
def test_damaged_index(address: str) -> None:
    """An index that cannot be read answers 503 and says what to do, in the health check too."""
    response = create_app(Settings(Path("nowhere"), {}), DamagedEngine()).test_client().get(address)
    assert response.status_code == 503
    assert "run lectern rebuild" in response.text.lower()


def test_failures_of_ours_tell_no_folder(tmp_path: Path) -> None:
    """Where the index lies is the librarian's business: a 503 says what to do, not where."""
    client = create_app(Settings(tmp_path, {})).test_client()
    for address in ("/?q=x", "/api/v1/search?q=x", "/healthz"):
        assert f"{tmp_path}" not in client.get(address).text


def test_refused_query_names_the_place(read: Read) -> None:
    """A query that is refused shows the offset of what is wrong with it."""
    assert text_of(read("/?strict=1&q=ferry+%22port", 400), "main code") == "position 6"


def test_health(client: FlaskClient) -> None:
    """The health check says which generation answers, and how much it holds."""
    health = client.get("/healthz").get_json()
    assert (health["status"], health["generation"], health["sequence"]) == ("ok", 1, 3)
    assert health["documents"] > 40


def test_robots_stay_out_of_searches(client: FlaskClient) -> None:
    """Robots may read home, help and transcripts; searches and the API are closed to them."""
    lines = client.get("/robots.txt").text.splitlines()
    assert {"User-agent: *", "Disallow: /?", "Disallow: /*?", "Disallow: /api/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_favicon(client: FlaskClient) -> None:
    """The icon is there at the old address too."""
    response = client.get("/favicon.ico", buffered=True)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")


def test_static_files_change_their_address_with_their_bytes(read: Read, client: FlaskClient) -> None:
    """Style and script are named with a digest, may be kept for a year, and are there."""
    page = read("/")
    for address in (
        page.css_first("link[rel=stylesheet]").attributes["href"],
        page.css_first("script").attributes["src"],
    ):
        assert "?v=" in address
        response = client.get(address, buffered=True)
        assert response.status_code == 200
        assert response.cache_control.max_age == 31_536_000


def test_index_is_opened_when_first_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Making the application opens nothing; the first request opens the index, once, at the settings' place."""
    opened: list[Path] = []

    def open_engine(folder: Path) -> OracleEngine:
        opened.append(folder)
        return make_engine()

    monkeypatch.setattr("webui.shelf.open_engine", open_engine)
    app: Flask = create_app(Settings(tmp_path, {}))
    assert opened == []
    client = app.test_client()
    assert client.get("/?q=ferry").status_code == client.get("/").status_code == 200
    assert opened == [tmp_path / "index"]


def test_server_may_start_before_the_first_briefing(tmp_path: Path) -> None:
    """Without an index home says how to begin, and everything else answers 503 with the same advice."""
    client = create_app(Settings(tmp_path, {})).test_client()
    home = client.get("/")
    assert home.status_code == 200
    assert "lectern add" in LexborHTMLParser(home.text).css_first(".empty code").text()
    for address in ("/?q=x", "/api/v1/search?q=x", "/healthz"):
        response = client.get(address)
        assert response.status_code == 503
        assert "lectern add" in response.text.lower()


def test_help_examples_can_be_read(read: Read, client: FlaskClient) -> None:
    """Everything that the help page tells people to type is read without guessing."""
    typed = [n.text() for n in read("/help").css(".rules th code")]
    assert len(typed) > 20
    for text in typed:
        response = client.get("/api/v1/search", query_string={"q": text, "strict": "1"})
        assert response.status_code == 200, (text, response.text)
