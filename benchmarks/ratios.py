"""Ratios of times: how Lectern's compare with a peer's for the same pages, over all and by class.

Pure arithmetic over samples. The one decision: a ratio is taken between pages of the same round, and
the median is taken of ratios; so noise of the machine, which hits both, cancels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

CLASSES = ("rare", "middle", "frequent")
ALL = "all"
RARE_BELOW = 500
FREQUENT_ABOVE = 5_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One page made by one engine.

    Attributes:
        engine: its name.
        query: the query's name in tables.
        repeat: which round.
        seconds: wall time, brought to the whole collection where the engine held a part.
        measured: wall time as it was.
        total: hits that the engine found.
    """

    engine: str
    query: str
    repeat: int
    seconds: float
    measured: float
    total: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians over the pages of one class.

    Attributes:
        peer: whom Lectern is compared with.
        group: `all`, or a class.
        ratio: Lectern's time by the peer's; below 1, Lectern is quicker.
        measured: the same with the peer's time as measured, on its part of the collection.
        pages: how many pairs.
        lectern_ms: Lectern's median time.
        peer_ms: the peer's.
    """

    peer: str
    group: str
    ratio: float
    measured: float
    pages: int
    lectern_ms: float
    peer_ms: float


def class_of(total: int) -> str:
    """The class of a page by Lectern's number of hits: fewer than 500 is rare, more than 5,000 frequent."""
    if total < RARE_BELOW:
        return "rare"
    return "frequent" if total > FREQUENT_ABOVE else "middle"


def pair_up(samples: Iterable[Sample], ours: str, peer: str) -> list[tuple[Sample, Sample]]:
    """Our sample and the peer's for each query and repeat that both have."""
    found: dict[tuple[str, int], dict[str, Sample]] = {}
    for sample in samples:
        found.setdefault((sample.query, sample.repeat), {})[sample.engine] = sample
    return [(pair[ours], pair[peer]) for pair in found.values() if ours in pair and peer in pair]


def compare(samples: Sequence[Sample], ours: str, peer: str) -> tuple[Ratio, ...]:
    """The ratios to a peer over all pages, then by class; a class without a page is left out."""
    pairs = pair_up(samples, ours, peer)
    groups = {ALL: pairs} | {name: [p for p in pairs if class_of(p[0].total) == name] for name in CLASSES}
    return tuple(
        Ratio(
            peer=peer,
            group=group,
            ratio=median(a.seconds / b.seconds for a, b in chosen),
            measured=median(a.measured / b.measured for a, b in chosen),
            pages=len(chosen),
            lectern_ms=median(a.seconds for a, _ in chosen) * 1000,
            peer_ms=median(b.seconds for _, b in chosen) * 1000,
        )
        for group, chosen in groups.items()
        if chosen
    )


def compare_totals(samples: Sequence[Sample], ours: str, peer: str) -> dict[str, float | None]:
    """For each query, the peer's number of hits by ours, added up over repeats; `None` where we found nothing."""
    sums: dict[str, tuple[int, int]] = {}
    for a, b in pair_up(samples, ours, peer):
        first, second = sums.get(a.query, (0, 0))
        sums[a.query] = (first + a.total, second + b.total)
    return {query: second / first if first else None for query, (first, second) in sums.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("no values, so no percentile")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]
