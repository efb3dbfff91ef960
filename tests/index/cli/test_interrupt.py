"""Ctrl+C in the middle of a run on several cores."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.cli.conftest import PLAIN

ROOT = Path(__file__).parents[3]
COMMAND = """
import os
from index.cli import main
if __name__ == "__main__":
    os.sched_getaffinity = lambda _: {0, 1}
    main()
"""


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Processes started here can be interrupted, even where these tests run in the background, with Ctrl+C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.fault
@pytest.mark.usefixtures("_interruptible")
def test_an_interrupted_run_leaves_no_process(tmp_path: Path) -> None:
    """`parse` ends with a line and status 2, and so do all that it started, though Ctrl+C reaches each of them."""
    (tmp_path / "lectern.py").write_text(COMMAND, "utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(2_000):
        (pages / f"{n}.txt").write_text(PLAIN.replace("March 5", f"March {n % 28 + 1}"), "utf-8")
    command = [sys.executable, str(tmp_path / "lectern.py"), "parse", "--format", "jsonl", str(pages)]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True, env=environ
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("{")
        os.killpg(run.pid, signal.SIGINT)
        _, errors = run.communicate(timeout=20)
    assert run.returncode == 2
    assert errors.count("\n") == 1
    assert "stopped before the end" in errors
    assert is_gone(run.pid, within=10)


def is_gone(group: int, *, within: float) -> bool:
    """Whether every process of a group has ended within as many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
