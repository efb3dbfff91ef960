"""The targets, and whether a run meets them: one row each, in the order of docs/performance.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.ratios import ALL, CLASSES, Ratio

AT_MOST = "at most"
AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target against what was measured.

    Attributes:
        measure: what is measured.
        wanted: `at most` or `at least`.
        target: the bound.
        value: what was measured.
        unit: of both; "" for a ratio.
    """

    measure: str
    wanted: str
    target: float
    value: float
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target if self.wanted == AT_MOST else self.value >= self.target


PAGES = (
    ("tantivy", ALL, 1.0),
    *(("tantivy", group, 1.5) for group in CLASSES),
    ("SQLite FTS5", ALL, 0.1),
    ("plain Whoosh", ALL, 0.01),
)
"""Peer, class, and the most that Lectern's time may be by the peer's."""

FIGURES = (
    ("rebuild_one", "rebuild against plain Whoosh, one process", AT_LEAST, 3.0, ""),
    ("rebuild_all", "rebuild against plain Whoosh, all cores", AT_LEAST, 5.0, ""),
    ("suggest_median", "median of suggestions, key by key", AT_MOST, 5.0, "ms"),
    ("suggest_p95", "p95 of suggestions, key by key", AT_MOST, 5.0, "ms"),
    ("widget_kb", "the widget, compressed", AT_MOST, 12.0, "kB"),
    ("widget_requests", "requests of the widget to its first result", AT_MOST, 2.0, ""),
    ("widget_first_ms", "median from Enter to the first result in the widget", AT_MOST, 100.0, "ms"),
    ("add_p95", "p95 of additions into the full index", AT_MOST, 1.5, "s"),
    ("segments", "segments after the additions", AT_MOST, 12.0, ""),
    ("size", "index size against the text", AT_MOST, 1.8, ""),
    ("memory", "a worker's memory after the searches", AT_MOST, 200.0, "MB"),
)
"""Name of a figure, what it is, and its target."""


def judge(ratios: Sequence[Ratio], figures: Mapping[str, float]) -> tuple[Verdict, ...]:
    """A verdict on every target of which something was measured."""
    known = {(ratio.peer, ratio.group): ratio.ratio for ratio in ratios}
    pages = [
        Verdict(f"page against {peer}, {'over all' if group == ALL else group}", AT_MOST, bound, known[peer, group])
        for peer, group, bound in PAGES
        if (peer, group) in known
    ]
    others = [
        Verdict(what, wanted, bound, figures[name], unit)
        for name, what, wanted, bound, unit in FIGURES
        if name in figures
    ]
    return (*pages, *others)
