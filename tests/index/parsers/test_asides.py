"""What is said in passing, and what asks."""

import pytest

from index.parsers.asides import is_aside

NAMES = {"ilsa", "vale", "inés"}
OFFICES = frozenset({"dr", "secretary", "general", "canciller", "comisionada", "fiscal"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good afternoon.", "en"),
        ("Thank you so much, Ilsa.", "en"),
        ("Okay. Thank you. Thank you.", "en"),
        ("Ilsa?", "en"),  # a call
        ("Ilsa —", "en"),
        ("But —", "en"),  # cut off
        ("Mm-hmm.", "en"),
        ("(Laughter.)", "en"),
        ("(Cross-talk.)", "en"),
        ("Bien, ¿y usted?", "es"),
        ("Muy buenos días, señor presidente; buenos días.", "es"),
        ("Gracias, Inés.", "es"),
        ("Thank you, Dr. Vale.", "en"),
        ("Thank you, Secretary.", "en"),
        ("Thanks, General Vale. Thank you.", "en"),
        ("Gracias, comisionada Vale.", "es"),
        ("Muchas gracias, señora fiscal.", "es"),
        ("Se lo agradezco, canciller.", "es"),
        ("Le agradezco mucho.", "es"),
        ("Buenos días a todos.", "es"),
        ("Buen día a todas y todos.", "es"),
    ],
)
def test_greetings_thanks_and_nods_ask_nothing(text: str, language: str) -> None:
    """They are asides, whatever they are strung together from."""
    assert is_aside(text, language, NAMES, OFFICES)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Okay?", "en"),
        ("Why?", "en"),
        ("Russia?", "en"),  # one word, and a question
        ("Thank you. Will he go?", "en"),
        ("Thank you, Ilsa. I have two questions on the ferry", "en"),
        ("And the ferry —?", "en"),
        ("(Inaudible.)", "en"),  # something was asked
        ("Gracias. ¿Y el puente?", "es"),
        ("General Vale.", "en"),  # nobody is thanked
        ("Thank you, Secretary. General?", "en"),
        ("Gracias, comisionada Bravo.", "es"),  # of whom nobody has heard
        ("Gracias.", "en"),  # another language's word
        ("", "en"),
        ("thank you " * 20, "en"),
    ],
)
def test_whatever_holds_one_word_more_asks(text: str, language: str) -> None:
    """A question is never taken for an aside."""
    assert not is_aside(text, language, NAMES, OFFICES)
