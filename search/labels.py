"""Names: what an id or a canonical value is called, and by which other names people know it.

The index stores ids of entities and canonical names of outlets and speakers; labels come from here, so that a new label
needs no re-indexing. Reading authority files belongs to `index`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from search.model import Document, Mention
from search.schema import ENTITIES, NOT_STATED, TYPES, type_mark
from search.text import fold

NAMED_LIKE = dict.fromkeys(ENTITIES, "entity")
"""Fields whose values are those of another, which has their names."""

_SMALL = frozenset("of for and the on in to de del la las los el y para por en al bin van von".split())
"""Words of a name that have no capital."""

NO_VALUE = "not stated"
"""What the value of a field that a document has none in is called."""


@dataclass(frozen=True, slots=True)
class Name:
    """One value of a field: what it is called, and its aliases. `type` is an entity's type, else ""."""

    label: str
    aliases: tuple[str, ...] = ()
    type: str = ""


STANDING: Mapping[str, Mapping[str, Name]] = {
    "language": {
        "ar": Name("ar", ("Arabic", "árabe", "العربية", "阿拉伯文", "阿拉伯语")),
        "en": Name("en", ("English", "inglés", "英文", "英语")),
        "es": Name("es", ("Spanish", "español", "castellano", "西班牙文", "西班牙语")),
        "fr": Name("fr", ("French", "français", "francés", "法文", "法语")),
        "ru": Name("ru", ("Russian", "русский", "ruso", "俄文", "俄语")),
        "zh": Name("zh", ("Chinese", "Mandarin", "中文", "汉语", "chino")),
    },
    "kind": {"answer": Name("answer", ("answers",)), "statement": Name("statement", ("statements",))},
}
"""Names of values that no collection gives: what people call a language or a kind. Pages have labels of their own."""


@dataclass(frozen=True)
class Labels:
    """The names of every field's values, and what else is known of words.

    Attributes:
        names: `names[field][value]`.
        synonyms: groups of names of one thing, as they are printed.
        phrases: frequent phrases of the collection, most frequent first.
        moved: of each entity's id that is retired, those that stand in its place today.
        homes: of each publisher the id of its home country.
    """

    names: Mapping[str, Mapping[str, Name]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[str, ...] = ()
    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)

    def of(self, field: str) -> Mapping[str, Name]:
        """The names of a field's values."""
        field = NAMED_LIKE.get(field, field)
        return self.names.get(field) or STANDING.get(field, {})

    def label(self, field: str, value: str) -> str:
        """What `value` is called; itself where nothing better is known."""
        if value == NOT_STATED:
            return NO_VALUE
        return self.name(field, value).label

    def type(self, entity: str) -> str:
        """The type of an entity, "" where it is not known."""
        return self.name("entity", entity).type

    def name(self, field: str, value: str) -> Name:
        """What is known of a value. The name of an entity that nobody has named comes from its id."""
        return self.of(field).get(value) or self.unnamed(field)(value)

    def unnamed(self, field: str) -> Callable[[str], Name]:
        """What makes the names of values that nobody has named."""
        return self._made if field in ENTITIES else _same

    @cached_property
    def _made(self) -> Callable[[str], Name]:
        return lru_cache(maxsize=10_000)(self._name_from)

    def _name_from(self, id: str) -> Name:
        """The name that an id was made of, as far as it still shows: `person-jane-doe` is Jane Doe.

        `org-no-ministry-of-health` is a body of Norway, if `place-no` has a name.
        """
        mark = type_mark(id)
        words = id[len(mark) :].split("-") if mark in TYPES else []
        country = self.of("entity").get(f"place-{words[0]}") if mark == "org-" and len(words) > 1 else None
        told = words[1:] if country else words
        label = " ".join(
            word if i and word in _SMALL else self._acronyms.get(word) or word[:1].upper() + word[1:]
            for i, word in enumerate(told)
        )
        if not label:
            return Name(id)
        return Name(f"{label} ({country.label})" if country else label, type=TYPES[mark])

    @cached_property
    def _acronyms(self) -> dict[str, str]:
        """Names in capitals, by their small letters."""
        names = (n for name in self.of("entity").values() for n in (name.label, *name.aliases))
        return {name.lower(): name for name in names if name.isalnum() and name.isupper()}

    def of_mention(self, mention: Mention) -> Name:
        """What a mentioned entity is called; as it was found, where nobody has named it."""
        return self.of("entity").get(mention.id) or Name(mention.label, type=mention.type)

    def in_document(self, document: Document, id: str) -> str:
        """The same of one of the entities that `document` mentions, its label alone."""
        return next((self.of_mention(m).label for m in document.mentions if m.id == id), self.label("entity", id))

    def resolve(self, field: str, typed: str) -> str:
        """The value of `field` that people mean by `typed`: a value, a label or an alias, in any case; else `typed`."""
        if typed in self.of(field):
            return typed
        return self._index.get((NAMED_LIKE.get(field, field), fold(typed)), typed)

    def resolve_all(self, field: str, typed: str) -> tuple[str, ...]:
        """The same; in the place of an entity that is retired, those that have taken its place."""
        value = self.resolve(field, typed)
        return self.moved.get(value, (value,)) if field in ENTITIES else (value,)

    @cached_property
    def _index(self) -> dict[tuple[str, str], str]:
        index: dict[tuple[str, str], str] = {}
        for kind in ("aliases", "label", "value"):  # later ones win
            for of, names in (*STANDING.items(), *self.names.items()):
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
                "moved": dict(self.moved),
                "homes": dict(self.homes),
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
            {id: tuple(successors) for id, successors in held["moved"].items()},
            held["homes"],
        )


@lru_cache(maxsize=10_000)
def _same(value: str) -> Name:
    return Name(value)
