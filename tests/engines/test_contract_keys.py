"""The contract of every engine, on: partners' keys."""

from search.engine import Engine
from search.keys import Key
from search.labels import Labels
from tests.invented import answer, briefing, publish

ONE = Key("Daily 日报", "a" * 64, "600/minute", "2024-06-01T00:00:00+00:00")
TWO = Key("Weekly", "b" * 64, "", "2024-06-02T00:00:00+00:00")


def test_keys_are_there_before_anything_else(engine: Engine) -> None:
    """An engine into which nothing was put has no keys, and takes some."""
    assert engine.keys() == ()
    engine.publish_keys([ONE, TWO])
    assert engine.keys() == (ONE, TWO)


def test_keys_are_replaced_at_once(engine: Engine) -> None:
    """What is published is all there is."""
    engine.publish_keys([ONE])
    engine.publish_keys([TWO])
    assert engine.keys() == (TWO,)
    engine.publish_keys([])
    assert engine.keys() == ()


def test_keys_outlive_the_index(engine: Engine) -> None:
    """Additions and rebuilds leave them as they are, and they make no other commit."""
    one = publish(briefing("2024-05-01", answer(1, "Why?", "So.")))
    engine.publish_keys([ONE])
    engine.add([one], sequence=1)
    engine.rebuild([one], sequence=1, tombstones=[], labels=Labels())
    assert engine.keys() == (ONE,)
    commit = engine.status().commit
    engine.publish_keys([TWO])
    assert engine.status().commit == commit
