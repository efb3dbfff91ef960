"""What a librarian put right in an item, laid over it."""

from dataclasses import replace

import pytest

from index.amendments import Correction, Field, amend_briefing, amend_item, check_amendment
from search.errors import BadParameter
from search.model import Item, Turn
from search.record import item_from_json, item_to_json
from tests.index.arrivals import text
from tests.invented import answer, note, statement

SINCE = "2026-01-02T03:04:05+00:00"
BOTH = answer(1, "And the ferry?", "It sails.", second=("Otto Brandt", "On Friday."))
UNANSWERED = Item(3, 3, "answer", (Turn("question", None, "Anybody?"),))


def correct(field: Field, value: str) -> Correction:
    """An amendment that gives a reason."""
    return Correction(field, value, "misheard", SINCE)


def words(item: Item) -> list[tuple[str | None, str]]:
    """Labels and texts of an item's turns, which no amendment touches."""
    return [(t.label, t.text) for t in item.turns]


def test_another_speaker() -> None:
    """The first who answered is another person; who spoke besides stays, labels stay, and what was is remembered."""
    amended = amend_item(BOTH, [correct("speaker", "Mara Lindqvist")])
    assert amended.speakers == ("Mara Lindqvist", "Otto Brandt")
    assert [t.speaker for t in amended.turns] == [None, "Mara Lindqvist", "Otto Brandt"]
    assert words(amended) == words(BOTH)
    (one,) = amended.amendments
    assert (one.field, one.was, one.value, one.reason, one.since) == (
        *("speaker", "Ilsa Verlaine", "Mara Lindqvist"),
        *("misheard", SINCE),
    )


def test_a_speaker_who_answers_already_is_named_once() -> None:
    """If both answers were one person's, there is one speaker."""
    assert amend_item(BOTH, [correct("speaker", "Otto Brandt")]).speakers == ("Otto Brandt",)


def test_a_speaker_where_none_was_known() -> None:
    """An answer by nobody gets its speaker; only turns with the same label do."""
    turns = (Turn("question", None, "When?"), Turn("answer", "A", "Soon."), Turn("answer", "Voice", "Not so."))
    amended = amend_item(Item(1, 1, "answer", turns), [correct("speaker", "Ilsa Verlaine")])
    assert [t.speaker for t in amended.turns] == [None, "Ilsa Verlaine", None]
    assert amended.amendments[0].was is None


def test_another_outlet() -> None:
    """The first question's outlet changes, in every turn under its label; a second journalist's does not."""
    turns = (
        Turn("question", "HP", "When?", outlet=None),
        Turn("answer", "A", "Soon.", speaker="Ilsa Verlaine"),
        Turn("question", "HP", "How soon?", outlet=None),
        Turn("question", "NW", "And why?", outlet=None),
    )
    amended = amend_item(Item(1, 1, "answer", turns, asker="HP"), [correct("outlet", "Harbour Post")])
    assert (amended.outlet, amended.asker) == ("Harbour Post", "HP")
    assert [t.outlet for t in amended.turns] == ["Harbour Post", None, "Harbour Post", None]


@pytest.mark.parametrize("kind", ["statement", "note"])
@pytest.mark.parametrize("item", [BOTH, UNANSWERED, statement(2, "We regret it."), note(2, "(Laughter.)")])
def test_another_kind(item: Item, kind: str) -> None:
    """Not a word or label is lost, only statements have speakers, and the record comes back from its JSON."""
    amended = amend_item(item, [correct("kind", kind)])
    assert amended.kind == kind
    assert words(amended) == words(item)
    assert amended.speakers == (() if kind == "note" else item.speakers)
    assert amended.text == "\n\n".join(t.text for t in item.turns)
    assert item_from_json(item_to_json(amended)) == amended


def test_kind_comes_first() -> None:
    """A note that is a statement may have a speaker, in whatever order that was entered."""
    amended = amend_item(note(1, "We regret it."), [correct("speaker", "Otto Brandt"), correct("kind", "statement")])
    assert (amended.kind, amended.speakers) == ("statement", ("Otto Brandt",))
    assert [a.field for a in amended.amendments] == ["kind", "speaker"]


def test_the_last_word_counts() -> None:
    """A second amendment of a field replaces the first; what was is still what the page says."""
    amended = amend_item(BOTH, [correct("outlet", "Northern Wire"), correct("outlet", "Coast Radio")])
    assert [(a.was, a.value) for a in amended.amendments] == [("Harbour Post", "Coast Radio")]


def test_what_the_page_says_is_no_amendment() -> None:
    """Once a correction of the page, or a better parser, says the same, nothing is shown as amended."""
    assert amend_item(BOTH, [correct("speaker", "Ilsa Verlaine"), correct("outlet", "Harbour Post")]) == BOTH


def test_what_no_longer_fits_is_left_out() -> None:
    """An outlet of what has become a statement is not forced on it."""
    said = statement(1, "We regret it.")
    assert amend_item(said, [correct("outlet", "Harbour Post")]) == said
    assert amend_item(note(1, "(Laughter.)"), [correct("speaker", "Otto Brandt")]).amendments == ()


def test_a_briefings_speakers_follow() -> None:
    """Who no longer speaks anywhere is left out, who speaks now is named, and whom the title alone names stays."""
    briefing = replace(text("a", "b"), speakers=("Ilsa Verlaine", "Title Only"))
    every = {n: [correct("speaker", "Otto Brandt")] for n in (1, 2, 99)}
    assert amend_briefing(briefing, every).speakers == ("Title Only", "Otto Brandt")
    assert amend_briefing(briefing, {1: every[1]}).speakers == ("Ilsa Verlaine", "Title Only", "Otto Brandt")


@pytest.mark.parametrize(
    ("item", "field", "value", "said"),
    [
        (note(1, "x"), "speaker", "Otto Brandt", "nobody speaks in this note"),
        (statement(1, "x"), "outlet", "Harbour Post", "nobody asks in this statement"),
        (UNANSWERED, "speaker", "Otto Brandt", "nobody speaks in this answer"),
        (BOTH, "speaker", "Ilsa Verlaine", "Ilsa Verlaine already"),
        (BOTH, "outlet", " ", "the outlet is empty"),
        (note(1, "x"), "kind", "note", "note already"),
    ],
)
def test_what_cannot_be_amended(item: Item, field: Field, value: str, said: str) -> None:
    """An amendment that would change nothing is refused, and the message says why."""
    with pytest.raises(BadParameter, match=said):
        check_amendment(item, [correct(field, value)])
