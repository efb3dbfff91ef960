"""What a generation in a cluster says of itself, which is gone back to, and what the cluster tells of lost parts."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from search.errors import EngineUnavailable, GenerationMissing, IndexIncompatible, IndexMissing
from search.keys import Key
from search.labels import Labels
from search.opensearch import writer as writer_module
from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster
from search.opensearch.engine import OpenSearchEngine
from search.opensearch.generations import generation_name, list_generations
from search.opensearch.lease import lease_index
from search.opensearch.writer import Writer
from search.stems import ANALYSIS
from tests.engines.days import check, day, days
from tests.opensearch.collections import fresh_address, wipe
from tests.opensearch.faults import lose

pytestmark = pytest.mark.opensearch


@pytest.fixture
def address() -> Iterator[str]:
    """A collection of two parts."""
    made = fresh_address("?shards=2")
    yield made
    wipe(made)


@pytest.fixture
def engine(address: str) -> Iterator[OpenSearchEngine]:
    """An engine over it, empty."""
    opened = OpenSearchEngine(read_address(address))
    yield opened
    opened.close()


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    """The cluster itself."""
    opened = Cluster(read_address(address))
    yield opened
    opened.close()


def rebuild(engine: OpenSearchEngine, last: int) -> None:
    """Build the first so many days anew."""
    engine.rebuild(days(last), sequence=last, tombstones=[], labels=Labels())


def test_words_that_two_programs_cut_are_told(engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program put in says by what; with ours beside it nobody can say, until all is put in anew."""
    monkeypatch.setattr(writer_module, "ANALYSIS", "older")
    engine.add(days(1), sequence=1)
    assert engine.status().analysis == "older"
    monkeypatch.undo()
    engine.add([day(2)], sequence=2)
    assert engine.status().analysis == ""
    engine.add([day(2)], sequence=2)
    assert engine.status().analysis == ""
    rebuild(engine, 2)
    assert engine.status().analysis == ANALYSIS


def test_generation_says_since_when_it_is_live(engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since it took its place the last time, whichever way; additions and labels change nothing of it."""

    def at(seconds: float) -> None:
        monkeypatch.setattr(writer_module, "time", SimpleNamespace(time=lambda: seconds))

    at(1_700_000_000.9)
    engine.add(days(1), sequence=1)
    assert engine.status().live_since == "2023-11-14T22:13:20+00:00"
    at(1_700_000_060)
    engine.add([day(2)], sequence=2)
    engine.publish_labels(Labels())
    assert engine.status().live_since == "2023-11-14T22:13:20+00:00"
    rebuild(engine, 2)
    assert engine.status().live_since == "2023-11-14T22:14:20+00:00"
    at(1_700_000_120)
    engine.rollback()
    assert engine.status().live_since == "2023-11-14T22:15:20+00:00"


def test_what_was_never_live_is_not_gone_back_to(
    engine: OpenSearchEngine, cluster: Cluster, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation whose builder died before it was live is not the one before, even if nobody removed it."""
    engine.add(days(1), sequence=1)
    with Writer(read_address(address)) as writer:
        writer.build(days(5), sequence=5, tombstones=[], labels=None)
    with monkeypatch.context() as patched:
        patched.setattr(writer_module, "drop_generations", lambda *_: None)
        rebuild(engine, 3)
    assert list_generations(cluster) == [1, 2, 3]
    assert engine.rollback() == 1
    assert check(engine) == 1
    with pytest.raises(GenerationMissing, match="no generation before 1"):
        engine.rollback()


def test_one_can_leave_a_generation_that_is_lost(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """Parts on no node are told, and are no hindrance to go back; but nobody goes back to such a generation."""
    engine.add(days(2), sequence=2)
    rebuild(engine, 3)
    first, second = (generation_name(cluster, number) for number in (1, 2))
    lose(cluster, second)
    lost = engine.faults()
    assert [fault.partition(" (")[0] for fault in lost] == ["part 0 is on no node", "part 1 is on no node"]
    with pytest.raises(EngineUnavailable):
        engine.status()
    assert engine.rollback() == 1
    assert (check(engine), engine.faults()) == (2, ())
    rebuild(engine, 4)
    lose(cluster, first)
    with pytest.raises(EngineUnavailable):
        engine.rollback()
    assert (check(engine), engine.faults()) == (4, ())


def test_nothing_is_wrong_with_what_is_not_there(engine: OpenSearchEngine) -> None:
    """Before anything was put in, there is an index missing, and no fault of one; nor anything to go back to."""
    for ask in (engine.faults, engine.rollback):
        with pytest.raises(IndexMissing, match="no index yet"):
            ask()


def test_keys_that_cannot_be_read_are_told_and_replaced(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """Whatever stands in their place is no key; what is published next puts it right."""
    key = Key("Daily", "a" * 64, "", "2024-06-01T00:00:00+00:00")
    engine.publish_keys([key])
    cluster.ask("PUT", f"{lease_index(cluster)}/_doc/keys", {"keys": [{"name": "Daily"}]})
    with pytest.raises(IndexIncompatible, match="keys cannot be read"):
        engine.keys()
    engine.publish_keys([key])
    assert engine.keys() == (key,)
