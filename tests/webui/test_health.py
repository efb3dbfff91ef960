"""`/healthz`: what machines that watch over it are told."""

from pathlib import Path

from flask.testing import FlaskClient

from search.embedded.engine import EmbeddedEngine
from search.settings import Settings
from tests.webui.collection import make_engine
from webui.app import create_app


def test_the_state_of_the_index(client: FlaskClient) -> None:
    """Counts, the latest briefing, and what there is of each publisher in each language."""
    state = client.get("/healthz").json
    engine = make_engine()
    assert state["status"] == "ok"
    assert state["briefings"] == len(engine.briefings()) == sum(row["briefings"] for row in state["coverage"])
    assert state["latest"]["date"] == max(row["last"] for row in state["coverage"])
    assert {(row["publisher"], row["language"]) for row in state["coverage"]} == {
        (row.publisher, row.language) for row in engine.coverage()
    }


def test_an_index_that_holds_nothing_is_well(empty_client: FlaskClient) -> None:
    """No briefing is no fault."""
    response = empty_client.get("/healthz")
    assert (response.status_code, response.json["latest"], response.json["coverage"]) == (200, None, [])


def test_it_is_never_kept(client: FlaskClient) -> None:
    """Each time it is asked afresh."""
    response = client.get("/healthz")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "ETag" not in response.headers


def test_no_index_is_503_and_one_on_disk_has_an_instant(tmp_path: Path) -> None:
    """503 with the one shape of errors until there is an index; then when it became the live one."""
    client = create_app(Settings(tmp_path, {})).test_client()
    response = client.get("/healthz")
    assert (response.status_code, response.json["error"]["code"]) == (503, "index_missing")
    EmbeddedEngine(tmp_path / "index").add([], sequence=1)
    assert client.get("/healthz").json["live_since"].startswith("20")
