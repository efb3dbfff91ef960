"""The archive's SQLite file: its tables, and how it is opened, written and copied.

Here belongs what SQLite needs to know; what the rows mean is decided in `index.archive` and `index.archive_days`. The
one decision: every error of SQLite leaves here as an `ArchiveError` that says what to do, and a write is on the disk
(WAL, synchronous=FULL) when its block ends, or has never been.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from search.errors import LecternError

ARCHIVE_VERSION = 4
"""Raised whenever the tables change; `_STEPS` then says how an archive of the version before becomes one."""

_APPLICATION = 0x4C656374  # "Lect", SQLite's application_id of our files
_BUSY_SECONDS = 10.0
_CHECK_ACCESS = "check the folder's owner and permissions"

_TABLES = (
    # What was received, byte for byte; `data` is zlib-compressed.
    """CREATE TABLE source (digest TEXT PRIMARY KEY, data BLOB NOT NULL, file TEXT NOT NULL, received TEXT NOT NULL)
       STRICT, WITHOUT ROWID""",
    # `id` is NULL only while a day is being renumbered, and for a briefing that gave all its pages away.
    """CREATE TABLE briefing (key INTEGER PRIMARY KEY, id TEXT UNIQUE, publisher TEXT NOT NULL, language TEXT NOT NULL,
       date TEXT NOT NULL) STRICT""",
    # One address, or where none is known, one date and title. `text` is the revision that counts, `briefing` what it is
    # a text of; both are NULL while that is held.
    """CREATE TABLE page (key INTEGER PRIMARY KEY, publisher TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL,
       title TEXT NOT NULL, address TEXT, url TEXT, briefing INTEGER REFERENCES briefing,
       text INTEGER REFERENCES revision) STRICT""",
    "CREATE UNIQUE INDEX page_address ON page (publisher, language, address) WHERE address IS NOT NULL",
    "CREATE INDEX page_by_address ON page (address)",
    "CREATE INDEX page_day ON page (publisher, language, date, title)",
    "CREATE INDEX page_briefing ON page (briefing)",
    # Every text that a page gave; `parsed` is the record as its parser numbered it (zlib-compressed JSON), `reason` the
    # problem for which the archive holds it.
    """CREATE TABLE revision (key INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES page,
       digest TEXT NOT NULL REFERENCES source, received TEXT NOT NULL, parser_version INTEGER NOT NULL,
       parsed BLOB NOT NULL,
       state TEXT NOT NULL CHECK (state IN ('live', 'alias', 'superseded', 'same', 'held', 'rejected')), reason TEXT,
       UNIQUE (page, digest)) STRICT""",
    "CREATE INDEX revision_digest ON revision (digest)",
    "CREATE INDEX revision_held ON revision (key) WHERE state = 'held'",
    # Every text that a briefing showed, in order; `numbers` are the permanent numbers of its items, in order.
    """CREATE TABLE reading (briefing INTEGER NOT NULL REFERENCES briefing, number INTEGER NOT NULL,
       revision INTEGER NOT NULL REFERENCES revision, numbers TEXT NOT NULL, since TEXT NOT NULL,
       PRIMARY KEY (briefing, number)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX reading_revision ON reading (revision)",
    # Every number that a briefing ever gave to an item; `removed` is the instant since which it is gone.
    """CREATE TABLE item (briefing INTEGER NOT NULL REFERENCES briefing, n INTEGER NOT NULL, removed TEXT, reason TEXT,
       PRIMARY KEY (briefing, n)) STRICT, WITHOUT ROWID""",
    # Ids that have moved for good, and the highest item number that stood under them.
    """CREATE TABLE redirect (id TEXT PRIMARY KEY, briefing INTEGER NOT NULL REFERENCES briefing,
       items INTEGER NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX redirect_briefing ON redirect (briefing)",
    # Ids whose published state changed, in order.
    """CREATE TABLE journal (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, what TEXT NOT NULL,
       at TEXT NOT NULL) STRICT""",
)

# What each version added to the one before.
_STEPS = {
    2: (
        # What a librarian put right in an item's attribution; `undone` is the instant since which it no longer holds.
        """CREATE TABLE amendment (key INTEGER PRIMARY KEY, briefing INTEGER NOT NULL REFERENCES briefing,
           n INTEGER NOT NULL, field TEXT NOT NULL CHECK (field IN ('speaker', 'outlet', 'kind')), value TEXT NOT NULL,
           reason TEXT NOT NULL, since TEXT NOT NULL, undone TEXT) STRICT""",
        "CREATE INDEX amendment_briefing ON amendment (briefing) WHERE undone IS NULL",
        # Briefings that a librarian withdrew; `undone` is the instant since which one is shown again.
        """CREATE TABLE withdrawal (key INTEGER PRIMARY KEY, briefing INTEGER NOT NULL REFERENCES briefing,
           reason TEXT NOT NULL, since TEXT NOT NULL, undone TEXT) STRICT""",
        "CREATE UNIQUE INDEX withdrawal_briefing ON withdrawal (briefing) WHERE undone IS NULL",
        # 1 where a librarian said that the page is a text of its briefing, however little alike they are.
        "ALTER TABLE page ADD COLUMN joined INTEGER NOT NULL DEFAULT 0",
    ),
    3: (
        # What the texts are tagged by that were published, or that the journal says are to be: each row of the
        # authority (JSON), and under "" the tagger's version; under "read by" what pages were read by, all of them.
        "CREATE TABLE tagging (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ),
    4: (
        # By what a revision was read that has its record in `parsed` (`index.recall`); only to save parsing it again.
        "CREATE TABLE recall (revision INTEGER PRIMARY KEY REFERENCES revision, mark TEXT NOT NULL) STRICT",
    ),
}


class ArchiveError(LecternError):
    """The archive cannot be read or written."""

    code = "archive"
    status = 503


class ArchiveOutdated(ArchiveError):
    """The archive is whole, as far as can be seen, but of another version."""


class ArchiveMissing(ArchiveError):
    """There is no archive where one was looked for."""


def pack(data: bytes) -> bytes:
    """`data` as the archive keeps it."""
    return zlib.compress(data, 6)


def unpack(blob: bytes) -> bytes:
    """The bytes that `pack` was given."""
    try:
        return zlib.decompress(blob)
    except zlib.error as error:
        raise ArchiveError(
            f"a stored text is damaged: {error}", where="archive", hint="restore the archive from a backup"
        ) from error


def pack_json(data: dict[str, Any]) -> bytes:
    """`data` as compressed JSON."""
    return pack(json.dumps(data, ensure_ascii=False).encode())


def unpack_json(blob: bytes) -> dict[str, Any]:
    """The values that `pack_json` was given."""
    data: dict[str, Any] = json.loads(unpack(blob))
    return data


class Database:
    """An open archive file. Not for several threads at once."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection = connection
        self._where = where

    def is_empty(self) -> bool:
        """Whether there is no table at all."""
        return self.first("SELECT 1 FROM sqlite_master") is None

    def check(self) -> None:
        """Raise ArchiveError unless this is an archive of this version."""
        if self.one("PRAGMA application_id")[0] != _APPLICATION:
            raise ArchiveError(
                "not an archive of Lectern", where=self._where, hint="move the file away, or choose another home"
            )
        version = self.one("PRAGMA user_version")[0]
        if version == ARCHIVE_VERSION:
            return
        hint = "use the Lectern that wrote it, or move the file away and add the briefings again"
        if version + 1 in _STEPS:
            hint = "bring it up to date: lectern rebuild"
        raise ArchiveOutdated(
            f"an archive of version {version}; this Lectern reads version {ARCHIVE_VERSION}",
            where=self._where,
            hint=hint,
        )

    def create(self) -> None:
        """Make the tables of an empty archive."""
        with self.write():
            for statement in _TABLES:
                self.run(statement)
            self.run(f"PRAGMA application_id = {_APPLICATION}")
            self.run("PRAGMA user_version = 1")
            self.upgrade()

    def upgrade(self) -> None:
        """Make an archive of an earlier version one of this version; its content stays."""
        if self.one("PRAGMA application_id")[0] != _APPLICATION:
            return  # `check` says what is wrong
        with self.write():
            while (version := self.one("PRAGMA user_version")[0] + 1) in _STEPS:
                for statement in _STEPS[version]:
                    self.run(statement)
                self.run(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows that a statement gives."""
        with self._translated():
            return self._connection.execute(sql, values).fetchall()

    def first(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row, or `None`."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def one(self, sql: str, *values: object) -> sqlite3.Row:
        """The only row; it has to be there."""
        (row,) = self.rows(sql, *values)
        return row

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; the key of the row it inserted."""
        with self._translated():
            return self._connection.execute(sql, values).lastrowid or 0

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction: all that the block writes, or, if it raises, nothing. A block within a block joins it."""
        if self._connection.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # SQLite may have rolled back already, where the disk is full
                self.run("ROLLBACK")
            raise

    @contextmanager
    def closed_on_error(self) -> Iterator[None]:
        """Let go of the file if the block raises."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def copy_from(self, other: "Database") -> None:
        """Become what `other` is now."""
        with self._translated():
            other._connection.backup(self._connection)  # noqa: SLF001 (its own kind)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise ArchiveError(
                f"cannot be used: {error}", where=self._where, hint="check free space, permissions and other writers"
            ) from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise  # a mistake of ours, not of the file
            raise ArchiveError(
                f"damaged, or not an archive: {error}",
                where=self._where,
                hint="restore it from a backup, or move it away and add the briefings again",
            ) from error


def open_database(path: Path) -> Database:
    """The archive at `path`, to read and write; made (mode 0600, in a folder of mode 0700) if it is not there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise ArchiveError(f"cannot be opened: {error.strerror}", where=str(path), hint=_CHECK_ACCESS) from error
    database = _connect(f"{path.absolute().as_uri()}?mode=rw", str(path))
    with database.closed_on_error():
        empty = database.is_empty()
        if not empty:
            database.upgrade()
            database.check()
        database.run("PRAGMA journal_mode = WAL")
        database.run("PRAGMA synchronous = FULL")
        database.run("PRAGMA foreign_keys = ON")
        if empty:
            database.create()
    return database


def read_database(path: Path) -> Database:
    """The archive at `path`, to read only; nothing on the disk is touched if nobody is writing.

    Raises:
        ArchiveMissing: there is none.
        ArchiveError: it cannot be read.
    """
    database = _connect_to_read(path)
    if database is None:
        raise _missing(path)
    with database.closed_on_error():
        database.check()
    return database


def require_archive(path: Path) -> None:
    """Raise ArchiveMissing unless there is an archive at `path`, of whatever version; nothing is touched."""
    database = _connect_to_read(path)
    if database is None:
        raise _missing(path)
    database.close()


def rehearse_database(path: Path) -> Database:
    """A private copy of the archive at `path` (an empty one if there is none), gone when it is closed."""
    original = _connect_to_read(path)
    database = _connect("", str(path))  # SQLite's own temporary database, on disk where it grows large
    with database.closed_on_error():
        if original is None:
            database.create()
        else:
            with closing(original):
                database.copy_from(original)
            database.upgrade()
            database.check()
        database.run("PRAGMA foreign_keys = ON")
    return database


def copy_database(path: Path, copy: Path) -> None:
    """Write the archive at `path` as it is at one instant, whoever may be writing, into one new file, `copy`.

    Raises:
        ArchiveMissing: there is none.
        ArchiveError: it cannot be read, or the copy not be written.
    """
    if not path.is_file():
        raise _missing(path)
    # To read a file as immutable, as readers do, would be wrong here: a writer may begin in the middle.
    is_writable = os.access(path.parent, os.W_OK)
    original = _connect(f"{path.absolute().as_uri()}?mode=rw", str(path)) if is_writable else _connect_to_read(path)
    if original is None:
        raise _missing(path)
    with closing(original):
        os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        database = _connect(f"{copy.absolute().as_uri()}?mode=rw", str(copy))
        with closing(database):
            database.copy_from(original)
            database.run("PRAGMA journal_mode = DELETE")  # all in one file


def _missing(path: Path) -> ArchiveMissing:
    return ArchiveMissing("there is no archive", where=str(path), hint="add some briefings first: lectern add PATH")


def _connect_to_read(path: Path) -> Database | None:
    """The archive at `path`, or `None` if there is none, or whoever began to make it got no further than the file."""
    if not path.is_file():
        return None
    # An archive without a write-ahead log is open nowhere. To read it as immutable makes no files beside it.
    still = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    database = _connect(f"{path.absolute().as_uri()}?mode=ro{still}", str(path))
    with database.closed_on_error():
        if database.is_empty():
            database.close()
            return None
    return database


def _connect(uri: str, where: str) -> Database:
    if sqlite3.sqlite_version_info < (3, 37):
        raise ArchiveError(
            f"SQLite {sqlite3.sqlite_version} is too old", where=where, hint="use a Python with SQLite 3.37 or later"
        )
    try:
        connection = sqlite3.connect(uri, uri=bool(uri), isolation_level=None, timeout=_BUSY_SECONDS)
    except sqlite3.Error as error:
        raise ArchiveError(f"cannot be opened: {error}", where=where, hint=_CHECK_ACCESS) from error
    connection.row_factory = sqlite3.Row
    return Database(connection, where)
