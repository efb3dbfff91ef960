"""The report on ranks."""

from pathlib import Path

import pytest

from benchmarks import ranking
from benchmarks.ranking import (
    KEPT,
    OTHERS,
    describe,
    is_for_choosing,
    iter_settings,
    main,
    make_trial,
    name_numbers,
    open_snapshot,
    read_documents,
)
from benchmarks.ranking_scores import present_setting
from search.embedded.engine import EmbeddedEngine
from search.labels import Labels
from tests.benchmarks.topics import make_documents, make_publications


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the collection of topics."""
    folder = tmp_path_factory.mktemp("ranking") / "index"
    EmbeddedEngine(folder).rebuild(make_publications(), sequence=1, tombstones=(), labels=Labels(), workers=1)
    return folder


def test_documents_are_read_in_the_order_of_ids(index: Path) -> None:
    """All documents come out of an index as they went in, item 2 before item 10."""
    read = read_documents(open_snapshot(index))
    assert [document for _, document in read.values()] == make_documents()


def test_halves_are_of_whole_briefings(index: Path) -> None:
    """All queries of a briefing are for choosing, or all are held out; both halves have some."""
    trial = make_trial(open_snapshot(index), 10)
    halves = {(item.briefing, bool(train)) for item, train in zip(trial.items, trial.is_train, strict=True)}
    assert len({briefing for briefing, _ in halves}) == len(halves)
    assert {train for _, train in halves} == {True, False}
    assert all(is_for_choosing(briefing) == train for briefing, train in halves)


def test_settings_differ_from_the_present_one_in_one_number() -> None:
    """Every setting has its own name, and changes a weight, a b, k1, what becomes of titles, or what else scores."""
    present = present_setting()
    settings = dict(iter_settings(present))
    for setting in settings.values():
        changed = [
            *(a != b for a, b in zip(setting.weights[:2], present.weights[:2], strict=True)),
            *(a != b for a, b in zip(setting.norms, present.norms, strict=True)),
            setting.k1 != present.k1,
            setting.title != present.title,
            *(getattr(setting, name) != getattr(present, name) for name in OTHERS),
        ]
        assert sum(changed) <= 1
    assert present in settings.values()


def test_report_has_every_part_and_setting(index: Path) -> None:
    """The report tells the halves, groups and kinds apart, and has a row for every other setting."""
    report = describe(make_trial(open_snapshot(index), 5), "invented topics")
    for name in ("for choosing", "held out", "xv-mfa/en", "question", "answer", "name", "phrase", "later", "recalled"):
        assert f"\n| {name} " in report
    present = present_setting()
    for name, setting in iter_settings(present):
        assert (f"\n| {name} " in report) == (setting != present)
    assert "over invented topics: 30 queries" in report


def test_index_that_is_there_is_measured(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an index that is named, its report is printed."""
    assert main(["--index", str(index), "--each", "2"]) == 0
    assert "12 queries" in capsys.readouterr().out


def test_without_real_briefings_there_is_nothing_to_measure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no real briefings are, it says so and ends with 2."""
    monkeypatch.setattr(ranking, "find_corpus", lambda: (None, "real material: none"))
    assert main([]) == 2
    assert capsys.readouterr().err == "real material: none\n"


def test_kept_report_is_of_the_present_numbers() -> None:
    """Who changes the formula's numbers measures them: the kept report names those that the table of fields has."""
    assert name_numbers(present_setting()) in KEPT.read_text("utf-8")
