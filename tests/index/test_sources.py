"""Files and folders: what is read, in which order, and what is said of what cannot be."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from index.sources import MAX_BYTES, Source, SourceError, Unreadable, iter_sources


def codes(*paths: Path) -> dict[str, str]:
    """The problem's code of each file that could not be taken in, by name."""
    return {Path(s.file).name: s.problem.code for s in iter_sources(paths) if isinstance(s, Unreadable)}


def names(*paths: Path) -> list[str]:
    """The names of the files taken in, in order."""
    return [Path(s.file).name for s in iter_sources(paths) if isinstance(s, Source)]


def test_a_file_comes_with_its_bytes_and_digest(tmp_path: Path) -> None:
    """A source holds the bytes as they are, and their SHA-256."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"Q: x\r\n")
    assert list(iter_sources([file])) == [Source(str(file), b"Q: x\r\n", sha256(b"Q: x\r\n").hexdigest())]


def test_a_folder_is_read_in_order_of_name_without_its_furniture(tmp_path: Path) -> None:
    """Hidden files, manifests, READMEs and pictures in a folder are passed over; folders in it are searched."""
    (tmp_path / "b").mkdir()
    for name in ("c.html", "a.txt", "b/2.txt", "b/1.txt", ".hidden", "README.md", "LICENSE", "x.tsv", "p.jpg"):
        (tmp_path / name).write_text("text")
    assert names(tmp_path) == ["a.txt", "1.txt", "2.txt", "c.html"]


def test_a_file_named_by_itself_is_never_passed_over(tmp_path: Path) -> None:
    """A README that the librarian names is read."""
    (tmp_path / "README.md").write_text("text")
    assert names(tmp_path / "README.md") == ["README.md"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """A folder and a file in it do not give that file twice."""
    (tmp_path / "a.txt").write_text("text")
    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt") == ["a.txt"]


def test_every_bad_file_is_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    """Empty, binary, oversized and missing files are each refused with a code and a hint; a good one is read."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n")
    (tmp_path / "nul.bin").write_bytes(b"a\0b")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 text")
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "good.txt").write_text("text")
    assert codes(tmp_path, tmp_path / "none.txt") == {
        "blank.txt": "empty",
        "empty.txt": "empty",
        "huge.html": "too-large",
        "none.txt": "missing",
        "nul.bin": "binary",
        "scan.pdf": "binary",
    }
    assert names(tmp_path) == ["good.txt"]
    for found in iter_sources([tmp_path]):
        if isinstance(found, Unreadable):
            assert found.problem.severity == "refused"
            assert found.problem.message.startswith(f"{found.file}: ")
            assert "\n" not in found.problem.message
            assert ";" in found.problem.message, "a hint follows what is wrong"


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is never opened."""
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    assert codes(tmp_path) == {"huge.html": "too-large"}


@pytest.mark.parametrize("what", ["file", "folder"])
def test_without_permission_the_walk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A file or folder that may not be read is told as such; root may read all, so the refusal is put in by hand."""
    (tmp_path / "shut").mkdir() if what == "folder" else (tmp_path / "shut").write_text("text")
    (tmp_path / "open.txt").write_text("text")
    real_open, real_iterdir = Path.open, Path.iterdir

    def refuse_open(self: Path, *args: str) -> object:
        if self.name == "shut":
            raise PermissionError(13, "Permission denied")
        return real_open(self, *args)

    def refuse_iterdir(self: Path) -> object:
        if self.name == "shut":
            raise PermissionError(13, "Permission denied")
        return real_iterdir(self)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(Path, "iterdir", refuse_iterdir)
    assert codes(tmp_path) == {"shut": "no-permission"}
    assert names(tmp_path) == ["open.txt"]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """A link to a folder above, a link to itself and a dangling link are reported, and the walk ends."""
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert codes(tmp_path) == {"gone": "missing", "self": "unreadable", "up": "symlink-loop"}
    assert names(tmp_path) == ["a.txt"]


def test_links_to_links_are_walked_once(tmp_path: Path) -> None:
    """Forty folders, each with two links to the next, give their files once, under the folders' own names."""
    for n in range(40):
        (tmp_path / f"{n:02}").mkdir()
        (tmp_path / f"{n:02}" / "a.txt").write_text("text")
        for name in ("A", "B"):
            (tmp_path / f"{n:02}" / name).symlink_to(tmp_path / f"{n + 1:02}" if n < 39 else tmp_path)
    (tmp_path / "00first").symlink_to(tmp_path / "07")
    files = [s.file for s in iter_sources([tmp_path]) if isinstance(s, Source)]
    assert files == [str(tmp_path / f"{n:02}" / "a.txt") for n in range(40)]


def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    """A named pipe would wait for ever, and is refused unopened; so is a device."""
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path, Path("/dev/zero")) == {"pipe": "not-a-file", "zero": "not-a-file"}


def test_a_path_that_no_system_takes_is_refused() -> None:
    """A NUL in a path is a problem of that path, printed without it."""
    (found,) = iter_sources([Path("a\0b")])
    assert isinstance(found, Unreadable)
    assert found.problem.code == "unreadable"
    assert "\0" not in found.problem.message


def test_a_name_that_cannot_be_printed_is_made_printable(tmp_path: Path) -> None:
    """A line break or a byte that is no UTF-8 in a file's name breaks neither the report nor the record."""
    (tmp_path / "a\nb.txt").write_text("text")
    (tmp_path / os.fsdecode(b"c\xff.txt")).write_text("text")
    assert names(tmp_path) == ["a\ufffdb.txt", "c\ufffd.txt"]


def test_a_manifest_at_the_top_of_a_folder_gives_addresses_and_titles(tmp_path: Path) -> None:
    """`index.tsv` is found by itself; a file without a row has no address."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.html").write_text("text")
    (tmp_path / "b.html").write_text("text")
    (tmp_path / "index.tsv").write_text("file\turl\ttitle\nen/a.html\thttps://valdria.example/a\tBriefing\n\n")
    found = {Path(s.file).name: (s.url, s.title) for s in iter_sources([tmp_path]) if isinstance(s, Source)}
    assert found == {"a.html": ("https://valdria.example/a", "Briefing"), "b.html": (None, None)}


def test_a_manifest_given_is_relative_to_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its paths do not depend on where the command is run."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text("text")
    (tmp_path / "list.tsv").write_bytes(b"\xef\xbb\xbffile\turl\r\npages/a.html\thttp://valdria.example/a\r\n")
    monkeypatch.chdir(tmp_path / "pages")
    (found,) = iter_sources([Path("a.html")], manifest=tmp_path / "list.tsv")
    assert isinstance(found, Source)
    assert found.url == "http://valdria.example/a"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a.html\thttps://valdria.example/\n", "line 1"),
        ("file\turl\na.html\thttps://valdria.example/\tx\n", "line 2"),
        ("file\turl\n\thttps://valdria.example/\n", "line 2"),
        ("file\turl\na.html\tjavascript:alert(1)\n", "line 2"),
    ],
)
def test_a_bad_manifest_is_an_error_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    """No header, too many columns, no file, or an address that is none: nothing is read, and the line is named."""
    (tmp_path / "index.tsv").write_text(text)
    with pytest.raises(SourceError, match=line):
        iter_sources([tmp_path])


def test_a_manifest_that_is_missing_or_not_utf8_is_an_error(tmp_path: Path) -> None:
    """A manifest asked for must be readable."""
    with pytest.raises(SourceError, match="cannot be read"):
        iter_sources([tmp_path], manifest=tmp_path / "none.tsv")
    (tmp_path / "index.tsv").write_bytes(b"file\turl\n\xff\n")
    with pytest.raises(SourceError, match="not UTF-8"):
        iter_sources([tmp_path])


def test_an_address_is_that_of_one_file(tmp_path: Path) -> None:
    """`--url` goes to a single file, is refused for two, and must be an address."""
    (tmp_path / "a.txt").write_text("text")
    (found,) = iter_sources([tmp_path], url="https://valdria.example/a")
    assert isinstance(found, Source)
    assert found.url == "https://valdria.example/a"
    with pytest.raises(SourceError, match="not an address"):
        iter_sources([tmp_path], url="valdria.example/a")
    (tmp_path / "b.txt").write_text("text")
    with pytest.raises(SourceError, match="2 files"):
        iter_sources([tmp_path], url="https://valdria.example/a")
