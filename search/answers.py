"""A searcher's answer as JSON: what the API's search answers and `lectern search --json` prints.

Fields are only ever added.
"""

from dataclasses import replace

from search.addresses import address_of, address_of_record
from search.labels import Labels
from search.page import FacetValue, Hit, Notice, Page, SearchRequest, Snippet
from search.record import Json
from search.schema import FACETS


def page_to_json(page: Page, labels: Labels) -> Json:
    """A searcher's answer. `suggestion` is another text that finds something under the same selection, or null."""
    request = page.request
    advice = next((a for a in page.advice if a.request.selection == request.selection), None)
    return {
        "query": page.query,
        "total": page.total,
        "total_is": "exact",
        "took_ms": round(page.took_ms, 2),
        "generation": page.generation,
        "page": request.page,
        "per_page": request.per_page,
        "hits": [_hit(h, request, labels) for h in page.hits],
        "facets": {f.name: [_facet(v) for v in page.facets.get(f.name, ())] for f in FACETS},
        "histogram": [
            {"from": b.since.isoformat(), "to": b.until.isoformat(), "count": b.count, "of": b.of}
            for b in page.histogram
        ],
        "suggestion": {"query": advice.request.text, "total": advice.total} if advice else None,
        "notices": [_notice(n, request) for n in page.notices],
    }


def _hit(hit: Hit, request: SearchRequest, labels: Labels) -> Json:
    document, item = hit.document, hit.document.item
    return {
        "id": document.id,
        "briefing": document.briefing,
        "kind": item.kind,
        "title": document.title,
        "date": document.date.isoformat(),
        "asker": item.asker,
        "speaker": item.speaker,
        "speakers": list(item.speakers),
        "outlet": item.outlet,
        "publisher": document.publisher,
        "language": document.language,
        "url": address_of_record(document.briefing, SearchRequest(text=request.text), f"{item.n}"),
        "score": round(hit.score, 4),
        "question": _pieces(hit.question),
        "answer": _pieces(hit.answer),
        "entities": [
            {"id": id, "label": labels.label("entity", id), "type": labels.type(id)} for id in document.entities
        ],
    }


def _pieces(snippet: Snippet | None) -> list[Json]:
    return [{"text": p.text, "hit": p.hit} for p in snippet.pieces] if snippet else []


def _facet(value: FacetValue) -> Json:
    data: Json = {"value": value.value, "label": value.label, "count": value.count, "state": value.state}
    return data | {"type": value.type} if value.type else data


def _notice(notice: Notice, request: SearchRequest) -> Json:
    url = address_of(replace(request, exact=True, page=1)) if notice.code == "synonyms" else None
    return {"code": notice.code, "message": notice.message, "url": url}
