"""Tagging again after an edit of the authority: only the briefings that an edit can concern, and without parsing.

Here belongs which edits change what is tagged, and where. The one decision: the archive remembers what texts are tagged
by, and learns of an edit in the very transaction that enters the briefings concerned into its journal. The index then
follows the journal as ever, so that a crash at any instant leads to tagging again and never to a stale index.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import ahocorasick

from index.archive import Archive, ArchiveReader, require_archive
from index.authority.rows import EntityRow, straight
from index.authority.tables import Authority
from index.lock import write_lock
from index.progress import Begin, no_progress
from index.publishing import check_order, indexed, publish, read_publishers
from search.engine import Engine
from search.settings import Settings

TAGGER_VERSION = 2
"""Raised with every change of `index.entities` that may tag a text differently; all texts are then tagged again."""

_TAGGER = ""
"""The id under which the tagger's version is remembered, and that of the names by which it knows persons."""


@dataclass(frozen=True, slots=True)
class Retagged:
    """What an edit of the authority led to.

    Attributes:
        entities: ids of the rows that were added, changed or removed, as far as tags depend on them, in order.
        briefings: how many were tagged again, or are to be.
    """

    entities: tuple[str, ...]
    briefings: int


class Traits(NamedTuple):
    """What tags depend on in a row of the authority; its label is not among it, but for being one of its names."""

    type: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    parent: str | None
    scope: tuple[str, ...]
    flags: tuple[str, ...]

    @classmethod
    def of(cls, row: EntityRow) -> "Traits":
        """The traits of a row."""
        return cls(row.type, tuple(sorted(row.names)), row.titles, row.parent, row.scope, row.flags)

    @classmethod
    def from_json(cls, text: str) -> "Traits":
        """The traits that `to_json` wrote."""
        type, names, titles, parent, scope, flags = json.loads(text)
        return cls(type, tuple(names), tuple(titles), parent, tuple(scope), tuple(flags))

    def to_json(self) -> str:
        """The traits as one JSON text; the same for the same traits."""
        return json.dumps(self, ensure_ascii=False)


def retag(settings: Settings, engine: Engine, authority: Authority, begin: Begin = no_progress) -> Retagged:
    """Tag again what the edits of the authority since the last time concern, and publish it with today's labels.

    Args:
        settings: which home.
        engine: the index.
        authority: the rows as they are now.
        begin: is told how far it is.

    Raises:
        ArchiveMissing: there is no archive; nothing is made.
        ArchiveError: the index knows of changes that the archive does not.
    """
    require_archive(settings.archive)
    with write_lock(settings.home, "retag", settings.wait), Archive.open(settings.archive) as archive:
        done = indexed(engine)
        found = note_edits(archive, authority, done, begin)
        waiting = len(archive.changes(done))  # what an earlier run left to be done, too
        publish(archive, engine, authority, read_publishers(settings), done, begin)
        return Retagged(found.entities, waiting)


def note_edits(archive: Archive, authority: Authority, done: int, begin: Begin = no_progress) -> Retagged:
    """Enter into the journal what is to be tagged again because the authority, or the tagger, is another one now.

    Whoever publishes calls it first, with the same authority: what is in the index, and not in the journal after
    `done`, is then tagged by what the archive remembers.

    Args:
        archive: what is shown, and what it was tagged by.
        authority: the rows as they are now.
        done: where the index stands in the archive's journal.
        begin: is told how far it is, where texts have to be looked through.

    Raises:
        ArchiveError: the index knows of changes that the archive does not; nothing is entered.
    """
    check_order(done, archive.sequence())
    before = archive.tagging()
    now = {row.id: Traits.of(row) for row in authority.entities}
    state = {
        _TAGGER: f"{TAGGER_VERSION} {authority.personal.version}",
        **{id: traits.to_json() for id, traits in now.items()},
    }
    if state == before:
        return Retagged((), 0)
    waiting = {change.id for change in archive.changes(done)}  # tagged when they are published
    if before.get(_TAGGER) != state[_TAGGER]:
        edited: tuple[str, ...] = ()
        ids = [id for id in archive.ids() if id not in waiting]
    else:
        edited = tuple(sorted(id for id in {*before, *state} if before.get(id) != state.get(id)))
        was = {id: Traits.from_json(text) for id, text in before.items() if id != _TAGGER}
        ids = [id for id in find_briefings(archive, find_signs(was, now), begin) if id not in waiting]
    archive.note_tagging(state, ids, datetime.now(UTC))
    return Retagged(edited, len(ids))


def find_signs(was: Mapping[str, Traits], now: Mapping[str, Traits]) -> frozenset[str]:
    """Strings of which a text holds one, if its tags by the rows that `were` may differ from those by the rows `now`.

    Args:
        was: the traits of each row before, by id.
        now: the traits of each row now, by id.
    """
    signs: set[str] = set()
    moved = set()
    for id in was.keys() | now.keys():
        old, new = was.get(id), now.get(id)
        if old is None or new is None or old.parent != new.parent:
            moved.add(id)
        signs.update(_signs_of_edit(old, new))
    for rows in (was, now):
        # Whether a place lies in a country is told by its parent's parents.
        for id in _below(rows, moved):
            signs.update(_signs(rows[id]))
    return frozenset(signs)


def _signs_of_edit(old: Traits | None, new: Traits | None) -> Iterable[str]:
    if old == new:
        return ()
    if old and new and old.type != "person" and _but_names(old) == _but_names(new):
        return {*old.names} ^ {*new.names}  # a text that holds none of these sees no difference
    return (*(_signs(old) if old else ()), *(_signs(new) if new else ()))


def _but_names(traits: Traits) -> tuple[object, ...]:
    return traits.titles, traits.parent, traits.scope, traits.flags, traits.type


def _signs(traits: Traits) -> Iterator[str]:
    """The names, and of a person, what a text may say after a title: the first word of a name, or the last."""
    yield from traits.names
    for name in traits.names if traits.type == "person" else ():
        words = name.split()
        for title in map(straight, traits.titles):
            yield f"{title} {words[0]}"
            yield f"{title} {words[-1]}"


def _below(rows: Mapping[str, Traits], ids: set[str]) -> Iterator[str]:
    """The ids of the rows that lie in one of `ids`: that it is their parent, or their parent's parent."""
    for id, traits in rows.items():
        seen: set[str] = set()
        above = traits.parent
        while above is not None and above not in ids | seen and above in rows:
            seen.add(above)
            above = rows[above].parent
        if above in ids:
            yield id


def find_briefings(archive: ArchiveReader, signs: Iterable[str], begin: Begin = no_progress) -> Iterator[str]:
    """The ids of the briefings that hold one of `signs` anywhere in their texts, as printed or in capitals."""
    automaton = ahocorasick.Automaton()
    for sign in signs:
        automaton.add_word(sign, None)
        automaton.add_word(sign.upper(), None)
    if not len(automaton):
        return
    automaton.make_automaton()
    tick = begin("looking for names", len(archive.ids()))
    for id, text in archive.texts():
        if next(automaton.iter(straight(text)), None) is not None:
            yield id
        tick(id)
