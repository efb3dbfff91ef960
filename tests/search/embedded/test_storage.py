"""What lies on disk: generations, durable writes, and what an interrupted writer leaves."""

import gc
import os
import time
from pathlib import Path

import pytest

from search.embedded import storage
from search.embedded.engine import EmbeddedEngine
from search.engine import Request
from search.errors import IndexIncompatible, IndexMissing
from search.labels import Labels
from tests.invented import answer, briefing, publish

TEXT = publish(briefing("2024-01-01", answer(1, "Why?", "Because.")))
OTHER = publish(briefing("2024-01-02", answer(1, "When?", "Soon.")))


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    """An engine with one briefing."""
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add([TEXT], sequence=1)
    return engine


def test_no_index_is_said(tmp_path: Path) -> None:
    """Searching where nothing was ever added names the folder and the command that helps."""
    with pytest.raises(IndexMissing, match="lectern add"):
        EmbeddedEngine(tmp_path / "index").find(Request())


@pytest.mark.parametrize("text", ["", "nonsense", "000099", "../.."])
def test_a_wrong_current_is_said(engine: EmbeddedEngine, tmp_path: Path, text: str) -> None:
    """CURRENT that names no generation is an error with the remedy, not a traceback."""
    (tmp_path / "index" / "CURRENT").write_text(text)
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        engine.find(Request())


# Whoosh leaves a file open when it cannot read it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("suffix", [".toc", ".arrays"])
@pytest.mark.parametrize("cut", [None, 0, 10])
def test_a_damaged_index_is_said_and_can_be_rebuilt(tmp_path: Path, suffix: str, cut: int | None) -> None:
    """Files that are gone, empty or cut off are an error with the remedy, and the remedy works."""
    EmbeddedEngine(tmp_path / "index").add([TEXT], sequence=1)
    for file in (tmp_path / "index" / "000001").glob(f"*{suffix}"):
        if cut is None:
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:cut])
    engine = EmbeddedEngine(tmp_path / "index")
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        engine.find(Request())
    gc.collect()
    engine.rebuild([OTHER], sequence=2, tombstones=[], labels=Labels())
    assert engine.find(Request()).total == 1


def test_damaged_labels_are_said(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """A file of labels that is no JSON is an error with the remedy."""
    (tmp_path / "index" / "000001" / "labels.json").write_text("{")
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        engine.labels()


def test_rebuild_mends_a_wrong_current(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """Where CURRENT cannot be read, a rebuild takes a new number and overwrites no generation."""
    (tmp_path / "index" / "CURRENT").write_text("nonsense")
    engine.rebuild([OTHER], sequence=2, tombstones=[], labels=Labels())
    assert (engine.status().generation, engine.find(Request()).total) == (2, 1)
    assert storage.list_generations(tmp_path / "index") == [1, 2]


def test_an_index_of_another_layout_is_said(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records of another version are refused with the remedy, also where Whoosh's schema is the same."""
    monkeypatch.setattr("search.embedded.segment.FORMAT", [99, 1])
    with pytest.raises(IndexIncompatible, match="another version"):
        engine.find(Request())


def test_the_folders_are_private(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """An index holds pickles: nobody else may write there, or read."""
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "index" / "000001").stat().st_mode & 0o777 == 0o700


def test_another_open_engine_sees_a_commit_at_once(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """A reader needs no telling: its next request answers from the new commit, and from a new generation."""
    reader = EmbeddedEngine(tmp_path / "index")
    assert reader.find(Request()).total == 1
    engine.add([OTHER], sequence=2)
    assert reader.find(Request()).total == 2
    engine.rebuild([OTHER], sequence=3, tombstones=[], labels=Labels())
    assert reader.find(Request()).total == 1
    assert reader.status().generation == 2


def test_a_failed_addition_leaves_all_as_it_was(engine: EmbeddedEngine) -> None:
    """If a briefing cannot be written, nothing of the call is seen, and the next addition works."""

    def broken() -> object:
        yield OTHER
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        engine.add(broken(), sequence=2)  # type: ignore[arg-type]
    assert (engine.find(Request()).total, engine.status().sequence) == (1, 1)
    engine.add([OTHER], sequence=2)
    assert (engine.find(Request()).total, engine.status().sequence) == (2, 2)


def test_a_failed_rebuild_leaves_the_live_generation(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """A generation that was not finished is never seen, and the next rebuild clears it away."""

    def broken() -> object:
        yield OTHER
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        engine.rebuild(broken(), sequence=2, tombstones=[], labels=Labels())  # type: ignore[arg-type]
    assert engine.status().generation == 1
    engine.rebuild([OTHER], sequence=2, tombstones=[], labels=Labels())
    assert (engine.status().generation, engine.find(Request()).total) == (2, 1)


def test_old_generations_are_removed(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """The one before is kept, older ones go."""
    for sequence in (2, 3, 4):
        engine.rebuild([TEXT], sequence=sequence, tombstones=[], labels=Labels())
    assert storage.list_generations(tmp_path / "index") == [3, 4]


def test_what_is_shown_was_synced_first(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the table of contents is renamed into place, every file written has been fsynced."""
    events: list[str] = []
    fsync, rename = os.fsync, storage.FileStorage.rename_file

    def note_fsync(handle: int) -> None:
        events.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    def note_rename(self: storage.FileStorage, old: str, new: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002
        events.append(f"rename {new}")
        rename(self, old, new, safe=safe)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(storage.FileStorage, "rename_file", note_rename)
    engine.add([OTHER], sequence=2)
    at = next(i for i, e in enumerate(events) if e.startswith("rename _MAIN_"))
    assert any(e.startswith("MAIN_") and e.endswith(".arrays") for e in events[:at])
    assert events[at + 1] == "000001"


def test_an_index_of_another_version_is_said(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that is not ours is refused with the remedy."""
    monkeypatch.setattr(storage, "whoosh_schema", type("Other", (), {"names": lambda _: ["x"]}))
    with pytest.raises(IndexIncompatible, match="lectern rebuild"):
        engine.find(Request())


def test_a_swap_in_the_middle_of_a_look_is_seen_by_the_next(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that was held up for long after it had read CURRENT does not stay with the old generation."""
    folder = tmp_path / "index"
    read_current = storage.read_current

    def held_up(folder: Path) -> int:
        generation = read_current(folder)
        if generation == 1:
            monkeypatch.undo()
            EmbeddedEngine(folder).rebuild([OTHER], sequence=2, tombstones=[], labels=Labels(), workers=1)
            time.sleep(2 * storage._TICK_NS / 1e9)
        return generation

    reader = EmbeddedEngine(folder)
    monkeypatch.setattr(storage, "read_current", held_up)
    assert reader.status().generation == 1
    assert reader.status().generation == 2
