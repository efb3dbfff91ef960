"""What is stored of a document, and how: rows of JSON, packed.

The one decision: a row has no names, no text twice, and no surface that its span gives, and what all rows of a segment
have in common is in a dictionary; so what is stored is half as long as the texts, and a hit is read in microseconds.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import zstandard

from search.errors import IndexIncompatible
from search.model import Amendment, Document, EntityType, Item, Mention, Turn, item_id
from search.record import amendment_to_json
from search.schema import TYPES, type_mark

LEVEL = 3
"""Zstandard's own choice between speed and size."""

DICTIONARY_BYTES = 16 * 1024
MIN_SAMPLES, MAX_SAMPLES, SAMPLE_BYTES = 200, 1_000, 4_000
"""How many records a dictionary is made from, and how much of each."""

_WHERE = ("question", "answer", "text")
"""The texts that a mention may stand in; a row has their numbers."""

_MENTION: Callable[[Iterable[object]], Mention] = partial(tuple.__new__, Mention)
_TURN: Callable[[Iterable[object]], Turn] = partial(tuple.__new__, Turn)
"""A Turn of its fields: no call of a Python function, where a page makes hundreds."""

Json = Any


class Packing:
    """Packs JSON by Zstandard (RFC 8878), with a dictionary of what records often say. Threads may share it.

    Args:
        dictionary: what `train` gave; empty for none.
    """

    def __init__(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        self._shared = zstandard.ZstdCompressionDict(dictionary)
        self._own = threading.local()  # a compressor is used by one thread at a time

    def pack(self, data: bytes) -> bytes:
        """JSON as it is stored."""
        if not hasattr(self._own, "compressor"):
            self._shared.precompute_compress(level=LEVEL)
            self._own.compressor = zstandard.ZstdCompressor(LEVEL, dict_data=self._shared)
        packed: bytes = self._own.compressor.compress(data)
        return packed

    def unpack(self, data: bytes | memoryview) -> bytes:
        """What `pack` was given. Raises IndexIncompatible where it is damaged."""
        if not hasattr(self._own, "decompressor"):
            self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self._shared)
        try:
            unpacked: bytes = self._own.decompressor.decompress(data)
        except zstandard.ZstdError as error:
            message = f"the index is damaged: a record cannot be unpacked ({error})"
            raise IndexIncompatible(message, hint="run lectern rebuild") from error
        return unpacked


def train(records: Sequence[bytes]) -> bytes:
    """A dictionary made from some of these records; empty where they are too few."""
    if len(records) < MIN_SAMPLES:
        return b""
    some = records[:: max(1, len(records) // MAX_SAMPLES)]
    samples: list[bytes | bytearray | memoryview] = [record[:SAMPLE_BYTES] for record in some]
    return zstandard.train_dictionary(DICTIONARY_BYTES, samples).as_bytes()


def to_json(data: object) -> bytes:
    """JSON without spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def document_to_row(document: Document) -> list[Json]:
    """A document, whole, so that `document_from_row` gives it back."""
    item = document.item
    named = dict.fromkeys((m.id, m.label, m.type) for m in document.mentions)
    number = {name: k for k, name in enumerate(named)}
    return [
        document.briefing,
        document.publisher,
        document.language,
        document.date.isoformat(),
        document.title,
        item.n,
        item.position,
        item.kind,
        item.turns,
        item.asker,
        item.outlet,
        item.speakers,
        item.after_briefing,
        item.follow_up_to,
        [amendment_to_json(a) for a in item.amendments],
        [(id, label) if TYPES.get(type_mark(id)) == type else (id, label, type) for id, label, type in named],
        list(_numbers_of(document.mentions, number)),
        {k: m.surface for k, m in enumerate(document.mentions) if _cut(m, item) != m.surface},
        document.ancestors,
    ]


def document_from_row(row: Sequence[Json]) -> Document:
    """The document that `document_to_row` wrote."""
    briefing, publisher, language, day, title, n, position, kind, turns, asker, outlet, speakers, after, up, *rest = row
    amendments, named, mentions, surfaces, ancestors = rest
    item = Item(
        n,
        position,
        kind,
        tuple(map(_TURN, turns)),
        asker,
        outlet,
        tuple(speakers),
        after,
        up,
        tuple([Amendment(**a) for a in amendments]),
    )
    found = tuple(_mentions(mentions, named, surfaces, item)) if mentions else ()
    id, date_of = item_id(briefing, n), date.fromisoformat(day)
    return Document(id, briefing, publisher, language, date_of, title, item, found, tuple(ancestors))


def _cut(mention: Mention, item: Item) -> str:
    """What a mention's span cuts out of its text: its surface, as it should be."""
    text: str = getattr(item, mention.where)
    return text[mention.start : mention.end]


def _numbers_of(mentions: Sequence[Mention], number: Mapping[tuple[str, str, EntityType], int]) -> Iterator[int]:
    """Of each mention four numbers: its name's, its text's, how far it is from the one before there, its length."""
    where, at = -1, 0
    for mention in mentions:
        text = _WHERE.index(mention.where)
        at = at if text == where else 0
        yield from (
            number[mention.id, mention.label, mention.type],
            text,
            mention.start - at,
            mention.end - mention.start,
        )
        where, at = text, mention.start


def _mentions(
    numbers: Sequence[int], named: Sequence[Sequence[Json]], surfaces: Mapping[str, str], item: Item
) -> list[Mention]:
    """The mentions that `_numbers_of` wrote."""
    texts = [getattr(item, _WHERE[where]) if where in numbers[1::4] else "" for where in range(len(_WHERE))]
    names = [name if len(name) > 2 else (*name, TYPES[type_mark(name[0])]) for name in named]
    rows, last, start = [], -1, 0
    for k, where, gap, length in zip(*[iter(numbers)] * 4, strict=True):
        start = start + gap if where == last else gap
        last = where
        rows.append((*names[k], _WHERE[where], start, start + length, texts[where][start : start + length]))
    found = list(map(_MENTION, rows))
    for k, surface in surfaces.items():
        found[int(k)] = found[int(k)]._replace(surface=surface)
    return found
