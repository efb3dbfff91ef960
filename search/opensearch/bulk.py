"""Writing many records: in requests of a bounded size, tried again while the cluster is busy, no failure lost.

Every record has a name of its own, so that writing it twice does no harm: a request whose answer never came is sent
again whole. What the cluster refuses for good is told by id.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

from search.errors import DocumentsRefused, EngineUnavailable
from search.opensearch.cluster import LONG_PATIENCE, Cluster

Json = dict[str, Any]

MAX_BYTES = 5 * 2**20
MAX_RECORDS = 1_000
PAUSES = (0.2, 0.5, 1, 2, 4, 8, 15, 30, 30, 30)
"""Seconds that are waited before each further try."""
SHARD_WAIT = "10s"
"""How long the cluster waits for a part that is lost to be found again; then we do."""
SHOWN = 5
"""So many refused ids are told with the reason."""
_BUSY = frozenset({429, 502, 503, 504})
_CHANGED = 409


class Bulk:
    """Writes records into one index; what is not yet sent is sent by `flush`.

    Args:
        cluster: where.
        index: into which index.
        pauses: seconds to wait before each further try.
    """

    def __init__(self, cluster: Cluster, index: str, pauses: tuple[float, ...] | None = None) -> None:
        self._cluster = cluster
        self._index = index
        self._pauses = PAUSES if pauses is None else pauses
        self._waiting: list[tuple[str, tuple[str, str]]] = []
        self._bytes = 0
        self.written = 0

    def put(self, name: str, record: Json, version: tuple[int, int] | None = None) -> None:
        """Write a record, in the place of the one of that name.

        With a `version` (its sequence number and term, as it was read) nothing is written where the record has changed
        since: then we have written it before, or somebody else writes, and our commit will fail by itself.
        """
        head: Json = {"_id": name}
        if version:
            head |= {"if_seq_no": version[0], "if_primary_term": version[1]}
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        size = len(text.encode("utf-8", "replace"))
        if self._waiting and (self._bytes + size > MAX_BYTES or len(self._waiting) >= MAX_RECORDS):
            self.flush()
        self._waiting.append((name, (json.dumps({"index": head}), text)))
        self._bytes += size

    def flush(self) -> None:
        """Send what waits. Raises DocumentsRefused, and EngineUnavailable after the last try."""
        waiting, self._waiting, self._bytes = dict(self._waiting), [], 0
        pauses: Iterator[float] = iter(self._pauses)
        total = len(waiting)
        while waiting:
            try:
                busy = self._send(waiting)
                problem = EngineUnavailable(
                    f"the cluster has too much to do: {len(busy):,} records wait, {next(iter(busy), '')} first",
                    where=str(self._cluster.address),
                )
            except EngineUnavailable as error:
                busy, problem = waiting, error
            waiting = busy
            if waiting:
                try:
                    time.sleep(next(pauses))
                except StopIteration:
                    raise problem from None
        self.written += total

    def _send(self, waiting: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        """Send records; returns those that the cluster is too busy for. Raises DocumentsRefused."""
        lines = (line for both in waiting.values() for line in both)
        body = ("\n".join(lines) + "\n").encode("utf-8", "replace")
        answer = self._cluster.ask("POST", f"{self._index}/_bulk", body, patience=LONG_PATIENCE, timeout=SHARD_WAIT)
        results = [item["index"] for item in answer["items"]]
        busy = {one["_id"]: waiting[one["_id"]] for one in results if one["status"] in _BUSY}
        refused = [one for one in results if one["status"] >= 400 and one["status"] not in {*_BUSY, _CHANGED}]
        if refused:
            told = "; ".join(f"{one['_id']}: {_reason(one)}" for one in refused[:SHOWN])
            more = f"; and {len(refused) - SHOWN:,} more" if len(refused) > SHOWN else ""
            raise DocumentsRefused(
                f"the cluster refuses {len(refused):,} records: {told}{more}", where=str(self._cluster.address)
            )
        return busy


def _reason(one: Json) -> str:
    error = one.get("error") or {}
    cause = error.get("caused_by") or {}
    return " ".join(filter(None, (error.get("reason"), cause.get("reason"))))[:200]
