"""Plain text to paragraphs, title and time line."""

import pytest

from index.parsers import PROFILES
from index.parsers.plain import PlainPage
from tests.index.parsers.pages import TITLE

LONG = "This line of a paragraph that somebody wrapped by hand has some eighty letters"


def test_what_stands_above_the_title_is_nobodys_words() -> None:
    """A language bar before the title is left out; the line below the title is the time line."""
    page = PlainPage(f"Español Français\n\n{TITLE}\n\n2024-03-04 15:30\n\nQ: a?\n\nA: b.").read(PROFILES["xv-mfa"])
    assert (page.title, page.stamp, page.paragraphs) == (TITLE, "2024-03-04 15:30", ("Q: a?", "A: b."))


def test_a_text_without_a_title_is_all_body() -> None:
    """Nothing is taken for a title that does not look like one of its publisher's."""
    page = PlainPage("Q: a?\n\nA: b.").read(PROFILES["xv-mfa"])
    assert (page.title, page.stamp, page.paragraphs) == ("", "", ("Q: a?", "A: b."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb\r\n\r\nc", ("a", "b", "c")),
        ("Q: a\nA: b", ("Q: a", "A: b")),  # one line a paragraph
        (f"{LONG}\nand goes on.\n\nb", (f"{LONG} and goes on.", "b")),  # hard-wrapped
        (f"Q: {LONG}?\nA: b", (f"Q: {LONG}?", "A: b")),  # a label opens a paragraph
        (f"{LONG * 3}\nb", (LONG * 3, "b")),  # too long to be hard-wrapped
        (" a \u00a0 b \n", ("a b",)),
        ("\ufeffa\u00adb \u200b c\n\n\u200b\n", ("ab c",)),  # what nobody sees
        ("", ()),
    ],
)
def test_paragraphs_end_where_their_writer_ended_them(text: str, expected: tuple[str, ...]) -> None:
    """Blank lines end a paragraph; single line breaks do unless the text is hard-wrapped."""
    assert PlainPage(text).read(PROFILES["xv-mfa"]).paragraphs == expected
