"""Ratios of times and totals, by class."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ratios import Sample, class_of, compare, compare_totals, pair_up, percentile


def sample(engine: str, query: str, seconds: float, total: int = 10, repeat: int = 1) -> Sample:
    """A page; what was measured is half of it."""
    return Sample(engine, query, repeat, seconds, seconds / 2, total)


@pytest.mark.parametrize(
    ("total", "name"),
    [(0, "rare"), (499, "rare"), (500, "middle"), (5_000, "middle"), (5_001, "frequent")],
)
def test_classes_have_their_bounds(total: int, name: str) -> None:
    """Under 500 hits is rare, over 5,000 frequent, and the bounds themselves are in the middle."""
    assert class_of(total) == name


def test_ratio_is_the_median_of_ratios() -> None:
    """The ratio is the median of the pairs' own, not the ratio of the medians, which is 1 here."""
    ours = [sample("a", "p", 1.0), sample("a", "q", 2.0), sample("a", "r", 9.0)]
    theirs = [sample("b", "p", 10.0), sample("b", "q", 1.0), sample("b", "r", 2.0)]
    (over_all, rare) = compare(ours + theirs, "a", "b")
    assert (over_all.group, over_all.pages, over_all.ratio) == ("all", 3, 2.0)
    assert (over_all.lectern_ms, over_all.peer_ms) == (2000.0, 2000.0)
    assert rare.group == "rare"


def test_class_is_by_our_total() -> None:
    """A page belongs to the class of our number of hits, whatever the peer found."""
    samples = [sample("a", "p", 1.0, total=6_000), sample("b", "p", 2.0, total=3)]
    assert [(r.group, r.ratio) for r in compare(samples, "a", "b")] == [("all", 0.5), ("frequent", 0.5)]


def test_only_pages_that_both_made_are_pairs() -> None:
    """A repeat in which a peer took no part is left out, and so is another engine."""
    first, second = sample("a", "p", 1.0), sample("a", "p", 1.0, repeat=2)
    peer, other = sample("b", "p", 2.0), sample("c", "p", 2.0, repeat=2)
    assert pair_up([first, second, peer, other], "a", "b") == [(first, peer)]


def test_totals_are_compared_by_query() -> None:
    """A peer's hits are told by ours, added up over repeats; where we found nothing there is no ratio."""
    samples = [sample("a", "p", 1, 10), sample("b", "p", 1, 5), sample("a", "q", 1, 0), sample("b", "q", 1, 2)]
    samples += [sample("a", "p", 1, 30, repeat=2), sample("b", "p", 1, 25, repeat=2)]
    assert compare_totals(samples, "a", "b") == {"p": 0.75, "q": None}


@given(st.lists(st.floats(0, 100), min_size=1), st.sampled_from([0.5, 0.95, 1.0]))
def test_percentile_is_the_smallest_value_that_reaches_the_share(values: list[float], share: float) -> None:
    """At least the share of the values do not exceed it, and no smaller value does that."""
    found = percentile(values, share)
    assert sum(v <= found for v in values) >= share * len(values)
    assert all(sum(v <= less for v in values) < share * len(values) for less in values if less < found)


def test_nothing_has_no_percentile() -> None:
    """Of no values there is no percentile."""
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
