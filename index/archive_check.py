"""The archive looked through: SQLite's own checks, every file's digest, every text, every number.

The one decision: what can be read is checked to the end, whatever else cannot, so that a librarian learns at once how
much of an archive is damaged.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from index.archive_days import read_parsed
from index.archive_reader import ArchiveReader
from index.archive_tables import ArchiveError, open_database, unpack
from index.comparing import Finding
from index.progress import Begin, no_progress

_ROWS = 20
"""So many lines of SQLite's own report are told."""


class CheckedArchive(ArchiveReader):
    """An archive that can be looked through."""

    def iter_faults(self, begin: Begin = no_progress) -> Iterator[Finding]:
        """All that is wrong with it. Where SQLite finds damage, the rest is not looked at."""
        try:
            damage = [*self._integrity()]
            yield from damage
            if damage:
                return
            yield from self._sources(begin)
            yield from self._texts(begin)
            yield from self._briefings()
        except ArchiveError as error:
            yield Finding("archive", error.where or "archive", error.message)

    @classmethod
    def write_to(cls, path: Path) -> Self:
        """The archive at `path`, to be mended. Raises ArchiveError where it cannot even be opened."""
        return cls(open_database(path))

    def count_files(self) -> int:
        """How many files it keeps as received."""
        return int(self._db.one("SELECT COUNT(*) FROM source")[0])

    def mend(self) -> None:
        """Make SQLite's indexes anew from its tables, which mends them where only they are damaged."""
        self._db.run("REINDEX")

    def _integrity(self) -> Iterator[Finding]:
        for row in self._db.rows(f"PRAGMA integrity_check({_ROWS})"):
            if row[0] != "ok":
                yield Finding("archive", "archive.sqlite3", f"SQLite says: {row[0]}")
        for row in self._db.rows("PRAGMA foreign_key_check"):
            yield Finding("archive", f"{row[0]} {row[1]}", f"it belongs to a row of {row[2]} that is not there")

    def _sources(self, begin: Begin) -> Iterator[Finding]:
        """Files as received: their bytes are what their digest says."""
        digests = [row["digest"] for row in self._db.rows("SELECT digest FROM source ORDER BY digest")]
        tick = begin("checking files as received", len(digests))
        for digest in digests:
            row = self._db.one("SELECT data, file FROM source WHERE digest = ?", digest)
            try:
                if hashlib.sha256(unpack(row["data"])).hexdigest() != digest:
                    yield Finding("source", row["file"], f"its bytes are not those of digest {digest[:16]}…")
            except ArchiveError as error:
                yield Finding("source", row["file"], f"{error.message} (digest {digest[:16]}…)")
            tick(row["file"])

    def _texts(self, begin: Begin) -> Iterator[Finding]:
        """Texts as parsed: they can be read, and have as many items as numbers, each number once."""
        keys = [row["key"] for row in self._db.rows("SELECT key FROM revision ORDER BY key")]
        tick = begin("checking texts", len(keys))
        for key in keys:
            try:
                items = len(read_parsed(self._db, key).items)
            except ArchiveError as error:
                yield Finding("text", f"text {key}", error.message)
                continue
            for row in self._db.rows("SELECT * FROM reading WHERE revision = ?", key):
                numbers = json.loads(row["numbers"])
                if len(numbers) != items or len(set(numbers)) != items:
                    yield Finding("text", f"text {key}", f"it has {items} items, under the numbers {row['numbers']}")
            tick(f"{key}")

    def _briefings(self) -> Iterator[Finding]:
        """Briefings: each shows a text, its id is of its day, and its numbers are all entered."""
        for row in self._db.rows("SELECT * FROM briefing WHERE id IS NOT NULL"):
            last = self._db.first("SELECT * FROM reading WHERE briefing = ? ORDER BY number DESC LIMIT 1", row["key"])
            if last is None:
                yield Finding("text", row["id"], "it shows no text")
                continue
            entered = {r["n"] for r in self._db.rows("SELECT n FROM item WHERE briefing = ?", row["key"])}
            if not entered.issuperset(json.loads(last["numbers"])):
                yield Finding("text", row["id"], "numbers of its items are not entered")
            if not row["id"].startswith(f"{row['publisher']}/{row['language']}/{row['date']}"):
                yield Finding("text", row["id"], f"it is of {row['publisher']}, {row['language']}, {row['date']}")
