"""Suggestions, timed: every beginning of every query of the list, as if somebody typed it.

The one decision: time is taken around the suggester, whose part the server adds nothing to but JSON; the first round,
when phrases are counted for the first time after a commit, counts as the others do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from string import ascii_lowercase
from time import perf_counter

from benchmarks.queries import QUERIES
from benchmarks.ratios import percentile
from search.engines import open_engine
from search.suggestions import LONGEST_TEXT, Suggester

ROUNDS = 3
NOTHING = ("zzzz", "people zzzz", "x" * LONGEST_TEXT, "国" * LONGEST_TEXT, "to be " * (LONGEST_TEXT // 6))


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a series of suggestions came to, in milliseconds.

    Attributes:
        first: the first one of a process, which reads all names.
        median: of all others.
        p95: one in twenty of them took longer.
    """

    first: float
    median: float
    p95: float


def iter_typed() -> Iterable[str]:
    """What stands in the box after each key; single letters; and what finds nothing, long and short."""
    for asked in QUERIES:
        yield from accumulate(asked.text)
    yield from (*ascii_lowercase, *NOTHING)


def time_suggestions(folder: Path) -> Suggested:
    """Suggest from the index in `folder` for all that is typed, a few times."""
    engine = open_engine(folder)
    engine.labels()
    suggester = Suggester(engine)
    first = _time(suggester, "a")
    taken = [_time(suggester, typed) for _ in range(ROUNDS) for typed in iter_typed()]
    engine.close()
    return Suggested(first, percentile(taken, 0.5), percentile(taken, 0.95))


def _time(suggester: Suggester, typed: str) -> float:
    began = perf_counter()
    suggester.suggest(typed)
    return (perf_counter() - began) * 1000
