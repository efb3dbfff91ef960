"""How a text is cut for its page: nothing is lost or doubled, whatever matches and mentions there are."""

from collections.abc import Iterator
from itertools import count, pairwise

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.model import PARAGRAPH
from search.page import Piece
from webui.paragraphs import Paragraph, Reference, Run, Stretch, paragraphs

TEXTS = st.text(st.sampled_from("ab é渡\U0001f600<&\"'\n"), max_size=40)


def marks() -> Iterator[str]:
    """Names of matches."""
    return (f"m{n}" for n in count(1))


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[tuple[Piece, ...], list[Reference]]:
    """The pieces of a text, matched or not, and references to any spans of it."""
    text = draw(TEXTS)
    edges = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    pieces = tuple(
        Piece(text[a:b], draw(st.booleans())) for a, b in pairwise(edges)
    )  # those side by side may both have matched
    spans = draw(st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6))
    return pieces, [Reference(a, b, f"/entities/{n}", "<&\"'" * (n % 2)) for n, (a, b) in enumerate(spans)]


def lines_of(pieces: tuple[Piece, ...]) -> list[str]:
    """The paragraphs of a text."""
    return [line for line in "".join(p.text for p in pieces).split(PARAGRAPH) if line]


def runs_of(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph."""
    return [run for stretch in paragraph for run in stretch.runs]


@given(cut_texts())
def test_text_is_unchanged(cut: tuple[tuple[Piece, ...], list[Reference]]) -> None:
    """The runs of each paragraph are its text, character for character."""
    pieces, references = cut
    done = paragraphs(pieces, marks(), references)
    assert ["".join(run.text for run in runs_of(paragraph)) for paragraph in done] == lines_of(pieces)
    assert all(run.text for paragraph in done for run in runs_of(paragraph))


@given(cut_texts())
def test_matches_are_as_without_mentions(cut: tuple[tuple[Piece, ...], list[Reference]]) -> None:
    """Every character is lit for the same match whether there are mentions or not; each match has one anchor."""
    pieces, references = cut
    plain, linked = paragraphs(pieces, marks()), paragraphs(pieces, marks(), references)

    def lit(done: tuple[Paragraph, ...]) -> list[tuple[str, str]]:
        return [(character, run.mark) for p in done for run in runs_of(p) for character in run.text]

    assert lit(plain) == lit(linked)
    anchors = [run.mark for p in linked for run in runs_of(p) if run.anchor]
    assert anchors == list(dict.fromkeys(run.mark for p in linked for run in runs_of(p) if run.mark))


@given(cut_texts())
def test_page_shows_the_text(app: Flask, cut: tuple[tuple[Piece, ...], list[Reference]]) -> None:
    """What a reader's browser makes of the page is the text, and no link stands within another."""
    pieces, references = cut
    with app.test_request_context():
        template = app.jinja_env.from_string(
            '{% from "_parts.html" import words %}{% for p in page %}<p>{{ words(p) }}</p>{% endfor %}'
        )
        shown = template.render(page=paragraphs(pieces, marks(), references))
    page = LexborHTMLParser(f"<body>{shown}")
    assert [node.text() for node in page.css("p")] == lines_of(pieces)
    assert not page.css("a a, mark mark, mark a")


def test_match_across_a_paragraph_is_one() -> None:
    """A match over a blank line is lit in both paragraphs, has one anchor, and counts once."""
    cut = paragraphs((Piece("a ", hit=False), Piece("b\n\nc", hit=True), Piece(" d\n\n", hit=False)), marks())
    assert cut == (
        (Stretch((Run("a "), Run("b", "m1", anchor=True))),),
        (Stretch((Run("c", "m1"), Run(" d"))),),
    )


def test_match_that_overlaps_a_mention() -> None:
    """A match that begins before a mention and ends within it is lit in two runs; the link is one."""
    pieces = (Piece("of ", hit=False), Piece("the Port", hit=True), Piece(" Anselm", hit=False))
    cut = paragraphs(pieces, marks(), [Reference(7, 18, "/entities/port", "The port")])
    assert cut == (
        (
            Stretch((Run("of "), Run("the ", "m1", anchor=True))),
            Stretch((Run("Port", "m1"), Run(" Anselm")), "/entities/port", "The port"),
        ),
    )


def test_mentions_that_overlap() -> None:
    """Of mentions that overlap the one that begins first counts, the longer one of two that begin together."""
    references = [Reference(2, 4, "/c", ""), Reference(0, 2, "/a", ""), Reference(0, 3, "/b", "")]
    (paragraph,) = paragraphs((Piece("abcd", hit=False),), marks(), references)
    assert [(s.address, s.runs[0].text) for s in paragraph] == [("/b", "abc"), ("", "d")]
