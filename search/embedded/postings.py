"""In which documents a leaf stands, and how often in each: a list of documents, or a column over all of them.

The one decision: what stands in many of the documents is a column, a byte a document, which is read from its beginning
to its end; a list of them would be longer, and every step that it tells leads elsewhere in other arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.embedded.segment import Numbers

DENSE = 8
"""What stands in more than one of so many documents is a column."""

SPARSE = 512
"""Up to so many documents are looked up one by one; more by way of an array over all."""

Counts = NDArray[np.integer]
Found = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a leaf stands among `size` documents.

    Attributes:
        size: how many documents there are.
        documents: in which it stands, in order; `None` where there is a column.
        counts: how often in each of `documents`, or the column: how often in each document of all.
    """

    size: int
    documents: Numbers | None
    counts: Counts

    def __len__(self) -> int:
        return len(self.counts) if self.documents is not None else int(np.count_nonzero(self.counts))

    def listed(self) -> tuple[Numbers, Counts]:
        """The documents in which it stands, in order, and how often in each."""
        if self.documents is not None:
            return self.documents, self.counts
        documents = (self.counts != 0).nonzero()[0]
        return documents, self.counts[documents]

    def column(self) -> Counts:
        """How often it stands in each document."""
        if self.documents is None:
            return self.counts
        column = np.zeros(self.size, dtype=self.counts.dtype)
        column[self.documents] = self.counts
        return column

    def mark(self, found: Found) -> None:
        """Let `found`, which has as many documents, hold those in which it stands too."""
        if self.documents is None:
            found |= self.counts != 0
        else:
            found[self.documents] = True

    def times(self, found: Numbers) -> Counts:
        """How often it stands in each of the documents `found`."""
        if self.documents is None or len(found) >= SPARSE:
            return self.column()[found]
        if not len(self.documents):
            return np.zeros(len(found), dtype=np.uint8)
        at = self.documents.searchsorted(found)
        at[at == len(self.documents)] = 0
        return np.where(self.documents[at] == found, self.counts[at], 0)

    def only(self, present: Found | None) -> "Postings":
        """The same without documents that are not `present`; `None` if all are."""
        if present is None:
            return self
        if self.documents is None:
            return Postings(self.size, None, self.counts * present)
        kept = present[self.documents]
        return Postings(self.size, self.documents[kept], self.counts[kept])


def post(documents: Numbers, counts: Counts, size: int) -> Postings:
    """Where something stands `counts` times in `documents`, of `size`; in as little room as may be."""
    narrow = counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
    listed = Postings(size, documents, narrow)
    return Postings(size, None, listed.column()) if len(documents) * DENSE > size else listed


def join(some: Sequence[Postings]) -> Postings:
    """Where a leaf stands in documents that lie one after the other."""
    if len(some) == 1:
        return some[0]
    size = sum(one.size for one in some)
    if any(one.documents is None for one in some):
        return Postings(size, None, np.concatenate([one.column() for one in some]))
    bases = np.cumsum([0, *(one.size for one in some)]).tolist()
    none = np.zeros(0, dtype=np.int64)
    listed = [(one.listed(), base) for one, base in zip(some, bases, strict=False)]
    return Postings(
        size,
        np.concatenate([none, *(documents + base for (documents, _), base in listed)]),
        np.concatenate([none.astype(np.uint8), *(counts for (_, counts), _ in listed)]),
    )
