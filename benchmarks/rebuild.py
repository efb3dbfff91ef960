"""A full rebuild, timed: answers a second by one process and by all cores, and the size of what it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.machine import folder_bytes
from benchmarks.peers.lectern import rebuild
from search.engine import Publication
from search.labels import Labels


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to.

    Attributes:
        seconds: wall time, the swap to the new generation included.
        size: bytes of the generation on disk.
    """

    seconds: float
    size: int


def time_rebuild(
    folder: Path,
    publications: Iterable[Publication],
    labels: Labels,
    *,
    sequence: int = 0,
    workers: int | None = None,
) -> Rebuilt:
    """Rebuild in `folder`, which holds no index yet, by one process or (`None`) by all cores."""
    began = perf_counter()
    rebuild(folder, publications, labels, sequence=sequence, workers=workers)
    return Rebuilt(perf_counter() - began, folder_bytes(folder))
