"""Profiles as files: what is read, what is refused and how it is told, whose comes first."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parsers import SHIPPED, read_profiles
from index.parsers.profile import Profile
from index.parsers.profiles import SHIPPED_FOLDER, ProfileError, load_profiles
from index.parsers.recognise import recognise

GOOD = 'name = "Foreign Office of Merrow"\nlanguages = ["en"]\nzone = "Etc/GMT+1"\ncountry = "place-xw"\n'


def fault(folder: Path, text: str, name: str = "xw-foreign.toml") -> str:
    """What is said about a profile at fault."""
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profiles(folder)
    return str(caught.value)


def test_a_profile_is_named_by_its_file(tmp_path: Path) -> None:
    """Four keys are enough, and all others have a default."""
    (tmp_path / "xw-foreign.toml").write_text(GOOD, "utf-8")
    (tmp_path / "notes.txt").write_text("no profile", "utf-8")
    assert load_profiles(tmp_path) == {
        "xw-foreign": Profile("xw-foreign", "Foreign Office of Merrow", ("en",), "Etc/GMT+1", "place-xw")
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD + "titels = ['x']", r"xw-foreign\.toml, titels: there is no such key .*titles"),
        (GOOD.replace("zone", "# zone"), r"xw-foreign\.toml, zone: the key is missing .*IANA"),
        (GOOD.replace("GMT+1", "GMT+99"), r"zone: 'Etc/GMT\+99' cannot stand here"),
        (GOOD.replace("Etc/GMT+1", "Etc"), r"zone: 'Etc' cannot stand here"),
        (GOOD.replace("Etc/GMT+1", "../Etc"), r"zone: '\.\./Etc' cannot stand here"),
        (GOOD.replace("place-xw", "Merrow"), r"country: 'Merrow' cannot stand here .*place-"),
        (GOOD.replace('["en"]', '["tlh"]'), r"languages: 'tlh' cannot stand here .*en, zh"),
        (GOOD.replace('["en"]', "[]"), r"languages: the list is empty"),
        (GOOD.replace('["en"]', '"en"'), r"languages: the value must be a list of texts"),
        (GOOD + 'labels = "capitals"', r"labels: 'capitals' cannot stand here .*podium, cast, cast-lines"),
        (GOOD + "titles = ['(']", r"titles: '\(' cannot stand here .*regular expressions"),
        (GOOD + "body_selectors = ['div[']", r"body_selectors: 'div\[' cannot stand here .*CSS"),
        (GOOD + "hosts = ['https://a.example/']", r"hosts: 'https://a.example/' cannot stand here"),
        (GOOD + "offices = [1]", r"offices: the value must be a list of texts"),
        (GOOD + "name = 'twice'", r"xw-foreign\.toml: not valid TOML"),
        (GOOD + "labels = 1\nzones = 2", r"and 1 more"),
    ],
)
def test_a_fault_is_told_with_file_key_and_what_is_allowed(tmp_path: Path, text: str, told: str) -> None:
    """Nothing is read with a profile that is at fault."""
    assert re.search(told, fault(tmp_path, text), re.DOTALL)


def test_a_file_name_that_is_no_id_is_a_fault(tmp_path: Path) -> None:
    """The id stands in addresses for good, so its form is checked first."""
    assert "cannot be a publisher's id" in fault(tmp_path, GOOD, "Merrow.toml")


def test_a_file_that_is_not_utf_8_is_a_fault(tmp_path: Path) -> None:
    """Its first bad byte is told."""
    (tmp_path / "xw-foreign.toml").write_bytes(GOOD.encode() + b"# \xff")
    with pytest.raises(ProfileError, match="not UTF-8"):
        load_profiles(tmp_path)


def test_a_librarians_profile_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    """Whole, under the same id; the others stay, and a home without the folder has the shipped ones."""
    (tmp_path / "xv-mfa.toml").write_text(GOOD, "utf-8")
    profiles = read_profiles(tmp_path)
    assert set(profiles) == set(SHIPPED)
    assert profiles["xv-mfa"].country == "place-xw"
    assert read_profiles(tmp_path / "missing") == SHIPPED


def test_the_shipped_profiles_are_whole() -> None:
    """Each has titles and hosts to be recognised by."""
    shipped = load_profiles(SHIPPED_FOLDER)
    assert {"xv-mfa", "us-white-house", "mx-presidencia"} <= set(shipped)
    assert all(p.titles and p.hosts for p in SHIPPED.values())


def test_a_title_alone_does_not_make_a_page_the_presidencys() -> None:
    """A governor's office titles its transcripts alike; the line below tells them apart."""
    title = "Versión estenográfica. Conferencia de prensa del gobernador"
    found = recognise("a.txt", (title, "Presidencia de la República"), "", None, SHIPPED)
    assert isinstance(found, tuple)
    assert found[0].id == "mx-presidencia"
    other = recognise("a.txt", (title, "Gobierno de Valdria"), "", None, SHIPPED)
    assert not isinstance(other, tuple)
    assert other.code == "unknown-publisher"


@given(
    st.dictionaries(
        st.sampled_from([f.name for f in fields(Profile)]), st.one_of(st.text(), st.integers(), st.lists(st.text()))
    )
)
def test_no_profile_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    """Whatever a file holds, it is a profile or a ProfileError."""
    folder = tmp_path_factory.mktemp("publishers")
    lines = [f"{key} = {toml(value)}" for key, value in values.items()]
    (folder / "xw-foreign.toml").write_text("\n".join(lines), "utf-8")
    try:
        loaded = set(load_profiles(folder))
    except ProfileError as error:
        loaded = {fault[0].rsplit("/", 1)[-1].split(".")[0] for fault in error.faults}
    assert loaded == {"xw-foreign"}


def toml(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return (
            '"'
            + "".join(c if c.isalnum() else f"\\U{ord(c):08x}" for c in value if not 0xD800 <= ord(c) < 0xE000)
            + '"'
        )
    return str(value)
