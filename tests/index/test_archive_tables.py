"""The archive's file: private, durable, read without a trace, and never a traceback when it is broken."""

import sqlite3
from pathlib import Path

import pytest

from index.archive import Archive, ArchiveError, Outcome
from index.parsers import Parsed
from tests.index.arrivals import NOW, arrival, text

ID = "xv-mfa/en/2024-03-04"
URL = "https://mfa.example/t"


def receive_all(archive: Archive, *inputs: Parsed) -> list[Outcome]:
    """The outcomes of inputs that arrive one after the other."""
    return [archive.receive(parsed, NOW) for parsed in inputs]


def test_it_is_private(tmp_path: Path) -> None:
    """File and folder can be read by their owner only."""
    home = tmp_path / "home"
    Archive.open(home / "archive.sqlite3").close()
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "archive.sqlite3").stat().st_mode & 0o777 == 0o600


def test_writes_are_durable(tmp_path: Path) -> None:
    """The file is in WAL mode, and what was received is there when it is opened again."""
    file = tmp_path / "archive.sqlite3"
    with Archive.open(file) as archive:
        receive_all(archive, arrival(text("a"), URL))
    with Archive.read(file) as archive:
        assert archive.ids() == (ID,)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_reading_touches_nothing(tmp_path: Path) -> None:
    """Reading, and a rehearsal, leave no file beside the archive."""
    file = tmp_path / "archive.sqlite3"
    with Archive.open(file) as archive:
        receive_all(archive, arrival(text("a"), URL))
    content = file.read_bytes()
    with Archive.read(file) as reader, Archive.rehearse(file) as rehearsal:
        assert receive_all(rehearsal, arrival(text("a"), URL), arrival(text("b", day="2024-03-05")))[1].what == "added"
        assert reader.ids() == (ID,)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == content


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    """What was received before an error in the same transaction is not there."""
    archive = Archive.open(tmp_path / "archive.sqlite3")

    def fail_halfway() -> None:
        with archive.write():
            receive_all(archive, arrival(text("a"), URL))
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert (archive.ids(), archive.sequence()) == ((), 0)
    archive.close()


@pytest.mark.parametrize("content", [b"not a database, but long enough for a header " * 20, b"\x00" * 8192])
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    """A file of another kind gives one error with a hint, and stays as it is."""
    file = tmp_path / "archive.sqlite3"
    file.write_bytes(content)
    for way in (Archive.open, Archive.read, Archive.rehearse):
        with pytest.raises(ArchiveError) as caught:
            way(file)
        assert caught.value.where == str(file)
        assert caught.value.hint
    assert file.read_bytes() == content


def test_somebody_elses_database(tmp_path: Path) -> None:
    """Another program's SQLite file is not taken for an archive."""
    file = tmp_path / "archive.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(ArchiveError, match="not an archive of Lectern"):
        Archive.open(file)


def test_another_version(tmp_path: Path) -> None:
    """An archive of a later version is not touched, and the message names both versions."""
    file = tmp_path / "archive.sqlite3"
    Archive.open(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveError, match=r"version 99.*version 4"):
        Archive.open(file)


def test_a_damaged_archive(tmp_path: Path) -> None:
    """An archive with pages overwritten gives an error with a hint, not a traceback of SQLite's."""

    def days(n: int) -> Parsed:
        return arrival(text(str(n), day=f"2024-03-{n:02}"), f"{URL}{n}")

    file = tmp_path / "archive.sqlite3"
    with Archive.open(file) as archive, archive.write():
        receive_all(archive, *(days(n) for n in range(1, 20)))
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    file.write_bytes(content)

    def use() -> None:
        with Archive.open(file) as archive:
            receive_all(archive, *(days(n) for n in range(1, 20)))

    with pytest.raises(ArchiveError) as caught:
        use()
    assert "backup" in caught.value.hint


def test_no_archive(tmp_path: Path) -> None:
    """Reading where nothing was ever added says how to begin, and makes no file."""
    with pytest.raises(ArchiveError, match="lectern add"):
        Archive.read(tmp_path / "archive.sqlite3")
    with Archive.rehearse(tmp_path / "archive.sqlite3") as rehearsal:
        assert receive_all(rehearsal, arrival(text("a")))[0].what == "added"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_only_begun(tmp_path: Path) -> None:
    """A file that a crash left without tables is no archive yet, and the next writer makes it one."""
    file = tmp_path / "archive.sqlite3"
    file.touch()
    with pytest.raises(ArchiveError, match="there is no archive"):
        Archive.read(file)
    with Archive.rehearse(file) as rehearsal, Archive.open(file) as archive:
        assert rehearsal.ids() == archive.ids() == ()
