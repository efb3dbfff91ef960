"""`/api/v1`: the search, briefings, items and coverage as JSON. Shapes are in `webui.shape`, errors in `failures`."""

from flask import Blueprint, Response, current_app, jsonify, request

from search.addresses import limit_from, request_from
from search.similar import MAX_SIMILAR, find_similar
from webui.kept import commit_stamp, keep
from webui.likeness import TOLD
from webui.paging import commit_token, has_changed, search_to_json
from webui.shape import (
    coverage_to_json,
    dossier_to_json,
    item_record_to_json,
    record_to_json,
    similar_to_json,
    split_to_json,
)
from webui.shelf import current_shelf

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """The searcher's answer to the page's parameters."""
    shelf, asked, commit = current_shelf(), request_from(request.args), commit_token(commit_stamp())
    changed = has_changed(request.args, shelf.engine.status().generation, commit)

    def make() -> str:
        page, labels = shelf.searcher.search(asked), shelf.engine.labels()
        return current_app.json.dumps(search_to_json(page, asked, labels, commit, changed=changed))

    text = keep(asked, make, "changed" if changed else "")
    return current_app.response_class(text, mimetype="application/json")


@api.get("/briefings/<publisher>/<language>/<day>")
def briefing(publisher: str, language: str, day: str) -> Response:
    """A whole briefing."""
    return jsonify(record_to_json(current_shelf().record(f"{publisher}/{language}/{day}")))


@api.get("/items/<publisher>/<language>/<day>/<int:n>")
def item(publisher: str, language: str, day: str, n: int) -> Response:
    """One item."""
    (document,) = current_shelf().item(f"{publisher}/{language}/{day}", n).documents
    return jsonify(item_record_to_json(document))


@api.get("/items/<publisher>/<language>/<day>/<int:n>/similar")
def similar(publisher: str, language: str, day: str, n: int) -> Response:
    """Answers like one, and what others asked of the same on its day."""
    shelf, limit = current_shelf(), limit_from(request.args, TOLD, MAX_SIMILAR)
    (document,) = shelf.item(f"{publisher}/{language}/{day}", n).documents
    found = find_similar(shelf.engine, document, limit)
    return jsonify(similar_to_json(document, found, shelf.engine.labels()))


@api.get("/entities/<id>")
def entity(id: str) -> Response:
    """What the collection says of one entity; of one that was split, what took its place."""
    shelf = current_shelf()
    known, labels = shelf.entity(id), shelf.engine.labels()
    return jsonify(split_to_json(id, known, labels) if isinstance(known, tuple) else dossier_to_json(known, labels))


@api.get("/coverage")
def coverage() -> Response:
    """What the collection holds."""
    engine = current_shelf().engine
    return jsonify(coverage_to_json(engine.coverage(), engine.labels()))
