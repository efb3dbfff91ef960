"""Labels in capitals: which are labels, whom they announce, and where they begin."""

import pytest

from index.parsers import PROFILES, parse_source
from index.parsers.cast import read_speeches
from tests.index.parsers.pages import AUTHORITY, codes, source
from tests.index.parsers.plays import markdown, outline, speak, stage

WHITE_HOUSE, PRESIDENCY = PROFILES["us-white-house"], PROFILES["mx-presidencia"]


def cues(*paragraphs: str) -> list[tuple[str, str] | None]:
    """Sort and label of each speech, `None` for what stands above the first label."""
    return [(s.cue.sort, s.cue.printed) if s.cue else None for s in read_speeches(paragraphs, WHITE_HOUSE)]


def line_cues(*lines: str) -> list[tuple[str, str] | None]:
    """The same where labels stand on lines of their own."""
    return [(s.cue.sort, s.cue.printed) if s.cue else None for s in read_speeches(lines, PRESIDENCY)]


@pytest.mark.parametrize(
    ("paragraph", "sort", "label"),
    [
        ("MS. VALE: Hello.", "person", "MS. VALE"),
        ("MS VALE: Hello.", "person", "MS VALE"),
        ("Dr. VALE: Hello.", "person", "Dr. VALE"),
        ("MR. McBRIDE: Hello.", "person", "MR. McBRIDE"),
        ("MS. O\u2019HARA-VALE: Hello.", "person", "MS. O\u2019HARA-VALE"),
        ("THE PRESIDENT: Hello.", "person", "THE PRESIDENT"),
        ("SENIOR ADMINISTRATION OFFICIAL: Hello.", "person", "SENIOR ADMINISTRATION OFFICIAL"),
        ("MEMBERS OF THE BAND: Hello.", "person", "MEMBERS OF THE BAND"),
        ("MS. VALE:` So", "person", "MS. VALE"),  # a stray mark behind the colon
        ("MS. VALE (by telephone): Hello.", "person", "MS. VALE (by telephone)"),
        ("MS. VALE:Hello.", "person", "MS. VALE"),  # no space behind the colon
        ("MS: VALE: Hello.", "person", "MS: VALE"),  # a colon for the dot
        ("MODERATOR: Next.", "voice", "MODERATOR"),
        ("MODEARTOR: Next.", "voice", "MODEARTOR"),  # a slip of the pen
        ("Q Will it sail?", "question", "Q"),
        ("Q: Will it sail?", "question", "Q"),
        ("Q. Will it sail?", "question", "Q"),
        ("Q \u2014 to the pier?", "question", "Q"),
        ("Q\u2013 to the pier?", "question", "Q"),
        ("Q (Inaudible.)", "question", "Q"),
        ("REPORTER: Will it sail?", "question", "REPORTER"),
    ],
)
def test_labels_and_whom_they_announce(paragraph: str, sort: str, label: str) -> None:
    """A question, a voice that is nobody in particular, or a person; the label is kept as printed."""
    assert cues(paragraph) == [None, (sort, label)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Q&A is next.",
        "Quays: there are three.",
        "I want to be clear: it sails.",
        "Bottom line: it sails.",
        "At 10:30 it sails.",
        "VALE said: it sails.",
        "1. IT SAILS: a plan",
        "MS. VALE said it sails.",
        "IT SAILS! AND HOW: well",
    ],
)
def test_what_is_no_label(paragraph: str) -> None:
    """Small letters, sentences and clocks before a colon make no speaker."""
    assert cues(paragraph) == [None]


def test_one_word_in_capitals_is_a_label_only_if_it_is_nowhere_else() -> None:
    """An acronym at the head of a paragraph is none where the text speaks of it."""
    assert cues("MS. VALE: We asked NATO.", "NATO: that is the question.") == [None, ("person", "MS. VALE")]
    assert cues("MS. VALE: We asked.", "COXSWAIN: Aye.") == [None, ("person", "MS. VALE"), ("person", "COXSWAIN")]


def test_a_label_inside_a_paragraph_begins_a_turn() -> None:
    """Where a page forgot the line break, a label that is known from elsewhere is seen all the same."""
    briefing = speak("MS. VALE:  Go on.", "Q    So he is part of a harbour that MS. VALE:  Well, that is over.")
    assert outline(briefing.items)[-1] == (
        "answer",
        [("question", "Q", None), ("answer", "MS. VALE", "Ilsa Vale")],
    )
    assert briefing.items[-1].question == "So he is part of a harbour that"


def test_labels_on_their_own_lines() -> None:
    """Below a line of hyphens capitals are a label, with or without office, unseen characters left out."""
    assert line_cues(
        "---",
        "INÉS VALE, SECRETARIA DE \u200b\u200bMARINA",
        "Buenos días. PREGUNTAS.",
        "---",
        "PREGUNTA (VIDEOLLAMADA)",
        "¿EL PIB?",
        "---",
        "VOZ MUJER",
        "Música.",
        "---",
        "NTERLOCUTOR",
        "¿Y?",
        "---",
        "CARMEN",
        "Sí.",
        "---",
        "(PIEZA MUSICAL",
        "LA BARCA)",
    ) == [
        None,
        ("person", "INÉS VALE, SECRETARIA DE MARINA"),
        ("question", "PREGUNTA (VIDEOLLAMADA)"),
        ("voice", "VOZ MUJER"),
        ("question", "NTERLOCUTOR"),  # a slip of the pen
        ("person", "CARMEN"),
    ]


def test_an_answer_in_capitals_is_no_label() -> None:
    """Only what stands straight below the hyphens is one; "GIEI." in a turn is said by somebody."""
    assert line_cues("---", "PREGUNTA", "GIEI.", "---", "INÉS VALE", "El GIEI.") == [
        None,
        ("question", "PREGUNTA"),
        ("person", "INÉS VALE"),
    ]


def test_a_name_with_an_office_needs_no_hyphens() -> None:
    """Where the line of hyphens was forgotten, name and office in capitals are believed."""
    lines = ("---", "INÉS VALE", "Gracias.", "ODO BRAVO, DIRECTOR DE PUERTOS", "Con gusto.", "---", "PREGUNTA", "¿Sí?")
    assert line_cues(*lines)[2] == ("person", "ODO BRAVO, DIRECTOR DE PUERTOS")


def test_a_text_without_labels_is_refused_with_a_reason() -> None:
    """A statement in the publisher's folder is no transcript."""
    parsed = parse_source(
        source(markdown("The harbour is open, and will stay open for the whole of the summer.")), AUTHORITY
    )
    assert (parsed.briefing, codes(parsed)) == (None, ["no-items"])


def test_speeches_without_a_question_are_a_briefing_of_statements() -> None:
    """Remarks are not refused: everybody's words are a statement."""
    briefing = speak("THE PRESIDENT:  The pier is open, and the ferry sails.", "MS. VALE:  It does.")
    assert [item.kind for item in briefing.items] == ["statement", "statement"]
    assert [item.kind for item in stage("VOZ MUJER\nMúsica.", "INÉS VALE\nBuenos días.").items][1:] == ["statement"] * 2


@pytest.mark.parametrize(
    "label",
    [
        "INÉS VALE, DIRECTORA DE MAREAS; RESPONSABLE DEL FARO",
        "ODO BRAVO, REPRESENTANTE DE OPP/OMP EN EL PUERTO",
        "COMANDANTE DE LA BARCA “FELIPA VALE”, ODO BRAVO",
        'REMERO, ODO "BRAZO" BRAVO',
        "I NÉS VALE, DIRECTORA DE MAREAS",  # a stray space
    ],
)
def test_signs_in_a_label_below_the_hyphens(label: str) -> None:
    """Straight below a line of hyphens the name of an office may hold a semicolon, a stroke and quotation marks."""
    assert line_cues("---", label, "Buenos días.", "---", "PREGUNTA", "¿Sí?")[1] == ("person", label)
    assert line_cues("---", "INÉS VALE", "Digo:", "¡BASTA!", "“BASTA”", "---", "PREGUNTA", "¿Sí?")[1:] == [
        ("person", "INÉS VALE"),
        ("question", "PREGUNTA"),
    ]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (
            "DIRECTOR DEL FARO, ODO BRAVO (Interpretación): Muy buenos días.",
            "DIRECTOR DEL FARO, ODO BRAVO (Interpretación)",
        ),
        ("ODO BRAVO, DIRECTOR DEL FARO (DF) Muy buenos días.", "ODO BRAVO, DIRECTOR DEL FARO (DF)"),
        ("DIRECTOR DEL FARO, ODO BRAVO, Muy buenos días.", "DIRECTOR DEL FARO, ODO BRAVO,"),
        ("INÉS VALE RÍOS Muy buenos días.", "INÉS VALE RÍOS"),  # known by another label
        ("INÉS VALE RÍOS A Odo lo vi.", "INÉS VALE RÍOS"),
        ("INTERLOCUTORA Presidenta, ¿sale el barco?", "INTERLOCUTORA"),
        ("INTERLOCUTORA (interpretación): ¿Sale el barco?", "INTERLOCUTORA (interpretación)"),
    ],
)
def test_a_label_and_the_first_words_on_one_line(line: str, label: str) -> None:
    """Where the line break was forgotten, an office with a name, a known name and a known voice are seen."""
    lines = ("---", "INÉS VALE RÍOS, DIRECTORA DE MAREAS", "Gracias.", line, "---", "PREGUNTA", "¿Sí?")
    speeches = read_speeches(lines, PRESIDENCY)
    assert [s.cue.printed for s in speeches if s.cue] == [
        "INÉS VALE RÍOS, DIRECTORA DE MAREAS",
        label,
        "PREGUNTA",
    ]
    assert speeches[2].paragraphs == [line.removeprefix(label).lstrip(":, ")]


@pytest.mark.parametrize(
    "line",
    ["EL FARO Y LA BARCA salen hoy.", "OPP: así es.", "LA VERDAD, ante todo.", "INÉS VALE RÍOS, que sabe, lo dijo."],
)
def test_capitals_at_the_head_of_a_sentence_are_no_label(line: str) -> None:
    """Nor is a known name, where the sentence goes on with a small letter."""
    lines = ("---", "INÉS VALE RÍOS, DIRECTORA DE MAREAS", "Gracias.", line, "---", "PREGUNTA", "¿Sí?")
    assert len(line_cues(*lines)) == 3
