"""What an index holds: one record for each thing kept, and Whoosh's schema, made from our table of fields.

Everything in an index is a record with a key: documents, heads and revisions of briefings, tombstones. The one
decision: all of them live in the segments of one Whoosh index, so that one commit shows all of an addition or nothing.
The class paths of this module are written into indexes (pickled): they are a format.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, NoReturn

from whoosh import fields, formats

from search.embedded.stored import document_to_row, to_json
from search.engine import Publication, Tombstone
from search.errors import IndexIncompatible
from search.model import Document, briefing_of
from search.record import briefing_to_json
from search.schema import ENTITIES, KEYWORDS, SCHEMA_VERSION, TEXTS, is_searched

FORMAT = [SCHEMA_VERSION, 2]
"""What a segment's file says of itself: of which table of fields it was made, and how its arrays are laid out."""

OTHER, SEARCHED, HEAD = range(3)
"""Kinds of record: what is only fetched, documents that searches find, heads of briefings."""


def foreign_writer() -> IndexIncompatible:
    """The error of a writer of Whoosh's own, whose segments we could not read."""
    return IndexIncompatible("Whoosh's own writer cannot write here", hint="use search.embedded.writer")


class PassagesField(fields.TEXT):
    """A text field, as Whoosh's own search reads it: terms as written, with positions; several may share one."""

    def __init__(self) -> None:
        super().__init__(phrase=True)
        self.scorable = False  # Whoosh keeps lengths in one byte; ours are exact, and elsewhere.

    def index(self, value: object, **kwargs: object) -> NoReturn:  # noqa: ARG002 (Whoosh's signature)
        """Refused: what asks for this is a writer of Whoosh's own."""
        raise foreign_writer()


class ValuesField(fields.KEYWORD):
    """A keyword field, as Whoosh's own search reads it: whole values, without frequencies."""

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Existence()

    def index(self, value: object, **kwargs: object) -> NoReturn:  # noqa: ARG002 (Whoosh's signature)
        """Refused, as above."""
        raise foreign_writer()


def whoosh_schema() -> fields.Schema:
    """Whoosh's schema for `search.schema.FIELDS`."""
    schema = fields.Schema(key=fields.ID(unique=True), record=fields.STORED())
    for text in TEXTS:
        schema.add(text.name, PassagesField())
    for keyword in KEYWORDS:
        schema.add(keyword.name, ValuesField())
    return schema


FACETS = tuple(f.name for f in KEYWORDS if f.facet)
"""Keyword fields by which every page counts."""

ALONE = frozenset({"outlet", "publisher", "language", "kind", "year", "month"})
"""Those of which a document has one value at most."""

COUNTED = tuple(f.name for f in KEYWORDS if f.facet or f.name in ENTITIES)
"""Keyword fields in which values are looked up by document, to be counted."""

KEYS = ("key", *(f.name for f in KEYWORDS if f.name not in COUNTED))
"""Keyword fields in which documents are looked up by value: few documents to a value, and many values."""


class Record(NamedTuple):
    """One thing kept.

    Attributes:
        data: what is stored, JSON.
        kind: `OTHER`, `SEARCHED` or `HEAD`.
        language: of a searched document.
        day: of a searched document, ordinal.
        texts: of a searched document, the passages of each of `TEXTS`, in their order.
        held: values of each keyword field. `key` is what is fetched by it; `briefing` is that with which a record
            comes and goes.
    """

    data: bytes
    held: Mapping[str, Sequence[str]]
    kind: int = OTHER
    language: str = ""
    day: int = 0
    texts: Sequence[Sequence[str]] = ()

    def values(self, name: str) -> Sequence[str]:
        """The values of a keyword field, each once."""
        held = self.held.get(name, ())
        return held if len(held) < 2 else tuple(dict.fromkeys(held))


def head_key(id: str) -> str:
    """Key of the record of a briefing as it reads now; its items are in their documents' records."""
    return f"briefing {id}"


def revision_key(id: str, number: int) -> str:
    """Key of the record of a text that a briefing had before the present one."""
    return f"revision {number} {id}"


def tombstone_key(id: str) -> str:
    """Key of a tombstone's record."""
    return f"tombstone {id}"


def document_record(document: Document) -> Record:
    """The record of a document: stored whole, searchable if it is an answer or a statement."""
    data = to_json(document_to_row(document))
    if not is_searched(document):
        return Record(data, {"id": (document.id,), "briefing": (document.briefing,)})
    return Record(
        data,
        {f.name: f.values(document) for f in KEYWORDS},
        kind=SEARCHED,
        language=document.language,
        day=document.date.toordinal(),
        texts=tuple(f.values(document) for f in TEXTS),
    )


def iter_records(publication: Publication) -> Iterator[Record]:
    """The records of a briefing: its head, its earlier texts, and a document for each item."""
    briefing = publication.briefing
    answers = sum(1 for d in publication.documents if d.item.kind == "answer")
    head = {
        "briefing": briefing_to_json(replace(briefing, items=())),
        "items": [item.n for item in briefing.items],
        "added": publication.added,
        "answers": answers,
        "revisions": [[r.number, r.received] for r in publication.revisions],
    }
    yield Record(to_json(head), _held(head_key(briefing.id), briefing.id), kind=HEAD)
    for revision in publication.revisions[:-1]:
        key = revision_key(briefing.id, revision.number)
        yield Record(to_json(briefing_to_json(revision.briefing)), _held(key, briefing.id))
    for document in publication.documents:
        yield document_record(document)


def tombstone_record(tombstone: Tombstone) -> Record:
    """The record of a tombstone; it goes when its briefing is published anew, an item's too."""
    data = [tombstone.id, tombstone.since, tombstone.reason, tombstone.moved_to]
    return Record(to_json(data), _held(tombstone_key(tombstone.id), briefing_of(tombstone.id)))


def _held(key: str, briefing: str) -> Mapping[str, Sequence[str]]:
    return {"key": (key,), "briefing": (briefing,)}
