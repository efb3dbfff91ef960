"""The command line and the web side over a cluster: one machine adds, another serves with nothing but the address."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from index.cli import main
from index.cli.serving import SAMPLES
from search.settings import Settings
from tests.opensearch.collections import fresh_address, wipe
from webui.app import create_app

pytestmark = pytest.mark.opensearch


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A collection of two parts."""
    made = fresh_address("?shards=2")
    yield made
    wipe(made)


def lectern(address: str, home: Path, *words: str) -> Result:
    """What a command over the cluster prints."""
    return CliRunner().invoke(main, ["--home", str(home), "--engine", address, *words])


def test_a_collection_lives_in_the_cluster(address: str, tmp_path: Path) -> None:
    """Added on one machine, found on another with an empty home; removed, rebuilt, exported; never a local index."""
    desk, web = tmp_path / "desk", tmp_path / "web"
    added = lectern(address, desk, "add", str(SAMPLES))
    assert added.exit_code == 0, added.output
    assert not (desk / "index").exists()

    found = json.loads(lectern(address, web, "search", "ferry", "--json").stdout)
    assert found["total"] > 0
    id = found["hits"][0]["briefing"]
    local = tmp_path / "local"
    for words in (("add", str(SAMPLES)), ("search", "ferry", "--json")):
        embedded = CliRunner().invoke(main, ["--home", str(local), *words])
    same = json.loads(embedded.stdout)
    assert [h["id"] for h in found["hits"]] == [h["id"] for h in same["hits"]]
    assert found["hits"][0]["answer"] == same["hits"][0]["answer"]
    assert found["facets"] == same["facets"]
    assert found["histogram"] == same["histogram"]

    assert lectern(address, desk, "remove", id, "--reason", "withdrawn").exit_code == 0
    client = create_app(Settings(web, {"LECTERN_ENGINE": address})).test_client()
    assert client.get(f"/briefings/{id}").status_code == 410
    assert lectern(address, desk, "remove", "--undo", id).exit_code == 0
    rebuilt = lectern(address, desk, "rebuild")
    assert (rebuilt.exit_code, rebuilt.stdout[:14]) == (0, "generation 2: ")

    page = client.get("/?q=ferry")
    assert page.status_code == 200
    assert len(LexborHTMLParser(page.get_data(as_text=True)).css("article mark")) > 0
    for place in (f"/briefings/{id}", "/", "/calendar", "/entities/", "/outlets/", "/api/v1/coverage", "/healthz"):
        assert client.get(place).status_code == 200, place
    everything = [
        lectern(address, web, "export", "--format", "jsonl"),
        CliRunner().invoke(main, ["--home", str(local), "export", "--format", "jsonl"]),
    ]
    assert everything[0].stdout == everything[1].stdout
    status = json.loads(lectern(address, desk, "status", "--json").stdout)
    assert (status["index"]["generation"], status["index"]["segments"]) == (2, 2)
