"""How far a command says it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.cli.progress import progress_text, show_progress
from tests.index.cli.conftest import Screen


def test_a_terminal_shows_each_part_with_count_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was done last; a part that cannot be counted says only what it is, one of nothing is not shown."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    with show_progress() as begin:
        begin("reading again", 0)
        tick = begin("adding files", 3)
        for n in range(3):
            tick(f"pages/{n}[b].html")
        begin("finishing the index", None)
    text = screen.getvalue()
    assert "3 of 3, " in text
    assert " a second, 0:00 left  2[b].html" in text
    assert "pages/" not in text
    assert "reading again" not in text
    assert "finishing the index" in text


def test_nothing_is_shown_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A log, or whoever reads a pipe, gets the report alone."""
    with show_progress() as begin:
        begin("adding files", 1)("a.html")
    assert capsys.readouterr() == ("", "")


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten seconds, then two a minute, each whole in itself, so that a log of a long run is short."""
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with show_progress() as begin:
        tick = begin("adding files", 1_000)
        for _ in range(100):
            now += 1.0
            tick("a.html")
    assert capsys.readouterr().err.splitlines() == [
        f"adding files: {done} of 1,000, 1.0 a second, {left} left"
        for done, left in ((10, "16:30"), (40, "16:00"), (70, "15:30"), (100, "15:00"))
    ]


@pytest.mark.parametrize(
    ("done", "total", "seconds", "text"),
    [
        (1_200, 2_083, 24.0, "1,200 of 2,083, 50 a second, 0:18 left"),
        (10, 1_000, 5.0, "10 of 1,000, 2.0 a second, 8:15 left"),
        (1_200, None, 10.0, "1,200, 120 a second"),
        (1, 1, 0.0, "1 of 1, 1000 a second, 0:00 left"),
    ],
)
def test_the_time_left_goes_by_the_rate_so_far(done: int, total: int | None, seconds: float, text: str) -> None:
    """Slow work has a rate with a fraction; what has only just begun divides by nothing."""
    assert progress_text(done, total, seconds) == text


def test_add_and_rebuild_say_on_a_terminal_how_far_they_are(tmp_path: Path, page: Path) -> None:
    """`add` counts files; `rebuild` the texts that it reads again, then the briefings that it indexes."""
    assert "1 of 1, " in stderr_on_a_terminal(tmp_path, "add", str(page))
    text = stderr_on_a_terminal(tmp_path, "rebuild", "--reparse")
    assert text.index("reading again") < text.index("indexing briefings") < text.index("finishing the index")
    assert "1 of 1, " in text


def stderr_on_a_terminal(tmp_path: Path, *words: str) -> str:
    """What a command prints on stderr, which is a terminal; stdout is a pipe."""
    master, slave = os.openpty()
    arguments = [sys.executable, "-c", "from index.start import main; main()", "--home", str(tmp_path / "home"), *words]
    environ = os.environ | {"COLUMNS": "160", "TERM": "xterm"}
    done = subprocess.run(arguments, check=False, stdout=subprocess.PIPE, stderr=slave, env=environ, timeout=60)
    os.close(slave)
    with os.fdopen(master, "rb") as terminal:
        text = b""
        while b"\x1b[2K" not in text[-8:]:
            text += terminal.read1(4096)
    assert done.returncode == 0, text
    return text.decode()
