"""`make test-opensearch`: a server, found or started, and the tests that need one.

Where neither Java nor a server is to be had, one line says that the suite did not run, and why, and nothing fails.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from urllib.request import urlopen

from tests.opensearch.collections import SERVER
from tests.opensearch.nodes import Missing, running_nodes

THREE = "tests/opensearch/test_three_nodes.py"
"""Tests that start and kill nodes of their own: one after the other, in one process."""
TESTS = ("-m", "opensearch", "tests/engines", "tests/opensearch", f"--ignore={THREE}")


def describe(server: str) -> str:
    """Which server that is, and of how many nodes."""
    url = server if "://" in server else f"http://{server}"
    with urlopen(url) as about, urlopen(f"{url}/_cluster/health") as health:  # noqa: S310 (our own, or one that is named)
        version, nodes = json.load(about)["version"]["number"], json.load(health)["number_of_nodes"]
    return f"OpenSearch {version} at {server}, {nodes} node{'s' if nodes > 1 else ''}"


def run(server: str, arguments: Sequence[str]) -> int:
    """The exit status of the tests against a server."""
    sys.stdout.write(f"{describe(server)}\n")
    sys.stdout.flush()
    environ = os.environ | {SERVER: server}
    statuses = [
        subprocess.run([sys.executable, "-m", "pytest", *tests], check=False, env=environ).returncode
        for tests in ((*TESTS, *arguments), ("-m", "opensearch", THREE))
    ]
    return max(statuses)


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 also where there is no server to be had."""
    if server := os.environ.get(SERVER):
        return run(server, arguments)
    try:
        with running_nodes(1) as (node,):
            return run(f"127.0.0.1:{node.port}", arguments)
    except Missing as reason:
        sys.stdout.write(f"The OpenSearch suite did not run: {reason}.\n")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
