"""The filters beside the results: values with their counts and addresses, and what the counts of entities count.

The one decision: entities stand in a list for each type, under one switch, since the switch says for all of them what
a number means and what a click finds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.addresses import Nearby, address_of
from search.page import FacetValue, Page, SearchRequest
from search.schema import FACETS, TYPES
from webui import steps
from webui.formats import number_text
from webui.frame import Link
from webui.names import MANY, TYPE_LISTS, field_text, value_text
from webui.tongue import gettext

SHOWN = 8
"""Values of a list that are shown before "show more"."""
SHOWN_OF_TYPE = 5
"""The same of entities of one type: there are four such lists."""
MOST = 12
"""Values of a list that are there at all: of more, a page of their own is easier to search, and this one to send."""
CHRONICLES = frozenset({"year", "month"})
"""Facets that stand in the order of time, newest first; all others stand as the searcher has them."""
FOLDED = frozenset({"month"})
"""Facets that open on a click."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet: its count, its state, the address that picks or drops it, and the one that rules it out."""

    label: str
    count: int
    state: str
    toggle: str
    exclude: str

    @property
    def count_text(self) -> str:
        """The count as people read it."""
        return number_text(self.count)


@dataclass(frozen=True, slots=True)
class FacetList:
    """Values that stand together: those shown, and those behind "show more". `type` is that of entities, else "".

    `every` leads to all values there are, with a filter; `None` where there are few.
    """

    type: str
    label: str
    shown: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]
    every: Link | None


@dataclass(frozen=True, slots=True)
class Option:
    """A state of the switch, what it does in words, and whether it is the present one."""

    label: str
    detail: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """What the counts of entities count: one of `counts`; `parts`, on or off, where it makes a difference."""

    counts: tuple[Option, ...]
    parts: Option | None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet; one that is folded opens on a click."""

    name: str
    label: str
    switch: Switch | None
    lists: tuple[FacetList, ...]
    folded: bool
    open: bool


def facet_groups(page: Page) -> tuple[FacetGroup, ...]:
    """All facets that have a value. That of entities is there as well while its switch is not where it is at first."""
    switched = page.request.subject or page.request.rollup
    return tuple(
        _group(f.name, gettext(f.label), page) if f.name != "entity" else _entities(page)
        for f in FACETS
        if page.facets.get(f.name) or (f.name == "entity" and switched)
    )


def _group(name: str, label: str, page: Page) -> FacetGroup:
    values = list(page.facets[name])
    if name in CHRONICLES:
        values.sort(key=lambda v: v.value, reverse=True)
    picked = any(v.state != "none" for v in values)
    values_listed = _list(name, "", "", values, SHOWN, page.request)
    return FacetGroup(name, label, None, (values_listed,), name in FOLDED, picked)


def _entities(page: Page) -> FacetGroup:
    """The facet of entities: a list for each type, then what has none, answers that mention nothing among them."""
    values = page.facets.get("entity", ())
    by_type = {type: [v for v in values if v.type == type] for type in TYPES.values()}
    rest = [v for v in values if v.type not in by_type]
    lists = tuple(
        _list("entity", type, gettext(TYPE_LISTS[type]), some, SHOWN_OF_TYPE, page.request)
        for type, some in (*by_type.items(), ("", rest))
        if some
    )
    label = field_text("entity", page.request)
    return FacetGroup("entity", label, _switch(page.request), lists, folded=False, open=True)


def _list(  # noqa: PLR0913, PLR0917 (what the list is made of)
    name: str, type: str, label: str, values: Sequence[FacetValue], most: int, request: SearchRequest
) -> FacetList:
    first = sorted(values, key=lambda v: v.state == "none")
    picked = sum(v.state != "none" for v in first)
    links = tuple(_links(name, first[: max(MOST, picked)], request))
    shown = max(most, picked)
    # "Show 1 more" takes as much room as the one.
    shown += len(links) == shown + 1
    every = _every(name, type, request) if len(values) > MOST else None
    return FacetList(type, label, links[:shown], links[shown:], every)


def _every(name: str, type: str, request: SearchRequest) -> Link:
    address = address_of(replace(request, page=1), f"/facets/{name}")
    many = gettext(TYPE_LISTS[type]).lower() if type else gettext(MANY[name])
    every = gettext("All %(many)s", many=many)
    return Link(every, f"{address}{'&' if '?' in address else '?'}type={type}" if type else address)


def _links(field: str, values: Iterable[FacetValue], request: SearchRequest) -> Iterable[FacetLink]:
    near = Nearby(request)
    for value in values:
        free = value.state == "none"
        yield FacetLink(
            label=value_text(field, value.value, value.label),
            count=value.count,
            state=value.state,
            toggle=(near.include if free else near.drop)(field, value.value),
            exclude=near.exclude(field, value.value) if free else "",
        )


def _switch(request: SearchRequest) -> Switch:
    mentions, subjects = steps.counting_mentions(request, rollup=request.rollup), steps.counting_subjects(request)
    turned = steps.counting_mentions(request, rollup=not request.rollup)
    detail = gettext("cities in countries, bodies in organisations")
    return Switch(
        counts=(
            Option(gettext("every mention"), "", address_of(mentions), current=not request.subject),
            Option(gettext("only what an answer is about"), "", address_of(subjects), current=request.subject),
        ),
        # An answer about a city is not therefore about its country.
        parts=None
        if request.subject
        else Option(gettext("with parts"), detail, address_of(turned), current=request.rollup),
    )
