"""Requests to the cluster, and what their answers mean: an answer that is whole, or an error of ours.

The one place that knows opensearch-py. The one decision: what not every part of an index has answered is no answer.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConflictError,
    ConnectionTimeout,
    ImproperlyConfigured,
    NotFoundError,
    OpenSearchException,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection

from search.errors import EngineUnavailable, LecternError, QueryTooCostly, SettingsError
from search.opensearch.address import Address

Json = dict[str, Any]

PATIENCE = 10.0
"""Seconds that a reader waits for an answer."""
LONG_PATIENCE = 120.0
"""Seconds that a writer waits for one."""
_CONNECTIONS = 16
_TRIES = 3
_BUSY = frozenset({429, 502, 503, 504})
"""Statuses of a node or cluster that may answer later."""
_TOO_MUCH = ("too_many_clauses", "too_many_nested_clauses", "too_complex_to_determinize")
_HINT = "try again in a moment; if it lasts, look at the cluster's health"


class Conflict(LecternError):
    """Somebody else has written a record first."""

    code = "conflict"
    status = 503


class Unknown(LecternError):
    """The cluster has no such index, alias or record."""

    code = "unknown"
    status = 503


class Cluster:
    """The nodes of one address. Threads may share it; processes that fork each make their own connections."""

    def __init__(self, address: Address, patience: float | None = None) -> None:
        logging.getLogger("opensearch").addHandler(logging.NullHandler())  # what goes wrong is raised, and said once
        self.address = address
        tls: Json = {"use_ssl": True, "ca_certs": str(address.ca) if address.ca else None} if address.tls else {}
        if address.ca and not address.ca.is_file():
            raise SettingsError("there is no such file of certificates", where=str(address.ca))
        try:
            self._transport = OpenSearch(
                hosts=[{"host": host, "port": port} for host, port in address.hosts],
                http_auth=(address.user, address.password) if address.user else None,
                timeout=patience or PATIENCE,
                max_retries=min(len(address.hosts), _TRIES) - 1,
                retry_on_timeout=True,
                retry_on_status=(502, 504),
                http_compress=False,
                pool_maxsize=_CONNECTIONS,
                **tls,
            ).transport
        except (ImproperlyConfigured, OSError) as error:
            raise SettingsError(f"no connection can be made so: {error}", where=f"{address}") from error

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        patience: float | None = None,
        **params: object,
    ) -> Any:  # noqa: ANN401 (JSON)
        """The cluster's answer, read as JSON.

        Raises:
            EngineUnavailable: there is none, or the cluster cannot say.
            Unknown: what is asked for is not there.
            Conflict: it is not as it was when it was read.
            QueryTooCostly: it asks for too much.
        """
        sent = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
        try:
            return self._transport.perform_request(method, f"/{path}", params=sent, body=body, timeout=patience)
        except OpenSearchException as error:
            raise self._translated(error) from error

    def _translated(self, error: OpenSearchException) -> LecternError:
        where = str(self.address)
        match error:
            case ConnectionTimeout():
                return EngineUnavailable("the cluster does not answer in time", where=where, hint=_HINT)
            case NoConnection():
                return EngineUnavailable("the cluster cannot be reached", where=where, hint=_HINT)
            case AuthenticationException() | AuthorizationException():
                return EngineUnavailable(
                    "the cluster refuses our name or password", where=where, hint="look at LECTERN_ENGINE"
                )
            case NotFoundError():
                return Unknown("the cluster has no such thing", where=where)
            case ConflictError():
                return Conflict("somebody else has written meanwhile", where=where)
            case TransportError():
                return self._refused(error)
        return EngineUnavailable("the cluster's answer cannot be read", where=where, hint=_HINT)

    def _refused(self, error: TransportError) -> LecternError:
        where, status, told = str(self.address), error.status_code, json.dumps(error.info, default=str)
        if any(one in told for one in _TOO_MUCH):
            return QueryTooCostly("the words of this query are too many to look for", hint="use fewer words")
        if status == 429:
            return EngineUnavailable("the cluster has too much to do", where=where, hint=_HINT)
        if status in _BUSY:
            return EngineUnavailable("the cluster cannot answer from all of its parts", where=where, hint=_HINT)
        # Its reason may name nodes and indices, which are no reader's business: pages do not show where.
        return EngineUnavailable(
            "the cluster refuses what it is asked", where=f"{where}: {status} {_reason(error.info)}", hint=_HINT
        )

    def search(self, index: str, bodies: Sequence[Mapping[str, object]]) -> list[Json]:
        """What several searches find, each whole. Raises EngineUnavailable, QueryTooCostly."""
        if not bodies:
            return []
        limit = {"timeout": f"{int(PATIENCE)}s"}
        head = json.dumps({"allow_partial_search_results": False})
        lines = (line for body in bodies for line in (head, json.dumps({**limit, **body})))
        answer = self.ask("POST", f"{index}/_msearch", "\n".join(lines) + "\n", max_concurrent_searches=4)
        return [self.whole(one) for one in answer["responses"]]

    def whole(self, answer: Json) -> Json:
        """An answer that every part of the index has a share in; raises what is wrong with any other."""
        if "error" in answer:
            raise self._refused(TransportError(answer.get("status", "N/A"), "", answer))
        shards = answer["_shards"]
        if answer.get("timed_out") or shards["failed"] or shards["successful"] < shards["total"]:
            raise EngineUnavailable("the cluster has answered only in part", where=str(self.address), hint=_HINT)
        return answer

    def close(self) -> None:
        """Let go of connections."""
        self._transport.close()


def _reason(info: object) -> str:
    """What a refusal says of itself, in short."""
    error = info.get("error") if isinstance(info, dict) else None
    if isinstance(error, dict):
        causes = error.get("root_cause") or [error]
        return f"{causes[0].get('type', '')}: {causes[0].get('reason', '')}"[:300]
    return str(error or "")[:300]
