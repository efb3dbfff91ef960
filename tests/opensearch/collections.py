"""Collections of their own for tests, in the cluster that `LECTERN_TEST_OPENSEARCH_URL` names."""

import os
import secrets
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster, Unknown
from search.opensearch.generations import drop_generations, list_generations

SERVER = "LECTERN_TEST_OPENSEARCH_URL"


def server() -> str:
    """Host and port of the server, perhaps with a user; a test that needs it is skipped where none is named."""
    named = os.environ.get(SERVER)
    if not named:
        pytest.skip(f"{SERVER} names no server; `make test-opensearch` starts one")
    return urlsplit(named if "://" in named else f"http://{named}").netloc


def fresh_address(options: str = "") -> str:
    """The address of a collection that nobody else has."""
    return f"opensearch://{server()}/lectern-test-{secrets.token_hex(6)}{options}"


def wipe(address: str) -> None:
    """Delete all that a collection has left in the cluster."""
    cluster = Cluster(read_address(address))
    drop_generations(cluster, list_generations(cluster))
    for path in (f"{cluster.address.name}-lease", f"_index_template/{cluster.address.name}"):
        with suppress(Unknown):
            cluster.ask("DELETE", path)
    cluster.close()
