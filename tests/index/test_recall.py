"""What is known is not parsed again, and nothing else is left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive
from index.authority.tables import Authority, OutletRow, load_authority
from index.ingest import add, rebuild
from index.parsers import pool
from index.report import Report
from index.sources import Source
from search.engines import open_engine
from search.settings import Settings
from tests.index.cli.conftest import PLAIN
from tests.index.parsers.plays import markdown


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed, in order."""
    files: list[str] = []
    real = pool.parse_source

    def parse(source: Source, *rest: object) -> object:
        files.append(Path(source.file).name)
        return real(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "parse_source", parse)
    return files


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three briefings, one of which is noted to have no date in its title but a neighbour's year."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for day in (5, 6, 7):
        text = PLAIN.replace("March 5", f"March {day}").replace("03-05", f"03-0{day}").replace("kelp", f"kelp {day}")
        (folder / f"{day}.txt").write_text(text, "utf-8")
    return folder


def run(tmp_path: Path, folder: Path, authority: Authority | None = None, **options: object) -> Report:
    """Add a folder to the test's home."""
    settings = Settings(tmp_path / "home", {})
    known = authority or load_authority()
    return add([folder], settings, open_engine(settings.index), known, **options)  # type: ignore[arg-type]


def test_what_is_known_is_not_parsed_again(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """The second time no file is parsed, and the report says the same of each: outcome, items, notes."""
    first = run(tmp_path, pages)
    assert parsed == ["5.txt", "6.txt", "7.txt"]
    second = run(tmp_path, pages)
    assert len(parsed) == 3
    assert second.counts == {"unchanged": 3}
    assert [replace(row, outcome="unchanged") for row in first.rows] == list(second.rows)


def test_what_is_new_or_altered_is_parsed(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """One altered page among known ones is a correction; a new one is added."""
    run(tmp_path, pages)
    parsed.clear()
    (pages / "6.txt").write_text((pages / "6.txt").read_text("utf-8").replace("Friday", "Monday"), "utf-8")
    (pages / "8.txt").write_text(PLAIN.replace("March 5", "March 8").replace("03-05", "03-08"), "utf-8")
    assert run(tmp_path, pages).counts == {"added": 1, "corrected": 1, "unchanged": 2}
    assert parsed == ["6.txt", "8.txt"]
    assert run(tmp_path, pages).counts == {"unchanged": 4}
    assert parsed == ["6.txt", "8.txt"]


def test_other_names_are_a_reason_to_parse(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """A new outlet, or a librarian's word for the publisher, makes every file be read anew, once."""
    run(tmp_path, pages)
    shipped = load_authority()
    authority = replace(shipped, outlets=(*shipped.outlets, OutletRow("The Harbour Post", ("Harbour Post",), "", "")))
    parsed.clear()
    assert run(tmp_path, pages, authority).counts == {"corrected": 3}
    assert run(tmp_path, pages, authority).counts == {"unchanged": 3}
    assert len(parsed) == 3
    run(tmp_path, pages, authority, publisher="xv-mfa")
    assert len(parsed) == 6


def test_reading_again_forgets_by_what_a_text_was_read(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """After `rebuild --reparse` with other names, adding with the old ones parses, and says what it found."""
    run(tmp_path, pages)
    shipped = load_authority()
    authority = replace(shipped, outlets=(*shipped.outlets, OutletRow("The Harbour Post", ("Harbour Post",), "", "")))
    settings = Settings(tmp_path / "home", {})
    rebuild(settings, open_engine(settings.index), authority, reparse=True)
    parsed.clear()
    assert run(tmp_path, pages).counts == {"corrected": 3}
    assert len(parsed) == 3


def test_the_same_bytes_at_another_address_are_parsed(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """An address, a title or a name that a file had not the last time counts."""
    run(tmp_path, pages)
    parsed.clear()
    (pages / "index.tsv").write_text("file\turl\n5.txt\thttps://valdria.example/5\n", "utf-8")
    report = run(tmp_path, pages)
    assert parsed == ["5.txt"]
    assert [p.code for p in report.rows[0].problems][-1] == "address-learned"


def test_an_archive_of_the_version_before_learns_it(tmp_path: Path, pages: Path, parsed: list[str]) -> None:
    """One that remembers nothing parses once more, and then no more."""
    run(tmp_path, pages)
    with Archive.open(tmp_path / "home" / "archive.sqlite3") as archive:
        archive._db.run("DELETE FROM recall")
    parsed.clear()
    for _ in range(2):
        assert run(tmp_path, pages).counts == {"unchanged": 3}
    assert len(parsed) == 3


def test_an_address_that_a_page_states_is_no_reason_to_parse_it_again(tmp_path: Path, parsed: list[str]) -> None:
    """It is not told the first time, and known the second."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.md").write_text(markdown("MS. VALE:  Hello.\n\nQ    A ferry?\n\nMS. VALE:  It is late."), "utf-8")
    assert run(tmp_path, folder).counts == {"added": 1}
    assert run(tmp_path, folder).counts == {"unchanged": 1}
    assert parsed == ["page.md"]
