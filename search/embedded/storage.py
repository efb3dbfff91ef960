"""Where generations lie on disk, and how what is written there is made durable.

An index folder holds one folder a generation (`000017`) and `CURRENT`, the live one's name. The one decision: a name
becomes visible only after what it names is on the disk; files are fsynced before the rename that shows them, and the
folder after it. An index folder is trusted (Whoosh pickles into it): it is made readable by its owner alone.
"""

import os
import pickle
import re
import struct
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError

from search.embedded.codec import ArraySegment
from search.embedded.schema import whoosh_schema
from search.errors import IndexIncompatible, IndexMissing

CURRENT = "CURRENT"
INDEX = "MAIN"
"""Whoosh's name of the one index in a generation's folder."""
_TICK_NS = 50_000_000
"""The clock by which files are stamped goes on in steps; this is more than a step of ext4, XFS, Btrfs or APFS."""
DAMAGE = (
    AttributeError,
    EmptyIndexError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)
"""What Whoosh, pickle, numpy and json raise over files that are cut off or overwritten."""
_CHECKSUM = struct.Struct("<L")
_PART = 1 << 20
_COMMIT = re.compile(r"_MAIN_(\d+)\.toc")

Stamp = tuple[int, int]  # inode, and when it was changed


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """A folder for its owner alone, its name durable; nothing is done if it is there."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)


def write_durably(file: Path, text: str) -> None:
    """Replace `file` at once: written aside, fsynced, renamed, folder fsynced."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


class DurableStorage(FileStorage):
    """Whoosh's file storage; before the rename that publishes a table of contents, every file written is fsynced."""

    def __init__(self, path: str, **kwargs: Any) -> None:  # noqa: ANN401 (Whoosh's signature)
        super().__init__(path, **kwargs)  # type: ignore[no-untyped-call]
        self._written: set[str] = set()

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 (Whoosh's signature)
        """A new file of the storage, remembered for `rename_file`."""
        self._written.add(name)
        return super().create_file(name, excl=excl, mode=mode, **kwargs)  # type: ignore[no-untyped-call]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 (Whoosh's signature)
        """Rename, once all that was written is on the disk; a table of contents gets its checksum."""
        folder = Path(self.folder)
        with (folder / oldname).open("r+b") as table:
            table.write(_CHECKSUM.pack(zlib.crc32(table.read())))
        for name in self._written:
            if (file := folder / name).exists():
                handle = os.open(file, os.O_RDONLY)
                os.fsync(handle)
                os.close(handle)
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)  # type: ignore[no-untyped-call]
        sync_folder(folder)


def generation_folder(folder: Path, generation: int) -> Path:
    """The folder of a generation."""
    return folder / f"{generation:06d}"


def read_current(folder: Path) -> int:
    """Number of the live generation.

    Raises:
        IndexMissing: there is no index in `folder`.
        IndexIncompatible: `CURRENT` does not name a generation.
    """
    try:
        name = (folder / CURRENT).read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            "there is no index here",
            where=str(folder),
            hint="run lectern add PATH to make one, or lectern rebuild to restore it from the archive",
        ) from None
    if not name.isdecimal() or not generation_folder(folder, int(name)).is_dir():
        raise IndexIncompatible(
            f"{CURRENT} names {name[:40]!r}, which is no generation", where=str(folder), hint="run lectern rebuild"
        )
    return int(name)


def write_current(folder: Path, generation: int) -> None:
    """Make `generation` the live one."""
    write_durably(folder / CURRENT, f"{generation:06d}\n")


def live_since(folder: Path) -> str:
    """When the live generation took its place, ISO 8601 in UTC to the second; "" if there is none."""
    found = stamp(str(folder / CURRENT))
    return datetime.fromtimestamp(found[1] // 10**9, UTC).isoformat() if found else ""


def list_generations(folder: Path) -> list[int]:
    """Numbers of the generations in `folder`, live or not, in order."""
    return sorted(int(f.name) for f in folder.iterdir() if f.is_dir() and f.name.isdecimal())


def newest_commit(home: Path) -> int:
    """Number of the newest commit in a generation's folder; -1 if it has none."""
    numbers = [int(match[1]) for file in home.iterdir() if (match := _COMMIT.fullmatch(file.name))]
    return max(numbers, default=-1)


class Watch:
    """Tells whether there is a newer commit, or another live generation.

    Args:
        folder: of the index.
        only: the one generation to look at, live or not; the live one, if it is not given.

    Attributes:
        generation: the live one, as of the last look.
    """

    def __init__(self, folder: Path, only: int | None = None) -> None:
        self._folder = folder
        self._only = only
        self._current = str(folder / CURRENT)
        self._home = ""
        self.generation = 0
        self._newest = -1
        self._seen = (0, -1)
        self._stamps: tuple[Stamp, Stamp] | None = None

    def is_still(self) -> bool:
        """Whether nothing has changed since what the last look found was opened, told by stamps alone; cheap."""
        stamps = self._stamps
        return self.is_same() and stamps is not None and stamps == (stamp(self._current), stamp(self._home))

    def look(self) -> None:
        """Find the live generation and its newest commit. Raises IndexMissing, IndexIncompatible."""
        self._stamps = None
        # Each stamp before what it stands for: a change between the two is then seen the next time.
        current = stamp(self._current)
        self.generation = read_current(self._folder) if self._only is None else self._only
        self._home = str(generation_folder(self._folder, self.generation))
        home = stamp(self._home)
        self._newest = newest_commit(generation_folder(self._folder, self.generation))
        # What changed only now may change again within one tick of the file system's clock, and look the same.
        if current and home and time.time_ns() - max(current[1], home[1]) > _TICK_NS:
            self._stamps = current, home

    def is_same(self) -> bool:
        """Whether the last look found what was seen before."""
        return self._seen == (self.generation, self._newest)

    @property
    def commit(self) -> tuple[int, int]:
        """Generation and commit of what is open; both -1 or 0 while nothing is."""
        return self._seen

    def seen(self) -> None:
        """Note that what the last look found is open now."""
        self._seen = (self.generation, self._newest)


def stamp(name: str) -> Stamp | None:
    """What changes with a file or folder, `None` where there is none."""
    try:
        found = os.stat(name)  # noqa: PTH116 (half the time)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def sum_file(file: Path) -> int:
    """CRC-32 of all bytes of a file."""
    total = 0
    with file.open("rb") as opened:
        while part := opened.read(_PART):
            total = zlib.crc32(part, total)
    return total


def create_index(home: Path) -> None:
    """A new, empty Whoosh index in a folder that is made for it, readable by its owner alone."""
    home.mkdir(mode=0o700)
    TOC.create(DurableStorage(str(home)), whoosh_schema(), INDEX)


def read_toc(home: Path) -> TOC:
    """The newest table of contents in a generation's folder.

    Raises:
        IndexIncompatible: it lists other fields or segments than ours: it was written by another version.
    """
    commit = newest_commit(home)
    if commit < 0:
        raise ValueError("it has no table of contents")
    # What is pickled could take any amount of memory if a byte of it were another.
    data = (home / f"_{INDEX}_{commit}.toc").read_bytes()
    if len(data) < _CHECKSUM.size or _CHECKSUM.pack(zlib.crc32(data[: -_CHECKSUM.size])) != data[-_CHECKSUM.size :]:
        raise ValueError("its table of contents is cut off, overwritten, or of another version")
    toc: TOC = TOC.read(DurableStorage(str(home)), INDEX, gen=commit)
    if toc.schema.names() != whoosh_schema().names() or not all(isinstance(s, ArraySegment) for s in toc.segments):
        raise other_version(home)
    return toc


def other_version(home: Path) -> IndexIncompatible:
    """The error of an index that another version of Lectern wrote."""
    message = "the index was written by another version of Lectern"
    return IndexIncompatible(message, where=str(home), hint="run lectern rebuild")


def damaged(where: Path, error: Exception, hint: str = "run lectern rebuild") -> IndexIncompatible:
    """The error of files that cannot be read; `error` is what came of it."""
    what = str(error).splitlines()[0] if str(error) else type(error).__name__
    return IndexIncompatible(f"the index is damaged: {what}", where=str(where), hint=hint)
