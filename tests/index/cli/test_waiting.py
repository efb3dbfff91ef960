"""`--wait`, `rollback`, `check` and `rebuild --if-needed`, as typed."""

import json
import math
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from index.authority.tables import Authority, load_authority
from index.cli import main
from index.cli.waiting import WritingCommand
from index.lock import write_lock
from search.settings import Settings
from tests.index.cli.conftest import Run


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority files as shipped, read once."""
    return load_authority()


@pytest.fixture(autouse=True)
def _read_once(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the authority that was read."""
    for module in ("checking", "desk", "intake", "rebuilding"):
        monkeypatch.setattr(f"index.cli.{module}.read_authority", lambda _: authority)


def test_who_waits_goes_on_when_the_other_is_done(run: Run, page: Path, tmp_path: Path) -> None:
    """It says for whom it waits, and then does its work."""
    (tmp_path / "home").mkdir()
    release = threading.Event()

    def hold() -> None:
        with write_lock(tmp_path / "home", "rebuild"):
            held.set()
            release.wait(20)

    held, timer = threading.Event(), threading.Timer(0.6, release.set)
    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    timer.start()
    done = run("add", "--wait", page)
    other.join()
    assert done.exit_code == 0
    assert "waiting: process" in done.stderr
    assert "(rebuild)" in done.stderr


@pytest.mark.parametrize("words", [("add", "PAGE"), ("add", "--wait=0.3", "PAGE"), ("rollback",), ("rebuild",)])
def test_who_does_not_wait_for_long_is_told_who_writes(
    run: Run, page: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Exit status 2, and a line with process, command, and since when."""
    run("add", page)
    with write_lock(tmp_path / "home", "retag") as holder:
        done = run(*(page if word == "PAGE" else word for word in words))
    assert done.exit_code == 2
    assert f"process {holder.pid} (retag) since {holder.since} is writing" in done.stderr


@pytest.mark.parametrize(
    ("typed", "seconds", "left"),
    [
        (["--wait", "saved/"], math.inf, ("saved/",)),
        (["--wait=30", "saved/"], 30.0, ("saved/",)),
        (["saved/", "--wait"], math.inf, ("saved/",)),
        (["30"], 0, ("30",)),
        (["--", "--wait"], 0, ("--wait",)),
    ],
)
def test_a_number_of_seconds_follows_an_equals_sign(
    tmp_path: Path, typed: list[str], seconds: float, left: tuple[str, ...]
) -> None:
    """So that a path after `--wait` is a path."""
    seen = []

    @click.command(cls=WritingCommand)
    @click.argument("paths", nargs=-1)
    @click.pass_obj
    def command(settings: Settings, paths: tuple[str, ...]) -> None:
        seen.append((settings.wait, paths))

    done = CliRunner().invoke(command, typed, obj=Settings(tmp_path, {}), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    ((waits, paths),) = seen
    assert (waits == seconds or seconds - 1 < waits <= seconds, paths) == (True, left)


def test_every_command_that_writes_can_wait() -> None:
    """And no other."""
    commands = dict(main.commands)
    for name in ("entities", "keys"):
        group = main.commands[name]
        assert isinstance(group, click.Group)
        commands |= {f"{name} {below}": command for below, command in group.commands.items()}
    waiting = {name for name, command in commands.items() if isinstance(command, WritingCommand)}
    here = {"add", "review", "amend", "remove", "rebuild", "rollback", "check"}
    assert waiting >= here | {"entities promote", "entities merge", "entities split", "keys add", "keys revoke"}
    assert not waiting & {"parse", "search", "show", "diff", "export", "serve", "entities candidates", "keys list"}


def test_rollback_and_check_as_typed(run: Run, page: Path, tmp_path: Path) -> None:
    """One goes back, is told that the index is behind, and mends it; each says so."""
    assert run("add", page).exit_code == 0
    assert run("rebuild").exit_code == 0
    later = tmp_path / "later.txt"
    later.write_text(page.read_text("utf-8").replace("March 5", "March 6").replace("03-05", "03-06"), "utf-8")
    assert run("add", later).exit_code == 0
    gone_back = run("rollback")
    assert (gone_back.exit_code, "generation 1: 1 briefings" in gone_back.stdout) == (0, True)
    assert "behind the archive" in gone_back.stdout
    assert json.loads(run("check", "--json").stdout)["findings"][0]["mendable"] is True
    mended = run("check", "--repair")
    assert (mended.exit_code, "mended" in mended.stdout) == (0, True)
    whole = json.loads(run("check", "--json").stdout)
    assert (whole["whole"], whole["briefings"], whole["items"], whole["findings"]) == (True, 2, 4, [])
    assert "nothing to do; generation 1" in run("rebuild", "--if-needed").stdout


def test_what_was_left_undone_is_said(run: Run, page: Path, tmp_path: Path) -> None:
    """The next command that writes says on stderr what it made good."""
    run("add", page)
    run("rebuild")
    run("remove", "xv-mfa/en/2024-03-05", "--reason", "a mistake")
    run("rollback")
    done = run("remove", "--undo", "xv-mfa/en/2024-03-05")
    assert done.exit_code == 0
    assert "made good: the index was behind the archive, briefings concerned: 1" in done.stderr


def test_a_lock_ends_with_its_process(run: Run, page: Path, tmp_path: Path) -> None:
    """Whoever was killed holds nothing, at once; there is no file to delete."""
    code = "import sys, time\nfrom pathlib import Path\nfrom index.lock import write_lock\n"
    code += "with write_lock(Path(sys.argv[1]), 'add'):\n    print('held', flush=True)\n    time.sleep(60)\n"
    command = [sys.executable, "-c", code, str(tmp_path / "home")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        other.kill()
        other.wait(10)
        assert run("add", page).exit_code == 0
