"""From the archive to the engine: briefings with their mentions, tombstones and labels.

Here belongs what an index is made of. The one decision: the engine follows the archive's journal, so that whatever was
cut short, by a crash or by an engine that failed, is made good by the next writer, who need not know which it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from index.archive import ArchiveError, ArchiveReader
from index.archive_days import Reading
from index.authority.tables import Authority
from index.entities import Tagger
from index.parsers import read_profiles
from index.parsers.profile import Profile
from index.progress import Begin, Tick, no_progress
from index.tagging import Mentions, tag_all, tag_here
from index.verification import Tally, verify
from search.engine import Engine, Publication, Revision, Tombstone
from search.errors import IndexMissing
from search.labels import Labels, Name
from search.model import Briefing, iter_documents
from search.settings import Settings

Tag = Callable[[Iterable[tuple[Sequence[Reading], Briefing]]], Iterator[tuple[Sequence[Reading], Mentions]]]
"""What finds the mentions in briefings that come with all their texts."""

BATCH = 50
"""Briefings that are published in one commit of the engine: what memory has to hold."""

MANY = 500
"""So many files are archived before any is published; so many changes, if they are most of it, make a new index."""


def read_publishers(settings: Settings) -> Mapping[str, Profile]:
    """The publishers whose pages a home can read: the shipped ones, and those of its folder `publishers`."""
    return read_profiles(settings.home / "publishers")


def publish(  # noqa: PLR0913, PLR0917 (what to publish, where, how far it is, and who waits for it)
    archive: ArchiveReader,
    engine: Engine,
    authority: Authority,
    profiles: Mapping[str, Profile],
    done: int | None = None,
    begin: Begin = no_progress,
) -> int:
    """Bring the index up to the archive: all that changed since the sequence number at which the index stands.

    Args:
        archive: what is to be shown.
        engine: where.
        authority: names of entities; `index.retag.note_edits` has seen it.
        profiles: names of publishers.
        done: where the index stands, if that is known; to ask it means to open all of the index.
        begin: is told how far it is, where there is much to do.

    Returns:
        The sequence number at which the index stands now.

    Raises:
        ArchiveError: the index knows of changes that the archive does not, so one of them is from elsewhere.
    """
    done, goal = indexed(engine) if done is None else done, archive.sequence()
    check_order(done, goal)
    labels = site_labels(authority, profiles, engine.labels().phrases if done else ())
    changes = archive.changes(done)
    if len(changes) >= MANY and 2 * len(changes) > len(archive.ids()):
        # By all cores, and each text once: as additions they would be merged over and over.
        build(archive, engine, labels, authority, begin)
        return goal
    if changes:
        tag = partial(tag_here, Tagger(authority))
        tick = begin("indexing briefings", len(changes)) if len(changes) > BATCH else no_progress("", None)
        for batch in (changes[i : i + BATCH] for i in range(0, len(changes), BATCH)):
            ids = [change.id for change in batch]
            engine.add(
                publications(archive, tag, ids, authority.ancestors),
                sequence=batch[-1].sequence,
                tombstones=_tombstones(archive, ids),
            )
            for id in ids:
                tick(id)
    if goal and engine.labels() != labels:
        engine.publish_labels(labels)
    return goal


def build(archive: ArchiveReader, engine: Engine, labels: Labels, authority: Authority, begin: Begin) -> None:
    """Fill a new generation of the index with all that is shown; it is looked at before it is live.

    Raises:
        RebuildRefused: it is not what the archive holds; the one before stays.
    """
    ids, tag, tally = archive.ids(), partial(tag_all, authority=authority), Tally()

    def verify_all(fresh: Engine) -> None:
        begin("verifying the index", None)
        verify(fresh, archive, tally, lambda some: publications(archive, _untagged, some, authority.ancestors))

    coming = publications(archive, tag, ids, authority.ancestors)
    engine.rebuild(
        _counted(coming, tally, begin("indexing briefings", len(ids)), begin),
        sequence=archive.sequence(),
        tombstones=_tombstones(archive, (*ids, *archive.redirects(), *archive.withdrawn())),
        labels=labels,
        verify=verify_all,
    )


def _untagged(briefings: Iterable[tuple[Sequence[Reading], Briefing]]) -> Iterator[tuple[Sequence[Reading], Mentions]]:
    """Briefings whose mentions nobody asks for."""
    return ((readings, {}) for readings, _ in briefings)


def _counted(coming: Iterable[Publication], tally: Tally, tick: Tick, begin: Begin) -> Iterator[Publication]:
    """`coming`, each counted and ticked off; what an engine does when it has them all cannot be counted."""
    for publication in coming:
        tally.count(publication)
        yield publication
        tick(publication.briefing.id)
    begin("finishing the index", None)


def indexed(engine: Engine) -> int:
    """The archive's sequence number that the index is up to; 0 where there is no index yet."""
    try:
        return engine.status().sequence
    except IndexMissing:
        return 0


def check_order(done: int, goal: int) -> None:
    """Raise ArchiveError where the index, at change `done`, knows more than the archive, at change `goal`."""
    if done > goal:
        raise ArchiveError(
            f"the index is at change {done}, the archive only at {goal}: it is older than the index",
            hint="put the right archive in place, or build the index from this one: lectern rebuild",
        )


def publications(
    archive: ArchiveReader, tag: Tag, ids: Iterable[str], ancestors: Callable[[str], Iterable[str]]
) -> Iterator[Publication]:
    """Briefings ready for an engine, with their mentions and all their texts; ids that have moved are left out."""
    texts = filter(None, map(archive.readings, ids))
    for readings, mentions in tag((of, of[-1].briefing) for of in texts):
        live = readings[-1].briefing
        yield Publication(
            live,
            tuple(iter_documents(live, mentions, ancestors)),
            tuple(Revision(r.number, r.since, r.briefing) for r in readings),
            readings[-1].since,
        )


def site_labels(authority: Authority, profiles: Mapping[str, Profile], phrases: tuple[str, ...]) -> Labels:
    """The authority's labels, the publishers' names and home countries, and the collection's frequent phrases."""
    labels, publishers = authority.labels, {p.id: Name(p.name) for p in profiles.values()}
    return replace(
        labels,
        names={**labels.names, "publisher": publishers},
        phrases=phrases,
        moved=authority.moved,
        homes={p.id: p.country for p in profiles.values()},
    )


def _tombstones(archive: ArchiveReader, ids: Iterable[str]) -> Iterator[Tombstone]:
    for id in ids:
        yield from archive.tombstones(id)
