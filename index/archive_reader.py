"""What can be read from the archive: briefings under their ids, every text they had, what is held, and what changed.

Nothing here writes. The one decision: ids, numbers and tombstones are put together from the tables at the moment of
reading, so that a briefing that moved is found under its present id in all its texts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Row
from types import TracebackType
from typing import Self

from index.align import assign_numbers, renumber
from index.amendments import Correction, amend_briefing
from index.archive_days import Reading, iter_readings, read_parsed
from index.archive_tables import Database, read_database, unpack, unpack_json
from index.sources import Source
from search.engine import Tombstone
from search.errors import NotFound
from search.model import PARAGRAPH, Briefing, Problem, item_id
from search.record import Json, problem_from_json

READ_BY = "read by"
"""Among what texts are tagged by, the row that says what all of them were read by; no entity's id has a space."""


@dataclass(frozen=True, slots=True)
class Held:
    """A text that waits for a librarian.

    Attributes:
        revision: the archive's key of it, by which it is accepted or rejected.
        id: the id of the briefing that it is about.
        received: ISO 8601 instant in UTC.
        problems: why it is held.
        briefing: the text itself, its items under the numbers that they would have under `id`.
        live: what stands under `id` now, `None` if nothing does; what is the same in both has the same number.
    """

    revision: int
    id: str
    received: str
    problems: tuple[Problem, ...]
    briefing: Briefing
    live: Briefing | None


@dataclass(frozen=True, slots=True)
class Change:
    """An id whose published state changed, and the journal's sequence number of the last time that it did."""

    id: str
    sequence: int


class ArchiveReader:
    """An archive, open to be read."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @classmethod
    def read(cls, path: Path) -> Self:
        """The archive at `path`, to read only. Raises ArchiveMissing, ArchiveError."""
        return cls(read_database(path))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def sequence(self) -> int:
        """The sequence number of the last change; 0 of an empty archive."""
        return int(self._db.one("SELECT COALESCE(MAX(sequence), 0) FROM journal")[0])

    def changes(self, since: int) -> tuple[Change, ...]:
        """The ids whose published state changed after sequence number `since`, in order of their last change."""
        rows = self._db.rows(
            "SELECT id, MAX(sequence) AS last FROM journal WHERE sequence > ? GROUP BY id ORDER BY last", since
        )
        return tuple(Change(row["id"], row["last"]) for row in rows)

    def ids(self) -> tuple[str, ...]:
        """The ids of all briefings that are shown, in order of their day."""
        rows = self._db.rows(
            "SELECT id FROM briefing b WHERE id IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM withdrawal w WHERE w.briefing = b.key AND w.undone IS NULL)"
            " ORDER BY publisher, language, date, id"
        )
        return tuple(row["id"] for row in rows)

    def withdrawn(self) -> tuple[str, ...]:
        """The ids of the briefings that are withdrawn."""
        rows = self._db.rows(
            "SELECT b.id FROM withdrawal w JOIN briefing b ON b.key = w.briefing"
            " WHERE w.undone IS NULL AND b.id IS NOT NULL ORDER BY b.id"
        )
        return tuple(row["id"] for row in rows)

    def redirects(self) -> tuple[str, ...]:
        """The ids that have moved for good."""
        return tuple(row["id"] for row in self._db.rows("SELECT id FROM redirect ORDER BY id"))

    def readings(self, id: str) -> tuple[Reading, ...]:
        """Every text that a briefing showed, the present one, as amended, last; nothing if none stands under `id`."""
        row = self._db.first("SELECT key FROM briefing WHERE id = ?", id)
        if row is None or self._withdrawal(row["key"]):
            return ()
        readings = list(iter_readings(self._db, row["key"]))
        if readings and (corrections := self._corrections(row["key"])):
            readings[-1] = replace(readings[-1], briefing=amend_briefing(readings[-1].briefing, corrections))
        return tuple(readings)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Of each briefing that is shown, its id and all that is said in it now; for who only looks for words."""
        sql = (
            "SELECT r.parsed FROM briefing b JOIN reading g ON g.briefing = b.key JOIN revision r ON r.key = g.revision"
            " WHERE b.id = ? ORDER BY g.number DESC LIMIT 1"
        )
        for id in self.ids():
            if row := self._db.first(sql, id):
                yield id, PARAGRAPH.join(_iter_passages(unpack_json(row["parsed"])["items"]))

    def tagging(self) -> dict[str, str]:
        """What `Archive.note_tagging` was last told; nothing if it never was."""
        return {row["id"]: row["state"] for row in self._db.rows("SELECT * FROM tagging WHERE id != ?", READ_BY)}

    def read_by(self) -> str:
        """What `Archive.note_reading` was last told; "" if it never was."""
        row = self._db.first("SELECT state FROM tagging WHERE id = ?", READ_BY)
        return str(row["state"]) if row else ""

    def numbers(self) -> dict[str, tuple[int, ...]]:
        """Of each briefing that is shown the numbers of its items, in order."""
        rows = self._db.rows(
            "SELECT b.id, g.numbers FROM briefing b JOIN reading g ON g.briefing = b.key WHERE g.number ="
            " (SELECT MAX(number) FROM reading WHERE briefing = b.key)"
        )
        known = {row["id"]: tuple(json.loads(row["numbers"])) for row in rows}
        return {id: known.get(id, ()) for id in self.ids()}

    def _corrections(self, briefing: int) -> dict[int, list[Correction]]:
        """The amendments of a briefing's items that hold, by number, in the order in which they were made."""
        found: dict[int, list[Correction]] = defaultdict(list)
        sql = "SELECT * FROM amendment WHERE briefing = ? AND undone IS NULL ORDER BY key"
        for row in self._db.rows(sql, briefing):
            found[row["n"]].append(Correction(row["field"], row["value"], row["reason"], row["since"]))
        return found

    def _withdrawal(self, briefing: int | None) -> Row | None:
        return self._db.first("SELECT * FROM withdrawal WHERE briefing = ? AND undone IS NULL", briefing)

    def tombstones(self, id: str) -> tuple[Tombstone, ...]:
        """What stands where items of briefing `id` stood that are gone, or `id` itself, if it moved or is withdrawn."""
        gone = self._db.rows(
            "SELECT i.* FROM item i JOIN briefing b ON b.key = i.briefing WHERE b.id = ? AND i.removed IS NOT NULL", id
        )
        stones = (
            *self._withdrawn_stones(id),
            *(Tombstone(item_id(id, row["n"]), row["removed"], row["reason"]) for row in gone),
        )
        moved = self._db.first(
            "SELECT d.*, b.id AS target FROM redirect d JOIN briefing b ON b.key = d.briefing WHERE d.id = ?", id
        )
        if moved is None:
            return stones
        since, reason, target = moved["since"], moved["reason"], moved["target"]
        return (
            Tombstone(id, since, reason, target),
            *(Tombstone(item_id(id, n), since, reason, item_id(target, n)) for n in range(1, moved["items"] + 1)),
        )

    def _withdrawn_stones(self, id: str) -> tuple[Tombstone, ...]:
        """What stands where a withdrawn briefing stood, and the items that it had; nothing if it is shown."""
        row = self._db.first("SELECT key FROM briefing WHERE id = ?", id)
        withdrawal = self._withdrawal(row["key"]) if row else None
        if row is None or withdrawal is None:
            return ()
        items = self._db.rows("SELECT n FROM item WHERE briefing = ? AND removed IS NULL", row["key"])
        ids = (id, *(item_id(id, item["n"]) for item in items))
        return tuple(Tombstone(one, withdrawal["since"], withdrawal["reason"]) for one in ids)

    def source(self, digest: str) -> bytes:
        """The bytes received under a digest (SHA-256, hexadecimal). Raises NotFound."""
        row = self._db.first("SELECT data FROM source WHERE digest = ?", digest)
        if row is None:
            raise NotFound("nothing was received with this digest", where=digest)
        return unpack(row["data"])

    def digests(self) -> tuple[str, ...]:
        """The digests of all files that were received."""
        return tuple(row["digest"] for row in self._db.rows("SELECT digest FROM source ORDER BY digest"))

    def outdated(self, before: int) -> tuple[int, ...]:
        """The keys of all texts that were read by a parser of a version below `before`, in order of arrival."""
        rows = self._db.rows("SELECT key FROM revision WHERE parser_version < ? ORDER BY key", before)
        return tuple(row["key"] for row in rows)

    def original(self, revision: int) -> tuple[Source, Briefing]:
        """The file that a text was read from, as received, and its record as the parser gave it."""
        row = self._revision(revision)
        source = self._db.one("SELECT file FROM source WHERE digest = ?", row["digest"])
        stored = read_parsed(self._db, revision)
        url = self._page(row["page"])["url"]
        return Source(source["file"], self.source(row["digest"]), row["digest"], url, stored.title), stored

    def known_url(self, digest: str) -> str | None:
        """The address from which bytes of this digest came; `None` if they are new, or it is not known."""
        row = self._db.first(
            "SELECT p.url FROM page p JOIN revision r ON r.page = p.key WHERE r.digest = ? AND p.url IS NOT NULL"
            " ORDER BY p.key LIMIT 1",
            digest,
        )
        return row["url"] if row else None

    def id_of(self, revision: int) -> str:
        """The id that a revision is a text of; of a held or rejected one, the id that it is about."""
        return self._subject(self._revision(revision))

    def held(self) -> tuple[Held, ...]:
        """All that waits for a librarian, longest waiting first."""
        rows = self._db.rows(
            "SELECT r.* FROM revision r JOIN page p ON p.key = r.page WHERE r.state = 'held' AND NOT EXISTS"
            " (SELECT 1 FROM withdrawal w WHERE w.briefing = p.briefing AND w.undone IS NULL) ORDER BY r.key"
        )
        return tuple(self._held(row) for row in rows)

    def _held(self, row: Row) -> Held:
        briefing = read_parsed(self._db, row["key"])
        id = self._subject(row)
        standing = self._db.first("SELECT key FROM briefing WHERE id = ?", id)
        live = list(iter_readings(self._db, standing["key"]))[-1].briefing if standing else None
        if standing and live:
            highest = self._db.one("SELECT MAX(n) FROM item WHERE briefing = ?", standing["key"])[0]
            briefing = renumber(briefing, assign_numbers(briefing.items, live.items, highest=highest))
        reasons = tuple(p for p in briefing.problems if p.severity == "held") + read_reasons(row)
        return Held(row["key"], id, row["received"], reasons, briefing, live)

    def _subject(self, revision: Row) -> str:
        id = self._id_of_page(revision["page"])
        if id is None and revision["reason"] is not None and revision["state"] == "held":
            id = json.loads(revision["reason"]).get("about")
        return id or read_parsed(self._db, revision["key"]).id

    def _id_of_page(self, page: int) -> str | None:
        row = self._db.first("SELECT b.id FROM page p JOIN briefing b ON b.key = p.briefing WHERE p.key = ?", page)
        return row["id"] if row else None

    def _page(self, key: int) -> Row:
        return self._db.one("SELECT * FROM page WHERE key = ?", key)

    def _revision(self, key: int) -> Row:
        return self._db.one("SELECT * FROM revision WHERE key = ?", key)


def _iter_passages(items: Iterable[Json]) -> Iterator[str]:
    """The words of items as the archive keeps them."""
    for item in items:
        if item["turns"]:
            yield from (turn["text"] for turn in item["turns"])
        else:
            yield item["text"]


def read_reasons(revision: Row) -> tuple[Problem, ...]:
    """Why the archive holds a revision; nothing if it does not, or if its parser's problems are why."""
    return () if revision["reason"] is None else (problem_from_json(json.loads(revision["reason"])),)
