"""Persons by rule, and who a short form of a name means."""

import pytest

from index.authority.personal import PersonalNames
from index.authority.tables import Authority, EntityRow
from index.entities import Tagger
from tests.invented import answer, briefing

ROWS = (
    EntityRow("place-osk", "place", "Osk"),
    EntityRow("place-san-tomas", "place", "San Tomas"),
    EntityRow("person-ilsa-verlaine", "person", "Ilsa Verlaine", titles=("Minister",)),
)
NAMES = PersonalNames(
    {"en": frozenset({"Ada", "Tomas", "Mary"}), "es": frozenset({"Ana", "Luis", "María"})},
    frozenset({"Wang", "Kim", "He"}),
)
TAGGER = Tagger(Authority(ROWS, (), (), personal=NAMES))


def people(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Label and surface of each person, in order."""
    return [(m.label, m.surface) for m in TAGGER.tag_text(text, "xv-mfa", language) if m.type == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I met Ada Moor there", ["Ada Moor"]),
        ("Ada M. Moor and Mary Tomas Reed", ["Ada M. Moor", "Mary Tomas Reed"]),
        ("Ada Moor's letter", ["Ada Moor"]),
        ("Ada Dačić spoke", ["Ada Dačić"]),
        ("Thank you, Ada. Next", []),  # a given name alone
        ("Ada Moor- no", []),  # broken off
        ("in San Tomas Bay", []),  # a saint's name is a place's
        ("Ada Council", []),
        ("Wang Lianwei said", ["Wang Lianwei"]),  # the family first, then syllables
        ("Kim Yong Chol, Kim Jae-won", ["Kim Yong Chol", "Kim Jae-won"]),
        ("He Should know, He Went", []),  # no syllables of a name
        ("President Otto Brandt", ["Otto Brandt"]),
        ("scholar Otto Brandt", ["Otto Brandt"]),  # a role in small letters
        ("scholar Brandt", []),
        ("Minister Osk Verl", []),  # a place within a name that only a title tells
        ("Foreign Minister of Norrland Otto Brandt", []),
    ],
)
def test_a_full_name_is_a_persons(text: str, names: list[str]) -> None:
    """By a given name, a family name that stands first, or a title."""
    assert [label for label, _ in people(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gracias, Ana Ferrer Lozano, de Osk", ["Ana Ferrer Lozano"]),
        ("Ana María, buenos días", []),  # two given names
        ("Luis Ferrer y Ana Vega", ["Luis Ferrer", "Ana Vega"]),
        ("María de la Torre Vega", ["María de la Torre Vega"]),
        ("el secretario de Seguridad Pública de Ferrer", []),  # no name behind the office
    ],
)
def test_spanish_names(text: str, names: list[str]) -> None:
    """Given names, then one family name or two."""
    assert [label for label, _ in people(text, "es")] == names


def test_short_forms_mean_the_one_person_of_the_briefing() -> None:
    """A surname, a full name without its title; not where two share it, nor beside another given name."""
    assert people("President Otto Brandt. Brandt agreed. Otto Brandt left. Ms. Brandt?") == [
        ("Otto Brandt", "Otto Brandt"),
        ("Otto Brandt", "Brandt"),
        ("Otto Brandt", "Otto Brandt"),
        ("Otto Brandt", "Brandt"),
    ]
    assert people("Ada Moor and Mary Moor. Moor agreed.") == [("Ada Moor", "Ada Moor"), ("Mary Moor", "Mary Moor")]
    assert people("Ada Moor. Gwen Moor agreed.") == [("Ada Moor", "Ada Moor")]


def test_spanish_short_forms_are_the_first_family_name() -> None:
    """Or both; but one that half the country has means nobody by itself."""
    assert [label for label, _ in people("Ana Ferrer Lozano. Ferrer Lozano. Ferrer. Lozano.", "es")] == [
        "Ana Ferrer Lozano"
    ] * 3
    assert [label for label, _ in people("Ana García Lozano. García Lozano. García.", "es")] == [
        "Ana García Lozano"
    ] * 2


def test_a_title_finds_who_has_both() -> None:
    """A title with a surname is the one of the authority who has that title; a surname without one stays open."""
    assert people("Minister Verlaine agreed") == [("Ilsa Verlaine", "Verlaine")]
    said = briefing("2024-03-04", answer(1, "Well?", "President Nemo agreed."))
    assert [(c.surface, c.type) for c in TAGGER.candidates(said)] == [("Nemo", "person")]
