"""The engine against the oracle: random collections and queries, while it stays open, however its segments lie.

What is worked out in one way for few documents and in another for many is tried both ways: the bounds between them are
drawn too.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.embedded.cache import Cache
from search.engine import Engine, Publication, Request, Results, Selection, Tombstone
from search.engines import open_engine
from search.labels import Labels
from search.model import id_key
from search.query import All
from search.schema import TEXTS
from tests.oracle import OracleEngine
from tests.strategies import publications, requests

BOUNDS: dict[str, tuple[object, ...]] = {
    "builder.MAX_SURFACES": (1, 400_000),
    "builder.MAX_TOKENS": (1, 30, 4_000_000),
    "engine.Cache": (Cache, lambda: Cache(100)),
    "evaluator.MAX_RARITIES": (1, 10_000),
    "leaves.FEW": (0, 4_000),
    "leaves.FREQUENT": (1, 2_000),
    "leaves.LONG": (1, 2**18),
    "leaves.MAX_WORDS": (1, 10_000),
    "leaves.SPARSE": (0, 1, 8, 1_000_000),
    "leaves.STRETCH": (3, 16, 2**18),
    "merge.CHUNK": (1, 7, 2_000_000),
    "ordering.GROUP": (1, 32),
    "ordering.MANY": (0, 4_096),
    "ordering.SOME": (1, 8),
    "postings.DENSE": (0, 2, 8, 1_000_000),
    "postings.SPARSE": (0, 512),
    "segment.MAX_TERMS": (1, 10_000),
    "snapshot.BLOCK": (1, 3, 2**14),
    "snapshot.FEW": (0, 1_000),
    "vocabulary.MAX_KNOWN": (1, 1_000),
}
"""Bounds in `search.embedded`, with values on either side of what the collections of this test hold."""

bounds = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in BOUNDS.items()})


@dataclass(frozen=True)
class Step:
    """One commit: what is added, which of the ids known so far are removed, and which segments are then merged."""

    batch: Sequence[Publication]
    removed: frozenset[int]
    merged: frozenset[int] | None

    def stones(self, known: Sequence[str]) -> list[Tombstone]:
        """The tombstones of what is removed."""
        brought = {p.briefing.id for p in self.batch}
        gone = [known[i] for i in self.removed if i < len(known) and known[i] not in brought]
        return [Tombstone(id, "2026-01-02T00:00:00+00:00", "withdrawn") for id in gone]

    def choose(self, sizes: Sequence[int], deleted: Sequence[int]) -> list[int]:  # noqa: ARG002 (the policy's signature)
        """In the policy's place: the segments with the drawn numbers; all of them where none is drawn."""
        return [i for i in range(len(sizes)) if self.merged is None or i in self.merged]


def unique(batch: Sequence[Publication]) -> list[Publication]:
    """The last of each id: one call brings a briefing once."""
    return list({p.briefing.id: p for p in batch}.values())


steps = st.builds(
    Step,
    batch=st.lists(publications(), max_size=3).map(unique),
    removed=st.frozensets(st.integers(0, 5), max_size=2),
    merged=st.sampled_from([None, frozenset[int]()]) | st.frozensets(st.integers(0, 9), max_size=4),
)


@contextmanager
def tuned(values: Mapping[str, object]) -> Iterator[pytest.MonkeyPatch]:
    """The bounds as given, until the end of the context."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setattr(f"search.embedded.{name}", value)
        yield patch


def assert_same(found: Results, expected: Results) -> None:
    """Same totals, hits in order, scores, lights, counts and histogram."""
    assert found.total == expected.total
    assert [h.document for h in found.hits] == [h.document for h in expected.hits]
    assert [h.score for h in found.hits] == pytest.approx([h.score for h in expected.hits], abs=1e-5)
    assert [h.lights for h in found.hits] == [h.lights for h in expected.hits]
    assert found.facets == expected.facets
    assert found.histogram == expected.histogram
    assert found.rarities == pytest.approx(expected.rarities)


def assert_as_many(engine: Engine, oracle: OracleEngine, request: Request) -> None:
    """Same numbers of hits day by day."""
    spans = [(bar.since, bar.since) for bar in oracle.find(request).histogram] + [(date.min, date.max)]
    asked = [(request.query, request.selection), (All(), Selection()), (request.query, Selection())]
    assert engine.count_within(asked, spans) == oracle.count_within(asked, spans)


def assert_kept(engine: Engine, oracle: OracleEngine, ids: Sequence[str]) -> None:
    """Same briefings, documents, tombstones, terms and counts."""
    for id in ids:
        assert engine.tombstone(id) == oracle.tombstone(id)
        if oracle.tombstone(id) is None:
            assert engine.briefing(id) == oracle.briefing(id)
            assert engine.documents(id) == oracle.documents(id)
            assert engine.revisions(id) == oracle.revisions(id)
    assert engine.coverage() == oracle.coverage()
    assert engine.briefings() == oracle.briefings()
    assert engine.status().documents == oracle.status().documents
    assert engine.status().briefings == oracle.status().briefings
    for field in (*(f.name for f in TEXTS), "outlet", "entity", "briefing"):
        assert list(engine.terms(field)) == list(oracle.terms(field))
        assert list(engine.terms(field, "t")) == list(oracle.terms(field, "t"))


@settings(max_examples=settings().max_examples // 2)
@given(
    history=st.lists(steps, min_size=1, max_size=5),
    asked=st.lists(requests, min_size=3, max_size=6),
    values=bounds,
    rebuilt=st.booleans(),
)
def test_an_engine_answers_as_the_oracle_does(
    history: list[Step], asked: list[Request], values: dict[str, object], *, rebuilt: bool
) -> None:
    """After any commits, merges and a rebuild, an engine that stays open answers as brute force does."""
    known: list[str] = []
    with TemporaryDirectory() as folder, tuned(values) as patch:
        reader, writer, oracle = (
            open_engine(Path(folder) / "index"),
            open_engine(Path(folder) / "index"),
            OracleEngine(),
        )
        for sequence, step in enumerate(history, 1):
            patch.setattr("search.embedded.writer.choose_merge", step.choose)
            for either in (writer, oracle):
                either.add(step.batch, sequence=sequence, tombstones=step.stones(known))
            known = sorted({*known, *(p.briefing.id for p in step.batch)}, key=id_key)
            request = asked[sequence % len(asked)]
            assert_same(reader.find(request), oracle.find(request))
        if rebuilt:
            left = [p for step in history for p in step.batch]
            for engine in (writer, oracle):
                engine.rebuild(unique(left), sequence=9, tombstones=[], labels=Labels())
        for request in asked:
            assert_same(reader.find(request), oracle.find(request))
            scanned = (e.scan(request.query, request.selection, request.sort) for e in (reader, oracle))
            assert len({tuple(entry.document.id for entry in scan) for scan in scanned}) == 1
            assert list(reader.everything(request.sort)) == list(oracle.everything(request.sort))
            assert_as_many(reader, oracle, request)
        assert_kept(reader, oracle, known)
        assert reader.status().sequence == oracle.status().sequence
        reader.close()
        writer.close()


def scores(engine: Engine, request: Request) -> dict[str, float]:
    """The score of every hit, in order."""
    found = engine.find(Request(query=request.query, selection=request.selection, limit=1_000))
    return {hit.document.id: hit.score for hit in found.hits}


@settings(max_examples=settings().max_examples // 5)
@given(
    history=st.lists(steps.filter(lambda s: bool(s.batch)), min_size=2, max_size=6),
    asked=st.lists(requests, min_size=3, max_size=6),
    values=bounds,
)
def test_a_score_does_not_change_when_segments_merge(
    history: list[Step], asked: list[Request], values: dict[str, object]
) -> None:
    """To the last digit: deleted documents that still lie in a segment count for nothing."""
    with TemporaryDirectory() as folder, tuned(values) as patch:
        engine = open_engine(Path(folder) / "index")
        patch.setattr("search.embedded.writer.choose_merge", lambda *_: [])
        for sequence, step in enumerate(history, 1):
            engine.add(step.batch, sequence=sequence)
        before = [scores(engine, request) for request in asked]
        many = engine.status().segments
        patch.setattr("search.embedded.writer.choose_merge", lambda sizes, _: list(range(len(sizes))))
        engine.add([], sequence=99)
        assert many > engine.status().segments == 1
        after = [scores(engine, request) for request in asked]
        assert [list(one.items()) for one in after] == [list(one.items()) for one in before]
        engine.close()
