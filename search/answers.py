"""A searcher's answer as JSON: what the API's search answers and `lectern search --json` prints.

Fields are only ever added.
"""

from search.addresses import address_of, address_of_record
from search.labels import Labels
from search.model import Mention
from search.page import Advice, Again, FacetValue, Hit, Notice, Page, SearchRequest, Snippet
from search.record import Json
from search.schema import FACETS


def page_to_json(page: Page, labels: Labels) -> Json:
    """A searcher's answer. `suggestion` is the text that was perhaps meant, under the same selection, or null."""
    request = page.request
    return {
        "query": page.query,
        "total": page.total,
        "total_is": page.total_is,
        "took_ms": round(page.took_ms, 2),
        "generation": page.generation,
        "page": request.page,
        "per_page": request.per_page,
        "hits": [hit_to_json(h, request, labels) for h in page.hits],
        "facets": {f.name: [facet_to_json(v) for v in page.facets.get(f.name, ())] for f in FACETS},
        "histogram": [
            {"from": b.since.isoformat(), "to": b.until.isoformat(), "count": b.count, "of": b.of}
            for b in page.histogram
        ],
        "suggestion": _advice(page.suggestion) if page.suggestion else None,
        "notices": [_notice(n) for n in page.notices],
        "advice": [{"message": a.message, **_advice(a)} for a in page.advice],
    }


def hit_to_json(hit: Hit, request: SearchRequest, labels: Labels) -> Json:
    """One hit of `request`. Those that are folded under another are hits as well, and say under which."""
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
        "entities": [_entity(mention, labels) for mention in document.named],
        "editions": list(hit.editions),
        "again": _again(hit.again) if hit.again else None,
        "nearly": list(hit.nearly),
        "folded_into": hit.folded_into or None,
    }


def _entity(mention: Mention, labels: Labels) -> Json:
    name = labels.of_mention(mention)
    return {"id": mention.id, "label": name.label, "type": name.type}


def _again(again: Again) -> Json:
    return {
        "count": again.count,
        "first": again.first.isoformat(),
        "last": again.last.isoformat(),
        "ids": list(again.ids),
    }


def _pieces(snippet: Snippet | None) -> list[Json]:
    return [{"text": p.text, "hit": p.hit} for p in snippet.pieces] if snippet else []


def facet_to_json(value: FacetValue) -> Json:
    """One value of a facet; `type` is there for entities whose type is known."""
    data: Json = {"value": value.value, "label": value.label, "count": value.count, "state": value.state}
    return data | {"type": value.type} if value.type else data


def _advice(advice: Advice) -> Json:
    return {"query": advice.request.text, "total": advice.total, "url": address_of(advice.request)}


def _notice(notice: Notice) -> Json:
    url = address_of(notice.request) if notice.request else None
    return {"code": notice.code, "message": notice.message, "url": url}
