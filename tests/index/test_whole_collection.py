"""The real briefings, all of them: added, added again, corrected, and added in another order."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from index.archive import ArchiveReader
from index.authority.tables import load_authority
from index.ingest import add, add_sources
from index.report import Report
from index.sources import iter_sources
from search.engines import open_engine
from search.settings import Settings

ALTERED = 50

MANY = 1_000


@dataclass
class Desk:
    """A home, and what is done in it."""

    home: Path

    @property
    def settings(self) -> Settings:
        """Those of the home."""
        return Settings(self.home, {})

    def add(self, folder: Path) -> Report:
        """Add a folder."""
        return add([folder], self.settings, open_engine(self.settings.index), load_authority())

    def items(self, ids: Iterable[str]) -> dict[str, tuple[int, set[int]]]:
        """How many texts each briefing had, and the numbers of its items now."""
        with ArchiveReader.read(self.settings.archive) as archive:
            found = {id: archive.readings(id) for id in ids}
        return {id: (len(texts), {item.n for item in texts[-1].briefing.items}) for id, texts in found.items()}


def alter(file: Path) -> None:
    """Put one word in the middle of a page in the place of another."""
    data = file.read_bytes()
    word, other = (b" the ", b" that ") if b" the " in data else (b" que ", b" cual ")
    at = data.index(word, len(data) // 2)
    file.write_bytes(data[:at] + other + data[at + len(word) :])


@pytest.mark.soak
def test_the_whole_collection(corpus: Path, tmp_path: Path) -> None:
    """Again nothing changes, in a tenth of the time; fifty altered pages are fifty revisions; order changes no id."""
    pages, desk = tmp_path / "pages", Desk(tmp_path / "home")
    shutil.copytree(corpus / "data", pages)
    first = desk.add(pages)
    again = desk.add(pages)
    kept = [row for row in first.rows if row.id]
    assert again.counts.get("unchanged", 0) == sum(row.outcome not in {"held", "refused"} for row in first.rows)
    ids = {row.file: row.id for row in first.rows}
    assert {row.file: row.id for row in again.rows} == ids
    if len(ids) > MANY:  # of fewer, what every command takes to start is too large a part
        assert first.seconds / again.seconds >= 10

    added = [row for row in kept if row.outcome == "added" and "/zh/" not in f"{row.id}"]
    chosen = sorted(Random(8).sample(added, ALTERED), key=lambda row: row.file)
    before = desk.items(f"{row.id}" for row in chosen)
    for row in chosen:
        alter(Path(row.file))
    third = desk.add(pages)
    assert {row.file for row in third.rows if row.outcome == "corrected"} == {row.file for row in chosen}
    after = desk.items(before)
    assert {id: (texts + 1, numbers) for id, (texts, numbers) in before.items()} == after

    other = Desk(tmp_path / "other")
    shutil.rmtree(pages)
    shutil.copytree(corpus / "data", pages)
    sources = list(iter_sources([pages]))
    Random(9).shuffle(sources)
    shuffled = add_sources(sources, len(sources), other.settings, open_engine(other.settings.index), load_authority())
    assert {row.file: row.id for row in shuffled.rows} == ids
    print(  # noqa: T201 (the figures are for docs/operating.md)
        f"{len(first.rows)} files: {first.seconds:.1f} s, again {again.seconds:.1f} s, "
        f"{ALTERED} altered {third.seconds:.1f} s, in another order {shuffled.seconds:.1f} s; {first.counts}"
    )
