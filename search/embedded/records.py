"""Reading what is kept whole: documents, briefings, their earlier texts, tombstones, coverage.

All of it comes out of one snapshot, so that no answer mixes two commits.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from search.embedded import schema
from search.embedded.segment import Numbers
from search.embedded.snapshot import Snapshot
from search.embedded.stored import Json, document_from_row
from search.engine import Entry, Neighbours, Revision
from search.errors import NotFound
from search.holdings import Coverage, Listed
from search.model import Adjournment, Briefing, Document, id_key, item_id
from search.record import briefing_from_json

MAX_REMEMBERED = 10_000
"""Of so many briefings it is remembered when their texts were received: every hit says so."""

BATCH = 1_000
"""Of so many documents at once the numbers are made Python's."""


def find(snapshot: Snapshot, key: str) -> Json | None:
    """The record with this key, `None` if there is none."""
    number = snapshot.number("key", key)
    return None if number is None else snapshot.record(number)


def _wanted(snapshot: Snapshot, key: str, what: str) -> Json:
    data = find(snapshot, key)
    if data is None:
        raise _not_found(what)
    return data


def _not_found(what: str) -> NotFound:
    return NotFound(f"there is no {what}", hint="search for it by words or by date")


def read_document(snapshot: Snapshot, id: str) -> Document:
    """The document of an item. Raises NotFound."""
    number = snapshot.number("id", id)
    if number is None:
        raise _not_found(f"item {id}")
    return document_from_row(snapshot.record(number))


def read_documents(snapshot: Snapshot, briefing: str) -> tuple[Document, ...]:
    """The documents of a briefing, in order of position. Raises NotFound."""
    head = _wanted(snapshot, schema.head_key(briefing), f"briefing {briefing}")
    found = (read_document(snapshot, item_id(briefing, n)) for n in head["items"])
    return tuple(sorted(found, key=lambda d: d.item.position))


def read_briefing(snapshot: Snapshot, id: str) -> Briefing:
    """The whole briefing as it reads now. Raises NotFound."""
    head = _wanted(snapshot, schema.head_key(id), f"briefing {id}")
    items = tuple(document.item for document in read_documents(snapshot, id))
    return replace(briefing_from_json(head["briefing"]), items=items)


def read_revisions(snapshot: Snapshot, id: str) -> tuple[Revision, ...]:
    """Every text that a briefing has had, the present one last. Raises NotFound."""
    *earlier, (last, received) = _wanted(snapshot, schema.head_key(id), f"briefing {id}")["revisions"]
    texts = (
        Revision(
            number, since, briefing_from_json(_wanted(snapshot, schema.revision_key(id, number), f"text {number}"))
        )
        for number, since in earlier
    )
    return (*texts, Revision(last, received, read_briefing(snapshot, id)))


def find_neighbours(snapshot: Snapshot, id: str) -> Neighbours:
    """The briefings just before and after one, of its publisher and language. Raises NotFound."""
    if not _has_briefing(snapshot, id):
        raise _not_found(f"briefing {id}")
    series = id.rsplit("/", 1)[0]
    if series not in snapshot.series:
        prefix = schema.head_key("")
        keys = snapshot.terms("key", schema.head_key(f"{series}/"))
        snapshot.series[series] = sorted((key.removeprefix(prefix) for key in keys), key=id_key)
    ids = snapshot.series[series]
    at = bisect_left(ids, id_key(id), key=id_key)

    def nearest(some: Iterable[str]) -> str | None:
        return next((one for one in some if _has_briefing(snapshot, one)), None)

    return Neighbours(nearest(reversed(ids[:at])), nearest(ids[at + 1 :]))


def _has_briefing(snapshot: Snapshot, id: str) -> bool:
    return snapshot.number("key", schema.head_key(id)) is not None


def read_received(snapshot: Snapshot, id: str) -> tuple[str, ...]:
    """When each text of a briefing was received, the present one's last; empty where there is none."""
    known = snapshot.received.get(id)
    if known is None:
        head = find(snapshot, schema.head_key(id))
        known = tuple(since for _, since in head["revisions"]) if head else ()
        if len(snapshot.received) >= MAX_REMEMBERED:
            snapshot.received.clear()
        snapshot.received[id] = known
    return known


def iter_entries(snapshot: Snapshot, numbers: Numbers) -> Iterator[Entry]:
    """The documents with these numbers, in this order, each read when it is asked for."""
    for start in range(0, len(numbers), BATCH):
        for number in numbers[start : start + BATCH].tolist():
            document = document_from_row(snapshot.record(number))
            received = read_received(snapshot, document.briefing)
            yield Entry(document, len(received), received[-1])


def read_coverage(snapshot: Snapshot) -> tuple[Coverage, ...]:
    """What the collection holds, by publisher and language."""
    groups = groupby(sorted(_iter_heads(snapshot), key=_group), key=_group)
    return tuple(_coverage(publisher, language, list(heads)) for (publisher, language), heads in groups)


def read_list(snapshot: Snapshot) -> tuple[Listed, ...]:
    """Every briefing, by day, then by id."""
    found = (_listed(head) for head in _iter_heads(snapshot))
    return tuple(sorted(found, key=lambda one: (one.date, id_key(one.id))))


def _listed(head: dict[str, Any]) -> Listed:
    one = head["briefing"]
    day = date.fromisoformat(one["date"])
    return Listed(one["id"], one["publisher"], one["language"], day, one["title"], head["answers"], head["added"])


def _iter_heads(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    return (snapshot.record(number) for number in snapshot.heads.tolist())


def _group(head: dict[str, Any]) -> tuple[str, str]:
    return head["briefing"]["publisher"], head["briefing"]["language"]


def _coverage(publisher: str, language: str, heads: Sequence[dict[str, Any]]) -> Coverage:
    dates = [date.fromisoformat(head["briefing"]["date"]) for head in heads]
    adjourned = {(a["from"], a["to"]) for head in heads for a in head["briefing"]["adjournments"]}
    return Coverage(
        publisher=publisher,
        language=language,
        first=min(dates),
        last=max(dates),
        briefings=len(heads),
        answers=sum(head["answers"] for head in heads),
        added=max(head["added"] for head in heads),
        adjournments=tuple(Adjournment(date.fromisoformat(a), date.fromisoformat(b)) for a, b in sorted(adjourned)),
    )
