"""Entities that were two and are one, or one and are several: their rows change, links to their ids stay alive.

Here belong merge and split. The one decision: an id that readers may have in a link is never forgotten; its row is
retired and names those that took its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.authority.lint import Placed
from index.authority.overlay import lay_rows
from index.authority.rows import EntityRow
from index.authority.tables import load_authority
from index.lock import write_lock
from index.promotion import retire, with_names
from search.errors import BadParameter, NotFound
from search.settings import Settings


@dataclass(frozen=True, slots=True)
class Moved:
    """What a merge or a split did.

    Attributes:
        successors: labels of those that took the place.
        names: those of the retired row: given to its successor by a merge, and by a split to nobody.
        children: ids of the rows that have another parent now.
        files: the tables that were written.
    """

    successors: tuple[str, ...]
    names: tuple[str, ...]
    children: tuple[str, ...]
    files: tuple[Path, ...]


def merge(settings: Settings, old: str, new: str) -> Moved:
    """Retire `old` in favour of `new`, which gets its names and what is part of it.

    Raises:
        NotFound, BadParameter: one of them is no row, is retired or a block, or they are the same.
        AuthorityError: the authority would be at fault, or is. Nothing is written.
        WriterBusy: somebody else is writing.
    """
    with write_lock(settings.home, "merge", settings.wait):
        rows = {row.id: row for row in load_authority(settings.authority).entities}
        gone, kept = _find(rows, old), _find(rows, new)
        _check_others(old, (new,))
        if _reach(gone) != _reach(kept):
            hint = "give both the same scope, and the flag national or not, in your table first"
            raise BadParameter(f"the names of {old} and {new} do not count alike", hint=hint)
        if kept.parent == old:
            kept = replace(kept, parent=gone.parent)
        given = with_names(kept, gone.names, gone.titles)
        children = [replace(row, parent=new) for row in rows.values() if row.parent == old and row.id != new]
        placed = _placed(f"merge {old} {new}", [retire(gone, (new,)), given, *children])
        files = lay_rows(settings.authority, placed)
    return Moved((kept.label,), gone.names, tuple(row.id for row in children), files)


def split(settings: Settings, old: str, new: Sequence[str]) -> Moved:
    """Retire `old` in favour of several; they get none of its names, for each of those may now mean any of them.

    Raises:
        NotFound, BadParameter: one of them is no row, is retired or a block, or one is given twice.
        AuthorityError: the authority would be at fault, or is. Nothing is written.
        WriterBusy: somebody else is writing.
    """
    with write_lock(settings.home, "split", settings.wait):
        rows = {row.id: row for row in load_authority(settings.authority).entities}
        gone, kept = _find(rows, old), [_find(rows, id) for id in new]
        _check_others(old, new)
        files = lay_rows(settings.authority, _placed(f"split {old}", [retire(gone, tuple(new))]))
    return Moved(tuple(row.label for row in kept), gone.names, (), files)


def _placed(where: str, rows: Sequence[EntityRow]) -> list[Placed[EntityRow]]:
    return [(where, row) for row in rows]


def _find(rows: Mapping[str, EntityRow], id: str) -> EntityRow:
    """The row of an id, which has to be one that emits something."""
    row = rows.get(id)
    if row is None:
        hint = "see the tables; a person who is found by a rule gets a row with: lectern entities promote"
        raise NotFound("no row has this id", where=id, hint=hint)
    for flag in ("retired", "block"):
        if flag in row.flags:
            took = f"; what took its place: {', '.join(row.successors)}" if row.successors else ""
            raise BadParameter(f"the row is {'a block' if flag == 'block' else 'retired'}{took}", where=id)
    return row


def _reach(row: EntityRow) -> tuple[frozenset[str], bool]:
    """Where a row's names count."""
    return frozenset(row.scope), "national" in row.flags


def _check_others(old: str, new: Sequence[str]) -> None:
    if len({old, *new}) <= len(new):
        raise BadParameter("an id is given twice", where=old, hint="one that goes, then those that take its place")
