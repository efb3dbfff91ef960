"""The librarian's commands, killed at random instants and at every named step, while somebody reads.

After a number of kills one command heals: every briefing whose `add` had ended is there with all of its items, none
stands twice, `lectern check` finds nothing, and whoever read in the meantime saw no error and no half of anything.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.librarian import Librarian
from tests.faults.steps import REACHED, STEPS
from tests.processes import children

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc to find child processes"),
]

ROUNDS = 6
KILLS = 20
"""Kills at random instants, in each round."""


@contextmanager
def watched(home: Path) -> Iterator[None]:
    """Somebody reads all the while, and sees nothing wrong."""
    command = [sys.executable, "-m", "tests.faults.reader", str(home)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        try:
            yield
            out, wrong = reader.communicate("stop\n", timeout=60)
        finally:
            reader.kill()
    assert reader.returncode == 0, wrong
    looks, pages = map(int, out.split())
    print(f"looks {looks}, pages {pages}")  # noqa: T201 (figures for docs/reliability.md: pytest -s)
    assert looks > 10


@pytest.mark.parametrize("kind", sorted(REACHED))
def test_killed_at_every_named_step(tmp_path: Path, kind: str) -> None:
    """Just before and just after each step of each kind of work."""
    with Librarian(tmp_path, seed=len(kind)) as librarian, watched(librarian.home.home):
        librarian.add(9)
        librarian.rebuild()
        for place, step in enumerate(REACHED[kind]):
            for when in ("before", "after"):
                before = librarian.kills
                count = librarian.rng.randint(1, 5) if step == "archive writes" else 1
                how: dict[str, int] = {"workers": 2} if step.startswith("a worker") else {}
                how |= {"count": 9} if step == "a worker parses" else {}
                librarian.work(kind, fault=f"{when}:{count}:{step}", **how)
                assert librarian.kills == before + 1, f"{kind} never comes by: {step}\n{librarian.said()}"
            if place % 3 == 2:
                librarian.heal()
        librarian.heal()
        print(f"{kind}: {librarian.kills} kills at named steps")  # noqa: T201


def test_every_step_is_reached_by_some_work() -> None:
    """No step is named that nothing comes by."""
    assert {step for steps in REACHED.values() for step in steps} == STEPS.keys()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_at_random_instants(tmp_path: Path, seed: int) -> None:
    """The command, one of its workers, or its whole group: one work after another, healed only at the end."""
    ended = 0
    with Librarian(tmp_path, seed) as librarian, watched(librarian.home.home):
        librarian.add(9)
        librarian.rebuild()
        longest: dict[tuple[str, int], float] = {}
        while librarian.kills < KILLS:
            kind = librarian.rng.choice(sorted(REACHED))
            workers = librarian.rng.choice((1, 1, 1, 1, 1, 2))
            started = time.monotonic()
            instant = librarian.rng.uniform(0, longest.get((kind, workers), 10 * workers))
            if librarian.work(kind, workers=workers, meanwhile=killer(librarian.rng, instant)):
                ended += 1
                longest[kind, workers] = max(0.3, time.monotonic() - started)
        librarian.heal()
        print(f"seed {seed}: {librarian.kills} kills, {ended} commands that ended before")  # noqa: T201


def killer(rng: random.Random, seconds: float) -> Callable[[int], None]:
    """What kills a command after so many seconds, or one of its workers, or all of its group."""

    def kill(pid: int) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.005)
        target = rng.choice(("parent", "group", "worker"))
        with suppress(ProcessLookupError):
            workers = [one for one in children(pid) if is_worker(one)]
            if target == "worker" and workers:
                os.kill(rng.choice(workers), signal.SIGKILL)
            elif target == "group":
                os.killpg(pid, signal.SIGKILL)
            else:
                os.kill(pid, signal.SIGKILL)

    return kill


def is_worker(pid: int) -> bool:
    """Whether a process works for another, and is not what else multiprocessing keeps."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
