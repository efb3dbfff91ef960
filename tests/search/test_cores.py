"""How many cores there are to work with."""

import os

import pytest

from search.cores import count_cores


def test_cores_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those of the machine, where fewer are given."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert count_cores() == 3


@pytest.mark.parametrize(("counted", "cores"), [(8, 8), (None, 1)])
def test_cores_are_counted_on_any_system(monkeypatch: pytest.MonkeyPatch, counted: int | None, cores: int) -> None:
    """On macOS, which does not say what a process may use, they are the machine's; one where even that is unknown."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: counted)
    assert count_cores() == cores
