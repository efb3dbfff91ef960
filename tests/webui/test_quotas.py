"""Limits: who counts as one, what a request costs, what an answer says of it, and what is never limited."""

import logging
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.engine import Request, Results
from search.errors import IndexIncompatible
from search.keys import Key, digest_of, new_secret
from search.settings import Settings
from search.spending import spend
from tests.oracle import OracleEngine
from tests.webui.collection import FERRY, make_engine
from tests.webui.conftest import text_of
from webui.app import create_app
from webui.quotas import LIMITS, PLACES

ENGINE = make_engine()
SEARCH = "/api/v1/search?q=ferry"
HEADERS = {"RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}


def client_of(limit: str | None = "5/minute", engine: OracleEngine = ENGINE, **settings: str) -> FlaskClient:
    """A client of an application whose API lets through so much."""
    values = settings | ({"LECTERN_RATE_LIMIT": limit} if limit else {})
    return create_app(Settings(Path("nowhere"), values), engine).test_client()


def left(client: FlaskClient, address: str = SEARCH, **more: object) -> int:
    """What an answer says is left."""
    return int(client.get(address, **more).headers["RateLimit-Remaining"])


def spend_all(client: FlaskClient, address: str = SEARCH, **more: object) -> None:
    """Ask until nothing is left."""
    while left(client, address, **more):
        pass


def from_address(address: str) -> dict[str, object]:
    """What makes a request come from an address."""
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_the_api_is_limited() -> None:
    """So many requests are answered, the next is 429 in the one shape, and says how long to wait."""
    client = client_of()
    assert [client.get(SEARCH).status_code for _ in range(6)] == [200] * 5 + [429]
    refused = client.get("/api/v1/coverage")  # every address of the API counts towards the same
    assert refused.status_code == 429
    error = refused.get_json()["error"]
    assert (error["code"], bool(error["hint"]), error["position"]) == ("too_many_requests", True, None)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_answers_say_what_is_left() -> None:
    """The standard headers, in their present and in their earlier form, count down; no wait is asked for till then."""
    answer = client_of().get(SEARCH)
    assert answer.headers["RateLimit-Policy"] == '"api";q=5;w=60'
    assert answer.headers["RateLimit"] == '"api";r=4;t=60'
    assert (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"]) == ("5", "4")
    assert 0 < int(answer.headers["RateLimit-Reset"]) <= 60
    assert "Retry-After" not in answer.headers


def test_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time that was told, everything may be asked again."""
    client = client_of()
    spend_all(client)
    wait = int(client.get(SEARCH).headers["Retry-After"])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + wait)
    assert client.get(SEARCH).status_code == 200


def test_every_part_has_its_own() -> None:
    """Who has spent what he had of the API may still search on pages, have suggestions, and download."""
    client = client_of()
    spend_all(client)
    assert client.get(SEARCH).status_code == 429
    for address in ("/?q=ferry", "/suggest?q=f", "/api/v1/suggest?q=f", "/export.csv?q=ferry", "/feed.atom?q=ferry"):
        assert client.get(address, buffered=True).status_code == 200
    assert left(client, "/suggest?q=f") == left(client, "/api/v1/suggest?q=f") + 1


@pytest.mark.parametrize("address", ["/?q=ferry", "/export.csv?q=ferry"])
def test_pages_refuse_with_a_page(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where people read, what is too much is a page of ours that says so."""
    monkeypatch.setattr("webui.quotas.LIMITS", LIMITS | dict.fromkeys(("page", "export"), "1/minute"))
    client = client_of()
    client.get(address, buffered=True)
    refused = client.get(address)
    assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert text_of(LexborHTMLParser(refused.text), "h1") == "Too many requests"
    assert int(refused.headers["Retry-After"]) > 0


def test_pages_say_nothing_of_limits() -> None:
    """Whoever reads pages is far from any limit, and is not told of it."""
    assert not HEADERS & set(client_of().get("/?q=ferry").headers.keys())
    assert LIMITS["page"].amount >= 10 * LIMITS["api"].amount


def test_thirty_people_may_type_at_once() -> None:
    """Suggestions are for thirty people behind one address, each of whom types forty letters within a minute."""
    client = client_of(None, make_engine(()))
    assert {client.get(f"/api/v1/suggest?q={'f' * (n % 40)}").status_code for n in range(30 * 40)} == {200}


@pytest.mark.parametrize("address", ["/static/lectern.css", "/healthz", "/robots.txt", "/favicon.ico"])
def test_files_cost_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What costs no search is limited nowhere."""
    monkeypatch.setattr("webui.quotas.LIMITS", LIMITS | {"page": "1/minute"})
    client = client_of()
    assert {client.get(address, buffered=True).status_code for _ in range(5)} == {200}


def test_browsers_may_always_ask_beforehand() -> None:
    """A preflight costs nothing, and is answered where nothing is left: else a page could not even read the 429."""
    client = client_of()
    for _ in range(9):
        assert client.options(SEARCH, headers={"Origin": "https://news.example"}).status_code == 200
    assert left(client) == 4
    spend_all(client)
    assert client.options(SEARCH).status_code == 200


def test_off_is_off() -> None:
    """With `off` nothing is limited, and nothing is said of limits."""
    client = client_of("off")
    answers = [client.get("/api/v1/nothing") for _ in range(LIMITS["api"].amount + 1)]
    assert {answer.status_code for answer in answers} == {404}
    assert not HEADERS & set(answers[-1].headers.keys())


def test_what_leads_nowhere_counts_too() -> None:
    """Whoever tries addresses that are not there spends as well."""
    client = client_of()
    assert [client.get(f"/api/v1/nothing/{n}").status_code for n in range(6)] == [404] * 5 + [429]


def test_unchanged_answers_count_one() -> None:
    """A 304 counts like any other answer."""
    client = client_of()
    tag = client.get(SEARCH).headers["ETag"]
    again = client.get(SEARCH, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["RateLimit-Remaining"]) == (304, "3")


class TestCosts:
    """A request that makes the engine work costs more."""

    @pytest.fixture
    def client(self, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
        """A client of an application whose engine looks through as many units of places as are asked for."""
        engine = make_engine()
        find = engine.find

        def spending(request: Request) -> Results:
            word = f"{request.query}" if request.limit else ""
            spend(PLACES * int(word) if word.isdecimal() else 0)
            return find(request)

        monkeypatch.setattr(engine, "find", spending)
        return client_of("100/minute", engine)

    @pytest.mark.parametrize(("word", "cost"), [("ferry", 1), ("1", 2), ("30", 31)])
    def test_a_costly_search_costs_more(self, client: FlaskClient, word: str, cost: int) -> None:
        """A request costs one, and one for every `PLACES`; the answer says what is left after that."""
        assert left(client, f"/api/v1/search?q={word}") == 100 - cost

    def test_a_kept_answer_costs_one(self, client: FlaskClient) -> None:
        """What was worked out for somebody else a moment ago is not charged again."""
        assert left(client, "/api/v1/search?q=30") == 69
        assert left(client, "/api/v1/search?q=30") == 68

    def test_more_than_is_left_may_be_spent_once(self, client: FlaskClient) -> None:
        """Who has anything left is answered, and then has nothing."""
        assert client.get("/api/v1/search?q=500").status_code == 200
        assert client.get(SEARCH).status_code == 429


class TestAskers:
    """Who counts as one."""

    def test_by_address(self) -> None:
        """Each address has its own."""
        client = client_of()
        spend_all(client, **from_address("198.51.100.7"))
        assert client.get(SEARCH, **from_address("198.51.100.7")).status_code == 429
        assert client.get(SEARCH, **from_address("198.51.100.8")).status_code == 200

    def test_a_house_is_one(self) -> None:
        """All addresses of a /64 are one asker: a house has as many as it likes."""
        client = client_of()
        spend_all(client, **from_address("2001:db8:1:2::1"))
        assert client.get(SEARCH, **from_address("2001:db8:1:2:ffff::9")).status_code == 429
        assert client.get(SEARCH, **from_address("2001:db8:1:3::1")).status_code == 200

    def test_nobody_is_believed_who_is_not_trusted(self) -> None:
        """Whoever connects himself cannot name another address."""
        client = client_of()
        answers = [
            client.get(SEARCH, headers={"X-Forwarded-For": f"198.51.100.{n}"}, **from_address("203.0.113.9"))
            for n in range(6)
        ]
        assert answers[-1].status_code == 429

    def test_a_trusted_proxy_is_believed(self) -> None:
        """Behind a proxy that is trusted each reader counts by himself, whatever he wrote into the header."""
        client = client_of(LECTERN_TRUSTED_PROXIES="127.0.0.1")

        def ask(hops: str) -> int:
            return client.get(SEARCH, headers={"X-Forwarded-For": hops}).status_code

        assert [ask(f"10.9.9.{n}, 198.51.100.7") for n in range(6)] == [200] * 5 + [429]
        assert ask("198.51.100.8") == 200

    def test_a_forgotten_proxy_is_told_of(self, caplog: pytest.LogCaptureFixture) -> None:
        """Where hops are named and no proxy is trusted, the log says once what follows; where one is, nothing."""
        for settings, told in (({}, 1), ({"LECTERN_TRUSTED_PROXIES": "127.0.0.1"}, 0)):
            caplog.clear()
            client = client_of(**settings)
            with caplog.at_level(logging.WARNING):
                for _ in range(2):
                    client.get("/help", headers={"X-Forwarded-For": "198.51.100.7"})
            assert [r.message for r in caplog.records if "LECTERN_TRUSTED_PROXIES" in r.message][1:] == []
            assert len(caplog.records) == told


class TestKeys:
    """A partner's key."""

    SECRET, OTHER = new_secret(), new_secret()

    @pytest.fixture
    def client(self) -> FlaskClient:
        """A client of a site with two keys, one of which has a limit of its own."""
        engine = make_engine()
        engine.publish_keys(
            [
                Key("Daily", digest_of(self.SECRET), "8/minute", "2024-01-01T00:00:00+00:00"),
                Key("Weekly", digest_of(self.OTHER), "", "2024-01-01T00:00:00+00:00"),
            ]
        )
        return client_of(engine=engine)

    def bearing(self, secret: str, scheme: str = "Bearer") -> dict[str, object]:
        """What makes a request bring a key."""
        return {"headers": {"Authorization": f"{scheme} {secret}"}}

    def test_a_key_has_its_own_limit(self, client: FlaskClient) -> None:
        """With a key its limit holds, from whatever address; without, that of the address."""
        assert left(client, **self.bearing(self.SECRET)) == 7
        assert left(client, **self.bearing(self.SECRET), **from_address("198.51.100.7")) == 6
        assert left(client) == 4

    def test_a_key_may_have_the_common_limit(self, client: FlaskClient) -> None:
        """A key without a limit has as much as an address, but of its own."""
        spend_all(client)
        assert left(client, **self.bearing(self.OTHER, "bearer")) == 4

    @pytest.mark.parametrize("address", [SEARCH, "/suggest?q=f", f"/api/v1/items/{FERRY.id}/3", "/export.csv?q=ferry"])
    @pytest.mark.parametrize("secret", ["lectern_x", "\udcff", "x" * 5_000, "{digest}"])
    def test_an_unknown_key_is_refused(self, client: FlaskClient, address: str, secret: str) -> None:
        """A key that is not known is told so with 401, never passed over; its digest is no key."""
        secret = secret.format(digest=digest_of(self.SECRET))
        brought = {"environ_overrides": {"HTTP_AUTHORIZATION": f"Bearer {secret}"}}
        refused = client.get(address, **brought)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        if address.startswith("/api/"):
            assert refused.get_json()["error"]["code"] == "key_unknown"
        assert secret not in refused.text

    def test_guessing_is_limited(self, client: FlaskClient) -> None:
        """Whoever tries keys spends what his address has."""
        statuses = [client.get(SEARCH, **self.bearing(f"{n}")).status_code for n in range(6)]
        assert statuses == [401] * 5 + [429]

    def test_a_revoked_key_holds_no_longer(self, client: FlaskClient) -> None:
        """From the moment that the engine knows no such key, an answer that the reader has is refused too."""
        tag = client.get(SEARCH, **self.bearing(self.SECRET)).headers["ETag"]
        client.application.extensions["lectern"].engine.publish_keys([])
        headers = {"Authorization": f"Bearer {self.SECRET}", "If-None-Match": tag}
        assert client.get(SEARCH, headers=headers).status_code == 401

    @pytest.mark.parametrize("authorization", ["Basic dXNlcjpwYXNz", "Negotiate x", "", "Bearer", "Bearer "])
    def test_what_is_for_somebody_else_is_passed_over(self, client: FlaskClient, authorization: str) -> None:
        """What a browser sends for a proxy in front of us is no key of ours."""
        assert left(client, headers={"Authorization": authorization}) == 4

    def test_damaged_keys_are_told(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where keys cannot be read, no key is right or wrong: 503; without a key everything goes on."""

        def fail() -> None:
            raise IndexIncompatible("the index is damaged", hint="mend it")

        monkeypatch.setattr(client.application.extensions["lectern"].engine, "keys", fail)
        refused = client.get(SEARCH, **self.bearing(self.SECRET))
        assert (refused.status_code, refused.get_json()["error"]["code"]) == (503, "index_incompatible")
        assert client.get(SEARCH).status_code == 200

    def test_pages_know_no_keys(self, client: FlaskClient) -> None:
        """On a page a key means nothing."""
        assert client.get("/?q=ferry", **self.bearing("lectern_x")).status_code == 200
