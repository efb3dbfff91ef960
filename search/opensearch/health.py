"""What the cluster tells of a generation's parts: which of them are lost, and which copies cannot be kept.

A copy that is missed because its node is away is no fault of the index: all of it is there, and the cluster makes a new
copy by itself. That is told by the cluster's own health.
"""

from collections.abc import Iterable, Iterator, Mapping

from search.opensearch.cluster import Cluster

_ASKED = "shard,prirep,state,unassigned.reason,unassigned.details"
_LONGEST = 200


def find_faults(cluster: Cluster, index: str) -> tuple[str, ...]:
    """What is wrong with the parts of an index, for people; no part is asked itself. Raises Unknown."""
    parts: list[Mapping[str, str | None]] = cluster.ask("GET", f"_cat/shards/{index}", format="json", h=_ASKED)
    return tuple(iter_faults(sorted(parts, key=lambda part: (int(part["shard"] or 0), part["prirep"] or ""))))


def iter_faults(parts: Iterable[Mapping[str, str | None]]) -> Iterator[str]:
    """What is wrong with each part, as the cluster lists them."""
    for part in parts:
        if part["state"] != "UNASSIGNED":
            continue
        reason, told = part["unassigned.reason"], part["unassigned.details"]
        why = f"{reason}: {' '.join(told.split())[:_LONGEST]}" if told else reason
        if part["prirep"] == "p":
            yield f"part {part['shard']} is on no node ({why})"
        elif reason == "ALLOCATION_FAILED":
            yield f"a copy of part {part['shard']} cannot be kept ({why})"
