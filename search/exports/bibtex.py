r"""BibTeX, in UTF-8 (as biber and today's BibTeX styles read it).

What means something to TeX is written as the command that prints it. Braces too: BibTeX counts them even behind a
backslash, so a text's own become `\textbraceleft{}` and `\textbraceright{}`, and a value always ends where it should.
Names stand in braces of their own, since BibTeX would take their last word for a family's.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from search.citations import Imprint, cite_entry, transcript_of
from search.engine import Entry
from search.exports.lines import one_line

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every style knows."""

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "$&#_%"},
}
_UNFIT_FOR_KEY = re.compile(r"[^A-Za-z0-9:.-]+")
_URL_MARKS = ":/?#[]@!&'()*+,;=%~._-"


def iter_lines(entries: Iterable[Entry], imprint: Imprint) -> Iterator[str]:
    """An entry an item."""
    for entry in entries:
        fields = "".join(f"  {name} = {value},\n" for name, value in _iter_fields(entry, imprint))
        yield f"@misc{{{_UNFIT_FOR_KEY.sub('_', entry.document.id.replace('/', ':'))},\n{fields}}}\n\n"


def _iter_fields(entry: Entry, imprint: Imprint) -> Iterator[tuple[str, str]]:
    document, labels = entry.document, imprint.labels
    citation = cite_entry(entry, labels)
    yield "author", f"{{{' and '.join(f'{{{_escaped(name)}}}' for name in citation.authors)}}}"
    yield "title", f"{{{{{_escaped(document.title)}}}}}"
    yield "publisher", f"{{{_escaped(citation.publisher)}}}"
    yield "year", f"{{{document.date.year:04}}}"
    yield "month", MONTHS[document.date.month - 1]
    yield "day", f"{{{document.date.day}}}"
    yield "url", f"{{{quote(f'{imprint.site}{citation.path}', safe=_URL_MARKS)}}}"
    yield "language", f"{{{_escaped(document.language)}}}"
    if document.entities:
        yield "keywords", f"{{{_escaped(', '.join(labels.label('entity', id) for id in document.entities))}}}"
    if entry.revision > 1:
        yield "note", f"{{Revision {entry.revision}, received {entry.received[:10]}}}"
    yield "abstract", f"{{{_escaped(transcript_of(document.item.turns, labels))}}}"


def _escaped(text: str) -> str:
    line = one_line(text)
    meant = "".join(mark for mark in _COMMANDS if mark in line)
    return re.sub(f"[{re.escape(meant)}]", lambda mark: _COMMANDS[mark[0]], line) if meant else line
