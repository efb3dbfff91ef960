"""What goes wrong with a cluster is an error of ours, soon, and never a part of an answer."""

import time

import pytest

from search.engine import Request
from search.engines import open_engine
from search.errors import EngineUnavailable, IndexMissing, LecternError, QueryTooCostly
from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster, Conflict
from search.opensearch.commit import read_commit, write_commit
from search.opensearch.engine import OpenSearchEngine
from search.opensearch.mapping import FORMAT
from tests.search.opensearch.stub import Answer, answering

WHOLE = {"total": 2, "successful": 2, "skipped": 0, "failed": 0}


def refusal(kind: str) -> dict[str, object]:
    """The body of a refusal."""
    return {"error": {"type": kind, "reason": "as it is", "root_cause": [{"type": kind, "reason": "as it is"}]}}


@pytest.mark.parametrize(
    ("status", "body", "error", "told"),
    [
        (429, refusal("circuit_breaking_exception"), EngineUnavailable, "too much to do"),
        (503, refusal("search_phase_execution_exception"), EngineUnavailable, "all of its parts"),
        (502, b"<html>bad gateway</html>", EngineUnavailable, "all of its parts"),
        (401, {}, EngineUnavailable, "name or password"),
        (403, {}, EngineUnavailable, "name or password"),
        (400, refusal("too_many_nested_clauses"), QueryTooCostly, "too many"),
        (400, refusal("parse_exception"), EngineUnavailable, "parse_exception: as it is"),
        (409, {}, Conflict, "meanwhile"),
        (404, {}, IndexMissing, "no index"),
        (200, b"<html>a proxy's page</html>", EngineUnavailable, "cannot be read"),
    ],
)
def test_refusals_are_told(status: int, body: object, error: type[LecternError], told: str) -> None:
    """Each status of the cluster is an error that says what is the matter, and where, without the password."""
    with answering(lambda *_: (status, body)) as server:
        engine = open_engine(f"opensearch://desk:secret@{server}/valdria")
        with pytest.raises(error, match=told) as raised:
            engine.status()
        assert "secret" not in str(raised.value)
        engine.close()


def test_nobody_there_is_told_at_once() -> None:
    """A cluster that cannot be reached is unavailable."""
    engine = open_engine("opensearch://127.0.0.1:1/valdria")
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        engine.find(Request())
    engine.close()


def test_hanging_cluster_is_not_waited_for() -> None:
    """A cluster that does not answer is given up after the reader's patience."""

    def hang(*_: object) -> tuple[int, object]:
        time.sleep(2)
        return 200, {}

    with answering(hang) as server:
        cluster = Cluster(read_address(f"opensearch://{server}/valdria"), patience=0.2)
        began = time.monotonic()
        with pytest.raises(EngineUnavailable, match="in time"):
            cluster.ask("GET", "")
        assert time.monotonic() - began < 1.5
        cluster.close()


def test_next_node_is_asked_where_one_is_gone() -> None:
    """With several hosts, one that is gone does not matter, whichever is asked first."""
    with answering(lambda *_: (200, {"told": "so"})) as server:
        cluster = Cluster(read_address(f"opensearch://127.0.0.1:1,{server},127.0.0.1:2/valdria"))
        assert [cluster.ask("GET", "") for _ in range(6)] == [{"told": "so"}] * 6
        cluster.close()


def commit_record(**changed: object) -> dict[str, object]:
    """What the cluster says of the commit's record."""
    state = {"format": FORMAT, "commit": 1, "attempt": 1, "aborted": [], "sequence": 1, "labels": 0}
    state |= {"briefings": 1, "documents": 1, "segments": 1, "swept": [0, 0.0], **changed}
    return {"_index": "valdria-generation-000001", "_seq_no": 1, "_primary_term": 1, "_source": {"state": state}}


def searching(shards: dict[str, int], **more: object) -> Answer:
    """A cluster that has a commit, and answers searches of it so."""

    def answer(method: str, path: str, body: bytes) -> tuple[int, object]:
        if path.endswith("/_doc/commit"):
            return 200, commit_record()
        found = {"_shards": shards, "hits": {"total": {"value": 7}, "hits": []}, "aggregations": {}} | more
        return 200, {"responses": [found] * (body.count(b"\n") // 2)}

    return answer


@pytest.mark.parametrize(
    ("shards", "more"),
    [
        (WHOLE | {"successful": 1, "failed": 1}, {}),
        (WHOLE | {"successful": 1}, {}),
        (WHOLE, {"timed_out": True}),
        (WHOLE, {"error": {"type": "no_shard_available"}, "status": 503}),
    ],
)
def test_part_of_an_answer_is_no_answer(shards: dict[str, int], more: dict[str, object]) -> None:
    """Where a part of the index has not answered, or not to the end, nothing is shown as if it were all."""
    with answering(searching(shards, **more)) as server:
        engine = OpenSearchEngine(read_address(f"opensearch://{server}/valdria"))
        with pytest.raises(EngineUnavailable):
            engine.tombstone("xv-mfa/en/2024-01-01")
        engine.close()


def test_whole_answer_is_an_answer() -> None:
    """The same, where every part has answered: the cases above fail for what they say."""
    with answering(searching(WHOLE)) as server:
        engine = OpenSearchEngine(read_address(f"opensearch://{server}/valdria"))
        assert engine.tombstone("xv-mfa/en/2024-01-01") is None
        engine.close()


def test_generation_of_another_version_is_told() -> None:
    """An index that another version wrote is not read."""
    with answering(lambda *_: (200, commit_record(format="0.1"))) as server:
        engine = open_engine(f"opensearch://{server}/valdria")
        with pytest.raises(LecternError, match=r"another version.*lectern rebuild"):
            engine.status()
        engine.close()


def test_record_that_was_written_without_an_answer_is_ours() -> None:
    """A conflict with our own writing is none: the node that wrote it went before it could answer."""
    ours = commit_record(commit=2)

    def answer(method: str, _: str, __: bytes) -> tuple[int, object]:
        return (409, {}) if method == "PUT" else (200, ours)

    with answering(answer) as server:
        cluster = Cluster(read_address(f"opensearch://{server}/valdria"))
        before = read_commit(cluster)
        assert write_commit(cluster, before, commit=2).state == before.state
        with pytest.raises(Conflict):
            write_commit(cluster, before, commit=3)
        cluster.close()
