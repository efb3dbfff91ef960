"""The searches one click away: what a request becomes when a value, a day or an order is picked or dropped.

Pure functions from request to request; addresses are made elsewhere. Every step but `at_page` goes back to page 1.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from search.engine import Selection, Sort
from search.page import SearchRequest

Picked = Mapping[str, tuple[str, ...]]


def _with(picked: Picked, field: str, value: str) -> Picked:
    return {**picked, field: tuple(sorted({*picked.get(field, ()), value}))}


def _without(picked: Picked, field: str, value: str) -> Picked:
    rest = {**picked, field: tuple(v for v in picked.get(field, ()) if v != value)}
    return {name: values for name, values in rest.items() if values}


def _step(request: SearchRequest, selection: Selection) -> SearchRequest:
    return replace(request, selection=selection, page=1)


def include(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """With `value` picked besides those picked already; no longer excluded if it was."""
    picked = request.selection
    return _step(
        request,
        replace(picked, include=_with(picked.include, field, value), exclude=_without(picked.exclude, field, value)),
    )


def exclude(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """With `value` ruled out; no longer picked if it was."""
    picked = request.selection
    return _step(
        request,
        replace(picked, include=_without(picked.include, field, value), exclude=_with(picked.exclude, field, value)),
    )


def drop(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """With `value` neither picked nor ruled out."""
    picked = request.selection
    return _step(
        request,
        replace(picked, include=_without(picked.include, field, value), exclude=_without(picked.exclude, field, value)),
    )


def between(request: SearchRequest, since: date | None, until: date | None) -> SearchRequest:
    """Within these days, both included."""
    return _step(request, replace(request.selection, since=since, until=until))


def cleared(request: SearchRequest) -> SearchRequest:
    """The same words without any filter."""
    return replace(request, selection=Selection(), exact=False, page=1)


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """In another order."""
    return replace(request, sort=sort, page=1)


def counting_mentions(request: SearchRequest, *, rollup: bool) -> SearchRequest:
    """With counts and picks of entities for every mention of them; with `rollup`, of their parts too."""
    return replace(request, subject=False, rollup=rollup, page=1)


def counting_subjects(request: SearchRequest) -> SearchRequest:
    """With counts and picks of entities only for what answers are about."""
    return replace(request, subject=True, rollup=False, page=1)


def with_synonyms(request: SearchRequest) -> SearchRequest:
    """With synonyms."""
    return replace(request, exact=False, page=1)


def folded(request: SearchRequest, fold: Literal["", "near"]) -> SearchRequest:
    """With those folded that say the same, or those as well that say nearly the same."""
    return replace(request, fold=fold, page=1)


def in_the_same_words(request: SearchRequest, wording: str) -> SearchRequest:
    """All hits that say exactly the same, oldest first."""
    return replace(include(request, "wording", wording), sort=Sort.OLDEST, fold="")


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same hits."""
    return replace(request, page=page)
