"""Files and folders as given by the librarian: what is there to read, where it came from, its bytes and digest.

Here belongs everything about files; nothing here looks into a page. The one decision: a bad file is a value in the
stream (`Unreadable`) and the walk goes on, whereas a bad instruction (a manifest, an address) is an error before
anything is read, because it would give every file a wrong address.
"""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from search.errors import LecternError
from search.model import Problem

MAX_BYTES = 20_000_000
"""The largest file that is read; the longest real transcripts have a hundredth of it."""

MANIFEST_NAME = "index.tsv"

_NOT_TRANSCRIPTS = frozenset("readme license licence copying notice changelog".split())
_ASSETS = frozenset(
    ".tsv .csv .json .jsonl .toml .yaml .yml .css .js .map .jpg .jpeg .png .gif .svg .ico .webp .bmp .woff .woff2 .ttf "
    ".eot .mp3 .mp4 .sqlite3".split()
)
"""What lies beside saved pages and is passed over in a folder. A file named by itself is never passed over."""

_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\x7fELF", b"7z\xbc\xaf")
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


class SourceError(LecternError):
    """An instruction about files (an address, a manifest) that cannot be followed."""

    code: ClassVar[str] = "bad_source"
    status: ClassVar[int] = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A file as received.

    Attributes:
        file: its path, as given; what cannot be printed is replaced.
        data: its bytes.
        digest: their SHA-256, in hexadecimal.
        url: the publisher's address, where the librarian or a manifest states it.
        title: the title that a manifest states.
    """

    file: str
    data: bytes
    digest: str
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be taken in, and why."""

    file: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class _Row:
    url: str | None
    title: str | None


def iter_sources(
    paths: Sequence[Path], *, url: str | None = None, manifest: Path | None = None
) -> Iterator[Source | Unreadable]:
    """Every file under `paths`, sorted within each folder, one at a time.

    Args:
        paths: files, which are always read, and folders, which are searched for transcripts.
        url: the address of the only file that `paths` hold.
        manifest: a table of addresses and titles; without it, `index.tsv` at the top of a folder given is read.

    Raises:
        SourceError: the manifest cannot be read, or `url` is no address or does not stand for exactly one file.
    """
    rows: dict[str, _Row] = {}
    tables = [manifest] if manifest else [p / MANIFEST_NAME for p in paths if _has_manifest(p)]
    for table in tables:
        rows.update(_read_manifest(table))
    if url is not None:
        _check_url(url, "--url")
        found = list(_iter_files(paths))
        if len(found) != 1:
            raise SourceError(
                f"--url is the address of one file, but {len(found)} files were given",
                hint="give one file, or a manifest with a row for each",
            )
    return _read_all(paths, url, rows)


def count_files(paths: Sequence[Path]) -> int:
    """How many files `iter_sources` gives for `paths`; none is opened."""
    return sum(1 for _ in _iter_files(paths))


def _read_all(paths: Sequence[Path], url: str | None, rows: Mapping[str, _Row]) -> Iterator[Source | Unreadable]:
    for found in _iter_files(paths):
        if isinstance(found, Unreadable):
            yield found
            continue
        source = _read_file(found)
        if isinstance(source, Source):
            row = rows.get(_key(found), _Row(None, None))
            source = Source(source.file, source.data, source.digest, url or row.url, row.title)
        yield source


def _iter_files(paths: Sequence[Path]) -> Iterator[Path | Unreadable]:
    seen: set[str] = set()
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        for found in _iter_folder(path) if is_folder else (path,):
            name = _key(Path(found.file) if isinstance(found, Unreadable) else found)
            if name not in seen:
                seen.add(name)
                yield found


def _iter_folder(top: Path) -> Iterator[Path | Unreadable]:
    """The files of a folder and of those in it, in order of name; a link back to a folder above is reported."""
    pending: list[tuple[Path, frozenset[tuple[int, int]]]] = [(top, frozenset())]
    while pending:
        path, above = pending.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in above:
                yield _refused(path, "symlink-loop", "a link back to a folder above it; remove the link")
                continue
            inside = sorted((p for p in path.iterdir() if not _is_skipped(p)), reverse=True)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        pending.extend((p, above | {identity}) for p in inside)


def _is_skipped(path: Path) -> bool:
    name = path.name.casefold()
    return name.startswith(".") or path.stem.casefold() in _NOT_TRANSCRIPTS or path.suffix.casefold() in _ASSETS


def _read_file(path: Path) -> Source | Unreadable:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(path, "not-a-file", "neither a file nor a folder; save the page as a file")
        if status.st_size > MAX_BYTES:
            return _too_large(path, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return _unreadable(path, error)
    if len(data) > MAX_BYTES:
        return _too_large(path, len(data))
    if not data.strip():
        return _refused(path, "empty", "the file is empty; save the page again")
    if data.startswith(_MAGIC) or (b"\0" in data and not data.startswith(_WIDE_BOMS)):
        return _refused(path, "binary", "not a text (binary data); save the page as HTML or as plain text")
    return Source(_printable(path), data, sha256(data).hexdigest())


def _too_large(path: Path, size: int) -> Unreadable:
    text = f"{size / 1e6:.0f} MB, more than the {MAX_BYTES / 1e6:.0f} MB allowed; split it, or save the text alone"
    return _refused(path, "too-large", text)


def _unreadable(path: Path, error: OSError | ValueError) -> Unreadable:
    match error:
        case FileNotFoundError():
            return _refused(path, "missing", "there is no such file or folder; check the path")
        case PermissionError():
            return _refused(path, "no-permission", "reading is not permitted; give this user the right to read it")
        case OSError():
            return _refused(
                path, "unreadable", f"cannot be read: {error.strerror or error}; check the disk and the path"
            )
        case _:
            return _refused(path, "unreadable", f"the path cannot be used: {error}; check its characters")


def _refused(path: Path, code: str, text: str) -> Unreadable:
    file = _printable(path)
    return Unreadable(file, Problem(code, "refused", f"{file}: {text}"))


def _printable(path: Path) -> str:
    """The path as one line that can be printed, whatever its bytes."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))


def _has_manifest(folder: Path) -> bool:
    try:
        return (folder / MANIFEST_NAME).is_file()
    except OSError:
        return False  # what forbids it is told when the folder is walked


def _key(path: Path) -> str:
    """One name for a file, however its path is written; links are not followed."""
    return os.path.normpath(path.absolute())


def _check_url(url: str, where: str) -> None:
    if not url.startswith(("http://", "https://")) or not url.isprintable() or " " in url:
        raise SourceError(f"{url!r} is not an address", where=where, hint="it must begin with http:// or https://")


def _read_manifest(path: Path) -> dict[str, _Row]:
    """The rows of a manifest, by absolute path of their file."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(
            f"the manifest cannot be read: {error.strerror or error}", where=str(path), hint="check --manifest"
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the manifest is not UTF-8 (byte {error.start})", where=str(path), hint="save it as UTF-8"
        ) from error
    columns = lines[0].rstrip("\r").split("\t")
    if "file" not in columns or "url" not in columns:
        raise SourceError(
            "the manifest has no header with the columns file and url",
            where=f"{path}, line 1",
            hint="begin it with: file<TAB>url<TAB>title",
        )
    rows: dict[str, _Row] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        values = line.rstrip("\r").split("\t")
        where = f"{path}, line {number}"
        if len(values) > len(columns) or not values[columns.index("file")].strip():
            raise SourceError("the row does not fit the header", where=where, hint="one tab between two columns")
        row = dict(zip(columns, (v.strip() for v in values), strict=False))
        if row.get("url"):
            _check_url(row["url"], where)
        rows[_key(path.parent / row["file"])] = _Row(row.get("url") or None, row.get("title") or None)
    return rows
