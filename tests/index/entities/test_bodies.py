"""Bodies and events by rule: how far a name reaches, and whether a word of it is its own."""

import pytest

from index.authority.personal import PersonalNames
from index.authority.tables import Authority, EntityRow
from index.entities import Tagger
from tests.invented import answer, briefing

ROWS = (
    EntityRow("place-xv", "place", "Valdria", ("Valdrian",)),
    EntityRow("place-no", "place", "Norrland", ("Norrlander",)),
    EntityRow("place-no-osk", "place", "Osk", parent="place-no"),
    EntityRow("place-wb", "place", "West Bank"),
    EntityRow("org-hp", "organisation", "Harbour Party"),
    EntityRow("block-kw", "organisation", "Kelp War", flags=("block",)),
)
NAMES = PersonalNames({"en": frozenset({"Ada", "Tomas"}), "es": frozenset({"Ana"})}, frozenset())
TAGGER = Tagger(Authority(ROWS, (), (), personal=NAMES))


def made(text: str, language: str = "en") -> list[str]:
    """The surfaces of bodies and events that no row has, as readers see them."""
    known = {row.id for row in ROWS}
    return [m.surface for m in TAGGER.tag_text(text, "xv-mfa", language) if m.id not in known and m.type != "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("at the Osk Peace Forum, he said", ["Osk Peace Forum"]),
        ("the Kelp and Fisheries Agreement was signed", ["Kelp and Fisheries Agreement"]),  # "and" inside a name
        ("the Forum on Seaweed Cooperation in May", ["Forum on Seaweed Cooperation"]),
        ("the Convention for the Protection of Kelp", ["Convention for the Protection of Kelp"]),
        ("the Tidal Summit on July 3", ["Tidal Summit"]),  # a month is no part of it
        ("the 14th Tidal Summit", ["Tidal Summit"]),  # nor is its number: the series is one entity
        ("the Second Tidal Forum", ["Tidal Forum"]),
        ("Valdria-Norrland Cod Dialogue", ["Valdria-Norrland Cod Dialogue"]),
        ("Valdria's Anchor Institute", ["Anchor Institute"]),  # whose it is stands beside it
        ("the U.S.-Osk Business Council", ["U.S.-Osk Business Council"]),
        ("In Osk University", ["Osk University"]),  # the first word of a sentence is none of its own
        ("President of the Anchor Foundation", ["Anchor Foundation"]),  # nor is an office
        ("Director of Anchor Bank Ada Moor", ["Anchor Bank"]),  # a person ends it
        ("the Ada Moor Foundation", ["Ada Moor Foundation"]),  # or begins it
        ("the Anchor Law School", ["Anchor Law School"]),  # the last noun says what it is
        ("the Anchor Agreement and Kelp Treaty", ["Anchor Agreement", "Kelp Treaty"]),  # two names
        ("the National Kelp Law", ["National Kelp Law"]),
        ("the National Intelligence Law", ["National Intelligence Law"]),  # two words before "Law" are enough
        ("the Foreign Affairs Commission of the Harbour Party", ["Foreign Affairs Commission of the Harbour Party"]),
        ("the Department of Joi- Justice", []),  # broken off
        ("the Annual Meeting, a Joint Commission", []),  # called so by everyone
        ("the Foreign Ministers' Meeting", []),
        ("the Valdrian Company, the Norrlander Group", []),  # a country alone makes no name of these
        ("the Ministry of Education", []),  # of which country?
        ("the meeting, a forum, our company", []),  # without capitals
        ("Today's Office, The Council", []),
        ("the Kelp War", []),  # blocked by a row
        ("in the West Bank", []),  # a place's name
        ("Summit", []),
    ],
)
def test_a_name_reaches_as_far_as_its_capitals(text: str, names: list[str]) -> None:
    """Each case is a trap met in transcripts; its reason stands beside it."""
    assert made(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("el Instituto Nacional de Mareas, dijo", ["Instituto Nacional de Mareas"]),
        ("la Secretaría de Algas y Pesca", ["Secretaría de Algas y Pesca"]),
        ("la Secretaría de Algas y la Secretaría de Pesca", ["Secretaría de Algas", "Secretaría de Pesca"]),
        ("la Ley de Algas para los Puertos", ["Ley de Algas para los Puertos"]),
        ("el Plan Marea", ["Plan Marea"]),
        ("la Comisión Nacional, el Instituto", []),  # called so by everyone
    ],
)
def test_spanish_names_go_on_behind_their_noun(text: str, names: list[str]) -> None:
    """The noun stands first, and what belongs to it follows."""
    assert made(text, "es") == names


def test_other_languages_have_no_rule() -> None:
    """Where no nouns are known nothing is made."""
    assert made("the Osk Peace Forum", "fr") == []


def test_a_chinese_title_is_an_agreement_by_its_last_word() -> None:
    """In 《》, a convention, a law, a declaration; a book is none."""
    tagger = Tagger(Authority((), (), ()))
    found = tagger.tag_text("根据《海藻保护公约》和《海藻之书》", "xv-mfa", "zh")
    assert [(m.id, m.label, m.type) for m in found] == [("event-海藻保护公约", "海藻保护公约", "event")]


def test_points_of_abbreviations_are_left_out_of_labels() -> None:
    """So that "U.S.-Osk" and "US-Osk" are one entity."""
    (mention,) = TAGGER.tag_text("the U.S.-Osk Business Council", "xv-mfa", "en")[-1:]
    assert (mention.id, mention.label) == ("org-us-osk-business-council", "US-Osk Business Council")


def test_what_is_nobodys_own_waits_for_a_librarian() -> None:
    """A name that no reader sees is a candidate."""
    shown = briefing("2024-03-04", answer(1, "What Joint Commission?", "The Annual Meeting."))
    assert {c.surface for c in TAGGER.candidates(shown)} == {"Joint Commission", "Annual Meeting"}
