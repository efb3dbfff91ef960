"""Archives, honest and hostile: what comes out of them, and what is said of the rest."""

import gzip
import io
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index import packed
from index.packed import BadMember, Member, iter_members
from index.sources import MAX_BYTES, Source, SourceError, Unreadable, count_files, iter_sources

ROOT = Path(__file__).parents[2]


def make_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def make_tar(path: Path, *members: tuple[str | tarfile.TarInfo, bytes]) -> Path:
    """A tar of these members, packed if its name says so."""
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def told(path: Path) -> dict[str, str]:
    """What is refused of an archive: the problem's code by the name."""
    return {s.file: s.problem.code for s in iter_sources([path]) if isinstance(s, Unreadable)}


def taken(path: Path) -> dict[str, bytes]:
    """What comes out of an archive."""
    return {s.file.removeprefix(f"{path}/"): s.data for s in iter_sources([path]) if isinstance(s, Source)}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "A.TGZ"])
def test_an_archive_is_read_like_a_folder(tmp_path: Path, name: str) -> None:
    """Its files come with the archive's name before theirs, without furniture; they are counted without their bytes."""
    make = make_zip if name.endswith(".zip") else make_tar
    names = ("p/a.txt", "p/b/c.html", "README.md", "p/x.css", "__MACOSX/a.txt", "p/.hidden")
    path = make(tmp_path / name, *((inside, inside.encode()) for inside in names))
    assert taken(path) == {"p/a.txt": b"p/a.txt", "p/b/c.html": b"p/b/c.html"}
    assert told(path) == {}
    assert count_files([path]) == count_files([tmp_path]) == 2


@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
@pytest.mark.parametrize("top", ["", "saved/"])
def test_a_manifest_in_an_archive_gives_addresses(tmp_path: Path, name: str, top: str) -> None:
    """`index.tsv` at the top of an archive, or of the only folder in it, is found; one deeper inside is not."""
    make = make_zip if name.endswith(".zip") else make_tar
    table = b"file\turl\ttitle\nen/a.txt\thttps://valdria.example/a\tBriefing\n"
    members = ((f"{top}en/a.txt", b"x"), (f"{top}index.tsv", table), (f"{top}en/index.tsv", b"rubbish"))
    (found,) = iter_sources([make(tmp_path / name, *members)])
    assert isinstance(found, Source)
    assert (found.url, found.title) == ("https://valdria.example/a", "Briefing")


def test_a_bad_manifest_in_an_archive_is_an_error(tmp_path: Path) -> None:
    """It names the archive, the table and the line."""
    path = make_zip(tmp_path / "a.zip", ("a.txt", b"x"), ("index.tsv", b"no header"))
    with pytest.raises(SourceError, match=r"a\.zip/index\.tsv, line 1"):
        iter_sources([path])


@pytest.mark.parametrize("name", ["/etc/passwd.txt", "../up.txt", "a/../../up.txt", "C:\\x.txt", "..\\x.txt"])
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str, make: Callable[..., Path]) -> None:
    """Absolute names, steps upwards and drive letters are refused; the others are read, and nothing is written."""
    suffix = ".zip" if make is make_zip else ".tar.gz"
    path = make(tmp_path / f"a{suffix}", (name, b"evil"), ("good.txt", b"good"))
    assert list(told(path).values()) == ["unsafe-name"]
    assert taken(path) == {"good.txt": b"good"}
    assert sorted(tmp_path.iterdir()) == [path]


def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path) -> None:
    """A symbolic or hard link, a pipe and a device of a tar, and a zip's link, are never followed."""
    members = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        info = tarfile.TarInfo(f"{kind.decode()}.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        members.append((info, b""))
    path = make_tar(tmp_path / "a.tar", *members, ("good.txt", b"good"))
    assert set(told(path).values()) == {"not-a-file"}
    assert (len(told(path)), taken(path)) == (4, {"good.txt": b"good"})
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    assert set(told(make_zip(tmp_path / "a.zip", (link, b"/etc/passwd"))).values()) == {"not-a-file"}


def test_an_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    """By its name, and by its bytes where the name hides it."""
    inner = make_zip(tmp_path / "inner.zip", ("a.txt", b"x")).read_bytes()
    path = make_zip(tmp_path / "a.zip", ("b.zip", inner), ("c.txt", inner), ("d.tar.gz", gzip.compress(b"x")))
    assert sorted(told(path).values()) == ["binary", "nested-archive", "nested-archive"]


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    """A member behind a password is told as such; others are read."""
    path = make_zip(tmp_path / "a.zip", ("a.txt", b"secret"), ("b.txt", b"open"))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert list(told(path).values()) == ["encrypted"]
    assert taken(path) == {"b.txt": b"open"}


def test_a_member_packed_by_a_method_without_bounds_is_refused(tmp_path: Path) -> None:
    """Of bzip2 and LZMA a few bytes may come out as gigabytes at once."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"x" * 100, zipfile.ZIP_BZIP2)
        archive.writestr("b.txt", b"x" * 100, zipfile.ZIP_LZMA)
        archive.writestr("c.txt", b"good", zipfile.ZIP_STORED)
    assert list(told(path).values()) == ["bad-archive", "bad-archive"]
    assert taken(path) == {"c.txt": b"good"}


def test_a_damaged_member_does_not_keep_the_others_out(tmp_path: Path) -> None:
    """One whose bytes do not fit its check sum is refused."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"word word")
        archive.writestr("b.txt", b"good")
    path.write_bytes(path.read_bytes().replace(b"word word", b"word wort"))
    assert list(told(path).values()) == ["bad-archive"]
    assert taken(path) == {"b.txt": b"good"}


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar", "a.zip"])
def test_what_is_cut_off_is_said(tmp_path: Path, name: str) -> None:
    """Of a tar that ends too early, what stood before is read; a zip keeps its list at its end, and is refused."""
    make = make_zip if name.endswith(".zip") else make_tar
    path = make(tmp_path / name, *((f"{n}.txt", os.urandom(30_000).hex().encode()) for n in range(5)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert told(path) == {str(path): "bad-archive"}
    assert len(taken(path)) == (0 if name == "a.zip" else 2)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"rubbish" * 400, bytes(range(256)) * 90])
def test_rubbish_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """What is called an archive and is none is one line; the walk goes on."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("good")
    assert set(told(tmp_path).values()) <= {"bad-archive"}
    assert [Path(s.file).name for s in iter_sources([tmp_path]) if isinstance(s, Source)] == ["good.txt"]


def test_a_name_in_an_odd_encoding_can_be_read(tmp_path: Path) -> None:
    """Names in UTF-8 that a zip does not declare as such are read so; others are made printable."""
    path = make_zip(tmp_path / "a.zip", ("外交部.txt", b"x"))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.index(mark) + at] &= ~8
    path.write_bytes(data)
    assert list(taken(path)) == ["外交部.txt"]
    tar = make_tar(tmp_path / "a.tar", (tarfile.TarInfo(os.fsdecode(b"\xcd\xe2\xbd\xbb.txt")), b"x"))
    (name,) = taken(tar)
    assert name.isprintable()


def test_a_huge_member_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    """A member over the limit is told with it, whatever it says of its own size."""
    for make, name in ((make_zip, "a.zip"), (make_tar, "a.tgz")):
        path = make(tmp_path / name, ("a.txt", b"x" * (MAX_BYTES + 1)), ("b.txt", b"good"))
        assert list(told(path).values()) == ["too-large"]
        assert taken(path) == {"b.txt": b"good"}


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive from which more comes than allowed, by number or size, is left there, with one line."""
    path = make_tar(tmp_path / "a.tgz", *((f"{n}.txt", b"x" * 3_000) for n in range(9)))
    monkeypatch.setattr(packed, "MAX_MEMBERS", 4)
    assert (told(path), len(taken(path))) == ({str(path): "too-large"}, 4)
    monkeypatch.setattr(packed, "MAX_MEMBERS", 100)
    monkeypatch.setattr(packed, "MAX_UNPACKED", 20_000)
    assert told(path) == {str(path): "too-large"}


def test_names_without_end_are_refused(tmp_path: Path) -> None:
    """A tar whose header says that a name has gigabytes, and one of headers about headers, are refused."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 10_240)
    assert told(tmp_path / "a.tar") == {str(tmp_path / "a.tar"): "too-large"}
    pax = tarfile.TarInfo("pax")
    pax.type, pax.size = tarfile.XHDTYPE, 0
    (tmp_path / "b.tar").write_bytes(pax.tobuf(tarfile.USTAR_FORMAT) * 5_000)
    assert told(tmp_path / "b.tar") == {str(tmp_path / "b.tar"): "bad-archive"}


def bomb_zip(path: Path) -> None:
    """Two hundred members of forty megabytes each."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", b"x" * 40_000_000)
    (info,) = zipfile.ZipFile(path).infolist()
    data = path.read_bytes()
    body, central = data[: data.index(b"PK\x01\x02")], data[data.index(b"PK\x01\x02") : data.index(b"PK\x05\x06")]
    assert info.header_offset == 0
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(central) * 200, len(body), 0)
    path.write_bytes(body + central * 200 + end)


def bomb_tar(path: Path) -> None:
    """One member that is said to have four gigabytes, and has more than anybody may."""
    info = tarfile.TarInfo("0.txt")
    info.size = 4 << 30
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(info.tobuf())
        for _ in range(40):
            file.write(b"x" * (1 << 20))


def one_line(path: Path) -> None:
    """A gigabyte without a line break, most of it not on the disk."""
    with path.open("wb") as file:
        file.write(b"word " * 1_000)
        file.truncate(1 << 30)


@pytest.mark.parametrize(("name", "make"), [("a.zip", bomb_zip), ("a.tar.gz", bomb_tar), ("a.html", one_line)])
def test_memory_stays_flat(tmp_path: Path, name: str, make: Callable[[Path], None]) -> None:
    """Bombs and a line of a gigabyte are refused by a process that may have 300 MB, and what is good is read."""
    make(tmp_path / name)
    (tmp_path / "good.txt").write_text("good")
    code = (
        "import resource, sys; from pathlib import Path; from index import packed; from index.sources import *\n"
        "packed.MAX_UNPACKED = 100_000_000\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))\n"
        "for s in iter_sources([Path(sys.argv[1])]):\n"
        "    print(s.problem.code if isinstance(s, Unreadable) else 'taken')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert set(done.stdout.split()) == {"too-large", "taken"}


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    """An endless pipe is refused after the limit, in memory that stays flat; a text that comes by it is read."""
    code = (
        "import resource, sys; from pathlib import Path; from index.sources import *\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))\n"
        "(s,) = iter_sources([Path('-')])\n"
        "print(s.problem.code if isinstance(s, Unreadable) else s.data.decode(), count_files([Path('-')]))"
    )
    run = [sys.executable, "-c", code]
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT, stdin=endless, timeout=60)
    assert done.stdout == "too-large 1\n"
    done = subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT, input="a text", timeout=60)
    assert done.stdout == "a text 1\n"


def test_members_are_bounded_one_by_one(tmp_path: Path) -> None:
    """Of a member only one byte more than allowed is read."""
    path = make_zip(tmp_path / "a.zip", ("a.txt", b"x" * 100))
    assert list(iter_members(path, 10)) == [Member("a.txt", b"x" * 11)]
    assert list(iter_members(path, 10, lambda _: False)) == [Member("a.txt")]
    assert isinstance(next(iter_members(make_zip(tmp_path / "b.zip", ("../a", b"")), 10)), BadMember)
