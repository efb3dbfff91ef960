"""A commit as the evaluator sees it: all segments on one line of document numbers, deleted ones masked out.

Global numbers are a segment's base plus the number within the segment; arrays over documents have shape `(size,)`.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from search.embedded.segment import PLACE_BITS, Places, SegmentArrays, Values
from search.embedded.vocabulary import Vocabulary
from search.schema import FIELD

Mask = NDArray[np.bool_]


class Snapshot:
    """One commit of one generation.

    Attributes:
        reader: Whoosh's reader of it, for stored records.
        generation: number of the index generation.
        live: mask of the documents that searches may find.
        days: ordinal day of each document.
        ranks: place of each document in the order of ids.
    """

    def __init__(
        self,
        index: FileIndex,
        generation: int,
        known: dict[str, SegmentArrays],
    ) -> None:
        self.reader: IndexReader = index.reader()
        self.generation = generation
        self.segments: dict[str, SegmentArrays] = {}
        for reader, _ in self.reader.leaf_readers():
            name = reader.segment().segment_id()
            arrays = known.get(name)
            if arrays is None:
                arrays = SegmentArrays(reader)
            else:
                arrays.use(reader)
            self.segments[name] = arrays
        self._parts: Sequence[SegmentArrays] = tuple(self.segments.values())
        sizes = [part.size for part in self._parts]
        self.bases = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.size = int(self.bases[-1])
        self.live: Mask = np.concatenate([np.zeros(0, dtype=bool), *(part.searched for part in self._parts)])
        for base, part in zip(self.bases, self._parts, strict=False):
            self.live[base + part.deleted()] = False
        self.days = self._join(lambda part: part.days)
        self.count = int(self.live.sum())
        self._facets: dict[str, Values] = {}
        self._lengths: dict[str, NDArray[np.float64]] = {}
        self._vocabularies: dict[str, Vocabulary] = {}

    def _join(self, take: Callable[[SegmentArrays], NDArray[np.int64]]) -> NDArray[np.int64]:
        return np.concatenate([np.zeros(0, dtype=np.int64), *(take(part) for part in self._parts)])

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """Place of each document in the order of ids; documents that searches do not find come first."""
        orders = np.concatenate([np.zeros(0, dtype="S1"), *(part.orders for part in self._parts)])
        ranks = np.empty(self.size, dtype=np.int64)
        ranks[np.argsort(orders, kind="stable")] = np.arange(self.size)
        return ranks

    def relative_lengths(self, field: str) -> NDArray[np.float64]:
        """Number of tokens of each document in a text field, of the mean over those that searches may find."""
        if field not in self._lengths:
            lengths = self._join(lambda part: part.lengths[field])
            self._lengths[field] = lengths / (lengths[self.live].sum() / self.count)
        return self._lengths[field]

    def vocabulary(self, field: str) -> Vocabulary:
        """The terms of a field, those of deleted documents possibly included."""
        if field not in self._vocabularies:
            terms = {term for part in self._parts for term in part.terms(field)}
            self._vocabularies[field] = Vocabulary(sorted(terms))
        return self._vocabularies[field]

    def places(self, field: str, term: str) -> Places:
        """Where `term` stands in the field of live documents: global document number times 2^32 plus position."""
        found = [
            part.places(field, term) + (int(base) << PLACE_BITS)
            for base, part in zip(self.bases, self._parts, strict=False)
        ]
        places = np.concatenate([np.zeros(0, dtype=np.int64), *found])
        kept: Places = places[self.live[places >> PLACE_BITS]]
        return kept

    def documents(self, field: str, value: str) -> NDArray[np.int64]:
        """Numbers of the documents with `value` in a keyword field."""
        found = [part.documents(field, value) + base for base, part in zip(self.bases, self._parts, strict=False)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def values(self, field: str) -> Values:
        """All values of a keyword field with their documents, over all segments."""
        if field not in self._facets:
            parts = [part.values(field) for part in self._parts]
            values = tuple(sorted({value for part in parts for value in part.values}))
            place = {value: i for i, value in enumerate(values)}
            documents, ordinals = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
            for base, part in zip(self.bases, parts, strict=False):
                local = np.array([place[value] for value in part.values], dtype=np.int64)
                documents.append(part.documents + base)
                ordinals.append(local[part.ordinals])
            self._facets[field] = Values(values, np.concatenate(documents), np.concatenate(ordinals))
        return self._facets[field]

    def count_documents(self, field: str, term: str) -> int:
        """How many documents that searches may find hold `term`."""
        if FIELD[field].kind == "keyword":
            return int(self.live[self.documents(field, term)].sum())
        return len(np.unique(self.places(field, term) >> PLACE_BITS))

    def number(self, key: str) -> int | None:
        """Number of the record with this key, `None` if there is none (any more)."""
        if ("key", key.encode("utf-8")) not in self.reader:
            return None
        matcher = self.reader.postings("key", key)
        return int(matcher.id()) if matcher.is_active() else None
