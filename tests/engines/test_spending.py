"""What a search costs the embedded engine is counted while it is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.embedded import costs
from search.engine import Engine, Request, Selection, Sort
from search.engines import open_engine
from search.errors import QueryTooCostly
from search.query import All, Query, any_of
from search.spending import A_RECORD, begin_counting
from search.syntax import parse_query
from tests.invented import answer, briefing, publish


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Ten answers, in all of which one word stands, and in one another."""
    opened = open_engine(tmp_path_factory.mktemp("index"))
    items = [answer(n, "Why?", "ferry " * 20 + ("kelp" if n == 1 else "")) for n in range(1, 11)]
    opened.add([publish(briefing("2024-05-01", *items))], sequence=1)
    yield opened
    opened.close()


def cost(engine: Engine, query: Query) -> int:
    """Places that a search looks through."""
    meter = begin_counting()
    engine.find(Request(query))
    return meter.places


def read(text: str) -> Query:
    """A query as typed."""
    return parse_query(text).query


def test_frequent_words_cost_more(engine: Engine) -> None:
    """A search costs as many places as its words have, those of several words together, and asked again the same."""
    rare, frequent = cost(engine, read("kelp")), cost(engine, read("ferry"))
    assert 0 < rare < frequent
    assert frequent >= 200
    assert cost(engine, any_of(read("kelp"), read("ferry"))) == rare + frequent
    assert cost(engine, read("ferry")) == frequent
    assert cost(engine, All()) == 0


def test_what_is_refused_costs_too(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that is refused for its cost is charged all the same."""
    monkeypatch.setattr(costs, "MAX_PLACES", 10)
    meter = begin_counting()
    with pytest.raises(QueryTooCostly):
        engine.find(Request(read("ferry")))
    assert meter.places >= 200


def test_records_that_are_read_out_cost(engine: Engine) -> None:
    """A whole result costs what its records do, told before the first is read."""
    meter = begin_counting()
    engine.scan(All(), Selection(), Sort.NEWEST)
    assert meter.places == 10 * A_RECORD
    meter = begin_counting()
    engine.everything(Sort.NEWEST)
    assert meter.places == 10 * A_RECORD


def test_nobody_need_count(engine: Engine, tmp_path: Path) -> None:
    """Without a meter a search is the same."""
    assert engine.find(Request(read("ferry"))).total == 10
