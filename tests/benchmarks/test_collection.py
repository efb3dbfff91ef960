"""Collections to be measured."""

from pathlib import Path

from benchmarks.collection import Collector, gather, invent, read_real
from search.engine import Tombstone
from search.labels import Labels
from search.schema import is_searched
from tests.invented import answer, briefing, note, publish

SAMPLES = Path(__file__).parents[2] / "index" / "samples"


def test_documents_are_those_that_searches_find() -> None:
    """Notes are no documents of a collection, but their text is part of its size."""
    collection = invent(40)
    assert len(collection.documents) == 40
    with_note = publish(briefing("2024-02-08", answer(1, "Why?", "É."), note(2, "(Rain.)")))
    noted = type(collection)("one", (with_note,), Labels())
    assert [d.item.n for d in noted.documents] == [1]
    assert noted.text_bytes == len("Why?") + len("É.".encode()) + len("(Rain.)")


def test_tenth_is_every_tenth_briefing() -> None:
    """A tenth has every tenth briefing, from the first on."""
    collection = invent(600)
    assert collection.tenth().publications == collection.publications[::10]


def test_collector_keeps_what_is_published() -> None:
    """The newest text of a briefing is kept, and one that is gone is not."""
    collector = Collector()
    old, new = (publish(briefing("2024-02-08", answer(1, "Why?", text))) for text in ("So.", "Thus."))
    other = publish(briefing("2024-02-09", answer(1, "Why?", "So.")))
    collector.add([old, other], sequence=1)
    collector.add([new], sequence=2, tombstones=[Tombstone(other.briefing.id, "2024-02-10T00:00:00+00:00", "gone")])
    assert collector.published == {new.briefing.id: new}
    assert collector.status().sequence == 2


def test_files_go_the_librarians_way(tmp_path: Path) -> None:
    """Files are parsed, archived and tagged, and the collection stands at the archive's sequence number."""
    collection = read_real(SAMPLES, tmp_path)
    assert (tmp_path / "archive.sqlite3").exists()
    assert collection.sequence >= len(collection.publications) >= 15
    assert all(map(is_searched, collection.documents))
    assert any(d.mentions for d in collection.documents)
    assert collection.labels.names["publisher"]


def test_number_asks_for_invented_answers(tmp_path: Path) -> None:
    """Where a number is given, real briefings are left alone."""
    assert gather(30, tmp_path).name == "30 invented answers"
    assert not list(tmp_path.iterdir())
