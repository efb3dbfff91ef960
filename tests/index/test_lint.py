"""What is wrong with rows that others took the place of, and with ids that do not say their type."""

from pathlib import Path

import pytest

from index.authority.lint import find_successors
from index.authority.rows import AuthorityError, EntityRow, entity_cells, entity_row
from index.authority.tables import Authority, load_authority

HEADER = "id,type,label,aliases,titles,parent,scope,flags,note\n"
VALDRIA = "place-xv,place,Valdria,,,,,,\n"


def overlay(folder: Path, rows: str) -> Path:
    """A librarian's folder with these entities."""
    (folder / "entities.csv").write_text(HEADER + rows, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("org-xv,place,Valdria,,,,,,\n", "'org-xv' is no id of the type place"),
        ("organisation-xv,organisation,Sea Office,,,,,,\n", "'organisation-xv' is no id of the type organisation"),
        ("event,event,Tide Summit,,,,,,\n", "'event' is no id of the type event"),
        ("block-xv,place,Valdria,,,,,,\n", "'block-xv' is no id of the type place"),
        ("org-xv,place,Valdria,,,,,block,\n", "'org-xv' is no id of the type place"),
        ("place-xo,place,Old Valdria,,,,,retired,\n", "place-xo is retired for nothing"),
        (
            "place-xo,place,Old Valdria,,,place-zz,,retired,\n",
            "what took the place of place-xo, 'place-zz', is unknown",
        ),
        (VALDRIA + "place-xo,place,Old Valdria,OV,,place-xv,,retired,\n", "place-xo is retired and has aliases"),
        (
            "block-xv,place,Valdria,,,,,block,\nplace-xo,place,Old Valdria,,,block-xv,,retired,\n",
            "what took the place of place-xo, block-xv, is a block",
        ),
        (
            VALDRIA + "place-xo,place,Old Valdria,,,place-xv,,retired,\nplace-xp,place,Osk,,,place-xo,,,\n",
            "the parent of place-xp, place-xo, is retired",
        ),
        ("place-xo,place,Old Valdria,,,place-xo,,retired,\n", "place-xo is retired in a circle"),
    ],
)
def test_a_row_at_fault_is_told_with_its_place(tmp_path: Path, rows: str, message: str) -> None:
    """Each thing that can be wrong is one fault, at the row's line, with what to do."""
    with pytest.raises(AuthorityError) as caught:
        load_authority(overlay(tmp_path, rows))
    assert [message in fault.message for fault in caught.value.faults] == [True]
    assert caught.value.where == f"{tmp_path / 'entities.csv'}:{rows.count(chr(10)) + 1}"
    assert caught.value.hint


def test_rows_retired_in_a_circle_are_all_told(tmp_path: Path) -> None:
    """Two rows that each took the place of the other lead nowhere, and both are said to."""
    rows = "place-xo,place,Old Valdria,,,place-xp,,retired,\nplace-xp,place,Osk,,,place-xo,,retired,\n"
    with pytest.raises(AuthorityError) as caught:
        load_authority(overlay(tmp_path, rows))
    assert [fault.where[-2:] for fault in caught.value.faults] == [":2", ":3"]


def test_a_block_may_have_the_id_of_what_it_swallows(tmp_path: Path) -> None:
    """A librarian gets rid of a shipped row by one of its id with the flag block; other blocks are `block-`."""
    rows = (
        "place-ph,place,Philippines,,,,,block,\nblock-tide,event,Tide Summit,,,,,block,\n"
        "place-ph-manila,place,Manila,,,,,,\n"
    )
    assert {"place-ph", "block-tide"} <= {row.id for row in load_authority(overlay(tmp_path, rows)).entities}


def test_a_retired_row_emits_nothing_and_leads_on(tmp_path: Path) -> None:
    """It has no names and no label on pages; its id leads to those of today, over others that are retired too."""
    rows = (
        "place-xo,place,Old Valdria,,,place-xp place-xq,,retired,\n"
        "place-xp,place,Valdria Two,,,place-xv place-xw,,retired,\n"
        "place-xq,place,Valdria Three,,,place-xw,,retired,\nplace-xw,place,Wend,,,,,,\n"
    )
    laid = load_authority(overlay(tmp_path, VALDRIA + rows))
    old = next(row for row in laid.entities if row.id == "place-xo")
    assert (old.names, old.parent, old.successors) == ((), None, ("place-xp", "place-xq"))
    assert "place-xo" not in laid.labels.names["entity"]
    assert laid.moved["place-xo"] == ("place-xv", "place-xw")
    assert laid.labels.moved == laid.moved


def test_successors_stand_in_their_order_each_once() -> None:
    """Those that took the place of a successor stand where it would stand."""
    moved = {"a": ("b", "c", "d"), "b": ("e", "d"), "c": ("e",)}
    assert find_successors(moved, "a") == ("e", "d")
    assert find_successors({"a": ("b",), "b": ("a",)}, "a") == ("a",)


@pytest.mark.parametrize(
    "row",
    [
        EntityRow(
            "place-xo", "place", "Old, “Valdria”", flags=("retired",), note="n", successors=("place-a", "place-b")
        ),
        EntityRow("person-v", "person", "Ada Vale", ("Vale", "A. Vale"), ("Ms",), "place-a", ("a", "b"), ("nolabel",)),
    ],
)
def test_a_row_is_written_as_it_is_read(row: EntityRow) -> None:
    """The cells of a row are read back as the same row."""
    assert entity_row(entity_cells(row)) == row


def test_nothing_has_moved_in_an_authority_without_retired_rows() -> None:
    """No id leads elsewhere."""
    assert Authority((EntityRow("place-xv", "place", "Valdria"),), (), ()).moved == {}
