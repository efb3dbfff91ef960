"""The same over invented briefings, in seconds, so that no change breaks the ranking unseen."""

import numpy as np
import pytest

from benchmarks.ranking_queries import KINDS
from benchmarks.relevance import Asked, Reader, ask_invented
from benchmarks.relevance_floors import FLOORS, INVENTED, iter_below, read_floors


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Queries of every kind in two languages, asked of Lectern."""
    return ask_invented(tmp_path_factory.mktemp("relevance") / "index")


def test_nothing_falls_below_its_floor(asked: Asked) -> None:
    """Of every language and kind the document looked for comes as early as it once did."""
    floors = read_floors(FLOORS, INVENTED)
    assert set(floors) == {"en", "zh"}
    assert list(iter_below(floors, asked.reached(Reader.name))) == []


def test_every_kind_is_asked(asked: Asked) -> None:
    """There are queries of every kind but of reworded ones, for invented words have no forms; most find theirs."""
    assert {item.kind for item in asked.items} == set(KINDS) - {"reworded"}
    assert np.isfinite(asked.ranks[Reader.name]).mean() > 0.5
