"""Generations and commits in a cluster: swapped whole, taken back, never seen half; one writer at a time."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from search.engine import Engine, Publication, Request, Tombstone
from search.errors import DocumentsRefused, GenerationMissing, IndexMissing, LecternError, WriterBusy
from search.labels import Labels, Name
from search.opensearch import lease as lease_module
from search.opensearch.address import read_address
from search.opensearch.bulk import Bulk
from search.opensearch.cluster import Cluster
from search.opensearch.commit import read_commit, write_commit
from search.opensearch.engine import OpenSearchEngine
from search.opensearch.generations import list_generations
from search.opensearch.lease import Lease
from search.opensearch.writer import Writer
from search.query import Term
from tests.engines.days import ANSWERS, check, day, days
from tests.invented import briefing, note, publish
from tests.opensearch.collections import fresh_address, wipe

pytestmark = pytest.mark.opensearch


@pytest.fixture
def address() -> Iterator[str]:
    """A collection of two parts."""
    made = fresh_address("?shards=2")
    yield made
    wipe(made)


@pytest.fixture
def engine(address: str) -> Iterator[OpenSearchEngine]:
    """An engine over it; five days are in."""
    opened = OpenSearchEngine(read_address(address))
    opened.add(days(5), sequence=5)
    yield opened
    opened.close()


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    """The cluster itself."""
    opened = Cluster(read_address(address))
    yield opened
    opened.close()


def rebuild(engine: OpenSearchEngine, last: int, **more: object) -> None:
    """Build the first so many days anew."""
    engine.rebuild(days(last), sequence=last, tombstones=[], labels=Labels(), **more)  # type: ignore[arg-type]


def test_new_generation_is_looked_at_before_it_is_live(engine: OpenSearchEngine) -> None:
    """Whoever verifies sees the new generation, readers still the old one."""
    seen = []

    def verify(fresh: Engine) -> None:
        seen.append((fresh.status().generation, check(fresh), engine.status().generation, check(engine)))

    rebuild(engine, 7, verify=verify)
    assert seen == [(2, 7, 1, 5)]
    assert (engine.status().generation, check(engine)) == (2, 7)


def test_generation_that_is_found_wrong_goes(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """What verification raises leaves the live generation live, and nothing of the new one."""

    def refuse(_: Engine) -> None:
        raise LecternError("not as it should be")

    with pytest.raises(LecternError, match="not as it should be"):
        rebuild(engine, 7, verify=refuse)
    assert (engine.status().generation, check(engine), list_generations(cluster)) == (1, 5, [1])


def test_failing_source_leaves_nothing(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """A rebuild whose briefings stop coming leaves the live generation live, and no half of another."""

    def broken() -> Iterator[Publication]:
        yield day(1)
        raise OSError("the archive is gone")

    with pytest.raises(OSError, match="archive"):
        engine.rebuild(broken(), sequence=9, tombstones=[], labels=Labels())
    assert (check(engine), list_generations(cluster)) == (5, [1])


def test_refused_documents_are_told_by_id(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """A document that the cluster does not take is named, and the rebuild does not happen."""
    bad = publish(briefing("2024-01-01", note(1, "x")))
    object.__setattr__(bad.documents[0].item, "n", 1)
    object.__setattr__(bad.documents[0], "briefing", "y" * 40_000)  # longer than a term may be
    with pytest.raises(DocumentsRefused, match=r"item:xv-mfa/en/2024-01-01/1@1: .*immense term"):
        engine.rebuild([bad], sequence=9, tombstones=[], labels=Labels())
    assert (check(engine), list_generations(cluster)) == (5, [1])


def test_rollback_goes_to_the_generation_before(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """The last generation is kept, older ones go; going back finds it as it was, and going on makes a new number."""
    rebuild(engine, 6)
    rebuild(engine, 7)
    assert list_generations(cluster) == [2, 3]
    assert engine.rollback() == 2
    assert (engine.status().generation, check(engine)) == (2, 6)
    with pytest.raises(GenerationMissing, match="no generation before 2"):
        engine.rollback()
    rebuild(engine, 8)
    assert (engine.status().generation, check(engine), list_generations(cluster)) == (4, 8, [2, 4])


def test_second_writer_is_refused(engine: OpenSearchEngine, address: str) -> None:
    """While somebody writes, another writer is told who and since when, and readers read."""
    with Writer(read_address(address)):
        for write in (
            lambda: engine.add([day(6)], sequence=6),
            lambda: engine.publish_labels(Labels()),
            lambda: rebuild(engine, 6),
            engine.rollback,
        ):
            with pytest.raises(WriterBusy, match=r"process \d+ on .* since .* is writing"):
                write()
        assert check(engine) == 5
    engine.add([day(6)], sequence=6)
    assert check(engine) == 6


def test_lease_of_a_dead_writer_runs_out(
    engine: OpenSearchEngine, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who neither renews nor lets go has no lease after a while; and if it was only slow, it makes nothing visible."""
    monkeypatch.setattr(lease_module, "SECONDS", 1)
    slow = Lease(cluster)
    slow._take()
    with pytest.raises(WriterBusy):
        engine.add([day(6)], sequence=6)
    before = read_commit(cluster)
    slow._done.wait(1.5)
    engine.add([day(6)], sequence=6)
    assert check(engine) == 6
    with pytest.raises(LecternError, match="meanwhile"):
        write_commit(cluster, before, sequence=99)
    with pytest.raises(WriterBusy, match="ran out"):
        slow.check()


def test_change_that_was_cut_short_is_never_seen(engine: OpenSearchEngine, address: str, cluster: Cluster) -> None:
    """All but the last step of a change: nothing of it is seen, then or later, and the next change goes through."""

    def cut_short(sequence: int, stones: list[Tombstone]) -> None:
        with Writer(read_address(address)) as writer:
            writer._finish = lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
            with suppress(KeyboardInterrupt):
                writer.add([day(1), day(sequence)], sequence=sequence, tombstones=stones)

    stone = Tombstone(day(2).briefing.id, "2026-01-02T00:00:00+00:00", "withdrawn")
    for _ in range(2):
        cut_short(6, [stone])
        assert check(engine) == 5
        assert engine.tombstone(stone.id) is None
    engine.add([day(6)], sequence=6)
    assert check(engine) == 6
    assert engine.briefing(stone.id) == day(2).briefing
    assert len(read_commit(cluster).state.aborted) == 2
    engine.add([day(2)], sequence=6)
    assert check(engine) == 6
    assert engine.find(Request(Term("kelp"), limit=40)).total == 6 * ANSWERS


def test_late_writes_of_a_slow_writer_change_nothing(engine: OpenSearchEngine, address: str) -> None:
    """What a writer sends after it has lost its lease, and somebody else has committed, is never seen."""
    with Writer(read_address(address)) as slow:
        before = slow._begin()
        bulk = Bulk(slow._cluster, before.index)
        slow._let_die(before, bulk, [day(n).briefing.id for n in (1, 2)])
        slow._put(bulk, [day(1), day(9)], before.state.attempt)
        slow._lease._run(lease_module._LET_GO)
        engine.add([day(1), day(6)], sequence=6)
        bulk.flush()
        slow._make_findable(before.index)
        assert check(engine) == 6
        with pytest.raises(LecternError, match=r"meanwhile|ran out"):
            slow._finish(before, sequence=9)
    engine.add([day(2)], sequence=6)
    assert check(engine) == 6
    assert engine.find(Request(Term("kelp"), limit=40)).total == 6 * ANSWERS


def test_what_has_gone_is_deleted_later(
    engine: OpenSearchEngine, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced records stay for readers who began before, then go; the answers are the same."""
    monkeypatch.setattr("search.opensearch.writer.LATE_READERS", 0.0)
    monkeypatch.setattr("search.opensearch.stretches.STRETCH", 3)  # so that none is overlooked between two stretches
    for _ in range(4):
        engine.add(days(5), sequence=5)
        assert check(engine) == 5
    cluster.ask("POST", f"{cluster.address.name}/_refresh")
    held = cluster.ask("POST", f"{cluster.address.name}/_count", {"query": {"exists": {"field": "died"}}})["count"]
    assert held == 2 * 5 * (ANSWERS + 1)


def test_labels_belong_to_their_generation(engine: OpenSearchEngine) -> None:
    """Labels published many times are the last ones; after a rebuild, its own; after going back, the earlier."""
    for n in range(6):
        engine.publish_labels(Labels({"outlet": {"HP": Name(f"Post {n}")}}))
    assert engine.labels().label("outlet", "HP") == "Post 5"
    rebuild(engine, 5)
    assert engine.labels() == Labels()
    engine.rollback()
    assert engine.labels().label("outlet", "HP") == "Post 5"


def test_nothing_is_there_before_the_first_briefing() -> None:
    """A collection that nobody has begun is missing, not empty."""
    engine = OpenSearchEngine(read_address(fresh_address()))
    with pytest.raises(IndexMissing, match="no index yet"):
        engine.find(Request())
    engine.close()
