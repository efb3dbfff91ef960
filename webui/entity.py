"""The page of an entity, worked out: its names, its years, who asks and answers, what is mentioned with it, and where.

Also the page of an id that was split, which lists what took its place. The one decision: every number leads to the
search that has as many hits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.addresses import address_of, address_of_entity
from search.dossier import Dossier
from search.labels import Labels
from search.page import FacetValue, SearchRequest
from search.profile import Profiled
from search.schema import NOT_STATED
from webui import steps
from webui.formats import number_text
from webui.frame import Frame, Link
from webui.hits import HitView, hit_view
from webui.names import counted, type_text, value_text
from webui.people import Ways, nowhere
from webui.tallies import LISTED, Place, Tally, TallyList, Years, lists_by_type, place_of, years_of
from webui.tongue import gettext


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that entity.html shows.

    Attributes:
        kind: what it is, in one word.
        aliases: its other names.
        searches: the answers that mention it, those that are about it, those that mention its parts too where more do.
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
    years: Years
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


def entity_page(dossier: Dossier, labels: Labels, ways: Ways = nowhere) -> EntityPage:
    """The page of an entity; `ways` lead to outlets and speakers."""
    request, label = mentions_of(dossier.id), dossier.name.label
    asked: tuple[tuple[Profiled, str, Sequence[FacetValue]], ...] = (
        ("outlet", gettext("Who asks"), dossier.outlets),
        ("speaker", gettext("Who answers"), dossier.speakers),
    )
    return EntityPage(
        frame=Frame(label, canonical=address_of_entity(dossier.id)),
        label=label,
        kind=(type_text(dossier.name.type) or gettext("entity")).capitalize(),
        aliases=tuple(name for name in dict.fromkeys(dossier.name.aliases) if name != label),
        searches=_searches(dossier, request),
        search=address_of(request),
        years=years_of(dossier.years, dossier.total, request),
        people=tuple(
            TallyList(name, title, tuple(_person(name, value, request, ways) for value in _first(values)))
            for name, title, values in asked
            if values
        ),
        together=_together(dossier, labels),
        places=_places(dossier),
        hits=tuple(hit_view(hit, request, labels, address_of_entity, ways) for hit in dossier.latest),
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


def _person(field: Profiled, value: FacetValue, request: SearchRequest, ways: Ways) -> Tally:
    search = address_of(steps.include(request, field, value.value))
    return Tally(value_text(field, value.value, value.label), ways(field, value.value) or search, value.count, search)


def _together(dossier: Dossier, labels: Labels) -> tuple[TallyList, ...]:
    """What is mentioned with it: of each type those that come first in the facet, most frequent first.

    A number leads to the answers that mention both.
    """
    both = SearchRequest(f'entity:"{_typed(dossier.id, labels)}"')

    def tally(one: FacetValue) -> Tally:
        return Tally(
            one.label, address_of_entity(one.value), one.count, address_of(steps.include(both, "entity", one.value))
        )

    lists = lists_by_type(dossier.together, "with", tally)
    return tuple(replace(one, values=tuple(sorted(one.values, key=lambda v: -v.count))) for one in lists)


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
