"""The reviewed list, read back: what a librarian accepted becomes rows of the home's authority.

Here belongs what each answer under `accept` means; the list is made in `index.candidates`, rows are written by
`index.authority.overlay`. The one decision: a list is applied whole or not at all, and applying it again changes
nothing, so that nobody has to remember what was done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.authority.lint import BLOCK_PREFIX, Placed
from index.authority.overlay import lay_rows
from index.authority.rows import (
    ENTITY_COLUMNS,
    IS_ID,
    AuthorityError,
    Cells,
    EntityRow,
    Fault,
    entity_row,
    read_table,
    straight,
)
from index.authority.tables import load_authority
from index.candidates import slug
from index.lock import write_lock
from search.settings import Settings
from search.sheets import plain_cell

YES = frozenset({"yes", "y", "x", "1"})
NO = frozenset({"no", "block"})


@dataclass(frozen=True, slots=True)
class Promoted:
    """What became of a list.

    Attributes:
        added: labels and ids of new rows.
        aliased: labels that became names of rows, and the rows' ids.
        blocked: labels that are swallowed from now on.
        retired: ids of persons that readers knew and that are other rows now.
        unchanged: how many lines were applied already.
        left: how many lines have nothing under `accept`.
        files: the tables that were written.
    """

    added: tuple[tuple[str, str], ...]
    aliased: tuple[tuple[str, str], ...]
    blocked: tuple[str, ...]
    retired: tuple[str, ...]
    unchanged: int
    left: int
    files: tuple[Path, ...]


@dataclass(slots=True)
class _Plan:
    """The rows to be laid over, by id, each with the line that it comes from, while the list is read."""

    known: Mapping[str, EntityRow]
    rows: dict[str, Placed[EntityRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    aliased: list[tuple[str, str]] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    left: int = 0

    def add(self, where: str, row: EntityRow) -> bool:
        """Plan a new row; whether it is new, and not refused."""
        if row.id in self.rows:
            message = f"{row.id!r} stands already at {self.rows[row.id][0]}"
            self.faults.append(Fault(where, message, "two rows have two ids; two names of one row stand in one line"))
        elif row.id in self.known and _holds(self.known[row.id], row):
            self.unchanged += 1
        elif row.id in self.known:
            hint = "to give that row the name, write its id under accept; else give the new row another id"
            self.faults.append(Fault(where, f"{row.id!r} is the id of {self.known[row.id].label!r}", hint))
        else:
            self.rows[row.id] = (where, row)
            return True
        return False

    def block(self, where: str, row: EntityRow) -> None:
        """Plan that the names of a row are swallowed; names that differ in their case only share a block."""
        block = block_of(row)
        present = self.rows[block.id][1] if block.id in self.rows else self.known.get(block.id)
        given = with_names(present, block.names) if present else block
        if given == present:
            self.unchanged += 1
        else:
            self.rows[block.id] = (where, given)
            self.blocked.append(row.label)

    def give(self, where: str, target: str, row: EntityRow) -> None:
        """Plan that the row `target` gets the names and titles of another one, which readers may know by its id."""
        present = self.rows[target][1] if target in self.rows else self.known[target]
        if "retired" in present.flags:
            hint = f"what took its place: {', '.join(present.successors)}"
            self.faults.append(Fault(where, f"{target} is retired", hint))
            return
        given = with_names(present, (row.label, *row.aliases), row.titles)
        if given == present:
            self.unchanged += 1
            return
        self.rows[target] = (where, given)
        self.aliased.append((row.label, target))
        seen = (row.type != "person" or " " in row.label) and IS_ID.fullmatch(row.id)
        if seen and row.id not in {*self.known, *self.rows}:
            # Readers may have seen the name under this id, and have links to it.
            self.rows[row.id] = (where, retire(row, (target,)))
            self.retired.append(row.id)


def promote(settings: Settings, file: Path) -> Promoted:
    """Lay the accepted lines of a reviewed list over the authority of a home; what became of them.

    Raises:
        AuthorityError: lines of the list are at fault, or the authority would be, or is; nothing is written.
        WriterBusy: somebody else is writing.
    """
    with write_lock(settings.home, "promote", settings.wait):
        plan = _Plan({row.id: row for row in load_authority(settings.authority).entities})
        _read_list(file, plan)
        if plan.faults:
            raise AuthorityError(tuple(plan.faults))
        files = lay_rows(settings.authority, list(plan.rows.values())) if plan.rows else ()
    return Promoted(
        tuple(plan.added),
        tuple(plan.aliased),
        tuple(plan.blocked),
        tuple(plan.retired),
        plan.unchanged,
        plan.left,
        files,
    )


def _read_list(file: Path, plan: _Plan) -> None:
    """Fill the plan with what the list says; names for rows come last, when those of the list itself are known."""
    names: list[tuple[str, str, EntityRow]] = []
    for where, (accept, row) in _iter_lines(file, plan.faults):
        word = accept.casefold()
        if not word:
            plan.left += bool(row.label)  # spreadsheets leave lines of nothing
        elif word in YES:
            if plan.add(where, row):
                plan.added.append((row.label, row.id))
        elif word in NO:
            plan.block(where, row)
        elif IS_ID.fullmatch(word):
            names.append((where, word, row))
        else:
            plan.faults.append(Fault(where, f"{accept!r} under accept", "it is yes, no, the id of a row, or nothing"))
    for where, target, row in names:
        if target in plan.rows or target in plan.known:
            plan.give(where, target, row)
        else:
            message = f"{target!r} under accept is the id of no row"
            plan.faults.append(Fault(where, message, "it is yes, no, the id of a row, or nothing"))


def _iter_lines(file: Path, faults: list[Fault]) -> list[tuple[str, tuple[str, EntityRow]]]:
    def reviewed(cells: Cells) -> tuple[str, EntityRow]:
        plain = {name: plain_cell(cell).strip() for name, cell in cells.items()}
        return plain["accept"], entity_row(plain)

    return list(read_table(file, ("accept", *ENTITY_COLUMNS), reviewed, faults))


def _holds(known: EntityRow, row: EntityRow) -> bool:
    """Whether a row was made of this one, and may have got names since."""
    return (known.type, known.label, known.flags) == (row.type, row.label, row.flags) and {*row.names} <= {*known.names}


def with_names(row: EntityRow, names: tuple[str, ...], titles: tuple[str, ...] = ()) -> EntityRow:
    """A row with more aliases, but for names that it has already, and titles, if it is a person's."""
    known = set(row.names)
    new = tuple(dict.fromkeys(name for name in names if straight(name) not in known))
    more = tuple(dict.fromkeys((*row.titles, *titles))) if row.type == "person" else row.titles
    return replace(row, aliases=(*row.aliases, *new), titles=more)


def block_of(row: EntityRow) -> EntityRow:
    """The row that swallows the names of another one."""
    # The id of a block is seen by nobody: letters that an id cannot have become their numbers.
    name = slug(row.label) or "-".join(f"u{ord(letter):x}" for letter in row.label if not letter.isspace())
    return EntityRow(f"{BLOCK_PREFIX}-{name}", row.type, row.label, row.aliases, scope=row.scope, flags=("block",))


def retire(row: EntityRow, successors: tuple[str, ...]) -> EntityRow:
    """The row that keeps links to another one alive."""
    return EntityRow(row.id, row.type, row.label, flags=("retired",), note=row.note, successors=successors)
