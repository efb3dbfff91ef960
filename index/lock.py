"""One writer a home: the lock that `add`, `rebuild` and their like take.

The one decision: the lock is the kernel's (`flock`), the file only tells who holds it. A holder that died holds
nothing, and there is never a stale file to delete. Who only looks closely shares the lock with others who do. Who
waits has a turn, so that one who writes again and again does not keep others out.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from search.errors import WriterBusy

LOCK_NAME = "lock"
_LEAST = 0.2  # seconds; long enough for somebody who only looked to be gone
_PAUSE = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is writing: process id, since when (ISO 8601, UTC), doing what (a command's name)."""

    pid: int
    since: str
    doing: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.doing}) since {self.since}"


@contextmanager
def write_lock(home: Path, doing: str, wait: float = 0) -> Iterator[Holder]:
    """The right to write in `home` while the block runs; `home` is made (mode 0700) if it is not there.

    Args:
        home: the folder of archive and index.
        doing: a command's name, for those who are told.
        wait: so many seconds, or `math.inf`, are waited for somebody else who is writing.

    Raises:
        WriterBusy: somebody else is writing, still.
    """
    _make_home(home)
    file = os.open(home / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(file, home, fcntl.LOCK_EX, wait)
        holder = Holder(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), doing)
        _write(file, json.dumps(asdict(holder)))
        try:
            yield holder
        finally:
            _write(file, "")
    finally:
        os.close(file)


@contextmanager
def quiet_lock(home: Path, wait: float = 0) -> Iterator[None]:
    """Nobody writes in `home` while the block runs; others may read. Nothing is touched.

    Raises:
        WriterBusy: somebody is writing, still, after `wait` seconds.
    """
    try:
        file = os.open(home / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:  # nobody ever wrote here
        yield
        return
    try:
        _take(file, home, fcntl.LOCK_SH, wait)
        yield
    finally:
        os.close(file)


def read_holder(home: Path) -> Holder | None:
    """Who is writing in `home` now, or `None`. Nothing is touched."""
    try:
        file = os.open(home / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(file)
    else:
        return None
    finally:
        os.close(file)


def _make_home(home: Path) -> None:
    """The folder, and its name on the disk: what is kept in it is as durable as that."""
    if home.is_dir():
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    above = os.open(home.parent, os.O_RDONLY)
    try:
        os.fsync(above)
    finally:
        os.close(above)


def _take(file: int, home: Path, how: int, wait: float) -> None:
    """Take the lock when it is this one's turn: who waits holds the home's folder, and nobody passes by."""
    until = time.monotonic() + max(wait, _LEAST)
    turn = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for handle, kind in ((turn, fcntl.LOCK_EX), (file, how)):
            while not _try(handle, kind):
                if time.monotonic() >= until:
                    holder = _read(file)
                    who = f"{holder} is writing" if holder else "another process is writing, or checking what is there"
                    hint = "wait until it is done (--wait), or end that process"
                    raise WriterBusy(who, where=str(home), hint=hint)
                time.sleep(_PAUSE)
    finally:
        os.close(turn)


def _try(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: int, text: str) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, text.encode(), 0)


def _read(file: int) -> Holder | None:
    """What the holder wrote; `None` in the instant before it has."""
    text = os.pread(file, 4096, 0)
    return Holder(**json.loads(text)) if text else None
