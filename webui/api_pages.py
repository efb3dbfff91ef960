"""The API described: `/api/v1/openapi.json` for programs, and `/api` for people, both from one description.

The one decision: the page is a page of ours, and works as they do: no viewer from elsewhere, no script. What it gives
to try is there in the collection that is served.
"""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, jsonify, render_template

from search.engine import Request
from search.errors import IndexMissing
from search.record import Json
from webui.api_description import Example, Operation, Parameter
from webui.frame import Frame
from webui.openapi import ERRORS, iter_operations, make_document, parts_of, statuses_of
from webui.origin import stated_site
from webui.quotas import PLACES, limits_of
from webui.shelf import current_shelf
from webui.tongue import gettext

api_pages = Blueprint("api_pages", __name__)

NOWHERE = "http://localhost:8000"
"""Where the examples ask, while nobody has said where the site is."""
PLACEHOLDERS = {
    "briefing": "cn-mfa/en/2024-02-08",
    "item": "cn-mfa/en/2024-02-08/2",
    "publisher": "cn-mfa",
    "entity": "place-cn",
    "outlet": "Agence France-Presse",
}
"""What the examples name, while the collection is empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a name, what it may be, the shape that this leads to (or ""), and what it is for."""

    name: str
    kind: str
    shape: str
    about: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command to try, and what it shows."""

    shows: str
    line: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An address of the API: where it is, what it gives, what may be asked, with which errors."""

    id: str
    path: str
    summary: str
    about: str
    answer: str
    parameters: tuple[Row, ...]
    statuses: tuple[int, ...]
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that answers are made of."""

    name: str
    about: str
    fields: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All that api.html shows."""

    frame: Frame
    site: str
    offers: tuple[Offer, ...]
    shapes: tuple[Shape, ...]
    errors: tuple[Row, ...]
    limits: tuple[tuple[str, str], ...]
    places: int
    with_key: str


@api_pages.get("/api/v1/openapi.json")
def document() -> Response:
    """The description as an OpenAPI document."""
    return jsonify(make_document(current_app, stated_site()))


@api_pages.get("/api")
def developers() -> str:
    """The same for people."""
    return render_template("api.html", page=api_page())


def api_page() -> ApiPage:
    """The page of documentation."""
    described, named = make_document(current_app, ""), _named()
    site = stated_site() or NOWHERE
    limits = limits_of(current_shelf().settings.rate_limit)
    return ApiPage(
        frame=Frame(gettext("The API"), canonical="/api"),
        site=site,
        offers=tuple(_offer(id, path, one, site, named) for id, path, one in iter_operations(current_app)),
        shapes=tuple(_iter_shapes(described["components"]["schemas"])),
        errors=tuple(Row(f"{status}", name, "", about) for status, (name, about) in ERRORS.items()),
        limits=tuple(limits.items()),
        places=PLACES,
        with_key=f"curl -H 'Authorization: Bearer lectern_…' {shlex.quote(f'{site}/api/v1/coverage')}",
    )


def _offer(id: str, path: str, operation: Operation, site: str, named: Mapping[str, str]) -> Offer:
    return Offer(
        id=id.replace(".", "-"),
        path=path,
        summary=operation.summary,
        about=operation.about.replace("`", ""),
        answer=operation.answer.__name__,
        parameters=tuple(_row(one) for one in (*parts_of(path), *operation.parameters)),
        statuses=statuses_of(operation),
        commands=tuple(_command(one, site, named) for one in operation.examples),
    )


def _row(parameter: Parameter) -> Row:
    kind, _ = _kind(parameter.schema)
    return Row(parameter.name, f"{kind}, repeatable" if parameter.repeats else kind, "", parameter.about)


def _command(example: Example, site: str, named: Mapping[str, str]) -> Command:
    path = example.path.format_map({name: quote(value) for name, value in named.items()})
    return Command(example.shows, f"curl {shlex.quote(site + path)}")


def _named() -> Mapping[str, str]:
    """What the examples name: the newest briefing, its first item, what is mentioned and asks most."""
    engine = current_shelf().engine
    try:
        listed = [one for one in engine.briefings() if one.answers]
        if not listed:
            return PLACEHOLDERS
        briefing = listed[-1]
        item = engine.documents(briefing.id)[0].id
        counts = engine.find(Request(limit=0, facets=("entity", "outlet"))).facets
    except IndexMissing:
        return PLACEHOLDERS
    most = {name: next((c.value for c in counts[name] if c.value), PLACEHOLDERS[name]) for name in ("entity", "outlet")}
    return {"briefing": briefing.id, "item": item, "publisher": briefing.publisher, **most}


def _iter_shapes(schemas: Json) -> Iterator[Shape]:
    for name, schema in schemas.items():
        required = schema.get("required", ())
        fields = []
        for field, of in schema["properties"].items():
            kind, shape = _kind(of)
            fields.append(
                Row(
                    field,
                    kind if field in required else f"{kind}, if any",
                    shape,
                    of.get("description", "").replace("`", ""),
                )
            )
        yield Shape(name, schema.get("description", ""), tuple(fields))


def _kind(schema: Mapping[str, Any]) -> tuple[str, str]:
    """What a schema lets through, in words, and the shape that it names, or ""."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name, name
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"]]
        return " or ".join(kind for kind, _ in kinds), next((shape for _, shape in kinds if shape), "")
    if "enum" in schema:
        return " or ".join(f"{value}" for value in schema["enum"]), ""
    if schema.get("type") == "array":
        kind, shape = _kind(schema["items"])
        return f"list of {kind}", shape
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}", ""
    return {"date": "a day, as 2024-02-08"}.get(schema.get("format", ""), f"{schema.get('type', 'any')}"), ""
