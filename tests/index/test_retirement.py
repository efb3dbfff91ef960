"""Merge and split: what becomes of names, parts and links."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.authority.overlay import lay_rows
from index.authority.rows import AuthorityError, EntityRow
from index.authority.tables import load_authority
from index.retirement import Moved, merge, split
from search.errors import BadParameter, LecternError, NotFound
from search.settings import Settings

KELP = EntityRow("org-kelp", "organisation", "Kelp Office", ("KO",), note="as before 2020")
TIDE = EntityRow("org-tide", "organisation", "Tide Office", ("TO",))
PART = EntityRow("org-kelp-bank", "organisation", "Kelp Bank", parent="org-kelp")
ABROAD = EntityRow("org-abroad", "organisation", "Ministry of Kelp", scope=("xv-mfa",))
BLOCK = EntityRow("block-post", "organisation", "Kelp Post", flags=("block",))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home with two offices and what is part of one."""
    lay_rows(tmp_path / "authority", [("a", row) for row in (KELP, TIDE, PART, ABROAD, BLOCK)])
    return Settings(tmp_path, {})


def rows(home: Settings) -> dict[str, EntityRow]:
    """The rows of the home's authority."""
    return {row.id: row for row in load_authority(home.authority).entities}


def test_a_merge_gives_names_and_parts_away(home: Settings) -> None:
    """What was OLD's is NEW's, and the id of OLD leads to NEW."""
    done = merge(home, "org-kelp", "org-tide")
    held = rows(home)
    assert held["org-kelp"] == EntityRow(
        "org-kelp", "organisation", "Kelp Office", flags=("retired",), note="as before 2020", successors=("org-tide",)
    )
    assert held["org-tide"] == replace(TIDE, aliases=("TO", "Kelp Office", "KO"))
    assert held["org-kelp-bank"].parent == "org-tide"
    assert load_authority(home.authority).moved == {"org-kelp": ("org-tide",)}
    assert done == Moved(
        ("Tide Office",), ("Kelp Office", "KO"), ("org-kelp-bank",), (home.authority / "entities.csv",)
    )


def test_what_was_part_of_the_old_one_may_take_its_place(home: Settings) -> None:
    """It is then part of what the old one was part of."""
    merge(home, "org-kelp", "org-kelp-bank")
    assert rows(home)["org-kelp-bank"] == replace(PART, parent=None, aliases=("Kelp Office", "KO"))


def test_a_shipped_row_can_go(home: Settings) -> None:
    """Both rows are then in the librarian's table, in front of the shipped ones, and links go over two merges."""
    merge(home, "org-tide", "org-kelp")
    merge(home, "org-kelp", "org-un")
    assert {"Tide Office", "KO"} <= set(rows(home)["org-un"].aliases)
    assert load_authority(home.authority).moved == {"org-tide": ("org-un",), "org-kelp": ("org-un",)}


def test_a_split_leaves_names_to_nobody(home: Settings) -> None:
    """The id of OLD lists those that took its place; they stay as they are."""
    before = rows(home)
    done = split(home, "org-tide", ["org-kelp", "org-kelp-bank"])
    assert done == Moved(("Kelp Office", "Kelp Bank"), ("Tide Office", "TO"), (), (home.authority / "entities.csv",))
    after = rows(home)
    assert after.pop("org-tide").successors == ("org-kelp", "org-kelp-bank")
    del before["org-tide"]
    assert after == before


def test_a_split_of_what_has_parts_waits_for_their_new_parents(home: Settings) -> None:
    """Nobody but a librarian knows of which they are part now: the lines are told, and nothing is written."""
    with pytest.raises(AuthorityError) as caught:
        split(home, "org-kelp", ["org-tide", "org-un"])
    assert caught.value.where == f"{home.authority / 'entities.csv'}:4"
    assert "org-tide, org-un" in caught.value.hint
    assert rows(home)["org-kelp"] == KELP


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("org-nobody", ("org-tide",), NotFound),
        ("org-tide", ("org-nobody",), NotFound),
        ("org-tide", ("org-tide",), BadParameter),
        ("org-tide", ("org-kelp", "org-kelp"), BadParameter),
        ("org-tide", ("org-kelp", "org-tide"), BadParameter),
        ("block-post", ("org-tide",), BadParameter),
        ("org-tide", ("block-post",), BadParameter),
        ("org-abroad", ("org-tide",), BadParameter),
    ],
)
def test_what_cannot_be_is_refused(home: Settings, old: str, new: tuple[str, ...], error: type[LecternError]) -> None:
    """Ids of no row, of blocks, given twice, or whose names count elsewhere: nothing is written."""
    held = (home.authority / "entities.csv").read_bytes()
    with pytest.raises(error) as caught:
        merge(home, old, *new) if len(new) == 1 else split(home, old, new)
    assert caught.value.hint or caught.value.where
    assert (home.authority / "entities.csv").read_bytes() == held
    assert not (home.authority / "places.csv").exists()


def test_a_retired_row_is_not_merged_again(home: Settings) -> None:
    """The message says what took its place."""
    merge(home, "org-kelp", "org-tide")
    for old, new in (("org-kelp", "org-un"), ("org-un", "org-kelp")):
        with pytest.raises(BadParameter, match="org-tide"):
            merge(home, old, new)
