"""Hits beyond what the cluster counts off, or all of them: read in stretches, from one point in time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from search.engine import Sort
from search.errors import EngineUnavailable
from search.opensearch.cluster import Cluster, Unknown

Json = dict[str, Any]

STRETCH = 500
"""Records of a stretch; with what they hold, a few megabytes."""
STEPS = 10_000
"""Places of a stretch that is only counted off."""
KEPT = "5m"
"""How long the cluster keeps a point in time that nobody asks for."""

ORDERS: Mapping[Sort, Sequence[Json]] = {
    Sort.RELEVANCE: ({"_score": "desc"}, {"key": "asc"}),
    Sort.NEWEST: ({"day": "desc"}, {"key": "asc"}),
    Sort.OLDEST: ({"day": "asc"}, {"key": "asc"}),
}


class Point:
    """A point in time of one index: commits and deletions after it are not seen. Close it when done."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._id: str = cluster.ask(
            "POST", f"{index}/_search/point_in_time", keep_alive=KEPT, allow_partial_pit_creation=False
        )["pit_id"]

    def stretch(self, query: Json, order: Sequence[Json], after: Sequence[object], size: int, **more: object) -> Json:
        """The hits behind `after`, which is what the last hit of the stretch before is sorted by."""
        body = {
            "pit": {"id": self._id, "keep_alive": KEPT},
            "query": query,
            "sort": list(order),
            "seq_no_primary_term": True,
            "size": size,
            **({"search_after": list(after)} if after else {}),
            **more,
        }
        found = self._cluster.ask("POST", "_search", body, allow_partial_search_results=False)
        return self._cluster.whole(found)

    def close(self) -> None:
        """Let the cluster forget it."""
        with suppress(EngineUnavailable, Unknown):  # it forgets it by itself
            self._cluster.ask("DELETE", "_search/point_in_time", {"pit_id": [self._id]})


class Found(NamedTuple):
    """A record: its name, which writing of it was read, and what it holds."""

    name: str
    version: tuple[int, int]
    source: Json


def iter_found(
    cluster: Cluster, index: str, query: Json, order: Sequence[Json], fields: Sequence[str]
) -> Iterator[Found]:
    """Every record that `query` finds, in order. The first stretch is read at once, before anything is asked for."""
    point = Point(cluster, index)
    try:
        first = point.stretch(query, order, (), STRETCH, _source=list(fields))["hits"]["hits"]
    except BaseException:
        point.close()
        raise
    return _iter_all(point, first, query, order, fields)


def _iter_all(
    point: Point, hits: list[Json], query: Json, order: Sequence[Json], fields: Sequence[str]
) -> Iterator[Found]:
    try:
        while hits:
            yield from (Found(hit["_id"], (hit["_seq_no"], hit["_primary_term"]), hit["_source"]) for hit in hits)
            if len(hits) < STRETCH:
                return
            hits = point.stretch(query, order, hits[-1]["sort"], STRETCH, _source=list(fields))["hits"]["hits"]
    finally:
        point.close()


def iter_sources(
    cluster: Cluster, index: str, query: Json, order: Sequence[Json], fields: Sequence[str]
) -> Iterator[Json]:
    """The same, what they hold alone."""
    return (found.source for found in iter_found(cluster, index, query, order, fields))


def find_far(  # noqa: PLR0913, PLR0917 (a page, and where it is)
    cluster: Cluster, index: str, query: Json, sort: Sort, offset: int, limit: int, **more: object
) -> list[Json]:
    """The hits from `offset` on, however far that is."""
    point, after = Point(cluster, index), list[object]()
    try:
        while offset:
            passed = point.stretch(query, ORDERS[sort], after, min(offset, STEPS), _source=False)["hits"]["hits"]
            if not passed:
                return []
            offset, after = offset - len(passed), passed[-1]["sort"]
        found: list[Json] = point.stretch(query, ORDERS[sort], after, limit, track_scores=True, **more)["hits"]["hits"]
        return found
    finally:
        point.close()
