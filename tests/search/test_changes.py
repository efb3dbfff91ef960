"""What a correction changed."""

from hypothesis import given
from hypothesis import strategies as st

from search.changes import Change, Edit, compare, iter_edits
from tests.invented import answer, briefing, note


def test_items_are_compared_by_number() -> None:
    """Edited, removed and added items are told apart; what did not change is left out."""
    before = briefing("2024-01-01", answer(1, "Why?", "Because."), answer(2, "When?", "In May."), note(3, "Thanks."))
    after = briefing("2024-01-01", answer(1, "Why?", "Because."), answer(2, "When?", "In late May."), note(4, "Bye."))
    edited, removed, added = compare(before, after)
    assert edited == Change(
        2,
        "edited",
        (Edit("same", "Harbour Post: When?\n\nIlsa Verlaine: In "), Edit("added", "late "), Edit("same", "May.")),
    )
    assert (removed.n, removed.kind, removed.edits) == (3, "removed", (Edit("removed", "Thanks."),))
    assert (added.n, added.kind, added.edits) == (4, "added", (Edit("added", "Bye."),))


def test_a_changed_label_is_a_change() -> None:
    """Who is said to have asked is part of the text."""
    before = briefing("2024-01-01", answer(1, "Why?", "Because.", asker="Northern Wire"))
    after = briefing("2024-01-01", answer(1, "Why?", "Because.", asker="Harbour Post"))
    (change,) = compare(before, after)
    assert change.edits[:2] == (Edit("removed", "Northern Wire: "), Edit("added", "Harbour Post: "))


def test_the_same_text_has_no_changes() -> None:
    """A text compared with itself differs nowhere."""
    text = briefing("2024-01-01", answer(1, "Why?", "Because."))
    assert compare(text, text) == ()


texts = st.text(alphabet="ab \n中国.", max_size=40)


@given(texts, texts)
def test_edits_give_both_texts_back(before: str, after: str) -> None:
    """What stayed and went is the earlier text; what stayed and came is the later one."""
    edits = list(iter_edits(before, after))
    assert "".join(e.text for e in edits if e.kind != "added") == before
    assert "".join(e.text for e in edits if e.kind != "removed") == after
    assert all(e.text for e in edits)
