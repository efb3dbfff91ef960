"""The table of formats: what each is called, what it is on the web, and what writes it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.citations import Imprint
from search.engine import Entry
from search.exports import bibtex, jsonl, ris, table

CHUNK = 64 * 1024
"""Characters that are encoded and sent at once."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row.

    Attributes:
        name: what it is asked for by, and how its files' names end.
        label: its name for people.
        detail: whom it is for.
        media_type: what a server says it is.
        iter_lines: from entries to pieces of text.
    """

    name: str
    label: str
    detail: str
    media_type: str
    iter_lines: Callable[[Iterable[Entry], Imprint], Iterator[str]]


FORMATS = (
    Format("csv", "CSV", "for spreadsheets", "text/csv", table.iter_lines),
    Format("jsonl", "JSON Lines", "for programs", "application/jsonl", jsonl.iter_lines),
    Format("ris", "RIS", "for Zotero, EndNote and others", "application/x-research-info-systems", ris.iter_lines),
    Format("bib", "BibTeX", "for LaTeX", "application/x-bibtex", bibtex.iter_lines),
)
FORMAT = {one.name: one for one in FORMATS}


def iter_bytes(name: str, entries: Iterable[Entry], imprint: Imprint) -> Iterator[bytes]:
    """The file of a format, UTF-8, in pieces of some size; what is not yet sent is all that is held."""
    held, size = [], 0
    for piece in FORMAT[name].iter_lines(entries, imprint):
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()
