"""The librarian's tables, as programs write them: rows laid into `places.csv` and `entities.csv` of the home.

What becomes a row is decided elsewhere. The one decision: the authority as it would be is checked first, and only if
nothing is wrong with it is anything written, aside and then renamed; what the librarian wrote besides stays as it is.
"""

import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.authority.lint import Placed
from index.authority.rows import ENTITY_COLUMNS, AuthorityError, EntityRow, Fault, entity_cells
from index.authority.tables import load_authority

PLACES, ENTITIES = "places.csv", "entities.csv"


def lay_rows(folder: Path, rows: Sequence[Placed[EntityRow]]) -> tuple[Path, ...]:
    """Put rows into the tables of `folder`, each in the place of the row of its id; the files that were written.

    Args:
        folder: the librarian's; it is made if it is not there.
        rows: each with its place, "file:line" or what else tells a librarian where it comes from.

    Raises:
        AuthorityError: the authority would be at fault; each fault in one of `rows` has its place. Nothing is written.
    """
    check_rows(folder, rows)
    folder.mkdir(parents=True, exist_ok=True)
    held = {id: name for name in (PLACES, ENTITIES) for id in _read_ids(folder / name)}
    laid: dict[str, dict[str, EntityRow]] = {}
    for _, row in rows:
        name = held.get(row.id, PLACES if row.type == "place" else ENTITIES)
        laid.setdefault(name, {})[row.id] = row
    texts = {folder / name: _with_rows(folder / name, laid[name]) for name in (PLACES, ENTITIES) if name in laid}
    _replace(texts)
    return tuple(texts)


def check_rows(folder: Path, rows: Sequence[Placed[EntityRow]]) -> None:
    """Raise AuthorityError if something would be wrong with the authority, were `rows` laid over that of `folder`."""
    with TemporaryDirectory() as aside:
        # Laid over as a folder of its own, so that of two rows at odds the new one is told.
        file = Path(aside) / ENTITIES
        lines = [_line(ENTITY_COLUMNS), *(_line(list(entity_cells(row).values())) for _, row in rows)]
        file.write_text("".join(lines), encoding="utf-8", newline="")
        places, line = {}, lines[0].count("\n")
        for (where, _), text in zip(rows, lines[1:], strict=True):
            line += text.count("\n")
            places[f"{file}:{line}"] = where
        try:
            load_authority(folder, Path(aside))
        except AuthorityError as error:
            raise AuthorityError(tuple(_told(fault, places) for fault in error.faults)) from error


def _told(fault: Fault, places: Mapping[str, str]) -> Fault:
    """A fault with the places that a librarian knows."""
    message = fault.message
    for aside, where in places.items():
        if message.endswith(aside):
            message = message.removesuffix(aside) + where
    return Fault(places.get(fault.where, fault.where), message, fault.hint)


def _read(file: Path) -> Iterator[list[str]]:
    """The lines of a table that was found right; nothing if there is no file."""
    if file.exists():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.reader(lines)


def _header(table: Iterable[list[str]]) -> list[str]:
    return [name.strip() for name in next(iter(table), ENTITY_COLUMNS)]


def _read_ids(file: Path) -> Iterator[str]:
    table = list(_read(file))
    column = _header(table).index("id")
    yield from (cells[column].strip() for cells in table[1:] if cells)


def _with_rows(file: Path, rows: Mapping[str, EntityRow]) -> str:
    """The text of a table with `rows` in the places of those of their ids, and the new ones at its end."""
    table = list(_read(file)) or [list(ENTITY_COLUMNS)]
    header = _header(table)
    column = header.index("id")
    left = dict(rows)
    lines = []
    for cells in table:
        row = left.pop(cells[column].strip(), None) if cells else None
        lines.append(_cells(header, row, cells) if row else cells)
    lines += [_cells(header, row, [""] * len(header)) for row in left.values()]
    start = file.read_bytes()[:4096] if file.exists() else b""
    end = "\r\n" if b"\r\n" in start else "\n"
    mark = "\ufeff" if start.startswith(b"\xef\xbb\xbf") else ""
    return mark + "".join(_line(cells, end) for cells in lines)


def _cells(header: Sequence[str], row: EntityRow, before: Sequence[str]) -> list[str]:
    """A row's cells in the order of a table's columns; columns of the librarian's own stay."""
    cells = entity_cells(row)
    return [cells.get(name, old) for name, old in zip(header, before, strict=True)]


def _line(cells: Iterable[str], end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()


def _replace(texts: Mapping[Path, str]) -> None:
    """Replace files by new texts; before the first is replaced all of them are on the disk."""
    asides = {file: file.with_name(f".{file.name}.{os.getpid()}") for file in texts}
    try:
        for file, aside in asides.items():
            with aside.open("w", encoding="utf-8", newline="") as out:
                out.write(texts[file])
                out.flush()
                os.fsync(out.fileno())
            if file.exists():
                shutil.copymode(file, aside)
        for file, aside in asides.items():
            aside.replace(file)
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
    for folder in {file.parent for file in texts}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
