"""Mentions turn by turn: they name in the turn what they name in the item."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.mentions import WHERE, mentions_by_turn
from search.model import Document, Item, Mention, Role, Turn

ROLES: tuple[Role, ...] = ("question", "answer", "statement", "note")
TURNS = st.lists(
    st.builds(Turn, st.sampled_from(ROLES), st.none(), st.text("ab\n", max_size=8)), min_size=1, max_size=5
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """An item with mentions anywhere in its texts, over the ends of turns too."""
    item = Item(1, 1, "answer", tuple(draw(TURNS)))
    mentions = []
    for where in ("question", "answer", "text"):
        text = getattr(item, where)
        for start, length in draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=3)):
            if start + length <= len(text):
                surface = text[start : start + length]
                mentions.append(Mention("place-x", "X", "place", where, start, start + length, surface))
    return Document("p/en/2024-01-01/1", "p/en/2024-01-01", "p", "en", date(2024, 1, 1), "T", item, tuple(mentions))


@given(documents())
def test_spans_are_of_the_turns_own_text(document: Document) -> None:
    """Every mention of a turn is a span of its text, in order."""
    for turn, mentions in zip(document.item.turns, mentions_by_turn(document), strict=True):
        assert [m.start for m in mentions] == sorted(m.start for m in mentions)
        assert all(turn.text[m.start : m.end] == m.surface != "" for m in mentions)


@given(documents())
def test_no_character_of_a_mention_is_lost(document: Document) -> None:
    """What is mentioned in a text is mentioned in its turns, but for the blank lines between them."""
    for where in ("question", "answer", "text"):
        inside = sorted(
            surface
            for turn, mentions in zip(document.item.turns, mentions_by_turn(document), strict=True)
            if WHERE[turn.role] == where
            for surface in "".join(m.surface for m in mentions)
        )
        whole = sorted("".join(m.surface for m in document.mentions if m.where == where))
        assert [c for c in inside if c != "\n"] == [c for c in whole if c != "\n"]
