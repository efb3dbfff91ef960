"""The canonical names behind labels in capitals."""

from time import process_time

import pytest

from index.parsers import parse_source
from index.parsers.names import proper
from search.model import Briefing
from tests.index.parsers.pages import AUTHORITY, source
from tests.index.parsers.plays import markdown, speak, stage, whole


def speakers(briefing: Briefing) -> list[str]:
    """Everybody who speaks, in order."""
    return list(briefing.speakers)


def codes(briefing: Briefing) -> set[str]:
    """The codes of its notes, those left out that so short a text has."""
    return {p.code for p in briefing.problems} - {"short-briefing", "language-unclear"}


def test_the_title_gives_first_names() -> None:
    """Offices before a name are no part of it; an initial is."""
    briefing = speak("MS. VALE:  Hello.", "MR. McBRIDE:  Hello.", "MR. MCBRIDE:  Again.")
    assert speakers(briefing) == ["Ilsa Vale", "Odo B. McBride"]
    assert codes(briefing) == set()


@pytest.mark.parametrize(
    ("introduction", "label", "name"),
    [
        ("We are joined today by Harbour Master Tam Quill.", "MR. QUILL", "Tam Quill"),
        ("I will turn it over to Port Commissioner Ada May Quill.", "MS. QUILL", "Ada May Quill"),
        ("Welcome Secretary Quill.", "SECRETARY QUILL", "Secretary Quill"),  # no first name anywhere
        ("The painter Tam Quill is not of our time.", "MS. QUILL", "Ms. Quill"),  # nobody introduces him
        ("We are joined by the Coordinator for Strategic Communications Tam Quill.", "MR. QUILL", "Tam Quill"),
        ("Thanks Quill.", "MR. QUILL", "Mr. Quill"),
    ],
)
def test_whoever_introduces_a_speaker_gives_the_first_name(introduction: str, label: str, name: str) -> None:
    """A whole name in a sentence that introduces, before the speaker's first words; else the name stays as printed."""
    briefing = speak(f"MS. VALE:  {introduction}", f"{label}:  Good morning.")
    assert speakers(briefing)[-1] == name
    assert ("partial-name" in codes(briefing)) == (name.split(maxsplit=1)[0] in ("Ms.", "Mr.", "Secretary"))


def test_speakers_introduce_themselves() -> None:
    """“This is …” in one's own words gives the name."""
    assert speakers(speak("MR. QUILL:  Hi, everybody.  This is Tam Quill.")) == ["Tam Quill"]


def test_the_authority_knows_surnames_in_their_time() -> None:
    """A label of the authority gives its name while the row is in force, and else stays as printed."""
    assert speakers(speak("THE PRESIDENT:  Hello.", "DR. FAUCI:  Hello.")) == ["Joe Biden", "Anthony Fauci"]
    late = markdown("THE PRESIDENT:  Hello.\n\nMS. VALE:  Hello.\n").replace("2022-03-04'", "2031-03-04'")
    assert whole(parse_source(source(late), AUTHORITY)).speakers == ("The President", "Ilsa Vale")


def test_a_seldom_label_may_be_a_slip_of_an_often_one() -> None:
    """It gets the other's name and a note; a note is not made of a missing dot."""
    often = ["Q    Well?", "ADMINISTRATOR QUILL:  Yes, it is."] * 6
    briefing = speak(*often, "Q    And?", "ADMINSTRATOR QUILL:  No.", "Q    So?", "ADMINISTRATOR QUIL:  No.")
    assert speakers(briefing) == ["Administrator Quill"]
    assert [p.code for p in briefing.problems].count("label-corrected") == 2
    dots = speak(*["Q    Well?", "MR. QUILL:  Yes, it is."] * 6, "Q    And?", "MR QUILL:  No.")
    assert (speakers(dots), codes(dots)) == (["Mr. Quill"], {"partial-name"})


def test_husband_and_wife_are_two() -> None:
    """Labels that differ in Mr. and Ms. are no slips of each other."""
    turns = ["Q    Well?", "MR. QUILL:  Yes, it is."] * 6
    assert speakers(speak(*turns, "Q    And?", "MS. QUILL:  No.")) == ["Mr. Quill", "Ms. Quill"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("INÉS VALE BRAVO", "Inés Vale Bravo"),
        ("PRESIDENTA DE MÉXICO, INÉS VALE BRAVO", "Inés Vale Bravo"),
        ("PRESIDENTA INÉS VALE BRAVO", "Inés Vale Bravo"),
        ("ODO DE LA VEGA, SECRETARIO DE PUERTOS, FAROS Y MUELLES", "Odo de la Vega"),
        ("SECRETARIO DE PUERTOS, FAROS Y MUELLES, ODO DE LA VEGA", "Odo de la Vega"),
        ("DIRECTOR DEL FARO (FARMEX), ODO DE LA VEGA (ENLACE VIDEOLLAMADA)", "Odo de la Vega"),
        ("ODO DE LA VEGA DIRECTOR GENERAL DE FAROS", "Odo de la Vega"),  # the comma was forgotten
        ("VOCALISTA DEL GRUPO MAREA, TAM QUILL", "Tam Quill"),
        ("CARMEN", "Carmen"),
        ("BENEFICIARIA DEL PROGRAMA FAROS", "Beneficiaria del Programa Faros"),  # nobody is named
        ("HUGO LÓPEZ-GATELL RAMÍREZ", "Hugo López-Gatell Ramírez"),
        ("HUGO LÓPEZ GATELL RAMÍREZ, SUBSECRETARIO", "Hugo López-Gatell Ramírez"),  # an alias of the authority
    ],
)
def test_name_and_office_in_either_order(label: str, name: str) -> None:
    """The office is left out, wherever it stands; the name is written as names are."""
    assert speakers(stage("VOZ MUJER\nMúsica.", f"{label}\nBuenos días a todas y a todos.")) == [name]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ODO McBRIDE", "Odo McBride"),
        ("ODO MCBRIDE", "Odo McBride"),
        ("MS. O\u2019HARA", "Ms. O\u2019Hara"),
        ("SANA\u2019A VALE", "Sana\u2019a Vale"),
        ("VALE-QUILL", "Vale-Quill"),
        ("DE LA VEGA", "De la Vega"),
        ("RM", "RM"),
        ("MR. NG", "Mr. Ng"),
    ],
)
def test_capitals_to_a_name(capitals: str, name: str) -> None:
    """Small letters where names have them."""
    assert proper(capitals) == name


def test_a_shortened_name_is_the_whole_ones() -> None:
    """A label that leaves out the second surname means the same person, unless two could be meant."""
    briefing = stage("INÉS VALE RÍOS\nBuenos días.", "PREGUNTA\n¿Cuándo sale?", "INÉS VALE\nEn junio.")
    assert speakers(briefing) == ["Inés Vale Ríos"]
    briefing = stage("INÉS VALE RÍOS\nBuenos días.", "INÉS VALE BRAVO\nBuenas.", "INÉS VALE\nEn junio.")
    assert speakers(briefing) == ["Inés Vale Ríos", "Inés Vale Bravo", "Inés Vale"]


def test_of_two_offices_the_one_before_the_name_is_looked_at() -> None:
    """An office with what it is of names nobody; a nickname keeps its quotation marks and its capital."""
    assert speakers(stage("ALUMNA DE LA ESCUELA, NIÑA INÉS VALE\nGracias.", "PREGUNTA\n¿Sí?")) == ["Inés Vale"]
    assert speakers(stage("ODO \u2018BOYA\u2019 BRAVO\nGracias.", "PREGUNTA\n¿Sí?")) == ["Odo \u2018Boya\u2019 Bravo"]


@pytest.mark.parametrize("title", ["(VIDEOLLAMADA)", "((VIDEOLLAMADA)", "(VIDEOLLAMADA"])
def test_a_remark_in_parentheses_is_no_name(title: str) -> None:
    """However many parentheses were typed."""
    assert speakers(stage(f"GOBERNADORA DE LA ISLA, INÉS VALE {title}\nGracias.", "PREGUNTA\n¿Sí?")) == ["Inés Vale"]


def test_many_labels_and_mentions_take_no_time() -> None:
    """Thousands of people are read fast, and so is a surname said a hundred thousand times before its owner speaks."""
    begun = process_time()
    stage(*(f"INÉS VALE{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}\nHola." for n in range(5_000)))
    speak("MS. VALE:  " + "J. Bravo " * 100_000, "MR. BRAVO:  Hello.", "Q    Why?", "MR. BRAVO:  Because.")
    assert process_time() - begun < 5
