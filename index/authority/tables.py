"""The authority as the rest of the ingest side sees it, and its loader.

Here belong the whole of the tables and the look-up of printed labels; reading one file belongs to `rows`, checking to
`lint`. The one decision: a librarian's folder lies over the shipped one, and its row replaces the shipped row of the
same id or name, whole.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic

from index.authority.lint import (
    Placed,
    find_successors,
    iter_entity_faults,
    iter_outlet_faults,
    iter_speaker_faults,
    iter_twice,
)
from index.authority.personal import COLUMNS as PERSONAL_COLUMNS
from index.authority.personal import FILE as PERSONAL
from index.authority.personal import PersonalNames, iter_personal_faults, personal_name_row
from index.authority.rows import (
    ENTITY_COLUMNS,
    OUTLET_COLUMNS,
    SPEAKER_COLUMNS,
    AuthorityError,
    Cells,
    EntityRow,
    Fault,
    OutletRow,
    Row,
    SpeakerRow,
    entity_row,
    label_key,
    outlet_row,
    read_table,
    speaker_row,
)
from index.authority.synonyms import COLUMNS as SYNONYM_COLUMNS
from index.authority.synonyms import FILE as SYNONYMS
from index.authority.synonyms import SynonymRow, lay_over, of_entities, synonym_row
from search.labels import Labels, Name

__all__ = [
    "Authority",
    "AuthorityError",
    "EntityRow",
    "Fault",
    "OutletRow",
    "SpeakerRow",
    "SynonymRow",
    "load_authority",
]

SHIPPED = Path(__file__).parent
"""The folder of the shipped tables."""


@dataclass(frozen=True)
class Authority:
    """All rows, checked, and what is looked up in them."""

    entities: tuple[EntityRow, ...]
    outlets: tuple[OutletRow, ...]
    speakers: tuple[SpeakerRow, ...]
    synonyms: tuple[SynonymRow, ...] = ()
    personal: PersonalNames = field(default_factory=PersonalNames)

    @cached_property
    def version(self) -> str:
        """Sixteen hexadecimal digits that change with any name that texts are read by; others are to be read again."""
        rows = repr((self.entities, self.outlets, self.speakers))
        return hashlib.sha256(rows.encode()).hexdigest()[:16]

    def ancestors(self, id: str) -> tuple[str, ...]:
        """The ids of an entity's parent, of that one's parent, and so on; none of an id that no row has."""
        above: list[str] = []
        while (parent := self._parents.get(id)) and parent not in above:
            above.append(parent)
            id = parent
        return tuple(above)

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {row.id: row.parent for row in self.entities}

    def outlet(self, label: str) -> str | None:
        """The canonical name of the outlet printed as `label`, in any case; `None` if it is not known."""
        return self._outlets.get(label_key(label))

    def speaker(self, label: str, publisher: str) -> str | None:
        """The canonical name of who is printed as `label`, a title before it or not, at `publisher`; else `None`."""
        return self._speakers.get((publisher, label_key(label)))

    @cached_property
    def _outlets(self) -> dict[str, str]:
        return {label_key(label): row.name for row in self.outlets for label in (row.name, *row.aliases)}

    @cached_property
    def _speakers(self) -> dict[tuple[str, str], str]:
        index: dict[tuple[str, str], str] = {}
        for row in self.speakers:
            for name in (row.name, *row.aliases):
                for label in (name, *(f"{title} {name}" for title in row.titles)):
                    index[row.publisher, label_key(label)] = row.name
        return index

    @cached_property
    def moved(self) -> dict[str, tuple[str, ...]]:
        """Of each retired id those that stand in its place today."""
        successors = {row.id: row.successors for row in self.entities if "retired" in row.flags}
        return {id: find_successors(successors, id) for id in successors}

    @cached_property
    def labels(self) -> Labels:
        """What the values of entity, outlet and speaker are called, by which other names, and all synonyms."""
        speakers: dict[str, tuple[str, ...]] = {}
        for row in self.speakers:
            speakers[row.name] = tuple(dict.fromkeys((*speakers.get(row.name, ()), *row.aliases)))
        return Labels(
            {
                "entity": {
                    r.id: Name(r.label, r.aliases, r.type)
                    for r in self.entities
                    if not {"block", "retired"} & set(r.flags)
                },
                "outlet": {r.name: Name(r.name, r.aliases) for r in self.outlets},
                "speaker": {name: Name(name, aliases) for name, aliases in speakers.items()},
            },
            synonyms=tuple(
                row.names for row in (*self.synonyms, *of_entities(self.entities, self.synonyms)) if len(row.names) > 1
            ),
            moved=self.moved,
        )


@dataclass(frozen=True, slots=True)
class _Table(Generic[Row]):
    """A table: its files and columns, how a line becomes a row, and what is unique about a row."""

    files: tuple[str, ...]
    columns: tuple[str, ...]
    make: Callable[[Cells], Row]
    key: Callable[[Row], str]


_ENTITIES = _Table(("places.csv", "entities.csv"), ENTITY_COLUMNS, entity_row, lambda row: row.id)
_OUTLETS = _Table(("outlets.csv",), OUTLET_COLUMNS, outlet_row, lambda row: row.name)
_SPEAKERS = _Table(("speakers.csv",), SPEAKER_COLUMNS, speaker_row, lambda row: f"{row.publisher} {row.name}")


def load_authority(*overlays: Path) -> Authority:
    """The shipped tables, with the files of each overlay folder laid over them, in order.

    An overlay has files of the same names, any of which may be missing; a folder that is not there lays nothing over.

    Raises:
        AuthorityError: a table cannot be read, or its rows are at fault; it lists every fault with file and line.
    """
    faults: list[Fault] = []
    folders = (SHIPPED, *overlays)
    entities = _merge(_ENTITIES, folders, faults)
    outlets = _merge(_OUTLETS, folders, faults)
    speakers = _merge(_SPEAKERS, folders, faults)
    groups = [list(read_table(folder / SYNONYMS, SYNONYM_COLUMNS, synonym_row, faults)) for folder in folders]
    synonyms = lay_over(groups, tuple(of_entities((row for _, row in entities.values()), ())), faults)
    faults += iter_entity_faults(entities)
    faults += iter_outlet_faults(outlets, entities)
    faults += iter_speaker_faults(speakers)
    personal = [row for f in folders for row in read_table(f / PERSONAL, PERSONAL_COLUMNS, personal_name_row, faults)]
    faults += iter_personal_faults(personal)
    if faults:
        raise AuthorityError(tuple(faults))
    return Authority(
        tuple(row for _, row in entities.values()),
        tuple(row for _, row in outlets.values()),
        tuple(row for _, row in speakers.values()),
        synonyms,
        PersonalNames.of(row for _, row in personal),
    )


def _merge(table: _Table[Row], folders: tuple[Path, ...], faults: list[Fault]) -> dict[str, Placed[Row]]:
    """The rows of a table in all `folders`, later ones replacing earlier ones of the same key; faults are appended."""
    merged: dict[str, Placed[Row]] = {}
    for folder in folders:
        placed = [row for name in table.files for row in read_table(folder / name, table.columns, table.make, faults)]
        faults += iter_twice(placed, table.key)
        for where, row in placed:
            merged.pop(table.key(row), None)  # to the end: of two rows at odds, the one told is then the later folder's
            merged[table.key(row)] = (where, row)
    return merged
