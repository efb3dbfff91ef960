"""What the librarian gives: what is there to read, where it came from, its bytes and digest.

Here belong files, folders, archives (opened in `packed`) and standard input; nothing here looks into a page. The one
decision: a bad file is a value in the stream (`Unreadable`) and the walk goes on, whereas a bad instruction (a
manifest, an address) is an error before anything is read, because it would give every file a wrong address.
"""

import os
import stat
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath
from typing import TypeGuard

from index.manifest import MANIFEST_NAME, MAX_MANIFEST, Row, SourceError, check_url, parse_manifest, read_manifest
from index.packed import BadMember, Member, is_packed, iter_members
from search.model import Problem

STANDARD_INPUT = Path("-")
"""Stands for what comes through a pipe."""

MAX_BYTES = 20_000_000
"""The largest file that is read; the longest real transcripts have a hundredth of it."""

_NOT_TRANSCRIPTS = frozenset("readme license licence copying notice changelog".split())
_ASSETS = frozenset(
    ".tsv .csv .json .jsonl .toml .yaml .yml .css .js .map .jpg .jpeg .png .gif .svg .ico .webp .bmp .woff .woff2 .ttf "
    ".eot .mp3 .mp4 .sqlite3".split()
)
"""What lies beside saved pages and is passed over in a folder. A file named by itself is never passed over."""

_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\x7fELF", b"7z\xbc\xaf")
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


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


def iter_sources(
    paths: Sequence[Path], *, url: str | None = None, manifest: Path | None = None
) -> Iterator[Source | Unreadable]:
    """Every file under `paths`, in archives too, one at a time; sorted within each folder.

    Args:
        paths: files, which are always read, archives and folders, which are searched for transcripts; `-` is what
            comes through a pipe.
        url: the address of the only file that `paths` hold.
        manifest: a table of addresses and titles; without it, `index.tsv` at the top of a folder or an
            archive given is read.

    Raises:
        SourceError: the manifest cannot be read, or `url` is no address or does not stand for exactly one file.
    """
    rows: dict[str, Row] = {}
    if manifest:
        rows |= _placed(manifest.parent, read_manifest(manifest))
    else:
        for path in paths:
            rows |= _manifest_of(path)
    if url is not None:
        check_url(url, "--url")
        if (count := count_files(paths)) != 1:
            raise SourceError(
                f"--url is the address of one file, but {count} files were given",
                hint="give one file, or a manifest with a row for each",
            )
    return _read_all(paths, url, rows)


def count_files(paths: Sequence[Path]) -> int:
    """How many files `iter_sources` gives for `paths`; of those in archives, only the names are read."""
    return sum(
        1
        for found in _iter_given(paths)
        for _ in (_iter_packed(found, names_only=True) if _is_archive(found) else (found,))
    )


def take_in(file: str, data: bytes, *, url: str | None = None, title: str | None = None) -> Source | Unreadable:
    """The source that bytes make, wherever they came from, or why they are none."""
    if len(data) > MAX_BYTES:
        return _too_large(file, len(data))
    if not data.strip():
        return _refused(file, "empty", "the file is empty; save the page again")
    if data.startswith(_MAGIC) or (b"\0" in data and not data.startswith(_WIDE_BOMS)):
        return _refused(file, "binary", "not a text (binary data); save the page as HTML or as plain text")
    return Source(_printable(file), data, sha256(data).hexdigest(), url, title)


def _read_all(paths: Sequence[Path], url: str | None, rows: Mapping[str, Row]) -> Iterator[Source | Unreadable]:
    for found in _iter_given(paths):
        if isinstance(found, Unreadable):
            yield found
        else:
            for key, source in _iter_packed(found) if _is_archive(found) else ((_key(found), _read_file(found)),):
                if isinstance(source, Source):
                    row = rows.get(key, Row())
                    source = replace(source, url=url or row.url, title=row.title)  # noqa: PLW2901 (completed)
                yield source


def _is_archive(found: Path | Unreadable) -> TypeGuard[Path]:
    try:
        return isinstance(found, Path) and is_packed(found) and stat.S_ISREG(found.stat().st_mode)
    except (OSError, ValueError):
        return False  # what forbids it is told when it is read


def _iter_packed(path: Path, *, names_only: bool = False) -> Iterator[tuple[str, Source | Unreadable]]:
    """What is in an archive, each with the key under which a manifest knows it; furniture is passed over."""
    key = _key(path)
    try:
        for found in iter_members(path, MAX_BYTES, lambda _: not names_only):
            file = f"{path}/{found.name}" if found.name else str(path)
            if isinstance(found, BadMember):
                yield key, _refused(file, found.code, found.text)
            elif not any(map(_is_skipped, map(PurePosixPath, _parts(found.name)))):
                place = os.path.normpath(f"{key}/{found.name}")
                yield place, Source(file, b"", "") if names_only else take_in(file, found.data)
    except (OSError, ValueError) as error:
        yield key, _unreadable(path, error)


def _parts(name: str) -> Sequence[str]:
    return PurePosixPath(name.replace("\\", "/")).parts


def _manifest_of(path: Path) -> Mapping[str, Row]:
    """The manifest that lies at the top of a folder or an archive, if there is one."""
    if _is_archive(path):
        return _packed_manifest(path)
    try:
        file = path / MANIFEST_NAME
        return _placed(path, read_manifest(file)) if file.is_file() else {}
    except (OSError, ValueError):
        return {}  # what forbids it is told when the folder is walked


def _packed_manifest(path: Path) -> Mapping[str, Row]:
    """The manifest at the top of an archive, or in the only folder that is at its top."""
    tops, found = set(), {}
    try:
        for member in iter_members(path, MAX_MANIFEST, lambda name: _parts(name)[-1:] == (MANIFEST_NAME,)):
            parts = _parts(member.name)
            if isinstance(member, Member) and parts:
                tops.add(parts[0])
                if member.data and len(parts) <= 2:
                    found[parts[:-1]] = member.data
    except OSError:
        pass  # told when it is read
    folder = () if () in found or len(tops) != 1 else (*tops,)
    if folder not in found:
        return {}
    place = "/".join((*folder, MANIFEST_NAME))
    return _placed(Path(_key(path), *folder), parse_manifest(found[folder], f"{path}/{place}"))


def _placed(folder: Path, rows: Mapping[str, Row]) -> Mapping[str, Row]:
    """The rows of a manifest in `folder`, by the absolute path of their file."""
    return {_key(folder / file): row for file, row in rows.items()}


def _iter_given(paths: Sequence[Path]) -> Iterator[Path | Unreadable]:
    seen: set[str] = set()
    for path in paths:
        try:
            is_folder = path != STANDARD_INPUT and stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        for found in iter_files(path) if is_folder else (path,):
            name = _key(Path(found.file) if isinstance(found, Unreadable) else found)
            if name not in seen:
                seen.add(name)
                yield found


def iter_files(top: Path) -> Iterator[Path | Unreadable]:
    """The files of a folder and of those in it, in order of name; a link back to a folder above is reported.

    Links are followed last, and a folder to which several lead is walked once, under its own name if it lies inside: of
    links to links there could be more than anybody can walk.
    """
    pending: list[tuple[Path, frozenset[tuple[int, int]]]] = [(top, frozenset())]
    links: deque[tuple[Path, frozenset[tuple[int, int]]]] = deque()
    walked: set[tuple[int, int]] = set()
    while pending or links:
        path, above = pending.pop() if pending else links.popleft()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in above:
                yield _refused(str(path), "symlink-loop", "a link back to a folder above it; remove the link")
                continue
            if identity in walked:
                continue
            walked.add(identity)
            inside = sorted((p for p in path.iterdir() if not _is_skipped(p)), reverse=True)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        linked = frozenset(p for p in inside if p.is_symlink())
        pending.extend((p, above | {identity}) for p in inside if p not in linked)
        links.extend((p, above | {identity}) for p in reversed(inside) if p in linked)


def _is_skipped(path: PurePath) -> bool:
    name = path.name.casefold()
    if name.startswith((".", "__macosx")):
        return True
    return path.stem.casefold() in _NOT_TRANSCRIPTS or path.suffix.casefold() in _ASSETS


def _read_file(path: Path) -> Source | Unreadable:
    if path == STANDARD_INPUT:
        return take_in("standard input", sys.stdin.buffer.read(MAX_BYTES + 1))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(str(path), "not-a-file", "neither a file nor a folder; save the page as a file")
        if status.st_size > MAX_BYTES:
            return _too_large(str(path), status.st_size)
        with path.open("rb") as file:
            return take_in(str(path), file.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        return _unreadable(path, error)


def _too_large(file: str, size: int) -> Unreadable:
    most = f"more than the {MAX_BYTES / 1e6:.0f} MB allowed"
    told = most if size == MAX_BYTES + 1 else f"{size / 1e6:.0f} MB, {most}"
    return _refused(file, "too-large", f"{told}; split it, or save the text alone")


def _unreadable(path: Path, error: OSError | ValueError) -> Unreadable:
    file = str(path)
    match error:
        case FileNotFoundError():
            return _refused(file, "missing", "there is no such file or folder; check the path")
        case PermissionError():
            return _refused(file, "no-permission", "reading is not permitted; give this user the right to read it")
        case OSError():
            said = error.strerror or error
            return _refused(file, "unreadable", f"cannot be read: {said}; check the disk and the path")
        case _:
            return _refused(file, "unreadable", f"the path cannot be used: {error}; check its characters")


def _refused(file: str, code: str, text: str) -> Unreadable:
    file = _printable(file)
    return Unreadable(file, Problem(code, "refused", f"{file}: {text}"))


def _printable(file: str) -> str:
    """The path as one line that can be printed, whatever its bytes."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in file)


def _key(path: Path) -> str:
    """One name for a file, however its path is written; links are not followed."""
    return os.path.normpath(path.absolute())
