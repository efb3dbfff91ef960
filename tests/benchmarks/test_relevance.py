"""Who finds the document looked for, and at which rank."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import relevance
from benchmarks.ranking_queries import KnownItem
from benchmarks.relevance import ALL, DEPTH, Asked, Reader, ask_all, describe, main, rank_all, reach
from search.embedded.engine import EmbeddedEngine
from search.labels import Labels
from tests.benchmarks.topics import make_publications
from tests.invented import answer, briefing, publish

ITEM = KnownItem("harbour", "question", "b", None, "xv-mfa/en", "xv-mfa/en/2024-01-01")


class Fixed:
    """Finds the same whatever is asked."""

    name = "fixed"

    def find(self, text: str, most: int) -> Sequence[str]:
        """Three ids."""
        return ["a", "b", "c"][:most] if text else []


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the collection of topics."""
    folder = tmp_path_factory.mktemp("relevance") / "index"
    EmbeddedEngine(folder).rebuild(make_publications(), sequence=1, tombstones=(), labels=Labels(), workers=1)
    return folder


def test_rank_is_the_place_among_results() -> None:
    """The document is at its place; the one whose words were typed is no result; what is not found has no rank."""
    items = [ITEM, replace(ITEM, source="a"), replace(ITEM, target="d")]
    assert rank_all(Fixed(), items).tolist() == [2, 1, np.inf]


def test_measures_of_ranks() -> None:
    """First, among five, and the mean of 1 / rank, to which what is not found adds nothing."""
    assert reach(np.array([1, 2, 8, np.inf])) == (0.25, 0.5, (1 + 1 / 2 + 1 / 8) / 4)


def test_parts_are_languages_and_kinds() -> None:
    """What is reached is told by language and kind, and of all kinds together."""
    items = [ITEM, replace(ITEM, kind="name"), replace(ITEM, group="xv-mfa/zh")]
    reached = Asked(items, {"fixed": np.array([1.0, 2.0, np.inf])}).reached("fixed")
    assert {language: list(kinds) for language, kinds in reached.items()} == {
        "en": ["question", "name", ALL],
        "zh": ["question", ALL],
    }
    assert reached["en"][ALL].mrr == 0.75
    assert reached["zh"][ALL].mrr == 0


def test_reader_follows_a_suggestion_where_there_is_nothing_else(tmp_path: Path) -> None:
    """A misspelt word finds what the suggestion finds; where something is found, nothing is followed."""
    said = [answer(n, "What of the lighthouse?", "The lighthouse stands.") for n in range(1, 30)]
    engine = EmbeddedEngine(tmp_path / "index")
    published = [publish(briefing("2024-01-01", *said))]
    engine.rebuild(published, sequence=1, tombstones=(), labels=Labels(), workers=1)
    reader = Reader(engine)
    assert len(reader.find("lighthouse", DEPTH)) == len(said)
    assert reader.followed == 0
    assert len(reader.find("lihgthouse", DEPTH)) == len(said)
    assert reader.followed == 1


def test_report_has_every_part_and_engine(index: Path) -> None:
    """Each language and kind has a row, each engine its columns."""
    asked, followed = ask_all(index, 2)
    report = describe(asked, followed)
    assert list(asked.ranks) == ["Lectern", "tantivy", "tantivy, spaced", "SQLite FTS5", "SQLite FTS5, spaced"]
    for name in asked.ranks:
        assert f"| {name}: " in report.replace("|        ", "| ").replace("  ", " ")
    for kind in ("question", "misspelt", "misremembered", ALL):
        assert f"\n| en {kind} " in report


def test_floors_are_raised_on_request_alone(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report is kept each time, the floors when it is asked for; and to lower one ends with 1."""
    monkeypatch.setattr(relevance, "EACH", 2)
    monkeypatch.setattr(relevance, "KEPT", tmp_path / "relevance.md")
    monkeypatch.setattr(relevance, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(relevance, "EACH_INVENTED", 1)
    assert main(["--index", str(index)]) == 0
    assert not (tmp_path / "floors.json").exists()
    assert main(["--index", str(index), "--raise-floors"]) == 0
    assert (tmp_path / "relevance.md").read_text("utf-8") in capsys.readouterr().out
    higher = (tmp_path / "floors.json").read_text("utf-8").replace("0.", "1.")
    (tmp_path / "floors.json").write_text(higher, encoding="utf-8")
    assert main(["--index", str(index), "--raise-floors"]) == 1
    assert "its floor" in capsys.readouterr().err


def test_without_real_briefings_there_is_nothing_to_measure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no real briefings are, it says so and ends with 2."""
    monkeypatch.setattr(relevance, "find_corpus", lambda: (None, "real material: none"))
    assert main([]) == 2
    assert capsys.readouterr().err == "real material: none\n"
