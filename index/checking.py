"""Archive and index checked as a whole, and mended from the archive.

Here belongs the order of the checks, and what mends what. The one decision: the archive is the truth. What is wrong
with the index is mended from it: what is only behind is brought up, for anything else a new generation is built. What
is wrong with the archive itself cannot be made up; it is told, with what to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from index.archive import Archive, ArchiveError, ArchiveMissing
from index.archive_check import CheckedArchive
from index.archive_tables import ArchiveOutdated
from index.authority.tables import Authority
from index.comparing import Finding, compare_briefing, compare_gone, compare_ids, count_items
from index.healing import heal
from index.lock import quiet_lock, write_lock
from index.phrases import find_phrases
from index.progress import Begin, no_progress
from index.publishing import build, read_publishers, site_labels
from index.retag import note_edits
from index.verification import RebuildRefused
from search.engine import Engine
from search.engines import is_begun, place_of
from search.errors import EngineUnavailable, IndexIncompatible, IndexMissing, NotFound
from search.settings import Settings

MOST = 1_000
"""So many findings are told; who has more needs no more of them."""

OF_ARCHIVE = frozenset({"archive", "source", "text", "ahead"})
"""Codes of what cannot be mended from the archive."""

LIGHT = frozenset({"behind", "labels"})
"""Codes of what is mended without a new generation."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found.

    Attributes:
        findings: what is not as it should be, the archive's first; at most `MOST`.
        briefings: how many the archive shows.
        items: how many items they have.
        files: how many files the archive keeps as received.
    """

    findings: tuple[Finding, ...]
    briefings: int = 0
    items: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """What was found, and what is still so after mending."""

    before: Checked
    after: Checked

    @property
    def mended(self) -> tuple[Finding, ...]:
        """What was found, and is no longer."""
        return tuple(one for one in self.before.findings if one not in self.after.findings)


def check(settings: Settings, engine: Engine, authority: Authority, begin: Begin = no_progress) -> Checked:
    """Look through the archive, and compare the index with it item by item; nothing is touched, nobody writes.

    Raises:
        ArchiveMissing: there is neither an archive nor an index.
        ArchiveOutdated: the archive is to be brought up to date first.
        WriterBusy: somebody is writing.
    """
    with quiet_lock(settings.home, settings.wait):
        return _look(settings, engine, authority, begin)


def repair(settings: Settings, engine: Engine, authority: Authority, begin: Begin = no_progress) -> Mended:
    """Check, mend from the archive what can be mended, and check again.

    Raises:
        ArchiveMissing: there is neither an archive nor an index.
        ArchiveOutdated: the archive is to be brought up to date first.
        WriterBusy: somebody is writing.
    """
    with write_lock(settings.home, "check --repair", settings.wait):
        before = _look(settings, engine, authority, begin)
        if not before.findings:
            return Mended(before, before)
        _mend(settings, engine, authority, {one.code for one in before.findings}, begin)
        return Mended(before, _look(settings, engine, authority, begin))


def _mend(settings: Settings, engine: Engine, authority: Authority, codes: set[str], begin: Begin) -> None:
    """Mend what can be; what is in the way of that is found again by the next look."""
    try:
        if "archive" in codes:
            with CheckedArchive.write_to(settings.archive) as damaged:
                damaged.mend()
        if codes <= OF_ARCHIVE or "text" in codes:  # an index cannot be made of texts that cannot be read
            return
        profiles = read_publishers(settings)
        with Archive.open(settings.archive) as archive:
            if codes - OF_ARCHIVE <= LIGHT:
                heal(archive, engine, authority, profiles, begin)
            else:
                note_edits(archive, authority, archive.sequence(), begin)
                build(archive, engine, site_labels(authority, profiles, find_phrases(archive)), authority, begin)
    except (ArchiveError, RebuildRefused):
        return


def _look(settings: Settings, engine: Engine, authority: Authority, begin: Begin) -> Checked:
    try:
        with CheckedArchive.read(settings.archive) as archive:
            faults = tuple(islice(archive.iter_faults(begin), MOST))
            if any(one.code == "archive" for one in faults):
                return Checked(faults)
            numbers = archive.numbers()
            differences = () if _is_empty(archive, engine) else _compare(settings, archive, engine, authority, begin)
            found = (*faults, *islice(differences, MOST - len(faults)))
            return Checked(found, len(numbers), sum(map(len, numbers.values())), archive.count_files())
    except ArchiveMissing:
        if not is_begun(engine):
            raise
        return Checked((Finding("archive", str(settings.archive), "there is an index, and no archive"),))
    except ArchiveOutdated:
        raise  # nothing is wrong with it; the error says what to do
    except ArchiveError as error:
        return Checked((Finding("archive", str(settings.archive), error.message),))


def _is_empty(archive: CheckedArchive, engine: Engine) -> bool:
    """Whether nothing was ever published, so that there is no index, rightly."""
    try:
        engine.status()
    except IndexMissing:
        return archive.sequence() == 0
    except (IndexIncompatible, EngineUnavailable):
        return False
    return False


def _compare(
    settings: Settings, archive: CheckedArchive, engine: Engine, authority: Authority, begin: Begin
) -> Iterator[Finding]:
    """How the index differs from the archive; what it could not know yet is told once, and not as a difference.

    Raises:
        EngineUnavailable: a cluster does not answer, and knows of no part that it has lost.
    """
    told: set[Finding] = set()
    try:
        for one in _compare_open(settings, archive, engine, authority, begin):
            told.add(one)
            yield one
    except EngineUnavailable:
        lost = [Finding("index", place_of(settings.index), fault) for fault in engine.faults()]
        if not lost:
            raise
        yield from (one for one in lost if one not in told)
    except IndexMissing as error:
        yield Finding("index", place_of(settings.index), error.message)
    except IndexIncompatible as error:
        yield Finding("index", error.where or place_of(settings.index), error.message)
    except NotFound as error:
        yield Finding("index", place_of(settings.index), f"it has lost what it lists: {error.message}")


def _compare_open(
    settings: Settings, archive: CheckedArchive, engine: Engine, authority: Authority, begin: Begin
) -> Iterator[Finding]:
    status, goal = engine.status(), archive.sequence()
    if status.sequence > goal:
        message = f"it is at change {status.sequence}, the archive only at {goal}: the archive is older"
        yield Finding("ahead", place_of(settings.index), message)
        return
    faults = engine.faults()
    yield from (Finding("index", place_of(settings.index), fault) for fault in faults)
    if faults:  # what damaged files say, if they say anything, tells nothing of the archive
        return
    waiting = {change.id for change in archive.changes(status.sequence)}
    if waiting:
        message = f"it is at change {status.sequence}, the archive at {goal}; briefings concerned: {len(waiting):,}"
        yield Finding("behind", place_of(settings.index), message)
    listed = engine.briefings()
    yield from (one for one in compare_ids(archive, listed) if one.where not in waiting)
    ids = [id for id in archive.ids() if id not in waiting]
    tick = begin("comparing briefings", len(ids))
    for id in ids:
        yield from compare_briefing(archive, engine, id)
        tick(id)
    if not waiting:
        yield from compare_gone(archive, engine)
        yield from count_items(archive, engine)
    labels = engine.labels()
    if goal and labels != site_labels(authority, read_publishers(settings), labels.phrases):
        yield Finding("labels", place_of(settings.index), "names are not those of the authority files")
