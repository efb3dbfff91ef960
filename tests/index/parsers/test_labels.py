"""What is a label and what only looks like one."""

import pytest

from index.parsers import PROFILES
from index.parsers.labels import Line, Podium, asks, find_podium, is_generic, label_lines
from index.parsers.phrases import ENGLISH
from tests.index.parsers.pages import AUTHORITY, TITLE

PODIUM = find_podium(TITLE, PROFILES["xv-mfa"], ENGLISH, AUTHORITY)


def labelled(*paragraphs: str, podium: Podium = PODIUM) -> list[tuple[str, str, str | None] | None]:
    """The label, its sort and its name of each paragraph."""
    lines = label_lines(paragraphs, podium)
    return [(x.label.printed, x.label.sort, x.label.name) if x.label else None for x in lines]


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("Q: Will it sail?", ("Q", "question", None)),
        ("Q:Yesterday it rained.", ("Q", "question", None)),
        ("A :It will.", ("A", "answer", "Ilsa Verlaine")),
        ("A\uff1aIt will.", ("A", "answer", "Ilsa Verlaine")),  # a full-width colon
        ("Ilsa Verlaine: It will.", ("Ilsa Verlaine", "speaker", "Ilsa Verlaine")),
        ("Ilsa verlaine: It will.", ("Ilsa verlaine", "speaker", "Ilsa Verlaine")),
        ("Verlaine: It will.", ("Verlaine", "speaker", "Ilsa Verlaine")),  # a surname alone
        ("Spokesperson Ilsa Verlaine: It will.", ("Spokesperson Ilsa Verlaine", "speaker", "Ilsa Verlaine")),
        ("Spokesperson: It will.", ("Spokesperson", "speaker", "Ilsa Verlaine")),
        ("Amaya Corvane: It will.", ("Amaya Corvane", "speaker", "Amaya Corvane")),  # not in the title
        ("Odile Marchetane: It will.", ("Odile Marchetane", "speaker", "Odile Marchétane")),
        ("VBC: Will it sail?", ("VBC", "outlet", "Valdria Broadcasting Corporation")),
        ("Kestrel TV : Will it sail?", ("Kestrel TV", "outlet", "Kestrel TV")),
        ("Ledger&Quay: Will it?", ("Ledger&Quay", "outlet", "Ledger & Quay")),
        (
            "VBC&NW: Will it sail?",
            ("VBC&NW", "outlet", "Valdria Broadcasting Corporation"),
        ),  # two outlets, the first counts
        ("VBC journalist: Will it sail?", ("VBC journalist", "outlet", "Valdria Broadcasting Corporation")),
        ("Follow-up: And then?", ("Follow-up", "follow-up", None)),
        ("VBC follow-up: And then?", ("VBC follow-up", "follow-up", "Valdria Broadcasting Corporation")),
        ("Journalist: Yes.", ("Journalist", "journalist", None)),
        ("Journalist clarifies: Some say so.", ("Journalist clarifies", "journalist", None)),
        ("The journalist clarified: yes.", ("The journalist clarified", "journalist", None)),
    ],
)
def test_labels_are_known_for_what_they_are(paragraph: str, label: tuple[str, str, str | None]) -> None:
    """Every printed form of a label gives its sort and the canonical name, and itself as printed."""
    assert labelled(paragraph) == [label]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Between 00:00 and 24:00, March 3, there were four crossings.",
        "At 10:30, the Minister left.",
        "I want to stress this: nobody was hurt.",
        "A word of advice to those in the US: stay at home.",
        "Valdria's position is clear: the agreement stands.",
        "First: we agree. Second: we do not.",
        "Fact: the ferry sailed.",
        '"Great Journey: Forty Years of the Line" opened yesterday.',
        "In this video:",
        "(Turning to the VBC journalist) Were you there?",
        "No colon at all",
        ": nothing before it",
        "",
    ],
)
def test_what_only_looks_like_a_label_stays_in_the_text(paragraph: str) -> None:
    """Within an answer, before the next question, none of these begins a turn."""
    lines = label_lines(["Q: Was it?", "A: It was.", paragraph, "Q: And then?", "A: Nothing."], PODIUM)
    assert lines[2] == Line(paragraph)


def test_an_unknown_outlet_is_believed_where_an_answer_follows() -> None:
    """A name that no table knows asks if the next label is a speaker's."""
    assert labelled("Tidewater Review: Will it sail?", "Ilsa Verlaine: No.")[0] == ("Tidewater Review", "outlet", None)
    assert labelled("De Kust 24: I wonder.", "More.", "Ilsa Verlaine: No.")[0] == ("De Kust 24", "outlet", None)
    assert labelled("St. Brannoc Post: Will it?", "Ilsa Verlaine: No.")[0] == ("St. Brannoc Post", "outlet", None)


def test_a_known_outlet_lends_its_name_to_one_asking_with_it() -> None:
    """Two outlets of which one is known are believed where an answer follows, and not within one."""
    found = labelled("Tidewater Review & VBC: Will it sail?", "Ilsa Verlaine: No.", "As for VBC and NW Radio: no.")
    assert found[0] == ("Tidewater Review & VBC", "outlet", "Valdria Broadcasting Corporation")
    assert found[2] is None


def test_an_unknown_outlet_is_believed_where_it_asks_and_nobody_answers() -> None:
    """After an answer by name, a name with a question begins a turn even if the answer is missing."""
    found = labelled("VBC: Will it?", "Ilsa Verlaine: No.", "Tidewater Review: Why not?", "VBC: When?")
    assert found[2] == ("Tidewater Review", "outlet", None)


def test_an_unknown_person_is_believed_where_he_answers() -> None:
    """After a question, a person's name and no further question is an answer by somebody unknown."""
    found = labelled("VBC: Will it sail?", "Bram Ostervik: It will not.", "VBC: Why not?", "Ilsa Verlaine: Wind.")
    assert found[1] == ("Bram Ostervik", "speaker", "Bram Ostervik")


def test_a_heading_within_a_question_is_no_label() -> None:
    """Capitals and a colon in the second paragraph of a question do not begin another."""
    found = labelled("VBC: I have two.", "Saint Brannoc: is it open?", "Ilsa Verlaine: Yes.")
    assert found == [
        ("VBC", "outlet", "Valdria Broadcasting Corporation"),
        None,
        ("Ilsa Verlaine", "speaker", "Ilsa Verlaine"),
    ]


def test_the_title_names_who_holds_the_briefing() -> None:
    """One name, two names and none are read from titles; known ones are canonical."""

    def names(title: str) -> tuple[str, ...]:
        return find_podium(title, PROFILES["xv-mfa"], ENGLISH, AUTHORITY).names

    assert names("Spokesperson Ilsa Verlaine\u2019s Regular Press Briefing on March 4") == ("Ilsa Verlaine",)
    assert names("Spokesperson Odile Marchetane's Regular Press Briefing") == ("Odile Marchétane",)
    assert names("Spokespersons Ilsa Verlaine and Bram Ostervik's Press Briefing") == ("Ilsa Verlaine", "Bram Ostervik")
    assert names("Regular Press Briefing") == ()


def test_a_surname_means_the_one_whom_the_title_names() -> None:
    """A spokesperson of the day is meant before anybody of the same name in the authority."""
    podium = find_podium(
        "Spokesperson Verlaine Marrow's Regular Press Briefing", PROFILES["xv-mfa"], ENGLISH, AUTHORITY
    )
    assert podium.speaker("Verlaine") == "Verlaine Marrow"
    assert podium.speaker("Ilsa Verlaine") == "Ilsa Verlaine"


def test_generic_labels_name_no_outlet() -> None:
    """Only labels that name somebody can be unknown."""
    assert all(is_generic(x, ENGLISH) for x in ("Q", "Follow-up", "Journalist", "Journalist adds"))
    assert not any(is_generic(x, ENGLISH) for x in ("VBC", "VBC follow-up", "Tidewater Review"))


@pytest.mark.parametrize(("text", "expected"), [("Will it?", True), ('Did he say "why?"', True), ("It will.", False)])
def test_a_question_mark_at_the_end_asks(text: str, expected: bool) -> None:  # noqa: FBT001
    """Quotation marks after the question mark do not hide it."""
    assert asks(text) is expected
