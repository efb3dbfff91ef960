"""Processes killed in the middle of their work, and a full disk: what was there stays, and the next one can go on."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.embedded import building, storage
from search.embedded.storage import generation_folder, read_toc
from search.engine import Engine
from search.engines import open_engine
from search.errors import IndexingStopped, IndexMissing
from search.labels import Labels, Name
from tests.conftest import ROOT
from tests.engines.days import check, day, days
from tests.processes import children

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc to find child processes"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that holds the first five days."""
    engine = open_engine(tmp_path / "index")
    engine.add(days(5), sequence=5)
    engine.publish_labels(Labels())
    engine.close()
    return tmp_path / "index"


@pytest.fixture
def reader(folder: Path) -> Iterator[Engine]:
    """A reader that was open before anything went wrong, and stays so."""
    engine = open_engine(folder)
    assert check(engine) == 5
    yield engine
    engine.close()


@contextmanager
def process(what: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of `tests.engines.days`, killed at the end if it is still there."""
    command = [sys.executable, "-m", "tests.engines.days", what, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def alive(pids: dict[int, str]) -> list[int]:
    """Which of these processes still run."""
    left = []
    for pid, since in pids.items():
        try:
            after = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if after[19] == since and after[0] != "Z":
            left.append(pid)
    return left


def wait_until_gone(pids: dict[int, str]) -> None:
    """Within a second."""
    until = time.monotonic() + 1
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.02)
    assert alive(pids) == []


def assert_tidy(folder: Path) -> None:
    """Nothing lies in the live generation's folder but what its newest commit names."""
    home = generation_folder(folder, storage.read_current(folder))
    listed = {segment.file(home).name for segment in read_toc(home).segments}
    others = {file.name for file in home.iterdir()} - listed - {"labels.json", "MAIN_WRITELOCK", "BEFORE"}
    assert others == {f"_MAIN_{storage.newest_commit(home)}.toc"}


def test_a_writer_killed_at_any_instant_leaves_whole_commits(folder: Path, reader: Engine) -> None:
    """No lock stays held, a reader sees what was committed, the next writer goes on, and tidies up."""
    rng = random.Random(1)
    last = 5
    for _ in range(25):
        with process("add", folder) as writer:
            assert writer.stdout
            last = int(writer.stdout.readline())
            time.sleep(rng.random() * 0.1)
            writer.kill()
            printed = writer.stdout.read().split()
        last = int(printed[-1]) if printed else last
        seen = check(reader)
        assert last <= seen <= last + 1
        engine = open_engine(folder)
        engine.add([day(seen + 1)], sequence=seen + 1)
        engine.close()
        assert_tidy(folder)
        assert check(reader) == seen + 1


@pytest.mark.parametrize("when", [20, 200])
def test_a_rebuild_whose_parent_is_killed_ends_all_its_processes(folder: Path, reader: Engine, when: int) -> None:
    """Within a second; the index is as it was, and can be added to and rebuilt."""
    rng = random.Random(when)
    for attempt in range(4):
        with process("rebuild", folder) as parent:
            assert parent.stdout
            while int(parent.stdout.readline()) < when:
                pass
            until = time.monotonic() + 20
            while when > 20 and len(children(parent.pid)) < 2 and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(rng.random() * (0.5 if attempt else 0))
            started = children(parent.pid)
            parent.kill()
            parent.wait()
            wait_until_gone(started)
        assert check(reader) == 5 + attempt
        engine = open_engine(folder)
        engine.add([day(6 + attempt)], sequence=6 + attempt)
        engine.close()
    engine = open_engine(folder)
    engine.rebuild(days(20), sequence=20, tombstones=[], labels=Labels())
    assert (check(reader), check(engine)) == (20, 20)
    assert_tidy(folder)
    assert storage.list_generations(folder) == [1, 2]
    engine.close()


def test_a_rebuild_of_which_a_worker_is_killed_says_so(folder: Path, reader: Engine) -> None:
    """It ends with an error, leaves no process and no lock; the index is as it was, and can be rebuilt."""
    for _ in range(3):
        with process("rebuild", folder) as parent:
            assert parent.stdout
            assert parent.stderr
            until = time.monotonic() + 20
            workers: dict[int, str] = {}
            while len(workers) < 3 and time.monotonic() < until:  # two workers, and what tracks their semaphores
                workers = children(parent.pid)
            time.sleep(0.5)
            working = [pid for pid in workers if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text("utf-8")]
            os.kill(random.Random(3).choice(working), signal.SIGKILL)
            _, said = parent.communicate(timeout=20)
            assert "IndexingStopped" in said
            assert "a process that builds the index has died" in said
            wait_until_gone(workers)
        assert check(reader) == 5
    engine = open_engine(folder)
    engine.rebuild(days(20), sequence=20, tombstones=[], labels=Labels())
    assert check(reader) == 20
    engine.close()


def test_two_workers_build_what_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every day comes through, whatever the batches; an error in the publications themselves comes through too."""
    monkeypatch.setattr(building, "BATCH", 5_000)
    engine = open_engine(folder)
    engine.rebuild((day(n) for n in range(1, 301)), sequence=300, tombstones=[], labels=Labels(), workers=2)
    assert check(engine) == 300
    with pytest.raises(ValueError, match="comes twice"):
        engine.rebuild([*days(300), day(1)], sequence=301, tombstones=[], labels=Labels(), workers=2)
    assert check(engine) == 300
    wait_until_gone({pid: since for pid, since in children(os.getpid()).items() if is_worker(pid)})
    engine.close()


def is_worker(pid: int) -> bool:
    """Whether a process is a worker of a rebuild, and not what else multiprocessing keeps."""
    return "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text("utf-8")


@contextmanager
def longest_file(size: int) -> Iterator[None]:
    """No file that this process writes may become longer: as a full disk, writing fails in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def listing(folder: Path) -> dict[str, bytes]:
    """All files of an index, with what is in them."""
    return {
        str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and "LOCK" not in f.name
    }


def test_a_full_disk_leaves_all_as_it_was(folder: Path, reader: Engine) -> None:
    """Wherever writing fails: no file is left over, none is changed, and when there is room again, it goes on."""
    engine, before = open_engine(folder), listing(folder)
    (segment,) = folder.rglob("*.arrays")
    needed = segment.stat().st_size
    for size in (0, 1, 100, needed // 3, needed // 2, needed - 1):
        with longest_file(size), pytest.raises(OSError, match="File too large"):
            engine.add([day(6), day(7), day(8)], sequence=8)
        assert listing(folder) == before
        with longest_file(size), pytest.raises(OSError, match="File too large"):
            engine.rebuild(days(8), sequence=8, tombstones=[], labels=Labels(), workers=1)
        assert listing(folder) == before
        assert check(reader) == 5
    with longest_file(20), pytest.raises(OSError, match="File too large"):
        engine.publish_labels(Labels({"entity": {"place-no": Name("Norway")}}))
    assert listing(folder) == before
    engine.add([day(6), day(7), day(8)], sequence=8)
    assert check(reader) == 8
    assert_tidy(folder)
    engine.close()


def test_a_table_of_contents_that_cannot_be_written(
    folder: Path, reader: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When segments have found room and their table has not, the index is as it was; the next commit tidies up."""
    engine = open_engine(folder)

    def refuse(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("whoosh.index.TOC.write", refuse)
        with pytest.raises(OSError, match="no space left"):
            engine.add([day(6)], sequence=6)
    assert check(reader) == 5
    engine.add([day(6)], sequence=6)
    assert check(reader) == 6
    assert_tidy(folder)
    engine.close()


def test_a_first_addition_that_fails_leaves_no_index(tmp_path: Path) -> None:
    """And the next one makes it."""
    engine = open_engine(tmp_path / "index")
    for size in (0, 500, 3_000):
        with longest_file(size), pytest.raises(OSError, match="File too large"):
            engine.add(days(3), sequence=3)
        with pytest.raises(IndexMissing):
            engine.status()
        assert listing(tmp_path / "index") == {}
    engine.add(days(3), sequence=3)
    assert check(engine) == 3
    engine.close()


def test_readers_in_other_processes_notice_each_commit_within_a_second(folder: Path) -> None:
    """And over two hundred commits, the memory of their own does not grow."""
    engine = open_engine(folder)
    with process("read", folder) as one, process("read", folder) as other:
        assert one.stdout
        assert other.stdout
        for watcher in (one, other):
            assert watcher.stdout.readline().startswith("5 ")  # type: ignore[union-attr]
        committed = {}
        for n in range(6, 206):
            engine.add([day(n)], sequence=n)
            committed[n] = time.time()
        time.sleep(1)
        for watcher in (one, other):
            assert watcher.poll() is None, watcher.stderr.read()  # type: ignore[union-attr]
            watcher.kill()
            seen = [line.split() for line in watcher.stdout.read().splitlines()]  # type: ignore[union-attr]
            times = {int(n): float(when) for n, when, _ in seen}
            memory = [int(rss) for _, _, rss in seen]
            for n, when in committed.items():
                assert min(at for number, at in times.items() if number >= n) < when + 1
            assert memory[-1] < memory[len(memory) // 10] + 8 * 2**20
    engine.close()


def test_an_error_while_building_is_told(folder: Path, reader: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool that breaks before anything was handed over is the same error, with what to do."""
    monkeypatch.setattr(building, "BATCH", 100)
    monkeypatch.setattr(building, "_start", os.abort)
    engine = open_engine(folder)
    with pytest.raises(IndexingStopped, match="has died"):
        engine.rebuild(days(30), sequence=30, tombstones=[], labels=Labels(), workers=2)
    assert check(reader) == 5
    engine.close()
