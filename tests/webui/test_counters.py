"""Counters that processes share: nothing is lost between them, and the memory stays what it was."""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.counters import IN_GROUP, Counters, CounterStorage

FORK = multiprocessing.get_context("fork")


def count(counters: Counters, times: int) -> None:
    """Count for one key, again and again."""
    for _ in range(times):
        counters.add("one", 60)


def hold(counters: Counters, file: Path) -> None:
    """Take a counter's lock, say so, and never let go."""
    with counters._locked(counters._digest("one")):
        file.write_text("held")
        time.sleep(60)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 50)), max_size=40))
def test_counts_are_sums(hits: list[tuple[str, int]]) -> None:
    """Each key has the sum of what was counted for it, whatever came between."""
    counters, sums = Counters(2), dict.fromkeys("abcdef", 0)
    for key, amount in hits:
        sums[key] += amount
        assert counters.add(key, 60, amount).spent == sums[key]
    assert {key: counters.get(key).spent for key in sums} == sums


def test_a_window_begins_with_the_first_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted stays for the window's time from the first on, and is then gone."""
    now = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    counters = Counters(2)
    assert counters.add("a", 60) == (1, 1_060.0)
    now[0] = 1_059.9
    assert counters.add("a", 60) == (2, 1_060.0)
    now[0] = 1_060.0
    assert counters.get("a") == (0, 1_060.0)
    assert counters.add("a", 60) == (1, 1_120.0)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more askers than there is room for, the one whose window ends first is forgotten, and the latest is known."""
    now = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    counters = Counters(1)
    for n in range(IN_GROUP + 1):
        now[0] += 1
        counters.add(f"{n}", 60)
    assert [counters.get(f"{n}").spent for n in range(IN_GROUP + 1)] == [0, *[1] * IN_GROUP]


def test_processes_and_threads_lose_nothing() -> None:
    """Four processes and four threads that count at once count together."""
    counters = Counters(2)
    processes = [FORK.Process(target=count, args=(counters, 500)) for _ in range(4)]
    threads = [threading.Thread(target=count, args=(counters, 500)) for _ in range(4)]
    for one in (*processes, *threads):
        one.start()
    for one in (*processes, *threads):
        one.join()
    assert counters.get("one").spent == 4_000


def test_a_process_that_dies_holds_up_nobody(tmp_path: Path) -> None:
    """The lock of a process that is killed in the middle of counting is free at once."""
    counters, file = Counters(2), tmp_path / "held"
    process = FORK.Process(target=hold, args=(counters, file))
    process.start()
    until = time.monotonic() + 30
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert counters.add("one", 60).spent == 1


def test_it_is_a_storage_of_the_library() -> None:
    """Counts, ends, and clearing, as the library asks for them."""
    storage = CounterStorage(counters=Counters(2))
    assert (storage.incr("a", 60, 3), storage.get("a"), storage.check()) == (3, 3, True)
    assert 59 < storage.get_expiry("a") - time.time() <= 60
    storage.incr("b", 60)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    storage.reset()
    assert storage.get("b") == 0
