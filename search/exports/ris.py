"""RIS, which reference managers read (Research Information Systems' specification of the format, 2011).

A record is lines of a tag of two characters, two spaces, a hyphen, a space and a value, from TY to ER; lines end in
CRLF. A value is one line: white space of any kind becomes a space, so that no text can begin a line, and so a tag.
"""

from collections.abc import Iterable, Iterator

from search.citations import Imprint, cite_entry, transcript_of
from search.engine import Entry
from search.exports.lines import one_line

TYPE = "GOVDOC"
"""A government document, which a transcript published by a ministry is."""

MAX_NAME = 255
"""Characters of an author or keyword."""


def iter_lines(entries: Iterable[Entry], imprint: Imprint) -> Iterator[str]:
    """A record an item."""
    for entry in entries:
        lines = (f"{tag}  - {value}" for tag, value in _iter_fields(entry, imprint) if value)
        yield "\r\n".join((*lines, "ER  - ", "", ""))


def _iter_fields(entry: Entry, imprint: Imprint) -> Iterator[tuple[str, str]]:
    document, item, labels = entry.document, entry.document.item, imprint.labels
    citation = cite_entry(entry, labels)
    yield "TY", TYPE
    yield "ID", one_line(document.id)
    for name in citation.authors:
        yield "AU", _name(name)
    yield "TI", one_line(document.title)
    yield "PB", one_line(citation.publisher)
    yield "PY", f"{document.date.year:04}"
    yield "DA", f"{document.date:%Y/%m/%d}"
    yield "LA", one_line(document.language)
    yield "AB", one_line(transcript_of(item.turns, labels))
    for id in document.entities:
        yield "KW", _name(labels.in_document(document, id))
    if entry.revision > 1:
        yield "N1", f"Revision {entry.revision}, received {entry.received[:10]}"
    yield "UR", one_line(f"{imprint.site}{citation.path}")


def _name(text: str) -> str:
    # The specification has no asterisk in names and keywords.
    return one_line(text.replace("*", " "))[:MAX_NAME]
