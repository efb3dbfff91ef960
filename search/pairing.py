"""Two editions of a briefing, set side by side: which item of one stands beside which of the other.

Editions are written apart: either may leave out a question that the other has. The one decision: order is kept, and
items are paired by what does not depend on a language, kind, outlet and entities mentioned, as two sequences are
aligned (Needleman and Wunsch 1970); where that says nothing, by position.
"""

from collections.abc import Sequence
from typing import NamedTuple

from search.model import Document

OUTLET, ENTITIES, KIND = 3, 4, 1
"""What a pair is worth for the same outlet, for entities in common (a share of it), and for the same kind."""
CROWDED = 250_000
"""Pairs to look at, above which items are paired by position alone."""


class Pair(NamedTuple):
    """Items that stand side by side; `None` where an edition has nothing beside it."""

    left: Document | None
    right: Document | None


def pair_items(left: Sequence[Document], right: Sequence[Document]) -> tuple[Pair, ...]:
    """Every item of both, in order, each once."""
    if len(left) * len(right) > CROWDED:
        return _by_position(left, right)
    best = _best(left, right)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(left) and j < len(right):
        beside = best[i + 1][j + 1] + likeness(left[i], right[j])
        if beside >= max(best[i + 1][j], best[i][j + 1]):
            pairs.append(Pair(left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            pairs.append(Pair(left[i], None))
            i += 1
        else:
            pairs.append(Pair(None, right[j]))
            j += 1
    return (*pairs, *(Pair(one, None) for one in left[i:]), *(Pair(None, one) for one in right[j:]))


def likeness(left: Document, right: Document) -> float:
    """How much speaks for two items being the same; below 0 where something speaks against it."""
    if left.item.kind != right.item.kind:
        return -1
    asks, asked = left.item.outlet, right.item.outlet
    outlet = 0 if not asks or not asked else OUTLET if asks == asked else -OUTLET
    named, others = set(left.entities), set(right.entities)
    common = len(named & others) / min(len(named), len(others)) if named and others else 0
    return KIND + outlet + ENTITIES * common


def _best(left: Sequence[Document], right: Sequence[Document]) -> list[list[float]]:
    """For each place in both, what the best pairing from there on is worth."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            beside = best[i + 1][j + 1] + likeness(left[i], right[j])
            best[i][j] = max(beside, best[i + 1][j], best[i][j + 1])
    return best


def _by_position(left: Sequence[Document], right: Sequence[Document]) -> tuple[Pair, ...]:
    longest = max(len(left), len(right))
    ours, theirs = ([*some, *[None] * (longest - len(some))] for some in (left, right))
    return tuple(map(Pair, ours, theirs))
