"""One writer a home."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index.lock import quiet_lock, read_holder, write_lock
from search.errors import WriterBusy

HOLD = """
import sys, time
from pathlib import Path
from index.lock import write_lock
with write_lock(Path(sys.argv[1]), "add"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_since_when_and_what(tmp_path: Path) -> None:
    """The error names the process that writes, since when, and its command."""
    with (
        write_lock(tmp_path, "rebuild") as holder,
        pytest.raises(WriterBusy, match=f"process {os.getpid()} .rebuild. since {holder.since[:10]}"),
        write_lock(tmp_path, "add"),
    ):
        pass


def test_the_lock_is_free_afterwards(tmp_path: Path) -> None:
    """Whoever is done, also by an error, leaves the home free, and nobody as its holder."""
    with pytest.raises(KeyError), write_lock(tmp_path, "add"):
        raise KeyError
    assert read_holder(tmp_path) is None
    with write_lock(tmp_path, "add") as holder:
        assert read_holder(tmp_path) == holder


def test_a_home_without_lock_has_no_holder(tmp_path: Path) -> None:
    """Looking makes no file."""
    assert read_holder(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_who_waits_has_a_turn(tmp_path: Path) -> None:
    """One who writes again and again, without a pause, does not keep another one out."""
    turns, done = [], threading.Event()

    def write_on() -> None:
        while not done.is_set():
            with write_lock(tmp_path, "add", wait=20):
                turns.append("again")
                time.sleep(0.02)

    other = threading.Thread(target=write_on)
    other.start()
    try:
        while len(turns) < 3:
            time.sleep(0.01)
        for _ in range(3):
            with write_lock(tmp_path, "rebuild", wait=20):
                turns.append("mine")
    finally:
        done.set()
        other.join()
    assert turns.count("mine") == 3


def test_many_may_look_closely_and_nobody_writes_meanwhile(tmp_path: Path) -> None:
    """Where nobody ever wrote there is nothing to lock, and nothing is made."""
    with quiet_lock(tmp_path / "none"):
        assert not (tmp_path / "none").exists()
    with write_lock(tmp_path, "add"), pytest.raises(WriterBusy, match="add"), quiet_lock(tmp_path):
        pass
    with quiet_lock(tmp_path), quiet_lock(tmp_path):
        assert read_holder(tmp_path) is None
        with pytest.raises(WriterBusy, match="checking"), write_lock(tmp_path, "add"):
            pass


def test_the_home_is_private(tmp_path: Path) -> None:
    """A home that the lock makes can be read by its owner only."""
    with write_lock(tmp_path / "home", "add"):
        assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "home" / "lock").stat().st_mode & 0o777 == 0o600


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    """After `kill -9` the next writer goes ahead; there is no file to delete by hand."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        seen = read_holder(tmp_path)
        assert seen is not None
        assert seen.pid == other.pid
        other.send_signal(signal.SIGKILL)
        other.wait(10)
    assert read_holder(tmp_path) is None
    with write_lock(tmp_path, "add") as holder:
        assert holder.pid == os.getpid()
