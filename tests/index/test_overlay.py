"""Rows laid into the librarian's tables by a program."""

from pathlib import Path

import pytest

from index.authority.overlay import lay_rows
from index.authority.rows import AuthorityError, EntityRow
from index.authority.tables import load_authority

HEADER = "id,type,label,aliases,titles,parent,scope,flags,note\n"
VALDRIA = EntityRow("place-xv", "place", "Valdria", ("Valdrian",), note="a note,\nof two lines")
OFFICE = EntityRow("org-xo", "organisation", "Sea Office", parent="place-xv")


def test_rows_go_where_they_belong(tmp_path: Path) -> None:
    """Places go to places.csv, all else to entities.csv; both are made, with the folder, and are read back."""
    folder = tmp_path / "authority"
    assert lay_rows(folder, [("a", OFFICE), ("b", VALDRIA)]) == (folder / "places.csv", folder / "entities.csv")
    assert sorted(file.name for file in folder.iterdir()) == ["entities.csv", "places.csv"]
    assert {VALDRIA, OFFICE} <= set(load_authority(folder).entities)


def test_what_the_librarian_wrote_stays(tmp_path: Path) -> None:
    """Order, line ends, byte order mark, columns of one's own, blank lines, and the file that has a row already."""
    file = tmp_path / "entities.csv"
    lines = (
        "\ufeffown,label,id,type,aliases,titles,parent,scope,flags,note",
        "1,Wend,place-xw,place,,,,,,",
        "",
        "2,Valdria,place-xv,place,,,,,,",
        "3,Anselm,place-xa,place,,,,,,",
        "",
    )
    file.write_bytes("\r\n".join(lines).encode())
    file.chmod(0o640)
    assert lay_rows(tmp_path, [("a", EntityRow("place-xv", "place", "Valdria", ("Valdrian",))), ("b", OFFICE)]) == (
        file,
    )
    expected = (
        *lines[:3],
        "2,Valdria,place-xv,place,Valdrian,,,,,",
        lines[4],
        ",Sea Office,org-xo,organisation,,,place-xv,,,",
        "",
    )
    assert file.read_bytes().decode() == "\r\n".join(expected)
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (EntityRow("place-xx", "place", "Philippines"), "'Philippines' names place-xx and place-ph alike"),
        (EntityRow("place-xx", "place", "Wend"), "'Wend' names place-xx and place-xw alike"),
        (EntityRow("place-xv", "place", "Vald"), "'place-xv' stands already at list.csv:2"),
        (EntityRow("org-xx", "organisation", "Tide Office", parent="org-zz"), "unknown parent"),
    ],
)
def test_nothing_is_written_if_something_is_wrong(tmp_path: Path, row: EntityRow, message: str) -> None:
    """A row at fault is told at the place it comes from, not at that of the row that it is at odds with."""
    file = tmp_path / "entities.csv"
    file.write_text(HEADER + "place-xw,place,Wend,,,,,,\n", "utf-8")
    with pytest.raises(AuthorityError) as caught:
        lay_rows(tmp_path, [("list.csv:2", VALDRIA), ("list.csv:7", row)])
    assert [(fault.where, message in fault.message) for fault in caught.value.faults] == [("list.csv:7", True)]
    assert [file.name for file in tmp_path.iterdir()] == ["entities.csv"]
    assert file.read_text("utf-8") == HEADER + "place-xw,place,Wend,,,,,,\n"


def test_a_fault_of_another_row_has_its_own_place(tmp_path: Path) -> None:
    """Where a new row makes one of the librarian's wrong, file and line of that one are told."""
    file = tmp_path / "entities.csv"
    file.write_text(HEADER + "place-xw,place,Wend,,,,,,\nplace-xa,place,Anselm,,,place-xw,,,\n", "utf-8")
    gone = EntityRow("place-xw", "place", "Wend", flags=("retired",), successors=("place-xv",))
    with pytest.raises(AuthorityError) as caught:
        lay_rows(tmp_path, [("a", VALDRIA), ("b", gone)])
    assert caught.value.where == f"{file}:3"


def test_both_tables_are_on_the_disk_before_one_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full at the second one, both are as before, and nothing is left over."""
    (tmp_path / "places.csv").write_text(HEADER, "utf-8")
    done = []

    def fsync(_file: int) -> None:
        done.append(1)
        if len(done) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.authority.overlay.os.fsync", fsync)
    with pytest.raises(OSError, match="No space"):
        lay_rows(tmp_path, [("a", VALDRIA), ("b", OFFICE)])
    assert [file.name for file in tmp_path.iterdir()] == ["places.csv"]
    assert (tmp_path / "places.csv").read_text("utf-8") == HEADER
