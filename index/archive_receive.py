"""What arrives in the archive, and what becomes of it.

Here belongs the way of one input: whose text it is, whether it is known, whether it may be shown. What a librarian
decides is in `index.archive`; days are settled in `index.archive_days`. The one decision: a text that looks worse than
the one before waits for a librarian, and what is held, withdrawn or rejected is kept all the same.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Literal

from index.align import list_losses
from index.archive_days import (
    Day,
    add_briefing,
    read_parsed,
    renumber_readings,
    settle_day,
    unpack_briefing,
    write_journal,
)
from index.archive_reader import read_reasons
from index.archive_tables import pack, pack_json
from index.archive_withdrawn import WithdrawnReader, say_withdrawn
from index.identity import address_key
from index.parsers import PARSER_VERSION, Parsed
from index.sources import Source
from search.errors import BadParameter, NotFound
from search.model import Briefing, Problem
from search.record import Json, briefing_to_json, problem_to_json

What = Literal["added", "corrected", "unchanged", "duplicate", "held", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        what: added (a new briefing), corrected (a new text of a known one), unchanged, duplicate (another address of a
            known one), held or refused.
        id: the briefing's id; of a held text, the id that it is about; `None` if refused.
        revision: the archive's key of the text, `None` if refused.
        problems: the parser's, and those that the archive found.
    """

    what: What
    id: str | None
    revision: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a librarian says of a new text beforehand: it is one of the briefing `id`, or (`None`) of one of its own."""

    id: str | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An input that has a text, with what the archive notes of its arrival.

    `is_told`: a librarian says whose it is. `recalled`: the key of the revision whose record it is, if none was parsed.
    """

    source: Source
    briefing: Briefing
    problems: tuple[Problem, ...]
    url: str | None
    instant: str
    parser_version: int
    is_told: bool = False
    recalled: int | None = None


class ArchiveReceiver(WithdrawnReader):
    """An archive that takes in what was parsed."""

    def receive(
        self, parsed: Parsed, now: datetime, parser_version: int = PARSER_VERSION, *, verdict: Verdict | None = None
    ) -> Outcome:
        """Take in one parsed input, and say what became of it. What is refused is not kept.

        Raises:
            NotFound, BadParameter: the verdict names no briefing, or one of another day; nothing is taken in.
        """
        briefing = parsed.briefing
        if briefing is None:
            return Outcome("refused", None, None, parsed.problems)
        url = briefing.url or parsed.source.url
        instant = to_instant(now)
        arrival = _Arrival(parsed.source, briefing, parsed.problems, url, instant, parser_version, verdict is not None)
        arrival = replace(arrival, recalled=parsed.recalled)
        with self._db.write():
            page = self._find_page(briefing, url, parsed.source.digest)
            day, is_told = _day_read(briefing), verdict is not None
            if kept_out := self._kept_out(page, parsed.source.digest, day, is_told=is_told):
                return Outcome("unchanged", kept_out.id, kept_out.revision, (kept_out.problem,))
            found, said = self._heed(verdict, page, arrival) if verdict else (page, ())
            outcome = (
                self._receive_known(found, arrival) if found else self._receive_new(self._add_page(arrival), arrival)
            )
            if any(p.code == "decided" for p in said):
                outcome = replace(outcome, what="added" if verdict and verdict.id is None else "duplicate")
            return self._leave_out(replace(outcome, problems=outcome.problems + said))

    def _receive_known(self, page: Row, arrival: _Arrival) -> Outcome:
        """A text of a page that is known."""
        learned = self._learn(page, arrival.url, arrival.instant)
        page = self._page(page["key"])
        known = self._db.first(
            "SELECT * FROM revision WHERE page = ? AND digest = ?", page["key"], arrival.source.digest
        )
        outcome = self._receive_again(page, known, arrival) if known else self._receive_new(page, arrival)
        return replace(outcome, problems=outcome.problems + learned)

    def _leave_out(self, outcome: Outcome) -> Outcome:
        """The outcome as it is to be told: what became of a text of a withdrawn briefing shows nowhere."""
        if outcome.revision is None:
            return outcome
        withdrawal = self._withdrawal(self._page(self._revision(outcome.revision)["page"])["briefing"])
        if withdrawal is None:
            return outcome
        return replace(outcome, what="unchanged", problems=(say_withdrawn(outcome.id, withdrawal),))

    def _heed(self, verdict: Verdict, page: Row | None, arrival: _Arrival) -> tuple[Row | None, tuple[Problem, ...]]:
        """The page that a librarian's word makes an input a text of, and what is to be said of that word."""
        day = _day_read(arrival.briefing)
        told = None if verdict.id is None else self._briefing_of_day(verdict.id, day)
        if page is None and told is not None and arrival.url is None:
            return self._shown_page(told), ()
        if page is not None and (page["briefing"] is not None or (page["text"] is not None and day_of(page) != day)):
            others = self._has_other_pages(page) if told is None else page["briefing"] != told
            about = self._id_of_page(page["key"]) or "/".join(day_of(page))
            text = f"the text, or its address, is known as one of {about}; what is said of it now is ignored"
            return page, (Problem("known-otherwise", "note", text),) if others else ()
        page = page or self._add_page(arrival)
        key = add_briefing(self._db, day) if told is None else told
        self._db.run(
            "UPDATE page SET publisher = ?, language = ?, date = ?, briefing = ?, joined = ? WHERE key = ?",
            *(*day, key, told is not None, page["key"]),
        )
        if page["text"] is None:
            return self._page(page["key"]), ()
        settle_day(self._db, day, arrival.instant, cause="added" if told is None else "corrected")
        text = f"it was in doubt, and is a text of {self._id_of_page(page['key'])} now"
        return self._page(page["key"]), (Problem("decided", "note", text),)

    def _briefing_of_day(self, id: str, day: Day) -> int:
        row = self._db.first("SELECT * FROM briefing WHERE id = ?", id)
        if row is None:
            raise NotFound("there is no such briefing", where=id, hint="give the id that `lectern review` names")
        if Day(row["publisher"], row["language"], row["date"]) != day:
            raise BadParameter(
                f"the file is a text of {'/'.join(day)}, and cannot be one of this briefing",
                where=id,
                hint="give a briefing of the same publisher, language and day",
            )
        return int(row["key"])

    def _shown_page(self, briefing: int) -> Row | None:
        """The page whose text a briefing shows."""
        return self._db.first(
            "SELECT p.* FROM page p JOIN revision r ON r.key = p.text WHERE p.briefing = ? AND r.state = 'live'",
            briefing,
        )

    def reread(self, revision: int, parsed: Parsed, now: datetime) -> Outcome:
        """Take in what the parser of today makes of a text that is known; no new revision comes of it."""
        row = self._revision(revision)
        if parsed.briefing is None:
            return Outcome("refused", self._subject(row), revision, parsed.problems)
        page = self._page(row["page"])
        arrival = _Arrival(
            parsed.source, parsed.briefing, parsed.problems, page["url"], to_instant(now), PARSER_VERSION
        )
        with self._db.write():
            return self._leave_out(self._receive_again(page, row, arrival))

    def _find_page(self, briefing: Briefing, url: str | None, digest: str) -> Row | None:
        """The page that an input is a text of: by address; without one by its bytes, then by date and title."""
        if url:
            address = address_key(url)
            same = "CASE WHEN publisher = ? AND language = ? THEN 0 ELSE 1 END"
            return self._db.first(
                f"SELECT * FROM page WHERE address = ? ORDER BY {same}, key LIMIT 1",  # noqa: S608  a constant
                address,
                briefing.publisher,
                briefing.language,
            ) or self._db.first(
                # The same bytes came before without an address, and nothing else came for that page.
                "SELECT p.* FROM page p WHERE p.address IS NULL AND p.publisher = ? AND p.language = ? AND"
                " (SELECT COUNT(*) = 1 AND MAX(digest) = ? FROM revision WHERE page = p.key) ORDER BY p.key LIMIT 1",
                briefing.publisher,
                briefing.language,
                digest,
            )
        return self._db.first(
            "SELECT p.* FROM page p JOIN revision r ON r.page = p.key WHERE r.digest = ? ORDER BY p.key LIMIT 1", digest
        ) or self._db.first(
            "SELECT * FROM page WHERE publisher = ? AND language = ? AND date = ? AND title = ? AND address IS NULL",
            briefing.publisher,
            briefing.language,
            briefing.date.isoformat(),
            briefing.title,
        )

    def _learn(self, page: Row, url: str | None, instant: str) -> tuple[Problem, ...]:
        """Enter the address of a page that had none."""
        if not url or page["address"] is not None:
            return ()
        self._db.run("UPDATE page SET address = ?, url = ? WHERE key = ?", address_key(url), url, page["key"])
        if page["text"] is not None:
            settle_day(self._db, day_of(page), instant, cause="corrected")
        id = self._id_of_page(page["key"])
        if id is None:
            return ()
        write_journal(self._db, id, "address", instant)
        return (Problem("address-learned", "note", f"the address of {id} is now known: {url}"),)

    def _receive_again(self, page: Row, known: Row, arrival: _Arrival) -> Outcome:
        """The same bytes: nothing to do, unless newer code or other authority files read them differently."""
        if known["state"] == "rejected" and arrival.is_told:
            return self._judge(page, known["key"], arrival)
        if known["key"] == arrival.recalled and not arrival.is_told:
            return self._report_known(known, arrival.problems)
        stored, fresh, problems = unpack_briefing(known["parsed"]), arrival.briefing, arrival.problems
        older, newer = (
            arrival.parser_version < known["parser_version"],
            arrival.parser_version > known["parser_version"],
        )
        if newer:
            self._db.run("UPDATE revision SET parser_version = ? WHERE key = ?", arrival.parser_version, known["key"])
        if older or are_alike(stored, fresh) or known["state"] == "rejected":
            return self._report_known(known, problems)
        if _identity(stored, dated=not newer) != _identity(fresh, dated=not newer):
            # It is the file's name, or an option, that says something else this time; the bytes do not.
            text = (
                f"known as {self._subject(known)}; that it was read as {fresh.id}, {fresh.title!r} this time is ignored"
            )
            return self._report_known(known, (*problems, Problem("read-otherwise", "note", text)))
        if known["state"] != "held" and any(p.severity == "held" for p in problems):
            return Outcome("held", self._subject(known), known["key"], problems)
        self._db.run(
            "UPDATE revision SET parsed = ?, parser_version = ? WHERE key = ?",
            pack_json(briefing_to_json(fresh)),
            arrival.parser_version,
            known["key"],
        )
        self._db.run("DELETE FROM recall WHERE revision = ?", known["key"])
        if known["state"] == "held" and page["text"] != known["key"]:
            return self._judge(page, known["key"], arrival)
        renumber_readings(self._db, known["key"], stored, arrival.instant)
        if page["text"] == known["key"]:
            self._take_text(page, known["key"], fresh, arrival.instant)
        row = self._revision(known["key"])
        problems += (Problem("reparsed", "note", "known, and now read anew by newer code or names"),)
        what: What = "held" if row["state"] == "held" else "unchanged" if row["state"] == "same" else "corrected"
        return Outcome(what, self._subject(row), row["key"], problems + read_reasons(row))

    def _report_known(self, known: Row, problems: tuple[Problem, ...]) -> Outcome:
        if known["state"] == "held":
            return Outcome("held", self._subject(known), known["key"], problems + read_reasons(known))
        if known["state"] == "rejected":
            problems += (Problem("rejected-before", "note", "this text was rejected by a librarian; it stays out"),)
        return Outcome("unchanged", self._subject(known), known["key"], problems)

    def _add_page(self, arrival: _Arrival) -> Row:
        briefing, url = arrival.briefing, arrival.url
        key = self._db.run(
            "INSERT INTO page (publisher, language, date, title, address, url) VALUES (?, ?, ?, ?, ?, ?)",
            briefing.publisher,
            briefing.language,
            briefing.date.isoformat(),
            briefing.title,
            address_key(url) if url else None,
            url,
        )
        return self._page(key)

    def _receive_new(self, page: Row, arrival: _Arrival) -> Outcome:
        """Bytes that this page has not given before."""
        source = arrival.source
        self._db.run(
            "INSERT OR IGNORE INTO source (digest, data, file, received) VALUES (?, ?, ?, ?)",
            source.digest,
            pack(source.data),
            source.file,
            arrival.instant,
        )
        revision = self._db.run(
            "INSERT INTO revision (page, digest, received, parser_version, parsed, state)"
            " VALUES (?, ?, ?, ?, ?, 'held')",
            page["key"],
            source.digest,
            arrival.instant,
            arrival.parser_version,
            pack_json(briefing_to_json(arrival.briefing)),
        )
        return self._judge(page, revision, arrival)

    def _judge(self, page: Row, revision: int, arrival: _Arrival) -> Outcome:
        """Decide whether a revision becomes its page's text; until then it is held."""
        briefing, problems = arrival.briefing, arrival.problems
        self._set_state(revision, "held", None)
        if any(p.severity == "held" for p in problems):
            return Outcome("held", self._subject(self._revision(revision)), revision, problems)
        if page["text"] is not None:
            standing = read_parsed(self._db, page["text"])
            if _text_of(standing) == _text_of(briefing):
                self._set_state(revision, "same", None)
                same = Problem("same-text", "note", "the file differs from the one archived before, its text does not")
                return Outcome("unchanged", self._subject(self._revision(revision)), revision, (*problems, same))
            if losses := list_losses(standing, briefing):
                reason = Problem("suspicious-revision", "held", f"{'; '.join(losses)}; the earlier text stays")
                self._set_state(revision, "held", reason)
                return Outcome("held", self._subject(self._revision(revision)), revision, (*problems, reason))
        before = self._ids_of_day(briefing)
        self._take_text(page, revision, briefing, arrival.instant)
        return self._describe(page, revision, problems, before)

    def _describe(self, page: Row, revision: int, problems: tuple[Problem, ...], before: dict[int, str]) -> Outcome:
        """The outcome for a revision that has just become its page's text."""
        row = self._revision(revision)
        id = self._subject(row)
        if row["state"] == "held":
            return Outcome("held", id, revision, problems + read_reasons(row))
        for key, old in before.items():
            new = self._db.one("SELECT id FROM briefing WHERE key = ?", key)["id"]
            if new != old:
                problems += (Problem("renumbered", "note", f"{old} is now {new}: briefings of a day go by address"),)
        if page["text"] is not None:
            return Outcome("corrected", id, revision, problems)
        twins = self._db.rows(
            "SELECT url FROM page WHERE briefing = (SELECT briefing FROM page WHERE key = ?) AND key != ?",
            page["key"],
            page["key"],
        )
        if twins:
            where = ", ".join(twin["url"] or "an unknown address" for twin in twins)
            twin_note = Problem("duplicate", "note", f"{id} is at {where} too; the later address's text is shown")
            return Outcome("duplicate", id, revision, (*problems, twin_note))
        return Outcome("added", id, revision, problems)

    def _take_text(self, page: Row, revision: int, briefing: Briefing, instant: str) -> None:
        """Make `revision` the text of its page, and settle the days that this touches."""
        if page["text"] not in (None, revision):
            self._set_state(page["text"], "superseded", None)
        old, new = day_of(page), _day_read(briefing)
        key = page["briefing"]
        if old != new and key is not None and self._has_other_pages(page):
            key = add_briefing(self._db, new, key)
        self._db.run(
            "UPDATE page SET publisher = ?, language = ?, date = ?, title = ?, briefing = ?, text = ? WHERE key = ?",
            *new,
            briefing.title,
            key,
            revision,
            page["key"],
        )
        settle_day(self._db, new, instant, cause="added" if page["text"] is None else "corrected")
        if old != new:
            settle_day(self._db, old, instant, cause="corrected")

    def _ids_of_day(self, briefing: Briefing) -> dict[int, str]:
        rows = self._db.rows(
            "SELECT key, id FROM briefing WHERE publisher = ? AND language = ? AND date = ? AND id IS NOT NULL",
            briefing.publisher,
            briefing.language,
            briefing.date.isoformat(),
        )
        return {row["key"]: row["id"] for row in rows}

    def _has_other_pages(self, page: Row) -> bool:
        rows = self._db.rows("SELECT 1 FROM page WHERE briefing = ? AND key != ?", page["briefing"], page["key"])
        return bool(rows)

    def _set_state(self, revision: int, state: str, reason: Problem | None) -> None:
        text = None if reason is None else json.dumps(problem_to_json(reason), ensure_ascii=False)
        self._db.run("UPDATE revision SET state = ?, reason = ? WHERE key = ?", state, text, revision)


def to_instant(now: datetime) -> str:
    """`now` as the archive writes it: ISO 8601, UTC, to the second."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def day_of(page: Row) -> Day:
    """The day that a page is a text of."""
    return Day(page["publisher"], page["language"], page["date"])


def _day_read(briefing: Briefing) -> Day:
    """The day that a record says it is of."""
    return Day(briefing.publisher, briefing.language, briefing.date.isoformat())


def are_alike(stored: Briefing, fresh: Briefing) -> bool:
    """Whether two readings of the same bytes say the same, and remark the same."""
    return _text_of(stored) == _text_of(fresh) and _remarks(stored) == _remarks(fresh)


def _text_of(briefing: Briefing) -> Json:
    """What a record says, without where it was read from, how it is known, and its parser's remarks."""
    record = briefing_to_json(replace(briefing, problems=()))
    return {name: value for name, value in record.items() if name not in ("file", "id", "url")}


def _remarks(briefing: Briefing) -> list[tuple[str, str, int | None]]:
    """Its parser's remarks, without their wording, which may name the file."""
    return [(p.code, p.severity, p.item) for p in briefing.problems]


def _identity(briefing: Briefing, *, dated: bool) -> tuple[str, ...]:
    """What no other reading of the same bytes may change; date and title only newer code may."""
    head = (briefing.publisher, briefing.language)
    return (*head, briefing.date.isoformat(), briefing.title) if dated else head
