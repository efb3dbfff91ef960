"""The page of all values of a facet: filter, order, types, the values with their links, paging; and the route to it.

The one decision: a click on a value leads back to this page, so that several can be picked in a row; the way to the
answers stands beside them with their number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, render_template, request

from search.addresses import MAX_PER_PAGE, address_of, pairs_of, request_from
from search.answers import facet_to_json
from search.facets import label_of
from search.labels import Labels
from search.page import FacetValue, SearchRequest, Values
from search.schema import TYPES
from webui import steps
from webui.facets import FacetLink
from webui.formats import number_text
from webui.frame import Frame, Link, box_of
from webui.kept import keep
from webui.names import MANY, TYPE_LISTS, answers_text, value_text
from webui.results import Chip, Pager, chips_of, pager_of
from webui.shelf import current_shelf
from webui.tongue import gettext, marked
from webui.values import Order, Wanted, choose, wanted_from

facets = Blueprint("facets", __name__)

VALUES_A_PAGE = 120
ORDERS: Mapping[Order, str] = {"count": marked("Most answers"), "name": marked("A–Z")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A state of the list that is one click away, and whether it is the present one."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All that facet.html shows. `kept` are the hidden inputs of the filter's form."""

    frame: Frame
    field: str
    title: str
    many: str
    searched: str
    prefix: str
    action: str
    kept: tuple[tuple[str, str], ...]
    unfiltered: str
    orders: tuple[Choice, ...]
    types: tuple[Choice, ...]
    count_text: str
    values: tuple[FacetLink, ...]
    pager: Pager | None
    chips: tuple[Chip, ...]
    answers: Link


@facets.get("/facets/<field>")
def values_page(field: str) -> str:
    """All values of a facet under a search."""
    shelf, asked, wanted = current_shelf(), request_from(request.args), wanted_from(field, request.args)

    def make() -> str:
        labels = shelf.engine.labels()
        return render_template("facet.html", page=facet_page(shelf.searcher.values(asked, field), wanted, labels))

    return keep(asked, make, wanted.prefix, wanted.by, wanted.type)


@facets.get("/api/v1/facets/<field>")
def values_json(field: str) -> Response:
    """The same as JSON."""
    shelf, asked, wanted = current_shelf(), request_from(request.args), wanted_from(field, request.args)
    if "per_page" not in request.args:
        asked = replace(asked, per_page=MAX_PER_PAGE)

    def make() -> str:
        found = shelf.searcher.values(asked, field)
        values = choose(found.values, wanted, shelf.engine.labels())
        begin = (asked.page - 1) * asked.per_page
        return current_app.json.dumps(
            {
                "field": field,
                "label": label_of(field, found.request),
                "prefix": wanted.prefix,
                "by": wanted.by,
                "type": wanted.type,
                "generation": found.generation,
                "answers": found.total,
                "total": len(values),
                "page": asked.page,
                "per_page": asked.per_page,
                "values": [facet_to_json(v) for v in values[begin : begin + asked.per_page]],
            }
        )

    text = keep(asked, make, wanted.prefix, wanted.by, wanted.type)
    return current_app.response_class(text, mimetype="application/json")


def facet_page(found: Values, wanted: Wanted, labels: Labels) -> FacetPage:
    """The page of all values of a facet."""
    asked, field = found.request, wanted.field.name
    values = choose(found.values, wanted, labels)
    first, begin = replace(asked, page=1), (asked.page - 1) * VALUES_A_PAGE
    many = gettext(TYPE_LISTS[wanted.type]).lower() if wanted.type else gettext(MANY[field])
    every = gettext("All %(many)s", many=many)
    about = field == "entity" and asked.subject

    def at(page: int) -> str:
        return _address(replace(asked, page=page), wanted)

    return FacetPage(
        frame=Frame(every, box_of(first), _address(asked, wanted), indexed=False),
        field=field,
        title=gettext("All %(many)s that answers are about", many=many) if about else every,
        many=many,
        searched=asked.text,
        prefix=wanted.prefix,
        action=f"/facets/{field}",
        kept=_kept(first, wanted),
        unfiltered=_address(first, replace(wanted, prefix="")) if wanted.prefix else "",
        orders=tuple(
            Choice(gettext(name), _address(first, replace(wanted, by=by)), by == wanted.by)
            for by, name in ORDERS.items()
        ),
        types=_types(first, wanted),
        count_text=gettext("%(number)s %(many)s", number=number_text(len(values)), many=many)
        if len(values) != 1
        else gettext("1 value"),
        values=tuple(_link(value, first, wanted) for value in values[begin : begin + VALUES_A_PAGE]),
        pager=pager_of(asked.page, max(1, -(-len(values) // VALUES_A_PAGE)), at),
        chips=tuple(replace(chip, remove=_address(without, wanted)) for chip, without in chips_of(first, labels)),
        answers=Link(gettext("Show %(answers)s", answers=answers_text(found.total)), address_of(first)),
    )


def _address(asked: SearchRequest, wanted: Wanted) -> str:
    """The address of a list of values: those of its search, then its own parameters, defaults left out."""
    pairs = [*pairs_of(asked), *_own(wanted)]
    return f"/facets/{wanted.field.name}" + (f"?{urlencode(pairs)}" if pairs else "")


def _own(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    said = (("prefix", wanted.prefix), ("by", "" if wanted.by == "count" else wanted.by), ("type", wanted.type))
    return tuple((name, value) for name, value in said if value)


def _kept(asked: SearchRequest, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    return (*pairs_of(asked), *_own(replace(wanted, prefix="")))


def _types(asked: SearchRequest, wanted: Wanted) -> tuple[Choice, ...]:
    if wanted.field.name != "entity":
        return ()
    names = [("", gettext("All")), *((type, gettext(TYPE_LISTS[type])) for type in TYPES.values())]
    return tuple(Choice(name, _address(asked, replace(wanted, type=type)), type == wanted.type) for type, name in names)


def _link(value: FacetValue, asked: SearchRequest, wanted: Wanted) -> FacetLink:
    field, free = wanted.field.name, value.state == "none"
    toggled = (steps.include if free else steps.drop)(asked, field, value.value)
    excluded = _address(steps.exclude(asked, field, value.value), wanted) if free else ""
    return FacetLink(
        value_text(field, value.value, value.label), value.count, value.state, _address(toggled, wanted), excluded
    )
