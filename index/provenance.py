"""Where each text of a briefing came from: when, at which address, in which file, which bytes, read by which parser.

Here belongs what a librarian may ask about what was received; nothing here writes. The one decision: the archive
answers, not the index, so that texts which are held, rejected, or of a withdrawn briefing have their papers too.
"""

import re
from dataclasses import dataclass
from sqlite3 import Row

from index.archive_days import unpack_briefing
from index.archive_reader import ArchiveReader, read_reasons
from index.archive_tables import unpack
from search.errors import BadParameter, Gone, NotFound
from search.model import Problem, briefing_of
from search.record import Json, problem_to_json

DIGEST_PREFIX = re.compile(r"[0-9a-f]{8,64}")
"""So much of a digest names a text."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A text became what its briefing shows: as which number, from which instant on (ISO 8601, UTC)."""

    number: int
    since: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A text that was received for a briefing.

    Attributes:
        revision: the archive's key of it.
        received: ISO 8601 instant in UTC.
        url: the publisher's address, `None` where it is not recorded.
        file: the name of the file that it came in first.
        digest: SHA-256 of the bytes, hexadecimal.
        size: how many bytes came.
        kept: how many they take in the archive, compressed.
        parser_version: of the parser that read them last.
        state: live, alias (of another address of the same briefing), superseded, same (as the one before), held or
            rejected.
        items: how many it has.
        showings: when the briefing began to show it; nothing if it never did.
        reasons: why it is held, if it is.
    """

    revision: int
    received: str
    url: str | None
    file: str
    digest: str
    size: int
    kept: int
    parser_version: int
    state: str
    items: int
    showings: tuple[Showing, ...]
    reasons: tuple[Problem, ...]

    def to_json(self) -> Json:
        """The receipt as JSON."""
        return {
            "shown": [{"number": one.number, "since": one.since} for one in self.showings],
            "state": self.state,
            "received": self.received,
            "url": self.url,
            "file": self.file,
            "sha256": self.digest,
            "bytes": self.size,
            "kept_bytes": self.kept,
            "parser": self.parser_version,
            "items": self.items,
            "problems": [problem_to_json(problem) for problem in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed what is published of a briefing: when (ISO 8601, UTC), and what, as the journal has it."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that the archive knows of where a briefing comes from.

    Attributes:
        id: the briefing's.
        withdrawn: why it is withdrawn, `None` where it is shown.
        since: the instant since when it is, or "".
        receipts: every text received for it, in order of arrival.
        events: what became of it, in order.
    """

    id: str
    withdrawn: str | None
    since: str
    receipts: tuple[Receipt, ...]
    events: tuple[Event, ...]

    def to_json(self) -> Json:
        """All of it as JSON."""
        return {
            "id": self.id,
            "withdrawn": None if self.withdrawn is None else {"since": self.since, "reason": self.withdrawn},
            "revisions": [receipt.to_json() for receipt in self.receipts],
            "history": [{"at": event.at, "what": event.what} for event in self.events],
        }


class ProvenanceReader(ArchiveReader):
    """An archive, open to be asked where its texts come from."""

    def provenance(self, id: str) -> Provenance:
        """Where the texts of a briefing come from, be it shown or withdrawn.

        Raises:
            Gone: it has another id now.
            NotFound: there never was such a briefing.
        """
        key = self._key_of(id)
        withdrawal = self._withdrawal(key)
        events = self._db.rows("SELECT at, what FROM journal WHERE id = ? ORDER BY sequence", id)
        return Provenance(
            id,
            withdrawal["reason"] if withdrawal else None,
            withdrawal["since"] if withdrawal else "",
            tuple(self._receipt(row, key) for row in self._revisions_of(key, id)),
            tuple(Event(row["at"], row["what"]) for row in events),
        )

    def received_bytes(self, id: str, which: str | None = None) -> bytes:
        """The bytes of a text of a briefing, as they were received.

        Args:
            id: the briefing's.
            which: the number of the text, or the beginning of its digest; what is shown now if it is not given.

        Raises:
            Gone, NotFound: there is no such briefing, or no such text of it.
            BadParameter: `which` is neither a number nor the beginning of a digest, or begins several.
        """
        receipts = self.provenance(id).receipts
        if which is None:
            found = sorted((r for r in receipts if r.showings), key=lambda r: r.showings[-1].number)[-1:]
        elif len(which) < 8 and which.isdecimal():
            found = [r for r in receipts if any(one.number == int(which) for one in r.showings)]
        elif DIGEST_PREFIX.fullmatch(which):
            found = [r for r in receipts if r.digest.startswith(which)]
        else:
            hint = "give a number, or eight characters or more of a digest; see both with: lectern show ID --revisions"
            raise BadParameter(f"{which!r} names no text", where=id, hint=hint)
        digests = {receipt.digest for receipt in found}
        if not digests:
            raise NotFound(
                f"it has no text {which or 'to show'}", where=id, hint="see them with: lectern show ID --revisions"
            )
        if len(digests) > 1:
            raise BadParameter(f"several digests begin with {which}", where=id, hint="give more of it")
        return self.source(digests.pop())

    def _key_of(self, id: str) -> int:
        row = self._db.first("SELECT key FROM briefing WHERE id = ?", id)
        if row is not None:
            return int(row["key"])
        moved = next((t.moved_to for t in self.tombstones(id) if t.id == id and t.moved_to), None)
        if moved:
            raise Gone(f"{id} has moved", hint=f"it is {moved} now")
        whole = briefing_of(id)
        hint = f"texts are of whole briefings: {whole}" if whole != id else "an id looks like cn-mfa/en/2024-02-08"
        raise NotFound("there is no such briefing", where=id, hint=hint)

    def _revisions_of(self, briefing: int, id: str) -> list[Row]:
        """Texts of its pages, those that it showed while they were, and those that are held for it."""
        sql = (
            "SELECT r.* FROM revision r JOIN page p ON p.key = r.page WHERE p.briefing = ?"
            " OR r.key IN (SELECT revision FROM reading WHERE briefing = ?) ORDER BY r.key"
        )
        rows = {row["key"]: row for row in self._db.rows(sql, briefing, briefing)}
        held = self._db.rows("SELECT * FROM revision WHERE state = 'held'")
        rows |= {row["key"]: row for row in held if self._subject(row) == id}
        return [rows[key] for key in sorted(rows)]

    def _receipt(self, row: Row, briefing: int) -> Receipt:
        source = self._db.one("SELECT data, file FROM source WHERE digest = ?", row["digest"])
        parsed = unpack_briefing(row["parsed"])
        showings = self._db.rows(
            "SELECT number, since FROM reading WHERE briefing = ? AND revision = ? ORDER BY number",
            *(briefing, row["key"]),
        )
        reasons = tuple(p for p in parsed.problems if p.severity == "held") + read_reasons(row)
        return Receipt(
            row["key"],
            row["received"],
            self._page(row["page"])["url"],
            source["file"],
            row["digest"],
            len(unpack(source["data"])),
            len(source["data"]),
            row["parser_version"],
            row["state"],
            len(parsed.items),
            tuple(Showing(one["number"], one["since"]) for one in showings),
            reasons if row["state"] == "held" else (),
        )
