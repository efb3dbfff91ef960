"""Speeches to items: what opens one, what belongs to it, who said it."""

import pytest

from tests.index.parsers.plays import outline, speak, stage

VALE, BRIDE = ("MS. VALE", "Ilsa Vale"), ("MR. McBRIDE", "Odo B. McBride")


def test_place_and_hour_are_a_note_and_give_the_time() -> None:
    """What stands above the first label stays in the text; its hour is the briefing's."""
    briefing = speak("Harbour Hall", "(March 4, 2022)", "4:32 P.M. EST", "MS. VALE:  Hello.", "5:01 P.M. EST", "###")
    assert (briefing.time, briefing.zone, briefing.id) == ("16:32", "America/New_York", "us-white-house/en/2022-03-04")
    assert [(i.kind, i.text) for i in briefing.items] == [
        ("note", "Harbour Hall\n\n(March 4, 2022)\n\n4:32 P.M. EST"),
        ("statement", "Hello."),
        ("note", "5:01 P.M. EST\n\n###"),
    ]
    assert briefing.url is not None
    assert briefing.url.endswith("/2022/03/04/briefing/")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("(March 3, 2022)", "2022-03-03"),
        ("March 1, 2022", "2022-03-01"),
        ("(February 28, 2022)", "2022-03-04"),  # too long before
        ("(March 5, 2022)", "2022-03-04"),  # a page is not published before its briefing
        ("After the ferry of March 3, 2022", "2022-03-04"),  # not alone
    ],
)
def test_the_day_above_the_text_is_the_briefings(printed: str, day: str) -> None:
    """The head states when the page was published, up to three days later; a librarian is told which was believed."""
    briefing = speak(printed, "5:15 P.M. EST", "MS. VALE:  Hello.")
    assert (briefing.date.isoformat(), briefing.id) == (day, f"us-white-house/en/{day}")
    (note,) = [p for p in briefing.problems if p.code == "date-differs"]
    assert note.message.endswith(f"{day} was believed")


def test_every_speaker_of_the_opening_has_a_statement() -> None:
    """One item for each, in order; the same speaker again, straight on, is the same statement."""
    items = speak("MS. VALE:  One.", "Two.", "MS. VALE:  Three.", "MR. McBRIDE:  Four.", "MS. VALE:  Five.").items
    assert [(i.kind, i.speakers, i.text) for i in items] == [
        ("statement", ("Ilsa Vale",), "One.\n\nTwo.\n\nThree."),
        ("statement", ("Odo B. McBride",), "Four."),
        ("statement", ("Ilsa Vale",), "Five."),
    ]


def test_an_answer_keeps_a_turn_for_each_who_gives_it() -> None:
    """Whoever speaks until the next question answers; words quoted are their speaker's."""
    briefing = speak(
        "Q    Will it sail?", "MS. VALE:  Odo?", "MR. McBRIDE:  It will.", "Soon.", "Q    When?", "MS. VALE:  In June."
    )
    first, second = briefing.items
    assert outline((first,)) == [("answer", [("question", "Q", None), ("answer", *VALE), ("answer", *BRIDE)])]
    assert (first.question, first.answer, first.speakers) == (
        "Will it sail?",
        "Odo?\n\nIt will.\n\nSoon.",
        ("Ilsa Vale", "Odo B. McBride"),
    )
    assert (first.asker, first.outlet, second.answer) == (None, None, "In June.")


def test_two_questions_in_one_turn_are_one_item() -> None:
    """A turn is never cut."""
    assert len(speak("Q    When?  And where from?", "And who pays?", "MS. VALE:  In June.").items) == 1


def test_questions_that_nobody_answers_between_are_one_item() -> None:
    """The answer is given to both who call at once; each keeps a turn."""
    (item,) = speak("Q    Will it sail?", "Q    Did he say when it sails?", "MS. VALE:  In June.").items
    assert [t.role for t in item.turns] == ["question", "question", "answer"]


def test_a_nod_does_not_cut_an_answer_in_two() -> None:
    """A word in passing is a note with its label, and the answer goes on."""
    (item,) = speak(
        "Q    Will it sail?", "MS. VALE:  You know the pier \u2014", "Q    Yeah.", "MS. VALE:  \u2014 it sails."
    ).items
    assert outline((item,)) == [
        ("answer", [("question", "Q", None), ("answer", *VALE), ("note", "Q", None), ("answer", *VALE)])
    ]
    assert item.answer == "You know the pier \u2014\n\n\u2014 it sails."


def test_a_greeting_makes_no_answer_of_the_opening_statement() -> None:
    """Nor does any short call before the first question."""
    items = speak(
        "MS. VALE:  Hello.", "Q    Good afternoon.", "MS. VALE:  It is Monday.", "Q    Tuesday.", "MS. VALE:  I see."
    ).items
    assert [(i.kind, [t.role for t in i.turns]) for i in items] == [
        ("statement", ["statement", "note", "statement", "note", "statement"])
    ]


def test_stage_directions_alone_are_notes_and_inside_a_text_stay() -> None:
    """Laughter in a sentence is the publisher's text; on a line of its own it is a remark, and nobody's turn ends."""
    (item,) = speak("Q    Will it sail?", "MS. VALE:  It (laughs) will.", "(Laughter.)", "It will.").items
    assert outline((item,)) == [
        ("answer", [("question", "Q", None), ("answer", *VALE), ("note", None, None), ("answer", None, "Ilsa Vale")])
    ]
    assert item.answer == "It (laughs) will.\n\nIt will."


def test_an_inaudible_question_is_a_question() -> None:
    """What answers it must not be filed under the question before."""
    items = speak("Q    Will it sail?", "MS. VALE:  Yes, it will.", "Q    (Inaudible.)", "MS. VALE:  No idea.").items
    assert [(i.question, i.answer) for i in items] == [("Will it sail?", "Yes, it will."), ("(Inaudible.)", "No idea.")]


def test_a_moderator_is_no_speaker() -> None:
    """Who hands over has turns, with the label as printed, and is not among those who answered."""
    items = speak(
        "MODERATOR:  Welcome.", "MS. VALE:  Hello.", "Q    Will it sail?", "MS. VALE:  Yes.", "MODERATOR:  Next."
    ).items
    assert outline(items) == [
        ("statement", [("statement", "MODERATOR", None)]),
        ("statement", [("statement", *VALE)]),
        ("answer", [("question", "Q", None), ("answer", *VALE), ("note", "MODERATOR", None)]),
    ]
    assert [i.speakers for i in items] == [(), ("Ilsa Vale",), ("Ilsa Vale",)]
    assert items[-1].answer == "Yes."


def test_a_moderator_between_two_questions_keeps_them_apart() -> None:
    """A question that only the moderator took up stays without an answer."""
    items = speak(
        "Q    Will it sail?",
        "OPERATOR:  We lost him.",
        "(Laughter.)",
        "Next, please.",
        "Q    When does it sail?",
        "MS. VALE:  Today.",
    ).items
    assert [(i.question, i.answer) for i in items] == [("Will it sail?", ""), ("When does it sail?", "Today.")]


def test_an_interpreter_speaks_for_who_answers() -> None:
    """What is interpreted is the answer."""
    (item,) = speak("Q    Will it sail?", "MS. VALE:  (Speaks Valdrian.)", "INTERPRETER:  It sails today.").items
    assert item.answer == "(Speaks Valdrian.)\n\nIt sails today."


def test_a_question_that_was_cut_in_two_is_one() -> None:
    """A word thrown in between two dashes answers nothing yet; a whole sentence does."""
    parts = (
        "Q    Did he say that the new ferry —",
        "MS. VALE:  Go ahead.",
        "Q    — sail on Monday?",
        "MS. VALE:  It will.",
    )
    (item,) = speak(*parts).items
    assert [t.role for t in item.turns] == ["question", "answer", "question", "answer"]
    answered = speak(parts[0], "MS. VALE:  The ferry sails whenever the tide allows it.", *parts[2:]).items
    assert len(answered) == 2
    assert len(speak("Q    Will it sail?", *parts[1:]).items) == 2


def test_an_opening_statement_after_a_guests_farewell_is_a_statement() -> None:
    """Whom the title names first begins anew when the guest has taken leave; a short word still closes the answer."""
    topper = "So a few things at the top. " + "The harbour is open to all. " * 20
    guest = ("Q    Will it sail?", "MR. McBRIDE:  It will.", "Q    Thank you.", "MR. McBRIDE:  Thank you, all.")
    items = speak(*guest, f"MS. VALE:  {topper}", "Q    And the pier?", "MS. VALE:  Open.").items
    assert [(i.kind, i.speakers) for i in items] == [
        ("answer", ("Odo B. McBride",)),
        ("statement", ("Ilsa Vale",)),
        ("answer", ("Ilsa Vale",)),
    ]
    after_thanks = speak(*guest, "MS. VALE:  Thank you, Odo.", "Q    Thanks, Odo.", f"MS. VALE:  {topper}").items
    assert [i.kind for i in after_thanks] == ["answer", "statement"]
    assert [i.kind for i in speak(*guest, "MS. VALE:  Let us go on.").items] == ["answer"]
    assert [i.kind for i in speak(*guest[:2], f"MS. VALE:  {topper}").items] == ["answer"]


def test_an_inaudible_call_does_not_cut_an_answer_in_two() -> None:
    """A stage direction under a journalist's label, where the answer broke off, is a remark."""
    (item,) = speak("Q    Will it sail?", "MS. VALE:  The pier —", "Q    (Inaudible.)", "MS. VALE:  — it sails.").items
    assert [t.role for t in item.turns] == ["question", "answer", "note", "answer"]
    set_apart = (
        "PREGUNTA\n¿Cuándo sale el barco de la isla?",
        "INÉS VALE\nEn junio. —Almirante—",
        "PREGUNTA\n(Inaudible)",
    )
    assert [i.kind for i in stage(*set_apart, "INÉS VALE\nNo sé.").items[1:]] == ["answer", "answer"]


def test_many_questions_without_answers_are_noted_once() -> None:
    """Labels that nobody recognised show as questions in a row; one note says how many."""
    mute = [text for n in range(4) for text in (f"Q    Will ferry {n} sail?", "###")]
    briefing = speak("MS. VALE:  Hello.", *mute)
    assert [p.code for p in briefing.problems].count("no-answer") == 1


def test_labels_on_their_own_lines_make_the_same_items() -> None:
    """Opening statements, a greeting, a question with two who answer, the end's mark and the footer."""
    briefing = stage(
        "PRESIDENTA DE MÉXICO, INÉS VALE\nBuenos días. ¿Cómo están?",
        "PREGUNTA\nBien, ¿y usted?",
        "PRESIDENTA DE MÉXICO, INÉS VALE\nBien.\nVamos a empezar.",
        "SECRETARIO DE PUERTOS, ODO BRAVO\nCon su permiso.",
        "PREGUNTA\n¿Cuándo sale el barco?",
        "SECRETARIO DE PUERTOS, ODO BRAVO\nEn junio.",
        "PRESIDENTA DE MÉXICO, INÉS VALE\nEn junio.\n—000—\ngob.mx/presidencia",
    )
    assert (briefing.id, briefing.language, briefing.time) == ("mx-presidencia/es/2025-03-04", "es", None)
    assert [(i.kind, i.speakers) for i in briefing.items] == [
        ("note", ()),
        ("statement", ("Inés Vale",)),
        ("statement", ("Odo Bravo",)),
        ("answer", ("Odo Bravo", "Inés Vale")),
        ("note", ()),
    ]
    assert briefing.items[0].text == "Presidencia de la República\n\n04 de marzo de 2025"
    assert briefing.items[1].turns[-1].text == "Bien.\n\nVamos a empezar."
    assert briefing.items[-1].text == "—000—"


def test_a_stage_direction_over_two_lines_is_one_remark() -> None:
    """What opens a parenthesis in capitals and closes it on the next line is nobody's words."""
    briefing = stage("INÉS VALE\nEscuchen.\n(PIEZA MUSICAL\nEL BARCO, LOS DEL PUERTO)\nGracias.", "PREGUNTA\n¿Sí?")
    assert [(t.role, t.text) for t in briefing.items[1].turns] == [
        ("statement", "Escuchen."),
        ("note", "(PIEZA MUSICAL\n\nEL BARCO, LOS DEL PUERTO)"),
        ("statement", "Gracias."),
    ]


def test_a_label_that_nobody_speaks_under_is_kept() -> None:
    """Printed twice in a row, the first one is a note: no character of the page is lost."""
    (item,) = speak("Q    Will it sail?", "MS. VALE:", "MS. VALE:  Yes, it will.").items
    assert [(t.role, t.label, t.text) for t in item.turns] == [
        ("question", "Q", "Will it sail?"),
        ("note", None, "MS. VALE"),
        ("answer", "MS. VALE", "Yes, it will."),
    ]
