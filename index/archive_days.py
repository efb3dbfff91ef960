"""How the archive settles a day: which pages are one briefing, its id, the text it shows, the numbers of its items.

Here `index.identity` and `index.align` decide, and what they decide is written down. The one decision: after any change
the whole day is settled anew, and only what differs from before is written and noted in the journal.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from index.align import assign_numbers, renumber
from index.archive_tables import ArchiveError, Database, unpack_json
from index.identity import (
    Cluster,
    Doubt,
    Page,
    Words,
    assign_ordinals,
    briefing_id,
    count_words,
    settle,
)
from search.model import Briefing, Item, Problem
from search.record import Json, briefing_from_json, problem_to_json


class Day(NamedTuple):
    """A publisher's day in one language; `date` as ISO 8601."""

    publisher: str
    language: str
    date: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that a briefing showed: its number from 1, since when, and the briefing under its present id."""

    number: int
    since: str
    briefing: Briefing


def settle_day(db: Database, day: Day, now: str, *, cause: str) -> None:
    """Write down which briefings `day` has and what they show; `cause` is what the journal says of new texts."""
    rows = db.rows(
        "SELECT p.*, r.parsed FROM page p JOIN revision r ON r.key = p.text"
        " WHERE p.publisher = ? AND p.language = ? AND p.date = ?",
        *day,
    )
    alone = len(rows) == 1
    settlement = settle(
        [
            Page(
                row["key"],
                row["address"],
                row["title"],
                Words() if alone else count_words(unpack_briefing(row["parsed"])),
                row["briefing"],
                bool(row["joined"]),
                frozenset() if alone else _digests(db, row["key"], row["text"]),
            )
            for row in rows
        ]
    )
    text = {row["key"]: row["text"] for row in rows}
    clusters = [_found(db, cluster, day) for cluster in settlement.clusters]
    _write_ids(db, day, clusters, now)
    for cluster in clusters:
        for page in cluster.pages:
            state = "live" if page is cluster.pages[-1] else "alias"
            db.run("UPDATE revision SET state = ?, reason = NULL WHERE key = ?", state, text[page.key])
        if cluster.briefing is not None:
            _show(db, cluster.briefing, text[cluster.pages[-1].key], now, cause)
    for doubt in settlement.doubts:
        reason = json.dumps(_describe(db, doubt), ensure_ascii=False)
        db.run("UPDATE revision SET state = 'held', reason = ? WHERE key = ?", reason, text[doubt.page.key])


def add_briefing(db: Database, day: Day, before: int | None = None) -> int:
    """The key of a new briefing; if `before`, whose page becomes a text of it, is withdrawn, so is the new one."""
    key = db.run("INSERT INTO briefing (publisher, language, date) VALUES (?, ?, ?)", *day)
    db.run(
        "INSERT INTO withdrawal (briefing, reason, since)"
        " SELECT ?, reason, since FROM withdrawal WHERE briefing = ? AND undone IS NULL",
        key,
        before,
    )
    return key


def _found(db: Database, cluster: Cluster, day: Day) -> Cluster:
    """`cluster` with the key of its briefing, which is made if it is new; its pages are entered under it."""
    key = cluster.briefing
    if key is None:
        key = add_briefing(db, day, next((p.briefing for p in cluster.pages if p.briefing is not None), None))
    else:
        db.run("UPDATE briefing SET publisher = ?, language = ?, date = ? WHERE key = ?", *day, key)
    for page in cluster.pages:
        if page.briefing != key:
            db.run("UPDATE page SET briefing = ? WHERE key = ?", key, page.key)
    return Cluster(cluster.pages, key)


def _digests(db: Database, page: int, text: int) -> frozenset[str]:
    """The digests of a page's files, but for those that were held back."""
    sql = "SELECT digest FROM revision WHERE page = ? AND (key = ? OR state NOT IN ('held', 'rejected'))"
    return frozenset(row["digest"] for row in db.rows(sql, page, text))


def _describe(db: Database, doubt: Doubt) -> Json:
    """The reason for which a page in doubt is held: a problem, and the id that it is `about`."""
    row = db.one("SELECT b.id, p.url FROM page p JOIN briefing b ON b.key = p.briefing WHERE p.key = ?", doubt.like.key)
    message = (
        f"{doubt.share:.0%} of the runs of three words of the shorter text are both in this one and in {row['id']}"
        f" (at {row['url'] or 'an unknown address'}): too many for another briefing of that day, too few for the same"
        " one; accept it as a briefing of its own, reject it, or add the file once more with --as and that id"
    )
    return problem_to_json(Problem("which-briefing", "held", message)) | {"about": row["id"]}


def write_journal(db: Database, id: str, what: str, now: str) -> None:
    """Note that the published state of `id` changed."""
    db.run("INSERT INTO journal (id, what, at) VALUES (?, ?, ?)", id, what, now)


def _write_ids(db: Database, day: Day, clusters: Sequence[Cluster], now: str) -> None:
    base = briefing_id(day.publisher, day.language, date.fromisoformat(day.date))
    reserved = {
        int(row["id"].removeprefix(base).lstrip("-") or 1): row["briefing"]
        for row in db.rows("SELECT * FROM redirect WHERE id = ? OR id GLOB ?", base, f"{base}-[0-9]*")
    }
    moved: list[tuple[int, str | None, str]] = []
    for cluster, ordinal in zip(clusters, assign_ordinals(clusters, reserved), strict=True):
        old = db.one("SELECT id FROM briefing WHERE key = ?", cluster.briefing)["id"]
        new = briefing_id(day.publisher, day.language, date.fromisoformat(day.date), ordinal)
        if old != new and cluster.briefing is not None:
            moved.append((cluster.briefing, old, new))
    for key, _, _ in moved:
        db.run("UPDATE briefing SET id = NULL WHERE key = ?", key)
    for key, old, new in moved:
        db.run("DELETE FROM redirect WHERE id = ?", new)
        db.run("UPDATE briefing SET id = ? WHERE key = ?", new, key)
        if old is not None:
            write_journal(db, new, "renumbered", now)
            for row in db.rows("SELECT id FROM redirect WHERE briefing = ?", key):
                write_journal(db, row["id"], "redirected", now)
    for key, old, _ in moved:
        if old is not None and db.first("SELECT 1 FROM briefing WHERE id = ?", old) is None:
            db.run(
                "INSERT INTO redirect (id, briefing, items, since, reason) VALUES (?, ?, ?, ?, ?)",
                old,
                key,
                db.one("SELECT MAX(n) FROM item WHERE briefing = ?", key)[0],
                now,
                "its date, publisher or language was corrected",
            )
            write_journal(db, old, "redirected", now)


def _show(db: Database, briefing: int, revision: int, now: str, cause: str) -> None:
    """Make `revision` the text that a briefing shows, unless it is."""
    last = db.first("SELECT * FROM reading WHERE briefing = ? ORDER BY number DESC LIMIT 1", briefing)
    if last and last["revision"] == revision:
        return
    parsed = read_parsed(db, revision)
    numbers = _number(db, briefing, parsed, last["number"] if last else 0)
    db.run(
        "INSERT INTO reading (briefing, number, revision, numbers, since) VALUES (?, ?, ?, ?, ?)",
        briefing,
        last["number"] + 1 if last else 1,
        revision,
        json.dumps(numbers),
        now,
    )
    _enter_items(db, briefing, numbers)
    _mark_items(db, briefing, now, "not in the corrected transcript")
    row = db.one("SELECT id FROM briefing WHERE key = ?", briefing)
    write_journal(db, row["id"], cause, now)


def read_parsed(db: Database, revision: int) -> Briefing:
    """A revision's record as its parser gave it."""
    return unpack_briefing(db.one("SELECT parsed FROM revision WHERE key = ?", revision)["parsed"])


def unpack_briefing(parsed: bytes) -> Briefing:
    """The record in a column `parsed`. Raises ArchiveError if it cannot be read."""
    try:
        return briefing_from_json(unpack_json(parsed))
    except (ValueError, KeyError, TypeError) as error:
        hint = "restore the archive from a backup"
        raise ArchiveError(f"a stored text is damaged: {error}", where="archive", hint=hint) from error


def _enter_items(db: Database, briefing: int, numbers: Sequence[int]) -> None:
    for n in numbers:
        db.run("INSERT OR IGNORE INTO item (briefing, n) VALUES (?, ?)", briefing, n)


def _number(db: Database, briefing: int, parsed: Briefing, model: int) -> list[int]:
    """The permanent numbers of `parsed`'s items, aligned with reading number `model` and with what was removed."""
    earlier: tuple[Item, ...] = ()
    removed: dict[int, Item] = {}
    for reading in iter_readings(db, briefing):
        if reading.number == model:
            earlier = reading.briefing.items
        removed |= {item.n: item for item in reading.briefing.items}
    kept = {item.n for item in earlier}
    highest = db.one("SELECT COALESCE(MAX(n), 0) FROM item WHERE briefing = ?", briefing)[0]
    gone = [item for n, item in removed.items() if n not in kept]
    numbers = assign_numbers(parsed.items, earlier, gone, highest)
    return [numbers[item.n] for item in parsed.items]


def _mark_items(db: Database, briefing: int, now: str, reason: str) -> None:
    """Remember which items are gone from the text shown, and since when; forget it of those that came back."""
    last = db.one("SELECT numbers FROM reading WHERE briefing = ? ORDER BY number DESC LIMIT 1", briefing)
    present = set(json.loads(last["numbers"]))
    for row in db.rows("SELECT n, removed FROM item WHERE briefing = ?", briefing):
        if row["n"] in present and row["removed"] is not None:
            db.run("UPDATE item SET removed = NULL, reason = NULL WHERE briefing = ? AND n = ?", briefing, row["n"])
        elif row["n"] not in present and row["removed"] is None:
            db.run(
                "UPDATE item SET removed = ?, reason = ? WHERE briefing = ? AND n = ?", now, reason, briefing, row["n"]
            )


def renumber_readings(db: Database, revision: int, before: Briefing, now: str) -> None:
    """Give the items of a revision that was parsed anew the numbers that they had as `before`."""
    parsed = read_parsed(db, revision)
    for row in db.rows("SELECT * FROM reading WHERE revision = ? ORDER BY briefing, number", revision):
        briefing = row["briefing"]
        old = dict(zip((item.n for item in before.items), json.loads(row["numbers"]), strict=True))
        earlier = renumber(before, old).items
        kept = {item.n for item in earlier}
        others = iter_readings(db, briefing, leaving_out=revision)
        removed = {item.n: item for r in others for item in r.briefing.items if item.n not in kept}
        highest = db.one("SELECT MAX(n) FROM item WHERE briefing = ?", briefing)[0]
        given = assign_numbers(parsed.items, earlier, list(removed.values()), highest)
        numbers = [given[item.n] for item in parsed.items]
        place = (briefing, row["number"])
        db.run("UPDATE reading SET numbers = ? WHERE briefing = ? AND number = ?", json.dumps(numbers), *place)
        _enter_items(db, briefing, numbers)
        _mark_items(db, briefing, now, "no item of its own since the transcript was read anew")
        write_journal(db, db.one("SELECT id FROM briefing WHERE key = ?", briefing)["id"], "reparsed", now)


def iter_readings(db: Database, briefing: int, *, leaving_out: int | None = None) -> Iterator[Reading]:
    """Every text that a briefing showed, the present one last, with permanent numbers and the present id."""
    rows = db.rows(
        "SELECT g.number, g.since, g.numbers, r.parsed, p.url, b.id FROM reading g"
        " JOIN briefing b ON b.key = g.briefing JOIN revision r ON r.key = g.revision JOIN page p ON p.key = r.page"
        " WHERE g.briefing = ? AND g.revision IS NOT ? ORDER BY g.number",
        briefing,
        leaving_out,
    )
    for row in rows:
        parsed = unpack_briefing(row["parsed"])
        numbers = dict(zip((item.n for item in parsed.items), json.loads(row["numbers"]), strict=True))
        numbered = renumber(parsed, numbers)
        yield Reading(row["number"], row["since"], replace(numbered, id=row["id"] or parsed.id, url=row["url"]))
