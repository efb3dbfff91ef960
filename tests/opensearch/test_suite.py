"""What `make test-opensearch` does where there is nothing to test against, and how it finds what there is."""

from pathlib import Path

import pytest

from tests.opensearch import nodes, suite
from tests.opensearch.collections import SERVER


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody names a server."""
    monkeypatch.delenv(SERVER, raising=False)


def test_without_java_one_line_says_why(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no Java the suite does not run, says so in a line, and fails nobody."""
    monkeypatch.setattr(nodes, "_java_version", lambda _: 11)
    assert suite.main([]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("The OpenSearch suite did not run: there is no Java 17 or newer")


def test_without_maven_one_line_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing is fetched yet and there is no Maven to fetch it, the same."""
    monkeypatch.setattr(nodes, "find_java", lambda: (Path("/java/bin/java"), 21))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert suite.main([]) == 0
    assert (
        capsys.readouterr().out
        == "The OpenSearch suite did not run: there is no Maven (mvn) to fetch OpenSearch with.\n"
    )


def test_newest_java_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of several the newest, wherever it is found."""
    for name in ("old/bin", "new/bin"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "java").touch(mode=0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("PATH", str(tmp_path / "old" / "bin"))
    monkeypatch.setattr(nodes, "_java_version", lambda java: 99 if "new" in str(java) else 17)
    assert nodes.find_java() == ((tmp_path / "new" / "bin" / "java").resolve(), 99)
