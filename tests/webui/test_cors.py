"""Which pages of other sites may read the API and suggestions: any, until partners are listed; then those."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from tests.webui.collection import FERRY, make_engine
from webui.app import create_app

READ = [
    "/api/v1/search?q=ferry",
    f"/api/v1/briefings/{FERRY.id}",
    f"/api/v1/items/{FERRY.id}/3",
    "/api/v1/entities/place-no",
    "/api/v1/facets/outlet",
    "/api/v1/coverage",
    "/api/v1/suggest?q=norw",
    "/suggest?q=norw",
    "/api/v1/search?page=0",
    "/api/v1/nothing",
    f"/api/v1/briefings/{FERRY.id[:-1]}7",  # it has moved
]
PARTNER, SUB = "https://news.example", "https://www.daily.example"


def ask(client: FlaskClient, address: str, origin: str | None, method: str = "GET", **more: str) -> dict[str, str]:
    """The headers of an answer, as a page of `origin` gets it."""
    headers = {**({"Origin": origin} if origin else {}), **{name.replace("_", "-"): v for name, v in more.items()}}
    return client.open(address, method=method, headers=headers).headers


def preflight(client: FlaskClient, address: str, origin: str) -> dict[str, str]:
    """What a browser is told that asks beforehand whether a page may ask with a header."""
    more = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "authorization"}
    return ask(client, address, origin, "OPTIONS", **more)


@pytest.fixture(scope="module")
def partnered() -> FlaskClient:
    """A client of a site that lists its partners."""
    settings = Settings(Path("nowhere"), {"LECTERN_PARTNER_ORIGINS": f"{PARTNER} https://*.daily.example"})
    return create_app(settings, make_engine()).test_client()


@pytest.mark.parametrize("address", READ)
def test_any_origin_may_read_while_no_partner_is_listed(client: FlaskClient, address: str) -> None:
    """Answers, errors and redirects are for any origin, without credentials, and differ for none."""
    told = ask(client, address, "https://elsewhere.example")
    assert told["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in told
    assert "Origin" not in told.get("Vary", "")
    assert {"ETag", "Retry-After"} <= set(told["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize("address", READ)
@pytest.mark.parametrize("origin", [PARTNER, SUB])
def test_a_listed_origin_may_read(partnered: FlaskClient, address: str, origin: str) -> None:
    """An origin of the list is told its own name, and caches that answers differ by origin."""
    told = ask(partnered, address, origin)
    assert told["Access-Control-Allow-Origin"] == origin
    assert "Origin" in told["Vary"].split(", ")
    assert "Access-Control-Allow-Credentials" not in told


@pytest.mark.parametrize("address", READ)
@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", "https://news.example.evil.example"])
def test_no_other_origin_may_read(partnered: FlaskClient, address: str, origin: str | None) -> None:
    """Whoever is not listed is told nothing, not even by a cache: the answer says that it differs by origin."""
    told = ask(partnered, address, origin)
    assert not [name for name in told.keys() if name.startswith("Access-Control")]  # noqa: SIM118 (pairs otherwise)
    assert "Origin" in told["Vary"].split(", ")


@pytest.mark.parametrize("address", [address for address in READ if "nothing" not in address])
def test_a_browser_may_ask_beforehand(client: FlaskClient, partnered: FlaskClient, address: str) -> None:
    """A preflight is answered with the methods and headers that may be used, to a listed origin alone."""
    for told, allowed in ((preflight(client, address, SUB), "*"), (preflight(partnered, address, SUB), SUB)):
        assert told["Access-Control-Allow-Origin"] == allowed
        assert told["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert "Authorization" in told["Access-Control-Allow-Headers"]
        assert int(told["Access-Control-Max-Age"]) > 0
    refused = preflight(partnered, address, "https://elsewhere.example")
    assert not [name for name in refused.keys() if name.startswith("Access-Control")]  # noqa: SIM118 (pairs otherwise)
    assert "Origin" in refused["Vary"].split(", ")


def test_unchanged_answers_are_told_too(partnered: FlaskClient) -> None:
    """A 304 says who may read it, as the answer did that it stands for."""
    tag = ask(partnered, "/api/v1/coverage", PARTNER)["ETag"]
    again = partnered.get("/api/v1/coverage", headers={"Origin": PARTNER, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == PARTNER
    assert "Origin" in again.headers["Vary"]


@pytest.mark.parametrize(
    "address", ["/", "/?q=ferry", f"/briefings/{FERRY.id}", "/export.csv?q=ferry", "/healthz", "/x"]
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_pages_are_for_no_other_site(client: FlaskClient, address: str, method: str) -> None:
    """Pages, downloads and what watchers ask are told to no script of another site."""
    told = client.open(address, method=method, headers={"Origin": "https://elsewhere.example"}, buffered=True).headers
    assert not [name for name in told.keys() if name.startswith("Access-Control")]  # noqa: SIM118 (pairs otherwise)
