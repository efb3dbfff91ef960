"""`lectern export`: what is written, where, and what happens when that goes wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.cli.conftest import PLAIN, Run

LONG = PLAIN.replace("on Friday.", "on Friday. " + "Kelp is cut at low tide. " * 4_000)


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """A home with two briefings, the second with a long answer; and a note."""
    (tmp_path / "2024-03-05.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "2024-03-06.txt").write_text(LONG.replace("March 5", "March 6").replace("03-05", "03-06"), "utf-8")
    assert run("add", tmp_path / "2024-03-05.txt", tmp_path / "2024-03-06.txt").exit_code == 0
    assert run("amend", "xv-mfa/en/2024-03-06/2", "--kind", "note", "--reason", "nobody asked").exit_code == 0
    return run


def ids(text: str) -> list[str]:
    """The last two parts of each line's id."""
    return ["/".join(json.loads(line)["id"].split("/")[2:]) for line in text.splitlines()]


def test_everything_is_written_without_a_query(filled: Run) -> None:
    """As JSON Lines, notes too, each item once; in the order asked for."""
    done = filled("export")
    assert done.exit_code == 0
    assert ids(done.stdout) == ["2024-03-05/1", "2024-03-05/2", "2024-03-06/1", "2024-03-06/2"]
    assert ids(filled("export", "--sort", "newest").stdout)[0] == "2024-03-06/1"


def test_a_query_or_a_filter_finds_what_search_finds(filled: Run) -> None:
    """Answers and statements, in the order of the results, all of them whatever a page holds."""
    assert ids(filled("export", "ferry", "OR", "kelp", "--sort", "oldest").stdout) == [
        "2024-03-05/1",
        "2024-03-05/2",
        "2024-03-06/1",
    ]
    assert ids(filled("export", "--from", "2024-03-06", "--format", "jsonl").stdout) == ["2024-03-06/1"]
    nothing = filled("export", "zeppelin", "--format", "ris")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_a_file_is_there_whole_or_not_at_all(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ending says the format; when it cannot be finished, what stood there stays, and nothing is left beside it."""
    file = tmp_path / "out" / "ferry.csv"
    file.parent.mkdir()
    assert filled("export", "ferry", "-o", file).exit_code == 0
    before = file.read_bytes()
    assert before.startswith("\ufeffid,date".encode())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.cli.exporting.os.fsync", fail)
    done = filled("export", "-o", file)
    assert (done.exit_code, "No space left" in done.stderr) == (2, True)
    assert [one.name for one in file.parent.iterdir()] == ["ferry.csv"]
    assert file.read_bytes() == before
    missing = filled("export", "-o", tmp_path / "nowhere" / "x.ris")
    assert missing.exit_code == 2
    assert "nowhere" in missing.stderr


def test_addresses_are_whole_where_the_site_is_known(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """LECTERN_BASE_URL stands before the addresses of what is exported."""
    monkeypatch.setenv("LECTERN_BASE_URL", "https://lectern.example/")
    assert "UR  - https://lectern.example/briefings/xv-mfa/en/2024-03-05/1\r\n" in (
        filled("export", "kelp", "--format", "ris").stdout_bytes.decode()
    )


def test_a_broken_pipe_ends_quietly(filled: Run, tmp_path: Path) -> None:
    """Whoever has read enough closes the pipe; nothing is said about it."""
    command = [sys.executable, "-c", "from index.start import main; main()", "--home", str(tmp_path / "home"), "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
