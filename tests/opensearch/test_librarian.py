"""The librarian's commands where the index is in a cluster: checked, mended, built anew, left, put back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import EngineUnavailable
from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster
from search.opensearch.engine import OpenSearchEngine
from search.opensearch.generations import generation_name, list_generations
from search.settings import Settings
from tests.index.test_ingest import write_days
from tests.opensearch.collections import fresh_address, wipe
from tests.opensearch.faults import lose
from tests.opensearch.test_front_ends import lectern
from webui.app import create_app

pytestmark = pytest.mark.opensearch


@pytest.fixture
def address() -> Iterator[str]:
    """A collection of two parts."""
    made = fresh_address("?shards=2")
    yield made
    wipe(made)


@pytest.fixture
def home(address: str, tmp_path: Path) -> Path:
    """A home with three days, which are in the cluster."""
    done = lectern(address, tmp_path / "home", "add", str(write_days(tmp_path / "pages", 3)))
    assert done.exit_code == 0, done.output
    return tmp_path / "home"


def state(address: str, home: Path) -> dict[str, object]:
    """What `status` says."""
    told: dict[str, object] = json.loads(lectern(address, home, "status", "--json").stdout)
    return told


def findings(address: str, home: Path, *words: str) -> tuple[int, list[str]]:
    """The exit status of a check, and the codes of what it finds."""
    done = lectern(address, home, "check", "--json", *words)
    return done.exit_code, [one["code"] for one in json.loads(done.stdout)["findings"]]


def test_state_of_a_home_whose_index_is_in_a_cluster(address: str, home: Path) -> None:
    """It is in step, and live since an instant; the cluster's disks are not measured, the home's are."""
    told = state(address, home)
    assert (told["in_step"], told["faults"], told["disk"]["index"], told["disk"]["generations"]) == (True, [], None, {})  # type: ignore[index]
    assert str(told["index"]["live_since"]).endswith("+00:00")  # type: ignore[index]
    assert told["disk"]["archive"] > 0  # type: ignore[index]
    text = lectern(address, home, "status").stdout
    assert "generation 1 since 20" in text


def test_check_and_repair_reach_into_the_cluster(address: str, home: Path) -> None:
    """What is whole is found whole; a briefing that the cluster has lost is found, and is there again."""
    assert findings(address, home) == (0, [])
    engine = OpenSearchEngine(read_address(address))
    gone = engine.briefings()[0].id
    cluster = Cluster(read_address(address))
    index = generation_name(cluster, 1)
    cluster.ask("POST", f"{index}/_delete_by_query", {"query": {"term": {"briefing": gone}}}, refresh=True)
    cluster.close()
    status, codes = findings(address, home)
    assert status == 1
    assert "missing" in codes
    assert findings(address, home, "--repair") == (0, [])
    assert gone in [one.id for one in engine.briefings()]
    engine.close()


def test_parts_that_the_cluster_has_lost_are_mended(address: str, home: Path) -> None:
    """A check says which parts are on no node, where nothing can be searched; a repair builds a generation anew."""
    cluster = Cluster(read_address(address))
    lose(cluster, generation_name(cluster, 1))
    done = lectern(address, home, "check", "--json")
    told = json.loads(done.stdout)["findings"]
    assert (done.exit_code, [one["code"] for one in told]) == (1, ["index", "index"])
    assert told[0]["message"].startswith("part 0 is on no node")
    assert told[0]["where"] == str(read_address(address))
    assert findings(address, home, "--repair") == (0, [])
    assert list_generations(cluster) == [1, 2]
    cluster.close()


def test_index_without_its_archive_is_told(address: str, home: Path, tmp_path: Path) -> None:
    """A home without an archive has an index where the cluster holds one, and else has neither."""
    (home / "archive.sqlite3").unlink()
    assert findings(address, home) == (1, ["archive"])
    done = lectern(fresh_address(), tmp_path / "nothing", "check")
    assert (done.exit_code, "there is no archive" in done.stderr) == (2, True)


@pytest.mark.usefixtures("home")
def test_password_is_told_to_nobody(address: str, tmp_path: Path) -> None:
    """Where the index is said to be, the password of its address is not."""
    older = tmp_path / "older"
    assert lectern("", older, "add", str(write_days(tmp_path / "one", 1))).exit_code == 0
    done = lectern(address.replace("://", "://desk:sesame@"), older, "check")
    assert done.exit_code == 1, done.output
    assert "opensearch://" in done.output
    assert "sesame" not in done.output


def test_only_what_has_to_be_is_built(address: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing new nothing is done; words that are cut otherwise make a new generation, and so does none at all."""
    assert lectern(address, home, "rebuild", "--if-needed").exit_code == 0
    assert state(address, home)["index"]["generation"] == 1  # type: ignore[index]
    with monkeypatch.context() as patched:
        for module in ("search.opensearch.writer", "index.rebuilding"):
            patched.setattr(f"{module}.ANALYSIS", "newer")
        assert lectern(address, home, "rebuild", "--if-needed").exit_code == 0
        assert state(address, home)["index"]["generation"] == 2  # type: ignore[index]
    other = fresh_address()
    done = lectern(other, home, "rebuild", "--if-needed")
    assert (done.exit_code, state(other, home)["in_step"]) == (0, True), done.output
    wipe(other)


def test_one_can_go_back_and_on(address: str, home: Path) -> None:
    """To the generation before, once; what was added since is brought in by the next command that writes."""
    assert lectern(address, home, "rebuild").exit_code == 0
    assert lectern(address, home, "add", str(write_days(home.parent / "more", 5))).exit_code == 0
    done = lectern(address, home, "rollback")
    assert done.exit_code == 0, done.output
    told = state(address, home)
    assert (told["index"]["generation"], told["index"]["briefings"], told["in_step"]) == (1, 3, False)  # type: ignore[index]
    again = lectern(address, home, "rollback")
    assert (again.exit_code, "no generation before 1" in again.stderr) == (2, True)
    assert lectern(address, home, "rebuild", "--if-needed").exit_code == 0
    told = state(address, home)
    assert (told["index"]["generation"], told["index"]["briefings"], told["in_step"]) == (1, 5, True)  # type: ignore[index]


def test_keys_reach_whoever_serves(address: str, home: Path, tmp_path: Path) -> None:
    """A key made on one machine is known to a server with nothing but the address, and forgotten when it is revoked."""
    made = lectern(address, home, "keys", "add", "Daily", "--limit", "5/minute")
    assert made.exit_code == 0, made.output
    secret = next(word for word in made.stdout.split() if word.startswith("lectern_"))
    client = create_app(Settings(tmp_path / "web", {"LECTERN_ENGINE": address})).test_client()

    def ask() -> int:
        return client.get("/api/v1/coverage", headers={"Authorization": f"Bearer {secret}"}).status_code

    assert ask() == 200
    assert lectern(address, home, "rebuild").exit_code == 0
    assert ask() == 200
    assert lectern(address, home, "keys", "revoke", "Daily").exit_code == 0
    assert ask() == 401


class TestRestoring:
    """A backup is put back where the index is in a cluster."""

    @pytest.fixture
    def copy(self, address: str, home: Path, tmp_path: Path) -> Path:
        """A backup of the home, whose settings name the cluster."""
        (home / "lectern.toml").write_text(f'LECTERN_ENGINE = "{address}"\n')
        done = lectern(address, home, "backup", str(tmp_path / "copy"))
        assert done.exit_code == 0, done.output
        return tmp_path / "copy"

    def test_into_an_empty_cluster(self, copy: Path, tmp_path: Path) -> None:
        """The address that is said with the command is the one that counts; there is never a local index."""
        other = fresh_address()
        done = lectern(other, tmp_path / "new", "restore", str(copy))
        assert done.exit_code == 0, done.output
        assert "generation 1, 3 briefings" in done.stdout
        assert not (tmp_path / "new" / "index").exists()
        assert findings(other, tmp_path / "new") == (0, [])
        wipe(other)

    def test_collection_that_is_there_has_to_be_meant(self, address: str, copy: Path, tmp_path: Path) -> None:
        """An empty home takes nobody's collection, though the backup names it; told so, nobody goes back to that."""
        new = tmp_path / "new"
        for given in ("", address):
            refused = lectern(given, new, "restore", str(copy))
            assert (refused.exit_code, "holds a collection" in refused.stderr) == (2, True), refused.output
            assert [path.name for path in new.iterdir()] == ["lock"]
        done = lectern("", new, "restore", str(copy), "--replace")
        assert done.exit_code == 0, done.output
        assert "generation 2, 3 briefings" in done.stdout
        back = lectern("", new, "rollback")
        assert (back.exit_code, "replaced by a restore" in back.stderr) == (2, True)

    def test_cluster_that_is_away_is_told_before_anything_is_touched(self, copy: Path, tmp_path: Path) -> None:
        """Where nobody can say what the cluster holds, the home stays empty."""
        refused = lectern("opensearch://127.0.0.1:1/valdria", tmp_path / "new", "restore", str(copy))
        assert (refused.exit_code, "cannot be reached" in refused.stderr) == (2, True)
        assert [path.name for path in (tmp_path / "new").iterdir()] == ["lock"]


def test_cluster_that_is_away_is_no_finding(home: Path) -> None:
    """A check that could not look says so, and not that anything is wrong."""
    done = lectern("opensearch://127.0.0.1:1/valdria", home, "check")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot be reached" in done.stderr
    engine = OpenSearchEngine(read_address("opensearch://127.0.0.1:1/valdria"))
    with pytest.raises(EngineUnavailable):
        engine.faults()
    engine.close()
