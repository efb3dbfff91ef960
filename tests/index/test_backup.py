"""A backup: whole, of one instant, and put back whole or not at all."""

import json
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from index import backup as backing
from index import restoring
from index.archive import Archive, ArchiveError
from index.authority.tables import load_authority
from index.backup import ARCHIVE, MANIFEST, BackupError, backup, read_small_files
from index.lock import write_lock
from index.rebuilding import rebuild, refresh, roll_back
from index.restoring import Left, read_manifest, restore_files, unfinished
from search.engines import open_engine
from search.errors import GenerationMissing, WriterBusy
from search.settings import Settings
from tests.index.arrivals import NOW, arrival, text

OUTLETS = "name,aliases,country,note\nThe Harbour Post,Harbour Post,,\n"


def fill(home: Path, *days: str) -> Settings:
    """A home with a briefing a day, a table of the librarian's, and a setting."""
    (home / "authority").mkdir(parents=True)
    (home / "authority" / "outlets.csv").write_text(OUTLETS, "utf-8")
    (home / "keys.json").write_text('{"keys": []}', "utf-8")
    (home / "lectern.toml").write_text('LECTERN_BASE_URL = "https://lectern.example"\n', "utf-8")
    settings = Settings(home, {})
    with Archive.open(settings.archive) as archive:
        for day in days:
            archive.receive(arrival(text("kelp", day=day), f"https://valdria.example/{day}"), NOW)
    return settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with two briefings."""
    return fill(tmp_path / "home", "2024-03-04", "2024-03-05")


@pytest.fixture
def copy(settings: Settings, tmp_path: Path) -> Path:
    """A backup of it."""
    backup(settings, tmp_path / "copy")
    return tmp_path / "copy"


def ids(settings: Settings) -> tuple[str, ...]:
    """The briefings of a home."""
    with Archive.open(settings.archive) as archive:
        return archive.ids()


def test_it_holds_what_cannot_be_made_again(settings: Settings, copy: Path) -> None:
    """Archive, tables and settings, for their owner's eyes alone, and a manifest that fits; nothing else is left."""
    manifest = read_manifest(copy)
    assert (manifest.briefings, manifest.sequence) == (2, 2)
    assert sorted(manifest.files) == [ARCHIVE, "authority/outlets.csv", "keys.json", "lectern.toml"]
    assert {name: backing.measure(copy / name) for name in manifest.files} == manifest.files
    assert sorted(f.name for f in copy.iterdir()) == [ARCHIVE, "authority", "keys.json", "lectern.toml", MANIFEST]
    assert [f.stat().st_mode & 0o077 for f in (copy, *copy.rglob("*"))] == [0] * 7
    assert sorted(f.name for f in copy.parent.iterdir()) == ["copy", "home"]


def test_it_is_of_one_instant_while_others_write(settings: Settings, tmp_path: Path) -> None:
    """Briefings that come in pairs are there in pairs, whenever the copy is made; the writer is not kept waiting."""
    stop = threading.Event()

    def write() -> None:
        with Archive.open(settings.archive) as archive:
            for n in range(1, 3_000):
                if stop.is_set():
                    return
                with archive.write():
                    for name in ("xv-mfa", "xw-mfa"):
                        told = arrival(text("kelp", day=f"20{n % 90 + 10}-0{n % 9 + 1}-01", title=f"{name} {n}"))
                        archive.receive(told, NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for n in range(6):
            backup(settings, tmp_path / f"copy-{n}")
            with sqlite3.connect(tmp_path / f"copy-{n}" / ARCHIVE) as database:
                counts.append(database.execute("SELECT COUNT(*) FROM page").fetchone()[0])
            database.close()
    finally:
        stop.set()
        writer.join()
    assert all(count % 2 == 0 for count in counts)
    assert counts[-1] > counts[0]


def test_tables_edited_meanwhile_are_copied_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Archive and tables are of one instant; where somebody edits without end it gives up and leaves nothing."""
    edits = iter([OUTLETS + "Coast Radio,,,\n"])

    def copy_while_edited(path: Path, to: Path) -> None:
        copy_database(path, to)
        if line := next(edits, None):
            (settings.authority / "outlets.csv").write_text(line, "utf-8")

    copy_database = backing.copy_database
    monkeypatch.setattr(backing, "copy_database", copy_while_edited)
    backup(settings, tmp_path / "copy")
    assert "Coast Radio" in (tmp_path / "copy" / "authority" / "outlets.csv").read_text("utf-8")
    edits = iter(f"{OUTLETS}Paper {n},,,\n" for n in range(100))
    with pytest.raises(BackupError, match="change all the time"):
        backup(settings, tmp_path / "other")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["copy", "home"]


def test_a_name_is_given_once(settings: Settings, copy: Path, tmp_path: Path) -> None:
    """Nothing is written over: not a backup, a file, nor a link; an empty folder will do, a missing parent will not."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = (copy / MANIFEST).read_bytes()
    for name in ("copy", "file", "link", "missing/copy"):
        with pytest.raises(BackupError):
            backup(settings, tmp_path / name)
    assert (copy / MANIFEST).read_bytes() == before
    (tmp_path / "empty").mkdir()
    backup(settings, tmp_path / "empty")
    assert read_manifest(tmp_path / "empty").briefings == 2


def test_what_a_killed_one_left_does_no_harm(settings: Settings, tmp_path: Path) -> None:
    """The unnamed rest of a backup that was killed is cleared by the next one of its name."""
    rest = tmp_path / ".copy.part"
    (rest / "authority").mkdir(parents=True)
    (rest / ARCHIVE).write_bytes(b"half")
    backup(settings, tmp_path / "copy")
    assert not rest.exists()
    assert read_manifest(tmp_path / "copy").briefings == 2


def test_a_failure_leaves_nothing(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, no folder is left, neither named nor unnamed."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "write_synced", full)
    with pytest.raises(OSError, match="No space"):
        backup(settings, tmp_path / "copy")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["home"]


def test_a_damaged_archive_is_no_backup(settings: Settings, tmp_path: Path) -> None:
    """Bytes that are not those received are noticed, and nothing is named a backup."""
    with sqlite3.connect(settings.archive) as database:
        database.execute("UPDATE source SET data = (SELECT data FROM source ORDER BY digest DESC LIMIT 1)")
    database.close()
    with pytest.raises(ArchiveError, match="is not as it came"):
        backup(settings, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


class TestRestoring:
    """A backup is put back."""

    def test_into_a_home_that_is_not_there(self, settings: Settings, copy: Path, tmp_path: Path) -> None:
        """Archive, tables and settings are as they were; until the index is built the home says what is left to do."""
        other = Settings(tmp_path / "other", {})
        restored = restore_files(other, copy, replace=False)
        assert restored.aside is None
        assert unfinished(other.home) == Left.INDEX
        rebuild(other, engine := open_engine(other.index), load_authority(other.authority))
        assert unfinished(other.home) is None
        assert engine.status().briefings == 2
        assert ids(other) == ids(settings)
        assert read_small_files(other.home) == read_small_files(settings.home)
        assert sorted(f.name for f in other.home.iterdir()) == [
            ARCHIVE,
            "authority",
            "index",
            "keys.json",
            "lectern.toml",
            "lock",
            "restored",
        ]

    def test_nobody_goes_back_to_an_archive_that_is_gone(self, copy: Path, tmp_path: Path) -> None:
        """Of a full home, the generation before the restored one is of the archive moved aside, and is refused."""
        other = fill(tmp_path / "other", "2023-01-02")
        engine, authority = open_engine(other.index), load_authority(other.authority)
        rebuild(other, engine, authority)
        restore_files(other, copy, replace=True)
        assert refresh(other, engine, authority).done == "built"
        assert engine.status().briefings == 2
        with pytest.raises(GenerationMissing, match="replaced by a restore"):
            roll_back(other, engine)
        rebuild(other, engine, authority)
        roll_back(other, engine)
        assert engine.status().briefings == 2

    def test_a_full_home_has_to_be_meant(self, copy: Path, tmp_path: Path) -> None:
        """Without being told so it replaces nothing; told so, what stood there is moved aside, whole."""
        other = fill(tmp_path / "other", "2023-01-02")
        (other.authority / "notes.txt").write_text("mine")
        with pytest.raises(BackupError, match="not empty"):
            restore_files(other, copy, replace=False)
        assert ids(other) == ("xv-mfa/en/2023-01-02",)
        restored = restore_files(other, copy, replace=True)
        assert ids(other) == ("xv-mfa/en/2024-03-04", "xv-mfa/en/2024-03-05")
        assert restored.aside is not None
        assert ids(Settings(restored.aside, {})) == ("xv-mfa/en/2023-01-02",)
        assert (restored.aside / "authority" / "notes.txt").read_text() == "mine"

    def test_a_log_is_not_left_to_another_archive(self, copy: Path, tmp_path: Path) -> None:
        """What stands in the write-ahead log of the archive that gives way goes with it."""
        other = fill(tmp_path / "other", "2023-01-02")
        reader = sqlite3.connect(other.archive)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM page").fetchall()  # keeps the log from being taken in
        with Archive.open(other.archive) as archive:
            archive.receive(arrival(text("herring", day="2023-01-03"), "https://valdria.example/3"), NOW)
        restored = restore_files(other, copy, replace=True)
        reader.close()
        assert ids(other) == ("xv-mfa/en/2024-03-04", "xv-mfa/en/2024-03-05")
        assert restored.aside is not None
        assert ids(Settings(restored.aside, {})) == ("xv-mfa/en/2023-01-02", "xv-mfa/en/2023-01-03")

    def test_a_writer_is_not_disturbed(self, copy: Path, tmp_path: Path) -> None:
        """Somebody who writes has the home to himself."""
        other = fill(tmp_path / "other", "2023-01-02")
        with write_lock(other.home, "add"), pytest.raises(WriterBusy):
            restore_files(other, copy, replace=True)
        assert ids(other) == ("xv-mfa/en/2023-01-02",)

    @pytest.mark.parametrize("stopped_at", range(1, 12))
    def test_stopped_anywhere_it_is_done_again(
        self, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: int
    ) -> None:
        """Killed at any renaming, the home says so, or is as before; again, it is whole. Nothing is lost either way."""
        other, count, rename = fill(tmp_path / "other", "2023-01-02"), 0, Path.rename

        class Killed(BaseException):
            pass

        def rename_or_die(path: Path, target: Path) -> Path:
            nonlocal count
            count += 1
            if count == stopped_at:
                raise Killed
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", rename_or_die)
        try:
            restore_files(other, copy, replace=True)
        except Killed:
            began = unfinished(other.home) is not None
            assert began or ids(other) == ("xv-mfa/en/2023-01-02",)
            monkeypatch.undo()
            restore_files(other, copy, replace=not began)
        assert unfinished(other.home) == Left.INDEX
        assert ids(other) == ("xv-mfa/en/2024-03-04", "xv-mfa/en/2024-03-05")
        kept = [
            f
            for f in other.home.glob("replaced-*/archive.sqlite3")
            if ids(Settings(f.parent, {}))[0] < "xv-mfa/en/2024"
        ]
        assert len(kept) == 1
        assert not (other.home / restoring.STAGED).exists()

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("../escape.csv", "no file of a backup"),
            ("authority/../../escape.csv", "no file of a backup"),
            ("/etc/escape.csv", "no file of a backup"),
            ("authority/.hidden.csv", "no file of a backup"),
            ("index/CURRENT", "no file of a backup"),
            ("authority/missing.csv", "not there"),
        ],
    )
    def test_a_manifest_is_not_trusted(self, copy: Path, tmp_path: Path, name: str, said: str) -> None:
        """It names no file but those of a backup, wherever it points."""
        manifest = json.loads((copy / MANIFEST).read_text())
        manifest["files"][name] = manifest["files"]["lectern.toml"]
        (copy / MANIFEST).write_text(json.dumps(manifest))
        self.refused(copy, tmp_path, said)

    @pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": 2}', '{"format": 1, "files": 3}', "[" * 5000])
    def test_rubbish_is_no_manifest(self, copy: Path, tmp_path: Path, text: str) -> None:
        """Whatever stands there is refused with a line, not a traceback."""
        (copy / MANIFEST).write_text(text)
        self.refused(copy, tmp_path, "")

    @pytest.mark.parametrize("name", [ARCHIVE, "authority/outlets.csv", "lectern.toml"])
    def test_a_changed_file_is_noticed(self, copy: Path, tmp_path: Path, name: str) -> None:
        """One byte more, a file that is gone, a link in its place: nothing is put back."""
        with (copy / name).open("ab") as file:
            file.write(b"\n")
        self.refused(copy, tmp_path, "not as its manifest says")
        (copy / name).unlink()
        self.refused(copy, tmp_path, "not there")
        (copy / name).symlink_to("/etc/hostname")
        self.refused(copy, tmp_path, "not there")

    def test_an_archive_of_a_later_version_is_refused(self, copy: Path, tmp_path: Path) -> None:
        """It says which Lectern made it."""
        manifest = json.loads((copy / MANIFEST).read_text())
        (copy / MANIFEST).write_text(json.dumps(manifest | {"archive_version": 99, "lectern": "9.9"}))
        self.refused(copy, tmp_path, "use Lectern 9.9 or later")

    def refused(self, copy: Path, tmp_path: Path, said: str) -> None:
        """Nothing of a backup is put back."""
        other = Settings(tmp_path / "other", {})
        with pytest.raises((BackupError, ArchiveError)) as caught:
            restore_files(other, copy, replace=False)
        assert said in f"{caught.value}"
        assert [f.name for f in other.home.iterdir()] in ([], ["lock"]) if other.home.exists() else True
        assert not os.path.lexists(tmp_path / "escape.csv")
        shutil.rmtree(other.home, ignore_errors=True)
