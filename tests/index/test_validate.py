"""What a librarian is told about a briefing that was read."""

from index.parsers.phrases import ENGLISH
from index.validate import LONG_ITEM, SHORT_BRIEFING, validate
from search.model import Briefing, Item, Turn
from tests.index.parsers.pages import AUTHORITY
from tests.invented import answer, briefing, statement

LONG_ENOUGH = "It will sail. " * (SHORT_BRIEFING // 10)


def told(text: Briefing) -> list[tuple[str, int | None]]:
    """The codes of the notes about a briefing, with their items."""
    notes = validate(text, AUTHORITY, ENGLISH)
    assert all(n.severity == "note" for n in notes)
    return [(n.code, n.item) for n in notes]


def unknown_outlet(n: int, asker: str) -> Item:
    """An answer to somebody whom no table knows."""
    turns = (Turn("question", asker, "Will it?"), Turn("answer", "Ilsa Verlaine", LONG_ENOUGH, "Ilsa Verlaine"))
    return Item(n, n, "answer", turns, asker=asker, speakers=("Ilsa Verlaine",))


def test_an_ordinary_briefing_needs_no_note() -> None:
    """Known outlets, known speakers, every question answered: nothing to read."""
    assert told(briefing("2024-03-04", statement(1, LONG_ENOUGH), answer(2, "Will it?", LONG_ENOUGH))) == []


def test_an_unknown_outlet_is_told_once() -> None:
    """However often it asks, with the first item; generic labels are never unknown."""
    items = [
        unknown_outlet(1, "Tidewater Review"),
        unknown_outlet(2, "Tidewater Review"),
        unknown_outlet(3, "Follow-up"),
    ]
    assert told(briefing("2024-03-04", *items)) == [("unknown-label", 1)]


def test_an_unknown_speaker_is_told_once() -> None:
    """A name that the authority does not know may be a misprint, or a new spokesperson."""
    items = [answer(n, "Will it?", LONG_ENOUGH, speaker="Bram Ostervik") for n in (1, 2)]
    assert told(briefing("2024-03-04", *items)) == [("unknown-speaker", 1)]


def test_answers_by_nobody_are_told_once() -> None:
    """A briefing whose title names nobody leaves its anonymous answers without a speaker."""
    turns = (Turn("question", "Q", "Will it?"), Turn("answer", "A", LONG_ENOUGH))
    text = briefing("2024-03-04", Item(1, 1, "answer", turns), Item(2, 2, "answer", turns))
    assert told(text) == [("no-speaker", 1)]


def test_a_question_without_an_answer_is_told() -> None:
    """Each one, with its item."""
    text = briefing(
        "2024-03-04", answer(1, "Will it?", LONG_ENOUGH), Item(2, 2, "answer", (Turn("question", "Q", "And?"),))
    )
    assert told(text) == [("no-answer", 2)]


def test_an_answer_told_by_the_question_mark_is_told() -> None:
    """Where the page printed no label, a person should look."""
    turns = (Turn("question", "Q", "Will it?"), Turn("answer", None, LONG_ENOUGH, "Ilsa Verlaine"))
    assert told(briefing("2024-03-04", Item(1, 1, "answer", turns, speakers=("Ilsa Verlaine",)))) == [
        ("answer-unlabelled", 1)
    ]


def test_the_suspiciously_long_and_short_are_told() -> None:
    """An endless item may hide a second question; a tiny transcript may be a page cut off."""
    assert told(briefing("2024-03-04", answer(1, "Will it?", "x" * LONG_ITEM))) == [("long-item", 1)]
    assert told(briefing("2024-03-04", answer(1, "Will it?", "Yes."))) == [("short-briefing", None)]


def test_a_chinese_character_counts_for_several_letters() -> None:
    """What is long or short is judged by what is said, not by how many characters say it."""
    told_short = told(briefing("2024-03-04", answer(1, "何时？", "我们注意到有关报道。" * (SHORT_BRIEFING // 40))))
    told_enough = told(briefing("2024-03-04", answer(1, "何时？", "我们注意到有关报道。" * (SHORT_BRIEFING // 20))))
    assert (told_short, told_enough) == ([("short-briefing", None)], [])


def test_a_statement_without_a_question_is_told() -> None:
    """It may be all that was published, or the half of a page."""
    assert told(briefing("2024-03-04", statement(1, LONG_ENOUGH))) == [("no-question", None)]
