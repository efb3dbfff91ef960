"""`lectern status`: what it says of a home, whole or not."""

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.lock import write_lock
from tests.index.cli.conftest import PLAIN, Run

ID = "xv-mfa/en/2024-03-05"


def state(run: Run) -> dict[str, Any]:
    """The status as data."""
    found: dict[str, Any] = json.loads(run("status", "--json").stdout)
    return found


def test_of_nothing(run: Run, tmp_path: Path) -> None:
    """Where nothing is, it says so, ends with 0, and makes nothing."""
    done = run("status")
    assert done.exit_code == 0
    assert re.findall(r"(?m)^(?:archive|index|writer) +(.*)$", done.stdout) == ["none", "none", "nobody"]
    assert (state(run)["in_step"], state(run)["latest"]) == (None, None)
    assert not (tmp_path / "home").exists()


def test_of_a_home(run: Run, page: Path, tmp_path: Path) -> None:
    """Counts by publisher, coverage, the latest briefing, generation, step, sizes, what is held and withdrawn."""
    run("add", page, "--url", "https://valdria.example/5")
    page.write_text(PLAIN.partition("Northern Wire")[0], "utf-8")
    run("add", page, "--url", "https://valdria.example/5")
    now = state(run)
    assert (now["archive"]["briefings"], now["archive"]["files"], now["archive"]["held"]) == (1, 2, 1)
    assert (now["index"]["generation"], now["index"]["documents"], now["in_step"], now["behind"]) == (1, 2, True, 0)
    assert datetime.fromisoformat(now["index"]["live_since"]) <= datetime.now(UTC)
    (publisher,), (coverage,) = now["publishers"], now["coverage"]
    assert (publisher["publisher"], publisher["briefings"], publisher["answers"]) == ("xv-mfa", 1, 2)
    assert (coverage["first"], coverage["last"]) == ("2024-03-05", "2024-03-05")
    assert now["latest"]["id"] == ID
    assert [(h["id"], h["problems"]) for h in now["held"]] == [(ID, ["suspicious-revision"])]
    disk = now["disk"]
    assert 0 < disk["archive"] < disk["home"]
    assert disk["index"] > disk["generations"]["1"] > 0
    assert disk["home"] == sum(f.stat().st_size for f in (tmp_path / "home").rglob("*") if f.is_file())
    printed = run("status").stdout
    assert "publisher  xv-mfa (en): 1 briefings, 2 answers, 2024-03-05 to 2024-03-05" in printed
    assert "in step    yes" in printed
    assert f"{ID}  suspicious-revision" in printed


def test_it_says_who_is_writing(run: Run, page: Path, tmp_path: Path) -> None:
    """Process, since when, and doing what."""
    run("add", page)
    with write_lock(tmp_path / "home", "rebuild") as holder:
        assert state(run)["writer"] == {"pid": holder.pid, "since": holder.since, "doing": "rebuild"}
        assert f"process {holder.pid}, rebuild, since {holder.since}" in run("status").stdout


def test_it_says_how_far_apart_they_are(run: Run, page: Path, tmp_path: Path) -> None:
    """An index that is behind is counted by changes; one that knows more than its archive is of another one."""
    run("add", page)
    with sqlite3.connect(tmp_path / "home" / "archive.sqlite3") as archive:
        archive.execute("INSERT INTO journal (id, what, at) VALUES (?, 'retagged', '')", (ID,))
    archive.close()
    assert (state(run)["in_step"], state(run)["behind"]) == (False, 1)
    assert "1 changes behind" in run("status").stdout
    with sqlite3.connect(tmp_path / "home" / "archive.sqlite3") as archive:
        archive.execute("DELETE FROM journal")
    archive.close()
    assert "knows more than the archive" in run("status").stdout


def test_what_cannot_be_read_is_said_beside_the_rest(run: Run, page: Path, tmp_path: Path) -> None:
    """A damaged archive, or index, does not keep the other from being told; the exit status is 2."""
    run("add", page)
    (tmp_path / "home" / "index" / "CURRENT").write_text("000099\n")
    done = run("status", "--json")
    now = json.loads(done.stdout)
    assert (done.exit_code, now["index"], now["archive"]["briefings"], len(now["faults"])) == (2, None, 1, 1)
    (tmp_path / "home" / "index" / "CURRENT").write_text("000001\n")
    (tmp_path / "home" / "archive.sqlite3").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    done = run("status")
    assert done.exit_code == 2
    assert "archive    none" in done.stdout
    assert "generation 1" in done.stdout
    assert "not an archive" in done.stderr
