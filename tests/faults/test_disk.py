"""A disk that is full, and one that may not be written: what was promised stays, people go on reading, and it goes on.

A small file system in memory is mounted for each test, where that is allowed.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Request
from search.engines import open_engine
from search.query import Term
from tests.faults.librarian import ANSWERS, STANDING, WORD, Killed, Librarian, standing_ids

pytestmark = pytest.mark.fault

MEGABYTES = 12


def mount(*words: str) -> None:
    """Mount something; the test is skipped, with the reason, where that is not allowed."""
    done = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a file system cannot be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, gone at the end."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def librarian(tmp_path: Path, disk: Path) -> Iterator[Librarian]:
    """A librarian whose home is on that disk, and whose files are not."""
    with Librarian(tmp_path, seed=1, home=disk / "home") as one:
        one.add(9)
        yield one


def fill(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes free."""
    stat = os.statvfs(disk)
    file = disk / "ballast"
    file.write_bytes(b"\0" * max(0, stat.f_bavail * stat.f_frsize - left))
    return file


def read_all(home: Path) -> None:
    """Whoever reads finds all that was there from the beginning."""
    engine = open_engine(home / "index")
    assert engine.find(Request(Term(WORD))).total == STANDING * ANSWERS
    for id in standing_ids():
        assert len(engine.documents(id)) == ANSWERS
    engine.close()


@pytest.mark.parametrize("kind", ["add", "correct", "remove", "rebuild"])
def test_a_full_disk_takes_nothing_away(librarian: Librarian, disk: Path, kind: str) -> None:
    """However much is left, a command does its work or says what is wrong; with room again, one command heals."""
    rng, refused = random.Random(kind), 0
    for left in (0, 4_096, 16_384, *(rng.randrange(150_000) for _ in range(4))):
        ballast = fill(disk, left)
        refused += not librarian.work(kind)
        read_all(librarian.home.home)
        ballast.unlink()
    assert refused >= 3
    assert librarian.work(kind)
    librarian.heal()
    print(f"{kind}: refused for want of room {refused} times of 7")  # noqa: T201


def test_a_read_only_disk_can_be_read_and_says_so(librarian: Librarian, disk: Path) -> None:
    """Who reads, and `check`, work; whoever writes is told, with exit status 2; then all goes on."""
    mount("-o", "remount,ro", str(disk))
    read_all(librarian.home.home)
    assert librarian.command("check") == 0
    assert librarian.command("search", WORD) == 0
    for kind in ("add", "correct", "remove", "rebuild"):
        with pytest.raises(Killed, match=r"Read-only|readonly|cannot be"):
            getattr(librarian, kind)()
    assert librarian.command("check") == 0
    mount("-o", "remount,rw", str(disk))
    librarian.heal()
