"""Withdrawn briefings: what of theirs comes again stays out, whatever it comes as.

Here belongs how bytes of a withdrawn briefing are known again. The one decision: a withdrawal is of the briefing, its
addresses and its bytes; so a file of it that arrives as another day's, another publisher's or at the address of another
briefing is not taken in, and whoever adds it is told why.
"""

from sqlite3 import Row
from typing import NamedTuple

from index.archive_days import Day
from index.archive_reader import ArchiveReader
from search.model import Problem


class KeptOut(NamedTuple):
    """What is told of bytes that stay out: the id and the text (the archive's key) that they are of, and why."""

    id: str
    revision: int
    problem: Problem


class WithdrawnReader(ArchiveReader):
    """An archive that knows again what was withdrawn."""

    def _kept_out(self, page: Row | None, digest: str, day: Day, *, is_told: bool) -> KeptOut | None:
        """What is to be told, if bytes are those of a withdrawn briefing and come as another one's; else `None`.

        Args:
            page: whose text they would be, `None` if nobody's yet.
            digest: theirs.
            day: of which they are read to be.
            is_told: whether a librarian says of which briefing.
        """
        row = self._db.first(
            "SELECT r.key, p.publisher, p.language, p.date, w.briefing, w.reason, w.since FROM revision r"
            " JOIN page p ON p.key = r.page JOIN withdrawal w ON w.briefing = p.briefing"
            " WHERE r.digest = ? AND w.undone IS NULL ORDER BY r.key DESC LIMIT 1",
            digest,
        )
        if row is None:
            return None
        if page is None and not is_told and day == Day(row["publisher"], row["language"], row["date"]):
            return None  # its day is settled with it, as with another address of the same briefing
        if page is not None and (page["briefing"] == row["briefing"] or self._gave(page, digest)):
            return None
        id = self.id_of(row["key"])
        return KeptOut(id, row["key"], say_withdrawn(id, row))

    def _gave(self, page: Row, digest: str) -> bool:
        """Whether a page is known to have given these bytes."""
        sql = "SELECT 1 FROM revision WHERE page = ? AND digest = ?"
        return self._db.first(sql, page["key"], digest) is not None


def say_withdrawn(id: str | None, withdrawal: Row) -> Problem:
    """The note about a text that stays out."""
    text = f"{id} was withdrawn on {withdrawal['since'][:10]}: {withdrawal['reason']}; its texts stay out"
    return Problem("withdrawn", "note", text)
