"""What only the embedded engine has to show: reading while another writes, and files that go from under a reader."""

import gc
import os
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from whoosh.index import TOC

from search.bounded import OVERHEAD
from search.embedded import engine, storage
from search.embedded import writer as writing
from search.embedded.cache import Cache
from search.engine import Engine, Publication, Request, Sort
from search.engines import open_engine
from search.errors import IndexIncompatible
from search.labels import Labels, Name
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
        assert sum(bar.count for bar in found.histogram) == found.total
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

    def read_toc(home: Path) -> TOC:
        if len(vanished) < times:
            vanished.append(home)
            raise FileNotFoundError(home)
        return once(home)

    once = storage.read_toc
    monkeypatch.setattr(storage, "read_toc", read_toc)
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
        monkeypatch.setattr(storage, "newest_commit", newest)
        writer.add([publish(briefing("2024-01-01", answer(1, "Any kelp?", "No.")))], sequence=2)
        return seen

    monkeypatch.setattr(storage, "newest_commit", look_and_commit)
    found = reader.documents("xv-mfa/en/2024-01-01") if fetch == "documents" else reader.status()
    assert found == before
    reader.close()
    writer.close()


def test_without_a_commit_nothing_is_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is opened once for each commit that is seen, not for each request; and so is each segment."""
    opened: list[Path] = []
    read_toc, open_segment = storage.read_toc, engine.Segment
    monkeypatch.setattr(storage, "read_toc", lambda home: (opened.append(home), read_toc(home))[1])
    monkeypatch.setattr(engine, "Segment", lambda file: (opened.append(file), open_segment(file))[1])
    reader, writer = open_engine(folder), open_engine(folder)
    assert [reader.find(Request()).total for _ in range(3)] == [3, 3, 3]
    assert len(opened) == 2
    monkeypatch.setattr(writing, "choose_merge", lambda *_: [])
    writer.add([daily(2)], sequence=2)
    assert [reader.find(Request()).total for _ in range(3)] == [6, 6, 6]
    assert len(opened) == 4
    reader.close()


def test_a_folder_that_has_lain_still_is_not_listed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a newer commit is told by stamps; and what comes within a tick of the clock is not missed."""
    listed: list[Path] = []
    newest = storage.newest_commit
    monkeypatch.setattr(storage, "newest_commit", lambda home: (listed.append(home), newest(home))[1])
    reader, writer = open_engine(folder), open_engine(folder)
    for n in range(2, 12):  # commits that follow each other as fast as they can
        writer.add([daily(n)], sequence=n)
        assert reader.find(Request(limit=0)).total == 3 * n
    time.sleep(0.1)
    reader.find(Request(limit=0))
    listed.clear()
    assert [reader.find(Request(limit=0)).total for _ in range(5)] == [33] * 5
    assert listed == []
    reader.close()


@pytest.mark.parametrize("wrong", [OSError("too many open files"), storage.other_version(Path("000001"))])
def test_a_commit_that_could_not_be_opened_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wrong: Exception
) -> None:
    """A reader that fails to open a commit does not take the commit before for the newest ever after."""
    reader, writer = open_engine(folder), open_engine(folder)
    assert reader.find(Request()).total == 3
    writer.add([daily(2)], sequence=2)
    time.sleep(0.1)  # so that the stamps of the folder count

    def read_toc(home: Path) -> TOC:
        raise wrong

    with monkeypatch.context() as patch:
        patch.setattr(storage, "read_toc", read_toc)
        for _ in range(2):
            with pytest.raises(type(wrong)):
                reader.find(Request())
    assert reader.find(Request()).total == 6
    reader.close()


def test_labels_published_within_one_tick_of_the_clock(folder: Path) -> None:
    """The newer labels are seen, even if their file is stamped like the one before."""
    reader, writer = open_engine(folder), open_engine(folder)
    file, seen = storage.generation_folder(folder, 1) / "labels.json", []
    for label in ("Norway", "Kingdom of Norway"):
        writer.publish_labels(Labels(names={"entity": {"place-no": Name(label)}}))
        os.utime(file, ns=(10**18, 10**18))
        seen.append(reader.labels().label("entity", "place-no"))
    assert seen == ["Norway", "Kingdom of Norway"]
    reader.close()


def test_no_old_commit_is_held(folder: Path) -> None:
    """Once a newer commit is seen, nothing keeps the files of the one before, which may be long gone, on the disk."""
    reader, writer = open_engine(folder), open_engine(folder)
    assert reader.coverage()[0].briefings == 1
    assert reader.find(Request(query=Term("kelp"), lit=("answer",))).total == 3
    seen = weakref.ref(reader._snapshot)
    writer.add([daily(2)], sequence=2)
    assert reader.find(Request()).total == 6
    gc.collect()
    assert seen() is None
    reader.close()


def test_the_cache_is_bounded() -> None:
    """Beyond the bound, in bytes, what was used longest ago is let go; what is held is not made again."""
    each = OVERHEAD + 16
    cache, made = Cache(2 * each), list[int]()

    def fetch(n: int) -> None:
        if cache.get(n) is None:
            made.append(n)
            cache.put(n, (np.full(4, n, dtype=np.uint32),))
        (held,) = cache.get(n) or ()
        assert held.tolist() == [n] * 4
        assert cache.size <= 2 * each

    for n in (1, 2, 1, 3, 1, 2):
        fetch(n)
    assert made == [1, 2, 3, 2]  # 3 put 2 out, which was used longer ago than 1
    cache.put(2, (np.zeros(4, dtype=np.uint8),))
    assert cache.size == 2 * each - 12  # what comes in the place of something takes its room
    cache.put("long", (np.zeros(2 * each, dtype=np.uint8),))
    assert (cache.get("long"), cache.size) == (None, 0)


def test_what_a_reader_holds_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of frequent words are kept, as long as they fit; the answers are the same."""
    monkeypatch.setattr("search.embedded.leaves.FREQUENT", 1)
    monkeypatch.setattr(engine, "Cache", lambda: Cache(3 * OVERHEAD))
    reader = open_engine(folder)
    for _ in range(3):
        for word in ("any", "kelp", "number", "1"):
            assert reader.find(Request(query=Term(word))).total == 3
            assert 0 < reader._cache.size <= 3 * OVERHEAD
    reader.close()


class Forgetful(dict[object, float]):
    """Another thread takes out at once what one has put in."""

    def __setitem__(self, key: object, value: float) -> None:
        pass


def test_what_another_thread_forgets_is_not_missed(folder: Path) -> None:
    """How rare a word is, is worked out for a request, whatever is remembered of it for others."""
    reader = open_engine(folder)
    expected = reader.find(Request(query=Term("kelp"))).rarities
    reader._snapshot.rarities = Forgetful()
    assert reader.find(Request(query=Term("kelp"))).rarities == expected
    reader.close()


def test_an_old_generation_stays_while_somebody_reads_it(folder: Path) -> None:
    """A reader that has not looked since keeps its generation; once it has, the next writer removes it."""
    reader, writer = open_engine(folder), open_engine(folder)
    scan = reader.everything(Sort.OLDEST)
    first = reader.status().generation
    held = next(scan)
    for sequence in (11, 12, 13):
        writer.rebuild([daily(1)], sequence=sequence, tombstones=[], labels=Labels())
    assert storage.list_generations(folder) == [first, first + 2, first + 3]
    assert held.document.id
    assert reader.status().generation == first + 3
    scan.close()
    writer.add([daily(1)], sequence=14)
    assert storage.list_generations(folder) == [first + 2, first + 3]
    reader.close()
    writer.close()
