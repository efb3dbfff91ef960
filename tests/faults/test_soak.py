"""Two writers and twenty readers for two minutes: one writer at a time, no error, and nothing stale for long."""

import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from index.authority.tables import load_authority
from index.checking import check
from search.engines import open_engine
from tests.conftest import ROOT
from tests.faults.librarian import Librarian

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("LECTERN_SOAK_SECONDS") or 120)
READERS = 20
LATE = 1.0
"""Seconds after which nobody may miss what was added."""


def start(what: str, *words: str | Path) -> subprocess.Popen[str]:
    """A reader or a writer of its own."""
    command = [sys.executable, "-m", "tests.faults.soaking", what, *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_writers_and_twenty_readers(tmp_path: Path) -> None:
    """Writers wait for each other; a look that begins a second after an addition has ended sees it."""
    with Librarian(tmp_path, seed=1) as librarian:
        home = librarian.home
    first = open_engine(home.index).status().sequence
    readers = [start("read", home.home, f"{n}") for n in range(READERS)]
    for reader in readers:
        assert reader.stdout
        assert reader.stdout.readline() == "looking\n"
    writers = [start("write", home.home, tmp_path / f"writer{n}", f"{n}", f"{SECONDS}") for n in range(2)]
    told = [writer.communicate(timeout=SECONDS + 240) for writer in writers]
    ended = time.time()
    for writer, (_, wrong) in zip(writers, told, strict=True):
        assert writer.returncode == 0, wrong
    time.sleep(LATE + 0.5)
    looks: list[tuple[float, int]] = []
    for reader in readers:
        out, wrong = reader.communicate("stop\n", timeout=60)
        assert reader.returncode == 0, wrong
        looks += [(float(when), int(sequence)) for when, sequence in map(str.split, out.splitlines())]
    written = sorted(
        (float(since), float(until), float(done), int(sequence))
        for out, _ in told
        for since, until, done, sequence in map(str.split, out.splitlines())
    )
    assert all(one[1] <= other[0] for one, other in pairwise(written)), "one at a time"
    assert [one[3] for one in written] == list(range(first + 1, first + 1 + len(written)))
    for _, _, done, sequence in written:
        assert all(seen >= sequence for when, seen in looks if when >= done + LATE)
    lag = max(min((when for when, seen in looks if seen >= n), default=ended) - done for _, _, done, n in written)
    assert open_engine(home.index).status().sequence == first + len(written)
    assert check(home, open_engine(home.index), load_authority()).findings == ()
    print(  # noqa: T201 (figures for docs/reliability.md: pytest -s)
        f"{len(written)} additions by two writers in {SECONDS:.0f} s, {len(looks)} looks of {READERS} readers,"
        f" first seen after {lag:.2f} s at the latest"
    )
