"""The contract of every engine, on: the list of all briefings."""

from dataclasses import replace
from datetime import date

from search.engine import Engine, Tombstone
from search.holdings import Listed
from tests.invented import ADDED, answer, briefing, note, publish


def test_list_of_briefings_has_every_one(engine: Engine) -> None:
    """The list has every briefing by day and id, one of notes alone too, with its title, answers and arrival."""
    notes = replace(briefing("2024-02-08", note(1, "Only a note.")), id="xv-mfa/en/2024-02-08-2", title="Later")
    texts = [
        notes,
        briefing("2024-02-08", answer(1, "Why?", "So.")),
        briefing("2023-03-01", answer(1, "How?", "Thus.")),
    ]
    engine.add([publish(text) for text in texts], sequence=1)
    assert [(one.id, one.answers) for one in engine.briefings()] == [
        ("xv-mfa/en/2023-03-01", 1),
        ("xv-mfa/en/2024-02-08", 1),
        ("xv-mfa/en/2024-02-08-2", 0),
    ]
    assert engine.briefings()[-1] == Listed(notes.id, "xv-mfa", "en", date(2024, 2, 8), "Later", 0, ADDED)


def test_list_of_briefings_follows_the_collection(engine: Engine) -> None:
    """What is withdrawn is gone from the list, and what is corrected stands in it as it reads now."""
    first, second = briefing("2024-02-08", answer(1, "Why?", "So.")), briefing("2024-02-09", note(1, "x"))
    engine.add([publish(first), publish(second)], sequence=1)
    engine.add([publish(replace(first, title="Anew"))], sequence=2, tombstones=[Tombstone(second.id, ADDED, "gone")])
    assert [(one.id, one.title) for one in engine.briefings()] == [(first.id, "Anew")]
