"""Synonyms: the shipped groups, a librarian's over them, what is a fault, and what the entities add."""

from pathlib import Path

import pytest

from index.authority.rows import EntityRow
from index.authority.synonyms import MAX_NAMES, SynonymRow, initials, of_entities
from index.authority.tables import Authority, AuthorityError, load_authority
from search.expansion import Synonyms, key_of, words_of


@pytest.fixture(scope="module")
def authority() -> Authority:
    """What ships."""
    return load_authority()


def overlay(folder: Path, *rows: str) -> Path:
    """A librarian's folder with these rows of synonyms."""
    (folder / "synonyms.csv").write_text("\n".join(["names,note", *rows]) + "\n", encoding="utf-8")
    return folder


def others(authority: Authority, name: str) -> set[str]:
    """What else a name is looked for as."""
    synonyms, key = Synonyms(authority.labels.synonyms), key_of(words_of(name))
    return set(synonyms.others(key)) if key in synonyms else set()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Turkey", "Türkiye"),
        ("ROK", "South Korea"),
        ("CPC", "Communist Party of China"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("GDP", "gross domestic product"),
        ("Naciones Unidas", "ONU"),
        ("EE. UU.", "Estados Unidos"),
        ("Petróleos Mexicanos", "Pemex"),
        ("美利坚合众国", "美国"),
        ("世卫组织", "世界卫生组织"),
        ("中共", "中国共产党"),
        ("World Meteorological Organization", "WMO"),
    ],
)
def test_well_known_names_are_there(authority: Authority, name: str, other: str) -> None:
    """Several hundred groups ship, in three languages; some are of the entities."""
    assert other in others(authority, name)
    assert len(authority.synonyms) > 500


@pytest.mark.parametrize(("name", "other"), [("China", "Chinese"), ("UN", "ONU"), ("us", "United States")])
def test_what_is_not_the_same_is_kept_apart(authority: Authority, name: str, other: str) -> None:
    """A people is no name of its country, languages are kept apart, and small letters are no acronym."""
    assert other not in others(authority, name)


def test_a_librarians_group_takes_the_place_of_all_it_shares_a_name_with(tmp_path: Path) -> None:
    """The shipped groups of its names are gone, all others stay."""
    laid = load_authority(overlay(tmp_path, "ROK|Republic of Kelp,invented", "Valdria|Kingdom of Valds,"))
    assert others(laid, "ROK") == {"Republic of Kelp"}
    assert not others(laid, "South Korea")
    assert others(laid, "Valdria") == {"Kingdom of Valds"}
    assert others(laid, "Turkey")


def test_a_single_name_takes_its_group_away(tmp_path: Path, authority: Authority) -> None:
    """A row of one name switches off the group that has it, be it of the table or of the entities, and adds none."""
    laid = load_authority(overlay(tmp_path, "ROK,", "WMO,"))
    assert not others(laid, "South Korea") | others(laid, "World Meteorological Organization")
    assert len(laid.labels.synonyms) == len(authority.labels.synonyms) - 2


def test_synonyms_change_no_text(tmp_path: Path, authority: Authority) -> None:
    """After an edit of synonyms nothing is to be read again: the version of the authority stays."""
    assert load_authority(overlay(tmp_path, "Valdria|Kingdom of Valds,")).version == authority.version


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Valdria,", "'Valdria' is no group, and takes none away"),
        (",", "'' is no group"),
        ("Valdria|may,", "the name 'may' is an everyday word"),
        ("Valdria|V,", "the name 'V' is an everyday word"),
        ("Valdria||Valds,", "a name without a word in it"),
        ("Valdria|...,", "a name without a word in it"),
        ("Valdria|valdria,", "'valdria' stands already at"),
        ("Valdria|Valds,\nValds|Kelp,", "'Valds' stands already at"),
        ("|".join(f"Valdria {n}" for n in range(MAX_NAMES + 1)) + ",", f"{MAX_NAMES + 1} names of one thing"),
        (f"Valdria|{'kelp ' * 30},", "has 30 words"),
    ],
)
def test_a_group_at_fault_is_told_with_its_place(tmp_path: Path, row: str, message: str) -> None:
    """What is wrong with a group is a fault with file and line, and what to do."""
    with pytest.raises(AuthorityError) as caught:
        load_authority(overlay(tmp_path, row))
    assert [fault for fault in caught.value.faults if message in fault.message]
    assert caught.value.where.startswith(f"{tmp_path / 'synonyms.csv'}:")
    assert caught.value.hint


def test_acronyms_in_capitals_may_be_everyday_words(tmp_path: Path) -> None:
    """MAY in capitals is no month."""
    assert others(load_authority(overlay(tmp_path, "MAY|Maritime Authority of Ys,")), "MAY")


def test_entities_give_acronyms_with_their_names() -> None:
    """Of an organisation or event the names are taken whose initials the acronym is; scoped and taken ones are not."""
    office = EntityRow("o", "organisation", "Sea Office of Valdria", ("SOV", "Oficina del Mar", "S.O.V.", "Mar"))
    rows = (
        office,
        EntityRow("p", "place", "South East Anselm", ("SEA",)),
        EntityRow("q", "organisation", "Sea Union", ("SU",), scope=("xv-mfa",)),
        EntityRow("r", "organisation", "North Union", ("NU",), flags=("national",)),
        EntityRow("s", "event", "Tide Summit", ("TS",)),
    )
    taken = (SynonymRow(("TS", "Tide Survey")),)
    assert [row.names for row in of_entities(rows, taken)] == [("SOV", "Sea Office of Valdria")]
    assert initials("International Atomic Energy Agency") == "IAEA"
