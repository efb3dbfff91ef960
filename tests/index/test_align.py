"""Items keep their numbers."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.align import align, assign_numbers, list_losses, renumber
from search.model import Item, Problem
from tests.index.arrivals import change, items, text


def test_same_text_keeps_its_number_wherever_it_stands() -> None:
    """Items that changed places are found by their words."""
    assert align(items("a", "b", "c"), items("c", "a", "b")) == {1: 3, 2: 1, 3: 2}


def test_equal_items_align_in_order() -> None:
    """Of two items with the very same words the first is the first."""
    assert align(items("a", "a"), items("a", "a")) == {1: 1, 2: 2}


def test_a_changed_item_keeps_its_number() -> None:
    """A few other words do not make another item."""
    assert align(text("a", "b").items, change(text("a", "b"), 2).items) == {1: 1, 2: 2}


def test_another_item_is_not_aligned() -> None:
    """An item with other words is a new one, even in the same place."""
    assert align(items("a", "b"), items("a", "z")) == {1: 1}


def test_a_new_item_gets_the_next_free_number() -> None:
    """The number of a removed item is not given again."""
    assert assign_numbers(items("a", "new", "b"), items("a", "b"), highest=5) == {1: 1, 2: 6, 3: 2}


def test_a_removed_item_that_comes_back_has_its_number_again() -> None:
    """The same words under the same name."""
    gone = replace(items("gone")[0], n=4)
    assert assign_numbers(items("a", "gone"), items("a"), [gone], highest=4) == {1: 1, 2: 4}


def test_references_move_along() -> None:
    """Follow-ups and problems name the permanent numbers."""
    first, second = items("a", "b")
    briefing = replace(
        text("a", "b"),
        items=(first, replace(second, follow_up_to=1)),
        problems=(Problem("unknown-label", "note", "m", 2), Problem("x", "note", "m")),
    )
    numbered = renumber(briefing, {1: 4, 2: 9})
    assert [(i.n, i.position, i.follow_up_to) for i in numbered.items] == [(4, 1, None), (9, 2, 4)]
    assert [p.item for p in numbered.problems] == [9, None]


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=8),
    st.lists(st.sampled_from("abcdefgh"), max_size=8),
    st.integers(0, 5),
)
def test_numbers_are_given_once(before: list[str], after: list[str], removed: int) -> None:
    """Every item has one number, no two the same, and as many keep theirs as have the same words."""
    earlier, later = items(*before), items(*after)
    highest = len(earlier) + removed
    numbers = assign_numbers(later, earlier, (), highest)
    assert sorted(numbers) == [i.n for i in later]
    assert len(set(numbers.values())) == len(later)
    common = sum(min(before.count(s), after.count(s)) for s in set(before))
    assert sum(n <= len(earlier) for n in numbers.values()) == common
    assert all(n <= len(earlier) or n > highest for n in numbers.values())


def test_a_correction_is_no_loss() -> None:
    """A changed word, and one item of six gone, is what corrections do."""
    assert list_losses(text(*"abcdef"), change(text(*"abcde"), 1)) == ()


def test_a_fifth_of_the_items_is_a_loss() -> None:
    """One item of five is too much to lose unnoticed, and the figures are told."""
    assert list_losses(text(*"abcde"), text(*"abcd"))[0] == "1 of 5 items are gone"


def test_a_fifth_of_the_letters_is_a_loss() -> None:
    """A text cut short within its items is noticed by its letters."""
    whole = text("a", "b")
    cut = replace(whole, items=tuple(_shorten(i) for i in whole.items))
    (loss,) = list_losses(whole, cut)
    assert "letters have become" in loss


def _shorten(item: Item) -> Item:
    last = item.turns[-1]
    return replace(item, turns=(*item.turns[:-1], last._replace(text=last.text[: int(len(last.text) * 0.7)])))


def test_another_text_of_the_same_length_is_a_loss() -> None:
    """Items that nothing resembles are lost, however many others came."""
    assert list_losses(text("a", "b"), text("y", "z"))[0] == "2 of 2 items are gone"


def test_another_date_is_told() -> None:
    """A change of date, publisher or language is for a librarian to judge."""
    moved = replace(text("a", day="2024-03-05"), language="fr", publisher="xw-mfa")
    assert list_losses(text("a"), moved) == (
        "the publisher changes from xv-mfa to xw-mfa",
        "the language changes from en to fr",
        f"the date changes from 2024-03-04 to {date(2024, 3, 5)}",
    )
