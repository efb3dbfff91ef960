"""compose.yaml agrees with the program, and with the clusters that the tests run."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from index.cli import main
from search.opensearch.address import read_address

ROOT = Path(__file__).parents[1]
SERVICES: Mapping[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
NODES = [name for name in SERVICES if name.startswith("search-")]
LECTERN = [name for name in SERVICES if name not in NODES]
PER_NODE = {"network.host", "http.port", "transport.port", "node.roles", "discovery.type"}
"""Settings of the tests' nodes that several on one loopback need, and containers have by themselves."""
FOR_TESTS = {"cluster.routing.allocation.disk.threshold_enabled", "index.store.type"}
"""What only makes tests quick."""


def test_commands_are_the_programs() -> None:
    """Each is a command with options that it has; what follows the image's name is given to `lectern`."""
    assert '\nENTRYPOINT ["lectern"]\n' in (ROOT / "Containerfile").read_text("utf-8")
    for name in LECTERN:
        word, *options = SERVICES[name]["command"]
        command = main.commands[word]
        assert command.make_context(word, list(options), resilient_parsing=False).params


def test_the_engine_is_the_nodes() -> None:
    """The address names every node, and the image has what talks to them."""
    for name in LECTERN:
        address = read_address(SERVICES[name]["environment"]["LECTERN_ENGINE"])
        assert [host for host, _ in address.hosts] == NODES
        assert address.name == "lectern"
        assert SERVICES[name]["depends_on"] == NODES
    assert "'.[opensearch]'" in (ROOT / "Containerfile").read_text("utf-8")


def test_nodes_are_set_as_those_of_the_tests() -> None:
    """Every setting of the tests' nodes is here, but for those of one loopback and of quick tests."""
    runner = (ROOT / "tests" / "opensearch" / "OsNode.java").read_text("utf-8")
    tested = {s for s in re.findall(r'settings\.put(?:List)?\("([\w.]+)"', runner) if "fault_detection" not in s}
    nodes = (ROOT / "tests" / "opensearch" / "nodes.py").read_text("utf-8")
    for name in NODES:
        given = SERVICES[name]["environment"]
        assert tested - PER_NODE - FOR_TESTS <= set(given)
        assert given["node.name"] == name
        for setting in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert given[setting].split(",") == NODES
        assert f'"{SERVICES[name]["image"].split(":")[1]}.0"' in nodes


def test_only_the_web_side_is_published() -> None:
    """And on the loopback alone: the nodes have no passwords."""
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }
