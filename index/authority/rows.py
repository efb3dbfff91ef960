"""The rows of the four tables, and how one CSV file is read into them.

Here belong the records, the reading, and the error that says what is wrong where; what rows must be among each other
belongs to `lint`. The one decision: reading never stops at the first fault, so that a librarian sees all of them.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar, TypeVar, cast

from search.errors import LecternError
from search.model import EntityType
from search.text import fold

Row = TypeVar("Row")
Cells = Mapping[str, str]

_STRAIGHT = (
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\uff07\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201f\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-")
    | dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
)

_TABLE = str.maketrans(_STRAIGHT)
_SHORT = 100
"""So many letters are looked at one by one."""


def straight(text: str) -> str:
    """`text` with straight quotes, plain hyphens and plain spaces, as long as before: offsets stay right."""
    if len(text) < _SHORT:
        return text if text.isascii() and "`" not in text and "\t" not in text else text.translate(_TABLE)
    # One sign after the other: a text has few kinds of them, and `translate` looks at each of its letters.
    if not text.isascii() or "`" in text or "\t" in text:
        for sign, plain in _STRAIGHT.items():
            text = text.replace(sign, plain)
    return text


def label_key(label: str) -> str:
    """What two printings of one label have in common, whatever their case, diacritics, quotes and spaces."""
    return fold(" ".join(straight(label).split()))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a table: `where` is the file, and its line after a colon; `hint` says what to do."""

    where: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} ({self.hint})"


class AuthorityError(LecternError):
    """Tables that cannot be used. The error is about the first fault; `faults` holds all of them."""

    code: ClassVar[str] = "authority"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first, more = faults[0], len(faults) - 1
        message = f"{first.message} [and {more} more]" if more else first.message
        super().__init__(message, where=first.where, hint=first.hint)
        self.faults = faults


@dataclass(frozen=True)
class EntityRow:
    """One entity, or one block.

    Attributes:
        id: permanent, `place-ph`; what the index stores.
        label: what pages call it.
        aliases: other names by which texts know it, demonyms among them.
        titles: what stands before a person's name.
        parent: id of the place or body that it is part of.
        scope: publishers at which the row counts; empty for all of them.
        flags: `block` (swallow the text, emit nothing), `nolabel` (look for the aliases only),
            `national` (other countries have one of that name: only the parent's counts),
            `retired` (others took its place; it only keeps links to its id alive).
        successors: of a retired row the ids that took its place: one after a merge, several after a split. The table
            has them in the place of the parent.
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    parent: str | None = None
    scope: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    note: str = ""
    successors: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is looked for in texts, each once, in straight form; of a retired row nothing."""
        if "retired" in self.flags:
            return ()
        labels = () if "nolabel" in self.flags else (self.label,)
        return tuple(dict.fromkeys(straight(name) for name in (*labels, *self.aliases)))


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet: its canonical name, the labels it is printed with, and the id of its country."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Who speaks for a publisher: canonical name, printed labels, titles, first and last year (or day) as known."""

    publisher: str
    name: str
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    note: str = ""


def split_names(cell: str) -> tuple[str, ...]:
    """The names in a cell."""
    return tuple(part.strip() for part in cell.split("|")) if cell else ()


def entity_row(cells: Cells) -> EntityRow:
    """The entity that one line of `places.csv` or `entities.csv` describes; `lint` checks its type."""
    flags = tuple(sorted(cells["flags"].split()))
    retired = "retired" in flags
    return EntityRow(
        id=cells["id"],
        type=cast("EntityType", cells["type"]),
        label=cells["label"],
        aliases=split_names(cells["aliases"]),
        titles=split_names(cells["titles"]),
        parent=None if retired else cells["parent"] or None,
        scope=tuple(cells["scope"].split()),
        flags=flags,
        note=cells["note"],
        successors=tuple(cells["parent"].split()) if retired else (),
    )


def entity_cells(row: EntityRow) -> dict[str, str]:
    """The line of a table that describes an entity; `entity_row` reads it back."""
    return {
        "id": row.id,
        "type": row.type,
        "label": row.label,
        "aliases": "|".join(row.aliases),
        "titles": "|".join(row.titles),
        "parent": row.parent or " ".join(row.successors),
        "scope": " ".join(row.scope),
        "flags": " ".join(row.flags),
        "note": row.note,
    }


def outlet_row(cells: Cells) -> OutletRow:
    """The outlet that one line of `outlets.csv` describes."""
    return OutletRow(cells["name"], split_names(cells["aliases"]), cells["country"] or None, cells["note"])


def speaker_row(cells: Cells) -> SpeakerRow:
    """The speaker that one line of `speakers.csv` describes."""
    return SpeakerRow(
        cells["publisher"],
        cells["name"],
        split_names(cells["aliases"]),
        split_names(cells["titles"]),
        cells["from"],
        cells["to"],
        cells["note"],
    )


ENTITY_COLUMNS = ("id", "type", "label", "aliases", "titles", "parent", "scope", "flags", "note")
OUTLET_COLUMNS = ("name", "aliases", "country", "note")
SPEAKER_COLUMNS = ("publisher", "name", "aliases", "titles", "from", "to", "note")


def _text(path: Path) -> Iterator[str]:
    """The lines of a CSV file; a byte order mark, which spreadsheets write, is no part of them."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from lines


def read_table(
    path: Path, columns: tuple[str, ...], make: Callable[[Cells], Row], faults: list[Fault]
) -> Iterator[tuple[str, Row]]:
    """Each row of a table with its place ("file:line"); faults are appended. A file that is not there has no rows."""
    reader = csv.reader(_text(path), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [c for c in columns if c not in header]:
            message = f"the column {missing[0]!r} is missing"
            faults.append(Fault(f"{path}:1", message, f"the columns are {', '.join(columns)}"))
            return
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            if len(cells) == len(header):
                yield where, make({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
            elif cells:
                message = f"{len(cells)} cells where the header has {len(header)}"
                faults.append(Fault(where, message, "put a cell that holds a comma in double quotes"))
    except FileNotFoundError:
        return
    except csv.Error as error:
        faults.append(Fault(f"{path}:{reader.line_num}", f"not valid CSV: {error}", "check the double quotes"))
    except UnicodeDecodeError:
        line = _line_of_bad_bytes(path)
        faults.append(Fault(f"{path}:{line}", "the text is not UTF-8", "save the file as CSV UTF-8"))
    except OSError as error:
        faults.append(Fault(str(path), f"cannot be read: {error.strerror}", "check the file and its permissions"))


def _line_of_bad_bytes(path: Path) -> int:
    data = path.read_bytes()
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


IS_ID = re.compile(r"(?:(?![A-Z])[^\W_])+(?:-(?:(?![A-Z])[^\W_])+)*")
"""The form of an id: small letters of any script, digits and hyphens."""
