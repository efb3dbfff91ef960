"""The record of a run, and what is shown of it."""

import json
from pathlib import Path

import pytest

from benchmarks.collection import invent
from benchmarks.ratios import Sample
from benchmarks.record import Record, draw_record, make_record, read_record, show, write_record

SAMPLES = [
    Sample(engine, query, repeat, seconds * repeat, seconds * repeat, total)
    for query, total in (("the | a", 9_000), ("giraffe", 3))
    for repeat in (1, 2)
    for engine, seconds in (("Lectern", 0.002), ("tantivy", 0.001), ("SQLite FTS5", 0.04), ("plain Whoosh", 1.0))
]


@pytest.fixture(scope="module")
def record() -> Record:
    """The record of an invented run."""
    return make_record(invent(20), 20, SAMPLES, {"memory": 120.0, "whoosh_rate": 400.0}, {"pages": 90.0, "adds": 30.0})


def test_record_comes_back_from_its_file(record: Record, tmp_path: Path) -> None:
    """What is kept is what is read again, and plain JSON."""
    write_record(record, tmp_path / "results" / "run.json")
    assert read_record(tmp_path / "results" / "run.json") == record == json.loads(json.dumps(record))


def test_record_says_when_where_and_on_what(record: Record) -> None:
    """The machine, the day and the collection are in it."""
    assert record["machine"]["cores"] >= 1
    assert record["machine"]["tantivy"]
    assert record["collection"]["answers"] == 20
    assert len(record["date"]) == 10


def test_everything_measured_is_shown(record: Record) -> None:
    """Targets with their verdicts, ratios by class, each query and each figure stand in the tables."""
    text = show(record)
    lines = text.splitlines()
    assert any("page against tantivy, over all" in line and "2.00" in line and line.endswith(" no |") for line in lines)
    assert any("a worker's memory" in line and line.endswith("yes |") for line in lines)
    assert any(line.startswith("| plain Whoosh") and "frequent" in line and "0.0020" in line for line in lines)
    assert any("`the \\| a`" in line and "9,000" in line for line in lines)
    assert any("whoosh rate" in line and "400" in line for line in lines)
    assert "2.0 minutes" in text


def test_figure_has_a_bar_for_every_engine_and_class(record: Record) -> None:
    """Four engines in three groups (all, rare, frequent) are twelve bars."""
    assert draw_record(record).count("<title>") == 12


def test_run_without_pages_can_be_shown() -> None:
    """A run of other parts alone has its table of figures."""
    record = make_record(invent(20), 20, [], {"add_p95": 1.25}, {"adds": 60.0})
    assert "1.25" in show(record)
