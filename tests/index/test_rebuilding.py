"""What makes a new generation, what does not, what is refused, and the way back."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive
from index.authority.tables import Authority, OutletRow, load_authority
from index.checking import check
from index.ingest import add, decide
from index.rebuilding import rebuild, refresh, roll_back
from index.verification import RebuildRefused
from search.engine import Engine
from search.engines import open_engine
from search.errors import GenerationMissing
from search.settings import Settings
from tests.index.test_ingest import ID, Watched, write_days, write_page


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority files as shipped."""
    return load_authority()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """A home with four briefings."""
    folder = tmp_path_factory.mktemp("made")
    settings = Settings(folder / "home", {})
    add([write_days(folder / "pages", 3)], settings, open_engine(settings.index), authority)
    page = write_page(folder / "a.txt", "2024-03-04", "a", "b")
    add([page], settings, open_engine(settings.index), authority)
    return settings.home


@pytest.fixture
def home(tmp_path: Path, made: Path) -> Settings:
    """A copy of that home."""
    shutil.copytree(made, tmp_path / "home")
    return Settings(tmp_path / "home", {})


def files(home: Settings) -> dict[str, tuple[int, bytes]]:
    """Every file of a home, when it was changed and what is in it."""
    found = (file for file in home.home.rglob("*") if file.is_file() and file.name != "lock")
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in found}


def test_nothing_is_done_where_nothing_is_to_do(home: Settings, authority: Authority) -> None:
    """No file is touched, whatever filled the index: additions, or a rebuild."""
    for _ in range(2):
        before = files(home)
        assert refresh(home, open_engine(home.index), authority).done == "nothing"
        assert files(home) == before
        rebuild(home, open_engine(home.index), authority)


def test_an_index_that_is_gone_is_built(home: Settings, authority: Authority) -> None:
    """With the reason."""
    (home.index / "CURRENT").unlink()
    done = refresh(home, open_engine(home.index), authority)
    assert (done.done, done.reasons) == ("built", ("there was no index",))
    assert check(home, open_engine(home.index), authority).findings == ()


def test_another_analyzer_makes_it_anew(home: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index whose words were cut by something else, in part or as a whole, is built; it is so once."""
    monkeypatch.setattr("index.rebuilding.ANALYSIS", "2")
    monkeypatch.setattr("search.embedded.writer.ANALYSIS", "2")
    engine = open_engine(home.index)
    decide(home, engine, authority, "remove", lambda a, now: a.withdraw(["xv-mfa/en/2023-01-01"], "so", now))
    done = refresh(home, engine, authority)
    assert (done.done, len(done.reasons)) == ("built", 1)
    assert refresh(home, engine, authority).done == "nothing"


def test_another_schema_makes_it_anew(home: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that this program cannot read is built."""
    for room in ("builder", "merge", "segment"):
        monkeypatch.setattr(f"search.embedded.{room}.FORMAT", [99, 1])
    assert refresh(home, open_engine(home.index), authority).done == "built"
    assert refresh(home, open_engine(home.index), authority).done == "nothing"


def test_a_newer_parser_reads_again_what_an_earlier_one_read(
    home: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts are read again; where they read as before, the index stays."""
    generation = open_engine(home.index).status().generation
    monkeypatch.setattr("index.rebuilding.PARSER_VERSION", 2)
    monkeypatch.setattr("index.archive_receive.PARSER_VERSION", 2)
    done = refresh(home, open_engine(home.index), authority)
    assert (done.done, done.report.counts) == ("brought up", {"unchanged": 4})
    assert open_engine(home.index).status().generation == generation
    assert refresh(home, open_engine(home.index), authority).done == "nothing"


def test_other_outlets_are_read_and_only_what_they_change_is_published(home: Settings, authority: Authority) -> None:
    """All is read again with them; what reads as before stays as it is."""
    outlets = (*authority.outlets, OutletRow("The Harbour Post", ("Harbour Post",)))
    changed = replace(authority, outlets=outlets)
    done = refresh(home, open_engine(home.index), changed)
    assert (done.done, done.report.counts) == ("brought up", {"corrected": 4})
    assert open_engine(home.index).get(f"{ID}/1").item.outlet == "The Harbour Post"
    assert refresh(home, open_engine(home.index), changed).done == "nothing"


def test_other_entities_are_tagged_where_they_are_named(home: Settings, authority: Authority) -> None:
    """The index is brought up, and not built."""
    rows = tuple(replace(row, aliases=()) if row.id == "place-no" else row for row in authority.entities)
    changed = replace(authority, entities=tuple(r for r in rows if r.id != "place-no"))
    generation = open_engine(home.index).status().generation
    assert refresh(home, open_engine(home.index), changed).done == "brought up"
    assert open_engine(home.index).get(f"{ID}/1").entities == ()
    assert open_engine(home.index).status().generation == generation


def test_reading_again_by_several_processes_gives_the_same(
    home: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text comes back under its own id, unchanged."""
    monkeypatch.setattr("index.rereading.FEW", 1)
    monkeypatch.setattr("index.rereading.count_cores", lambda: 2)
    report = rebuild(home, open_engine(home.index), authority, reparse=True)
    assert report.counts == {"unchanged": 4}
    assert check(home, open_engine(home.index), authority).findings == ()


class Forgetful(Watched):
    """Loses something of every new generation."""

    def __init__(self, loses: str) -> None:
        super().__init__()
        self.loses = loses

    def rebuild(self, publications: object, **how: object) -> None:
        """Build with something left out."""
        verify = how.pop("verify")

        def spoil(fresh: Engine) -> None:
            held = fresh._publications  # type: ignore[attr-defined]
            one = held[ID]
            if self.loses == "a briefing":
                del held[ID]
            elif self.loses == "an item":
                held[ID] = replace(one, documents=one.documents[1:])
            elif self.loses == "a text":
                words = replace(one.documents[0], item=one.documents[1].item)
                held[ID] = replace(one, documents=(words, *one.documents[1:]))
            elif self.loses == "a change":
                fresh._sequence -= 1  # type: ignore[attr-defined]
            verify(fresh)  # type: ignore[operator]

        super().rebuild(publications, verify=spoil, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("loses", ["a briefing", "an item", "a text", "a change"])
def test_a_generation_that_lacks_something_is_never_live(home: Settings, authority: Authority, loses: str) -> None:
    """The one before stays, and the error says what is wrong."""
    engine = Forgetful("nothing")
    rebuild(home, engine, authority)
    before = engine.status()
    engine.loses = loses
    with pytest.raises(RebuildRefused, match="not what the archive holds"):
        rebuild(home, engine, authority)
    assert engine.status() == before


def test_after_going_back_the_next_writer_brings_the_index_up(
    tmp_path: Path, home: Settings, authority: Authority
) -> None:
    """It says how far the generation is behind; whatever was added, removed and corrected since comes in."""
    engine = open_engine(home.index)
    rebuild(home, engine, authority)
    add([write_page(tmp_path / "b.txt", "2024-04-05", "c", "d")], home, engine, authority)
    decide(home, engine, authority, "remove", lambda a, now: a.withdraw([ID], "a mistake", now))
    done = roll_back(home, engine)
    assert done.behind == 2
    assert engine.briefing(ID)
    assert {one.code for one in check(home, engine, authority).findings} == {"behind"}
    page = write_page(tmp_path / "c.txt", "2024-05-06", *random.Random(1).sample("efgh", 2))
    report = add([page], home, engine, authority)
    assert (report.healed, report.counts) == (2, {"added": 1})
    assert check(home, engine, authority).findings == ()
    with Archive.open(home.archive) as archive:
        assert engine.status().sequence == archive.sequence()
    with pytest.raises(GenerationMissing):
        roll_back(home, engine)
