"""Timing suggestions."""

from pathlib import Path

from benchmarks.invented import Invented
from benchmarks.rebuild import time_rebuild
from benchmarks.suggesting import iter_typed, time_suggestions


def test_every_key_is_typed() -> None:
    """A query is typed key by key, and something that finds nothing is typed as well."""
    typed = list(iter_typed())
    at = typed.index("t")
    assert typed[at : at + 3] == ["t", "th", "the"]
    assert "zzzz" in typed


def test_suggestions_are_timed(tmp_path: Path) -> None:
    """All three figures are times, and the median is not above the percentile."""
    source = Invented(60)
    time_rebuild(tmp_path / "index", source, source.labels(), workers=1)
    found = time_suggestions(tmp_path / "index")
    assert 0 < found.median <= found.p95
    assert found.first > 0
