"""Quotations: the words as printed, who said these very words, and where, as people paste them into their own texts.

The one decision: an answer's quotation is what was answered; each turn of several people has its speaker's name before
it, and of a part that the reader picks (`quote.js`) the one who spoke it is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.citations import Citation, cite, name_of
from search.labels import Labels
from search.model import Document, Turn
from search.page import Hit, Snippet
from webui.names import direction

QUOTED = ("answer", "statement")
"""Roles of the turns that are quoted."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the name before them, "" where one person said all."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words and where they come from. A site's address stands between `source` and `path`."""

    language: str
    direction: str
    said: tuple[Said, ...]
    by: str
    source: str
    path: str
    ending: str


def quotation_of_item(document: Document, revision: int, labels: Labels, *, path: str = "") -> Quotation | None:
    """What an item says, whole, as text `revision` has it; `path` is the address of an earlier one. Of notes none."""
    turns = [turn for turn in document.item.turns if turn.role in QUOTED]
    if not turns:
        return None
    citation = cite(document, revision, labels)
    if path:
        citation = replace(citation, path=path, revision=revision)
    return _quotation(document, citation, tuple(_iter_said(turns, labels)))


def quotation_of_hit(hit: Hit, labels: Labels) -> Quotation | None:
    """The passage that a hit shows: of its answer, unless what matched stands in the question alone."""
    document = hit.document
    snippet, asked = hit.answer, False
    if hit.question and (snippet is None or (_matches(hit.question) and not _matches(snippet))):
        snippet, asked = hit.question, True
    if snippet is None:
        return None
    before, after = "… " if snippet.cut_before else "", " …" if snippet.cut_after else ""
    text = "".join(piece.text for piece in snippet.pieces).strip()
    citation = cite(document, hit.revision, labels)
    person = _asker(document, labels) if asked else labels.label("speaker", snippet.speaker) if snippet.speaker else ""
    return _quotation(
        document,
        replace(citation, people=(person,) if person else ()),
        (Said("", f"{before}{text}{after}"),),
    )


def _quotation(document: Document, citation: Citation, said: tuple[Said, ...]) -> Quotation:
    return Quotation(
        language=document.language,
        direction=direction(document.language),
        said=said,
        by=citation.by,
        source=citation.source,
        path=citation.path,
        ending=citation.ending,
    )


def _iter_said(turns: Iterable[Turn], labels: Labels) -> Iterator[Said]:
    named = [(name_of(turn, labels), turn.text) for turn in turns]
    many = len({name for name, _ in named}) > 1
    return (Said(name if many else "", text) for name, text in named)


def _asker(document: Document, labels: Labels) -> str:
    item = document.item
    return labels.label("outlet", item.outlet) if item.outlet else item.asker or ""


def _matches(snippet: Snippet) -> bool:
    return any(piece.hit for piece in snippet.pieces)
