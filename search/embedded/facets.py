"""Counting hits by value, and picking by value: arrays in, counts out.

A facet ignores its own selection and obeys all others, so that its number is the number of hits after the click.
"""

import numpy as np

from search.embedded.evaluator import Evaluator
from search.embedded.snapshot import Mask, Snapshot
from search.engine import Count, Request, Selection
from search.schema import NOT_STATED


def selection_masks(evaluator: Evaluator, selection: Selection) -> dict[str, Mask]:
    """For each field with something picked or excluded, which documents its selection lets through."""
    masks: dict[str, Mask] = {}
    for field, wanted in selection.include.items():
        if wanted:
            masks[field] = np.logical_or.reduce([evaluator.value_mask(field, value) for value in wanted])
    for field, unwanted in selection.exclude.items():
        for value in unwanted:
            let_through = ~evaluator.value_mask(field, value)
            masks[field] = masks[field] & let_through if field in masks else let_through
    return masks


def count_values(snapshot: Snapshot, request: Request, field: str, matching: Mask) -> tuple[Count, ...]:
    """Counts by value of the documents in `matching`: the most frequent, then picked ones not among them."""
    held = snapshot.values(field)
    counts = np.bincount(held.ordinals[matching[held.documents]], minlength=len(held.values))
    has_value = np.zeros(snapshot.size, dtype=bool)
    has_value[held.documents] = True
    found = {held.values[i]: int(counts[i]) for i in np.flatnonzero(counts)}
    if without := int((matching & ~has_value).sum()):
        found[NOT_STATED] = without
    ordered = sorted(found, key=lambda value: (-found[value], value))[: request.facet_limit]
    picked = {*request.selection.include.get(field, ()), *request.selection.exclude.get(field, ())} - set(ordered)
    ordered += sorted(picked, key=lambda value: (-found.get(value, 0), value))
    return tuple(Count(value, found.get(value, 0)) for value in ordered)
