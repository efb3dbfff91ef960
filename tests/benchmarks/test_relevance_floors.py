"""Floors only rise."""

from pathlib import Path

import pytest

from benchmarks.relevance_floors import FLOORS, INVENTED, REAL, Reached, iter_below, raise_floors, read_floors

LOW, HIGH = Reached(0.5, 0.75, 0.625), Reached(0.6, 0.8, 0.70059)


def test_what_is_reached_becomes_the_floor(tmp_path: Path) -> None:
    """The first floors are what is reached, in thousandths, rounded down."""
    file = tmp_path / "floors.json"
    assert raise_floors(file, "some", {"en": {"name": HIGH}}) == []
    assert read_floors(file, "some") == {"en": {"name": Reached(0.6, 0.8, 0.7)}}


def test_floors_rise(tmp_path: Path) -> None:
    """When more is reached, the floor is raised; another collection's stays."""
    file = tmp_path / "floors.json"
    raise_floors(file, "some", {"en": {"name": LOW}})
    raise_floors(file, "others", {"en": {"name": LOW}})
    assert raise_floors(file, "some", {"en": {"name": HIGH}}) == []
    assert read_floors(file, "some") == {"en": {"name": Reached(0.6, 0.8, 0.7)}}
    assert read_floors(file, "others") == {"en": {"name": LOW}}


def test_no_floor_is_lowered(tmp_path: Path) -> None:
    """Where one measure would fall, nothing is kept, and it is said which."""
    file = tmp_path / "floors.json"
    raise_floors(file, "some", {"en": {"name": LOW}, "zh": {"name": LOW}})
    before = file.read_text("utf-8")
    lowered = raise_floors(file, "some", {"en": {"name": HIGH}, "zh": {"name": LOW._replace(mrr=0.6)}})
    assert lowered == ["zh name: MRR is 0.6000, its floor 0.625"]
    assert file.read_text("utf-8") == before


def test_kind_that_is_no_longer_measured_is_below() -> None:
    """To measure less is no way past a floor."""
    assert list(iter_below({"en": {"name": LOW}}, {"en": {"question": LOW}})) == ["en name: no query of this kind"]
    assert list(iter_below({"en": {"name": LOW}}, {})) == ["en name: no query of this kind"]


def test_what_is_at_its_floor_is_not_below() -> None:
    """What is reached exactly is enough."""
    assert list(iter_below({"en": {"name": LOW}}, {"en": {"name": LOW, "question": LOW}})) == []


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """Without the file nothing passes for measured."""
    with pytest.raises(FileNotFoundError):
        read_floors(tmp_path / "floors.json", "some")


def test_floors_that_are_kept_are_of_both_collections() -> None:
    """The file in the tree has floors of every language, for the real briefings and for invented ones."""
    assert set(read_floors(FLOORS, REAL)) == {"en", "es", "zh"}
    assert set(read_floors(FLOORS, INVENTED)) == {"en", "zh"}
