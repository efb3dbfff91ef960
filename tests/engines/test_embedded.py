"""What only the embedded engine has to show: reading while another writes, and files that go from under a reader."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from whoosh.index import FileIndex

from search.embedded import segment, storage
from search.engine import Engine, Publication, Request
from search.engines import open_engine
from search.errors import IndexIncompatible
from search.labels import Labels
from search.query import Phrase, Term
from tests.invented import answer, briefing, publish


def daily(n: int) -> Publication:
    """The briefing of the n-th day of a month: three answers that mention kelp."""
    return publish(briefing(f"2024-01-{n:02d}", *(answer(k, "Any kelp?", f"Kelp number {n}.") for k in (1, 2, 3))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that holds one briefing."""
    writer = open_engine(tmp_path / "index")
    writer.add([daily(1)], sequence=1)
    writer.publish_labels(Labels())
    writer.close()
    return tmp_path / "index"


def iter_totals(reader: Engine, stop: Event) -> Iterator[int]:
    """Totals that a reader sees until it is stopped; each time, it fetches what it found."""
    while not stop.is_set():
        found = reader.find(Request(query=Term("kelp")))
        assert sum(day.count for day in found.days) == found.total
        assert all(reader.get(hit.document.id) == hit.document for hit in found.hits)
        yield found.total


def test_readers_see_whole_commits_while_another_writes(folder: Path) -> None:
    """Through merges and rebuilds, totals grow by whole briefings, nothing raises, and no file stays open."""
    reader, writer, stop = open_engine(folder), open_engine(folder), Event()
    briefings = [daily(n) for n in range(1, 25)]
    with ThreadPoolExecutor(3) as pool:
        watchers = [pool.submit(lambda: list(iter_totals(reader, stop))) for _ in range(3)]
        try:
            for sequence, one in enumerate(briefings[1:], 2):
                writer.add([one], sequence=sequence)
                if sequence % 8 == 0:
                    writer.rebuild(briefings[:sequence], sequence=sequence, tombstones=[], labels=Labels())
        finally:
            stop.set()
        seen = [watcher.result(timeout=60) for watcher in watchers]
    assert all(totals == sorted(totals) and all(total % 3 == 0 for total in totals) for totals in seen)
    assert reader.find(Request()).total == 3 * len(briefings)
    reader.close()
    writer.close()
    handles = Path("/proc/self/fd")  # Only Linux has it.
    if handles.is_dir():
        assert [handle for handle in handles.iterdir() if str(folder) in os.path.realpath(handle)] == []


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_commit_that_vanishes_while_it_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A reader that finds files gone looks again for the newest commit, but not for ever."""
    vanished: list[Path] = []

    def open_index(home: Path) -> FileIndex:
        if len(vanished) < times:
            vanished.append(home)
            raise FileNotFoundError(home)
        return opened(home)

    opened = storage.open_index
    monkeypatch.setattr(storage, "open_index", open_index)
    reader = open_engine(folder)
    if times < 3:
        assert reader.find(Request()).total == 3
    else:
        with pytest.raises(IndexIncompatible):
            reader.find(Request())
    reader.close()


def test_a_phrase_of_a_thousand_words(folder: Path) -> None:
    """A phrase that says the same words again and again reads each of them once, and finds nothing."""
    reader = open_engine(folder)
    found = reader.find(Request(query=Phrase(("kelp", "number", "1") * 300)))
    assert (found.total, reader.find(Request(query=Phrase(("kelp", "number", "1")))).total) == (0, 3)
    reader.close()


@pytest.mark.parametrize("fetch", ["documents", "status"])
def test_what_is_fetched_together_is_of_one_commit(folder: Path, monkeypatch: pytest.MonkeyPatch, fetch: str) -> None:
    """A briefing's documents, and the status, are not put together from two commits when one comes in between."""
    reader, writer, newest = open_engine(folder), open_engine(folder), storage.newest_commit
    before = {"documents": daily(1).documents, "status": reader.status()}[fetch]

    def look_and_commit(home: Path) -> int:
        seen = newest(home)
        writer.add([publish(briefing("2024-01-01", answer(1, "Any kelp?", "No.")))], sequence=2)
        return seen

    monkeypatch.setattr(storage, "newest_commit", look_and_commit)
    found = reader.documents("xv-mfa/en/2024-01-01") if fetch == "documents" else reader.status()
    assert found == before
    reader.close()
    writer.close()


def test_without_a_commit_nothing_is_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is opened once for each commit that is seen, not for each request."""
    opened: list[Path] = []
    once = storage.open_index
    monkeypatch.setattr(storage, "open_index", lambda home: (opened.append(home), once(home))[1])
    reader = open_engine(folder)
    assert [reader.find(Request()).total for _ in range(3)] == [3, 3, 3]
    assert len(opened) == 1
    reader.close()


def test_the_cache_of_postings_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound, the postings that were used longest ago are let go."""
    monkeypatch.setattr(segment, "CACHE_BYTES", 50)
    with storage.open_index(storage.generation_folder(folder, 1)).reader() as reader:
        (leaf,) = (leaf for leaf, _ in reader.leaf_readers())
        arrays = segment.SegmentArrays(leaf)
        for _ in range(3):
            for term in ("any", "kelp", "number", "1"):
                assert len(arrays.places("answer", term)) == (0 if term == "any" else 3)
                assert sum(places.nbytes for places in arrays._places.values()) <= 50
