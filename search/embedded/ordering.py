"""Which hits stand on a page: the best, or the newest, and among equals by id.

The one decision: only what may come onto the pages up to this one is put in order.
"""

from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedded.evaluator import Scores
from search.embedded.segment import Numbers
from search.embedded.snapshot import Snapshot
from search.engine import Request, Sort
from search.model import day_of, id_key

DIGITS = 6
"""Scores that are the same to so many digits are the same."""

GROUP = 32
"""Of many documents only the best of every so many are put in order to learn how good the best of all are."""

SOME = 8
"""So many times as many as are wanted are many."""

MANY = 4_096
"""Of so many documents the ids are not compared one by one any more: the order of all is worked out, once a commit."""


def order_hits(snapshot: Snapshot, found: Numbers, scores: Scores, request: Request) -> Numbers:
    """Places in `found` of the hits from `request.offset` on, at most `request.limit`, in order."""
    worth: NDArray[Any]
    match request.sort:
        case Sort.RELEVANCE:
            worth = scores
        case Sort.NEWEST:
            worth = snapshot.days[found]
        case Sort.OLDEST:
            worth = -snapshot.days[found]
    return _best(snapshot, found, worth, request.offset + request.limit)[request.offset :]


def order_items(snapshot: Snapshot, sort: Sort) -> Numbers:
    """Numbers of the documents of all items in order. Notes have no day of their own: that of their id is taken."""
    numbers = snapshot.items()
    ids = snapshot.ids(numbers.tolist())
    keys = list(map(id_key, ids))
    order = sorted(range(len(ids)), key=keys.__getitem__)
    if sort != Sort.RELEVANCE:
        order.sort(key=lambda at: day_of(ids[at]), reverse=sort == Sort.NEWEST)  # equal ones stay in order
    return numbers[order]


def _best(snapshot: Snapshot, found: Numbers, worth: NDArray[Any], wanted: int) -> Numbers:
    """Places of the `wanted` documents with the highest `worth`, and among equals the first ids; in order."""
    # What may be as good as the last one wanted, once both are rounded.
    candidates = (worth >= _bound(worth, wanted) - 2 * 10.0**-DIGITS).nonzero()[0]
    numbers = found[candidates]
    values = -worth[candidates].round(DIGITS)
    if len(numbers) > MANY:
        order: Numbers = np.lexsort((snapshot.ranks[numbers], values))
    else:
        order = values.argsort(kind="stable")
        if (values[order[1:]] == values[order[:-1]]).any():
            rows = zip(values.tolist(), map(id_key, snapshot.ids(numbers.tolist())), count(), strict=False)
            order = np.array([at for _, _, at in sorted(rows)], dtype=np.int64)
    return candidates[order][:wanted]


def _bound(worth: NDArray[Any], wanted: int) -> float:
    """A bound that at least `wanted` of `worth` reach, and few others."""
    if wanted >= len(worth):
        return -np.inf
    groups = len(worth) // GROUP
    if groups > SOME * wanted:
        worth = worth[: groups * GROUP].reshape(GROUP, groups).max(axis=0)
    return float(np.partition(worth, -wanted)[-wanted])
