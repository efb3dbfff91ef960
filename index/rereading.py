"""Texts in the archive read again, from the bytes as they were received: by a newer parser, or other names.

Here belongs which texts are read again, and what came of it. The one decision: the archive remembers by which outlets,
speakers and publishers' profiles all of its texts were read; only a run that has read all of them again says otherwise.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import ClassVar

from index.archive import Archive, ArchiveReader
from index.authority.tables import Authority
from index.parsers import PARSER_VERSION, Parsed, parse_source
from index.parsers.pool import FEW, ParsingStopped
from index.parsers.profile import Profile
from index.pool import work_in_order
from index.progress import Begin
from index.publishing import BATCH
from index.report import Row, note_disorder
from index.sources import Source
from search.cores import count_cores
from search.model import Briefing

Decided = tuple[Row, int | None]
"""A row, and the revision from which its final id is read."""


def reread(
    archive: Archive, authority: Authority, profiles: Mapping[str, Profile], before: int, begin: Begin
) -> tuple[Row, ...]:
    """Read again what a parser of a version below `before` read; a batch at a time is on the disk."""
    decided: list[Decided] = []
    outdated = archive.outdated(before)
    tick = begin("reading again", len(outdated))
    coming = _parse_all(archive, outdated, authority, profiles)
    while batch := list(islice(coming, BATCH)):
        with archive.write():
            for revision, parsed in batch:
                outcome = archive.reread(revision, parsed, datetime.now(UTC))
                items = len(parsed.briefing.items) if parsed.briefing else 0
                row = Row(parsed.source.file, outcome.what, outcome.id, items, outcome.problems)
                decided.append((row, revision))
                tick(row.file)
    if before > PARSER_VERSION:
        note_reading(archive, authority, profiles)
    return final_rows(archive, decided)


def _parse_all(
    archive: ArchiveReader, revisions: Sequence[int], authority: Authority, profiles: Mapping[str, Profile]
) -> Iterator[tuple[int, Parsed]]:
    """What each text is read as now, in their order; by every core, where they are many."""
    originals = ((revision, *archive.original(revision)) for revision in revisions)
    things = (((revision, source.data), (source, stored)) for revision, source, stored in originals)
    count = count_cores()
    if len(revisions) <= FEW or count < 2:
        for (revision, _), (source, stored) in things:
            yield revision, _read(source, stored, authority, profiles)
        return
    try:
        for (revision, data), parsed in work_in_order(things, _work, _start, (authority, dict(profiles)), count):
            yield revision, replace(parsed, source=replace(parsed.source, data=data))
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again"
        raise ParsingStopped("a process that parses has died", hint=hint) from error


def _read(source: Source, stored: Briefing, authority: Authority, profiles: Mapping[str, Profile]) -> Parsed:
    # Whose text it is was settled when it came; so was the year, where the page states none.
    return parse_source(source, authority, stored.publisher, profiles, around=(stored.date, stored.date))


class _Worker:
    """What a process knows; it is told once, when it starts."""

    known: ClassVar[tuple[Authority, dict[str, Profile]]]


def _start(authority: Authority, profiles: dict[str, Profile]) -> None:
    _Worker.known = (authority, profiles)


def _work(sent: tuple[Source, Briefing]) -> Parsed:
    """A text read, without its bytes, which the parent has."""
    source, stored = sent
    return replace(_read(source, stored, *_Worker.known), source=replace(source, data=b""))


def final_rows(archive: ArchiveReader, decided: Iterable[Decided]) -> tuple[Row, ...]:
    """The rows under the ids that the briefings have at the end."""
    return note_disorder(row if key is None else replace(row, id=archive.id_of(key)) for row, key in decided)


def is_read_otherwise(archive: ArchiveReader, authority: Authority, profiles: Mapping[str, Profile]) -> bool:
    """Whether texts may be read by other outlets, speakers or profiles than those of today; unless it is known."""
    return archive.read_by() != _reading_version(authority, profiles)


def note_reading(archive: Archive, authority: Authority, profiles: Mapping[str, Profile]) -> None:
    """Remember that all texts were read by the outlets, speakers and profiles of today."""
    version = _reading_version(authority, profiles)
    if archive.read_by() != version:
        archive.note_reading(version)


def _reading_version(authority: Authority, profiles: Mapping[str, Profile]) -> str:
    """Sixteen hexadecimal digits that change with whatever a page's outlets and speakers are read by."""
    known = (authority.outlets, authority.speakers, sorted(profiles.items()))
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]
