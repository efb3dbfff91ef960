"""What an item is about."""

from datetime import date

from search.model import Document, Item, Mention, Turn
from search.subjects import subjects_of

QUESTION = "Does Norland see Port Ellis in danger?"
SAID = "Avaria, Belmar, Corvo and Dunmark met. Avaria left. Belmar stayed, and so did Belmar."


def mentions(question: str, answer: str, *names: str) -> tuple[Mention, ...]:
    """Every place of each of the names, in order."""
    found = [
        Mention(name.lower(), name, "place", where, at, at + len(name), name)  # type: ignore[arg-type]
        for where, text in (("question", question), ("answer", answer))
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    return tuple(sorted(found, key=lambda m: (m.where != "question", m.start)))


def test_subjects() -> None:
    """What the question names, and what the answer names again outside of lists; in order of first mention."""
    turns = (Turn("question", None, QUESTION), Turn("answer", "Ilsa Verlaine", SAID))
    named = mentions(QUESTION, SAID, "Norland", "Port Ellis", "Avaria", "Belmar", "Corvo", "Dunmark")
    id = "xv-mfa/en/2025-06-01"
    document = Document(f"{id}/1", id, "xv-mfa", "en", date(2025, 6, 1), "", Item(1, 1, "answer", turns), named)
    assert subjects_of(document) == ("norland", "port ellis", "belmar")


def test_nothing_is_named() -> None:
    """Without mentions there is no subject."""
    item = Item(1, 1, "note", (Turn("note", None, "Laughter."),))
    assert subjects_of(Document("a/1", "a", "xv-mfa", "en", date(2025, 6, 1), "", item)) == ()
