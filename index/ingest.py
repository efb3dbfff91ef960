"""From files to the index: parse, archive, find entities, publish.

Here belongs the order in which the other modules of this room are called. The one decision: the archive commits first
and the index follows the archive's journal, so that whatever was cut short, by a crash or by an engine that failed, is
made good by the next writer without anybody noticing which it was.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from index.archive import Archive, ArchiveError, ArchiveReader, What
from index.authority.tables import Authority
from index.entities import Tagger
from index.lock import write_lock
from index.parsers import PROFILES, Parsed, parse_source
from index.sources import Source, Unreadable, iter_sources
from search.engine import Engine, Publication, Revision, Tombstone
from search.errors import IndexMissing
from search.labels import Labels, Name
from search.model import Problem, iter_documents
from search.record import Json, problem_to_json
from search.settings import Settings

BATCH = 50
"""Briefings that are archived in one transaction and published in one commit of the engine: what memory has to hold."""

BAD: tuple[What, ...] = ("held", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """One input of a report. `items` is how many its text has; `problems` are the parser's and the archive's."""

    file: str
    outcome: What
    id: str | None
    items: int
    problems: tuple[Problem, ...]

    def to_json(self) -> Json:
        """The row as JSON."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "id": self.id,
            "items": self.items,
            "problems": [problem_to_json(p) for p in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every input, and how long it took."""

    rows: tuple[Row, ...]
    seconds: float

    @property
    def counts(self) -> dict[What, int]:
        """How many inputs had each outcome; outcomes that did not occur are left out."""
        return dict(Counter(row.outcome for row in self.rows))

    @property
    def exit_status(self) -> int:
        """0 if all is well, 1 if some input was held or refused, or there was none."""
        return 1 if not self.rows or any(row.outcome in BAD for row in self.rows) else 0

    def to_json(self) -> Json:
        """The report as JSON."""
        return {
            "rows": [row.to_json() for row in self.rows],
            "counts": dict(sorted(self.counts.items())),
            "seconds": round(self.seconds, 3),
        }


Progress = Callable[[Row], None]


def add(  # noqa: PLR0913 (each is an option of the command)
    paths: Sequence[Path],
    settings: Settings,
    engine: Engine | None,
    authority: Authority,
    *,
    publisher: str | None = None,
    url: str | None = None,
    manifest: Path | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Report:
    """Parse, archive and publish what is new or changed under `paths`; what became of each file.

    Args:
        paths: files and folders, in any order.
        settings: which home to add to.
        engine: where to publish; not used, and not needed, if `dry_run`.
        authority: names of outlets, speakers and entities.
        publisher: whose transcripts they are, where the parser is not to find out.
        url: the address of the only file.
        manifest: a table of addresses and titles.
        dry_run: only say what would become of them; nothing in the home is touched.
        now: the instant of arrival, for tests.
        progress: called with each row as soon as it is decided; ids may still change when a day is renumbered.

    Raises:
        SourceError, ArchiveError, WriterBusy: nothing could be done at all, or no more.
    """
    started = time.monotonic()
    instant = now or datetime.now(UTC)
    sources = iter_sources(sorted(set(paths)), url=url, manifest=manifest)
    if dry_run:
        with Archive.rehearse(settings.archive) as archive:
            inputs = (_parse(archive, source, authority, publisher) for source in sources)
            decided = [row for batch in _receive(archive, inputs, instant, progress) for row in batch]
            return Report(_final(archive, decided), time.monotonic() - started)
    if engine is None:
        raise ValueError("an engine is needed, except for a dry run")
    with write_lock(settings.home, "add"), Archive.open(settings.archive) as archive:
        inputs = (_parse(archive, source, authority, publisher) for source in sources)
        decided = []
        for batch in _receive(archive, inputs, instant, progress):
            decided += batch
            publish(archive, engine, authority)
        publish(archive, engine, authority)
        return Report(_final(archive, decided), time.monotonic() - started)


def decide(settings: Settings, engine: Engine, authority: Authority, which: str, *, accept: bool) -> str:
    """Accept or reject a held text (`Archive.accept` says what `which` may be) and publish; the id it is about now."""
    now = datetime.now(UTC)
    with write_lock(settings.home, "review"), Archive.open(settings.archive) as archive:
        id = archive.accept(which, now) if accept else archive.reject(which, now)
        publish(archive, engine, authority)
        return id


def rebuild(settings: Settings, engine: Engine, authority: Authority) -> None:
    """Fill a new generation of the index with everything in the archive, and swap to it."""
    with write_lock(settings.home, "rebuild"), Archive.open(settings.archive) as archive:
        ids = archive.ids()
        engine.rebuild(
            publications(archive, Tagger(authority), ids),
            sequence=archive.sequence(),
            tombstones=_tombstones(archive, (*ids, *archive.redirects())),
            labels=site_labels(authority),
        )


def publish(archive: ArchiveReader, engine: Engine, authority: Authority) -> None:
    """Bring the index up to the archive: all that changed since the sequence number at which the index stands.

    Raises:
        ArchiveError: the index knows of changes that the archive does not, so one of them is from elsewhere.
    """
    done, goal = _indexed(engine), archive.sequence()
    if done > goal:
        raise ArchiveError(
            f"the index is at change {done}, the archive only at {goal}: it is older than the index",
            hint="put the right archive in place, or build the index from this one: lectern rebuild",
        )
    changes = iter(archive.changes(done))
    tagger = Tagger(authority)
    while batch := list(islice(changes, BATCH)):
        ids = [change.id for change in batch]
        engine.add(
            publications(archive, tagger, ids), sequence=batch[-1].sequence, tombstones=_tombstones(archive, ids)
        )
    labels = site_labels(authority)
    if goal and engine.labels() != labels:
        engine.publish_labels(labels)


def _indexed(engine: Engine) -> int:
    """The archive's sequence number that the index is up to; 0 where there is no index yet."""
    try:
        return engine.status().sequence
    except IndexMissing:
        return 0


def publications(archive: ArchiveReader, tagger: Tagger, ids: Iterable[str]) -> Iterator[Publication]:
    """Briefings ready for an engine, with their mentions and all their texts; ids that have moved are left out."""
    for id in ids:
        readings = archive.readings(id)
        if readings:
            live = readings[-1].briefing
            mentions = {item.n: tagger.tag(item, live.publisher, live.language) for item in live.items}
            yield Publication(
                live,
                tuple(iter_documents(live, mentions)),
                tuple(Revision(r.number, r.since, r.briefing) for r in readings),
                readings[-1].since,
            )


def site_labels(authority: Authority) -> Labels:
    """The authority's labels, and the names of the publishers."""
    return Labels({**authority.labels().names, "publisher": {p.id: Name(p.name) for p in PROFILES.values()}})


def _tombstones(archive: ArchiveReader, ids: Iterable[str]) -> Iterator[Tombstone]:
    for id in ids:
        yield from archive.tombstones(id)


Decided = tuple[Row, int | None]  # a row, and the revision from which its final id is read


def _parse(
    archive: ArchiveReader, source: Source | Unreadable, authority: Authority, publisher: str | None
) -> Unreadable | Parsed:
    """What a source says; of bytes that came before with an address, it is remembered."""
    if isinstance(source, Unreadable):
        return source
    known = source if source.url else replace(source, url=archive.known_url(source.digest))
    return parse_source(known, authority, publisher)


def _receive(
    archive: Archive, inputs: Iterator[Unreadable | Parsed], now: datetime, progress: Progress | None
) -> Iterator[list[Decided]]:
    """What the archive makes of the inputs, a batch at a time; each batch is on the disk when it comes out."""
    while True:
        decided: list[Decided] = []
        with archive.write():
            for parsed in islice(inputs, BATCH):
                decided.append(_receive_one(archive, parsed, now))
                if progress:
                    progress(decided[-1][0])
        if not decided:
            return
        yield decided


def _receive_one(archive: Archive, parsed: Unreadable | Parsed, now: datetime) -> Decided:
    if isinstance(parsed, Unreadable):
        return Row(parsed.file, "refused", None, 0, (parsed.problem,)), None
    outcome = archive.receive(parsed, now)
    items = len(parsed.briefing.items) if parsed.briefing else 0
    return Row(parsed.source.file, outcome.what, outcome.id, items, outcome.problems), outcome.revision


def _final(archive: ArchiveReader, decided: Iterable[Decided]) -> tuple[Row, ...]:
    """The rows under the ids that the briefings have at the end."""
    return tuple(row if key is None else replace(row, id=archive.id_of(key)) for row, key in decided)
