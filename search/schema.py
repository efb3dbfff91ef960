"""The one table of fields, which the engines, the facets, the query language, the API and the docs all read.

A field is one row here. What a document holds in it is the row's `values`; nobody else looks into a document to find
that out. Notes are documents (they can be fetched) but hold no searchable text: `is_searched` says which do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from search.model import Document, EntityType
from search.subjects import subjects_of

FieldKind = Literal["text", "keyword"]

NOT_STATED = ""
"""The facet value of a document that has none in a field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table.

    Attributes:
        name: the field's name, in the engine, the API and the page's addresses.
        kind: `text` is searched by words, `keyword` by whole values.
        values: what a document holds; a keyword's values, or the separate passages of a text.
        scopes: names by which the query language knows it, the first one canonical.
        facet: whether results are counted by it.
        picked: whether its values can be picked beside a query's text; a facet's always can.
        label: its name for people.
        weight: how much a match in this text counts (BM25F's field weight).
        length_norm: how much length is held against this text, 0 to 1 (BM25F's b).
        bare: words without a scope look here. A title does not take part: it repeats on every answer of a briefing, so
            a word of it would find answers that say nothing of the matter; `title:` asks for it.
    """

    name: str
    kind: FieldKind
    values: Callable[[Document], tuple[str, ...]]
    scopes: tuple[str, ...]
    label: str
    facet: bool = False
    picked: bool = False
    weight: float = 0.0
    length_norm: float = 0.0
    bare: bool = False


def _passages(*roles: str) -> Callable[[Document], tuple[str, ...]]:
    return lambda d: tuple([t.text for t in d.item.turns if t.role in roles])


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _wording(document: Document) -> tuple[str, ...]:
    """A digest of the words of an answer or a statement, whatever their case and the white space between them."""
    words = " ".join((document.item.answer or document.item.text).split()).casefold()
    return (blake2b(words.encode(), digest_size=7).hexdigest(),) if words else ()


# Weights, length norms and k1 were chosen by looking for known answers: benchmarks/ranking.py, its results beside it.
FIELDS: tuple[Field, ...] = (
    Field(
        "question", "text", _passages("question"), ("q", "question"), "Question", weight=1.5, length_norm=0.6, bare=True
    ),
    Field(
        "answer",
        "text",
        _passages("answer", "statement"),
        ("a", "answer"),
        "Answer",
        weight=1.2,
        length_norm=0.7,
        bare=True,
    ),
    Field("title", "text", lambda d: _one(d.title), ("title",), "Title", weight=0.4, length_norm=0.3),
    Field("speaker", "keyword", lambda d: tuple(filter(None, d.item.speakers)), ("speaker",), "Speaker", facet=True),
    Field("outlet", "keyword", lambda d: _one(d.item.outlet), ("outlet",), "Outlet", facet=True),
    Field("entity", "keyword", lambda d: tuple(filter(None, d.entities)), ("entity",), "Mentions", facet=True),
    Field("about", "keyword", subjects_of, ("about",), "About", picked=True),
    Field("within", "keyword", lambda d: tuple(filter(None, d.within)), ("within",), "Mentions, or any part"),
    Field("publisher", "keyword", lambda d: _one(d.publisher), ("publisher",), "Publisher", facet=True),
    Field("language", "keyword", lambda d: _one(d.language), ("lang", "language"), "Language", facet=True),
    Field("kind", "keyword", lambda d: _one(d.item.kind), ("kind",), "Kind", facet=True),
    Field("year", "keyword", lambda d: (d.date.isoformat()[:4],), ("year",), "Year", facet=True),
    Field("month", "keyword", lambda d: (d.date.isoformat()[:7],), ("month",), "Month", facet=True),
    Field("briefing", "keyword", lambda d: (d.briefing,), ("briefing",), "Briefing"),
    Field("wording", "keyword", _wording, ("wording",), "Wording", picked=True),
    Field("id", "keyword", lambda d: (d.id,), ("id",), "Id"),
)

ENTITIES = ("entity", "about", "within")
"""Fields that hold ids of entities. All that `about` holds `entity` holds too."""

TYPES: Mapping[str, EntityType] = {
    "place-": "place",
    "person-": "person",
    "org-": "organisation",
    "event-": "event",
}
"""The types of entities, in the order in which they are shown, by what ids begin with."""

FIELD = {f.name: f for f in FIELDS}
TEXTS = tuple(f for f in FIELDS if f.kind == "text")
BARE = tuple(f for f in TEXTS if f.bare)
KEYWORDS = tuple(f for f in FIELDS if f.kind == "keyword")
FACETS = tuple(f for f in FIELDS if f.facet)
PICKED = tuple(f for f in FIELDS if f.facet or f.picked)
SCOPES = {scope: f for f in FIELDS for scope in f.scopes}

BM25_K1 = 1.2
"""Saturation of BM25F (Robertson and Zaragoza 2009, section 3.5).

Rarity has 1 added within its logarithm, so that no word counts against a document; and scores are k1 + 1 times as
high, which changes no order.
"""

TYPED = 0.5
"""How much of a word's score is that of the very form typed, where the word stands for other forms too."""

SCHEMA_VERSION = 4
"""Raised whenever an index written before can no longer be read, or holds other words or stems than we look for.

It is then rebuilt from the archive.
"""


def type_mark(id: str) -> str:
    """The beginning of an entity's id up to its first hyphen, which is its type for good; see `TYPES`."""
    return id[: id.find("-") + 1] or id


def is_searched(document: Document) -> bool:
    """Whether searches find this document: answers and statements are searched, notes are not."""
    return document.item.kind != "note"
