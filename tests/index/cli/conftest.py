"""A command line in a home of its own, and a transcript to add."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.authority.tables import Authority, load_authority
from index.cli import main

PLAIN = """Spokesperson Ilsa Verlaine’s Regular Press Briefing on March 5, 2024

2024-03-05 15:30

Harbour Post: Will the kelp harvest begin this week?

Ilsa Verlaine: It will begin on Friday.

Northern Wire: And the ferry?

Ilsa Verlaine: I have nothing on the ferry.
"""

Run = Callable[..., Result]


class Screen(StringIO):
    """A terminal, as far as a program asks."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(scope="session")
def shipped() -> Authority:
    """The tables as shipped, with all that is made of them."""
    return load_authority()


@pytest.fixture(autouse=True)
def _shipped_once(shipped: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command whose home lays nothing over the tables takes those that were read: a process of its own reads once."""
    monkeypatch.setattr("index.cli.intake.load_authority", lambda *over: load_authority(*over) if over else shipped)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a home of its own."""

    def run(*arguments: str | Path) -> Result:
        words = ["--home", str(tmp_path / "home"), *map(str, arguments)]
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A transcript of two answers."""
    file = tmp_path / "2024-03-05.txt"
    file.write_text(PLAIN, "utf-8")
    return file
