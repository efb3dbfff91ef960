"""Pages over a cluster that cannot answer: said so, with when to ask again, and never a stack trace or a long wait."""

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.opensearch.address import read_address
from search.opensearch.engine import OpenSearchEngine
from search.settings import Settings
from tests.search.opensearch.stub import answering
from webui.app import create_app

PAGES = (
    "/",
    "/?q=ferry",
    "/briefings/xv-mfa/en/2024-02-08",
    "/entities/place-no",
    "/compare?q=ferry",
    "/calendar",
    "/feed.atom?q=ferry",
    "/export.csv?q=ferry",
    "/sitemap.xml",
)
DATA = ("/api/v1/search?q=ferry", "/api/v1/coverage", "/healthz", "/api/v1/suggest?q=fe")


def client_of(host: str) -> FlaskClient:
    """A browser of a site whose index is in a cluster."""
    engine = OpenSearchEngine(read_address(f"opensearch://desk:secret@{host}/valdria"))
    return create_app(Settings(Path("nowhere"), {}), engine).test_client()


@pytest.mark.parametrize("address", PAGES)
def test_page_says_that_it_is_not_available_now(address: str) -> None:
    """Where the cluster cannot be reached a page is 503, with the site's own words and when to ask again."""
    response = client_of("127.0.0.1:1").get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    page = LexborHTMLParser(response.get_data(as_text=True))
    (heading,) = page.css("h1")
    assert heading.text() == "Not available just now"
    assert "secret" not in response.get_data(as_text=True)
    assert "127.0.0.1" not in response.get_data(as_text=True)


@pytest.mark.parametrize("address", DATA)
def test_api_says_the_same_to_programs(address: str) -> None:
    """The API's error has a code that programs know, and no place of ours."""
    response = client_of("127.0.0.1:1").get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.get_json()["error"]["code"] == "engine_unavailable"
    assert "127.0.0.1" not in response.get_data(as_text=True)


@pytest.mark.parametrize("status", [429, 503])
def test_busy_or_red_cluster_is_the_same_page(status: int) -> None:
    """A cluster with too much to do, and one that has lost a part of the index, are not available just now."""
    with answering(lambda *_: (status, {"error": {"type": "x", "reason": "y"}})) as host:
        response = client_of(host).get("/?q=ferry")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


def test_hanging_cluster_hangs_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page waits for a cluster as long as for one answer of it, and is then not available."""
    monkeypatch.setattr("search.opensearch.cluster.PATIENCE", 0.3)

    def hang(*_: object) -> tuple[int, object]:
        time.sleep(3)
        return 200, {}

    with answering(hang) as host:
        client = client_of(host)
        began = time.monotonic()
        response = client.get("/?q=ferry")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert time.monotonic() - began < 2.5
