"""Editions side by side: which item stands beside which."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.model import Document, Item, Mention, Turn
from search.pairing import CROWDED, pair_items


def documents(language: str, *asked: tuple[str | None, str]) -> tuple[Document, ...]:
    """Answers to questions of these outlets about these entities."""
    found = []
    for n, (outlet, about) in enumerate(asked, 1):
        turns = (Turn("question", outlet, "?", outlet=outlet), Turn("answer", "A", "!", speaker="A"))
        item = Item(n, n, "answer", turns, asker=outlet, outlet=outlet, speakers=("A",))
        mentions = tuple(Mention(f"place-{e}", e, "place", "question", 0, 1, "?") for e in about)
        day = f"xv-mfa/{language}/2024-02-08"
        found.append(Document(f"{day}/{n}", day, "xv-mfa", language, date(2024, 2, 8), "T", item, mentions, ()))
    return tuple(found)


def numbers(left: Sequence[Document], right: Sequence[Document]) -> list[tuple[int | None, int | None]]:
    """The pairs, by the numbers of their items."""
    return [(a and a.item.n, b and b.item.n) for a, b in pair_items(left, right)]


def test_what_says_nothing_is_paired_by_position() -> None:
    """Without outlets or entities, the first stands beside the first."""
    assert numbers(documents("en", (None, ""), (None, "")), documents("zh", (None, ""), (None, ""), (None, ""))) == [
        (1, 1),
        (2, 2),
        (None, 3),
    ]


def test_a_question_left_out_leaves_a_gap() -> None:
    """Where an edition leaves a question out, those after it still stand beside their like."""
    left = documents("en", ("AFP", "xa"), ("Reuters", "xb"), ("NHK", "xc"))
    assert numbers(left, documents("zh", ("AFP", "xa"), ("NHK", "xc"))) == [(1, 1), (2, None), (3, 2)]


def test_entities_tell_where_outlets_do_not() -> None:
    """Of unnamed questions, those about the same stand beside each other."""
    left, right = documents("en", (None, "a"), (None, "b"), (None, "c")), documents("zh", (None, "b"), (None, "c"))
    assert numbers(left, right) == [(1, None), (2, 1), (3, 2)]


def test_kinds_do_not_stand_beside_each_other() -> None:
    """A note of one edition is no answer of the other."""
    (one,) = documents("en", (None, ""))
    note = replace(one, item=Item(1, 1, "note", (Turn("note", None, "x"),)))
    assert sorted(numbers([note], [one]), key=str) == [(1, None), (None, 1)]


def test_very_long_editions_are_paired_by_position() -> None:
    """Beyond a bound nothing is compared."""
    left = documents("en", *[(None, "")] * 700)
    right = documents("zh", *[(None, "")] * (CROWDED // 700 + 1))
    assert numbers(left, right)[:2] == [(1, 1), (2, 2)]


ASKED = st.lists(st.tuples(st.sampled_from([None, "AFP", "NHK"]), st.text("abc", max_size=2)), max_size=6)


@given(ASKED, ASKED)
def test_every_item_stands_once_in_order(
    ours: list[tuple[str | None, str]], theirs: list[tuple[str | None, str]]
) -> None:
    """No item is lost, doubled or moved, and no row is empty."""
    left, right = documents("en", *ours), documents("zh", *theirs)
    pairs = pair_items(left, right)
    assert tuple(p.left for p in pairs if p.left) == left
    assert tuple(p.right for p in pairs if p.right) == right
    assert all(p.left or p.right for p in pairs)
