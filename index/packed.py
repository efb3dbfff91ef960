"""Files packed into one: `.zip`, `.tar`, `.tar.gz`, `.tgz`. What is in it, file by file, never unpacked to the disk.

Here belongs everything about the two formats and what hostile ones can do. The one decision: nothing that an archive
says of itself is believed. Each file, each read and the whole are bounded by what really comes out, so that memory
stays flat whatever is thrown at it, and one bad member does not keep the others out.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")

MAX_MEMBERS = 100_000
"""So many members of an archive are looked at."""

MAX_UNPACKED = 2_000_000_000
"""Bytes that may come out of an archive in all; fifty times as much as all transcripts of a publisher."""

_MAX_READ = 8_000_000
"""Bytes that a format's own tables may ask for at once: a zip's list of members, a tar's long names."""

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1

_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # zipfile: a member packed in a way that it does not know
    RecursionError,
    ValueError,
)
"""What the libraries raise of what is no whole archive."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there, and its bytes, one more than allowed where there are more."""

    name: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class BadMember:
    """What cannot be taken from an archive: a member, or with `name` "" the archive itself, from there on."""

    name: str
    code: str
    text: str


Wanted = Callable[[str], bool]


def _all(_name: str) -> bool:
    return True


def is_packed(path: Path) -> bool:
    """Whether a file's name says that it is an archive."""
    return path.name.casefold().endswith(SUFFIXES)


def iter_members(path: Path, most: int, is_wanted: Wanted = _all) -> Iterator[Member | BadMember]:
    """The files of an archive, without folders: those of a zip by name, those of a tar as they come.

    Args:
        path: the archive.
        most: bytes of a file that are read; one more shows that there were more.
        is_wanted: says by its name whether a file's bytes are to be read.

    Raises:
        OSError: the archive cannot be read from the disk.
    """
    reader = _iter_zip if path.name.casefold().endswith(".zip") else _iter_tar
    unpacked = 0
    try:
        for count, found in enumerate(reader(path, most, is_wanted)):
            unpacked += len(found.data) if isinstance(found, Member) else 0
            if count >= MAX_MEMBERS or unpacked > MAX_UNPACKED:
                yield _too_much()
                return
            yield found
    except _TooMuch:
        yield _too_much()
    except EOFError:
        yield BadMember("", "bad-archive", "it ends too early; get it again. What stood before the end was read")
    except _BROKEN as error:
        yield BadMember("", "bad-archive", f"not a whole archive of its kind ({_said(error)}); get it again")


class _TooMuch(Exception):
    """More comes out of an archive than anybody would pack."""


def _too_much() -> BadMember:
    text = (
        f"more than {MAX_MEMBERS:,} members or {MAX_UNPACKED / 1e9:.0f} GB come out of it; split it. The rest is left"
    )
    return BadMember("", "too-large", text)


def _said(error: Exception) -> str:
    """What a library said, as a part of one line."""
    return "".join(c if c.isprintable() else " " for c in f"{error}")[:100] or type(error).__name__


class _Bounded(io.RawIOBase):
    """A file of which nobody reads too much at once, or in all: what a format says of its own size is not believed."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._left = MAX_UNPACKED

    def allow(self, size: int) -> None:
        """Let so many bytes be read from now on, and no more."""
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or all that are left, if that is a sensible number."""
        if size > _MAX_READ:
            raise _TooMuch
        data = self._file.read(size if size >= 0 else _MAX_READ + 1)
        self._left -= len(data)
        if len(data) > _MAX_READ or self._left < 0:
            raise _TooMuch
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go there; in a packed stream that reads what stands between, a little at a time."""
        if whence == 0 and offset > MAX_UNPACKED:
            raise _TooMuch
        where = self._file.seek(offset, whence)
        if where > MAX_UNPACKED:
            raise _TooMuch
        return where

    def tell(self) -> int:
        """Where it is."""
        return self._file.tell()

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True


def _iter_zip(path: Path, most: int, is_wanted: Wanted) -> Iterator[Member | BadMember]:
    with path.open("rb") as file, zipfile.ZipFile(_Bounded(file)) as archive:
        for info in sorted(archive.infolist()[: MAX_MEMBERS + 1], key=_zip_name):
            name = _zip_name(info)
            if info.is_dir():
                continue
            if bad := _check_zip(info, name):
                yield bad
            elif not is_wanted(name):
                yield Member(name)
            else:
                try:
                    with archive.open(info) as member:
                        yield Member(name, _read(member, most))
                except _BROKEN as error:
                    yield BadMember(name, "bad-archive", f"damaged in the archive ({_said(error)}); get it again")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; of one that does not say how it is encoded, as UTF-8, if it is that."""
    if not info.flag_bits & _UTF8_FLAG:
        try:
            return info.orig_filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass  # truly of the old code page
    return info.orig_filename


def _check_zip(info: zipfile.ZipInfo, name: str) -> BadMember | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        return BadMember(
            name, "not-a-file", "a link or a device in an archive; only files are read. Pack the file itself"
        )
    if info.flag_bits & _ENCRYPTED_FLAG:
        return BadMember(name, "encrypted", "locked by a password; unpack it, and add the folder")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        # Others cannot be unpacked a bounded piece at a time.
        return BadMember(name, "bad-archive", "packed by an unusual method; unpack it, and add the folder")
    return _check_name(name)


def _check_name(name: str) -> BadMember | None:
    """What is wrong with a member's name: nothing is ever written under it, but honest archives have no such names."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or plain[1:2] == ":" or ".." in plain.split("/") or "\0" in plain:
        return BadMember(name, "unsafe-name", "a name that leads out of the archive; pack it anew, with plain names")
    if is_packed(Path(plain)):
        return BadMember(name, "nested-archive", "an archive within an archive; unpack it first")
    return None


def _iter_tar(path: Path, most: int, is_wanted: Wanted) -> Iterator[Member | BadMember]:
    with _open_tar(path) as file:
        bounded = _Bounded(file)
        bounded.allow(_MAX_READ)
        with tarfile.TarFile(fileobj=bounded, encoding="utf-8", errors="surrogateescape") as archive:
            while (info := archive.next()) is not None:
                if info.size < 0:
                    raise tarfile.ReadError("a size below nothing")  # it would lead in a circle
                archive.members = []  # type: ignore[attr-defined]  # it would keep them all
                bounded.allow(most + _MAX_READ)
                name = info.name.removeprefix("./")
                if bad := _check_tar(info, name):
                    yield bad
                elif info.isreg() and not is_wanted(name):
                    yield Member(name)
                elif member := archive.extractfile(info) if info.isreg() else None:
                    yield Member(name, _read(member, most))
                bounded.allow(_MAX_READ)


def _check_tar(info: tarfile.TarInfo, name: str) -> BadMember | None:
    if info.isdir():
        return None
    if not info.isreg() or info.issparse():
        return BadMember(name, "not-a-file", "a link or a device in an archive; only files are read")
    return _check_name(name)


@contextmanager
def _open_tar(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a tar, unpacked as they are read."""
    with path.open("rb") as file:
        is_plain = path.name.casefold().endswith(".tar") and file.read(2) != _GZIP
        file.seek(0)
        if is_plain:
            yield file
        else:
            with gzip.GzipFile(fileobj=file) as plain:
                yield cast("IO[bytes]", plain)


def _read(member: IO[bytes], most: int) -> bytes:
    """All of a member, or the first bytes up to one more than allowed."""
    pieces, left = [], most + 1
    while left and (piece := member.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
