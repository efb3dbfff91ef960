"""Whatever is typed, the web side answers it within its time, with a page or JSON of ours and never a 500."""

import gc
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.engines import open_engine
from search.settings import Settings
from tests.typed import iter_typed
from tests.webui.collection import CHINESE, FERRY, HOSTILE_BRIEFING, LABELS, MANY, TWO_VOICES, publish
from webui.app import create_app

LONGEST = 1.0
"""Seconds of processor time that one request may take."""
ANSWERED = {200, 400, 414}
"""Found or not; refused for its length, its cost, or strictly; an address too long."""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser without a browser, of an application over the engine that everybody runs."""
    engine = open_engine(tmp_path / "index")
    engine.add(map(publish, (FERRY, HOSTILE_BRIEFING, TWO_VOICES, CHINESE, *MANY)), sequence=1)
    engine.publish_labels(LABELS)
    yield create_app(Settings(tmp_path, {"LECTERN_RATE_LIMIT": "off"}), engine).test_client()
    engine.close()


def ask(client: FlaskClient, address: str) -> tuple[int, float]:
    """The status of an answer, and the seconds of processor time that it took."""
    begun = process_time()
    return client.get(address).status_code, process_time() - begun


def check(client: FlaskClient, count: int, seed: int) -> None:
    """Each of so many texts, on the page and, strictly, in the API."""
    gc.freeze()  # what other tests have left is not looked through while a page is timed
    seen = set()
    for text in iter_typed(count, seed):
        typed = quote(text.encode("utf-8", "surrogatepass"))
        for address in (f"/?q={typed}", f"/api/v1/search?q={typed}&strict=1"):
            status, seconds = ask(client, address)
            if seconds >= LONGEST:  # once in hours the process has something else to do; a costly text is so again
                status, seconds = ask(client, address)
            assert seconds < LONGEST, text
            assert status in ANSWERED, (status, text)
            seen.add(status)
    assert {200, 400} <= seen


def test_anything_typed_is_answered(client: FlaskClient) -> None:
    """A few in every run."""
    check(client, 80, 1)


@pytest.mark.fuzz
def test_a_hundred_thousand_texts_are_answered(client: FlaskClient) -> None:
    """The same, for long."""
    check(client, 100_000, 2)
