"""JSON Lines: the shape that docs/interfaces.md fixes, and spans that cut their surface out of the very text."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.citations import Imprint
from search.engine import Entry, Publication
from search.model import Turn
from tests.search.exports.entries import collection, entry, labels, of, texts, written
from tests.strategies import publications

HEAD = ["id", "briefing", "publisher", "language", "kind", "date", "title", "speaker", "speakers", "asker", "outlet"]


def rows(*entries: Entry) -> list[dict[str, object]]:
    """What a program reads, line by line."""
    return [json.loads(line) for line in written("jsonl", entries).splitlines()]


def test_the_shape_of_a_line() -> None:
    """An answer has question and answer, a statement or a note has text; all have the same head, and entities."""
    for row in rows(*collection()):
        said = ["question", "answer"] if row["kind"] == "answer" else ["text"]
        assert list(row) == [*HEAD, *said, "entities"]
    (row,) = rows(of("xw-gov/en/2022-11-30/1"))
    assert row["speakers"] == ["Oren Calloway", "Mara Ellin"]
    assert row["entities"][0] == {
        "id": "person-mara-ellin",
        "label": "Mara Ellin",
        "type": "person",
        "where": "question",
        "start": 31,
        "end": 41,
        "surface": "Mara Ellin",
    }


def test_every_span_of_the_collection_cuts_its_surface() -> None:
    """`text[start:end] == surface`, for each mention, in the text that it names."""
    found = [(row, mention) for row in rows(*collection()) for mention in row["entities"]]
    assert len(found) > 20
    assert all(row[m["where"]][m["start"] : m["end"]] == m["surface"] for row, m in found)


@given(st.lists(publications(), min_size=1, max_size=3))
def test_every_span_cuts_its_surface(brought: list[Publication]) -> None:
    """On random briefings too, with as many lines as items, in the order given."""
    entries = [Entry(d, 1, p.added) for p in brought for d in p.documents]
    read = rows(*entries)
    assert [row["id"] for row in read] == [one.document.id for one in entries]
    assert all(row[m["where"]][m["start"] : m["end"]] == m["surface"] for row in read for m in row["entities"])


@given(texts)
def test_texts_are_the_publishers(text: str) -> None:
    """Whatever a text holds, a line is one line in the eyes of any reader, and gives the text back."""
    one = entry(text)
    written_line = written("jsonl", [one], Imprint(labels(text)))
    assert len(written_line.splitlines()) == 1
    row = json.loads(written_line)
    assert (row["question"], row["answer"], row["title"], row["asker"]) == (text, text, text, text)
    assert row["entities"][0]["label"] == text


def test_stage_notes_have_a_place() -> None:
    """What is not said by anybody within an answer is its `text`."""
    one = of("xw-gov/en/2022-11-30/1")
    item = one.document.item
    noted = replace(item, turns=(*item.turns, Turn("note", None, "(Laughter.)")))
    (row,) = rows(one._replace(document=replace(one.document, item=noted)))
    assert (row["answer"], row["text"]) == (item.answer, "(Laughter.)")
