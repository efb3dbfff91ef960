"""Every request is seen once: a line of the log, an id, and what is counted."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from search.engines import open_engine
from search.logs import FIELDS
from search.settings import Settings
from tests.webui.collection import make_engine
from webui.app import create_app
from webui.metrics import Meter, timed
from webui.served import Doors

TYPED = "herring"


class Lines(logging.Handler):
    """Remembers what was logged."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[dict[str, Any]] = []
        self.levels: list[int] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a record."""
        self.fields.append(getattr(record, FIELDS))
        self.levels.append(record.levelno)


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged of requests."""
    handler, log = Lines(), logging.getLogger("lectern.requests")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler
    log.removeHandler(handler)
    log.setLevel(logging.NOTSET)


def make_app(said: str = "text") -> Flask:
    """An application that logs what `said` asks for."""
    return create_app(Settings(Path("nowhere"), {"LECTERN_LOG": said}), make_engine())


@pytest.mark.parametrize(
    ("address", "status", "endpoint", "path"),
    [
        (f"/?q={TYPED}", 200, "pages.home", "/"),
        (f"/suggest?q={TYPED}", 200, "suggest.opensearch_suggestions", "/suggest"),
        (f"/api/v1/search?q={TYPED}&strict=1", 200, "api.search", "/api/v1/search"),
        (f"/{TYPED}", 404, "none", "-"),
        (f"/export.csv?q={TYPED}", 200, "exports.csv", "/export.csv"),
        (f"/briefings/xv-mfa/en/2020-01-01?q={TYPED}", 410, "pages.briefing", "/briefings/xv-mfa/en/2020-01-01"),
    ],
)
def test_one_line_a_request_without_query_or_reader(
    lines: Lines, address: str, status: int, endpoint: str, path: str
) -> None:
    """It says what kind of page, what came of it and how long it took; not for what, nor for whom."""
    response = make_app().test_client().get(address, buffered=True)
    response.close()
    (fields,) = lines.fields
    assert (fields["status"], fields["path"]) == (status, path)
    if not address.startswith("/suggest"):
        assert fields["endpoint"] == endpoint
    assert fields["request"] == response.headers["X-Request-ID"]
    assert fields["ms"] >= 0
    assert TYPED not in f"{fields}"
    assert "127.0.0.1" not in f"{fields}"
    assert lines.levels == [logging.INFO]


def test_both_where_they_are_asked_for(lines: Lines) -> None:
    """`queries` adds the query, cut where it has no end; `readers` the address."""
    client = make_app("queries,readers").test_client()
    client.get(f"/?q={TYPED}{'x' * 1000}")
    (fields,) = lines.fields
    assert fields["query"].startswith(f"q={TYPED}")
    assert len(fields["query"]) == 500
    assert fields["reader"] == "127.0.0.1"


def test_what_is_wrong_with_us_is_an_error(lines: Lines, tmp_path: Path) -> None:
    """A 5xx is told as one, with its reason."""
    create_app(Settings(tmp_path, {})).test_client().get("/?q=x")
    assert lines.levels == [logging.ERROR]
    assert (lines.fields[0]["failure"], lines.fields[0]["status"]) == ("index_missing", 503)
    assert "lectern rebuild" in lines.fields[0]["error"]


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("0123456789abcdef", True), ("a-b_c.D12", True), ("short", False), ("x" * 65, False), ("a b\tc d e f", False)],
)
def test_a_proxys_id_is_kept_if_it_is_one(given: str, is_taken: bool) -> None:  # noqa: FBT001 (a column)
    """So that one request has one name in both logs; whatever else stands there gets another."""
    answered = make_app().test_client().get("/robots.txt", headers={"X-Request-ID": given})
    assert (answered.headers["X-Request-ID"] == given) == is_taken


class TestMetrics:
    """What is counted."""

    def metrics(self, *addresses: str) -> str:
        """What is told after some requests."""
        meter, engine = Meter(), make_engine()
        app = create_app(Settings(Path("nowhere"), {}), timed(engine, meter.time_call))
        app.extensions["lectern.witness"].listeners.append(meter.count)
        app.wsgi_app = Doors(app.wsgi_app, 9391, meter.registry(engine))  # type: ignore[method-assign]
        client = app.test_client()
        for address in addresses:
            client.get(address, buffered=True).close()
        other = client.get("/nothing", base_url="http://localhost:9391")
        assert (other.status_code, other.text) == (404, "metrics are at /metrics\n")
        assert client.post("/metrics", base_url="http://localhost:9391").status_code == 404
        assert client.get("/metrics").status_code == 404
        return client.get("/metrics", base_url="http://localhost:9391").text

    def test_requests_by_endpoint_and_status(self) -> None:
        """Not by address: nothing that was typed is told, and whatever is not there is one series."""
        told = self.metrics(
            f"/?q={TYPED}", "/?q=ferry", f"/{TYPED}", "/also/not/there", "/api/v1/search?q=%22x&strict=1"
        )
        assert 'lectern_requests_total{endpoint="pages.home",method="GET",status="200"} 2.0' in told
        assert 'lectern_requests_total{endpoint="none",method="GET",status="404"} 3.0' in told  # with /metrics
        assert 'lectern_errors_total{code="not_found"} 3.0' in told
        assert 'lectern_errors_total{code="query_syntax"} 1.0' in told
        assert 'lectern_request_seconds_count{endpoint="pages.home"} 2.0' in told
        assert TYPED not in told

    def test_the_engines_time_and_the_index(self) -> None:
        """Calls of the engine by name, and the state of the index as it is when it is asked for."""
        told = self.metrics("/?q=ferry")
        assert 'lectern_engine_seconds_count{call="find"}' in told
        assert "lectern_up 1.0" in told
        assert "lectern_generation " in told
        assert 'lectern_briefings{language="en",publisher="xv-mfa"}' in told

    def test_a_missing_index_is_told(self, tmp_path: Path) -> None:
        """`lectern_up` is 0; that the index cannot be read keeps nobody from hearing so."""
        registry = Meter().registry(open_engine(tmp_path / "index"))
        assert registry.get_sample_value("lectern_up") == 0
