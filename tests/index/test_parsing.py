"""Every file of a run, parsed."""

from pathlib import Path

from index.authority.tables import load_authority
from index.parsers import SHIPPED, Parsed
from index.parsing import parse_files
from index.sources import Unreadable, iter_sources

TALK = "Harbour Post: Will the kelp harvest begin this week?\n\nIlsa Verlaine: It will begin on Friday.\n"


def write_page(folder: Path, number: int, when: str) -> None:
    """A numbered transcript whose title says `when` it was."""
    head = f"Spokesperson Ilsa Verlaine’s Regular Press Briefing on {when}"
    (folder / f"t{number}.txt").write_text(f"{head}\n\n{TALK}", "utf-8")


def test_a_year_is_told_by_the_neighbours(tmp_path: Path) -> None:
    """A page without a year is dated by the pages numbered beside it, and comes last; the rest is in order."""
    for number, when in ((7, "March 4, 2024"), (8, "March 5"), (9, "March 6, 2024")):
        write_page(tmp_path, number, when)
    (tmp_path / "t10.txt").write_bytes(b"")
    found = list(parse_files(iter_sources([tmp_path]), load_authority(), None, SHIPPED))
    files = [Path(f.file if isinstance(f, Unreadable) else f.source.file).name for f in found]
    assert files == ["t10.txt", "t7.txt", "t9.txt", "t8.txt"]
    last = found[-1]
    assert isinstance(last, Parsed)
    assert last.briefing
    assert f"{last.briefing.date}" == "2024-03-05"
    assert "year-inferred" in [p.code for p in last.problems]


def test_a_year_that_nothing_tells_is_refused(tmp_path: Path) -> None:
    """Without neighbours on both sides nothing is guessed."""
    write_page(tmp_path, 8, "March 5")
    (only,) = parse_files(iter_sources([tmp_path]), load_authority(), None, SHIPPED)
    assert isinstance(only, Parsed)
    assert (only.briefing, [p.code for p in only.problems]) == (None, ["no-year"])
