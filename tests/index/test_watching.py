"""A folder that is followed: when files are taken, and where bad ones go."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index import watching
from index.archive import ArchiveReader
from index.lock import write_lock
from index.watching import SETTLED, Watch, reserve
from search.settings import Settings
from tests.index.cli.conftest import PLAIN

ROOT = Path(__file__).parents[2]


class Follower:
    """A watch whose time passes when a test says so."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder, self.home = tmp_path / "inbox", tmp_path / "home"
        self.folder.mkdir(exist_ok=True)
        self.told: list[str] = []
        self.now = 0.0
        self.watch = Watch(self.folder, Settings(self.home, {}), tell=self.told.append, clock=lambda: self.now)

    def look(self, after: float = 0.0) -> int:
        """How many files were taken at a look so much later."""
        self.now += after
        return self.watch.look()

    def ids(self) -> tuple[str, ...]:
        """What the archive has."""
        with ArchiveReader.read(Settings(self.home, {}).archive) as archive:
            return archive.ids()


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    """A follower of a folder without anything in it."""
    return Follower(tmp_path)


def test_a_file_is_taken_when_it_is_whole(follower: Follower) -> None:
    """While it grows it is left; three seconds after its last change it is added, once."""
    file = follower.folder / "a.txt"
    file.write_text(PLAIN[:100], "utf-8")
    assert [follower.look(), follower.look(SETTLED - 1)] == [0, 0]
    file.write_text(PLAIN, "utf-8")
    assert [follower.look(SETTLED - 1), follower.look(SETTLED - 1), follower.look(1)] == [0, 0, 1]
    assert follower.ids() == ("xv-mfa/en/2024-03-05",)
    assert [follower.look(10), follower.look(10)] == [0, 0]
    assert file.exists()


def test_a_file_that_takes_another_s_place_is_taken(follower: Follower) -> None:
    """What is renamed over a known file, of the same size and time, is a correction; parts of downloads are left."""
    file, part = follower.folder / "a.txt", follower.folder / "a.txt.part"
    file.write_text(PLAIN, "utf-8")
    follower.look()
    assert follower.look(SETTLED) == 1
    part.write_text(PLAIN.replace("Friday", "Monday"), "utf-8")
    os.utime(part, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    assert [follower.look(), follower.look(SETTLED)] == [0, 0]
    part.rename(file)
    assert [follower.look(), follower.look(SETTLED)] == [0, 1]
    assert follower.told[-1].startswith("corrected")


def test_bad_files_are_moved_aside(follower: Follower) -> None:
    """With a note that says why, under a name that is free; good ones are added, and nothing is tried twice."""
    for name in ("bad.txt", "good.txt"):
        (follower.folder / name).write_text(PLAIN if name == "good.txt" else "", "utf-8")
    (follower.folder / "refused").mkdir()
    (follower.folder / "refused" / "bad.txt").write_text("an earlier one")
    with zipfile.ZipFile(follower.folder / "mixed.zip", "w") as archive:
        archive.writestr("../up.txt", "x")
        archive.writestr("in.txt", PLAIN.replace("March 5", "March 6").replace("03-05", "03-06"))
    follower.look()
    assert follower.look(SETTLED) == 3
    aside = {path.name: path.read_text("utf-8") for path in (follower.folder / "refused").glob("*.txt")}
    assert (aside["bad.txt"], aside["bad-2.txt"]) == ("an earlier one", "")
    assert "the file is empty" in aside["bad-2.txt.why.txt"]
    assert "leads out of the archive" in aside["mixed.zip.why.txt"]
    assert sorted(path.name for path in follower.folder.iterdir()) == ["good.txt", "refused"]
    assert follower.ids() == ("xv-mfa/en/2024-03-05", "xv-mfa/en/2024-03-06")
    assert follower.look(10) == follower.look(10) == 0


def test_a_new_start_finds_what_came_meanwhile(follower: Follower, tmp_path: Path) -> None:
    """What is known is compared and left; what is new is added; addresses come from the folder's manifest."""
    (follower.folder / "a.txt").write_text(PLAIN, "utf-8")
    follower.look()
    follower.look(SETTLED)
    (follower.folder / "b.txt").write_text(PLAIN.replace("March 5", "March 6").replace("03-05", "03-06"), "utf-8")
    (follower.folder / "index.tsv").write_text("file\turl\nb.txt\thttps://valdria.example/b\n", "utf-8")
    again = Follower(tmp_path)
    again.look()
    assert again.look(SETTLED) == 2
    assert [line.split()[:2] for line in again.told] == [["added", "xv-mfa/en/2024-03-06"]]
    with ArchiveReader.read(again.home / "archive.sqlite3") as archive:
        assert archive.readings("xv-mfa/en/2024-03-06")[0].briefing.url == "https://valdria.example/b"


def test_another_writer_is_waited_for(follower: Follower) -> None:
    """Nothing is lost, it is said once, and between batches the lock is free."""
    (follower.folder / "a.txt").write_text(PLAIN, "utf-8")
    follower.look()
    with write_lock(follower.home, "rebuild"):
        assert [follower.look(SETTLED), follower.look(1)] == [0, 0]
    assert len(follower.told) == 1
    assert "(rebuild)" in follower.told[0]
    assert follower.look(1) == 1
    with write_lock(follower.home, "rebuild"):
        pass


def test_what_cannot_be_read_is_said_once(follower: Follower) -> None:
    """A link that leads nowhere is told of and left; a pipe is moved aside unopened."""
    (follower.folder / "gone").symlink_to(follower.folder / "nowhere")
    os.mkfifo(follower.folder / "pipe")
    follower.look()
    assert follower.look(SETTLED) == 1
    follower.look(10)
    assert [line.partition(" ")[0].rstrip(":").rpartition("/")[2] for line in follower.told] == [
        "gone",
        "refused",
        "moved",
    ]
    assert (follower.folder / "refused" / "pipe").exists()


def test_a_name_is_reserved_once(tmp_path: Path) -> None:
    """However many ask for it."""
    assert [reserve(tmp_path, "a.b.txt").name for _ in range(3)] == ["a.b.txt", "a.b-2.txt", "a.b-3.txt"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With status 0, whichever signal; what was put in before is added."""
    follower = Follower(tmp_path)
    (follower.folder / "a.txt").write_text(PLAIN, "utf-8")
    command = [sys.executable, "-c", "from index.start import main; main()", "--home", str(follower.home), "watch"]
    with subprocess.Popen([*command, str(follower.folder)], stderr=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stderr is not None
        lines = [run.stderr.readline(), run.stderr.readline()]
        assert [line.split()[0] for line in lines] == ["watching", "added"]
        run.send_signal(number)
        assert run.communicate(timeout=60)[1] == "ended\n"
    assert run.returncode == 0


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Whether something becomes so in time."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.fault
def test_it_may_be_killed_at_any_instant(tmp_path: Path) -> None:
    """Killed again and again while files come in, it has them all in the end, and moved none away that is good."""
    follower = Follower(tmp_path)
    command = [sys.executable, "-c", "from index.start import main; main()", "--home", str(follower.home), "watch"]
    for n in range(1, 25):
        text = PLAIN.replace("March 5", f"March {n}").replace("03-05", f"03-{n:02}").replace("kelp", f"kelp {n}")
        (follower.folder / f"{n}.txt").write_text(text, "utf-8")
        if n % 4 == 0:
            with subprocess.Popen([*command, str(follower.folder)], stderr=subprocess.DEVNULL, cwd=ROOT) as run:
                time.sleep(1.5 + n / 6)
                run.kill()
    with subprocess.Popen([*command, str(follower.folder)], stderr=subprocess.DEVNULL, cwd=ROOT) as run:
        assert within(120, lambda: follower.home.joinpath("archive.sqlite3").exists() and len(follower.ids()) == 24)
        run.terminate()
    assert not (follower.folder / watching.REFUSED).exists()
