"""The reviewed list, read back: what each answer does, and that a list at fault does nothing."""

from pathlib import Path

import pytest

from index.authority.overlay import lay_rows
from index.authority.rows import AuthorityError, EntityRow
from index.authority.tables import load_authority
from index.promotion import Promoted, promote
from search.settings import Settings

COLUMNS = "accept,id,type,label,aliases,titles,parent,scope,flags,note,count,contexts\n"
VALE = EntityRow("person-vale", "person", "Adela Vale", ("A. Vale",), ("Ms",))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home whose authority has a row of its own."""
    lay_rows(tmp_path / "home" / "authority", [("a", VALE)])
    return Settings(tmp_path / "home", {})


def listed(folder: Path, *lines: str) -> Path:
    """A list of these lines."""
    file = folder / "list.csv"
    file.write_text("\ufeff" + COLUMNS + "".join(f"{line}\n" for line in lines), "utf-8")
    return file


def row(home: Settings, id: str) -> EntityRow:
    """A row of the home's authority."""
    return next(row for row in load_authority(home.authority).entities if row.id == id)


@pytest.mark.parametrize("yes", ["yes", "Y", "x", "1", "YES "])
def test_what_is_accepted_becomes_a_row(tmp_path: Path, home: Settings, yes: str) -> None:
    """With all that the line says of it, in the table of its type."""
    file = listed(
        tmp_path,
        f"{yes},org-kelp,organisation,Kelp Office,KO|Kelp Bureau,,place-ph,xv-mfa,,a note,12,said [Kelp Office]",
        f"{yes},place-ph-osk,place,Port Osk,,,place-ph,,,,3,",
        ",event-tide,event,Tide Summit,,,,,,,2,",
    )
    done = promote(home, file)
    assert row(home, "org-kelp") == EntityRow(
        "org-kelp", "organisation", "Kelp Office", ("KO", "Kelp Bureau"), (), "place-ph", ("xv-mfa",), (), "a note"
    )
    assert done == Promoted(
        added=(("Kelp Office", "org-kelp"), ("Port Osk", "place-ph-osk")),
        aliased=(),
        blocked=(),
        retired=(),
        unchanged=0,
        left=1,
        files=(home.authority / "places.csv", home.authority / "entities.csv"),
    )
    assert "Port Osk" in (home.authority / "places.csv").read_text("utf-8")


def test_an_id_under_accept_makes_a_name_of_that_row(tmp_path: Path, home: Settings) -> None:
    """Label, aliases and a person's titles are added, whatever it has already is not; a shipped row is copied first."""
    file = listed(
        tmp_path,
        "person-vale,person-ada-vale,person,Ada Vale,ADA VALE|A. Vale,Ms|Minister,,,,,9,",
        "person-vale,,person,阿达·韦尔,,,,,,,5,",
        "org-un,org-vereinte,organisation,Vereinte Nationen,,,,,,,4,",
    )
    before = next(row for row in load_authority().entities if row.id == "org-un")
    done = promote(home, file)
    assert row(home, "person-vale") == EntityRow(
        "person-vale", "person", "Adela Vale", ("A. Vale", "Ada Vale", "ADA VALE", "阿达·韦尔"), ("Ms", "Minister")
    )
    assert row(home, "org-un").aliases == (*before.aliases, "Vereinte Nationen")
    assert done.aliased == (("Ada Vale", "person-vale"), ("阿达·韦尔", "person-vale"), ("Vereinte Nationen", "org-un"))


def test_links_to_a_person_without_a_row_stay_alive(tmp_path: Path, home: Settings) -> None:
    """A person whom a rule found is the row that gets the name, and the id made of the name leads there."""
    lines = ("person-vale,person-ada-vale,person,Ada Vale,,,,,,,9,", "person-vale,person-va,person,Va,,,,,,,8,")
    done = promote(home, listed(tmp_path, *lines))
    assert done.retired == ("person-ada-vale",)  # nobody sees surnames that have no row
    assert load_authority(home.authority).moved == {"person-ada-vale": ("person-vale",)}


def test_a_name_may_go_to_a_row_of_the_same_list(tmp_path: Path, home: Settings) -> None:
    """Two lines make one row: the one accepted, in whichever order they stand."""
    file = listed(
        tmp_path, "org-kelp,org-ko,organisation,KO,,,,,,,9,", "yes,org-kelp,organisation,Kelp Office,,,,,,,8,"
    )
    promote(home, file)
    assert row(home, "org-kelp").aliases == ("KO",)


@pytest.mark.parametrize("no", ["no", "block", "No"])
def test_what_is_refused_is_swallowed(tmp_path: Path, home: Settings, no: str) -> None:
    """A block of the name, under an id of its own, also where the name has no Latin letters."""
    file = listed(tmp_path, f"{no},person-good-will,person,Good Will,GOOD WILL,,,,,,9,", f"{no},,event,海带,,,,,,,8,")
    assert promote(home, file).blocked == ("Good Will", "海带")
    assert row(home, "block-good-will") == EntityRow(
        "block-good-will", "person", "Good Will", ("GOOD WILL",), flags=("block",)
    )
    assert row(home, "block-u6d77-u5e26").label == "海带"


def test_names_that_are_alike_share_a_block(tmp_path: Path, home: Settings) -> None:
    """The rules may take one name for a person here and for a body there; refusing both is one row."""
    lines = ("no,person-good-will,person,Good Will,,,,,,,9,", "no,org-good-will,organisation,GOOD WILL,,,,,,,8,")
    assert promote(home, listed(tmp_path, *lines)).blocked == ("Good Will", "GOOD WILL")
    assert row(home, "block-good-will").names == ("Good Will", "GOOD WILL")


def test_a_second_time_changes_nothing(tmp_path: Path, home: Settings) -> None:
    """Every kind of line is known to be done."""
    file = listed(
        tmp_path,
        "yes,org-kelp,organisation,Kelp Office,,,,,,,9,",
        "org-kelp,org-ko,organisation,KO,,,,,,,9,",
        "person-vale,person-ada-vale,person,Ada Vale,,Minister,,,,,9,",
        "no,person-good-will,person,Good Will,,,,,,,9,",
    )
    promote(home, file)
    held = {file: file.read_bytes() for file in home.authority.iterdir()}
    again = promote(home, file)
    assert (again.unchanged, again.files, again.added, again.aliased) == (4, (), (), ())
    assert {file: file.read_bytes() for file in home.authority.iterdir()} == held


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("maybe so,org-kelp,organisation,Kelp Office,,,,,,,9,", "'maybe so' under accept"),
        ("org-nobody,org-kelp,organisation,Kelp Office,,,,,,,9,", "'org-nobody' under accept is the id of no row"),
        ("yes,org-un,organisation,Kelp Office,,,,,,,9,", "'org-un' is the id of 'United Nations'"),
        ("yes,org-good,organisation,Kelp Office,,,,,,,9,", "'org-good' stands already at"),
        ("yes,,organisation,Kelp Office,,,,,,,9,", "'' is not an id"),
        ("yes,place-kelp,organisation,Kelp Office,,,,,,,9,", "'place-kelp' is no id of the type organisation"),
        ("yes,org-kelp,organisation,Kelp Office,Filipino,,,,,,9,", "'Filipino' names org-kelp and place-ph alike"),
        ("place-ph,org-kelp,organisation,May,,,,,,,9,", "the name 'May' of place-ph is an everyday word"),
        ("yes,org-kelp,organisation,Kelp Office,,,org-zz,,,,9,", "org-kelp has the unknown parent 'org-zz'"),
        ("yes,org-kelp,organisation", "3 cells where the header has 12"),
    ],
)
def test_a_line_at_fault_stops_the_list(tmp_path: Path, home: Settings, line: str, message: str) -> None:
    """The line of the list is told, and of the good lines nothing is written either."""
    file = listed(tmp_path, "yes,org-good,organisation,Good Office,,,,,,,9,", ",,,,,,,,,,,", line)
    held = (home.authority / "entities.csv").read_bytes()
    with pytest.raises(AuthorityError) as caught:
        promote(home, file)
    assert [(fault.where, message in fault.message) for fault in caught.value.faults] == [(f"{file}:4", True)]
    assert (home.authority / "entities.csv").read_bytes() == held
    assert [file.name for file in home.authority.iterdir()] == ["entities.csv"]


def test_a_retired_row_gets_no_names(tmp_path: Path, home: Settings) -> None:
    """The hint says what took its place."""
    gone = EntityRow("person-va", "person", "Va", flags=("retired",), successors=("person-vale",))
    lay_rows(home.authority, [("a", gone)])
    with pytest.raises(AuthorityError) as caught:
        promote(home, listed(tmp_path, "person-va,,person,Ada Vale,,,,,,,9,"))
    assert "person-vale" in caught.value.hint


def test_cells_made_safe_are_read_as_they_were(tmp_path: Path, home: Settings) -> None:
    """The apostrophe that keeps a cell from being a formula is no part of the name."""
    promote(home, listed(tmp_path, "yes,org-kelp,organisation,'@Kelp,,,,,,,9,'=1"))
    assert row(home, "org-kelp").label == "@Kelp"


def test_a_list_without_its_columns_is_refused(tmp_path: Path, home: Settings) -> None:
    """Another file, or one saved with semicolons, is not taken for a list."""
    file = tmp_path / "other.csv"
    file.write_text("accept;id;type;label\n", "utf-8")
    with pytest.raises(AuthorityError, match="the column 'accept' is missing"):
        promote(home, file)
