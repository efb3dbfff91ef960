"""The engine over a cluster against the oracle: random collections and queries, on one part and on several.

Documents, totals, counts, histograms, lights and what is fetched are the oracle's. So are scores, but where a query
holds a Near or a pattern: how often these stand in a text, the cluster counts in its own way. Hits of equal rank may
then change places; nothing else may.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import Engine, Request, Results, Sort
from search.engines import open_engine
from search.labels import Labels
from search.model import id_key
from search.query import Fuzzy, Near, Prefix, Query, Wildcard, iter_nodes
from tests.engines.test_against_oracle import Step, assert_as_many, assert_kept, steps, unique
from tests.opensearch.collections import fresh_address, wipe
from tests.oracle import OracleEngine
from tests.strategies import requests

pytestmark = pytest.mark.opensearch

COUNTED_OTHERWISE = (Near, Prefix, Wildcard, Fuzzy)


def is_scored_alike(query: Query) -> bool:
    """Whether no leaf of the query is one whose frequency the cluster counts in its own way."""
    return not any(isinstance(node, COUNTED_OTHERWISE) for node in iter_nodes(query))


def assert_same(engine: Engine, oracle: OracleEngine, request: Request) -> None:
    """Same totals, hits, order, lights, counts and histogram; same scores where they are counted alike."""
    found, expected = engine.find(request), oracle.find(request)
    assert found.total == expected.total
    assert found.facets == expected.facets
    assert found.histogram == expected.histogram
    assert found.rarities == pytest.approx(expected.rarities)
    if request.sort is Sort.RELEVANCE and not is_scored_alike(request.query):
        assert_same_set(engine, oracle, request)
        return
    if request.sort is Sort.RELEVANCE:
        scores = [hit.score for hit in expected.hits]
        assert [hit.score for hit in found.hits] == pytest.approx(scores, abs=2e-5)
        if len({round(score, 4) for score in scores}) < len(set(scores)):
            return  # nearly equal, and rounded: which comes first is chance
    assert [hit.document for hit in found.hits] == [hit.document for hit in expected.hits]
    assert [hit.lights for hit in found.hits] == [hit.lights for hit in expected.hits]
    assert [hit[3:] for hit in found.hits] == [hit[3:] for hit in expected.hits]


def assert_same_set(engine: Engine, oracle: OracleEngine, request: Request) -> None:
    """All hits are the oracle's, in whichever order; scores fall, and ties go by id."""
    whole = Request(request.query, request.selection, limit=200, facets=(), lit=request.lit)
    found, expected = engine.find(whole), oracle.find(whole)
    assert by_id(found) == by_id(expected)
    ranked = [(-hit.score, id_key(hit.document.id)) for hit in found.hits]
    assert ranked == sorted(ranked)


def by_id(found: Results) -> dict[str, object]:
    """What is known of each hit but its score."""
    return {hit.document.id: (hit.document, hit.lights, *hit[3:]) for hit in found.hits}


@settings(max_examples=max(12, settings().max_examples // 4))
@given(
    history=st.lists(steps, min_size=1, max_size=4),
    asked=st.lists(requests, min_size=4, max_size=8),
    shards=st.sampled_from((1, 1, 2, 3)),
    rebuilt=st.booleans(),
)
def test_an_engine_answers_as_the_oracle_does(
    history: list[Step], asked: list[Request], shards: int, *, rebuilt: bool
) -> None:
    """After any commits and a rebuild, however many parts an index has, the answers are those of brute force."""
    address, oracle = fresh_address(f"?shards={shards}"), OracleEngine()
    reader, writer = open_engine(address), open_engine(address)
    known: list[str] = []
    try:
        for sequence, step in enumerate(history, 1):
            for either in (writer, oracle):
                either.add(step.batch, sequence=sequence, tombstones=step.stones(known))
            known = sorted({*known, *(p.briefing.id for p in step.batch)}, key=id_key)
            assert_same(reader, oracle, asked[sequence % len(asked)])
        if rebuilt:
            left = unique([p for step in history for p in step.batch])
            for either in (writer, oracle):
                either.rebuild(left, sequence=9, tombstones=[], labels=Labels())
        for request in asked:
            assert_same(reader, oracle, request)
            assert_scanned(reader, oracle, request)
            assert_as_many(reader, oracle, request)
        assert_kept(reader, oracle, known)
        assert reader.status().sequence == oracle.status().sequence
    finally:
        reader.close()
        writer.close()
        wipe(address)


def assert_scanned(engine: Engine, oracle: OracleEngine, request: Request) -> None:
    """A scan gives the hits in the order of the pages; everything is everything."""
    scanned = [entry.document.id for entry in engine.scan(request.query, request.selection, request.sort)]
    paged = engine.find(Request(request.query, request.selection, request.sort, limit=200, facets=()))
    assert scanned == [hit.document.id for hit in paged.hits]
    assert list(engine.everything(request.sort)) == list(oracle.everything(request.sort))
