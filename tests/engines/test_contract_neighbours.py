"""The contract, continued: which briefings stand next to one."""

from dataclasses import replace

import pytest

from search.engine import Engine, Tombstone
from search.errors import NotFound
from tests.invented import briefing, note, publish


def test_neighbours_are_the_days_next_to_a_briefing(engine: Engine) -> None:
    """Before and after a briefing come those of its publisher and language, the tenth of a day after the second."""
    ids = ["2024-01-05", "2024-01-05-2", "2024-01-05-10", "2024-01-07"]
    for day in ids:
        engine.add([publish(replace(briefing(day[:10], note(1, "x")), id=f"xv-mfa/en/{day}"))], sequence=3)
    engine.add([publish(briefing("2024-01-06", note(1, "x"), language="zh"))], sequence=4)
    chain = [f"xv-mfa/en/{day}" for day in ids]
    for before, id, after in zip([None, *chain], chain, [*chain[1:], None], strict=False):
        assert engine.neighbours(id) == (before, after)
    assert engine.neighbours("xv-mfa/zh/2024-01-06") == (None, None)
    with pytest.raises(NotFound):
        engine.neighbours("xv-mfa/en/2024-01-06")


def test_a_removed_briefing_is_nobodys_neighbour(engine: Engine) -> None:
    """Once a briefing is withdrawn, those on either side are next to each other."""
    for day in ("2023-03-01", "2023-06-01", "2023-07-01"):
        engine.add([publish(briefing(day, note(1, "x")))], sequence=3)
    assert engine.neighbours("xv-mfa/en/2023-03-01").after == "xv-mfa/en/2023-06-01"
    engine.add([], sequence=4, tombstones=[Tombstone("xv-mfa/en/2023-06-01", "2024-03-01T10:00:00+00:00", "x")])
    assert engine.neighbours("xv-mfa/en/2023-03-01").after == "xv-mfa/en/2023-07-01"
    assert engine.neighbours("xv-mfa/en/2023-07-01").before == "xv-mfa/en/2023-03-01"
