"""The page of an entity, worked out: its names, its years, who asks and answers, what is mentioned with it, and where.

Also the page of an id that was split, which lists what took its place. The one decision: every number leads to the
search that has as many hits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from search.addresses import address_of, address_of_entity, address_of_record
from search.dossier import Dossier
from search.labels import Labels
from search.model import Document
from search.page import FacetValue, SearchRequest
from search.schema import NOT_STATED, TYPES
from webui import steps
from webui.chart import Chart, chart_of
from webui.formats import day_text, number_text
from webui.frame import Frame, Link
from webui.hits import HitView, hit_view
from webui.names import TYPE_LISTS, counted, type_text, value_text
from webui.tongue import gettext

LISTED = 10
"""Values that a list has at most."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A value of a list: its name, where that leads ("" for nowhere), its number, and the search with as many hits."""

    label: str
    address: str
    count: int
    search: str


@dataclass(frozen=True, slots=True)
class TallyList:
    """Values under a heading; `id` is that of the heading."""

    id: str
    label: str
    values: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity was mentioned: the day, the briefing's title, and the answer."""

    label: str
    day: str
    date: str
    title: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that entity.html shows.

    Attributes:
        kind: what it is, in one word.
        aliases: its other names.
        searches: the answers that mention it, those that are about it, those that mention its parts too where more do.
        chart: the years as a picture and a table.
        only_year: the same in words where the collection has but one year.
        people: who asks and who answers.
        together: what is mentioned with it, by type.
        places: the first mention and the latest.
    """

    frame: Frame
    label: str
    kind: str
    aliases: tuple[str, ...]
    searches: tuple[Link, ...]
    search: str
    chart: Chart | None
    only_year: str
    people: tuple[TallyList, ...]
    together: tuple[TallyList, ...]
    places: tuple[Place, ...]
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class SplitPage:
    """All that split.html shows: the id that was split, and the entities that took its place, each with its type."""

    frame: Frame
    id: str
    successors: tuple[tuple[Link, str], ...]


def entity_page(dossier: Dossier, labels: Labels) -> EntityPage:
    """The page of an entity."""
    request, label = mentions_of(dossier.id), dossier.name.label
    chart = chart_of(dossier.years, request) if dossier.total else None
    return EntityPage(
        frame=Frame(label, canonical=address_of_entity(dossier.id)),
        label=label,
        kind=(type_text(dossier.name.type) or gettext("entity")).capitalize(),
        aliases=tuple(name for name in dict.fromkeys(dossier.name.aliases) if name != label),
        searches=_searches(dossier, request),
        search=address_of(request),
        chart=chart,
        only_year="" if chart or not dossier.total else gettext("All in %(year)s.", year=dossier.years[0].since.year),
        people=tuple(
            TallyList(name, title, tuple(_person(name, value, request) for value in _first(values)))
            for name, title, values in (
                ("outlet", gettext("Who asks"), dossier.outlets),
                ("speaker", gettext("Who answers"), dossier.speakers),
            )
            if values
        ),
        together=_together(dossier, labels),
        places=_places(dossier),
        hits=tuple(hit_view(hit, request, labels, address_of_entity) for hit in dossier.latest),
    )


def split_page(id: str, successors: Sequence[str], labels: Labels) -> SplitPage:
    """The page of an id that several entities share now."""
    links = tuple(
        (Link(labels.label("entity", one), address_of_entity(one)), type_text(labels.type(one))) for one in successors
    )
    return SplitPage(Frame(labels.label("entity", id), indexed=False), id, links)


def mentions_of(id: str) -> SearchRequest:
    """The search for all that mentions an entity."""
    return steps.include(SearchRequest(), "entity", id)


def _searches(dossier: Dossier, request: SearchRequest) -> tuple[Link, ...]:
    if not dossier.within:
        return ()
    links = []
    if dossier.total:
        mentioned = counted(dossier.total, "Mentioned in %(number)s answer", "Mentioned in %(number)s answers")
        links.append(Link(mentioned, address_of(request)))
    if dossier.about:
        links.append(
            Link(
                gettext("subject of %(number)s", number=number_text(dossier.about)),
                address_of(steps.counting_subjects(request)),
            )
        )
    if dossier.within > dossier.total:
        within = counted(dossier.within, "with parts, in %(number)s answer", "with parts, in %(number)s answers")
        parts = address_of(steps.counting_mentions(request, rollup=True))
        links.append(Link(within, parts))
    return tuple(links)


def _first(values: Sequence[FacetValue]) -> list[FacetValue]:
    """The most frequent of some values; what is not stated stands after them."""
    stated = [value for value in values if value.value != NOT_STATED]
    return [*stated[:LISTED], *(value for value in values if value.value == NOT_STATED)]


def _person(field: str, value: FacetValue, request: SearchRequest) -> Tally:
    address = address_of(steps.include(request, field, value.value))
    return Tally(value_text(field, value.value, value.label), address, value.count, address)


def _together(dossier: Dossier, labels: Labels) -> tuple[TallyList, ...]:
    """What is mentioned with it: of each type those that come first in the facet, most frequent first.

    A number leads to the answers that mention both.
    """
    both = SearchRequest(f'entity:"{_typed(dossier.id, labels)}"')
    by_type = {type: [v for v in dossier.together if v.type == type] for type in (*TYPES.values(), "")}
    return tuple(
        TallyList(
            f"with-{type or 'others'}",
            gettext(TYPE_LISTS[type]),
            tuple(
                Tally(v.label, address_of_entity(v.value), v.count, address_of(steps.include(both, "entity", v.value)))
                for v in sorted(values[:LISTED], key=lambda v: -v.count)
            ),
        )
        for type, values in by_type.items()
        if values
    )


def _typed(id: str, labels: Labels) -> str:
    """What to type for an entity: its label where that means no other, else its id."""
    label = labels.label("entity", id)
    return label if labels.resolve_all("entity", label) == (id,) and '"' not in label and "\\" not in label else id


def _places(dossier: Dossier) -> tuple[Place, ...]:
    if dossier.first is None:
        return ()
    return place_of(gettext("First mention"), dossier.first), place_of(
        gettext("Latest mention"), dossier.latest[0].document
    )


def place_of(label: str, document: Document) -> Place:
    """Where and when something was said."""
    return Place(
        label=label,
        day=day_text(document.date),
        date=document.date.isoformat(),
        title=document.title,
        language=document.language,
        address=address_of_record(document.id),
    )
