"""One Whoosh segment as arrays.

A segment never changes but for its deletions, so what is read here is kept as long as the segment lives; what is
deleted belongs to the snapshot. Places are int64: document number within the segment times 2^32, plus position.
"""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from search.embedded.schema import POSITIONS, length_column
from search.schema import TEXTS

PLACE_BITS = 32
CACHE_BYTES = 32 * 2**20
"""How much of a segment's postings is kept in memory as arrays, most recently used first."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Values:
    """A keyword field of a segment: `values[ordinals[i]]` is a value of document `documents[i]`."""

    values: tuple[str, ...]
    documents: NDArray[np.int64]
    ordinals: NDArray[np.int64]


class SegmentArrays:
    """What the evaluator needs of one segment."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self.size: int = reader.doc_count_all()
        self.searched = self._column("searched").astype(bool)
        self.days = self._column("day")
        self.lengths = {f.name: self._column(length_column(f.name)) for f in TEXTS}
        self.orders = np.array(self._texts("order"), dtype=bytes)
        self._terms: dict[str, tuple[str, ...]] = {}
        self._values: dict[str, Values] = {}
        self._places: OrderedDict[tuple[str, str], Places] = OrderedDict()
        self._cached = 0

    def use(self, reader: SegmentReader) -> None:
        """Read through `reader` from now on: a later one of the same segment, whose deletions are newer."""
        self._reader = reader

    def _column(self, name: str) -> NDArray[np.int64]:
        if not self._reader.has_column(name):
            return np.zeros(self.size, dtype=np.int64)
        column = self._reader.column_reader(name)
        return np.fromiter((column[i] for i in range(self.size)), dtype=np.int64, count=self.size)

    def _texts(self, name: str) -> list[bytes]:
        if not self._reader.has_column(name):
            return [b""] * self.size
        column = self._reader.column_reader(name)
        return [bytes(column[i]) for i in range(self.size)]

    def deleted(self) -> NDArray[np.int64]:
        """Numbers of the documents that the present reader knows as deleted."""
        return np.fromiter(self._reader.deleted_docs_set, dtype=np.int64)

    def terms(self, field: str) -> tuple[str, ...]:
        """The terms of a field, in order."""
        if field not in self._terms:
            self._terms[field] = tuple(term.decode("utf-8") for term in self._reader.lexicon(field))
        return self._terms[field]

    def places(self, field: str, term: str) -> Places:
        """Where `term` stands, deleted documents possibly included, sorted."""
        key = (field, term)
        if key in self._places:
            self._places.move_to_end(key)
            return self._places[key]
        found = self._read_places(field, term)
        self._places[key] = found
        self._cached += found.nbytes
        while self._cached > CACHE_BYTES and len(self._places) > 1:
            self._cached -= self._places.popitem(last=False)[1].nbytes
        return found

    def _read_places(self, field: str, term: str) -> Places:
        if (field, term.encode("utf-8")) not in self._reader:
            return np.zeros(0, dtype=np.int64)
        decode = POSITIONS.decode_positions
        matcher = self._reader.postings(field, term)
        found: list[int] = []
        while matcher.is_active():
            base = matcher.id() << PLACE_BITS
            found.extend(base + position for position in decode(matcher.value()))
            matcher.next()
        return np.array(found, dtype=np.int64)

    def documents(self, field: str, value: str) -> NDArray[np.int64]:
        """Numbers of the documents with `value` in a keyword field, deleted ones possibly included, sorted."""
        if (field, value.encode("utf-8")) not in self._reader:
            return np.zeros(0, dtype=np.int64)
        return np.fromiter(self._reader.postings(field, value).all_ids(), dtype=np.int64)

    def values(self, field: str) -> Values:
        """All values of a keyword field with their documents."""
        if field not in self._values:
            values = self.terms(field)
            lists = [self.documents(field, value) for value in values]
            empty = np.zeros(0, dtype=np.int64)
            self._values[field] = Values(
                values=values,
                documents=np.concatenate([empty, *lists]),
                ordinals=np.repeat(np.arange(len(lists)), [len(one) for one in lists]).astype(np.int64),
            )
        return self._values[field]
