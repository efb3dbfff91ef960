"""Entries to write: of the invented collection of pages, and of hostile and random texts."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from search.citations import Imprint
from search.engine import Entry, Sort
from search.exports.formats import iter_bytes
from search.labels import Labels, Name
from search.model import Briefing, Item, Mention, Turn, iter_documents
from tests.webui.collection import LABELS, make_engine

SITE = "https://lectern.example"
IMPRINT = Imprint(LABELS, SITE)
RECEIVED = "2024-06-01T09:30:00+00:00"

EVIL = (
    '=HYPERLINK("https://evil.example","click")',
    "+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "one\r\nTY  - JOUR\nAU  - Nobody\u2028ER  - \x85ER  - \x0bER  - ",
    "a } brace { and }} two, \\} and \\input{/etc/passwd} 100 % $x_1^2$ & #~",
    "quotes \" and 'apostrophes', commas; \n\n\nparagraphs",
    "<script>alert(1)</script>]]>&amp;",
    "nul \x00 bell \x07 escape \x1b \ufffe \uffff",
)
"""Texts that mean something in one format or another."""


def entry(text: str, *, revision: int = 1) -> Entry:
    """An answer in which everything is called and says `text`."""
    turns = (Turn("question", text, text, outlet=text), Turn("answer", text, text, speaker=text))
    item = Item(1, 1, "answer", turns, asker=text, outlet=text, speakers=(text,))
    mentions = {1: (Mention("place-x", "X", "place", "answer", 0, 1, text[:1]),)}
    briefing = Briefing("xv-mfa/en/2024-02-08", "xv-mfa", "en", date(2024, 2, 8), text, (item,))
    return Entry(next(iter_documents(briefing, mentions)), revision, RECEIVED)


def labels(text: str) -> Labels:
    """Names that are all `text`."""
    return Labels({"entity": {"place-x": Name(text)}, "publisher": {"xv-mfa": Name(text)}})


def written(name: str, entries: Sequence[Entry], imprint: Imprint = IMPRINT) -> str:
    """A file of a format, read as UTF-8."""
    return b"".join(iter_bytes(name, entries, imprint)).decode()


def collection() -> list[Entry]:
    """Everything of the invented collection, notes too."""
    return list(make_engine().everything(Sort.RELEVANCE))


def of(id: str) -> Entry:
    """One entry of it."""
    (found,) = (one for one in collection() if one.document.id == id)
    return found


texts = st.one_of(st.sampled_from(EVIL), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
