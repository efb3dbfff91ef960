"""CSV for spreadsheets: a row an item, several names in one cell separated by semicolons."""

from collections.abc import Iterable, Iterator

from search.citations import Imprint, cite_entry
from search.engine import Entry
from search.sheets import iter_csv

COLUMNS = (
    "id",
    "date",
    "publisher",
    "language",
    "kind",
    "title",
    "speakers",
    "asker",
    "outlet",
    "question",
    "answer",
    "text",
    "entities",
    "revision",
    "address",
    "citation",
)
"""Texts are where JSON Lines has them: a statement's or a note's, and an answer's stage notes, are `text`."""


def iter_lines(entries: Iterable[Entry], imprint: Imprint) -> Iterator[str]:
    """The names of the columns, then a row an item; the first piece begins with what marks UTF-8."""
    yield from iter_csv(_iter_rows(entries, imprint))


def _iter_rows(entries: Iterable[Entry], imprint: Imprint) -> Iterator[tuple[str, ...]]:
    labels = imprint.labels
    yield COLUMNS
    for entry in entries:
        document, item, citation = entry.document, entry.document.item, cite_entry(entry, labels)
        yield (
            document.id,
            document.date.isoformat(),
            citation.publisher,
            document.language,
            item.kind,
            document.title,
            "; ".join(citation.people),
            item.asker or "",
            labels.label("outlet", item.outlet) if item.outlet else "",
            item.question,
            item.answer,
            item.text,
            "; ".join(labels.in_document(document, id) for id in document.entities),
            f"{entry.revision}",
            f"{imprint.site}{citation.path}",
            citation.text(imprint.site),
        )
