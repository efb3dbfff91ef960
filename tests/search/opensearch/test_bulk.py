"""Bulk requests: tried again where the cluster is busy, refused records told by id, memory bounded."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from search.errors import DocumentsRefused, EngineUnavailable
from search.opensearch import bulk as bulk_module
from search.opensearch.address import read_address
from search.opensearch.bulk import Bulk
from search.opensearch.cluster import Cluster
from tests.search.opensearch.stub import answering

PAUSES = (0.0, 0.0, 0.0)


@contextmanager
def bulk_to(
    answer: Callable[[list[str]], tuple[int, object] | dict[str, int]],
) -> Iterator[tuple[Bulk, list[list[str]]]]:
    """A bulk into a cluster that gives each name a status, or the whole request an answer; and all that was sent."""
    sent: list[list[str]] = []

    def reply(_: str, __: str, body: bytes) -> tuple[int, object]:
        names = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        sent.append(names)
        told = answer(names)
        if isinstance(told, tuple):
            return told
        errors = {"type": "mapper_parsing_exception", "reason": "no such field"}
        return 200, {
            "items": [
                {"index": {"_id": n, "status": s} | ({"error": errors} if s > 299 else {})} for n, s in told.items()
            ]
        }

    with answering(reply) as server:
        cluster = Cluster(read_address(f"opensearch://{server}/valdria"))
        yield Bulk(cluster, "valdria-generation-000001", PAUSES), sent
        cluster.close()


def test_busy_records_alone_are_sent_again() -> None:
    """What the cluster has no room for is sent again; what it has taken is not."""
    busy = {"b": 2, "d": 1}

    def answer(names: list[str]) -> dict[str, int]:
        statuses = {name: 429 if busy.get(name) else 201 for name in names}
        busy.update({name: busy[name] - 1 for name in names if busy.get(name)})
        return statuses

    with bulk_to(answer) as (bulk, sent):
        for name in "abcd":
            bulk.put(name, {"n": 1})
        bulk.flush()
        assert sent == [["a", "b", "c", "d"], ["b", "d"], ["b"]]
        assert bulk.written == 4


def test_busy_cluster_is_given_up_at_last() -> None:
    """After the last try it is said how many wait, and one of them by name."""
    with bulk_to(lambda names: dict.fromkeys(names, 429)) as (bulk, sent):
        bulk.put("item:one", {})
        with pytest.raises(EngineUnavailable, match="1 records wait, item:one first"):
            bulk.flush()
        assert len(sent) == 1 + len(PAUSES)


@pytest.mark.parametrize("status", [429, 503])
def test_request_that_is_refused_whole_is_sent_again(status: int) -> None:
    """A request that the cluster has no time for at all is sent again whole: names make that harmless."""
    refused = [status, status]

    def answer(names: list[str]) -> tuple[int, object] | dict[str, int]:
        return (refused.pop(), {}) if refused else dict.fromkeys(names, 201)

    with bulk_to(answer) as (bulk, sent):
        bulk.put("a", {})
        bulk.flush()
        assert sent == [["a"]] * 3


def test_refused_records_are_told_by_id() -> None:
    """What the cluster will never take is an error with ids and reasons, the first few in full."""
    with bulk_to(lambda names: dict.fromkeys(names, 400)) as (bulk, sent):
        for n in range(7):
            bulk.put(f"item:{n}", {})
        with pytest.raises(DocumentsRefused, match=r"refuses 7 records: item:0: no such field; .*and 2 more"):
            bulk.flush()
        assert len(sent) == 1


def test_record_that_has_changed_is_left_alone() -> None:
    """Written with the version that was read, a record that has changed since stays as it is, and nothing is wrong."""
    with bulk_to(lambda names: dict.fromkeys(names, 409)) as (bulk, sent):
        bulk.put("a", {}, (7, 1))
        bulk.flush()
        assert sent == [["a"]]


def test_requests_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request has at most so many records, and so many bytes unless a single record is larger."""
    monkeypatch.setattr(bulk_module, "MAX_RECORDS", 3)
    monkeypatch.setattr(bulk_module, "MAX_BYTES", 100)
    with bulk_to(lambda names: dict.fromkeys(names, 201)) as (bulk, sent):
        for n in range(4):
            bulk.put(f"{n}", {})
        bulk.put("large", {"text": "x" * 200})
        bulk.put("after", {})
        bulk.flush()
        assert sent == [["0", "1", "2"], ["3"], ["large"], ["after"]]
