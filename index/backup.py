"""A copy of all that cannot be made again: the archive, and the librarian's own tables, publishers and settings.

Here belongs how a home is copied while it is in use; putting it back is `index.restoring`. The one decision: no lock is
taken. SQLite copies the archive as of one instant; the small files are read before and after, and if one changed
meanwhile all is copied again. A copy gets its name only when all of it is on the disk and was read back.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index.archive import ArchiveReader
from index.archive_tables import ARCHIVE_VERSION, ArchiveError, copy_database, read_database
from index.parsers import PARSER_VERSION
from search.errors import LecternError
from search.record import Json
from search.settings import Settings

ARCHIVE, MANIFEST = "archive.sqlite3", "manifest.json"
ALONE = ("lectern.toml", "keys.json")
"""Files of a home that are copied, if they are there: its settings, and the digests of partners' keys."""
FORMAT = 1
"""Of the manifest."""
TABLES = {"authority": "*.csv", "publishers": "*.toml"}
"""The folders of a home that are copied, and which of their files."""
TRIES = 5


class BackupError(LecternError):
    """A backup that cannot be made, or cannot be trusted."""

    code = "backup"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup: how long it is, and its SHA-256 (hexadecimal)."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made: ISO 8601 instant in UTC.
        lectern: the version of Lectern that made it.
        archive_version: of the archive's tables.
        parser_version: of the parser of then.
        sequence: of the archive's last change.
        briefings: how many are shown.
        files: by their names, which have a slash where they lie in a folder.
    """

    made: str
    lectern: str
    archive_version: int
    parser_version: int
    sequence: int
    briefings: int
    files: Mapping[str, Kept]

    def to_json(self) -> Json:
        """The manifest as JSON."""
        files = {name: {"bytes": kept.size, "sha256": kept.digest} for name, kept in sorted(self.files.items())}
        head = ("made", "lectern", "archive_version", "parser_version", "sequence", "briefings")
        return {"format": FORMAT, **{name: getattr(self, name) for name in head}, "files": files}


def backup(settings: Settings, target: Path) -> Manifest:
    """Copy a home's archive, tables, publishers and settings into a new folder `target`, or do nothing.

    Raises:
        BackupError: `target` is there and not empty, its parent is not there, or the home is edited all the time.
        ArchiveError: there is no archive, or it is damaged.
        OSError: the disk is full, or may not be written.
    """
    if not target.parent.is_dir():
        hint = "make it first, or see whether the disk is mounted"
        raise BackupError("the folder to write into is not there", where=str(target.parent), hint=hint)
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        hint = "give each backup a name of its own, such as the day's"
        raise BackupError("something is there already", where=str(target), hint=hint)
    with _aside(target) as folder:
        manifest = _copy_consistently(settings, folder)
        write_synced(folder / MANIFEST, (json.dumps(manifest.to_json(), indent=2) + "\n").encode())
        for below in [f for f in folder.iterdir() if f.is_dir()]:
            sync(below)
        sync(folder)
        folder.rename(target)  # an empty folder of this name gives way
        sync(target.parent)
    return manifest


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, of this process alone; gone when the block ends, unless it was renamed."""
    folder = target.with_name(f".{target.name}.part")
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        empty(folder)  # of what one that was killed left there
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError as error:
        raise BackupError("another backup is being written there", where=str(target)) from error
    finally:
        os.close(handle)


def _copy_consistently(settings: Settings, folder: Path) -> Manifest:
    """Copy archive and small files, such that both are of one instant."""
    for _ in range(TRIES):
        empty(folder)
        before = read_small_files(settings.home)
        copy_database(settings.archive, folder / ARCHIVE)
        if read_small_files(settings.home) == before:
            break
    else:
        hint = "run it again when nobody is editing them"
        raise BackupError("tables or settings change all the time", where=str(settings.home), hint=hint)
    for name, data in before.items():
        (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        write_synced(folder / name, data)
    sync(folder / ARCHIVE)
    files = {name: measure(folder / name) for name in (ARCHIVE, *before)}
    for name, data in before.items():
        if files[name].digest != hashlib.sha256(data).hexdigest():
            raise BackupError("the disk gives back other bytes than were written", where=str(folder / name))
    verify_archive(folder / ARCHIVE)
    with ArchiveReader.read(folder / ARCHIVE) as archive:
        sequence, briefings = archive.sequence(), len(archive.ids())
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(made, version("lectern"), ARCHIVE_VERSION, PARSER_VERSION, sequence, briefings, files)


def read_small_files(home: Path) -> dict[str, bytes]:
    """The settings, keys, tables and publishers of a home, by name."""
    found = [home / name for name in ALONE if (home / name).is_file()]
    for folder, pattern in TABLES.items():
        found += [file for file in sorted((home / folder).glob(pattern)) if file.is_file()]
    return {str(file.relative_to(home)): file.read_bytes() for file in found if not file.name.startswith(".")}


def verify_archive(path: Path) -> None:
    """Read an archive from end to end: SQLite's own check, and every file received against its digest.

    Raises:
        ArchiveError: something in it is not as it was.
    """
    with closing(read_database(path)) as database:
        said = [str(row[0]) for row in database.rows("PRAGMA integrity_check(5)")]
        if said != ["ok"]:
            raise ArchiveError(f"damaged: {'; '.join(said)}", where=str(path), hint="restore an earlier backup")
        strays = database.rows("PRAGMA foreign_key_check")
    if strays:
        raise ArchiveError(
            f"damaged: {len(strays)} rows lead nowhere", where=str(path), hint="restore an earlier backup"
        )
    with ArchiveReader.read(path) as archive:
        for digest in archive.digests():
            if hashlib.sha256(archive.source(digest)).hexdigest() != digest:
                raise ArchiveError(
                    f"damaged: the file {digest} is not as it came", where=str(path), hint="restore an earlier backup"
                )


def measure(file: Path) -> Kept:
    """Size and digest of a file, as the disk gives it."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Kept(stream.tell(), digest)


def write_synced(file: Path, data: bytes) -> None:
    """Write a new file (mode 0600) and see it onto the disk."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def sync(path: Path) -> None:
    """See a file, or a folder's names, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def empty(folder: Path) -> None:
    """Remove all that is in a folder."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
