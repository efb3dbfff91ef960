"""What pages of entities, outlets and speakers share: names with their numbers, the years, the first and the latest.

The one decision: every number leads to the search that has as many hits; its name leads to its own page, if it has one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.addresses import address_of_record
from search.histogram import Bar
from search.model import Document
from search.page import FacetValue, SearchRequest
from search.schema import TYPES
from webui.chart import Chart, chart_of
from webui.formats import day_text
from webui.names import TYPE_LISTS
from webui.tongue import gettext

LISTED = 10
"""Values that a list has at most."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A value of a list: its name, where that leads, its number, and the search with as many hits."""

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
class Years:
    """The years as a picture and a table; `only` is the same in words where the collection has but one year."""

    chart: Chart | None
    only: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: the day, the briefing's title, and the answer."""

    label: str
    day: str
    date: str
    title: str
    language: str
    address: str


def lists_by_type(
    values: Sequence[FacetValue], prefix: str, tally: Callable[[FacetValue], Tally]
) -> tuple[TallyList, ...]:
    """Entities under a heading for each type, of each the first; ids of the headings begin with `prefix`."""
    by_type = {type: [one for one in values if one.type == type] for type in (*TYPES.values(), "")}
    return tuple(
        TallyList(f"{prefix}-{type or 'others'}", gettext(TYPE_LISTS[type]), tuple(map(tally, some[:LISTED])))
        for type, some in by_type.items()
        if some
    )


def years_of(bars: Sequence[Bar], total: int, request: SearchRequest) -> Years:
    """The years of all that `request` finds, of which there are `total`."""
    if not total:
        return Years(None, "")
    chart = chart_of(bars, request)
    return Years(chart, "" if chart else gettext("All in %(year)s.", year=bars[0].since.year))


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
