"""Names that persons have: given names, by which a rule knows a person, and family names that stand first.

The one decision: such names are data like all others; a librarian's rows are added to the shipped ones, and one of the
kind `never` takes names away that mislead.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from index.authority.rows import Cells, Fault, split_names

FILE = "personal_names.csv"
COLUMNS = ("kind", "language", "names", "note")
KINDS = ("given", "family", "never")


@dataclass(frozen=True, slots=True)
class PersonalNameRow:
    """Names of one kind: `given` ones of a language, `family` ones that stand first, those `never` taken for one."""

    kind: str
    language: str
    names: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class PersonalNames:
    """Given names by language, and family names that stand before the given name."""

    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    family_first: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits that change with any name."""
        held = repr(
            (sorted((language, sorted(names)) for language, names in self.given.items()), sorted(self.family_first))
        )
        return hashlib.sha256(held.encode()).hexdigest()[:16]

    @classmethod
    def of(cls, rows: Iterable[PersonalNameRow]) -> "PersonalNames":
        """All names of the rows, but for those that are never one."""
        given: dict[str, set[str]] = {}
        family: set[str] = set()
        never: set[str] = set()
        for row in rows:
            target = {"given": given.setdefault(row.language, set()), "family": family}.get(row.kind, never)
            target.update(row.names)
        return cls(
            {language: frozenset(names - never) for language, names in given.items() if names - never},
            frozenset(family - never),
        )


def personal_name_row(cells: Cells) -> PersonalNameRow:
    """The names that one line of `personal_names.csv` holds."""
    return PersonalNameRow(cells["kind"], cells["language"], split_names(cells["names"]), cells["note"])


def iter_personal_faults(rows: Iterable[tuple[str, PersonalNameRow]]) -> Iterator[Fault]:
    """What is wrong with the rows."""
    for where, row in rows:
        if row.kind not in KINDS:
            yield Fault(where, f"the kind {row.kind!r}", f"one of {', '.join(KINDS)}")
        for name in row.names:
            if not name[:1].isupper() or " " in name:
                yield Fault(where, f"{name!r} is no name", "one word that begins with a capital letter")
