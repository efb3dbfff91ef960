"""What Whoosh stores for us: its schema, made from our table of fields, and one record for each thing kept.

Everything in an index is a record with a key: documents, heads and revisions of briefings, tombstones, and the state.
The one decision: all of them live in the Whoosh index itself, so that one commit shows all of an addition or nothing.
The class paths of this module are written into indexes (pickled): they are a format.
"""

import json
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from whoosh import columns, fields, formats

from search.engine import Publication, Tombstone
from search.model import Document, briefing_of, id_key
from search.record import briefing_to_json, document_to_json
from search.schema import KEYWORDS, SCHEMA_VERSION, TEXTS, is_searched
from search.text import iter_passages

STATE_KEY = "state"

POSITIONS = formats.Positions()
"""How Whoosh writes the positions of a posting."""


class PassagesField(fields.TEXT):
    """A text field whose value is a sequence of passages; our tokens, several terms at a position where they say so."""

    def __init__(self) -> None:
        super().__init__(phrase=True)
        self.scorable = False  # Whoosh keeps lengths in one byte; ours are columns.

    def index(self, value: Sequence[str], **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:  # noqa: ARG002, ANN401 (Whoosh's signature)
        """Whoosh's postings of the passages: (term, frequency, weight, encoded positions)."""
        places: dict[str, list[int]] = defaultdict(list)
        for tokens in iter_passages(value):
            for token in tokens:
                for term in token.terms:
                    places[term].append(token.position)
        for term, positions in places.items():
            yield term.encode("utf-8"), len(positions), float(len(positions)), POSITIONS.encode(positions)


class ValuesField(fields.KEYWORD):
    """A keyword field whose value is a sequence of whole values, none of them cut or folded."""

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Existence()  # No frequencies: a merge reads back as many bytes a posting as it says.

    def index(self, value: Sequence[str], **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:  # noqa: ARG002, ANN401 (Whoosh's signature)
        """Whoosh's postings of the values."""
        for one in dict.fromkeys(value):
            yield one.encode("utf-8"), 1, 1.0, b""


def whoosh_schema() -> fields.Schema:
    """Whoosh's schema for `search.schema.FIELDS`, with what the evaluator needs beside."""
    schema = fields.Schema(
        key=fields.ID(unique=True),
        group=fields.ID(),
        record=fields.STORED(),
        order=fields.COLUMN(columns.VarBytesColumn()),
        day=fields.COLUMN(columns.NumericColumn("I")),
        searched=fields.COLUMN(columns.NumericColumn("B")),
    )
    for field in TEXTS:
        schema.add(field.name, PassagesField())
        schema.add(length_column(field.name), fields.COLUMN(columns.NumericColumn("I")))
    for field in KEYWORDS:
        schema.add(field.name, ValuesField())
    return schema


def length_column(field: str) -> str:
    """Name of the column with the number of tokens in a text field."""
    return f"{field}_length"


Record = dict[str, Any]


def _record(key: str, group: str, data: object) -> Record:
    return {"key": key, "group": group, "record": json.dumps(data, ensure_ascii=False)}


def item_key(id: str) -> str:
    """Key of an item's record."""
    return f"item {id}"


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
    record = _record(item_key(document.id), document.briefing, document_to_json(document))
    if not is_searched(document):
        return record
    record |= {"order": id_key(document.id).encode(), "day": document.date.toordinal(), "searched": 1}
    for field in TEXTS:
        passages = field.values(document)
        record[field.name] = passages
        record[length_column(field.name)] = sum(1 for tokens in iter_passages(passages) for _ in tokens)
    for field in KEYWORDS:
        record[field.name] = field.values(document)
    return record


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
    yield _record(head_key(briefing.id), briefing.id, head)
    for revision in publication.revisions[:-1]:
        key = revision_key(briefing.id, revision.number)
        yield _record(key, briefing.id, briefing_to_json(revision.briefing))
    for document in publication.documents:
        yield document_record(document)


def tombstone_record(tombstone: Tombstone) -> Record:
    """The record of a tombstone; it goes when its briefing is published anew, an item's too."""
    data = [tombstone.id, tombstone.since, tombstone.reason, tombstone.moved_to]
    return _record(tombstone_key(tombstone.id), briefing_of(tombstone.id), data)


def state_record(sequence: int) -> Record:
    """The record of what the index is up to."""
    return _record(STATE_KEY, "", {"sequence": sequence, "schema": SCHEMA_VERSION})
