"""A whole collection made into an index, by every core.

The one decision: a process is given records, which are quick to hand over, and writes a segment's file, whole, or none;
it holds no lock, and ends when its parent does. Only the parent commits. Whoosh's own writer of several processes is
not used: a part of it that is killed leaves the others waiting, and documents can vanish.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from search.cores import count_cores
from search.crew import Crew
from search.embedded.builder import Surfaces
from search.embedded.codec import ArraySegment
from search.embedded.policy import group_sizes
from search.embedded.schema import Record, iter_records, tombstone_record
from search.embedded.writer import build_segments, commit, merge
from search.engine import Publication, Tombstone
from search.errors import IndexingStopped

BATCH = 9_000_000
"""So many bytes of records, about, are given to a process at once, and make a segment."""

_surfaces: Surfaces | None = None


def fill(
    home: Path, publications: Iterable[Publication], tombstones: Iterable[Tombstone], sequence: int, workers: int | None
) -> None:
    """Make publications and tombstones the whole of a new generation, in as few segments as may be.

    Args:
        home: the folder of the generation.
        publications: each id at most once.
        tombstones: to be put beside them.
        sequence: what the generation is up to.
        workers: how many processes build; as many as there are cores that may be used, if it is not given.

    Raises:
        ValueError: an id comes twice.
        IndexingStopped: a process was ended from outside, as for want of memory.
    """
    count = workers if workers is not None else count_cores()
    with commit(home, sequence) as segments, _builders(home, count) as crew:
        segments.extend(_build_all(home, _iter_records(publications), crew))
        segments.extend(build_segments(home, map(tombstone_record, tombstones)))
        filled = tuple(segments)
        for group in group_sizes([segment.size for segment in segments]):
            merge(home, segments, [filled[i] for i in group], crew)


@contextmanager
def _builders(home: Path, count: int) -> Iterator[Crew | None]:
    """So many processes, none of which is started before there is work for it; instead of one, none."""
    if count < 2:
        yield None
        return
    try:
        with Crew(count, _start) as crew:
            yield crew
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again"
        raise IndexingStopped("a process that builds the index has died", where=str(home), hint=hint) from error


def _build_all(home: Path, records: Iterable[Record], crew: Crew | None) -> Iterator[ArraySegment]:
    """The records as segments' files, built by a crew if there are many."""
    if crew is None:
        yield from build_segments(home, records)
        return
    batches = _batches(records)
    first, second = next(batches, []), next(batches, None)
    if second is None:
        yield from build_segments(home, first)
        return
    pending: deque[Future[list[ArraySegment]]] = deque()
    for batch in chain((first, second), batches):
        pending.append(crew.submit(_build, home, batch))
        while len(pending) > crew.count:
            yield from crew.result(pending.popleft())
    while pending:
        yield from crew.result(pending.popleft())


def _iter_records(publications: Iterable[Publication]) -> Iterator[Record]:
    """The records of publications, of which no two have one id."""
    seen: set[str] = set()
    for publication in publications:
        if publication.briefing.id in seen:
            raise ValueError(f"{publication.briefing.id} comes twice")
        seen.add(publication.briefing.id)
        yield from iter_records(publication)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.data)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _start() -> None:
    """A process needs to know nothing at first; what it learns of surfaces it keeps from batch to batch."""
    global _surfaces  # noqa: PLW0603 (a process of the crew has nothing else that lasts)
    _surfaces = Surfaces()


def _build(home: Path, batch: list[Record]) -> list[ArraySegment]:
    return list(build_segments(home, batch, surfaces=_surfaces))
