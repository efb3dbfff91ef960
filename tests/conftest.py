"""What every test may ask for: the real material, git, and how many examples a property is tried with.

Fixtures of one room live in that room's own conftest. The one decision: the tests need no real material, but a run
always says whether it had any.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

settings.register_profile("dev", deadline=None, max_examples=50)
# In CI the examples are the same every time: a change fails for what it does, not for what was drawn.
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.register_profile("soak", settings.get_profile("dev"), max_examples=5_000)
settings.load_profile(os.environ.get("LECTERN_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "dev"))


def find_corpus() -> tuple[Path | None, str]:
    """The folder of real material, or `None`, and one line that says so.

    `LECTERN_CORPUS` names it (empty: none, please); else it is `shared` beside the checkout, where that holds `data`.

    Raises:
        pytest.UsageError: `LECTERN_CORPUS` names no folder.
    """
    named = os.environ.get("LECTERN_CORPUS")
    if named:
        if not Path(named).is_dir():
            raise pytest.UsageError(f"LECTERN_CORPUS is {named}, which is no folder")
        return Path(named).resolve(), f"real material: {named} (LECTERN_CORPUS)"
    if named == "":
        return None, "real material: none, LECTERN_CORPUS is empty; tests that need it are skipped"
    folder = ROOT.parent / "shared"
    if (folder / "data").is_dir():
        return folder, f"real material: {folder}"
    return None, f"real material: not found in {folder}, and LECTERN_CORPUS is not set; tests that need it are skipped"


def pytest_configure() -> None:
    """Stop at once if `LECTERN_CORPUS` names no folder."""
    find_corpus()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real material; a test that needs it is skipped, with the reason, where there is none."""
    folder, remark = find_corpus()
    if folder is None:
        pytest.skip(remark)
    return folder


@pytest.fixture(scope="session")
def git() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs git in the checkout; a test that needs it is skipped, with the reason, where git cannot read the tree.

    A machine that only runs Lectern need not have git, and an unpacked archive of the tree is no checkout.
    """

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True)

    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so that git cannot be asked what belongs to the tree")
    try:
        asked = run("rev-parse")
    except FileNotFoundError:
        pytest.skip("git is not installed, so that it cannot be asked what belongs to the tree")
    if asked.returncode:
        pytest.skip(f"git cannot read the tree: {asked.stderr.strip()}")
    return run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of every run whether the real material was there."""
    terminalreporter.write_line(find_corpus()[1])
