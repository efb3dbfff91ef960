"""What has been picked beside a query's text, as filters: each field's own, so that a facet can leave its own out."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.engine import Selection
from search.opensearch.records import is_sayable
from search.opensearch.trees import NOTHING, days

Json = dict[str, Any]


def filters_of(selection: Selection) -> dict[str, list[Json]]:
    """For each field in which something is picked or excluded, the filters that say so."""
    found: dict[str, list[Json]] = {}
    for field, values in selection.include.items():
        if values:
            found.setdefault(field, []).append(_any_of(field, values))
    for field, values in selection.exclude.items():
        if values:
            found.setdefault(field, []).append({"bool": {"must_not": [_any_of(field, values)]}})
    return found


def _any_of(field: str, values: Iterable[str]) -> Json:
    sayable = [value for value in values if is_sayable(value)]
    return {"terms": {field: sayable}} if sayable else NOTHING


def together(filters: Mapping[str, list[Json]], but: str = "") -> list[Json]:
    """All filters, those of the field `but` left out."""
    return [one for field, of in filters.items() if field != but for one in of]


def dated(selection: Selection) -> list[Json]:
    """The filter by days, if days are picked."""
    return [days(selection.since, selection.until)] if selection.since or selection.until else []


def selected(selection: Selection) -> list[Json]:
    """All that a selection asks for."""
    return [*dated(selection), *together(filters_of(selection))]
