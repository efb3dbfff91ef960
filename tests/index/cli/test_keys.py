"""`lectern keys`: making, listing and revoking partners' keys, and where they are kept."""

import re
from pathlib import Path

import pytest

from index.keys import MOST, add_key, read_keys
from index.lock import write_lock
from search.engines import open_engine
from search.errors import BadParameter, IndexIncompatible
from search.keys import digest_of
from search.settings import Settings
from tests.index.cli.conftest import Run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The home in which commands run."""
    return Settings(tmp_path / "home", {})


def published(settings: Settings) -> list[str]:
    """Names of the keys that the web side would know."""
    engine = open_engine(settings.index)
    names = [key.name for key in engine.keys()]  # noqa: SIM118 (no mapping)
    engine.close()
    return names


def test_a_key_is_shown_once_and_kept_nowhere(run: Run, settings: Settings) -> None:
    """What is printed is the key; files hold its digest, and can be read by their owner alone."""
    done = run("keys", "add", "Daily News", "--limit", "600/minute")
    secret = done.stdout.strip()
    assert (done.exit_code, "only time" in done.stderr) == (0, True)
    assert re.fullmatch(r"lectern_[\w-]{43}", secret)
    (key,) = read_keys(settings)
    assert (key.name, key.limit, key.digest) == ("Daily News", "600/minute", digest_of(secret))
    files = [file for file in settings.home.rglob("*") if file.is_file()]
    assert not [file for file in files if secret.encode() in file.read_bytes()]
    assert {
        oct(file.stat().st_mode & 0o077) for file in files if file.name == "keys.json" and file.parent == settings.home
    } == {"0o0"}
    assert published(settings) == ["Daily News"]


def test_keys_are_listed(run: Run) -> None:
    """The list has name, limit and since when, and no digest."""
    assert run("keys", "list").stdout == ""
    run("keys", "add", "Daily", "--limit", "600/minute")
    run("keys", "add", "Weekly")
    rows = [line.split("\t") for line in run("keys", "list").stdout.splitlines()]
    assert [row[:2] for row in rows] == [["Daily", "600/minute"], ["Weekly", "default"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row[2]) for row in rows)


def test_a_revoked_key_is_gone(run: Run, settings: Settings) -> None:
    """It is out of the home and out of the engine; to revoke it again finds nothing, and status 2."""
    run("keys", "add", "Daily")
    run("keys", "add", "Weekly")
    assert run("keys", "revoke", "Daily").stdout == "revoked: Daily\n"
    assert [key.name for key in read_keys(settings)] == published(settings) == ["Weekly"]
    again = run("keys", "revoke", "Daily")
    assert (again.exit_code, "nobody has a key of that name" in again.stderr) == (2, True)


def test_what_was_cut_short_is_made_good(run: Run, settings: Settings) -> None:
    """If a revocation did not reach the engine, revoking again does it, though the name is gone from the home."""
    run("keys", "add", "Daily")
    (settings.home / "keys.json").write_text('{"keys": []}')
    assert published(settings) == ["Daily"]
    run("keys", "revoke", "Daily")
    assert published(settings) == []


@pytest.mark.parametrize("command", [("add", "page"), ("rebuild",)])
def test_whoever_writes_publishes_them(run: Run, settings: Settings, page: Path, command: tuple[str, ...]) -> None:
    """An index that was thrown away gets its keys back with the next addition or rebuild."""
    run("add", page)
    run("keys", "add", "Daily")
    for file in (settings.index).glob("keys.json"):
        file.unlink()
    assert published(settings) == []
    assert run(*[page if word == "page" else word for word in command]).exit_code == 0
    assert published(settings) == ["Daily"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("",), "a name has"),
        (("x" * 81,), "a name has"),
        (("a\tb",), "a name has"),
        (("Daily",), "there is a key of that name"),
        (("Weekly", "--limit", "lots"), "no limit"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, settings: Settings, words: tuple[str, ...], said: str) -> None:
    """A name that is none or taken, and a limit that is none, are refused; nothing changes."""
    run("keys", "add", "Daily")
    done = run("keys", "add", *words)
    assert (done.exit_code, said in done.stderr, done.stdout) == (2, True, "")
    assert published(settings) == ["Daily"]


def test_keys_are_bounded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request with a key is compared with all of them, so there cannot be any number."""
    assert MOST == 1_000
    monkeypatch.setattr("index.keys.MOST", 1)
    engine = open_engine(settings.index)
    add_key(settings, engine, "one")
    with pytest.raises(BadParameter, match="already"):
        add_key(settings, engine, "two")


def test_one_writer_at_a_time(run: Run, settings: Settings) -> None:
    """While somebody writes, keys stay as they are."""
    with write_lock(settings.home, "add"):
        done = run("keys", "add", "Daily")
    assert (done.exit_code, "is writing" in done.stderr) == (2, True)


def test_a_damaged_file_is_said(run: Run, settings: Settings) -> None:
    """A file of keys that cannot be read stops the command with its name, and is left as it is."""
    run("keys", "add", "Daily")
    (settings.home / "keys.json").write_text("{")
    for words in (("list",), ("add", "Weekly"), ("revoke", "Daily")):
        done = run("keys", *words)
        assert (done.exit_code, "keys.json" in done.stderr) == (2, True)
    assert published(settings) == ["Daily"]


def test_damage_beside_the_index_is_said_and_mended(run: Run, settings: Settings) -> None:
    """Servers say so instead of refusing every key as unknown; the next command that is about keys mends it."""
    run("keys", "add", "Daily")
    (settings.index / "keys.json").write_text("[1")
    engine = open_engine(settings.index)
    with pytest.raises(IndexIncompatible, match=r"keys\.json"):
        engine.keys()
    run("keys", "add", "Weekly")
    assert [key.name for key in engine.keys()] == ["Daily", "Weekly"]  # noqa: SIM118 (no mapping)
    engine.close()
