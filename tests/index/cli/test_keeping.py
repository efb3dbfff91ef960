"""`lectern backup` and `restore`, as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.cli import main
from index.restoring import UNFINISHED, Left
from tests.index.cli.conftest import PLAIN, Run

ID = "xv-mfa/en/2024-03-05"


def test_there_and_back(run: Run, page: Path, tmp_path: Path) -> None:
    """What is backed up is found again in an empty home; over a full one only if that is meant."""
    run("add", page)
    run("amend", f"{ID}/1", "--speaker", "Otto Brandt", "--reason", "misheard")
    copy = tmp_path / "copy"
    done = run("backup", copy)
    assert (done.exit_code, "1 briefings, change 2; 1 files" in done.stdout) == (0, True)
    assert run("backup", copy).exit_code == 2
    other = ["--home", str(tmp_path / "other")]
    restored = CliRunner().invoke(main, [*other, "restore", str(copy)])
    assert (restored.exit_code, "1 briefings, 2 answers" in restored.stdout) == (0, True), restored.output
    assert CliRunner().invoke(main, [*other, "search", "--speaker", "Otto Brandt"]).exit_code == 0
    page.write_text(PLAIN.replace("kelp", "oyster").replace("March 5", "March 6").replace("-05", "-06"), "utf-8")
    run("add", page)
    refused = run("restore", copy)
    assert (refused.exit_code, "not empty" in refused.stderr, "--replace" in refused.stderr) == (2, True, True)
    assert run("search", "oyster").exit_code == 0
    done = run("restore", copy, "--replace")
    assert (done.exit_code, "what stood there is in" in done.stderr) == (0, True)
    assert run("search", "oyster").exit_code == 1
    assert run("search", "kelp").exit_code == 0
    assert json.loads(run("status", "--json").stdout)["in_step"]


@pytest.mark.parametrize(
    "waits",
    [
        (Left.FILES, {"search", "status", "restore"}, "run lectern restore again"),
        (Left.INDEX, {"search", "status", "restore", "rebuild"}, "run lectern rebuild"),
    ],
)
def test_a_home_that_is_half_restored_waits(
    run: Run, page: Path, tmp_path: Path, waits: tuple[Left, set[str], str]
) -> None:
    """Until a restore has come to its end nothing else reads the archive; readers go on, and the state says so."""
    left, free, hint = waits
    run("add", page)
    run("backup", tmp_path / "copy")
    (tmp_path / "home" / UNFINISHED).write_text(left)
    commands = {
        "add": (page,),
        "review": (),
        "remove": (ID, "--reason", "x"),
        "show": (ID,),
        "backup": (tmp_path / "other",),
        "search": ("kelp",),
        "status": (),
        "rebuild": (),
    }
    for command, arguments in commands.items():
        if command not in free:
            done = run(command, *arguments)
            assert (done.exit_code, hint in done.stderr) == (2, True), command
    assert json.loads(run("status", "--json").stdout)["restoring"] == left
    assert run("search", "kelp").exit_code == 0
    done = run("rebuild") if "rebuild" in free else run("restore", tmp_path / "copy")
    assert done.exit_code == 0
    assert run("add", page).exit_code == 0
