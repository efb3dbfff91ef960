"""The description of the API as an OpenAPI 3.1 document, made of its routes, `api_description` and `api_shapes`.

Nothing is described here but what holds for every address: errors, limits, keys, how long an answer may be kept.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from flask import Flask
from msgspec.json import schema_components

from search.record import Json
from webui import api_shapes as shapes
from webui.api_description import OPERATIONS, PARTS, UNDESCRIBED, Operation, Parameter
from webui.quotas import PLACES

ROOT = "/api/v1/"
OPENAPI = "3.1.0"
REFERENCE = "#/components/schemas/{name}"
ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("BadRequest", "A parameter means nothing, or a query cannot be read or would take too long."),
    401: ("UnknownKey", "The key that was sent is not known, or no longer."),
    404: ("NotFound", "Nothing is known under this id."),
    410: ("Gone", "What stood under this id was withdrawn; the message says when and why."),
    414: ("AddressTooLong", "The address has more than 8,190 characters."),
    429: ("TooManyRequests", "The limit is reached; Retry-After says for how many seconds."),
    503: ("NotAvailable", "The index cannot be read just now."),
}
"""Status, name and meaning of every error that an address may answer with."""
LOOKED_UP = frozenset({404, 410})
"""Errors of addresses that look something up."""
HEADERS: Mapping[str, tuple[str, Json]] = {
    "RateLimit": ("What is left of the limit: r units, t seconds until it begins anew.", {"type": "string"}),
    "RateLimit-Policy": ("The limit: q units in w seconds.", {"type": "string"}),
    "RateLimit-Limit": ("The limit, in units.", {"type": "integer"}),
    "RateLimit-Remaining": ("What is left of it.", {"type": "integer"}),
    "RateLimit-Reset": ("Seconds until it begins anew.", {"type": "integer"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer"}),
    "ETag": ("A tag of this answer, to be sent as If-None-Match.", {"type": "string"}),
    "Cache-Control": ("How long the answer may be kept.", {"type": "string"}),
}
"""What headers say. The limits' are missing where the server limits nothing."""
ABOUT = (
    "Searches the transcripts of press briefings. Everything is read with GET, without a key; the API only ever gains "
    "fields. Errors have one shape. A page of another site may ask from a browser, without credentials, unless this "
    "server lists the sites that may. A request costs one unit of its limit, and one more for every "
    f"{PLACES:,} places of words that the engine had to look through. A partner's key, sent as "
    "`Authorization: Bearer …`, has a limit of its own. Answers carry an ETag; one that is sent back as If-None-Match "
    "is answered 304 while nothing has changed."
)


def make_document(app: Flask, site: str) -> Json:
    """The OpenAPI document of an application's API; `site` is where it is reached, "" where that is not known."""
    answers = {one.answer for one in OPERATIONS.values()}
    _, schemas = schema_components([*sorted(answers, key=lambda t: t.__name__), shapes.Error], ref_template=REFERENCE)
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Lectern",
            "version": version("lectern"),
            "summary": "Full-text search for press-briefing transcripts",
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": site or "/"}],
        "security": [{}, {"key": []}],
        "paths": {path: {"get": _operation(id, one, path)} for id, path, one in iter_operations(app)},
        "components": {
            "schemas": {name: _in_order(name, schema) for name, schema in schemas.items()},
            "responses": {name: _error(status, about) for status, (name, about) in ERRORS.items()},
            "headers": {name: {"description": about, "schema": schema} for name, (about, schema) in HEADERS.items()},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A partner's key."}},
        },
    }


def _in_order(name: str, schema: Json) -> Json:
    """A schema with its fields in the order in which answers have them."""
    fields = getattr(shapes, name).__annotations__
    return schema | {"properties": {field: schema["properties"][field] for field in fields}}


def iter_operations(app: Flask) -> Iterator[tuple[str, str, Operation]]:
    """What is offered under each address of the API, in the order of the table: endpoint, path, operation."""
    paths = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT)}
    for endpoint, operation in OPERATIONS.items():
        yield endpoint, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", paths[endpoint]), operation


def undescribed(app: Flask) -> set[str]:
    """Endpoints of the API that nothing describes."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT)]
    return {rule.endpoint for rule in rules} - OPERATIONS.keys() - UNDESCRIBED


def parts_of(path: str) -> tuple[Parameter, ...]:
    """What stands in a path."""
    return tuple(PARTS[name] for name in re.findall(r"\{(\w+)\}", path))


def statuses_of(operation: Operation) -> tuple[int, ...]:
    """The errors that an address may answer with."""
    return tuple(status for status in ERRORS if operation.looks_up or status not in LOOKED_UP)


def _operation(id: str, operation: Operation, path: str) -> Json:
    errors = {f"{status}": {"$ref": f"#/components/responses/{ERRORS[status][0]}"} for status in statuses_of(operation)}
    moved = {"301": {"description": "It has another id now."}} if operation.looks_up else {}
    return {
        "operationId": id.replace(".", "_"),
        "summary": operation.summary,
        "description": operation.about,
        "parameters": [
            *(_parameter(one, "path") for one in parts_of(path)),
            *(_parameter(one, "query") for one in operation.parameters),
        ],
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": _headers(*(name for name in HEADERS if name != "Retry-After")),
                "content": {"application/json": {"schema": {"$ref": REFERENCE.format(name=operation.answer.__name__)}}},
            },
            "304": {"description": "What the reader has still holds."},
            **moved,
            **errors,
        },
    }


def _parameter(parameter: Parameter, place: str) -> Json:
    schema: Mapping[str, Any] = parameter.schema
    if parameter.repeats:
        schema = {"type": "array", "items": schema}
    described: Json = {"name": parameter.name, "in": place, "description": parameter.about, "schema": dict(schema)}
    return described | ({"required": True} if place == "path" else {})


def _headers(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _error(status: int, about: str) -> Json:
    named = [name for name in HEADERS if name.startswith("RateLimit") or (name == "Retry-After" and status == 429)]
    return {
        "description": about,
        "headers": _headers(*named),
        "content": {"application/json": {"schema": {"$ref": REFERENCE.format(name="Error")}}},
    }
