"""A table of addresses and titles beside saved pages: `index.tsv`, or what `--manifest` names.

Here belongs how it is read and checked. The one decision: a bad manifest is an error before any page is read, because
it would give every page a wrong address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from search.errors import LecternError

MANIFEST_NAME = "index.tsv"

MAX_MANIFEST = 50_000_000
"""Bytes of a manifest that are read: a row for each of a hundred thousand pages has room."""


class SourceError(LecternError):
    """An instruction about files (an address, a manifest) that cannot be followed."""

    code: ClassVar[str] = "bad_source"
    status: ClassVar[int] = 400


@dataclass(frozen=True, slots=True)
class Row:
    """What a manifest says of a file."""

    url: str | None = None
    title: str | None = None


def check_url(url: str, where: str) -> None:
    """Raise SourceError unless `url` is the address of a page on the web."""
    if not url.startswith(("http://", "https://")) or not url.isprintable() or " " in url:
        raise SourceError(f"{url!r} is not an address", where=where, hint="it must begin with http:// or https://")


def read_manifest(path: Path) -> Mapping[str, Row]:
    """The rows of the manifest at `path`, by the name of their file as it stands there. Raises SourceError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_MANIFEST + 1)
    except OSError as error:
        raise SourceError(
            f"the manifest cannot be read: {error.strerror or error}", where=str(path), hint="check --manifest"
        ) from error
    return parse_manifest(data, str(path))


def parse_manifest(data: bytes, where: str) -> Mapping[str, Row]:
    """The rows of a manifest, by the name of their file as it stands there. Raises SourceError."""
    if len(data) > MAX_MANIFEST:
        raise SourceError("the manifest is too large", where=where, hint=f"at most {MAX_MANIFEST / 1e6:.0f} MB")
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the manifest is not UTF-8 (byte {error.start})", where=where, hint="save it as UTF-8"
        ) from error
    columns = lines[0].rstrip("\r").split("\t")
    if "file" not in columns or "url" not in columns:
        raise SourceError(
            "the manifest has no header with the columns file and url",
            where=f"{where}, line 1",
            hint="begin it with: file<TAB>url<TAB>title",
        )
    rows: dict[str, Row] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            file, row = _read_row(columns, line.rstrip("\r").split("\t"), f"{where}, line {number}")
            rows[file] = row
    return rows


def _read_row(columns: list[str], values: list[str], where: str) -> tuple[str, Row]:
    if len(values) > len(columns) or not "".join(values[columns.index("file") :][:1]).strip():
        raise SourceError("the row does not fit the header", where=where, hint="one tab between two columns")
    row = dict(zip(columns, (v.strip() for v in values), strict=False))
    if row.get("url"):
        check_url(row["url"], where)
    return row["file"], Row(row.get("url") or None, row.get("title") or None)
