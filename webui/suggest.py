"""Help while typing, for browsers (`/suggest`) and for programs and our own pages (`/api/v1/suggest`).

What is suggested is `search.suggestions`' business; here it becomes JSON. The one decision: a browser keeps an answer
for a minute and then asks whether it still holds, by a digest of its bytes; a new commit is seen as soon as that.
"""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, request

from search.addresses import address_of, limit_from, pairs_of
from search.errors import IndexMissing
from search.record import Json
from search.suggestions import MOST, Suggestion
from webui.names import answers_text
from webui.shelf import current_shelf

suggest = Blueprint("suggest", __name__)

AGE = 60
"""Seconds for which an answer is taken for true without asking."""
KINDS = {"entity": "mentioned", "outlet": "outlet", "speaker": "speaker", "phrase": "phrase", "word": "word"}
"""What a browser says of a suggestion of each kind."""


@suggest.after_request
def let_browsers_keep(response: Response) -> Response:
    """For a minute, and by its digest."""
    if response.status_code != HTTPStatus.OK:
        return response
    response.cache_control.public = True
    response.cache_control.max_age = AGE
    response.add_etag()
    response.make_conditional(request)
    return response


@suggest.get("/suggest")
def for_browsers() -> Response:
    """OpenSearch suggestions: what was typed, completions, what they are, and where they lead."""
    typed = request.args.get("q", "")
    found = _suggest(typed, MOST)
    base = current_shelf().settings.values.get("LECTERN_BASE_URL", "").rstrip("/")
    described = [f"{KINDS[one.kind]}, {answers_text(one.count)}" for one in found]
    rows = [typed, [one.completion for one in found], described, [f"{base}{address_of(one.request)}" for one in found]]
    return current_app.response_class(current_app.json.dumps(rows), mimetype="application/x-suggestions+json")


@suggest.get("/api/v1/suggest")
def for_programs() -> Response:
    """The same as objects."""
    typed, limit = request.args.get("q", ""), limit_from(request.args, MOST, MOST)
    return jsonify({"query": typed, "suggestions": [_to_json(one) for one in _suggest(typed, limit)]})


def _suggest(typed: str, limit: int) -> tuple[Suggestion, ...]:
    """The suggestions for `typed`; while nothing is indexed, none."""
    try:
        return current_shelf().suggester.suggest(typed, limit)
    except IndexMissing:
        return ()


def _to_json(suggestion: Suggestion) -> Json:
    """A suggestion; `parameters` are those of the search that it stands for."""
    return {
        "kind": suggestion.kind,
        "label": suggestion.label,
        "alias": suggestion.alias,
        "type": suggestion.type,
        "count": suggestion.count,
        "completion": suggestion.completion,
        "parameters": [list(pair) for pair in pairs_of(suggestion.request)],
        "url": address_of(suggestion.request),
    }
