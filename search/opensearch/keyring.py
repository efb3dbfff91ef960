"""Partners' keys in a cluster: one record beside the lease, since they belong to no generation."""

import json
from collections.abc import Sequence

from search.errors import IndexIncompatible
from search.keys import Key, keys_from_json, keys_to_json
from search.opensearch.cluster import Cluster, Unknown
from search.opensearch.lease import lease_index

_RECORD = "keys"


def read_keys(cluster: Cluster) -> tuple[Key, ...]:
    """The keys that hold. Raises IndexIncompatible where their record cannot be read."""
    try:
        found = cluster.ask("GET", f"{lease_index(cluster)}/_doc/{_RECORD}")
    except Unknown:
        return ()
    try:
        return keys_from_json(json.dumps(found["_source"]))
    except (KeyError, TypeError, ValueError) as error:
        hint = "run lectern rebuild, or make or revoke a key: both put it right"
        message = f"the record of the keys cannot be read: {error}"
        raise IndexIncompatible(message, where=str(cluster.address), hint=hint) from error


def write_keys(cluster: Cluster, keys: Sequence[Key]) -> None:
    """Replace the keys, at once; whoever calls holds the lease."""
    cluster.ask("PUT", f"{lease_index(cluster)}/_doc/{_RECORD}", keys_to_json(keys))
