"""Pages far behind, and facets over several parts: exact, however little is asked for at a time."""

from collections.abc import Iterator

import pytest

from search.engine import Request, Selection, Sort
from search.opensearch import engine as engine_module
from search.opensearch import facets, stretches
from search.opensearch.address import read_address
from search.opensearch.engine import OpenSearchEngine
from search.query import Term
from search.spending import A_RECORD, begin_counting
from tests.invented import answer, briefing, publish
from tests.opensearch.collections import fresh_address, wipe
from tests.oracle import OracleEngine

pytestmark = pytest.mark.opensearch

OUTLETS = [f"Outlet {n}" for n in range(12)]
"""Askers, of whom each part of the index has some."""


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[OpenSearchEngine, OracleEngine]]:
    """Two hundred answers in five parts, and the oracle with the same."""
    address = fresh_address("?shards=5")
    engine, oracle = OpenSearchEngine(read_address(address)), OracleEngine()
    texts = [
        briefing(
            f"2024-{month:02}-{n + 1:02}",
            *(
                answer(k, "Kelp?", f"Kelp {'kelp ' * (k % 3)}.", asker=OUTLETS[(month * n * k) ** 2 % len(OUTLETS)])
                for k in range(1, 11)
            ),
        )
        for month in (1, 2)
        for n in range(10)
    ]
    for either in (engine, oracle):
        either.add([publish(text) for text in texts], sequence=1)
    yield engine, oracle
    engine.close()
    wipe(address)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_hit_stands_on_one_page(
    pair: tuple[OpenSearchEngine, OracleEngine], sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages beyond what the cluster counts off hold every hit once, in order, with scores and lights."""
    monkeypatch.setattr(engine_module, "MAX_HITS", 30)
    monkeypatch.setattr(stretches, "STEPS", 40)
    engine, oracle = pair
    found, expected = [], []
    for offset in range(0, 210, 35):
        request = Request(Term("kelp"), Selection(), sort, offset, 35, facets=(), lit=("answer",))
        found += [(h.document.id, pytest.approx(h.score, abs=1e-5), h.lights) for h in engine.find(request).hits]
        expected += [(h.document.id, h.score, h.lights) for h in oracle.find(request).hits]
    assert expected == found
    assert len({id for id, *_ in expected}) == 200


def test_scan_reads_every_hit_in_stretches(
    pair: tuple[OpenSearchEngine, OracleEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan goes on from stretch to stretch until there is none; what is not read to the end is let go."""
    monkeypatch.setattr(stretches, "STRETCH", 7)
    engine, oracle = pair
    for sort in Sort:
        asked = Term("kelp"), Selection(), sort
        assert list(engine.scan(*asked)) == list(oracle.scan(*asked))
    begun = engine.scan(Term("kelp"), Selection(), Sort.NEWEST)
    next(begun)
    del begun


def test_counts_are_exact_though_parts_tell_little(
    pair: tuple[OpenSearchEngine, OracleEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a part tells one value at first, it is asked for more until nothing can have been missed."""
    monkeypatch.setattr(facets, "FIRST_ASKED", 1)
    monkeypatch.setattr(facets, "_MORE", 3)
    engine, oracle = pair
    for limit in (1, 2, 5):
        for selection in (Selection(), Selection({"outlet": ("Outlet 4", "nobody")}, {"month": ("2024-02",)})):
            request = Request(Term("kelp"), selection, limit=0, facet_limit=limit)
            assert engine.find(request).facets == oracle.find(request).facets


def test_what_is_asked_for_is_counted(pair: tuple[OpenSearchEngine, OracleEngine]) -> None:
    """A search spends as much as it finds, reading every record far more: nobody empties a collection for a search."""
    engine, _ = pair
    meter = begin_counting()
    engine.find(Request(Term("kelp")))
    assert meter.places == 200
    list(engine.scan(Term("kelp"), Selection(), Sort.NEWEST))
    assert meter.places == 200 + 200 * A_RECORD
    list(engine.everything(Sort.NEWEST))
    assert meter.places == 200 + 400 * A_RECORD
