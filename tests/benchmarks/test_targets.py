"""Targets and verdicts."""

from benchmarks.ratios import Ratio
from benchmarks.targets import FIGURES, PAGES, judge


def ratio(peer: str, group: str, value: float) -> Ratio:
    """A ratio that was measured."""
    return Ratio(peer, group, value, value, 1, 1.0, 1.0)


def test_bounds_are_met_from_their_own_side() -> None:
    """What is to be small is met by the bound itself and missed above it; what is to be large the other way round."""
    met = judge([ratio("tantivy", "all", 1.0)], {"rebuild_one": 3.0, "memory": 200.0})
    missed = judge([ratio("tantivy", "all", 1.01)], {"rebuild_one": 2.99, "memory": 200.1})
    assert [v.is_met for v in met] == [True] * 3
    assert [v.is_met for v in missed] == [False] * 3


def test_only_what_was_measured_is_judged() -> None:
    """A target without a measurement has no verdict; with all of them every target has one."""
    assert judge([], {}) == ()
    everything = judge([ratio(p, g, 1.0) for p, g, _ in PAGES], {row[0]: 1.0 for row in FIGURES})
    assert len(everything) == len(PAGES) + len(FIGURES)
