"""The whole run, made small."""

from pathlib import Path

import pytest

from benchmarks.performance_page import FIGURE, PAGE, RESULTS
from benchmarks.record import PEERS, read_record
from benchmarks.speed import main


def kept() -> dict[Path, bytes]:
    """What a whole run would change: the page, its figure, and the kept runs."""
    return {file: file.read_bytes() for file in (PAGE, FIGURE, *RESULTS.glob("*")) if file.exists()}


def test_parts_work_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A small run rebuilds, serves, adds and compares, prints its tables, and keeps nothing but the file asked for."""
    before = kept()
    words = ["--answers", "60", "--only", "pages", "rebuild", "suggest", "adds", "--additions", "1"]
    assert main([*words, "--json", str(tmp_path / "run.json")]) == 0
    record = read_record(tmp_path / "run.json")
    assert {ratio["peer"] for ratio in record["ratios"]} == set(PEERS)
    assert all(set(row["ms"]) >= {"Lectern", "tantivy", "SQLite FTS5"} for row in record["queries"])
    assert record["figures"].keys() >= {"rebuild_one", "rebuild_all", "size", "add_p95", "segments", "suggest_p95"}
    assert 0 < record["figures"]["add_p95"] < 60
    assert "page against tantivy" in capsys.readouterr().out
    assert kept() == before
