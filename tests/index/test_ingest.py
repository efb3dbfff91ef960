"""From files to an engine: what is published, what a second run does, and what is made good after a crash."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.archive import Archive, ArchiveError, ArchiveMissing
from index.authority.tables import Authority, load_authority
from index.ingest import add, decide, rebuild
from index.lock import write_lock
from index.progress import Tick, no_progress
from index.publishing import BATCH
from search.engine import Publication, Tombstone
from search.engines import open_engine
from search.errors import WriterBusy
from search.settings import Settings
from tests.index.arrivals import prose
from tests.oracle import OracleEngine

ID = "xv-mfa/en/2024-03-04"
URL = "https://valdria.example/xw/t"


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority files as shipped."""
    return load_authority()


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """The settings of a home that does not exist yet."""
    return Settings(tmp_path / "home", {})


class Watched(OracleEngine):
    """The oracle, which counts what is published to it and can be made to fail."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[list[str]] = []
        self.broken = False

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Publish, unless broken."""
        if self.broken:
            raise OSError(28, "No space left on device")
        given = list(publications)
        self.published.append([p.briefing.id for p in given])
        super().add(given, sequence=sequence, tombstones=tombstones)


def write_page(file: Path, day: str, *seeds: str) -> Path:
    """A plain transcript of the invented ministry with an answer for each seed."""
    when = date.fromisoformat(day)
    head = f"Spokesperson Ilsa Verlaine\u2019s Regular Press Briefing on {when:%B} {when.day}, {when.year}"
    talk = [f"Harbour Post: {prose(s + '?', 12)}?\n\nIlsa Verlaine: {prose(s, 40)} in Norway." for s in seeds]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join([head, f"{day} 15:30", *talk]) + "\n", "utf-8")
    return file


def write_days(folder: Path, days: int) -> Path:
    """A folder of as many transcripts, a day apart."""
    for n in range(days):
        day = (date(2023, 1, 1) + timedelta(days=n)).isoformat()
        write_page(folder / f"{day}.txt", day, f"{n}a", f"{n}b", f"{n}c")
    return folder


def test_a_file_is_published(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """A transcript comes out of the engine whole, with its address, its mentions, its reading and the labels."""
    engine = Watched()
    page = write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")
    report = add([page], home, engine, authority, url=URL)
    (row,) = report.rows
    assert (row.file, row.outcome, row.id, row.items) == (str(page), "added", ID, 2)
    assert (report.counts, report.exit_status) == ({"added": 1}, 0)
    assert engine.briefing(ID).url == URL
    assert engine.get(f"{ID}/2").entities == ("place-no",)
    assert [r.number for r in engine.revisions(ID)] == [1]
    assert engine.labels().label("entity", "place-no") == "Norway"
    assert engine.labels().label("publisher", "xv-mfa") == "Ministry of External Relations of Valdria"
    assert engine.labels().homes["cn-mfa"] == "place-cn"


def test_adding_twice_changes_nothing(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """The second run finds everything unchanged, moves no sequence number and does not call the engine."""
    engine = Watched()
    folder = write_days(tmp_path / "pages", 3)
    add([folder], home, engine, authority)
    before, calls = engine.status(), len(engine.published)
    report = add([folder], home, engine, authority)
    assert (report.counts, report.exit_status) == ({"unchanged": 3}, 0)
    assert (engine.status(), len(engine.published)) == (before, calls)


def test_a_copy_without_its_address_is_known(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """The same bytes under another file name, without the address, change nothing."""
    engine = Watched()
    page = write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")
    add([page], home, engine, authority, url=URL)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(page.read_bytes())
    assert add([copy], home, engine, authority).counts == {"unchanged": 1}
    assert engine.briefing(ID).url == URL
    assert len(engine.published) == 1


def test_a_correction_is_published(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """It is revision 2, items keep their numbers, and the removed one leaves a tombstone."""
    engine = Watched()
    add([write_page(tmp_path / "1.txt", "2024-03-04", *"abcdef")], home, engine, authority, url=URL)
    report = add([write_page(tmp_path / "2.txt", "2024-03-04", *"acdefg")], home, engine, authority, url=URL)
    assert report.counts == {"corrected": 1}
    assert [i.n for i in engine.briefing(ID).items] == [1, 3, 4, 5, 6, 7]
    assert [[i.n for i in r.briefing.items] for r in engine.revisions(ID)] == [[1, 2, 3, 4, 5, 6], [1, 3, 4, 5, 6, 7]]
    stone = engine.tombstone(f"{ID}/2")
    assert stone is not None
    assert stone.moved_to is None


def test_bad_input_does_not_stop_the_rest(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """An empty file, a binary one and one that is not there are rows of their own; the good one is published."""
    engine = Watched()
    good = write_page(tmp_path / "m.txt", "2024-03-04", "a", "b")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "z.txt").write_bytes(bytes(range(256)) * 40)
    missing = tmp_path / "none.txt"
    report = add([tmp_path / "z.txt", missing, good, tmp_path / "a.txt"], home, engine, authority)
    assert report.counts == {"refused": 3, "added": 1}
    assert report.exit_status == 1
    assert all(row.problems for row in report.rows if row.outcome == "refused")
    assert engine.status().briefings == 1


def test_order_of_arguments_does_not_matter(tmp_path: Path, authority: Authority) -> None:
    """The same files in any order give the same rows."""
    paths = [write_page(tmp_path / f"{n}.txt", "2024-03-04", f"{n}a", f"{n}b") for n in range(3)]
    manifest = tmp_path / "m.tsv"
    manifest.write_text("file\turl\ttitle\n" + "".join(f"{n}.txt\t{URL}{9 - n}\t\n" for n in range(3)), "utf-8")
    reports = [
        add(order, Settings(tmp_path / f"home{i}", {}), Watched(), authority, manifest=manifest)
        for i, order in enumerate((paths, paths[::-1], [*paths[1:], *paths]))
    ]
    assert [(r.outcome, r.id) for r in reports[0].rows] == [("added", f"{ID}-3"), ("added", f"{ID}-2"), ("added", ID)]
    assert reports[0].rows == reports[1].rows == reports[2].rows


def test_a_dry_run_touches_nothing(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """It says what would become of each file, with no home and with one, and writes nothing."""
    folder = write_days(tmp_path / "pages", 3)
    report = add([folder], home, None, authority, dry_run=True)
    assert report.counts == {"added": 3}
    assert not home.home.exists()
    engine = Watched()
    add([folder / "2023-01-02.txt"], home, engine, authority)
    before = {f: f.read_bytes() for f in home.home.rglob("*")}
    assert add([folder], home, None, authority, dry_run=True).counts == {"added": 2, "unchanged": 1}
    assert {f: f.read_bytes() for f in home.home.rglob("*")} == before
    assert engine.status().briefings == 1


def test_a_report_is_json(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """Its JSON holds a row for each input, the counts and the seconds."""
    report = add([tmp_path / "none.txt"], home, None, authority, dry_run=True)
    data = json.loads(json.dumps(report.to_json()))
    assert data["counts"] == {"refused": 1}
    assert data["rows"][0]["outcome"] == "refused"
    assert data["rows"][0]["problems"][0]["severity"] == "refused"
    assert data["seconds"] >= 0


def test_nothing_found_is_not_well(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """An empty folder ends with exit status 1 and makes no index."""
    engine = Watched()
    (tmp_path / "empty").mkdir()
    assert add([tmp_path / "empty"], home, engine, authority).exit_status == 1
    assert engine.published == []


def test_batches_bound_memory(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """Many files are published a batch at a time, each once."""
    engine = Watched()
    seen: list[str] = []
    folder = write_days(tmp_path / "pages", BATCH + 7)
    add([folder], home, engine, authority, begin=lambda what, total: seen.append(f"{what} {total}") or seen.append)
    assert [len(batch) for batch in engine.published] == [BATCH, 7]
    assert seen[0] == f"adding files {BATCH + 7}"
    assert len(seen) == 1 + BATCH + 7


def test_what_is_most_of_the_archive_is_published_by_a_rebuild(
    tmp_path: Path, home: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many files all are archived first; the index is built anew where they are most of it, else they are added."""
    for room in ("ingest", "publishing"):
        monkeypatch.setattr(f"index.{room}.MANY", 3)
        monkeypatch.setattr(f"index.{room}.BATCH", 2)
    engine = Watched()
    begun: list[tuple[str, int | None]] = []
    pages = sorted(write_days(tmp_path / "pages", 7).iterdir())

    def begin(what: str, total: int | None) -> Tick:
        begun.append((what, total))
        return no_progress(what, total)

    add(pages[:4], home, engine, authority, begin=begin)
    assert [len(batch) for batch in engine.published] == [4], "at once, as only a rebuild does"
    parts = ["adding files", "indexing briefings", "finishing the index", "verifying the index"]
    assert begun == [*((part, 4) for part in parts[:2]), *((part, None) for part in parts[2:])]
    add(pages[4:], home, engine, authority)
    assert [len(batch) for batch in engine.published] == [4, 2, 1]
    assert engine.status().briefings == 7
    assert engine.labels().label("entity", "place-no") == "Norway"
    with Archive.read(home.archive) as archive:
        assert engine.status().sequence == archive.sequence()


def test_what_the_engine_missed_is_made_good(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """An engine that fails after the archive's commit is brought up by the next `add`, whatever that adds."""
    engine = Watched()
    folder = write_days(tmp_path / "pages", 3)
    add([folder / "2023-01-01.txt"], home, engine, authority)
    engine.broken = True
    with pytest.raises(OSError, match="No space"):
        add([folder / "2023-01-02.txt"], home, engine, authority)
    assert engine.status().briefings == 1
    engine.broken = False
    assert add([folder / "2023-01-03.txt"], home, engine, authority).counts == {"added": 1}
    assert engine.status().briefings == 3
    with Archive.read(home.archive) as archive:
        assert engine.status().sequence == archive.sequence()


def test_rebuild_gives_the_same_index(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """A new engine filled from the archive holds the briefings, revisions, tombstones and labels of the old one."""
    engine, fresh = Watched(), Watched()
    add([write_days(tmp_path / "pages", 2)], home, engine, authority)
    add([write_page(tmp_path / "1.txt", "2024-03-04", *"abcdef")], home, engine, authority, url=URL)
    add([write_page(tmp_path / "2.txt", "2024-03-04", *"acdefg")], home, engine, authority, url=URL)
    rebuild(home, fresh, authority)
    for id in (ID, "xv-mfa/en/2023-01-01", "xv-mfa/en/2023-01-02"):
        assert fresh.revisions(id) == engine.revisions(id)
        assert fresh.documents(id) == engine.documents(id)
    assert fresh.tombstone(f"{ID}/2") == engine.tombstone(f"{ID}/2") is not None
    assert fresh.labels() == engine.labels()
    assert fresh.status().sequence == engine.status().sequence


def test_a_held_text_is_published_once_accepted(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """Until then readers see the earlier one; a briefing that moved has a new id, to which the old one leads."""
    engine = Watched()
    add([write_page(tmp_path / "1.txt", "2024-03-04", "a", "b")], home, engine, authority, url=URL)
    report = add([write_page(tmp_path / "2.txt", "2024-03-05", "a", "b")], home, engine, authority, url=URL)
    assert (report.counts, report.exit_status) == ({"held": 1}, 1)
    assert engine.briefing(ID).date == date(2024, 3, 4)
    assert decide(home, engine, authority, "review", lambda a, now: a.accept(ID, now)) == "xv-mfa/en/2024-03-05"
    assert engine.briefing("xv-mfa/en/2024-03-05").date == date(2024, 3, 5)
    stone = engine.tombstone(ID)
    assert stone is not None
    assert stone.moved_to == "xv-mfa/en/2024-03-05"


def test_a_rejected_text_is_not_published(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """The engine is not called for it."""
    engine = Watched()
    add([write_page(tmp_path / "1.txt", "2024-03-04", *"abcde")], home, engine, authority, url=URL)
    add([write_page(tmp_path / "2.txt", "2024-03-04", "a")], home, engine, authority, url=URL)
    assert decide(home, engine, authority, "review", lambda a, now: a.reject(ID, now)) == ID
    assert len(engine.published) == 1


def test_a_second_writer_is_turned_away(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """While somebody writes, `add` fails before it touches the archive; a dry run does not mind."""
    page = write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")
    with write_lock(home.home, "rebuild"):
        with pytest.raises(WriterBusy, match="rebuild"):
            add([page], home, Watched(), authority)
        assert not home.archive.exists()
        assert add([page], home, None, authority, dry_run=True).counts == {"added": 1}


def test_an_index_ahead_of_its_archive_is_not_mended_by_guessing(
    tmp_path: Path, home: Settings, authority: Authority
) -> None:
    """If the index knows later changes than the archive, one of them is from elsewhere, and that is said."""
    engine = Watched()
    engine.add([], sequence=40)
    with pytest.raises(ArchiveError, match="lectern rebuild"):
        add([write_page(tmp_path / "a.txt", "2024-03-04", "a")], home, engine, authority)
    with Archive.read(home.archive) as archive:
        assert archive.ids() == (), "and nothing is taken in that cannot be published"


def test_a_rebuild_without_an_archive_leaves_the_index(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """Where the archive is gone, or the home is another one, nothing is emptied and nothing is made."""
    engine = Watched()
    add([write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")], home, engine, authority)
    home.archive.unlink()
    with pytest.raises(ArchiveMissing, match="there is no archive"):
        rebuild(home, engine, authority)
    assert engine.status().briefings == 1
    elsewhere = Settings(tmp_path / "elsewhere", {})
    for act in (
        lambda: rebuild(elsewhere, engine, authority),
        lambda: decide(elsewhere, engine, authority, "review", lambda a, now: a.accept("1", now)),
    ):
        with pytest.raises(ArchiveMissing):
            act()
    assert not elsewhere.home.exists()


def test_names_take_effect_as_documented(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """A new entity is found by a rebuild, a new outlet by adding the file again; labels come with either."""
    engine = Watched()
    page = write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")
    add([page], home, engine, authority)
    names = tmp_path / "names"
    names.mkdir()
    (names / "outlets.csv").write_text("name,aliases,country,note\nThe Harbour Post,Harbour Post,,\n", "utf-8")
    (names / "places.csv").write_text(
        "id,type,label,aliases,titles,parent,scope,flags,note\nplace-no,place,Northland,Noreg,,,,,\n", "utf-8"
    )
    changed = load_authority(names)
    rebuild(home, engine, changed)
    document = engine.get(f"{ID}/1")
    assert (document.item.outlet, document.entities) == (None, ())
    assert engine.labels().label("entity", "place-no") == "Northland"
    assert add([page], home, engine, changed).counts == {"corrected": 1}
    assert engine.get(f"{ID}/1").item.outlet == "The Harbour Post"
    assert len(engine.revisions(ID)) == 1


def test_the_embedded_engine_is_fed(tmp_path: Path, home: Settings, authority: Authority) -> None:
    """An index is made where there is none, and a second `add` finds it in step."""
    page = write_page(tmp_path / "a.txt", "2024-03-04", "a", "b")
    for counts in ({"added": 1}, {"unchanged": 1}):
        engine = open_engine(home.index)
        assert add([page], home, engine, authority).counts == counts
        assert engine.briefing(ID).items[1].n == 2
        assert engine.labels().label("entity", "place-no") == "Norway"
        engine.close()


ADD = """
import sys
from pathlib import Path
from index.authority.tables import load_authority
from index.ingest import add
from search.engines import open_engine
from search.settings import Settings
home = Settings(Path(sys.argv[1]), {})
authority = load_authority()
engine = open_engine(home.index)
print("ready", flush=True)
add([Path(p) for p in sys.argv[2:]], home, engine, authority)
engine.close()
"""


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(6))
def test_kill_in_the_middle_of_adding(tmp_path: Path, home: Settings, authority: Authority, seed: int) -> None:
    """After `kill -9` at any instant the archive opens, and the next `add` leaves archive and index whole and in step.

    The instant is drawn from the time that the whole run takes.
    """
    folder = write_days(tmp_path / "pages", 3 * BATCH)
    with subprocess.Popen([sys.executable, "-c", ADD, str(home.home), str(folder)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(random.Random(seed).uniform(0.0, 2.5))
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    with Archive.rehearse(home.archive) as archive:
        assert len(archive.ids()) in range(3 * BATCH + 1)
    engine = open_engine(home.index)
    report = add([folder], home, engine, authority)
    assert sum(report.counts.get(what, 0) for what in ("added", "unchanged")) == 3 * BATCH
    with Archive.read(home.archive) as archive:
        assert len(archive.ids()) == engine.status().briefings == 3 * BATCH
        assert archive.sequence() == engine.status().sequence
        for id in archive.ids():
            assert [i.n for i in engine.briefing(id).items] == [1, 2, 3]
    engine.close()
