"""Archive and index compared: whatever is wrong is found, and what can be mended is."""

import copy
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import ArchiveError, ArchiveMissing
from index.authority.tables import Authority, load_authority
from index.checking import check, repair
from index.comparing import iter_wrong_spans
from index.ingest import add, decide
from index.lock import write_lock
from search.engine import Publication, Tombstone
from search.engines import open_engine
from search.errors import EngineUnavailable, WriterBusy
from search.holdings import Listed
from search.labels import Labels
from search.model import Mention
from search.settings import Settings
from tests.index.test_ingest import ID, URL, Watched, write_days, write_page
from tests.invented import answer, briefing, publish


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority files as shipped."""
    return load_authority()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> tuple[Settings, Watched]:
    """A home with three days, a correction that lost an item, and a briefing that was withdrawn; and its index."""
    folder, engine = tmp_path_factory.mktemp("made"), Watched()
    settings = Settings(folder / "home", {})
    add([write_days(folder / "pages", 3)], settings, engine, authority)
    add([write_page(folder / "1.txt", "2024-03-04", *"abcdef")], settings, engine, authority, url=URL)
    add([write_page(folder / "2.txt", "2024-03-04", *"acdefg")], settings, engine, authority, url=URL)
    gone = ("xv-mfa/en/2023-01-03",)
    decide(settings, engine, authority, "remove", lambda a, now: a.withdraw(gone, "a mistake", now))
    return settings, engine


@pytest.fixture
def engine(made: tuple[Settings, Watched]) -> Watched:
    """A copy of that index, in memory."""
    return copy.deepcopy(made[1])


@pytest.fixture
def home(tmp_path: Path, made: tuple[Settings, Watched]) -> Settings:
    """A copy of that home."""
    shutil.copytree(made[0].home, tmp_path / "home")
    return Settings(tmp_path / "home", {})


def codes(home: Settings, engine: Watched, authority: Authority) -> set[str]:
    """What a check finds."""
    return {one.code for one in check(home, engine, authority).findings}


def test_what_is_whole_is_found_whole(home: Settings, engine: Watched, authority: Authority) -> None:
    """Nothing is wrong, everything is counted, and nothing is touched."""
    before = {file: file.read_bytes() for file in home.home.rglob("*") if file.is_file()}
    found = check(home, engine, authority)
    assert (found.findings, found.briefings, found.items, found.files) == ((), 3, 12, 5)
    assert {file: file.read_bytes() for file in home.home.rglob("*") if file.is_file()} == before


def lose_a_briefing(engine: Watched) -> None:
    """One is not in the index any more."""
    del engine._publications["xv-mfa/en/2023-01-01"]


def keep_a_stranger(engine: Watched) -> None:
    """One is in the index that the archive does not know."""
    one = publish(briefing("2020-01-01", answer(1, "Why?", "So.")))
    engine._publications[one.briefing.id] = one


def change_a_publication(engine: Watched, change: Callable[[Publication], Publication]) -> None:
    """One is in the index otherwise."""
    engine._publications[ID] = change(engine._publications[ID])


def other_text(engine: Watched) -> None:
    """An item has other words in its document."""
    stranger = publish(briefing("2024-03-04", answer(1, "Why?", "So.")))

    def change(one: Publication) -> Publication:
        return Publication(one.briefing, (*stranger.documents, *one.documents[1:]), one.revisions, one.added)

    change_a_publication(engine, change)


def doubled_item(engine: Watched) -> None:
    """An item stands twice."""

    def change(one: Publication) -> Publication:
        return Publication(one.briefing, (*one.documents, one.documents[0]), one.revisions, one.added)

    change_a_publication(engine, change)


def lost_text(engine: Watched) -> None:
    """The first text of a corrected briefing is gone."""
    change_a_publication(engine, lambda one: Publication(one.briefing, one.documents, one.revisions[1:], one.added))


def no_tombstones(engine: Watched) -> None:
    """Nothing says what became of what is gone."""
    engine._tombstones.clear()


def stray_tombstone(engine: Watched) -> None:
    """Something is said to be gone that is there."""
    engine._tombstones[ID] = Tombstone(ID, "2024-01-01T00:00:00+00:00", "not so")


def other_labels(engine: Watched) -> None:
    """Names are others."""
    engine._labels = Labels()


def behind(engine: Watched) -> None:
    """The index stands at an earlier change, and has not what came since."""
    engine._sequence -= 1


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lose_a_briefing, {"missing"}),
        (keep_a_stranger, {"surplus"}),
        (other_text, {"item-differs"}),
        (doubled_item, {"doubled"}),
        (lost_text, {"text-differs"}),
        (no_tombstones, {"tombstone"}),
        (stray_tombstone, {"tombstone"}),
        (other_labels, {"labels"}),
        (behind, {"behind"}),
    ],
)
def test_harm_is_found_and_mended(
    home: Settings, engine: Watched, authority: Authority, harm: Callable[[Watched], None], found: set[str]
) -> None:
    """Each is told by its name; mended from the archive, it is told as mended, and nothing is found any more."""
    harm(engine)
    assert codes(home, engine, authority) >= found
    done = repair(home, engine, authority)
    assert {one.code for one in done.mended} >= found
    assert done.after.findings == ()
    assert codes(home, engine, authority) == set()


def test_a_span_that_cuts_something_else_is_found() -> None:
    """A mention has to stand where it says."""
    good, bad = (Mention("place-no", "Norway", "place", "answer", 3, end, "Norway") for end in (9, 10))
    one = publish(briefing("2024-03-04", answer(1, "Where?", "In Norway.")))
    for mention, count in ((good, 0), (bad, 1)):
        assert len(list(iter_wrong_spans(replace(one.documents[0], mentions=(mention,))))) == count


def spoil(home: Settings, sql: str, *values: object) -> None:
    """Change the archive behind its back."""
    with sqlite3.connect(home.archive) as connection:
        connection.execute(sql, values)
    connection.close()


@pytest.mark.parametrize(
    ("sql", "value", "code"),
    [
        ("UPDATE source SET data = ?", zlib.compress(b"something else"), "source"),
        ("UPDATE source SET data = ?", b"nothing packed", "source"),
        ("UPDATE revision SET parsed = ? WHERE key = 1", b"nothing packed", "text"),
        ("UPDATE revision SET parsed = ? WHERE key = 1", zlib.compress(b"[]"), "text"),
        ("UPDATE reading SET numbers = ? WHERE briefing = 1", "[1, 1, 2]", "text"),
        ("UPDATE briefing SET date = ? WHERE key = 1", "2001-01-01", "text"),
        ("UPDATE reading SET revision = ? WHERE briefing = 1", 77, "archive"),
    ],
)
def test_damage_of_the_archive_is_found_and_not_mended(  # noqa: PLR0917 (a table's columns)
    home: Settings, engine: Watched, authority: Authority, sql: str, value: object, code: str
) -> None:
    """What the archive has lost cannot be made up; the index stays as it is."""
    before = engine.status()
    spoil(home, sql, value)
    assert code in codes(home, engine, authority)
    assert code in {one.code for one in repair(home, engine, authority).after.findings}
    assert engine.status().briefings == before.briefings


def test_a_file_that_is_no_archive_is_found(home: Settings, engine: Watched, authority: Authority) -> None:
    """Also one that was overwritten in its middle."""
    data = bytearray(home.archive.read_bytes())
    data[4096 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 4096)
    home.archive.write_bytes(data)
    assert codes(home, engine, authority) == {"archive"}
    assert {one.code for one in repair(home, engine, authority).after.findings} == {"archive"}


def test_an_archive_of_another_version_is_not_damaged(home: Settings, engine: Watched, authority: Authority) -> None:
    """The error says what brings it up to date; nothing is mended."""
    spoil(home, "PRAGMA user_version = 2")
    with pytest.raises(ArchiveError, match="lectern rebuild"):
        repair(home, engine, authority)


def test_an_older_archive_is_said_and_not_guessed(home: Settings, engine: Watched, authority: Authority) -> None:
    """An index that knows more than its archive is left alone."""
    engine._sequence += 5
    assert codes(home, engine, authority) == {"ahead"}
    assert {one.code for one in repair(home, engine, authority).after.findings} == {"ahead"}


def test_a_home_without_anything_is_said(tmp_path: Path, authority: Authority) -> None:
    """There is nothing to check; an index without its archive is something wrong."""
    none = Settings(tmp_path / "none", {})
    with pytest.raises(ArchiveMissing):
        check(none, open_engine(none.index), authority)
    empty = Settings(tmp_path / "home", {})
    add([write_page(tmp_path / "a.txt", "2024-03-04", "a")], empty, open_engine(empty.index), authority)
    empty.archive.unlink()
    assert {one.code for one in check(empty, open_engine(empty.index), authority).findings} == {"archive"}


class Lossy(Watched):
    """An engine over a cluster that has lost parts of its index, or is only busy."""

    lost: tuple[str, ...] = ()

    def faults(self) -> tuple[str, ...]:
        """What is lost."""
        return self.lost

    def briefings(self) -> tuple[Listed, ...]:
        """Nobody can say."""
        raise EngineUnavailable("not all parts answer")


def test_what_a_cluster_has_lost_is_said_once(home: Settings, authority: Authority) -> None:
    """Parts that are lost are findings, though the others answer; a cluster that is only busy is none."""
    engine = Lossy()
    with pytest.raises(EngineUnavailable):
        check(home, engine, authority)
    engine.lost = ("part 1 is on no node",)
    found = [(one.code, one.message) for one in check(home, engine, authority).findings]
    assert [message for code, message in found if code == "index"] == ["part 1 is on no node"]


def test_the_embedded_index_is_checked_and_made_anew(tmp_path: Path, authority: Authority) -> None:
    """One that is gone or cut off is found, and mended."""
    home = Settings(tmp_path / "home", {})
    add([write_days(tmp_path / "pages", 3)], home, open_engine(home.index), authority)
    assert check(home, open_engine(home.index), authority).findings == ()
    for file in (*home.index.rglob("*.arrays"), home.index / "CURRENT"):
        file.write_bytes(file.read_bytes()[:-9])
        assert {one.code for one in check(home, open_engine(home.index), authority).findings} == {"index"}
        assert repair(home, open_engine(home.index), authority).after.findings == ()


def test_one_wrong_byte_anywhere_in_the_index_is_found(tmp_path: Path, authority: Authority) -> None:
    """Also in what no item is read from: lists of words and places."""
    home = Settings(tmp_path / "home", {})
    add([write_days(tmp_path / "pages", 3)], home, open_engine(home.index), authority)
    (file,) = home.index.rglob("*.arrays")
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 97):  # records too, which may still be unpacked, to anything
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert "index" in {one.code for one in check(home, open_engine(home.index), authority).findings}
    file.write_bytes(whole)
    assert check(home, open_engine(home.index), authority).findings == ()


def test_nobody_writes_meanwhile(home: Settings, engine: Watched, authority: Authority) -> None:
    """While somebody writes, a check says who; two may check at a time."""
    with write_lock(home.home, "add"), pytest.raises(WriterBusy, match="add"):
        check(home, engine, authority)
