"""Many briefings by several processes: the same mentions as by one, in order."""

import os
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from index import tagging
from index.authority.rows import EntityRow
from index.authority.tables import Authority
from index.entities import Tagger
from index.tagging import FEW, TaggingStopped, tag_all, tag_here
from search.model import Briefing
from tests.invented import answer, briefing

AUTHORITY = Authority((EntityRow("place-xa", "place", "Valdria"), EntityRow("place-xb", "place", "Norrland")), (), ())


def days(count: int) -> Iterator[tuple[int, Briefing]]:
    """So many numbered briefings, which name one place or the other."""
    for n in range(count):
        day = date(2023, 1, 1) + timedelta(days=n)
        yield (
            n,
            briefing(f"{day}", answer(1, "Where?", ("Valdria", "Norrland", "nowhere")[n % 3]), answer(2, "So?", "No.")),
        )


def test_several_processes_give_what_one_gives() -> None:
    """In the order of the briefings, each with what came with it."""
    expected = list(tag_here(Tagger(AUTHORITY), days(FEW + 9)))
    assert [kept for kept, _ in expected] == list(range(FEW + 9))
    assert [[m.id for m in mentions[1]] for _, mentions in expected[:3]] == [["place-xa"], ["place-xb"], []]
    assert list(tag_all(days(FEW + 9), AUTHORITY, workers=2)) == expected


def test_a_few_briefings_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day's briefings are tagged at once, where a process would take half a second to begin."""
    monkeypatch.setattr("search.crew.ProcessPoolExecutor", None)
    assert len(list(tag_all(days(FEW), AUTHORITY, workers=2))) == FEW


def die(_: Briefing) -> None:
    """End the process without a word."""
    os._exit(9)


@pytest.mark.fault
def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never are mentions missing without a word."""
    monkeypatch.setattr(tagging, "_tag", die)
    with pytest.raises(TaggingStopped, match="has died"):
        list(tag_all(days(FEW + 9), AUTHORITY, workers=2))
