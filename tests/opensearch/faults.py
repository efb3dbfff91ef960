"""Parts of an index that are on no node, on a cluster of one."""

from search.opensearch.cluster import Cluster


def lose(cluster: Cluster, index: str) -> None:
    """Lose all parts of an index: it is there by name and alias, and no node may hold any of it."""
    aliases = cluster.ask("GET", f"{index}/_alias")[index]["aliases"]
    cluster.ask("DELETE", index)
    nowhere = {"index.routing.allocation.require._name": "nobody"}
    cluster.ask("PUT", index, {"settings": nowhere, "aliases": aliases}, wait_for_active_shards=0)
