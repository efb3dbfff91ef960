"""A backup put back into a home.

Here belongs how a home becomes what a backup holds. The one decision: everything is copied into the home and verified
there before anything of it is touched; from the first change until the index is built anew, a file in the home says
what is left to do, and no other command that reads the archive works there. What stood there before is moved aside,
never deleted.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.archive_tables import ARCHIVE_VERSION, ArchiveError
from index.backup import (
    ALONE,
    ARCHIVE,
    FORMAT,
    MANIFEST,
    TABLES,
    BackupError,
    Kept,
    Manifest,
    sync,
    verify_archive,
    write_synced,
)
from index.lock import write_lock
from search.settings import Settings

UNFINISHED = "restoring"
"""The file that stands in a home while what is in it is part of one and part of another."""
RESTORED = "restored"
"""The file that says which generation of the index is the first of the archive that a home was made of."""
STAGED = ".restored"
NAME = re.compile(
    r"archive\.sqlite3|lectern\.toml|keys\.json|authority/[\w-][\w.-]*\.csv|publishers/[\w-][\w.-]*\.toml"
)
"""The files that a backup may hold: nothing else of a manifest is ever opened."""
LONGEST_MANIFEST = 10 * 2**20
PIECES = (*TABLES, *ALONE, ARCHIVE)
CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `aside` is the folder in which what stood there before is, if anything did."""

    manifest: Manifest
    aside: Path | None


def read_manifest(folder: Path) -> Manifest:
    """What a backup says that it holds. Raises BackupError."""
    file = folder / MANIFEST
    hint = "give the folder that lectern backup made"
    if not file.is_file():
        raise BackupError("no backup of Lectern: it has no manifest", where=str(folder), hint=hint)
    if file.stat().st_size > LONGEST_MANIFEST:
        raise BackupError("the manifest is too long to be one", where=str(file), hint=hint)
    try:
        data = json.loads(file.read_bytes())
        if data["format"] != FORMAT:
            raise BackupError(
                f"a backup of form {data['format']!r}; this Lectern reads {FORMAT}",
                where=str(file),
                hint="use the Lectern that made it",
            )
        manifest = _manifest_from(data)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BackupError(f"the manifest cannot be read: {error}", where=str(file), hint=hint) from error
    for name in manifest.files:
        if not NAME.fullmatch(name):
            raise BackupError(f"no file of a backup: {name!r}", where=str(file), hint=hint)
    if ARCHIVE not in manifest.files:
        raise BackupError("the backup holds no archive", where=str(file), hint=hint)
    if manifest.archive_version > ARCHIVE_VERSION:
        raise BackupError(
            f"an archive of version {manifest.archive_version}; this Lectern reads {ARCHIVE_VERSION}",
            where=str(folder),
            hint=f"use Lectern {manifest.lectern} or later",
        )
    return manifest


def _manifest_from(data: Mapping[str, Any]) -> Manifest:
    files = {str(name): Kept(int(kept["bytes"]), str(kept["sha256"])) for name, kept in data["files"].items()}
    return Manifest(
        made=str(data["made"]),
        lectern=str(data["lectern"]),
        archive_version=int(data["archive_version"]),
        parser_version=int(data["parser_version"]),
        sequence=int(data["sequence"]),
        briefings=int(data["briefings"]),
        files=files,
    )


class Left(StrEnum):
    """What is left to do of a restoring that was begun."""

    FILES = "files"
    INDEX = "index"


def unfinished(home: Path) -> Left | None:
    """What is left to do in a home of a restoring that was cut short; `None` if nothing is."""
    try:
        return Left((home / UNFINISHED).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:  # cut off while it was written
        return Left.FILES


def finish(home: Path, generation: int) -> None:
    """Say that the index is that of the archive, so that nothing is left to do of a restoring, if there was one.

    Args:
        home: the home.
        generation: the live one's number. Those before it are of an archive that is gone.
    """
    if (home / UNFINISHED).exists():
        (home / RESTORED).unlink(missing_ok=True)
        write_synced(home / RESTORED, f"{generation}\n".encode())
        (home / UNFINISHED).unlink()
        sync(home)


def first_generation(home: Path) -> int | None:
    """The first generation of the index that is of a home's archive; `None` where that was never restored."""
    try:
        return int((home / RESTORED).read_text("utf-8"))
    except FileNotFoundError:
        return None


def restore_files(
    settings: Settings, folder: Path, *, replace: bool, look: Callable[[Path], None] | None = None
) -> Restored:
    """Make a home's archive, tables, publishers and settings those of a backup.

    The home then waits for its index, `Left.INDEX`: `index.rebuilding.rebuild` builds it from the archive and says so.

    Args:
        settings: which home.
        folder: the backup.
        replace: whether what is there may be moved aside.
        look: called with a folder that holds what the home will, before it does; if it raises, nothing is changed.

    Raises:
        BackupError: the folder is no whole backup, or the home is not empty; nothing is changed.
        ArchiveError: the archive in the backup is damaged; nothing is changed.
        WriterBusy: somebody is writing there; nothing is changed.
    """
    manifest = read_manifest(folder)
    home = settings.home
    with write_lock(home, "restore"):
        _check_free(home, replace=replace)
        staged = home / STAGED
        if staged.exists():
            shutil.rmtree(staged)
        staged.mkdir(mode=0o700)
        try:
            _stage(folder, staged, manifest)
            if look is not None:
                look(staged)
            aside = _swap(home, staged)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    return Restored(manifest, aside)


def _check_free(home: Path, *, replace: bool) -> None:
    """Refuse a home that holds something, unless a restoring of it was cut short, or it is said to be replaced."""
    taken = [name for name in (*PIECES, "index") if (home / name).exists()]
    if taken and not replace and not unfinished(home):
        raise BackupError(
            f"the home is not empty: {', '.join(taken)}",
            where=str(home),
            hint="give another with --home, or say --replace: what is there is then moved aside",
        )


def _stage(folder: Path, staged: Path, manifest: Manifest) -> None:
    """Copy the files of a backup, and see that they are what its manifest says, and that the archive is whole."""
    for name in TABLES:
        if any(file.startswith(f"{name}/") for file in manifest.files):
            (staged / name).mkdir(mode=0o700)
    for name, kept in manifest.files.items():
        source = folder / name
        if any(path.is_symlink() for path in (source, source.parent)) or not source.is_file():
            raise BackupError("a file of the backup is not there", where=str(source), hint="the backup is not whole")
        if _copy(source, staged / name) != kept:
            raise BackupError(
                "a file of the backup is not as its manifest says",
                where=str(source),
                hint="the backup was changed or damaged; take another",
            )
    Archive.open(staged / ARCHIVE).close()  # of an earlier version it becomes one of this
    verify_archive(staged / ARCHIVE)
    for path in (*staged.rglob("*"), staged):
        sync(path)


def _copy(source: Path, target: Path) -> Kept:
    """Copy a file, and say what was copied."""
    digest, size = hashlib.sha256(), 0
    write_synced(target, b"")
    with source.open("rb") as reading, target.open("r+b") as writing:
        while data := reading.read(CHUNK):
            digest.update(data)
            size += len(data)
            writing.write(data)
    return Kept(size, digest.hexdigest())


def _swap(home: Path, staged: Path) -> Path | None:
    """Put the staged files in place; the folder to which what stood there was moved, if anything did."""
    if (home / ARCHIVE).exists() and not unfinished(home):
        with suppress(ArchiveError):  # it may be damaged: that may be why it is to be replaced
            Archive.open(home / ARCHIVE).close()  # takes what its log holds into the file itself
    _mark(home, Left.FILES)
    aside = home / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    for name in (*TABLES, *ALONE, f"{ARCHIVE}-shm", f"{ARCHIVE}-wal", ARCHIVE):
        if (home / name).exists() or (home / name).is_symlink():
            aside.mkdir(mode=0o700, exist_ok=True)
            (home / name).rename(aside / name)
    if aside.exists():
        sync(aside)
    for name in PIECES:
        if (staged / name).exists():  # a backup need not hold settings
            (staged / name).rename(home / name)
    sync(home)
    _mark(home, Left.INDEX)
    return aside if aside.exists() else None


def _mark(home: Path, left: Left) -> None:
    """Write down what is left to do."""
    aside = home / f".{UNFINISHED}"
    aside.unlink(missing_ok=True)
    write_synced(aside, left.encode())
    aside.rename(home / UNFINISHED)
    sync(home)
