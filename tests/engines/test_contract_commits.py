"""The contract of every engine, on: what tells one commit from all others."""

from search.engine import Engine, Tombstone
from search.labels import Labels, Name
from tests.invented import answer, briefing, publish


def test_everything_that_is_written_makes_another_commit(engine: Engine) -> None:
    """Additions, tombstones, labels and rebuilds are told from all before them; to read makes no difference."""
    one = publish(briefing("2024-05-01", answer(1, "Why?", "So.")))
    gone = Tombstone(one.briefing.id, "2024-06-01T00:00:00+00:00", "not a briefing")
    writes = (
        lambda: engine.add([one], sequence=1),
        lambda: engine.publish_labels(Labels({"outlet": {"HP": Name("Harbour Post")}})),
        lambda: engine.publish_labels(Labels({"outlet": {"HP": Name("Harbour Past")}})),
        lambda: engine.add([], sequence=1, tombstones=[gone]),
        lambda: engine.rebuild([one], sequence=1, tombstones=[], labels=Labels()),
    )
    seen = []
    for write in writes:
        write()
        seen.append(engine.status().commit)
        engine.labels()
        assert engine.status().commit == seen[-1]
    assert len(set(seen)) == len(writes)
