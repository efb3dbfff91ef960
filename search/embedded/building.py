"""A whole collection made into segments, by every core.

The one decision: a process is given records, which are quick to hand over, and writes a segment's file, whole, or none;
it holds no lock, and ends when its parent does. Only the parent commits. Whoosh's own writer of several processes is
not used: a part of it that is killed leaves the others waiting, and documents can vanish.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from pathlib import Path

from search.cores import count_cores
from search.crew import Crew
from search.embedded.codec import ArraySegment
from search.embedded.schema import Record, iter_records
from search.embedded.writer import build_segments
from search.engine import Publication
from search.errors import IndexingStopped

BATCH = 9_000_000
"""So many bytes of records, about, are given to a process at once, and make a segment."""


def build_all(home: Path, publications: Iterable[Publication], workers: int | None) -> Iterator[ArraySegment]:
    """The publications as segments' files in `home`; they are not part of the index yet.

    Args:
        home: the folder of a generation.
        publications: each id at most once.
        workers: how many processes; as many as there are cores that may be used, if it is not given.

    Raises:
        ValueError: an id comes twice.
        IndexingStopped: a process was ended from outside, as for want of memory.
    """
    count = workers if workers is not None else count_cores()
    records = _iter_records(publications)
    if count < 2:
        yield from build_segments(home, records)
        return
    yield from _build_in_pool(home, _batches(records), count)


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


def _build_in_pool(home: Path, batches: Iterator[list[Record]], count: int) -> Iterator[ArraySegment]:
    first, second = next(batches, []), next(batches, None)
    if second is None:
        yield from _build(home, first)
        return
    pending: deque[Future[list[ArraySegment]]] = deque()
    try:
        with Crew(count, _start) as crew:
            for batch in chain((first, second), batches):
                pending.append(crew.submit(_build, home, batch))
                while len(pending) > count:
                    yield from crew.result(pending.popleft())
            while pending:
                yield from crew.result(pending.popleft())
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again"
        raise IndexingStopped("a process that builds the index has died", where=str(home), hint=hint) from error


def _start() -> None:
    """A process needs to know nothing."""


def _build(home: Path, batch: list[Record]) -> list[ArraySegment]:
    return list(build_segments(home, batch))
