"""The API is asked whatever its description allows, and what it does not: no failure of ours, no answer unheard of.

schemathesis makes the requests from the document that is served, and holds the answers against it.
"""

import logging
from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search.engines import open_engine
from search.settings import Settings
from tests.webui.collection import (
    CHINESE,
    FERRY,
    HOSTILE_BRIEFING,
    LABELS,
    MANY,
    TOMBSTONES,
    TWO_VOICES,
    publish,
)
from webui.app import create_app

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = 6
FOR_LONG = 1_500
NOTHING_BAD = {"/api/v1/coverage", "/api/v1/entities/{id}", "/api/v1/briefings/{publisher}/{language}/{day}"}
"""Addresses of which nothing can be asked that is not allowed: any text may be an id."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application over the engine that everybody runs, with limits that are never reached."""
    home = tmp_path_factory.mktemp("home")
    engine = open_engine(home / "index")
    engine.add(map(publish, (FERRY, HOSTILE_BRIEFING, TWO_VOICES, CHINESE, *MANY)), sequence=1, tombstones=TOMBSTONES)
    engine.publish_labels(LABELS)
    values = {"LECTERN_RATE_LIMIT": "9999999/day", "LECTERN_PARTNER_ORIGINS": "https://news.example"}
    yield create_app(Settings(home, values), engine)
    engine.close()


def ask(app: Flask, mode: GenerationMode, examples: int) -> set[int]:
    """Ask every address so many times. Returns the statuses that were seen."""
    statuses: set[int] = set()
    logging.getLogger("schemathesis").setLevel(logging.ERROR)
    for found in schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app).get_all_operations():
        operation = found.ok()

        @seed(2024)
        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Case) -> None:
            response = case.call(headers={"Accept-Encoding": "identity"})
            case.validate_response(response, checks=CHECKS)
            statuses.add(response.status_code)

        try:
            check()
        except Unsatisfiable:
            assert (operation.path, mode) in {(path, GenerationMode.NEGATIVE) for path in NOTHING_BAD}, operation.path
    return statuses


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_answers_are_as_described(asked: Flask, mode: GenerationMode) -> None:
    """A few requests of every kind in every run, good ones and bad ones."""
    assert ask(asked, mode, FEW) & {200, 400}


@pytest.mark.fuzz
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_many_answers_are_as_described(asked: Flask, mode: GenerationMode) -> None:
    """The same, for long."""
    assert {200, 400, 404} <= ask(asked, mode, FOR_LONG)
