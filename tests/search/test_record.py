"""The JSON shape of the record."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given

from search.engine import Publication
from search.model import Adjournment, Amendment, Briefing, Item, Problem, Turn
from search.record import (
    briefing_from_json,
    briefing_to_json,
    document_from_json,
    document_to_json,
    item_from_json,
    item_to_json,
)
from tests.strategies import publications


@given(publications())
def test_round_trip(publication: Publication) -> None:
    """Briefings and documents come back from their JSON as they were."""
    assert briefing_from_json(json.loads(json.dumps(briefing_to_json(publication.briefing)))) == publication.briefing
    for document in publication.documents:
        assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


def test_the_shape_that_other_programs_read() -> None:
    """Fields and their order are those of docs/interfaces.md."""
    turn = Turn("question", "CNR", "What?", outlet="China National Radio")
    item = Item(
        2, 2, "answer", (turn, Turn("answer", "A", "That.", "Ilsa Verlaine")), "CNR", turn.outlet, ("Ilsa Verlaine",)
    )
    note = Item(3, 3, "note", (Turn("note", None, "(Laughter.)"),))
    text = Briefing("x/en/2020-07-02", "x", "en", date(2020, 7, 2), "T", (item, note), "19:45", "Asia/Shanghai")
    data = briefing_to_json(replace(text, problems=(Problem("unknown-label", "note", "…", 2),)))
    head = [
        "file",
        "id",
        "publisher",
        "language",
        "date",
        "time",
        "zone",
        "title",
        "url",
        "speakers",
        "adjournments",
        "items",
        "problems",
    ]
    assert list(data) == head
    assert data["items"][0] == {
        "n": 2,
        "position": 2,
        "kind": "answer",
        "asker": "CNR",
        "outlet": "China National Radio",
        "question": "What?",
        "speaker": "Ilsa Verlaine",
        "speakers": ["Ilsa Verlaine"],
        "answer": "That.",
        "after_briefing": False,
        "follow_up_to": None,
        "turns": [
            {"role": "question", "label": "CNR", "outlet": "China National Radio", "text": "What?"},
            {"role": "answer", "label": "A", "speaker": "Ilsa Verlaine", "text": "That."},
        ],
    }
    assert data["items"][1] == {"n": 3, "position": 3, "kind": "note", "text": "(Laughter.)", "turns": []}
    assert data["problems"] == [{"code": "unknown-label", "severity": "note", "message": "…", "item": 2}]


def test_amendments_and_adjournments_come_back() -> None:
    """What a librarian put right and the days without a briefing are part of the record."""
    amended = Amendment("outlet", None, "Kestrel TV", "asked by letter", "2026-01-01T00:00:00+00:00")
    item = Item(1, 1, "answer", (Turn("question", None, "Why?"),), amendments=(amended,))
    days = (Adjournment(date(2024, 2, 9), date(2024, 2, 18)),)
    text = Briefing("x/en/2024-02-08", "x", "en", date(2024, 2, 8), "T", (item,), adjournments=days)
    assert briefing_from_json(json.loads(json.dumps(briefing_to_json(text)))) == text


def test_a_labelled_statement_keeps_its_label() -> None:
    """A statement that was printed with a name keeps it through the archive."""
    item = Item(
        1,
        1,
        "statement",
        (Turn("statement", "Ilsa Verlaine", "Good day.", "Ilsa Verlaine"),),
        speakers=("Ilsa Verlaine",),
    )
    assert item_from_json(item_to_json(item)) == item
