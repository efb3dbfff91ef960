"""Pages made and timed: every engine makes every page of the list, in turns.

The one decision: engines take turns list by list, and who begins changes. So each works as a server does, page after
page with its own data in the processor's caches, and whatever else the machine does hits all of them alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.peers import Made, Peer
from benchmarks.queries import QUERIES, Question, Variation
from benchmarks.ratios import Sample

REPEATS = 6
"""Rounds that count; one before them warms every engine up."""


@dataclass(frozen=True)
class Entrant:
    """An engine in the comparison.

    Attributes:
        peer: the engine.
        variation: makes its questions.
        repeats: in how many rounds it takes part.
        part: the share of the collection that it holds.
    """

    peer: Peer
    variation: Variation
    repeats: int = REPEATS
    part: float = 1.0


def measure_pages(entrants: Sequence[Entrant], tell: Callable[[str], None]) -> list[Sample]:
    """The samples of all rounds; `tell` is called with the progress."""
    samples: list[Sample] = []
    for repeat in range(1 + max(e.repeats for e in entrants)):
        tell(f"pages: round {repeat} of {max(e.repeats for e in entrants)}" if repeat else "pages: warming up")
        turn = repeat % len(entrants)
        for entrant in (*entrants[turn:], *entrants[:turn]):
            if repeat <= entrant.repeats:
                made = [measure_page(entrant, entrant.variation.question(asked, repeat), repeat) for asked in QUERIES]
                samples += made if repeat else ()
    return samples


def measure_page(entrant: Entrant, question: Question, repeat: int) -> Sample:
    """One page, timed."""
    began = perf_counter()
    made = entrant.peer.page(question)
    taken = perf_counter() - began
    whole = bring_to_whole(taken, made, entrant.part)
    return Sample(entrant.peer.name, question.asked.name, repeat, whole, taken, made.total)


def bring_to_whole(taken: float, made: Made, part: float) -> float:
    """The time for the whole collection, by an engine that holds a part: only what is fixed does not grow."""
    return (taken - made.fixed) / part + made.fixed
