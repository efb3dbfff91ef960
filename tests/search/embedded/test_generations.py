"""Generations on disk: what is on it before one is live, what is left over and removed, what is not."""

import os
from pathlib import Path

import pytest

from search.embedded import generations, storage
from search.embedded.engine import EmbeddedEngine
from search.embedded.storage import CURRENT
from search.errors import GenerationMissing, IndexIncompatible
from search.labels import Labels
from tests.engines.days import check, day, days


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that holds the first three days, in its second generation."""
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add(days(2), sequence=2)
    engine.rebuild(days(3), sequence=3, tombstones=[], labels=Labels(), workers=1)
    engine.close()
    return tmp_path / "index"


def test_all_of_a_generation_is_on_the_disk_before_it_is_live(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of it, and its folder, was fsynced after it was last written; the index's folder is after the swap."""
    synced: dict[str, int] = {}
    swaps: list[dict[str, int]] = []
    after: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        fsync(handle)
        name = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115 (a link of the system's)
        synced[name] = os.fstat(handle).st_size
        after.append(name)

    def note_replace(self: Path, target: Path) -> Path:
        if target.name == CURRENT:
            home = folder / "000003"
            swaps.append({str(file): file.stat().st_size for file in home.iterdir() if "LOCK" not in file.name})
            after.clear()
        elif str(self) in synced:
            synced[str(target)] = synced[str(self)]
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    monkeypatch.setattr(storage.FileStorage, "rename_file", _renaming(synced, storage.FileStorage.rename_file))
    EmbeddedEngine(folder).rebuild(days(4), sequence=4, tombstones=[], labels=Labels(), workers=1)
    (written,) = swaps
    assert len(written) >= 4, "a segment, a table of contents, labels, and what was live before"
    assert written == {name: size for name, size in synced.items() if name in written}
    assert str(folder / "000003") in synced
    assert after[0] == str(folder)


def _renaming(synced: dict[str, int], rename: object) -> object:
    def note_rename(self: storage.FileStorage, old: str, new: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002
        home = Path(self.folder)
        if str(home / old) in synced:
            synced[str(home / new)] = synced[str(home / old)]
        rename(self, old, new, safe=safe)  # type: ignore[operator]

    return note_rename


def test_what_a_killed_writer_left_is_removed_by_the_next_addition(folder: Path) -> None:
    """Half a generation, one that was being removed, and files written aside; the live one and that before it stay."""
    (folder / "000007").mkdir()
    (folder / "000007" / "MAIN_x.arrays").write_bytes(b"half")
    (folder / ".gone-000001").mkdir()
    (folder / ".CURRENT.99").write_text("000007")
    (folder / "000002" / ".labels.json.99").write_text("{")
    engine = EmbeddedEngine(folder)
    engine.add([day(4)], sequence=4)
    assert sorted(file.name for file in folder.iterdir()) == ["000001", "000002", CURRENT]
    assert not (folder / "000002" / ".labels.json.99").exists()
    assert check(engine) == 4


def test_a_generation_that_is_being_filled_is_left_alone(folder: Path) -> None:
    """By an addition that comes meanwhile; when it is live, both others can be told apart."""
    with generations.new_generation(folder) as home:
        EmbeddedEngine(folder).add([day(4)], sequence=4)
        assert home.is_dir()
        storage.create_index(home.with_name("000009"))
    assert storage.list_generations(folder) == [2, 3], "nobody held the other"
    assert generations.find_earlier(folder) == 2


def test_a_number_is_not_given_again_while_it_is_read(folder: Path) -> None:
    """A reader of the generation that was left does not take the next one for its own."""
    reader, writer = EmbeddedEngine(folder), EmbeddedEngine(folder)
    assert check(reader) == 3
    assert writer.rollback() == 1
    writer.rebuild(days(5), sequence=5, tombstones=[], labels=Labels(), workers=1)
    assert storage.read_current(folder) == 3
    assert check(reader) == 5


def test_what_cannot_be_read_is_not_gone_back_to(folder: Path) -> None:
    """The live generation stays, and the error says what to do."""
    for file in (folder / "000001").glob("*.arrays"):
        file.write_bytes(b"")
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        EmbeddedEngine(folder).rollback()
    assert check(EmbeddedEngine(folder)) == 3


def test_an_earlier_generation_that_was_deleted_is_not_there(folder: Path) -> None:
    """Also where what tells which one it was is no number, or is gone."""
    before = folder / "000002" / generations.BEFORE
    for harm in (lambda: before.write_text("x"), before.unlink):
        harm()
        with pytest.raises(GenerationMissing):
            EmbeddedEngine(folder).rollback()
    before.write_text("77")
    with pytest.raises(GenerationMissing):
        EmbeddedEngine(folder).rollback()
