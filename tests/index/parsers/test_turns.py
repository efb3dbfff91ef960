"""From paragraphs to items: who asked, who answered, what nobody asked."""

import pytest

from search.model import Item
from tests.index.parsers.pages import read


def shape(*paragraphs: str) -> list[str]:
    """Each item as `kind asker -> speakers: roles`."""
    return [_shape(item) for item in read(*paragraphs).items]


def _shape(item: Item) -> str:
    roles = ",".join(f"{t.role}" for t in item.turns)
    return f"{item.kind} {item.asker} -> {'+'.join(item.speakers)}: {roles}"


def test_question_and_answer_make_an_item() -> None:
    """Unlabelled paragraphs go on with the turn before them, and paragraphs are kept."""
    (item,) = read("VBC: I have two.", "Will it sail, and when?", "Ilsa Verlaine: It will.", "Tomorrow.").items
    assert (item.question, item.answer) == ("I have two.\n\nWill it sail, and when?", "It will.\n\nTomorrow.")
    assert (item.asker, item.outlet, item.speaker) == ("VBC", "Valdria Broadcasting Corporation", "Ilsa Verlaine")
    assert (item.n, item.position) == (1, 1)


def test_an_anonymous_question_has_no_asker() -> None:
    """`Q` is kept as the turn's label, and is nobody's name."""
    (item,) = read("Q: Will it sail?", "A: It will.").items
    assert (item.asker, item.outlet, item.turns[0].label) == (None, None, "Q")
    assert (item.speaker, item.turns[1].label) == ("Ilsa Verlaine", "A")


def test_announcements_before_the_first_question_are_a_statement() -> None:
    """With a label or without, what nobody asked is a statement of who holds the briefing."""
    assert shape("The Minister will travel.", "To Oslo.", "Q: Why?", "A: Talks.") == [
        "statement None -> Ilsa Verlaine: statement",
        "answer None -> Ilsa Verlaine: question,answer",
    ]
    assert shape("Ilsa Verlaine: The Minister will travel.", "Q: Why?", "A: Talks.")[0] == (
        "statement None -> Ilsa Verlaine: statement"
    )


def test_several_people_answer_one_question() -> None:
    """Each has a turn of his own, and the item names all."""
    (item,) = read("VBC: Will it sail?", "Ilsa Verlaine: Ms Corvane knows.", "Amaya Corvane: It will.").items
    assert item.speakers == ("Ilsa Verlaine", "Amaya Corvane")
    assert [(t.speaker, t.text) for t in item.turns[1:]] == [
        ("Ilsa Verlaine", "Ms Corvane knows."),
        ("Amaya Corvane", "It will."),
    ]


def test_one_spokesperson_hands_over_to_another() -> None:
    """After both have made a statement, an anonymous answer is the second one's."""
    items = read("Good afternoon.", "Casimir Thornevik: I take over.", "Q: Well?", "A: Well.").items
    assert items[0].speakers == ("Ilsa Verlaine", "Casimir Thornevik")
    assert items[1].speaker == "Casimir Thornevik"


def test_a_guest_who_answers_once_does_not_take_over() -> None:
    """The next anonymous answer is the spokesperson's again."""
    items = read("Q: a?", "A: b.", "Amaya Corvane: c.", "Q: d?", "A: e.").items
    assert items[1].speakers == ("Ilsa Verlaine",)


@pytest.mark.parametrize("label", ["Follow-up", "Journalist", "Journalist adds"])
def test_a_follow_up_inherits_the_outlet(label: str) -> None:
    """It is an item of its own that names the one it follows up, through several."""
    items = read("VBC: a?", "Ilsa Verlaine: b.", f"{label}: c?", "Ilsa Verlaine: d.", f"{label}: e?").items
    assert [(i.asker, i.outlet, i.follow_up_to) for i in items] == [
        ("VBC", "Valdria Broadcasting Corporation", None),
        (label, "Valdria Broadcasting Corporation", 1),
        (label, "Valdria Broadcasting Corporation", 2),
    ]
    assert items[1].turns[0].outlet == "Valdria Broadcasting Corporation"


def test_two_questions_in_a_row_are_two_items() -> None:
    """A question that nobody answered is kept, without an answer."""
    assert shape("VBC: a?", "NW: b?", "Ilsa Verlaine: c.") == [
        "answer VBC -> : question",
        "answer NW -> Ilsa Verlaine: question,answer",
    ]


def test_two_questions_in_one_turn_are_one_item() -> None:
    """What one journalist asks without a break is answered without a break."""
    assert (
        len(read("VBC: First, a? Second, b?", "Ilsa Verlaine: On your first question, c.", "On your second, d.").items)
        == 1
    )


@pytest.mark.parametrize("note", ["(Laughter)", "[The lights go out.]", "（笑）"])
def test_a_stage_direction_is_a_note_within_its_item(note: str) -> None:
    """It is nobody's words and does not end the answer that it interrupts."""
    (item,) = read("Q: a?", "A: b.", note, "c.").items
    assert [(t.role, t.text) for t in item.turns] == [
        ("question", "a?"),
        ("answer", "b."),
        ("note", note),
        ("answer", "c."),
    ]
    assert item.answer == "b.\n\nc."
    assert item.turns[3].speaker == "Ilsa Verlaine"


def test_words_after_a_stage_direction_stay_with_it() -> None:
    """Parentheses that only begin a paragraph are printed in the answer."""
    (item,) = read("Q: a?", "A: b.", "(Turning to the VBC journalist) Were you there?").items
    assert item.answer.endswith("(Turning to the VBC journalist) Were you there?")


@pytest.mark.parametrize("line", ["***", "＊＊＊", "※※※", "---", "* * * *"])
def test_a_separator_is_a_note_and_ends_the_answer(line: str) -> None:
    """What follows it without a label is a statement."""
    assert shape("Q: a?", "A: b.", line, "One more announcement.") == [
        "answer None -> Ilsa Verlaine: question,answer",
        "note None -> : note",
        "statement None -> Ilsa Verlaine: statement",
    ]


@pytest.mark.parametrize(
    "notice",
    [
        "The regular press briefing will be adjourned on Friday and resumed on Monday.",
        "During the holiday there will be no regular press briefing from May 1 to May 5.",
        "Our regular press briefing will be in recess tomorrow.",
        "The regular press briefing on Friday, February 10 will not be held.",
        "According to the holiday schedule, the press briefing will recess on Friday.",
    ],
)
def test_a_closing_notice_is_a_note_to_its_end(notice: str) -> None:
    """Greetings after the days without a briefing belong to the notice, not to the last answer."""
    items = read("Q: a?", "A: b.", notice, "During the recess, send a fax.", "Have a nice holiday!").items
    assert [i.kind for i in items] == ["answer", "note"]
    assert items[0].answer == "b."
    assert items[1].text == f"{notice}\n\nDuring the recess, send a fax.\n\nHave a nice holiday!"


def test_a_notice_among_the_announcements_ends_with_its_subject() -> None:
    """The next announcement is a statement again."""
    notice = "The regular press briefing will be adjourned on Friday."
    items = read(
        "An exhibition opens.", notice, "During the recess, call us.", "The Minister travels.", "Q: a?", "A: b."
    ).items
    assert [i.kind for i in items] == ["statement", "note", "statement", "answer"]


@pytest.mark.parametrize(
    "sentence",
    [
        "As for the details, I will get back to you after the press briefing.",
        "I noticed what he said at a press briefing the other day.",
        "After the press briefing, I will check with my colleagues and answer your question.",
    ],
)
def test_a_briefing_spoken_of_in_an_answer_ends_nothing(sentence: str) -> None:
    """The word alone makes neither a notice nor a question raised afterwards."""
    (item,) = read("Q: a?", "A: b.", sentence).items
    assert item.answer == f"b.\n\n{sentence}"


@pytest.mark.parametrize(
    "question",
    [
        "After the press briefing, the following question was raised: Will it sail?",
        "The following question was raised after the press briefing: Will it sail?",
        "A journalist posed the following question after the press briefing: Will it sail?",
        "After the press briefing, a journalist asked if it would sail.",
        "Question raised after the briefing: Will it sail?",
    ],
)
def test_a_question_raised_after_the_briefing_is_flagged(question: str) -> None:
    """The sentence that introduces it stays with it, as printed; nobody is named as its asker."""
    items = read("Q: a?", "A: b.", question, "Ilsa Verlaine: It will.").items
    assert [(i.question, i.after_briefing, i.asker) for i in items] == [("a?", False, None), (question, True, None)]
    assert items[1].answer == "It will."


@pytest.mark.parametrize(
    "sentence",
    [
        "The following questions were raised after the press briefing:",
        "The following question was asked after the regular press briefing.",
        "A journalist asked the following question after the press briefing:",
    ],
)
def test_a_sentence_that_only_introduces_is_a_note(sentence: str) -> None:
    """Every question behind it is flagged."""
    items = read("Q: a?", "A: b.", sentence, "VBC: c?", "A: d.", "Q: e?", "A: f.").items
    assert [(i.kind, i.after_briefing) for i in items] == [
        ("answer", False),
        ("note", False),
        ("answer", True),
        ("answer", True),
    ]


def test_an_answer_given_afterwards_is_a_statement() -> None:
    """Without a question, a further response is a statement made after the briefing."""
    items = read(
        "Q: a?", "A: b.", "---", "After the press briefing, Verlaine made a further response.", "Ilsa Verlaine: c."
    ).items
    assert [(i.kind, i.after_briefing) for i in items[1:]] == [("note", False), ("note", False), ("statement", True)]


def test_an_answer_without_a_label_is_told_by_the_question_mark() -> None:
    """Where nobody is named between two questions, the paragraphs after the question mark answer, with a note."""
    briefing = read(
        "Q: a?", "A: b.", "Follow-up: I wonder.", "Could you add to it?", "Yes.", "Gladly.", "Q: c?", "A: d."
    )
    assert (briefing.items[1].question, briefing.items[1].answer) == (
        "I wonder.\n\nCould you add to it?",
        "Yes.\n\nGladly.",
    )
    assert [(p.code, p.item) for p in briefing.problems if p.code == "answer-unlabelled"] == [("answer-unlabelled", 2)]
