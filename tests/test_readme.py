"""The commands that the documentation shows are run, or at least read as they stand.

`make test` and `make lint` are what `.ci/run` calls; tests/test_docs.py makes sure of the other targets.
"""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from index.cli import main

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "index" / "samples"
LECTERN = [sys.executable, "-c", "from index.start import main; main()"]
PAGE = """Foreign Ministry Spokesperson N. N.'s Regular Press Conference on May 6, 2024

2024-05-06 15:00

AFP: Will the orchard keep to the one-China variety of pears?

N. N.: It will.
"""


def iter_commands(page: str) -> Iterator[list[str]]:
    """The commands of a page's shell blocks, each as its words."""
    for block in iter_shell(page):
        for line in block.splitlines():
            yield shlex.split(line, comments=True)


def iter_shell(page: str) -> list[str]:
    """The shell blocks of a page."""
    return re.findall(r"(?ms)^```sh\n(.*?)^```$", (ROOT / page).read_text("utf-8"))


README = list(iter_commands("README.md"))
OF_LECTERN = [words[1:] for words in README if words[0] == ".venv/bin/lectern"]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, *arguments: str) -> Iterator[str]:
    """The address that a command serves at, in `folder`, until Ctrl+C, which must end it."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("LECTERN_")} | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*LECTERN, *arguments],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.]+:\d+/", line)))
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=30)  # ends when the last process that could write there has ended


def fetch(address: str) -> str:
    """A page of a server that is just starting."""
    for _ in range(300):
        try:
            with urlopen(address, timeout=30) as answer:  # noqa: S310 (our own address)
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with saved pages in it."""
    shutil.copytree(SAMPLES, tmp_path / "saved-pages")
    (tmp_path / "saved-pages" / "2024-05-06.txt").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LECTERN_HOME", raising=False)
    return tmp_path


def test_readme_shows_nothing_that_is_not_tried() -> None:
    """The README's shell blocks hold make and three commands of lectern, which the next test runs."""
    assert {words[0] for words in README} == {"make", ".venv/bin/lectern"}
    assert [words[0] for words in OF_LECTERN] == ["add", "search", "serve"]


def test_readmes_commands_work(folder: Path) -> None:
    """Saved pages are added, found, and served."""
    add, search, serve = OF_LECTERN
    added = CliRunner().invoke(main, add)
    assert added.exit_code == 0, added.output
    found = CliRunner().invoke(main, search)
    assert found.exit_code == 0, found.output
    assert "orchard" in found.stdout
    with server(folder, *serve, "--port", str(free_port())) as address:
        assert "/briefings/cn-mfa/en/2024-05-06" in fetch(f"{address}?q=orchard")
    assert_refused(address)


def test_backup_is_whole(folder: Path) -> None:
    """The commands of docs/operating.md copy a home and put it back, into an empty one and over a full one."""
    assert CliRunner().invoke(main, ["add", "saved-pages"]).exit_code == 0
    shown = [line for block in iter_shell("docs/operating.md") for line in block.splitlines()]
    commands = [shlex.split(line.replace("$(date +%F)", "today"), comments=True)[1:] for line in shown]
    assert [words[-2] for words in commands] == ["backup", "restore", "--replace"]
    for words in commands:
        words[-1] = str(folder / "copy")
    commands[1][1] = str(folder / "restored")
    for words in (*commands, ["--home", "restored", "search", "orchard"], ["search", "orchard"]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output


def test_demo_is_served_until_ctrl_c(folder: Path) -> None:
    """The demo says where it is, answers there, in a home of its own, and leaves no process behind."""
    with server(folder, "demo", "--port", str(free_port())) as address:
        assert "Port Anselm" in fetch(f"{address}?q=ferry")
        with server(folder, "demo", "--port", address.split(":")[-1].strip("/")) as second:
            assert second != address
            assert "Port Anselm" in fetch(f"{second}?q=ferry")
    assert_refused(address)
    assert not (folder / "var").exists()


def assert_refused(address: str) -> None:
    """Nobody serves there."""
    with pytest.raises(URLError, match="refused"):
        urlopen(address, timeout=30)  # noqa: S310 (our own address)


@pytest.mark.parametrize("words", list(iter_commands("docs/librarian.md")), ids=" ".join)
def test_librarians_commands_are_read_as_they_stand(words: list[str]) -> None:
    """Each command of the guide has a name and options that there are."""
    _, name, *typed = words[words.index("lectern") :]  # behind what is sent to it
    main.commands[name].make_context(name, typed[: typed.index(">")] if ">" in typed else typed)
