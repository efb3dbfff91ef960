"""Putting records into an index: the one place that writes segments and tables of contents.

One commit holds all that one call brings, with the sequence number it brings the index up to: the segments' files are
on the disk before Whoosh's table of contents that names them is renamed into place. What a writer that was killed has
left behind is removed by the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from whoosh.index import TOC
from whoosh.util.filelock import FileLock

from search.crew import Crew
from search.embedded import schema
from search.embedded.builder import SegmentBuilder, Surfaces
from search.embedded.codec import EXTENSION, ArraySegment
from search.embedded.merge import merge_segments
from search.embedded.policy import choose_merge
from search.embedded.segment import Segment, WrongFormat
from search.embedded.storage import (
    DAMAGE,
    INDEX,
    DurableStorage,
    damaged,
    other_version,
    read_toc,
    sum_file,
    sync_folder,
)
from search.embedded.stored import Packing
from search.engine import Publication, Tombstone
from search.errors import WriterBusy
from search.stems import ANALYSIS

WRITE_LOCK = "WRITELOCK"


def write_records(
    home: Path, publications: Iterable[Publication], tombstones: Iterable[Tombstone], sequence: int
) -> None:
    """Replace the records of each briefing and tombstone; commit once, or leave all as it was.

    Raises:
        WriterBusy: somebody else is writing here.
    """
    brought = {publication.briefing.id: publication for publication in publications}
    stones = {tombstone.id: tombstone for tombstone in tombstones}
    with commit(home, sequence) as segments:
        groups, keys = {*brought, *stones}, {schema.tombstone_key(id) for id in stones}
        opened = _open(home, segments)
        for listed, segment in zip(segments, opened, strict=True):
            for name, values in (("briefing", groups), ("key", keys)):
                for value in values:
                    listed.deleted.update(segment.keys[name].documents_of(value).tolist())
        records = (record for publication in brought.values() for record in schema.iter_records(publication))
        packing = max(opened, key=lambda segment: segment.size).packing if opened else None
        segments.extend(build_segments(home, chain(records, map(schema.tombstone_record, stones.values())), packing))
        chosen = choose_merge([s.size for s in segments], [len(s.deleted) for s in segments])
        merge(home, segments, [segments[i] for i in chosen])


def build_segments(
    home: Path, records: Iterable[schema.Record], packing: Packing | None = None, surfaces: Surfaces | None = None
) -> Iterator[ArraySegment]:
    """Write records as segments' files, as many as it takes; they are not part of the index yet."""
    builder = SegmentBuilder(packing, surfaces)
    for record in records:
        builder.add(record)
        if builder.is_full:
            yield _write(home, builder)
            builder = SegmentBuilder(builder.packing, builder.surfaces)
    if builder.size:
        yield _write(home, builder)


def _write(home: Path, builder: SegmentBuilder) -> ArraySegment:
    segment = ArraySegment(INDEX, builder.size)
    segment.analysis = ANALYSIS
    builder.write(segment.file(home))
    segment.checksum = sum_file(segment.file(home))
    return segment


@contextmanager
def commit(home: Path, sequence: int) -> Iterator[list[ArraySegment]]:
    """The segments of the index, to be changed; what they are at the end is committed, if nothing goes wrong."""
    storage = DurableStorage(str(home))
    lock = FileLock(str(home / f"{INDEX}_{WRITE_LOCK}"))
    if not lock.acquire():
        raise WriterBusy("another process is writing to the index", where=str(home), hint="try again when it has ended")
    try:
        toc = _read_toc(home)
        segments: list[ArraySegment] = list(toc.segments)
        remove_stray_files(home, toc.generation, toc.segments)
        try:
            yield segments
        except BaseException:  # Ctrl+C too: a full disk is not left full
            remove_stray_files(home, toc.generation, toc.segments)
            raise
        if not segments:
            segments.append(_write(home, SegmentBuilder()))
        for segment in segments:
            segment.sequence = sequence
        sync_folder(home)
        TOC(toc.schema, segments, toc.generation + 1).write(storage, INDEX)
        remove_stray_files(home, toc.generation + 1, segments)
    finally:
        lock.release()


def _read_toc(home: Path) -> TOC:
    try:
        return read_toc(home)
    except DAMAGE as error:
        raise damaged(home, error) from error


def _open(home: Path, listed: Iterable[ArraySegment]) -> list[Segment]:
    try:
        return [Segment(one.file(home)) for one in listed]
    except WrongFormat as error:
        raise other_version(home) from error
    except (FileNotFoundError, *DAMAGE) as error:
        raise damaged(home, error) from error


def merge(home: Path, segments: list[ArraySegment], old: Sequence[ArraySegment], crew: Crew | None = None) -> None:
    """Put one segment in the place of those that are `old`."""
    if not old or (len(old) == 1 and not old[0].deleted):
        return
    merged = ArraySegment(INDEX, 0)
    made = {segment.analysis for segment in old}
    merged.analysis = made.pop() if len(made) == 1 else ""
    merged.size = merge_segments(_open(home, old), [s.deleted for s in old], merged.file(home), crew)
    merged.checksum = sum_file(merged.file(home))
    segments[:] = [segment for segment in segments if segment not in old] + ([merged] if merged.size else [])


def remove_stray_files(home: Path, commit: int, segments: Iterable[ArraySegment]) -> None:
    """Remove files of segments and tables of contents that are not of this commit: old ones, and unfinished ones."""
    kept = {segment.file(home).name for segment in segments} | {f"_{INDEX}_{commit}.toc"}
    for file in home.iterdir():
        if file.name not in kept and (file.name.startswith(f"_{INDEX}_") or file.suffix == EXTENSION):
            file.unlink()
