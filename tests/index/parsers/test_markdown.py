"""Markdown with a head to title, address, day and paragraphs."""

from dataclasses import replace
from hashlib import sha256

import pytest

from index.authority.tables import load_authority
from index.parsers import PROFILES, parse_source
from index.parsers.markdown import MarkdownPage, has_head, read_head
from index.sources import Source
from tests.index.parsers.plays import markdown

PROFILE = PROFILES["us-white-house"]


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a body."""
    return MarkdownPage(markdown(body)).read(PROFILE).paragraphs


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("plain words", "plain words"),
        ("'it''s'", "it's"),
        (r'"a\_b"', "a\u00a0b"),  # a no-break space
        (r'"19\u2060 \x41 \"x\" \\"', '19\u2060 A "x" \\'),
        ('"one\\\n  \\ two"', "one two"),  # a line that goes on, its space escaped
        ('"one\n  two"', "one two"),  # a folded line
        ("one\n  two", "one two"),
        (">-\n  one\n  two", "one\ntwo"),
        ("'2021-03-12'", "2021-03-12"),
        (r'"\UFFFFFFFF\ud800"', "\ufffd\ufffd"),  # no such character
        ("", ""),
    ],
)
def test_a_head_gives_its_texts(written: str, text: str) -> None:
    """Plain, quoted and continued values are read, escapes resolved; the next key is not swallowed."""
    assert read_head(f"---\nkey: {written}\nnext: x\n---\nbody") == {"key": text, "next": "x"}


def test_only_a_head_with_a_title_makes_markdown() -> None:
    """A line of hyphens inside a text, or a head without a title, is no head."""
    assert has_head("---\ntitle: x\n---\nbody")
    assert not any(map(has_head, ("---\nkey: x\n---\n", "title: x\n---\n", "---\ntitle: x", "x\n---\ntitle: x\n---\n")))


def test_a_page_knows_title_day_and_address() -> None:
    """The head states them; what a title is set with, and nobody sees, is left out."""
    page = MarkdownPage(markdown("MS. VALE:  Hello.").replace("Ilsa", "\u2060Ilsa")).read(PROFILE)
    assert page.title == "Press Briefing by Press Secretary Ilsa Vale and Harbour Advisor Odo B. McBride"
    assert (page.stamp, page.is_dated) == ("2022-03-04", True)
    assert page.url == "https://bidenwhitehouse.archives.gov/briefing-room/press-briefings/2022/03/04/briefing/"
    assert MarkdownPage("---\ntitle: x\nsource_url: javascript:x\n---\n").url is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one\ntwo\n\nthree", ("one two", "three")),  # hard-wrapped
        (r"\[senior official\] pushed \*6 and \#", ("[senior official] pushed *6 and #",)),
        ("*(Technical difficulties.)\u00a0*", ("(Technical difficulties.)",)),
        ("***Via* telephone**\u00a0**", ("Via telephone",)),  # emphasis that does not close
        ("*wrapped\nemphasis*", ("wrapped emphasis",)),
        ("5 * 3", ("5 * 3",)),
        ("it was <s>18</s> \\[16\\]", ("it was ~~18~~ [16]",)),  # struck out, and shown so
        ("the <s>*old*\npier</s> quay", ("the ~~old pier~~ quay",)),
        ("it was <s>18\n\nor 16</s>", ("it was 18", "or 16")),  # a mark that is not closed
        ("har\u00adbour\u200b \ufeffquay", ("harbour quay",)),  # what nobody sees
        ("bi- — bipartisan, five- to six-fold", ("bi- — bipartisan, five- to six-fold",)),  # no list
        ("-   one\n-   two\n    goes on", ("one", "two goes on")),
        ("[here](https://a.example/b_(c)) and [we](mailto:x@a.example)", ("here and we",)),
        ("<https://a.example/x_y> <a@b.example>", ("https://a.example/x_y a@b.example",)),
        ("https://a.example/A\\_b_c_", ("https://a.example/A_b_c_",)),
        ("_Sláinte_ and snake_case_name", ("Sláinte and snake_case_name",)),
        ("J&J; AT&amp;T &#65;", ("J&J; AT&T A",)),
        ("<figure>\n<img src='x'\nheight='1' />\n</figure>\n\na<!-- b\n\nc -->d", ("ad",)),
        ("Aboard Air Force One  \nEn Route Port Anselm", ("Aboard Air Force One", "En Route Port Anselm")),
        ("Why is this the  \nright time?", ("Why is this the right time?",)),  # a break in the middle of a sentence
        ("> quoted\n> lines", ("quoted lines",)),
        ("## A heading ##\ntext\n\n\\###\n\n* * *", ("A heading", "text", "###", "* * *")),
        ("Why?\nMS. VALE:  Because.\nQ    And?", ("Why?", "MS. VALE: Because.", "Q And?")),  # no blank line
        ("and the question about\nQ&A and\nNATO: we ask", ("and the question about Q&A and NATO: we ask",)),
        ("It ended.\nMODERATOR:  Next.\nQ Yes.", ("It ended.", "MODERATOR: Next.", "Q Yes.")),
        ("a\r\nb\r\n\r\nc", ("a b", "c")),
        ("", ()),
    ],
)
def test_paragraphs_read_as_the_page_shows_them(body: str, expected: tuple[str, ...]) -> None:
    """Markup is resolved, hard wraps are joined, and no word or hyphen is lost."""
    assert paragraphs(body) == expected


@pytest.mark.parametrize("piece", ["<!--", "[" * 50, "*_", "<a ", "\\", "&#", "`" * 9, "(((", "  \n", "- ", "_a"])
def test_no_markup_takes_long(piece: str) -> None:
    """A page that repeats one piece of markup a hundred thousand times is read without a thought."""
    assert isinstance(paragraphs(piece * 20_000), tuple)


def test_a_title_that_is_told_takes_nothing_from_the_head() -> None:
    """What the archive knows as its title, when a page is read again, is no other reading: its own day is believed."""
    data = markdown("MS. VALE:  Hello.\n\nQ    Is the ferry late?\n\nMS. VALE:  It is.").encode()
    source = Source("page.md", data, sha256(data).hexdigest(), None, None)
    authority = load_authority()
    fresh = parse_source(source, authority, None, PROFILES)
    told = parse_source(replace(source, title="Press Briefing, January 21, 2021"), authority, None, PROFILES)
    assert fresh.briefing is not None
    assert (told.briefing, told.problems) == (fresh.briefing, fresh.problems)
