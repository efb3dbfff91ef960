"""Every engine against the oracle: random collections, random queries, additions and removals under an open engine."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Publication, Request, Results, Tombstone
from search.engines import open_engine
from search.model import id_key
from tests.oracle import OracleEngine
from tests.strategies import publications, requests


def unique(batch: Sequence[Publication]) -> list[Publication]:
    """The last of each id: one call brings a briefing once."""
    return list({p.briefing.id: p for p in batch}.values())


def assert_same(found: Results, expected: Results) -> None:
    """Same totals, hits in order, scores, counts and days."""
    assert found.total == expected.total
    assert [h.document for h in found.hits] == [h.document for h in expected.hits]
    assert [h.score for h in found.hits] == pytest.approx([h.score for h in expected.hits], abs=1e-5)
    assert found.facets == expected.facets
    assert found.days == expected.days
    assert found.rarities == pytest.approx(expected.rarities)


@given(
    batches=st.lists(st.lists(publications(), min_size=1, max_size=3).map(unique), min_size=1, max_size=5),
    removed=st.integers(0, 3),
    asked=st.lists(requests, min_size=3, max_size=6),
)
def test_an_engine_answers_as_the_oracle_does(
    batches: list[list[Publication]], removed: int, asked: list[Request]
) -> None:
    """After any additions, replacements and removals, an engine that stays open answers as brute force does."""
    with TemporaryDirectory() as folder:
        engine, oracle = open_engine(Path(folder) / "index"), OracleEngine()
        for sequence, batch in enumerate(batches, 1):
            for either in (engine, oracle):
                either.add(batch, sequence=sequence)
            assert_same(engine.find(asked[0]), oracle.find(asked[0]))
        ids = sorted({p.briefing.id for batch in batches for p in batch}, key=id_key)[:removed]
        stones = [Tombstone(id, "2026-01-02T00:00:00+00:00", "withdrawn") for id in ids]
        for either in (engine, oracle):
            either.add([], sequence=9, tombstones=stones)
        for request in asked:
            assert_same(engine.find(request), oracle.find(request))
        assert engine.coverage() == oracle.coverage()
        assert engine.status().documents == oracle.status().documents
        for field in ("question", "answer", "outlet"):
            assert list(engine.terms(field, "t")) == list(oracle.terms(field, "t"))
        engine.close()
