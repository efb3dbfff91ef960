"""The documentation keeps its promises: its links lead somewhere, and what it lists is all there is."""

import re
import subprocess
from pathlib import Path

import pytest

from search.settings import NAMES

ROOT = Path(__file__).parents[1]
TARGETS = {
    name
    for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
    if line.startswith(".PHONY:")
    for name in line.split()[1:]
}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def iter_dead_links(page: Path, text: str) -> list[str]:
    """The links of a page, to files of the tree, that lead nowhere."""
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    return [target for target in targets if "://" not in target and not (page.parent / target).exists()]


def test_dead_link_is_found() -> None:
    """A link to a file that is not there is seen; one to a file that is there, or to a site, is passed over."""
    text = "[a](no-such-file.md) [b](operating.md#settings) [c](https://lectern.example/x)"
    assert iter_dead_links(ROOT / "docs" / "index.md", text) == ["no-such-file.md"]


def test_links_lead_somewhere() -> None:
    """Every link between the pages, and every picture, is there."""
    assert [(page.name, dead) for page in PAGES for dead in iter_dead_links(page, page.read_text("utf-8"))] == []


def test_every_page_is_on_the_map() -> None:
    """docs/index.md names every page of docs/."""
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", (ROOT / "docs" / "index.md").read_text("utf-8")))
    assert linked == {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}


def test_every_setting_is_described() -> None:
    """The table of settings in docs/operating.md has a row for each setting, and for nothing else."""
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert set(re.findall(r"(?m)^\| `(LECTERN_\w+)` \|", text)) == {"LECTERN_HOME", *NAMES}


def test_help_lists_every_target() -> None:
    """`make` without a target says what each target does, and the documentation names none that is not there."""
    listed = make()
    assert set(re.findall(r"(?m)^make ([a-z-]+) +\S", listed)) == TARGETS
    assert {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)`", page.read_text("utf-8"))} <= TARGETS


@pytest.mark.parametrize("target", sorted(TARGETS - {"help"}))
def test_no_target_needs_another_one_run_first(target: str) -> None:
    """Each target makes the environment before anything else."""
    assert make("--dry-run", target).splitlines()[0] == "sh .ci/install"


def make(*arguments: str) -> str:
    """What make prints."""
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
