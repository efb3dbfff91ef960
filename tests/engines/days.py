"""Briefings by number, of which any run makes a collection that can be checked whole; and processes that put them in.

Run as `python -m tests.engines.days WHAT FOLDER`, it is the process that fault tests kill.
"""

import itertools
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from search.embedded import building
from search.engine import Engine, Publication, Request
from search.engines import open_engine
from search.labels import Labels
from search.query import Term
from tests.invented import answer, briefing, publish

ANSWERS = 3
FIRST = date(2000, 1, 1).toordinal()


def day(n: int, more: int = 0) -> Publication:
    """The briefing of the n-th day: three answers that mention kelp, and as many more words as wanted."""
    said = f"Kelp number {n}." + "".join(f" Word{n % 97}x{k} is said." for k in range(more))
    texts = (answer(k, "Any kelp?", said) for k in range(1, ANSWERS + 1))
    return publish(briefing(date.fromordinal(FIRST + n).isoformat(), *texts))


def days(last: int) -> list[Publication]:
    """The first so many days."""
    return [day(n) for n in range(1, last + 1)]


def check(engine: Engine) -> int:
    """The sequence number that an index of days is up to, once it is seen to hold just the days up to it."""
    status = engine.status()
    found = engine.find(Request(query=Term("kelp"), lit=("answer",)))
    later = engine.status()
    assert status.documents == ANSWERS * status.briefings == ANSWERS * status.sequence
    assert ANSWERS * status.sequence <= found.total <= ANSWERS * later.sequence
    assert sum(bar.count for bar in found.histogram) == found.total
    assert sum(count.count for count in found.facets["speaker"]) == found.total
    assert all([light.node for light in hit.lights["answer"][0]] == [Term("kelp")] for hit in found.hits)
    assert engine.get(found.hits[0].document.id) == found.hits[0].document
    return status.sequence


def main(what: str, folder: Path) -> None:
    """Do one thing until killed."""
    engine = open_engine(folder)
    if what == "add":
        for n in itertools.count(engine.status().sequence + 1):
            engine.add([day(n)], sequence=n)
            _say(n)
    if what == "rebuild":
        building.BATCH = 200_000
        engine.rebuild(_endless(), sequence=1, tombstones=[], labels=Labels(), workers=2)
    if what == "read":
        for n, rss in _seen(engine):
            _say(n, time.time(), rss)


def _say(*what: float) -> None:
    print(*what, flush=True)  # noqa: T201 (the test that started this process reads it)


def _endless() -> Iterator[Publication]:
    for n in itertools.count(1):
        if n in {20, 200}:
            _say(n)
        yield day(n, more=200)


def _seen(engine: Engine) -> Iterator[tuple[int, int]]:
    """Each sequence number that a reader comes to see, with the memory that is its own, bytes."""
    before = -1
    while True:
        if (now := check(engine)) != before:
            before = now
            yield now, own_memory()
        time.sleep(0.01)


def own_memory() -> int:
    """Resident memory of this process that is no file's, bytes; Linux alone tells."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
