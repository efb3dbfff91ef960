"""A directory: every value of a field that the collection holds, with its names, its counts and its slug.

Made once for each commit; what lists and pages of outlets, speakers and entities are looked up in. The one decision: a
name that only the tables know, and no answer holds, can be looked up but is not listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from search.engine import Engine, Request
from search.labels import Name
from search.schema import NOT_STATED
from search.slugs import Slugs
from search.text import fold

Listable = Literal["outlet", "speaker", "entity"]

EVERY: Final = 10_000_000
"""More values than a field has."""


class Entry(NamedTuple):
    """A value.

    Attributes:
        count: answers and statements that hold it.
        about: how many of them are about it; 0 in all fields but `entity`.
        keys: all its names, folded, a line each.
    """

    value: str
    name: Name
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    about: int
    keys: str


@dataclass(frozen=True)
class Directory:
    """The values of a field, the most frequent first, then by label.

    Attributes:
        not_stated: how many answers and statements hold none.
        known: names of values that the tables have, whether or not an answer holds them.
    """

    entries: tuple[Entry, ...]
    not_stated: int
    known: Mapping[str, Name]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many answers and statements hold each value."""
        return {entry.value: entry.count for entry in self.entries}

    @cached_property
    def slugs(self) -> Slugs:
        """The slugs of all values and of all names that the tables have."""
        return Slugs({**self.known, **{entry.value: entry.name for entry in self.entries}})

    def find(self, typed: str, type: str = "") -> tuple[Entry, ...]:
        """The entries any name of which holds every word of `typed`, whatever their case or accents; of a type."""
        words = fold(typed).split()
        return tuple(
            entry
            for entry in self.entries
            if (not type or entry.name.type == type) and all(word in entry.keys for word in words)
        )


def open_directory(engine: Engine, field: Listable) -> Directory:
    """The directory of `field`."""
    labels = engine.labels()
    counts = engine.find(Request(limit=0, facets=(field,), facet_limit=EVERY, type_limit=EVERY)).facets[field]
    entries = [
        Entry(value, name := labels.name(field, value), count, about, _keys(field, value, name))
        for value, count, about in counts
        if value != NOT_STATED and count
    ]
    return Directory(
        entries=tuple(sorted(entries, key=lambda entry: (-entry.count, entry.name.label, entry.value))),
        not_stated=next((count for value, count, _ in counts if value == NOT_STATED), 0),
        known=labels.of(field),
    )


def _keys(field: str, value: str, name: Name) -> str:
    names: Iterable[str] = (name.label, *name.aliases) if field == "entity" else (name.label, value, *name.aliases)
    return "\n".join(dict.fromkeys(map(fold, names)))
