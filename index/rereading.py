"""Texts in the archive read again, from the bytes as they were received: by a newer parser, or other names.

Here belongs which texts are read again, and what came of it. The one decision: the archive remembers by which outlets,
speakers and publishers' profiles all of its texts were read; only a run that has read all of them again says otherwise.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from index.archive import Archive, ArchiveReader
from index.authority.tables import Authority
from index.parsers import PARSER_VERSION, parse_source
from index.parsers.profile import Profile
from index.progress import Begin
from index.publishing import BATCH
from index.report import Row, note_disorder

Decided = tuple[Row, int | None]
"""A row, and the revision from which its final id is read."""


def reread(
    archive: Archive, authority: Authority, profiles: Mapping[str, Profile], before: int, begin: Begin
) -> tuple[Row, ...]:
    """Read again what a parser of a version below `before` read; a batch at a time is on the disk."""
    decided: list[Decided] = []
    outdated = archive.outdated(before)
    tick = begin("reading again", len(outdated))
    for batch in (outdated[i : i + BATCH] for i in range(0, len(outdated), BATCH)):
        with archive.write():
            for revision in batch:
                source, stored = archive.original(revision)
                # Whose text it is was settled when it came; so was the year, where the page states none.
                parsed = parse_source(source, authority, stored.publisher, profiles, around=(stored.date, stored.date))
                outcome = archive.reread(revision, parsed, datetime.now(UTC))
                items = len(parsed.briefing.items) if parsed.briefing else 0
                row = Row(source.file, outcome.what, outcome.id, items, outcome.problems)
                decided.append((row, revision))
                tick(row.file)
    if before > PARSER_VERSION:
        note_reading(archive, authority, profiles)
    return final_rows(archive, decided)


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
