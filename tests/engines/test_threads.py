"""Many threads on one engine, while another commits, merges and rebuilds."""

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search.embedded.cache import Cache
from search.engine import Engine, Request, Selection, Sort
from search.engines import open_engine
from search.labels import Labels
from search.query import Fuzzy, Near, Phrase, Prefix, Query, Term, all_of, any_of, none_of
from tests.engines.days import ANSWERS, day, days

EVERY: tuple[Query, ...] = (
    Term("kelp"),
    Term("kelps"),
    Phrase(("kelp", "number")),
    Near(("number", "kelp"), 2),
    Prefix("ke"),
    Fuzzy("kelb"),
    all_of(Term("kelp"), none_of(Term("absent"))),
    any_of(Term("absent"), Term("any")),
)
"""Queries that find every answer of `tests.engines.days`."""


@pytest.fixture
def _often() -> Iterator[None]:
    """Threads take turns as often as may be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def totals(reader: Engine, seed: int, stop: Event) -> list[int]:
    """What a thread finds until it is told to stop: each answer whole, each total no less than the one before."""
    rng, found = random.Random(seed), list[int]()
    while not stop.is_set():
        selection = Selection(include={"speaker": ("Ilsa Verlaine",)}) if rng.random() < 0.5 else Selection()
        request = Request(rng.choice(EVERY), selection, rng.choice(list(Sort)), rng.randint(0, 5), lit=("answer",))
        results = reader.find(request)
        assert sum(bar.count for bar in results.histogram) == results.total
        assert [c.count for c in results.facets["speaker"]] == [results.total]
        assert all(hit.document.item.answer.startswith("Kelp number") for hit in results.hits)
        status = reader.status()
        assert status.documents == ANSWERS * status.briefings == ANSWERS * status.sequence >= results.total
        assert sum(row.answers for row in reader.coverage()) >= status.documents
        assert dict(reader.terms("answer", "kel"))["kelp"] >= status.documents
        assert reader.documents(results.hits[0].document.briefing) if results.hits else True
        found.append(results.total)
    return found


@pytest.mark.usefixtures("_often")
def test_eight_threads_see_whole_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing raises, no total goes back, none is of half a commit; with caches so small that all is made anew."""
    monkeypatch.setattr("search.embedded.evaluator.MAX_RARITIES", 1)
    monkeypatch.setattr("search.embedded.leaves.MAX_WORDS", 1)
    monkeypatch.setattr("search.embedded.leaves.FREQUENT", 1)
    monkeypatch.setattr("search.embedded.engine.Cache", lambda: Cache(500))
    reader, writer, stop = open_engine(tmp_path / "index"), open_engine(tmp_path / "index"), Event()
    writer.add(days(3), sequence=3)
    with ThreadPoolExecutor(8) as pool:
        threads = [pool.submit(totals, reader, seed, stop) for seed in range(8)]
        try:
            for n in range(4, 30):
                writer.add([day(n)], sequence=n)
                if n % 10 == 0:
                    writer.rebuild(days(n), sequence=n, tombstones=[], labels=Labels(), workers=1)
        finally:
            stop.set()
        seen = [thread.result(timeout=60) for thread in threads]
    assert all(found == sorted(found) and all(total % ANSWERS == 0 for total in found) for found in seen)
    assert reader.find(Request(query=Term("kelp"))).total == ANSWERS * 29
    reader.close()
    writer.close()
