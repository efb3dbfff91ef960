"""Which segments to merge when one has come: few segments, and no document merged often.

A logarithmic method (Bentley and Saxe 1980; the tiers of other engines): in the order of size, a segment is left alone
while it holds at least `RATIO` times as much as all smaller ones together. So there are at most log3 of the
collection's size of them, and a document moves only when its surroundings have grown threefold.
"""

from collections.abc import Sequence

RATIO = 2
"""How much larger than all smaller ones together a segment is that is left alone."""

MAX_DELETED = 0.3
"""From this share of deleted documents on, a segment is written anew without them."""

MAX_SIZE = 1_000_000
"""A segment of so many documents is not merged any more, but for its deletions: its merge would take minutes."""


def choose_merge(sizes: Sequence[int], deleted: Sequence[int]) -> list[int]:
    """Numbers of the segments to be merged into one, in order; none, or one alone that is to be written anew.

    Args:
        sizes: documents in each segment, deleted ones included.
        deleted: deleted documents in each.
    """
    live = [size - gone for size, gone in zip(sizes, deleted, strict=True)]
    wasteful = [i for i, (size, gone) in enumerate(zip(sizes, deleted, strict=True)) if gone > MAX_DELETED * size]
    small = sorted((i for i in range(len(sizes)) if sizes[i] < MAX_SIZE), key=lambda i: live[i])
    chosen: list[int] = []
    together = 0
    for rank, i in enumerate(small):
        if rank and live[i] < RATIO * together:
            chosen = small[: rank + 1]
        together += live[i]
    return sorted({*chosen, *wasteful})


def group_sizes(sizes: Sequence[int]) -> list[list[int]]:
    """Which segments of a new generation to merge: neighbours, as many as together hold `MAX_SIZE` documents."""
    groups: list[list[int]] = []
    together = MAX_SIZE
    for i, size in enumerate(sizes):
        if together + size > MAX_SIZE:
            groups.append([])
            together = 0
        groups[-1].append(i)
        together += size
    return groups
