"""The facets of a page: the engine's counts with names and states, and what the facet of entities counts.

That facet counts the answers that mention an entity; those that mention it or any part of it, with the request's
`rollup`; or those that are about it, with `subject`. The one decision: its picks stay picks of `entity`, whichever it
counts, so that a switch turned on or off keeps what is picked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from search.engine import Count, Results, Selection
from search.labels import NO_VALUE, Labels, Name
from search.page import FacetValue, SearchRequest
from search.schema import FACETS, FIELD, TYPES

_NOT_STATED = Name(NO_VALUE)
_VALUE: Callable[[Iterable[str | int]], FacetValue] = partial(tuple.__new__, FacetValue)
"""A FacetValue of its fields; a page makes hundreds, and this is no call of a Python function."""
_PLACES: Mapping[str, int] = {type: place for place, type in enumerate(TYPES.values())}


def field_counted(request: SearchRequest) -> str:
    """The field that the facet `entity` counts and picks by."""
    if request.subject:
        return "about"
    return "within" if request.rollup else "entity"


def label_of(field: str, request: SearchRequest) -> str:
    """What a field is called; that of entities by what its picks find."""
    return FIELD[field_counted(request) if field == "entity" else field].label


def renamed(selection: Selection, field: str, to: str) -> Selection:
    """`selection` with what is picked in `field` picked in the field `to`, beside what is picked there."""

    def moved(picked: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        if field not in picked:
            return picked
        values = tuple(dict.fromkeys((*picked.get(to, ()), *picked[field])))
        return {name: kept for name, kept in picked.items() if name != field} | {to: values}

    if field == to:
        return selection
    return replace(selection, include=moved(selection.include), exclude=moved(selection.exclude))


def name_facets(results: Results, counted: str, picked: Selection, labels: Labels) -> dict[str, tuple[FacetValue, ...]]:
    """The counts of all facets with their labels and states; those of entities by type.

    Args:
        results: what the engine found; its facets have `counted` in the place of `entity`.
        counted: the field that the facet `entity` counts.
        picked: the selection as the person picked it.
        labels: what values are called.
    """
    facets = {}
    for field in FACETS:
        counts = results.facets[counted if field.name == "entity" else field.name]
        facets[field.name] = tuple(name_values(field.name, counts, picked, labels))
    homes = _homes(results.facets["publisher"], picked, labels)
    return facets | {"entity": _by_type(results.facets[counted], facets["entity"], homes)}


def name_values(field: str, counts: Sequence[Count], picked: Selection, labels: Labels) -> list[FacetValue]:
    """The counts of a facet with their labels and states, in their order."""
    if not counts:
        return []
    name_of, unnamed = labels.of(field).get, labels.unnamed(field)
    values, times, _ = zip(*counts, strict=True)
    named = [name_of(value) or (unnamed(value) if value else _NOT_STATED) for value in values]
    called, types = [name.label for name in named], [name.type for name in named]
    return list(map(_VALUE, zip(values, called, times, _states(field, values, picked), types, strict=True)))


def _states(field: str, values: Sequence[str], picked: Selection) -> Sequence[str]:
    """Whether each value is picked, or excluded."""
    excluded, included = picked.exclude.get(field, ()), picked.include.get(field, ())
    if not excluded and not included:
        return ("none",) * len(values)
    states = dict.fromkeys(excluded, "excluded") | dict.fromkeys(included, "selected")
    return [states.get(value, "none") for value in values]


def _by_type(counts: Sequence[Count], values: Sequence[FacetValue], homes: set[str]) -> tuple[FacetValue, ...]:
    """The values of the facet of entities: places, people, organisations, events, and what has no type.

    Of each type those first that most answers are about, then those that most mention, then by label; of places, home
    countries last.
    """
    rows = [
        (_PLACES.get(value.type, len(_PLACES)), value.value in homes, -count.about, -count.count, value.label, value)
        for value, count in zip(values, counts, strict=True)
    ]
    rows.sort()
    return tuple([row[-1] for row in rows])


def _homes(publishers: Sequence[Count], picked: Selection, labels: Labels) -> set[str]:
    """The home countries of all publishers of the hits."""
    wanted, unwanted = picked.include.get("publisher", ()), picked.exclude.get("publisher", ())
    return {
        labels.homes[id]
        for id, count, _ in publishers
        if count and id in labels.homes and (not wanted or id in wanted) and id not in unwanted
    }
