"""From files to the index: parse, archive, find entities, publish.

Here belongs the order in which the other modules of this room are called. The one decision: the archive commits first,
then the index follows (`index.publishing`); a run first makes good what an earlier one, or an edit of the authority,
left to be done.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from index.archive import Archive, Verdict, require_archive
from index.authority.tables import Authority
from index.healing import Healed, heal
from index.keys import publish_keys
from index.lock import write_lock
from index.parsers import PARSER_VERSION, Parsed
from index.parsing import parse_files
from index.phrases import find_phrases
from index.progress import Begin, Tick, no_progress
from index.publishing import BATCH, MANY, publish, read_publishers
from index.rebuilding import rebuild
from index.recall import Reader
from index.report import Report, Row, parsed_row
from index.rereading import Decided, final_rows, note_reading
from index.sources import Source, Unreadable, count_files, iter_sources
from search.engine import Engine
from search.errors import BadParameter
from search.settings import Settings

__all__ = ["add", "decide", "rebuild"]

GROWN = 10
"""Where an addition is a part of so many of the whole, or more, the frequent phrases are looked for anew."""

Result = TypeVar("Result")


def add(  # noqa: PLR0913 (each is an option of the command)
    paths: Sequence[Path],
    settings: Settings,
    engine: Engine | None,
    authority: Authority,
    *,
    publisher: str | None = None,
    url: str | None = None,
    manifest: Path | None = None,
    verdict: Verdict | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
    begin: Begin = no_progress,
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
        verdict: whose text the only file is, where a librarian says so.
        dry_run: only say what would become of them; nothing in the home is touched.
        now: the instant of arrival, for tests.
        begin: is told how far it is; of a file, once it is archived.

    Raises:
        SourceError, ArchiveError, WriterBusy: nothing could be done at all, or no more.
        NotFound, BadParameter: the verdict cannot hold, or there is more than one file; nothing is done.
    """
    given = sorted(set(paths))
    return add_sources(
        iter_sources(given, url=url, manifest=manifest),
        count_files(given),
        settings,
        engine,
        authority,
        publisher=publisher,
        verdict=verdict,
        dry_run=dry_run,
        now=now,
        begin=begin,
    )


def add_sources(  # noqa: PLR0913 (as above)
    sources: Iterable[Source | Unreadable],
    count: int,
    settings: Settings,
    engine: Engine | None,
    authority: Authority,
    *,
    publisher: str | None = None,
    verdict: Verdict | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
    begin: Begin = no_progress,
    doing: str = "add",
) -> Report:
    """The same for what is at hand already, wherever it came from: so many sources. `doing` is the command's name."""
    started = time.monotonic()
    instant = now or datetime.now(UTC)
    if verdict and count != 1:
        raise BadParameter("--as and --new are about one file", hint="name one file, not a folder or several")
    profiles = read_publishers(settings)
    reader = Reader(authority, publisher, profiles)
    if dry_run:
        with (
            Archive.rehearse(settings.archive) as archive,
            closing(parse_files(_known(archive, sources, reader), authority, publisher, profiles)) as inputs,
        ):
            tick = begin("reading files", count)
            coming = _receive(archive, inputs, instant, verdict, reader, tick)
            decided = [row for batch in coming for row in batch]
            return Report(final_rows(archive, decided), time.monotonic() - started)
    if engine is None:
        raise ValueError("an engine is needed, except for a dry run")
    with (
        write_lock(settings.home, doing, settings.wait),
        Archive.open(settings.archive) as archive,
        closing(parse_files(_known(archive, sources, reader), authority, publisher, profiles)) as inputs,
    ):
        publish_keys(settings, engine)
        # First what an earlier run or an edit left undone, so that nothing is taken in that cannot be published.
        healed = heal(archive, engine, authority, profiles, begin)
        done = healed.done
        if not archive.read_by() and not archive.outdated(PARSER_VERSION + 1):
            note_reading(archive, authority, profiles)
        decided = []
        for batch in _receive(archive, inputs, instant, verdict, reader, begin("adding files", count)):
            decided += batch
            if count < MANY:
                done = publish(archive, engine, authority, profiles, done)
        if count >= MANY:
            done = publish(archive, engine, authority, profiles, done, begin)
        grown = done - healed.stood - healed.retagged
        if grown and GROWN * grown >= len(archive.ids()):
            engine.publish_labels(replace(engine.labels(), phrases=find_phrases(archive)))
        return Report(final_rows(archive, decided), time.monotonic() - started, healed.retagged, healed.behind)


def decide(  # noqa: PLR0913, PLR0917 (what to decide, where, and who is told)
    settings: Settings,
    engine: Engine,
    authority: Authority,
    doing: str,
    decision: Callable[[Archive, datetime], Result],
    tell: Callable[[Healed], None] = lambda _: None,
) -> Result:
    """Carry out a librarian's decision about what is in the archive, and publish what it changes; what it gives.

    Args:
        settings: which home it is about.
        engine: where to publish.
        authority: names of entities, for what is published.
        doing: the command's name.
        decision: what to do, given the archive and the instant.
        tell: is told what an earlier command had left to be done.

    Raises:
        ArchiveMissing: there is no archive; none is made, nor a home.
        LecternError: what the decision raises; nothing is done.
    """
    require_archive(settings.archive)
    profiles = read_publishers(settings)
    with write_lock(settings.home, doing, settings.wait), Archive.open(settings.archive) as archive:
        healed = heal(archive, engine, authority, profiles)
        tell(healed)
        found = decision(archive, datetime.now(UTC))
        publish(archive, engine, authority, profiles, healed.done)
        return found


def _known(
    archive: Archive, sources: Iterable[Source | Unreadable], reader: Reader
) -> Iterator[Source | Unreadable | Parsed]:
    """The sources; of bytes that came before, with the address that is remembered, and as they were read then."""
    for source in sources:
        if isinstance(source, Unreadable):
            yield source
        else:
            addressed = _addressed(archive, source)
            yield archive.recall(addressed, reader.mark(addressed)) or addressed


def _addressed(archive: Archive, source: Source) -> Source:
    """The source; of bytes that came before with an address, with that."""
    return source if source.url else replace(source, url=archive.known_url(source.digest))


def _receive(  # noqa: PLR0913, PLR0917 (where, what, when, on whose word, read by what, and who waits)
    archive: Archive,
    inputs: Iterator[Unreadable | Parsed],
    now: datetime,
    verdict: Verdict | None,
    reader: Reader,
    tick: Tick,
) -> Iterator[list[Decided]]:
    """What the archive makes of the inputs, a batch at a time; each batch is on the disk when it comes out."""
    while True:
        decided: list[Decided] = []
        with archive.write():
            for parsed in islice(inputs, BATCH):
                decided.append(_receive_one(archive, parsed, now, verdict, reader))
                tick(decided[-1][0].file)
        if not decided:
            return
        yield decided


def _receive_one(
    archive: Archive, parsed: Unreadable | Parsed, now: datetime, verdict: Verdict | None, reader: Reader
) -> Decided:
    if isinstance(parsed, Unreadable):
        return parsed_row(parsed), None
    outcome = archive.receive(parsed, now, verdict=verdict)
    if verdict is None:
        again = _addressed(archive, parsed.source)  # as it is read when it comes again
        own = parsed.briefing and parsed.briefing.url  # an address that the page states was read as if it had been told
        archive.remember(outcome, parsed, reader.mark(again if again.url == own else parsed.source))
    items = len(parsed.briefing.items) if parsed.briefing else 0
    return Row(parsed.source.file, outcome.what, outcome.id, items, outcome.problems), outcome.revision
