"""Three nodes in processes of their own, two copies of every part: one is killed, and nothing is lost or wrong.

While a node is missed, a question may be answered by "not available just now", never by a part of the answer.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from search.engine import Request
from search.errors import EngineUnavailable
from search.labels import Labels
from search.opensearch.address import Address, read_address
from search.opensearch.cluster import Cluster
from search.opensearch.engine import OpenSearchEngine
from search.query import Term
from tests.engines.days import ANSWERS, check, day, days
from tests.opensearch.nodes import Missing, Node, running_nodes

pytestmark = pytest.mark.opensearch

PATIENCE = 300
"""Seconds within which a cluster finds itself again, on a machine with other work."""


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Node]]:
    """Three nodes of one cluster."""
    try:
        with running_nodes(3) as started:
            yield started
    except Missing as reason:
        pytest.skip(f"no nodes can be started: {reason}")


@pytest.fixture
def address(nodes: list[Node]) -> Address:
    """A collection of three parts with two copies each."""
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
    name = f"t{secrets.token_hex(4)}"
    return read_address(f"opensearch://{hosts}/{name}?shards=3&replicas=1")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores carry three nodes, and perhaps other work: answers may be late, never wrong."""
    monkeypatch.setattr("search.opensearch.cluster.PATIENCE", 30.0)


@pytest.fixture(autouse=True)
def whole(nodes: list[Node], address: Address) -> Iterator[None]:
    """All nodes are up, before and after."""
    yield
    for node in nodes:
        if node.process is None or node.process.poll() is not None:
            node.start()
            node.wait()
    until_green(address)


def until_green(address: Address) -> None:
    """Wait until every part has all its copies on three nodes."""
    cluster, until = Cluster(address), time.monotonic() + PATIENCE
    while True:
        try:
            health = cluster.ask("GET", "_cluster/health", level="cluster")
            if health["status"] == "green" and health["number_of_nodes"] == 3:
                break
        except EngineUnavailable:
            pass
        assert time.monotonic() < until, "the cluster does not find itself again"
        time.sleep(0.5)
    cluster.close()


def patiently(do: Callable[[], object]) -> None:
    """Do it, again and again where the cluster is not available just now."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            do()
        except EngineUnavailable:
            assert time.monotonic() < until
            time.sleep(0.5)
        else:
            return


class Reader:
    """Somebody who searches all the time, and checks every answer."""

    def __init__(self, address: Address) -> None:
        self.answers = self.unavailable = 0
        self.wrong: list[BaseException] = []
        self._engine = OpenSearchEngine(address)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        while not self._done.is_set():
            try:
                check(self._engine)
                self.answers += 1
                time.sleep(0.02)  # two cores have three nodes to carry
            except EngineUnavailable:
                self.unavailable += 1
            except BaseException as error:  # noqa: BLE001 (told by the thread that waits)
                self.wrong.append(error)
                return

    def wait_for_answers(self, more: int) -> None:
        """Return after so many more right answers."""
        goal, until = self.answers + more, time.monotonic() + PATIENCE
        while self.answers < goal and not self.wrong and time.monotonic() < until:
            time.sleep(0.05)
        assert not self.wrong, self.wrong
        assert self.answers >= goal

    def stop(self) -> None:
        """Stop, and raise what was wrong."""
        self._done.set()
        self._thread.join()
        self._engine.close()
        assert not self.wrong, self.wrong


@contextmanager
def reading(address: Address) -> Iterator[Reader]:
    """Somebody searches while the block runs; all he saw was right."""
    reader = Reader(address)
    try:
        yield reader
    finally:
        reader.stop()


@contextmanager
def filled(address: Address, last: int) -> Iterator[OpenSearchEngine]:
    """An engine; the first so many days are in, with all copies."""
    engine = OpenSearchEngine(address)
    engine.rebuild(days(last), sequence=last, tombstones=[], labels=Labels())
    until_green(address)
    yield engine
    engine.close()


@pytest.mark.parametrize("killed", [0, 2])
def test_searching_goes_on_when_a_node_is_killed(nodes: list[Node], address: Address, killed: int) -> None:
    """Whichever node goes, every answer is whole and right, and soon there are answers again."""
    with filled(address, 40), reading(address) as reader:
        reader.wait_for_answers(5)
        nodes[killed].kill()
        reader.wait_for_answers(20)


def test_no_commit_is_lost_when_a_node_is_killed_while_adding(nodes: list[Node], address: Address) -> None:
    """What was said to be in is in; a change that failed is made again; readers see each commit whole."""
    with filled(address, 5) as engine, reading(address) as reader:
        for n in range(6, 26):
            if n == 12:
                nodes[1].kill()
            patiently(lambda n=n: engine.add([day(n)], sequence=n))  # type: ignore[misc]
        reader.wait_for_answers(2)
        patiently(lambda: check(engine))
        assert check(engine) == 25
        assert engine.find(Request(Term("kelp"), limit=100)).total == 25 * ANSWERS
        assert [one.id for one in engine.briefings()] == [d.briefing.id for d in days(25)]


def test_rebuild_that_a_node_dies_in_leaves_the_live_generation(
    nodes: list[Node], address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation has one copy until it is whole: with a node it is lost, which is said; readers notice nothing."""
    monkeypatch.setattr("search.opensearch.bulk.PAUSES", (1.0, 2.0, 2.0))
    monkeypatch.setattr("search.opensearch.bulk.MAX_RECORDS", 50)

    def coming() -> Iterator[object]:
        for one in days(60):
            if one.briefing.id == day(30).briefing.id:
                nodes[2].kill()
            yield one

    with filled(address, 10) as engine, reading(address) as reader:
        with pytest.raises(EngineUnavailable):
            engine.rebuild(coming(), sequence=60, tombstones=[], labels=Labels())  # type: ignore[arg-type]
        reader.wait_for_answers(5)
        assert engine.status().sequence == 10
        patiently(lambda: engine.rebuild(days(60), sequence=60, tombstones=[], labels=Labels()))
        patiently(lambda: check(engine))
        assert check(engine) == 60


def test_readers_notice_nothing_of_rebuilds(address: Address) -> None:
    """Under constant search generation after generation is filled and swapped to: no error, no half."""
    with filled(address, 10) as engine, reading(address) as reader:
        for last in (20, 30, 40):
            reader.wait_for_answers(3)
            engine.rebuild(days(last), sequence=last, tombstones=[], labels=Labels())
        reader.wait_for_answers(3)
        assert reader.unavailable == 0
        assert check(engine) == 40
