"""Judged samples of real answers: what is reached may not fall."""

import json
from pathlib import Path

import pytest

from benchmarks.entities import ALL, JUDGED, Judged, Reader, Score, found_in, read_sample, samples, score_sample
from index.authority.tables import load_authority
from search.model import Mention

FLOORS = json.loads((JUDGED / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def reader(corpus: Path) -> Reader:
    """Tags the briefings of the samples."""
    return Reader(corpus, load_authority())


def test_every_sample_has_floors() -> None:
    """And every floor a sample."""
    assert sorted(FLOORS) == list(samples())


@pytest.mark.parametrize("name", samples())
def test_a_sample_is_well_formed(name: str) -> None:
    """Spans are in order of a text and none overlaps another."""
    for line in (JUDGED / f"{name}.jsonl").read_text("utf-8").splitlines():
        held = json.loads(line)
        for where in ("question", "answer"):
            reached = 0
            for _, label, start, end, *_ in sorted(held[where], key=lambda m: m[2]):
                assert reached <= start < end, (held["file"], held["n"], label)
                reached = end


@pytest.mark.parametrize("name", samples())
def test_what_is_reached_does_not_fall(name: str, reader: Reader) -> None:
    """Precision and F1 over all types, and F1 of each type with a floor."""
    faults: list[str] = []
    scores = score_sample(name, reader, faults)
    for type, floor in FLOORS[name].items():
        score = scores[type]
        assert score.f1 >= floor["f1"], "\n".join(faults)
        assert score.precision >= floor["precision"], "\n".join(faults)


def test_scores() -> None:
    """Sets are compared; nothing found and nothing wanted is right."""
    score = Score()
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    score.add({("place", "a"), ("place", "b"), ("place", "o")}, [("place", "a"), ("place", "c")], [("place", "o")])
    assert (score.right, score.wrong, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert Score(0, 1, 1).f1 == 0


def test_doubtful_spans_count_neither_way() -> None:
    """What lies over one counts only as far as it is wanted elsewhere in the text."""
    judged = Judged("f", 1, "answer", frozenset({("place", "osk")}), frozenset(), ((0, 3), (10, 14)))
    osk, kelp = (
        Mention("a", "Osk", "place", "answer", 0, 3, "Osk"),
        Mention("b", "Kelp", "event", "answer", 10, 14, "Kelp"),
    )
    asked = Mention("c", "Norrland", "place", "question", 0, 8, "Norrland")
    assert found_in(judged, [osk, kelp, asked]) == {("place", "osk"): "Osk"}


def test_spellings_are_of_labels_that_were_judged() -> None:
    """The table holds nothing that no sample needs."""
    spelt = json.loads((JUDGED / "spellings.json").read_text("utf-8"))
    labels = {label.lower() for name in samples() for j in read_sample(name, {}) for _, label in j.wanted | j.optional}
    assert {was for was in spelt if was.lower() not in labels} == set()
    assert ALL not in labels
