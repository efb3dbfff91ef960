"""Documents and briefings as the cluster keeps them, and back."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from search.engine import Entry, Publication, Revision, Tombstone
from search.holdings import Listed
from search.model import Briefing, Document, briefing_of, id_key
from search.opensearch.mapping import length_of
from search.opensearch.tokens import passage_texts
from search.record import briefing_from_json, briefing_to_json, document_from_json, document_to_json
from search.schema import KEYWORDS, NOT_STATED, TEXTS, is_searched

Json = dict[str, Any]

ITEM, HEAD, STONE, WORD = "item", "head", "stone", "word"
"""Types of records."""


def to_text(data: object) -> str:
    """Data as one JSON text; what no UTF-8 can hold is escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text if is_sayable(text) else json.dumps(data, separators=(",", ":"))


def is_sayable(value: str) -> bool:
    """Whether UTF-8 can hold `value`: half a character is nobody's value."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def iter_records(publication: Publication, words: set[str]) -> Iterator[tuple[str, Json]]:
    """A publication's records, each with a name of its own; `words` gets the words in them."""
    yield f"{HEAD}:{publication.briefing.id}", head_record(publication)
    for document in publication.documents:
        record = {
            "type": ITEM,
            "data": to_text(document_to_json(document)),
            "revision": len(publication.revisions) or 1,
            "received": publication.revisions[-1].received if publication.revisions else publication.added,
            **found_by(document),
        }
        yield f"{ITEM}:{document.id}", record | texts_of(document, words)


def found_by(document: Document) -> Json:
    """What an item's record is found, counted and sorted by, but for its words."""
    held: Json = {
        "key": id_key(document.id),
        "day": document.date.toordinal(),
        "searched": is_searched(document),
        "id": document.id,
        "briefing": document.briefing,
    }
    if is_searched(document):
        held |= {field.name: list(dict.fromkeys(field.values(document))) or [NOT_STATED] for field in KEYWORDS}
    return held


def texts_of(document: Document, words: set[str] | None = None) -> Json:
    """The texts of an item's record, as tokens, and their lengths; nothing of a note's."""
    held: Json = {}
    for field in TEXTS if is_searched(document) else ():
        texts, length, terms = passage_texts(field.values(document), document.language)
        held[length_of(field.name)] = length
        if length:
            held[field.name] = texts
        if words is not None:
            words |= terms
    return held


def head_record(publication: Publication) -> Json:
    """The record of a briefing as a whole."""
    briefing = publication.briefing
    answers = sum(document.item.kind == "answer" for document in publication.documents)
    listed = [briefing.title, sum(item.kind == "answer" for item in briefing.items)]
    return {
        "type": HEAD,
        "id": briefing.id,
        "briefing": briefing.id,
        "key": id_key(briefing.id),
        "day": briefing.date.toordinal(),
        "publisher": briefing.publisher,
        "language": briefing.language,
        "edition": edition_key(briefing.id),
        "answers": answers,
        "added": publication.added,
        "adjournments": [f"{a.since}/{a.until}" for a in briefing.adjournments],
        "received": [revision.received for revision in publication.revisions],
        "listed": listed,
        "data": to_text(briefing_to_json(briefing)),
        "revisions": to_text([[r.number, r.received, briefing_to_json(r.briefing)] for r in publication.revisions]),
    }


def edition_key(id: str) -> str:
    """What the editions of a briefing have in common: publisher, day, and place in the day."""
    publisher, _, day = (*id.split("/", 2), "", "")[:3]
    return f"{publisher}/{day}"


def stone_record(stone: Tombstone) -> tuple[str, Json]:
    """A tombstone's record, and its name."""
    held = [stone.id, stone.since, stone.reason, stone.moved_to]
    return f"{STONE}:{stone.id}", {
        "type": STONE,
        "key": f"{id_key(stone.id)}\x02",  # beside the briefing of the same id, if there is one
        "id": stone.id,
        "briefing": briefing_of(stone.id),
        "data": to_text(held),
    }


def dying(source: Mapping[str, Any], commit: int) -> Json:
    """A record as it reads once it has gone in `commit`; texts, which the cluster has not kept, are cut again."""
    texts = texts_of(document_of(source)) if source["type"] == ITEM else {}
    return dict(source) | texts | {"died": commit}


def document_of(source: Mapping[str, Any]) -> Document:
    """The document of an item's record."""
    return document_from_json(json.loads(source["data"]))


def entry_of(source: Mapping[str, Any]) -> Entry:
    """The entry of a scan that an item's record is."""
    return Entry(document_of(source), source["revision"], source["received"])


def briefing_in(source: Mapping[str, Any]) -> Briefing:
    """The briefing of a head."""
    return briefing_from_json(json.loads(source["data"]))


def revisions_in(source: Mapping[str, Any]) -> tuple[Revision, ...]:
    """The texts of a head."""
    return tuple(Revision(n, received, briefing_from_json(b)) for n, received, b in json.loads(source["revisions"]))


def listed_in(source: Mapping[str, Any]) -> Listed:
    """The line of a head in the list of all."""
    title, answers = source["listed"]
    day = date.fromordinal(source["day"])
    return Listed(source["id"], source["publisher"], source["language"], day, title, answers, source["added"])


def stone_of(source: Mapping[str, Any]) -> Tombstone:
    """The tombstone of its record."""
    return Tombstone(*json.loads(source["data"]))
