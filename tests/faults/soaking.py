"""The readers and writers of `tests.faults.test_soak`: `python -m tests.faults.soaking read HOME N`, or `write`.

A writer prints, for each addition, since when and until when it held the lock, when it was done, and the archive's
change that it made; a reader when it began each look, and what change it saw. What is not as it has to be ends them
with an error.
"""

import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine import Request
from search.engines import open_engine
from search.query import Term
from search.settings import Settings
from tests.faults.librarian import ANSWERS, STANDING, WORD

DAYS = 5_000
"""So many days lie between the first day of one writer and that of the other."""


def read(home: Path) -> None:
    """Look, several times a second, until told to stop."""
    engine, seen = open_engine(home / "index"), []
    print("looking", flush=True)  # noqa: T201
    while not select.select([sys.stdin], [], [], 0.25)[0]:
        began = time.time()
        status = engine.status()
        seen.append((began, status.sequence))
        found = engine.find(Request(Term(WORD)))
        assert found.total == STANDING * ANSWERS
        assert status.documents == ANSWERS * status.briefings
    for when, sequence in seen:
        print(when, sequence)  # noqa: T201


def write(home: Path, folder: Path, number: int, seconds: float) -> None:
    """Add one briefing after another for so long, as `lectern add --wait` does."""
    from index import ingest  # noqa: PLC0415 (readers need none of it)
    from index.authority.tables import load_authority  # noqa: PLC0415
    from index.lock import Holder, write_lock  # noqa: PLC0415
    from tests.faults.librarian import write_transcript  # noqa: PLC0415

    held: list[float] = []

    @contextmanager
    def noting(home: Path, doing: str, wait: float) -> Iterator[Holder]:
        with write_lock(home, doing, wait) as holder:
            held[:] = [time.time()]
            yield holder
            held.extend((engine.status().sequence, time.time()))

    ingest.write_lock = noting  # type: ignore[assignment]
    settings, authority, engine = Settings(home, {}, wait=120), load_authority(), open_engine(home / "index")
    until, n = time.monotonic() + seconds, DAYS * (number + 1) // 2
    while time.monotonic() < until:
        n += 1
        page = folder / f"{n}.txt"
        write_transcript(page, n, "coral")
        report = ingest.add([page], settings, engine, authority)
        assert report.counts == {"added": 1}, report
        assert report.healed == 0, "the other had done all of its work"
        since, sequence, until_then = held
        print(since, until_then, time.time(), int(sequence))  # noqa: T201
    sys.stdout.flush()


if __name__ == "__main__":
    _, what, home, *more = sys.argv
    if what == "read":
        read(Path(home))
    else:
        write(Path(home), Path(more[0]), int(more[1]), float(more[2]))
