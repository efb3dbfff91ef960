"""Which segments are merged: few stay, and no document is moved often."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.policy import MAX_DELETED, MAX_SIZE, RATIO, choose_merge, group_sizes

sizes = st.lists(st.tuples(st.integers(0, 2 * MAX_SIZE), st.floats(0, 1)), max_size=15)


def simulate(start: list[int], adds: int, most: int, replaced: float) -> tuple[int, int, int]:
    """Add up to `most` documents again and again, each time deleting that share of as many older ones.

    Returns:
        The most segments there ever were, the documents that merges wrote, and those that were added.
    """
    rng = random.Random(7)
    held, gone = list(start), [0] * len(start)
    segments = written = added = 0
    for _ in range(adds):
        new = rng.randint(1, most)
        for _ in range(int(new * replaced) if held else 0):
            at = rng.choices(
                range(len(held)), [max(size - lost, 0) + 1e-9 for size, lost in zip(held, gone, strict=True)]
            )[0]
            gone[at] = min(gone[at] + 1, held[at])
        held.append(new)
        gone.append(0)
        added += new
        chosen = choose_merge(held, gone)
        if len(chosen) > 1 or (chosen and gone[chosen[0]]):
            merged = sum(held[i] - gone[i] for i in chosen)
            written += merged
            held = [size for i, size in enumerate(held) if i not in chosen] + [merged] * bool(merged)
            gone = [lost for i, lost in enumerate(gone) if i not in chosen] + [0] * bool(merged)
        segments = max(segments, len(held))
    return segments, written, added


@pytest.mark.parametrize("start", [[], [50_000], [MAX_SIZE] * 2])
@pytest.mark.parametrize("replaced", [0.0, 0.9])
def test_few_segments_stay_and_documents_move_seldom(start: list[int], replaced: float) -> None:
    """Over 5,000 additions of a briefing: at most twelve segments, and merges that grow by the logarithm."""
    segments, written, added = simulate(start, 5_000, 30, replaced)
    assert segments <= 12
    # Each time that a document moves, what it stands among has grown by half at least.
    assert written <= added * math.log(added, 1.5) / 2 + 2 * sum(size for size in start if size < MAX_SIZE)


@given(sizes)
def test_what_is_chosen(held: list[tuple[int, float]]) -> None:
    """Numbers in order, each once; a segment alone only if it is wasteful; a full one only if it is wasteful."""
    counts = [size for size, _ in held]
    gone = [int(size * share) for size, share in held]
    chosen = choose_merge(counts, gone)
    wasteful = {i for i, size in enumerate(counts) if gone[i] > MAX_DELETED * size}
    assert chosen == sorted(set(chosen))
    assert wasteful <= set(chosen) <= set(range(len(held)))
    assert len(chosen) != 1 or set(chosen) <= wasteful
    assert all(i in wasteful for i in chosen if counts[i] >= MAX_SIZE)


@given(sizes)
def test_what_is_left_is_left_in_peace(held: list[tuple[int, float]]) -> None:
    """A segment that stays is larger than all smaller ones that stay, by the ratio, or full; so there are few."""
    counts = [size for size, _ in held]
    gone = [int(size * share) for size, share in held]
    chosen = choose_merge(counts, gone)
    left = [i for i, size in enumerate(counts) if i not in chosen and size < MAX_SIZE]
    small = sorted(counts[i] - gone[i] for i in left)
    merged = sum(counts[i] - gone[i] for i in chosen)
    assert all(size >= RATIO * sum(small[:rank]) for rank, size in enumerate(small) if rank and not merged)
    assert len(small) <= 2 + math.log(sum(small) + 1, RATIO + 1) + small.count(0)


@given(st.lists(st.integers(1, 2 * MAX_SIZE), max_size=20))
def test_a_new_generation_is_merged_as_far_as_segments_may_grow(sizes: list[int]) -> None:
    """All segments, in order; no group of several is too large, and no two neighbours could be one."""
    groups = group_sizes(sizes)
    assert [i for group in groups for i in group] == list(range(len(sizes)))
    together = [sum(sizes[i] for i in group) for group in groups]
    assert all(len(group) == 1 or size <= MAX_SIZE for group, size in zip(groups, together, strict=True))
    assert all(size + sizes[after[0]] > MAX_SIZE for size, after in zip(together, groups[1:], strict=False))
