"""Many sources by several processes: the same as one by one, in order, a few at a time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.parsers import Parsed, parse_source
from index.parsers.pool import FEW, parse_all
from index.sources import Source, Unreadable
from search.model import Problem
from tests.index.parsers.pages import AUTHORITY, plain, source

PAGES = [source(plain([f"Q: Is it {n}?", f"A: It is {n}."]), file=f"{n}.txt") for n in range(FEW + 40)]
BROKEN = Unreadable("broken", Problem("missing", "refused", "broken: there is no such file"))


def test_several_processes_give_what_one_gives() -> None:
    """In the order of the sources, with what could not be read in its place, and with the bytes that came in."""
    sources: list[Source | Unreadable] = [*PAGES[:5], BROKEN, *PAGES[5:]]
    expected = [s if isinstance(s, Unreadable) else parse_source(s, AUTHORITY) for s in sources]
    assert list(parse_all(sources, AUTHORITY, workers=2)) == expected


def test_a_few_sources_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One page is parsed at once, where a process would take half a second to begin."""
    monkeypatch.setattr("search.crew.ProcessPoolExecutor", None)
    assert [p.source for p in parse_all(PAGES[:FEW], AUTHORITY, workers=2) if isinstance(p, Parsed)] == PAGES[:FEW]


def test_sources_are_asked_for_as_they_are_needed() -> None:
    """However many files a folder has, few are in memory."""
    asked = 0

    def endless() -> Iterator[Source]:
        nonlocal asked
        while True:
            asked += 1
            yield PAGES[asked % len(PAGES)]

    found = parse_all(endless(), AUTHORITY, workers=2)
    next(found)
    found.close()
    assert asked < FEW + 40


def test_the_publisher_is_told_to_every_process() -> None:
    """What the librarian states holds for all."""
    pages = [
        source("Q: Why so?\n\nA: Because it is so.", file=str(n), title="On March 4, 2024") for n in range(FEW + 8)
    ]
    parsed = [p for p in parse_all(pages, AUTHORITY, "xv-mfa", workers=2) if isinstance(p, Parsed)]
    assert {p.briefing.publisher for p in parsed if p.briefing} == {"xv-mfa"}
    assert len(parsed) == len(pages)


ORPHANS = """
import multiprocessing, time
from tests.index.parsers.test_pool import AUTHORITY, PAGES, parse_all
if __name__ == "__main__":
    found = parse_all(PAGES, AUTHORITY, workers=2)
    next(found)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


@pytest.mark.fault
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    """A parent that is killed, and can clean up nothing, leaves none behind."""
    (tmp_path / "orphans.py").write_text(ORPHANS, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, tmp_path / "orphans.py"], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.1)
    assert len(children) == 2
    assert not any(map(is_running, children))


def is_running(pid: int) -> bool:
    """Whether a process is there and is not merely waiting to be counted out."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
