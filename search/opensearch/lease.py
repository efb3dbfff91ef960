"""One writer a collection: a lease, kept in the cluster, that its holder renews while it works.

Its time is told by the cluster's clock alone. A holder that died holds nothing after `SECONDS`; one that was only slow
notices that it has lost the lease before it makes anything visible, since the commit's record has changed by then.
"""

import os
import secrets
import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Self

from search.errors import EngineUnavailable, LecternError, WriterBusy
from search.opensearch.cluster import Cluster, Conflict, Unknown
from search.opensearch.generations import EXISTS

Json = dict[str, Any]

SECONDS = 30
"""How long a lease holds that is not renewed."""
_RENEWED = SECONDS / 3
_RECORD = "writer"

# ctx._now is the clock of the node that holds the record.
_TAKE = """
if (ctx.op != 'create' && ctx._source.token != params.token && ctx._source.until > ctx._now) { ctx.op = 'none'; }
else {
  if (ctx._source.token != params.token) { ctx._source.since = params.since; }
  ctx._source.token = params.token; ctx._source.holder = params.holder;
  ctx._source.until = ctx._now + params.milliseconds;
}
"""
_RENEW = """
if (ctx._source.token == params.token) { ctx._source.until = ctx._now + params.milliseconds; } else { ctx.op = 'none'; }
"""
_LET_GO = "if (ctx._source.token == params.token) { ctx._source.until = 0L; } else { ctx.op = 'none'; }"

_INDEX: Json = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {
        "dynamic": "strict",
        "properties": {name: {"type": "keyword"} for name in ("token", "holder", "since")}
        | {"until": {"type": "long"}, "keys": {"type": "object", "enabled": False}},
    },
}


def lease_index(cluster: Cluster) -> str:
    """The name of the index of what belongs to no generation: the lease, and partners' keys."""
    return f"{cluster.address.name}-lease"


class Lease:
    """The right to write, while the block runs. Raises WriterBusy where somebody else has it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._index = lease_index(cluster)
        self._token = secrets.token_hex(8)
        self._done = threading.Event()
        self._lost = False
        self._renewer = threading.Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self._take()
        self._renewer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._renewer.join()
        with suppress(EngineUnavailable, Conflict, Unknown):  # it runs out by itself
            self._run(_LET_GO)

    def check(self) -> None:
        """Renew the lease before something is made visible. Raises WriterBusy where it has been lost meanwhile."""
        self._lost = self._lost or not self._is_done(_RENEW)
        if self._lost:
            raise WriterBusy("somebody else writes now: our lease ran out", where=str(self._cluster.address))

    def _take(self) -> None:
        if not self._is_done(_TAKE, upsert=True):
            raise self._busy()

    def _busy(self) -> WriterBusy:
        held = self._cluster.ask("GET", f"{self._index}/_doc/{_RECORD}")["_source"]
        return WriterBusy(
            f"{held['holder']} since {held['since']} is writing",
            where=str(self._cluster.address),
            hint=f"wait until it is done; if it has died, its right ends by itself within {SECONDS} seconds",
        )

    def _keep(self) -> None:
        while not self._done.wait(_RENEWED):
            try:
                self._lost = not self._is_done(_RENEW)
            except LecternError:
                continue  # the cluster may answer next time
            if self._lost:
                return

    def _is_done(self, script: str, *, upsert: bool = False) -> bool:
        try:
            return self._run(script, upsert=upsert)
        except Unknown:
            if not upsert:
                return False
            self._create()
            return self._run(script, upsert=upsert)

    def _run(self, script: str, *, upsert: bool = False) -> bool:
        params = {
            "token": self._token,
            "holder": f"process {os.getpid()} on {socket.gethostname()}",
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "milliseconds": SECONDS * 1_000,
        }
        body: Json = {"script": {"source": script, "params": params}}
        if upsert:
            body |= {"scripted_upsert": True, "upsert": {}}
        answer = self._cluster.ask("POST", f"{self._index}/_update/{_RECORD}", body, retry_on_conflict=5)
        return bool(answer["result"] != "noop")

    def _create(self) -> None:
        try:
            self._cluster.ask("PUT", self._index, _INDEX)
        except EngineUnavailable as error:
            if EXISTS not in str(error):
                raise
