"""What may be kept, by whom and how long: tags, conditional requests, results kept for a commit, packed answers."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, g
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.bounded import OVERHEAD
from search.page import Page, SearchRequest
from search.searcher import Searcher
from search.settings import Settings
from tests.oracle import OracleEngine
from tests.webui.collection import LABELS, make_engine
from webui.app import create_app
from webui.kept import Kept
from webui.packing import pack_stream

TAGGED = [
    "/",
    "/?q=ferry",
    "/help",
    "/briefings/xv-mfa/en/2024-02-08",
    "/briefings/xv-mfa/zh/2024-02-08/1",
    "/entities/place-no",
    "/api/v1/search?q=ferry",
    "/api/v1/coverage",
]
NO_CACHE = {"Cache-Control": "no-cache"}


class CountedSearcher(Searcher):
    """A searcher that counts its searches."""

    searches = 0

    def search(self, request: SearchRequest) -> Page:
        """The page, counted."""
        self.searches += 1
        return super().search(request)


@pytest.fixture
def engine() -> OracleEngine:
    """An engine that a test may write to."""
    return make_engine()


@pytest.fixture
def own(engine: OracleEngine) -> FlaskClient:
    """A client of an application that no other test has asked anything."""
    return create_app(Settings(Path("nowhere"), {}), engine).test_client()


@pytest.fixture
def searcher(own: FlaskClient, engine: OracleEngine) -> CountedSearcher:
    """The searcher that answers `own`."""
    counted = CountedSearcher(engine)
    own.application.extensions["lectern"]._searcher = counted
    return counted


@pytest.mark.parametrize("address", TAGGED)
def test_unchanged_page_is_not_sent_again(own: FlaskClient, engine: OracleEngine, address: str) -> None:
    """A page has a tag; with it, it is 304 and empty until something is published, then it is sent anew."""
    first = own.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    again = own.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Security-Policy"]
    engine.publish_labels(LABELS)
    assert own.get(address, headers=known).status_code == 200


def test_a_tag_is_of_one_address(own: FlaskClient) -> None:
    """The tag of one search says nothing of another, and a failure has none."""
    known = {"If-None-Match": own.get("/?q=ferry").headers["ETag"]}
    assert own.get("/?q=ferry&sort=oldest", headers=known).status_code == 200
    assert "ETag" not in own.get("/?q=ferry&page=0").headers
    assert "ETag" not in own.get("/nothing").headers


def test_unchanged_page_is_not_searched_for(own: FlaskClient, searcher: CountedSearcher) -> None:
    """A conditional request is answered before anything is searched."""
    tag = own.get("/?q=ferry").headers["ETag"]
    own.get("/?q=ferry", headers={"If-None-Match": tag})
    assert searcher.searches == 1


@pytest.mark.parametrize("path", ["/", "/api/v1/search"])
def test_results_are_kept_by_canonical_address(own: FlaskClient, searcher: CountedSearcher, path: str) -> None:
    """Parameters in another order, defaults and strangers' parameters make no other search; another page does."""
    first = own.get(f"{path}?q=ferry&outlet=Harbour+Post&outlet=Northern+Wire").data
    same = own.get(f"{path}?outlet=Northern+Wire&outlet=Harbour+Post&utm_source=x&page=1&q=ferry+").data
    assert (searcher.searches, same) == (1, first)
    own.get(f"{path}?q=ferry&outlet=Harbour+Post")
    assert searcher.searches == 2


def test_nothing_kept_is_given_to_who_asks_afresh(own: FlaskClient, searcher: CountedSearcher) -> None:
    """`Cache-Control: no-cache` searches each time, and is never answered 304."""
    tag = own.get("/?q=ferry").headers["ETag"]
    for _ in range(2):
        assert own.get("/?q=ferry", headers={"If-None-Match": tag, **NO_CACHE}).status_code == 200
    assert searcher.searches == 3


def test_results_of_another_commit_are_gone(own: FlaskClient, searcher: CountedSearcher, engine: OracleEngine) -> None:
    """After a commit everything is searched anew."""
    own.get("/?q=ferry")
    engine.publish_labels(LABELS)
    own.get("/?q=ferry")
    assert searcher.searches == 2


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.text(max_size=400)), max_size=40))
def test_kept_texts_stay_within_bounds(puts: list[tuple[str, str, str]]) -> None:
    """Whatever is put in: what comes out is what was put in last for the commit, and the size is bounded and true."""
    kept = Kept(3_000)
    for stamp, key, text in puts:
        kept.put(stamp, key, text)
        assert kept.size <= 3_000
        assert kept.size == sum(OVERHEAD + len(held) for held in kept._texts._held.values())
        assert kept.get(stamp, key) == text
        assert kept.get("c", key) is None


@pytest.mark.parametrize("address", [*TAGGED, "/static/lectern.css", "/nothing"])
def test_answers_are_packed_for_who_takes_it(own: FlaskClient, address: str) -> None:
    """With `Accept-Encoding: gzip` an answer is the same text packed; what varies is said."""
    plain = own.get(address, buffered=True, headers=NO_CACHE)
    packed = own.get(address, buffered=True, headers={"Accept-Encoding": "gzip", **NO_CACHE})
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    if packed.status_code == 200:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data) / 2
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        # But for the time that the search took.
        assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=20)


def test_static_files_hold_at_their_own_address_only(own: FlaskClient) -> None:
    """With the digest of its bytes a static file is immutable; with another, or none, it is asked for again."""
    page = own.get("/help").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert own.get(address, buffered=True).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in ("/static/lectern.css", "/static/lectern.css?v=0123456789ab", "/static/nothing.css"):
        assert own.get(other, buffered=True).headers["Cache-Control"] == "no-cache"
    tag = own.get(address, buffered=True, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert own.get(address, headers={"If-None-Match": tag, "Accept-Encoding": "gzip"}).status_code == 304


def test_streams_are_packed_as_they_come() -> None:
    """What is sent piece by piece comes out before the last piece has gone in, and is the same in the end."""
    asked: list[int] = []

    def pieces(count: int) -> Iterator[str]:
        for n in range(count):
            asked.append(n)
            yield f"{n} {n * 7919 % 10_007:x} and so on\n" * 20

    stream = pack_stream(pieces(3_000))
    next(stream)
    head = next(stream)
    assert head
    assert len(asked) < 3_000
    assert gzip.decompress(b"".join(pack_stream(["one ", b"two"]))) == b"one two"


def test_a_streamed_answer_is_packed(app: Flask) -> None:
    """A streamed answer has no length, and unpacks to what was streamed."""
    (packer,) = (one for one in app.after_request_funcs[None] if getattr(one, "__name__", "") == "pack")
    with app.test_request_context("/", headers={"Accept-Encoding": "gzip"}):
        response = packer(Response((f"line {n}\n" for n in range(1000)), mimetype="text/csv"))
        assert "Content-Length" not in response.headers
        assert gzip.decompress(b"".join(response.response)).count(b"\n") == 1000
        assert "commit" not in g
