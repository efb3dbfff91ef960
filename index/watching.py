"""A folder that is followed: what is put into it is added as soon as it is whole.

Here belongs when a file is taken, and where a bad one goes. The one decision: the folder is looked through again and
again, which works on every file system and loses nothing while nobody watches; a file is taken once its size, its time
and its identity have been the same for some seconds, however it came there.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import FrameType

from index.authority.tables import load_authority
from index.ingest import add_sources
from index.manifest import MANIFEST_NAME, SourceError
from index.report import Report, Row
from index.sources import Unreadable, count_files, iter_files, iter_sources
from search.engines import open_engine
from search.errors import WriterBusy
from search.settings import Settings

REFUSED = "refused"
"""The folder, inside the one that is followed, into which bad files go."""

SETTLED = 3.0
"""Seconds for which a file has to stay the same before it is taken."""

PAUSE = 1.0
"""Seconds between two looks; more where looking takes long."""

BATCH = 48
"""Files that are added at a time: the lock is held no longer, and no other process has to be started."""

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp", "~")
"""Ends of names under which other programs write what is not whole."""

_SHARE = 0.05
"""Part of the time that is spent looking, at most."""

Signature = tuple[int, int, int]
"""Size, time of the last change and identity of a file."""


@dataclass
class _Seen:
    signature: Signature
    since: float
    is_done: bool = False


class Watch:
    """Follows one folder into one home."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        publisher: str | None = None,
        tell: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._settings, self._publisher = folder, settings, publisher
        self._tell, self._clock = tell, clock
        self._seen: dict[Path, _Seen] = {}
        self._unreadable: set[str] = set()
        self._trouble = ""
        self._looked = 0.0
        self._end = threading.Event()

    def run(self) -> None:
        """Follow the folder until SIGTERM or SIGINT; a batch that was begun is finished first."""
        with self._ended_by_signals():
            self._tell(f"watching {self._folder}")
            while not self._end.is_set():
                self.look()
                self._end.wait(max(PAUSE, self._looked / _SHARE))
            self._tell("ended")

    def look(self) -> int:
        """Look through the folder once, and add what is whole; how many files were taken."""
        began = self._clock()
        whole = [path for path in self._look_through() if self._is_whole(path)]
        self._looked = self._clock() - began
        taken = 0
        for batch in (whole[i : i + BATCH] for i in range(0, len(whole), BATCH)):
            if self._end.is_set():
                break
            taken += self._take(batch)
        return taken

    def _look_through(self) -> list[Path]:
        """The files of the folder that are not yet done with."""
        found: list[Path] = []
        for one in iter_files(self._folder):
            if not isinstance(one, Unreadable):
                found += [] if self._is_passed_over(one) else [one]
            elif one.file not in self._unreadable:
                self._unreadable.add(one.file)
                self._tell(one.problem.message)
        self._seen = {path: self._seen[path] for path in found if path in self._seen}
        return [path for path in found if path not in self._seen or not self._is_done(path)]

    def _is_passed_over(self, path: Path) -> bool:
        inside = path.relative_to(self._folder)
        return inside.parts[0] == REFUSED or path.name.casefold().endswith(_UNFINISHED)

    def _is_done(self, path: Path) -> bool:
        seen = self._seen[path]
        return seen.is_done and seen.signature == read_signature(path)

    def _is_whole(self, path: Path) -> bool:
        """Whether a file has been the same for long enough; what it is like now is remembered."""
        signature = read_signature(path)
        if signature is None:
            return False
        seen = self._seen.get(path)
        if seen is None or seen.signature != signature:
            self._seen[path] = _Seen(signature, self._clock())
            return False
        return self._clock() - seen.since >= SETTLED

    def _take(self, batch: Sequence[Path]) -> int:
        try:
            report = self._add(batch)
        except (WriterBusy, SourceError) as error:
            if self._trouble != f"{error}":
                self._trouble = f"{error}"
                self._tell(f"waiting: {error}")
            return 0
        self._trouble = ""
        for path in batch:
            self._seen[path].is_done = True
        told = [row for row in report.rows if row.outcome != "unchanged"]
        for row in told:
            self._tell(f"{row.outcome:<10} {row.id or '':<24} {row.file}")
        for path in batch:
            rows = [row for row in report.rows if row.outcome == "refused" and _is_of(row, path)]
            if rows:
                self._move_aside(path, rows)
        return len(batch)

    def _add(self, batch: Sequence[Path]) -> Report:
        # Names may have been edited since the last batch.
        authority = load_authority(*([self._settings.authority] if self._settings.authority.is_dir() else []))
        table = self._folder / MANIFEST_NAME
        sources = iter_sources(batch, manifest=table if table.is_file() else None)
        count, publisher = count_files(batch), self._publisher
        engine = open_engine(self._settings.index)
        try:
            return add_sources(sources, count, self._settings, engine, authority, publisher=publisher, doing="watch")
        finally:
            engine.close()

    def _move_aside(self, path: Path, rows: Sequence[Row]) -> None:
        """Move a bad file away, under a name that is free, and write beside it why."""
        messages = [problem.message for row in rows for problem in row.problems]
        try:
            (self._folder / REFUSED).mkdir(exist_ok=True)
            place = reserve(self._folder / REFUSED, path.name)
            path.rename(place)
            place.with_name(f"{place.name}.why.txt").write_text("\n".join(messages) + "\n", "utf-8")
        except OSError as error:
            self._tell(f"cannot be moved aside: {path}: {error.strerror}")
            return
        self._seen.pop(path, None)
        self._tell(f"moved to {place}: {'; '.join(messages)[:500]}")

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        def end(_number: int, _frame: FrameType | None) -> None:
            self._end.set()

        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def read_signature(path: Path) -> Signature | None:
    """What a file is like now; `None` if it is not there any more."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def reserve(folder: Path, name: str) -> Path:
    """A new and empty file in `folder`, called `name`, or nearly so where that is taken; it may be written over."""
    for number in count(1):
        place = folder / (name if number == 1 else f"{Path(name).stem}-{number}{Path(name).suffix}")
        try:
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return place
    raise AssertionError("counting has no end")


def _is_of(row: Row, path: Path) -> bool:
    """Whether a row is about a file, or about one in it."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in f"{path}")
    return row.file == shown or row.file.startswith(f"{shown}/")
