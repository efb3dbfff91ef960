"""The archive: everything that was ever received, what it is a text of, and what is shown of it. The source of truth.

Here belongs what a librarian decides: accept or reject what is held, put right an attribution, withdraw a briefing.
What arrives is in `index.archive_receive`, days are settled in `index.archive_days`, SQL tables are in
`index.archive_tables`. The one decision: nothing is overwritten. Bytes, texts, numbers and ids that were once given out
stay known, and every decision can be taken back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from sqlite3 import Row
from typing import Self

from index.amendments import Correction, Field, check_amendment
from index.archive_days import add_briefing, read_parsed, settle_day, unpack_briefing, write_journal
from index.archive_reader import READ_BY, ArchiveReader, Change, Held
from index.archive_receive import ArchiveReceiver, Outcome, Verdict, What, are_alike, day_of, to_instant
from index.archive_tables import ArchiveError, ArchiveMissing, open_database, rehearse_database, require_archive
from index.parsers import Parsed
from index.recall import recalled
from index.sources import Source
from search.errors import BadParameter, NotFound
from search.model import Item, briefing_of, item_id

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveMissing",
    "ArchiveReader",
    "Change",
    "Held",
    "Outcome",
    "Verdict",
    "What",
    "require_archive",
]


class Archive(ArchiveReceiver):
    """An open archive. Writers hold `index.lock.write_lock` of its home."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The archive at `path`, to read and write; made if it is not there. Raises ArchiveError."""
        return cls(open_database(path))

    @classmethod
    def rehearse(cls, path: Path) -> Self:
        """A private copy of the archive at `path`, to try things on; the home is not touched. Raises ArchiveError."""
        return cls(rehearse_database(path))

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction around several calls: all that they write is on the disk when the block ends, or nothing is."""
        with self._db.write():
            yield

    # What need not be parsed again

    def recall(self, source: Source, mark: str) -> Parsed | None:
        """What `source` says, if it came before and was read by what `mark` stands for; else `None`."""
        row = self._db.first(
            "SELECT r.key, r.parsed FROM revision r JOIN recall c ON c.revision = r.key"
            " WHERE r.digest = ? AND c.mark = ?",
            source.digest,
            mark,
        )
        return recalled(source, unpack_briefing(row["parsed"]), row["key"]) if row else None

    def remember(self, outcome: Outcome, parsed: Parsed, mark: str) -> None:
        """Remember by what a text was read, if the archive's record of it says what was read."""
        key, briefing = outcome.revision, parsed.briefing
        if key is None or briefing is None:
            return
        row = self._db.first("SELECT mark FROM recall WHERE revision = ?", key)
        if row and row["mark"] == mark:
            return
        if outcome.what in {"added", "corrected"} or are_alike(read_parsed(self._db, key), briefing):
            self._db.run("INSERT OR REPLACE INTO recall (revision, mark) VALUES (?, ?)", key, mark)

    # Deciding what is held

    def accept(self, which: str, now: datetime) -> str:
        """Publish a held text; the id that it then has. A text in doubt becomes a briefing of its own.

        Args:
            which: the id that the text is about, or its revision number where several are held under one id.
            now: the instant of the decision.

        Raises:
            NotFound: nothing is held there.
            BadParameter: several texts are.
        """
        row = self._find_held(which)
        instant = to_instant(now)
        with self._db.write():
            page = self._page(row["page"])
            briefing = read_parsed(self._db, row["key"])
            if page["text"] == row["key"]:
                key = add_briefing(self._db, day_of(page))
                self._db.run("UPDATE page SET briefing = ? WHERE key = ?", key, page["key"])
                page = self._page(page["key"])
            self._take_text(page, row["key"], briefing, instant)
            return self._subject(self._revision(row["key"]))

    def reject(self, which: str, now: datetime) -> str:
        """Keep a held text out for good, in the archive alone; the id it was about. Arguments, errors: see `accept`."""
        row = self._find_held(which)
        about = self._subject(row)
        with self._db.write():
            page = self._page(row["page"])
            self._set_state(row["key"], "rejected", None)
            if page["text"] == row["key"]:
                self._db.run("UPDATE page SET text = NULL WHERE key = ?", page["key"])
                settle_day(self._db, day_of(page), to_instant(now), cause="added")
        return about

    def _find_held(self, which: str) -> Row:
        found = [h for h in self.held() if which in (h.id, str(h.revision))]
        if not found:
            raise NotFound("nothing is held there", where=which, hint="see what is held: lectern review")
        if len(found) > 1:
            keys = ", ".join(str(h.revision) for h in found)
            raise BadParameter(f"several texts are held there: {keys}", where=which, hint="name one by its number")
        return self._revision(found[0].revision)

    # Putting right attributions

    def amend(self, id: str, values: Mapping[Field, str], reason: str, now: datetime) -> Item:
        """Put right who spoke or asked in an item, or what it is; the item as it then reads.

        It is laid over every later text of the item too, until it is taken back.

        Raises:
            NotFound: no such item is shown.
            BadParameter: there is nothing to put right, or no reason for it.
        """
        key, item = self._item(id)
        if not reason.strip():
            raise BadParameter("the reason is empty", where=id, hint="say why, for those who read it later")
        since = to_instant(now)
        try:
            check_amendment(item, [Correction(name, value, reason, since) for name, value in values.items()])
        except BadParameter as error:
            raise BadParameter(error.message, where=id, hint=error.hint) from error
        with self._db.write():
            for name, value in values.items():
                self._db.run(
                    "INSERT INTO amendment (briefing, n, field, value, reason, since) VALUES (?, ?, ?, ?, ?, ?)",
                    *(key, item.n, name, value, reason, since),
                )
            write_journal(self._db, briefing_of(id), "amended", since)
        return self._item(id)[1]

    def unamend(self, id: str, now: datetime) -> Item:
        """Take back all amendments of an item; the item as the page says it is. Raises NotFound."""
        key, item = self._item(id)
        if item.n not in self._corrections(key):
            raise NotFound("nothing was amended there", where=id, hint="nothing is to be taken back")
        since = to_instant(now)
        with self._db.write():
            self._db.run(
                "UPDATE amendment SET undone = ? WHERE briefing = ? AND n = ? AND undone IS NULL", since, key, item.n
            )
            write_journal(self._db, briefing_of(id), "amended", since)
        return self._item(id)[1]

    def _item(self, id: str) -> tuple[int, Item]:
        """The key of the briefing that an item belongs to, and the item as it is shown."""
        readings = self.readings(briefing_of(id))
        for item in readings[-1].briefing.items if readings else ():
            if item_id(briefing_of(id), item.n) == id:
                return self._db.one("SELECT key FROM briefing WHERE id = ?", briefing_of(id))["key"], item
        raise NotFound("there is no such item", where=id, hint="an item's id is its briefing's with its number: …/7")

    # Tagging

    def note_tagging(self, state: Mapping[str, str], ids: Iterable[str], now: datetime) -> None:
        """Remember what texts are tagged by from now on; those of `ids`, tagged by something else, are to be again.

        They are changes of the journal like others: the index is brought up to them, now or after a crash.

        Args:
            state: a text under each id, of whatever the tags depend on.
            ids: of the briefings whose tags depend on what has changed.
            now: the instant.
        """
        before, since = self.tagging(), to_instant(now)
        with self._db.write():
            for id in before.keys() - state.keys():
                self._db.run("DELETE FROM tagging WHERE id = ?", id)
            for id, of in state.items():
                if before.get(id) != of:
                    self._db.run("INSERT OR REPLACE INTO tagging (id, state) VALUES (?, ?)", id, of)
            for id in ids:
                write_journal(self._db, id, "retagged", since)

    def note_reading(self, version: str) -> None:
        """Remember by which names and profiles all texts were read."""
        self._db.run("INSERT OR REPLACE INTO tagging (id, state) VALUES (?, ?)", READ_BY, version)

    # Withdrawing

    def withdraw(self, ids: Sequence[str], reason: str, now: datetime) -> None:
        """Take briefings out of what is shown; all that is known of them stays here, and their texts stay out.

        Raises:
            NotFound: no such briefing is shown; nothing is done.
            BadParameter: there is no reason.
        """
        if not reason.strip():
            raise BadParameter(
                "the reason is empty", where=", ".join(ids), hint="readers who follow a link will see it"
            )
        since = to_instant(now)
        with self._db.write():
            shown = set(self.ids())
            for id in dict.fromkeys(ids):
                if id not in shown:
                    raise self._not_shown(id)
                key = self._db.one("SELECT key FROM briefing WHERE id = ?", id)["key"]
                self._db.run("INSERT INTO withdrawal (briefing, reason, since) VALUES (?, ?, ?)", key, reason, since)
                write_journal(self._db, id, "withdrawn", since)

    def restore(self, ids: Sequence[str], now: datetime) -> None:
        """Show withdrawn briefings again, under the same ids. Raises NotFound if one is not withdrawn."""
        since = to_instant(now)
        with self._db.write():
            gone = set(self.withdrawn())
            for id in dict.fromkeys(ids):
                if id not in gone:
                    raise NotFound("no briefing was withdrawn there", where=id, hint="see what is shown: lectern show")
                key = self._db.one("SELECT key FROM briefing WHERE id = ?", id)["key"]
                self._db.run("UPDATE withdrawal SET undone = ? WHERE briefing = ? AND undone IS NULL", since, key)
                write_journal(self._db, id, "restored", since)

    def _not_shown(self, id: str) -> NotFound:
        moved = next((t.moved_to for t in self.tombstones(id) if t.id == id and t.moved_to), None)
        if moved:
            return NotFound("it has moved", where=id, hint=f"it is {moved} now")
        if id in self.withdrawn():
            return NotFound("it is withdrawn already", where=id, hint="show it again: lectern remove --undo ID")
        return NotFound(
            "there is no such briefing", where=id, hint="whole briefings are withdrawn: cn-mfa/en/2024-02-08"
        )
