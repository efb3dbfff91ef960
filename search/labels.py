"""Names: what an id or a canonical value is called, and by which other names people know it.

The index stores ids of entities and canonical names of outlets and speakers; labels come from here, so that a new label
needs no re-indexing. Reading authority files belongs to `index`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.schema import NOT_STATED
from search.text import fold

NAMED_LIKE = {"about": "entity"}
"""Fields whose values are those of another, which has their names."""

NO_VALUE = "not stated"
"""What the value of a field that a document has none in is called."""


@dataclass(frozen=True, slots=True)
class Name:
    """One value of a field: what it is called, and its aliases. `type` is an entity's type, else ""."""

    label: str
    aliases: tuple[str, ...] = ()
    type: str = ""


@dataclass(frozen=True)
class Labels:
    """The names of every field's values, and what else is known of words.

    Attributes:
        names: `names[field][value]`.
        synonyms: groups of names of one thing, as they are printed.
        phrases: frequent phrases of the collection, most frequent first.
    """

    names: Mapping[str, Mapping[str, Name]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[str, ...] = ()

    def of(self, field: str) -> Mapping[str, Name]:
        """The names of a field's values."""
        return self.names.get(NAMED_LIKE.get(field, field), {})

    def label(self, field: str, value: str) -> str:
        """What `value` is called; itself where nothing better is known."""
        if value == NOT_STATED:
            return NO_VALUE
        name = self.of(field).get(value)
        return name.label if name else value

    def type(self, entity: str) -> str:
        """The type of an entity, "" where it is not known."""
        name = self.of("entity").get(entity)
        return name.type if name else ""

    def resolve(self, field: str, typed: str) -> str:
        """The value of `field` that people mean by `typed`: a value, a label or an alias, in any case; else `typed`."""
        if typed in self.of(field):
            return typed
        return self._index.get((NAMED_LIKE.get(field, field), fold(typed)), typed)

    @cached_property
    def _index(self) -> dict[tuple[str, str], str]:
        index: dict[tuple[str, str], str] = {}
        for kind in ("aliases", "label", "value"):  # later ones win
            for of, names in self.names.items():
                for value, name in names.items():
                    keys = name.aliases if kind == "aliases" else (name.label if kind == "label" else value,)
                    index.update({(of, fold(k)): value for k in keys})
        return index

    def to_json(self) -> str:
        """The labels as one JSON text."""
        return json.dumps(
            {
                "names": {
                    field: {value: [n.label, list(n.aliases), n.type] for value, n in names.items()}
                    for field, names in self.names.items()
                },
                "synonyms": self.synonyms,
                "phrases": self.phrases,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Labels":
        """The labels that `to_json` wrote."""
        held = json.loads(text)
        return cls(
            {
                field: {value: Name(label, tuple(aliases), type) for value, (label, aliases, type) in names.items()}
                for field, names in held["names"].items()
            },
            tuple(map(tuple, held["synonyms"])),
            tuple(held["phrases"]),
        )
