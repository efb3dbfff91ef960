"""The API's shapes beside a searcher's answer (`search.answers`): a briefing, an item, the coverage, an error.

Fields are only ever added. Nothing here knows Flask.
"""

from collections.abc import Sequence
from pathlib import PurePath

from search.addresses import address_of, address_of_entity, address_of_record
from search.answers import hit_to_json
from search.dossier import Dossier
from search.errors import LecternError, QuerySyntaxError
from search.holdings import Coverage
from search.labels import Labels
from search.model import Document
from search.page import FacetValue, SearchRequest
from search.record import Json, briefing_to_json, item_to_json, mention_to_json
from search.similar import Similar
from webui.entity import mentions_of
from webui.shelf import Record


def record_to_json(record: Record) -> Json:
    """A briefing as `parse` prints it, with the entities of every item and the ids of its other editions."""
    # Where the file lay is the librarian's business; its name is part of the record.
    data = briefing_to_json(record.briefing) | {"file": PurePath(record.briefing.file).name}
    items = [item_to_json(d.item) | _entities(d) for d in record.documents]
    return data | {"items": items, "editions": list(record.editions)}


def item_record_to_json(document: Document) -> Json:
    """An item with what it needs of its briefing, and its entities."""
    return {
        "id": document.id,
        "briefing": document.briefing,
        "publisher": document.publisher,
        "language": document.language,
        "date": document.date.isoformat(),
        "title": document.title,
        **item_to_json(document.item),
        **_entities(document),
    }


def similar_to_json(document: Document, similar: Similar, labels: Labels) -> Json:
    """What is like an item, as hits: of its day, and of any other."""
    return {
        "id": document.id,
        "similar": [hit_to_json(hit, SearchRequest(), labels) for hit in similar.more],
        "that_day": [hit_to_json(hit, SearchRequest(), labels) for hit in similar.that_day],
    }


def dossier_to_json(dossier: Dossier, labels: Labels) -> Json:
    """What the collection says of an entity; first and latest are hits of the search for it."""
    request = mentions_of(dossier.id)
    latest = [hit_to_json(hit, SearchRequest(), labels) for hit in dossier.latest]
    return {
        "id": dossier.id,
        "label": dossier.name.label,
        "type": dossier.name.type,
        "aliases": list(dossier.name.aliases),
        "successors": [],
        "total": dossier.total,
        "about": dossier.about,
        "within": dossier.within,
        "years": [{"year": f"{b.since.year:04}", "count": b.count, "of": b.of} for b in dossier.years],
        "outlets": [_value(v) for v in dossier.outlets],
        "speakers": [_value(v) for v in dossier.speakers],
        "together": [{"id": v.value, "label": v.label, "type": v.type, "count": v.count} for v in dossier.together],
        "first": _where(dossier.first) if dossier.first else None,
        "last": _where(dossier.latest[0].document) if dossier.latest else None,
        "latest": latest,
        "url": address_of_entity(dossier.id),
        "search": address_of(request),
    }


def split_to_json(id: str, successors: Sequence[str], labels: Labels) -> Json:
    """An entity's id that was split, and what took its place."""
    kept = [{"id": one, "label": labels.label("entity", one), "type": labels.type(one)} for one in successors]
    return {"id": id, "successors": kept}


def _value(value: FacetValue) -> Json:
    return {"value": value.value, "label": value.label, "count": value.count}


def _where(document: Document) -> Json:
    return {"id": document.id, "date": document.date.isoformat(), "url": address_of_record(document.id)}


def coverage_to_json(coverage: Sequence[Coverage], labels: Labels) -> Json:
    """What the collection holds, a row for each publisher and language."""
    return {
        "coverage": [
            {
                "publisher": row.publisher,
                "label": labels.label("publisher", row.publisher),
                "language": row.language,
                "first": row.first.isoformat(),
                "last": row.last.isoformat(),
                "briefings": row.briefings,
                "answers": row.answers,
                "added": row.added,
                "adjournments": [{"from": a.since.isoformat(), "to": a.until.isoformat()} for a in row.adjournments],
            }
            for row in coverage
        ]
    }


def error_to_json(error: LecternError) -> Json:
    """The one shape of every error; `position` is null but for a query's syntax."""
    position = error.position if isinstance(error, QuerySyntaxError) else None
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint, "position": position}}


def _entities(document: Document) -> Json:
    return {"entities": [mention_to_json(m) for m in document.mentions]}
