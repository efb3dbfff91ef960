"""New generations of the index from the archive, and the way back to the one before.

Here belongs when an index is made anew, and how much of it has to be. The one decision: what is made anew is looked at
(`index.verification`) before readers see it; and to go back changes nothing but which generation is live, at once, so
that the next command that writes brings that one up to the archive, by whatever rules then hold.
"""

import time
from dataclasses import dataclass
from typing import Literal

from index.archive import Archive, require_archive
from index.authority.tables import Authority
from index.healing import heal
from index.keys import publish_keys
from index.lock import write_lock
from index.parsers import PARSER_VERSION
from index.phrases import find_phrases
from index.progress import Begin, no_progress
from index.publishing import build, read_publishers, site_labels
from index.report import Report, Row
from index.rereading import is_read_otherwise, reread
from index.restoring import finish, first_generation, unfinished
from index.retag import note_edits
from search.engine import Engine
from search.engines import place_of
from search.errors import GenerationMissing, IndexIncompatible, IndexMissing
from search.settings import Settings
from search.stems import ANALYSIS

ALL = PARSER_VERSION + 1
"""Every text was read by a parser of a version below this."""

Done = Literal["nothing", "brought up", "built"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What `refresh` found to be done, and did.

    Attributes:
        done: nothing; what is there was brought up; or a new generation was built.
        reasons: why, for people.
        report: what became of the texts that were read again.
    """

    done: Done
    reasons: tuple[str, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A generation that is live again, and of how many briefings it lacks what the archive learned since."""

    generation: int
    behind: int


def rebuild(
    settings: Settings,
    engine: Engine,
    authority: Authority,
    *,
    reparse: bool = False,
    begin: Begin = no_progress,
) -> Report:
    """Fill a new generation of the index with everything in the archive, verify it, and swap to it.

    Texts that were read by an earlier version of the parser are read again first, from the bytes in the archive.

    Args:
        settings: which home.
        engine: the index.
        authority: names of outlets, speakers and entities.
        reparse: read all texts again, whatever read them.
        begin: is told how far it is.

    Returns:
        What became of the texts that were read again.

    Raises:
        ArchiveMissing: there is no archive; the index stays as it is.
        RebuildRefused: the new generation is not what the archive holds; the one before stays.
    """
    started = time.monotonic()
    require_archive(settings.archive)
    profiles = read_publishers(settings)
    with write_lock(settings.home, "rebuild", settings.wait), Archive.open(settings.archive) as archive:
        publish_keys(settings, engine)
        rows = reread(archive, authority, profiles, ALL if reparse else PARSER_VERSION, begin)
        # Should it be cut short, the index that stays is known to be stale, wherever it stands.
        note_edits(archive, authority, archive.sequence(), begin)
        build(archive, engine, site_labels(authority, profiles, find_phrases(archive)), authority, begin)
        finish(settings.home, engine.status().generation)
        return Report(rows, time.monotonic() - started)


def refresh(settings: Settings, engine: Engine, authority: Authority, begin: Begin = no_progress) -> Refreshed:
    """Do what has to be done because code, names or rules are others than those of the index; nothing if none is.

    A new generation is built where the index is missing, or was made by another schema or analyzer. Texts are read
    again that another parser read, or all of them, where outlets, speakers or profiles are others. What is tagged by
    another tagger or other entities is tagged again. What the archive knows besides is brought in.

    Raises:
        ArchiveMissing: there is no archive.
        ArchiveError: the index knows of changes that the archive does not.
    """
    started = time.monotonic()
    require_archive(settings.archive)
    profiles = read_publishers(settings)
    with write_lock(settings.home, "rebuild", settings.wait), Archive.open(settings.archive) as archive:
        publish_keys(settings, engine)
        reasons: list[str] = []
        rows: tuple[Row, ...] = ()
        if is_read_otherwise(archive, authority, profiles):
            reasons.append("outlets, speakers or profiles have changed")
            rows = reread(archive, authority, profiles, ALL, begin)
        elif count := len(archive.outdated(PARSER_VERSION)):
            reasons.append(f"an earlier parser read {count:,} texts")
            rows = reread(archive, authority, profiles, PARSER_VERSION, begin)
        if reason := _reason_to_build(settings, engine):
            note_edits(archive, authority, archive.sequence(), begin)
            build(archive, engine, site_labels(authority, profiles, find_phrases(archive)), authority, begin)
            finish(settings.home, engine.status().generation)
            return Refreshed("built", (*reasons, reason), Report(rows, time.monotonic() - started))
        labels = engine.labels()
        healed = heal(archive, engine, authority, profiles, begin)
        if healed.behind:
            reasons.append(f"the index was behind the archive, briefings concerned: {healed.behind:,}")
        if healed.retagged:
            reasons.append(f"names or the tagger have changed, briefings concerned: {healed.retagged:,}")
        if engine.labels() != labels:
            reasons.append("labels have changed")
        return Refreshed(
            "brought up" if reasons else "nothing", tuple(reasons), Report(rows, time.monotonic() - started)
        )


def _reason_to_build(settings: Settings, engine: Engine) -> str:
    """Why the index has to be made anew as a whole; "" if it need not be."""
    if unfinished(settings.home):
        return "a restored archive waits for its index"
    try:
        made_by = engine.status().analysis
    except IndexMissing:
        return "there was no index"
    except IndexIncompatible as error:
        return error.message
    return "" if made_by == ANALYSIS else "words are cut, folded or stemmed otherwise now"


def roll_back(settings: Settings, engine: Engine) -> RolledBack:
    """Make the generation live again that was so before the live one; nothing else is changed.

    Raises:
        IndexMissing, GenerationMissing: there is none to go back to.
        IndexIncompatible: it cannot be read; the live one stays.
    """
    require_archive(settings.archive)
    with write_lock(settings.home, "rollback", settings.wait), Archive.open(settings.archive) as archive:
        first = first_generation(settings.home)
        if first is not None and engine.status().generation <= first:
            raise GenerationMissing(
                "the generation before is of the archive that was replaced by a restore",
                where=place_of(settings.index),
                hint="restore a backup of that archive",
            )
        generation = engine.rollback()
        return RolledBack(generation, len(archive.changes(engine.status().sequence)))
