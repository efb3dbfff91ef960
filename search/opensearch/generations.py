"""Generations: an index each, and an alias, the collection's name, that stands for the live one."""

import re
from collections.abc import Sequence

from search.errors import EngineUnavailable
from search.opensearch.cluster import LONG_PATIENCE, Cluster, Unknown
from search.opensearch.mapping import copies, prefix, template

GREEN_WAIT = 60
"""Seconds that are waited for the copies of a new generation before it is live all the same."""
EXISTS = "resource_already_exists"
"""What the cluster says of an index that is there already."""
_DIGITS = 6


def generation_name(cluster: Cluster, number: int) -> str:
    """The name of a generation's index."""
    return f"{prefix(cluster.address)}{number:0{_DIGITS}}"


def list_generations(cluster: Cluster) -> list[int]:
    """The numbers of all generations there are, ascending."""
    start = prefix(cluster.address)
    found = cluster.ask("GET", f"_resolve/index/{start}*", expand_wildcards="all")["indices"]
    matches = (re.fullmatch(rf"{re.escape(start)}(\d+)", one["name"]) for one in found)
    return sorted(int(match[1]) for match in matches if match)


def live_generation(cluster: Cluster) -> int:
    """The number of the live one, 0 where there is none."""
    try:
        (index,) = cluster.ask("GET", f"_alias/{cluster.address.name}")
    except Unknown:
        return 0
    return int(index.rpartition("-")[2])


def create_generation(cluster: Cluster, number: int) -> str:
    """The name of a new, empty generation's index, by the template of today."""
    name = generation_name(cluster, number)
    cluster.ask("PUT", f"_index_template/{cluster.address.name}", template(cluster.address), patience=LONG_PATIENCE)
    try:
        cluster.ask("PUT", name, patience=LONG_PATIENCE)
    except EngineUnavailable as error:
        if EXISTS not in str(error):  # it is ours: a node made it and went before it could say so
            raise
    return name


def make_copies(cluster: Cluster, index: str) -> None:
    """Let a filled index have its copies, and wait for them a while; it must be whole."""
    cluster.ask("PUT", f"{index}/_settings", copies(cluster.address), patience=LONG_PATIENCE)
    for status, seconds in (("green", GREEN_WAIT), ("yellow", GREEN_WAIT)):
        try:
            cluster.ask(
                "GET",
                f"_cluster/health/{index}",
                patience=LONG_PATIENCE,
                wait_for_status=status,
                timeout=f"{seconds}s",
            )
        except EngineUnavailable:
            if status == "yellow":
                raise
        else:
            return


def go_live(cluster: Cluster, number: int) -> None:
    """Let the collection's name stand for a generation, in one step."""
    alias, live = cluster.address.name, live_generation(cluster)
    actions = [{"add": {"index": generation_name(cluster, number), "alias": alias}}]
    if live:
        actions.insert(0, {"remove": {"index": generation_name(cluster, live), "alias": alias}})
    try:
        cluster.ask("POST", "_aliases", {"actions": actions}, patience=LONG_PATIENCE)
    except (EngineUnavailable, Unknown):
        if live_generation(cluster) != number:  # a node may have done it, and gone before it could say so
            raise


def drop_generations(cluster: Cluster, numbers: Sequence[int]) -> None:
    """Delete generations."""
    for number in numbers:
        cluster.ask("DELETE", generation_name(cluster, number), patience=LONG_PATIENCE, ignore_unavailable=True)
