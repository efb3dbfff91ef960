"""Which hits stand on a page: the best, or the newest, and among equals by id.

The one decision: only what may come onto the pages up to this one is put in order.
"""

from itertools import count

import numpy as np
from numpy.typing import NDArray

from search.embedded.evaluator import Scores
from search.embedded.segment import Numbers
from search.embedded.snapshot import Snapshot
from search.engine import Request, Sort
from search.model import id_key

DIGITS = 6
"""Scores that are the same to so many digits are the same."""

MANY = 4_096
"""Of so many documents the ids are not compared one by one any more: the order of all is worked out, once a commit."""


def order_hits(snapshot: Snapshot, found: Numbers, scores: Scores, request: Request) -> Numbers:
    """Places in `found` of the hits from `request.offset` on, at most `request.limit`, in order."""
    match request.sort:
        case Sort.RELEVANCE:
            first = -np.round(scores, DIGITS)
        case Sort.NEWEST:
            first = -snapshot.days[found].astype(np.float64)
        case Sort.OLDEST:
            first = snapshot.days[found].astype(np.float64)
    return _least(snapshot, found, first, request.offset + request.limit)[request.offset :]


def _least(snapshot: Snapshot, found: Numbers, first: NDArray[np.float64], wanted: int) -> Numbers:
    """Places of the `wanted` documents with the least of `first`, and among equals the first ids; in order."""
    if wanted < len(found):
        bound = np.partition(first, wanted - 1)[wanted - 1]
        candidates = np.flatnonzero(first <= bound)
    else:
        candidates = np.arange(len(found))
    numbers = found[candidates]
    values = first[candidates]
    if len(numbers) > MANY:
        order: Numbers = np.lexsort((snapshot.ranks[numbers], values))
    else:
        order = np.argsort(values, kind="stable")
        if (values[order[1:]] == values[order[:-1]]).any():
            rows = zip(values.tolist(), map(id_key, snapshot.ids(numbers.tolist())), count(), strict=False)
            order = np.array([at for _, _, at in sorted(rows)], dtype=np.int64)
    return candidates[order][:wanted]
