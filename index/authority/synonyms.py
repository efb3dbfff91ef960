"""Synonyms: groups of names of one thing, by which a search for one finds the others.

Here belong the check of `synonyms.csv`, the laying of a librarian's file over the shipped one, and the groups that are
taken out of the entities. The one decision: of the entities only an acronym and the names it is the initials of are
taken, for that alone makes sure that they are one thing in one language.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.authority.lint import is_common
from index.authority.rows import Cells, EntityRow, Fault, split_names
from search.expansion import Key, name_key
from search.text import acronym

FILE = "synonyms.csv"
COLUMNS = ("names", "note")

MAX_NAMES = 12
"""The most names of a group: each is looked for whenever one is typed."""

MAX_WORDS = 20
"""The most words of a name."""


@dataclass(frozen=True)
class SynonymRow:
    """Names of one thing, in one language, as they are printed."""

    names: tuple[str, ...]
    note: str = ""

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """What a typed name is compared with."""
        return tuple(map(name_key, self.names))


def synonym_row(cells: Cells) -> SynonymRow:
    """The group that one line of `synonyms.csv` describes."""
    return SynonymRow(split_names(cells["names"]), cells["note"])


Placed = tuple[str, SynonymRow]
"""A row with its place, "file:line"."""


def lay_over(
    folders: Iterable[Sequence[Placed]], entities: Sequence[SynonymRow], faults: list[Fault]
) -> tuple[SynonymRow, ...]:
    """The groups of all folders: a later one takes away each earlier group that it shares a name with.

    So a row of a single name takes the group of that name away, be it of a table or of the `entities`.
    """
    laid: list[SynonymRow] = []
    for placed in folders:
        faults += iter_faults(placed, (*laid, *entities))
        taken = {key for _, row in placed for key in row.keys}
        laid = [row for row in laid if taken.isdisjoint(row.keys)]
        laid += [row for _, row in placed]
    return tuple(laid)


def iter_faults(placed: Sequence[Placed], below: Sequence[SynonymRow]) -> Iterator[Fault]:
    """What is wrong with the rows of one folder that lies over the groups `below`."""
    known = {key for row in below for key in row.keys}
    first: dict[Key, str] = {}
    for where, row in placed:
        yield from _iter_own(where, row)
        if len(row.names) < 2 and known.isdisjoint(row.keys):
            message = f"{'|'.join(row.names)!r} is no group, and takes none away"
            yield Fault(where, message, "a group has two names at least, separated by |")
        for name, key in zip(row.names, row.keys, strict=True):
            if key in first:
                yield Fault(where, f"{name!r} stands already at {first[key]}", "keep it in one group, once")
            first.setdefault(key, where)


def _iter_own(where: str, row: SynonymRow) -> Iterator[Fault]:
    if len(row.names) > MAX_NAMES:
        yield Fault(where, f"{len(row.names)} names of one thing", f"keep the {MAX_NAMES} that are printed most")
    for name, key in zip(row.names, row.keys, strict=True):
        if not key:
            yield Fault(where, "a name without a word in it", "every name has a word, and | stands between two")
        elif len(key) > MAX_WORDS:
            yield Fault(where, f"the name {name!r} has {len(key)} words", f"{MAX_WORDS} are the most")
        elif len(key) == 1 and (len(name) == 1 or is_common(name)):
            yield Fault(where, f"the name {name!r} is an everyday word", "take it out, or lengthen it")


def of_entities(rows: Iterable[EntityRow], taken: Iterable[SynonymRow]) -> Iterator[SynonymRow]:
    """Of each organisation and event an acronym and the names that it is the initials of.

    Left out are those that other names or places share: rows that count at some publishers alone, or of which other
    countries have one, and all of which a name is `taken` by a group already.
    """
    used = {key for row in taken for key in row.keys}
    for row in rows:
        if row.type not in ("organisation", "event") or row.scope or {"block", "national"} & set(row.flags):
            continue
        shorts = [(short, of) for short in row.names if " " not in short and (of := acronym(short))]
        begun = {name: initials(name) for name in row.names if " " in name} if shorts else {}
        for short, of in shorts:
            full = tuple(name for name, letters in begun.items() if letters == of)
            group = SynonymRow((short, *full))
            if full and used.isdisjoint(group.keys) and len(set(group.keys)) == len(group.keys) <= MAX_NAMES:
                used.update(group.keys)
                yield group


def initials(name: str) -> str:
    """The first letters of the words of a name that are written with a capital."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
