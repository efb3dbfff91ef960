"""`lectern add`, timed: one briefing after another into the full index, until a running server finds it.

The one decision: time is taken around the whole command, from the start of its process until the server's answer has
the briefing; nothing is left out that a librarian waits for.
"""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.invented import Speech, make_word
from benchmarks.ratios import percentile
from benchmarks.serving import COMMAND, Server
from search.engines import open_engine

FIRST_DAY = date(1999, 1, 4)
"""Before any briefing of the collections."""
ANSWERS = 15
PATIENCE = 30.0
"""Seconds within which an addition must be visible."""
MARKER = 50_000_000
"""Number of the invented word that marks the first page; nothing else draws so far down."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What a series of additions came to.

    Attributes:
        seconds: wall time of each, in order.
        segments: segments of the index at the end.
    """

    seconds: tuple[float, ...]
    segments: int

    @property
    def median(self) -> float:
        """Half of them were quicker."""
        return percentile(self.seconds, 0.5)

    @property
    def p95(self) -> float:
        """One in twenty took longer."""
        return percentile(self.seconds, 0.95)


def marker_of(number: int) -> str:
    """The word that only the `number`-th page has."""
    return make_word(MARKER + number)


def write_page(number: int, speech: Speech) -> str:
    """The `number`-th page: an invented briefing as it would be saved from a ministry's site, in plain text."""
    day = FIRST_DAY + timedelta(days=number)
    when = f"{day:%B} {day.day}, {day.year}"
    lines = [f"Foreign Ministry Spokesperson N. N.'s Regular Press Conference on {when}", f"{day} 15:00"]
    for n in range(ANSWERS):
        said = speech.passage(speech.random.randrange(40, 200))
        mark = f" {marker_of(number)}" if n == 0 else ""
        question = speech.passage(25).removesuffix(".").replace("\n\n", " ")
        lines += [f"AFP: {question}?", f"N. N.:{mark} {said}"]
    return "\n\n".join(lines) + "\n"


def time_additions(home: Path, server: Server, pages: int, tell: Callable[[str], None]) -> Additions:
    """Add so many pages to `home`, one command each.

    Raises:
        RuntimeError: a page was not taken in, or did not become visible.
    """
    speech = Speech("en", Random(11), distinct=20_000)  # noqa: S311 (no secret)
    file = home / "page.txt"
    seconds: list[float] = []
    for number in range(pages):
        file.write_text(write_page(number, speech), "utf-8")
        began = time.perf_counter()
        words = ["--home", str(home), "add", str(file)]
        done = subprocess.run([*COMMAND, *words], check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"lectern add gave {done.returncode} for page {number}: {done.stdout}{done.stderr}")
        _wait_for(server, marker_of(number))
        seconds.append(time.perf_counter() - began)
        if number % 20 == 19:
            tell(f"adds: {number + 1} of {pages}, the last in {seconds[-1]:.2f} s")
    engine = open_engine(home / "index")
    segments = engine.status().segments
    engine.close()
    return Additions(tuple(seconds), segments)


def _wait_for(server: Server, marker: str) -> None:
    until = time.monotonic() + PATIENCE
    while not server.search([("q", marker)])["total"]:
        if time.monotonic() > until:
            raise RuntimeError(f"{marker} was added, but the server does not find it within {PATIENCE:.0f} seconds")
        time.sleep(0.01)
