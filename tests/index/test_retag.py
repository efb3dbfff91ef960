"""Edits of the authority: what is tagged again, and that the index is then as if it had been built from nothing."""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive, ArchiveError, ArchiveMissing
from index.authority.rows import EntityRow
from index.authority.tables import Authority
from index.ingest import add, decide, rebuild
from index.publishing import build, read_publishers, site_labels
from index.retag import Retagged, Traits, find_signs, retag
from search.engine import Engine, Publication, Tombstone
from search.engines import open_engine
from search.model import Document
from search.settings import Settings
from tests.conftest import ROOT
from tests.index.arrivals import NOW, arrival
from tests.invented import answer, briefing
from tests.oracle import OracleEngine

FIRST = date(2024, 3, 1)

SAID = (
    "Valdria and the Valdrian Foreign Ministry agreed",
    "The Foreign Ministry of Norrland met Minister Brandt",
    "New Valdria is not Valdria",
    "The Port Osk Foreign Ministry, and Minister Otto Brandt",
    "Ilsa Brandt said so; Brandt said it again",
    "NORRLAND and the Foreign Ministry",
    "nobody in particular",
    "A visit to Port Osk by Ilsa Brandt",
)
"""What is said in turn on the days of a collection, at two publishers."""

VALDRIA = EntityRow("place-xa", "place", "Valdria", ("Valdrian",))
NORRLAND = EntityRow("place-xb", "place", "Norrland")
PORT = EntityRow("place-xc", "place", "Port Osk", parent="place-xa")
MINISTRY = EntityRow("org-xm", "organisation", "Foreign Ministry", parent="place-xa", flags=("national",))
NEW = EntityRow("place-xn", "place", "New Valdria", flags=("block",))
ILSA = EntityRow("person-xi", "person", "Ilsa Brandt", titles=("Minister",))
OTTO = EntityRow("person-xo", "person", "Otto Brandt", ("Brandt",), titles=("Minister",))

ROWS = (VALDRIA, NORRLAND, PORT, MINISTRY, NEW, ILSA, OTTO)

VARIANTS: tuple[tuple[EntityRow | None, ...], ...] = (
    (
        VALDRIA,
        replace(VALDRIA, aliases=()),
        replace(VALDRIA, label="Valdreich", aliases=("Valdria", "Valdrian")),
        replace(VALDRIA, parent="place-xb"),
        None,
    ),
    (NORRLAND, replace(NORRLAND, aliases=("NORRLAND",)), replace(NORRLAND, scope=("xw-mfa",)), None),
    (PORT, PORT, replace(PORT, parent="place-xb"), replace(PORT, flags=("nolabel",)), None),
    (MINISTRY, replace(MINISTRY, scope=("xv-mfa",)), replace(MINISTRY, parent="place-xb"), None),
    (NEW, replace(NEW, flags=()), None),
    (ILSA, replace(ILSA, titles=()), replace(ILSA, flags=("nolabel",)), None),
    (OTTO, replace(OTTO, aliases=()), replace(OTTO, label="O. Brandt"), None),
)
"""Of each row, how it may read; `None` where it is not there."""


class Watched(OracleEngine):
    """The oracle, which notes what is published, and fails after a number of additions."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[list[str]] = []
        self.left: int | None = None

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Publish, or fail."""
        if self.left is not None:
            if self.left == 0:
                raise OSError(28, "No space left on device")
            self.left -= 1
        given = list(publications)
        self.published.append([p.briefing.id for p in given])
        super().add(given, sequence=sequence, tombstones=tombstones)


def authority_of(rows: Iterable[EntityRow | None]) -> Authority:
    """An authority of these rows; a parent that is not among them is none."""
    there = [row for row in rows if row]
    ids = {row.id for row in there}
    return Authority(tuple(r if r.parent in ids else replace(r, parent=None) for r in there), (), ())


def with_row(row: EntityRow) -> Authority:
    """The invented authority with `row` in the place of that of its id, or at the end."""
    return authority_of([*(r for r in ROWS if r.id != row.id), row])


def fill(home: Settings, said: Sequence[str] = SAID) -> None:
    """An archive with a day for each of `said`, at two publishers in turn; nothing is published."""
    with Archive.open(home.archive) as archive:
        for n, words in enumerate(said):
            text = briefing(
                f"{FIRST + timedelta(days=n)}", answer(1, "What about it?", words), answer(2, "And?", "No.")
            )
            publisher = ("xv-mfa", "xw-mfa")[n % 2]
            text = replace(text, publisher=publisher, id=text.id.replace("xv-mfa", publisher))
            archive.receive(arrival(text, f"https://{publisher}.example/{n}"), NOW)


def id_of(n: int) -> str:
    """The id of the briefing of `SAID[n]`."""
    return f"{('xv-mfa', 'xw-mfa')[n % 2]}/en/{FIRST + timedelta(days=n)}"


def tagged(engine: Engine, ids: Iterable[str]) -> list[Document]:
    """The documents of briefings, their mentions without the labels, which people see from `Labels`."""
    found = (document for id in ids for document in engine.documents(id))
    return [replace(d, mentions=tuple(m._replace(label="") for m in d.mentions)) for d in found]


def assert_as_if_rebuilt(home: Settings, engine: Engine, authority: Authority) -> None:
    """Its documents and labels are those of an index that is built from nothing, and it is in step."""
    fresh = OracleEngine()
    with Archive.read(home.archive) as archive:
        build(archive, fresh, site_labels(authority, read_publishers(home), ()), authority, lambda *_: lambda _: None)
        ids = archive.ids()
        assert archive.sequence() == engine.status().sequence
    assert tagged(engine, ids) == tagged(fresh, ids)
    assert engine.labels().names == fresh.labels().names


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home whose archive has all of `SAID`."""
    made = Settings(tmp_path / "home", {})
    fill(made)
    return made


@pytest.fixture
def engine(home: Settings) -> Watched:
    """An engine that has all of the archive, by the authority `ROWS`, and has noted nothing yet."""
    made = Watched()
    retag(home, made, authority_of(ROWS))
    made.published.clear()
    return made


def test_without_an_edit_nothing_is_done(home: Settings, engine: Watched) -> None:
    """No text is looked at, nothing is published, and no sequence number moves."""
    before = engine.status()
    found = retag(home, engine, authority_of(ROWS), lambda what, _: pytest.fail(what))
    assert (found.entities, found.briefings) == ((), 0)
    assert (engine.published, engine.status()) == ([], before)


def test_only_texts_that_hold_a_name_concerned_are_tagged_again(home: Settings, engine: Watched) -> None:
    """Of a new alias, those that hold it; of a name taken away, those that held it; of a new row, as of an alias."""
    assert retag(home, engine, with_row(replace(NORRLAND, aliases=("NORRLAND",)))) == Retagged(("place-xb",), 1)
    assert engine.published == [[id_of(5)]]
    assert engine.get(f"{id_of(5)}/1").entities == ("place-xb", "org-xm")
    engine.published.clear()
    retag(home, engine, authority_of(ROWS))
    retag(home, engine, with_row(EntityRow("org-nobody", "organisation", "nobody")))
    assert engine.published == [[id_of(5)], [id_of(6)]]
    assert engine.get(f"{id_of(6)}/1").entities == ("org-nobody",)


def test_what_lies_in_a_place_moved_is_tagged_again(home: Settings, engine: Watched) -> None:
    """And nothing else: whether a port has a country's ministry, or its own, is told by what it lies in."""
    elsewhere = [r for r in ROWS if r.id != "org-xm"] + [replace(MINISTRY, parent="place-xb")]
    retag(home, engine, authority_of(elsewhere))
    assert engine.get(f"{id_of(3)}/1").entities == ("org-xc-ministry-of-foreign-affairs", "person-xo")
    engine.published.clear()
    retag(home, engine, authority_of(replace(r, parent="place-xb") if r.id == "place-xa" else r for r in elsewhere))
    assert engine.get(f"{id_of(3)}/1").entities == ("place-xc", "org-xm", "person-xo")
    assert sorted(engine.published[0]) == sorted(id_of(n) for n in (0, 2, 3, 7))


def test_a_label_alone_tags_nothing_again(home: Settings, engine: Watched) -> None:
    """A label that no text has, its old one kept as an alias, is published, and no document is."""
    retag(home, engine, with_row(replace(VALDRIA, label="Valdreich", aliases=("Valdria", "Valdrian"))))
    assert engine.published == []
    assert engine.labels().label("entity", "place-xa") == "Valdreich"


def test_a_row_retired_is_found_no_more_and_leads_to_its_heirs(home: Settings, engine: Watched) -> None:
    """Its briefings are tagged again, and the labels say where its id has moved to."""
    retired = replace(NORRLAND, flags=("retired",), successors=("place-xa", "place-xc"))
    assert retag(home, engine, with_row(retired)).briefings == 2, "in capitals too, as some taggers read it"
    assert engine.get(f"{id_of(1)}/1").entities == ("org-xm", "person-xo")
    assert engine.labels().moved == {"place-xb": ("place-xa", "place-xc")}


def test_another_tagger_tags_everything_again(home: Settings, engine: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the rows; where it is most of what there is, by a new generation."""
    monkeypatch.setattr("index.retag.TAGGER_VERSION", 99)
    generation = engine.status().generation
    assert retag(home, engine, authority_of(ROWS)).briefings == len(SAID)
    assert engine.status().generation == generation
    monkeypatch.setattr("index.retag.TAGGER_VERSION", 100)
    monkeypatch.setattr("index.publishing.MANY", 3)
    retag(home, engine, authority_of(ROWS))
    assert engine.status().generation == generation + 1
    assert_as_if_rebuilt(home, engine, authority_of(ROWS))


def test_an_archive_that_remembers_nothing_is_tagged_again(home: Settings, engine: Watched) -> None:
    """What an earlier Lectern tagged, nobody knows by what: all of it is tagged again, once."""
    with Archive.open(home.archive) as archive:
        archive.note_tagging({}, (), NOW)
    assert retag(home, engine, authority_of(ROWS)).briefings == len(SAID)
    assert retag(home, engine, authority_of(ROWS)).briefings == 0


def test_an_addition_notices_an_edit(tmp_path: Path, home: Settings, engine: Watched) -> None:
    """`add` tags again what an edit concerns before it takes anything in, and its report says so."""
    (tmp_path / "none").mkdir()
    changed = with_row(replace(NORRLAND, aliases=("NORRLAND",)))
    assert add([tmp_path / "none"], home, engine, changed).to_json()["retagged"] == 1
    assert_as_if_rebuilt(home, engine, changed)
    assert add([tmp_path / "none"], home, engine, changed).retagged == 0


def test_a_decision_notices_an_edit(home: Settings, engine: Watched) -> None:
    """A librarian's decision is published by the names of today, and so is all else."""
    changed = with_row(replace(NORRLAND, aliases=("NORRLAND",)))
    decide(
        home, engine, changed, "amend", lambda a, now: a.amend(f"{id_of(1)}/1", {"outlet": "Coast"}, "misheard", now)
    )
    assert_as_if_rebuilt(home, engine, changed)


def test_a_rebuild_that_fails_leaves_word_of_the_edit(home: Settings, engine: Watched) -> None:
    """The old index stays live, by the old names; the next run tags again what the edit concerned, or its undoing."""
    changed = with_row(replace(NORRLAND, aliases=("NORRLAND",)))

    class Full(Watched):
        def rebuild(self, *_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        rebuild(home, Full(), changed)
    retag(home, engine, changed)
    assert_as_if_rebuilt(home, engine, changed)


def test_an_index_ahead_of_its_archive_is_not_mended_by_guessing(home: Settings) -> None:
    """It is said, and the archive remembers no other tagging than before."""
    engine = Watched()
    engine.add([], sequence=400)
    with pytest.raises(ArchiveError, match="lectern rebuild"):
        retag(home, engine, authority_of(ROWS))
    with Archive.read(home.archive) as archive:
        assert archive.tagging() == {}


def test_without_an_archive_nothing_is_made(tmp_path: Path) -> None:
    """It is said what is missing, and there is still no home."""
    with pytest.raises(ArchiveMissing):
        retag(Settings(tmp_path / "none", {}), Watched(), authority_of(ROWS))
    assert list(tmp_path.iterdir()) == []


def test_a_lost_index_is_filled_by_the_names_of_today(home: Settings, engine: Watched) -> None:
    """Of an index that is gone nothing is tagged again: all of it is published anyway, each briefing once."""
    fresh = Watched()
    changed = with_row(replace(VALDRIA, aliases=()))
    assert retag(home, fresh, changed).briefings == len(SAID)
    assert sorted(id for ids in fresh.published for id in ids) == sorted(map(id_of, range(len(SAID))))
    assert_as_if_rebuilt(home, fresh, changed)
    assert engine.published == []


@pytest.mark.parametrize(
    ("old", "new", "signs"),
    [
        (VALDRIA, replace(VALDRIA, aliases=("Valdrian", "Vald")), {"Vald"}),
        (VALDRIA, replace(VALDRIA, note="seen"), set()),
        (VALDRIA, replace(VALDRIA, label="Valdreich", flags=("nolabel",)), {"Valdria", "Valdrian"}),
        (ILSA, None, {"Ilsa Brandt", "Minister Ilsa", "Minister Brandt"}),
        (
            ILSA,
            replace(ILSA, aliases=("I\u2019sa B",)),
            {"Ilsa Brandt", "Minister Ilsa", "Minister Brandt", "I'sa B", "Minister I'sa", "Minister B"},
        ),
    ],
)
def test_what_an_edit_makes_one_look_for(old: EntityRow, new: EntityRow | None, signs: set[str]) -> None:
    """Names that came or went; all of a row's where more has changed, or it is a person, who is known by others too."""
    was, now = {old.id: Traits.of(old)}, {new.id: Traits.of(new)} if new else {}
    assert find_signs(was, now) == signs
    assert find_signs(now, was) == signs
    assert find_signs(was, was) == frozenset()


def test_traits_come_back_from_the_archive() -> None:
    """What is remembered of a row is all that tags depend on, and nothing else."""
    row = replace(ILSA, parent="org-a", flags=("nolabel",), note="left")
    assert Traits.from_json(Traits.of(row).to_json()) == Traits.of(row) == Traits.of(replace(row, note=""))
    assert Traits.of(row) != Traits.of(replace(row, parent=None))


ONE_EDIT = st.sampled_from([(n, row) for n, of in enumerate(VARIANTS) for row in of])
"""Which row of an authority is to read how."""


@settings(max_examples=100)
@given(
    start=st.tuples(*map(st.sampled_from, VARIANTS)),
    steps=st.lists(
        st.tuples(
            st.lists(ONE_EDIT, max_size=2), st.sampled_from(["retag", "retag", "fail", "rebuild"]), st.integers(0, 5)
        ),
        max_size=5,
    ),
    batch=st.integers(1, 4),
)
def test_after_any_edits_the_index_is_as_if_rebuilt(
    start: tuple[EntityRow | None, ...],
    steps: list[tuple[list[tuple[int, EntityRow | None]], str, int]],
    batch: int,
) -> None:
    """Whatever was edited in which order, and wherever a run failed on the way, the last run leaves nothing stale."""
    rows = list(start)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.publishing.BATCH", batch)
        home, engine = Settings(Path(folder) / "home", {}), Watched()
        fill(home)
        for edits, how, left in [([], "retag", 0), *steps, ([], "retag", 0)]:
            for n, row in edits:
                rows[n] = row
            authority = authority_of(rows)
            engine.left = left if how == "fail" else None
            try:
                if how == "rebuild":
                    rebuild(home, engine, authority)
                else:
                    retag(home, engine, authority)
            except OSError:
                continue
            assert_as_if_rebuilt(home, engine, authority)


RETAG = """
import sys
from pathlib import Path
from index.retag import retag
from search.engines import open_engine
from search.settings import Settings
from tests.index.test_retag import ROWS, edited
home = Settings(Path(sys.argv[1]), {})
engine = open_engine(home.index)
print("ready", flush=True)
for n in range(int(sys.argv[2]), 1000):
    retag(home, engine, edited(n))
"""


def edited(n: int) -> Authority:
    """An authority that differs from that of the number before and the number after."""
    return with_row(replace(VALDRIA, aliases=("Valdrian",) if n % 2 else (), flags=("nolabel",) if n % 3 else ()))


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(3))
def test_kill_in_the_middle_of_tagging_again(tmp_path: Path, seed: int) -> None:
    """After `kill -9` at any instant, the next run leaves the index as if it had been built from nothing."""
    home, instants = Settings(tmp_path / "home", {}), random.Random(seed)
    fill(home, SAID * 12)
    engine = open_engine(home.index)
    retag(home, engine, edited(0))
    for start in (1, 2, 3):
        command = [sys.executable, "-c", RETAG, str(home.home), str(start)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(instants.uniform(0.0, 0.6))
            writer.send_signal(signal.SIGKILL)
            writer.wait(10)
        last = edited(instants.randrange(6))
        retag(home, engine, last)
        assert_as_if_rebuilt(home, engine, last)
    engine.close()
