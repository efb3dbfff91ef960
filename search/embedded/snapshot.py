"""A commit as the evaluator sees it: all segments on one line of document numbers, deleted ones masked out.

Global numbers are a segment's base plus the number within the segment; arrays over documents have shape `(size,)`.
A snapshot never changes, and may be used by many threads: what is worked out when it is first asked for is the same
whoever does it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedded import schema
from search.embedded.cache import Cache
from search.embedded.codec import ArraySegment
from search.embedded.leaves import Leaves
from search.embedded.postings import Postings, join
from search.embedded.segment import Numbers, Segment
from search.embedded.stored import Json
from search.holdings import Coverage, Listed
from search.model import id_key
from search.query import Query
from search.schema import BARE, FIELD, type_mark

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """A segment in a snapshot: its first global number, and which of its documents are there, `None` if all are."""

    segment: Segment
    base: int
    present: Mask | None


@dataclass(frozen=True)
class Facet:
    """A keyword field over all segments.

    Attributes:
        values: in order.
        ordinals: numbers of the values of each document in turn; int32.
        bounds: where a document's begin, and where the last's end; int64, shape (size + 1,).
        documents: to which document each of `ordinals` belongs; int32.
    """

    values: tuple[str, ...]
    ordinals: NDArray[np.int32]
    bounds: Numbers
    documents: NDArray[np.int32]

    @cached_property
    def stated(self) -> Mask:
        """Which documents hold any value."""
        return np.asarray(np.diff(self.bounds) > 0)

    @cached_property
    def types(self) -> Numbers:
        """Number of the first entity of each type, which stand together, and the number of values."""
        marks = list(map(type_mark, self.values))
        return np.array([*(i for i, mark in enumerate(marks) if not i or mark != marks[i - 1]), len(marks)])


@dataclass(frozen=True)
class Forward:
    """All fields that are counted, by document.

    Documents that hold the same in all fields of one value a document are of one group: they are counted together, and
    what they hold is looked up once a group. There are as many groups as combinations, hundreds, not documents.

    Attributes:
        bases: the first code of each of `schema.FACETS`, that of documents without a value; those of its values follow,
            in order; and the number of codes; int64. In `entity` these come twice, the second time for documents that
            are about the entity: so both are counted at once, and no document has more codes for it.
        groups: of each document; unsigned.
        group_codes: of each group its code in each field of one value; int64, shape (fields, groups).
        codes: of each document in turn, in all other fields; int32.
        bounds: where a document's begin, and where the last's end; int64, shape (size + 1,).
    """

    bases: Numbers
    groups: NDArray[np.unsignedinteger]
    group_codes: Numbers
    codes: NDArray[np.int32]
    bounds: Numbers

    def count(self, documents: Numbers) -> Numbers:
        """How many of `documents` have each code."""
        size = int(self.bases[-1])
        if len(documents) < FEW:
            alone = self.group_codes[:, self.groups[documents]]
            together = np.concatenate([codes_of(self.codes, self.bounds, documents), alone.ravel()])
            return np.bincount(together, minlength=size)
        counts = count_codes(self.codes, self.bounds, documents, size)
        times = np.bincount(self.groups[documents], minlength=self.group_codes.shape[1])
        groups, starts, held = self._by_code
        counts[held] += np.add.reduceat(times[groups], starts)
        return counts

    @cached_property
    def _by_code(self) -> tuple[Numbers, Numbers, Numbers]:
        """The groups of each code of the fields of one value, code by code; where each code's begin; those codes."""
        codes = self.group_codes.ravel()
        order = codes.argsort(kind="stable")
        held, starts = np.unique(codes[order], return_index=True)
        return order % max(self.group_codes.shape[1], 1), starts, held


FEW = 1_000
"""Of so many documents each one's group is looked up, not how many are of each group."""

BLOCK = 2**14
"""So many documents are counted at once: what is made for them meanwhile stays in the processor's cache."""


def count_codes(codes: NDArray[np.int32], bounds: Numbers, documents: Numbers, size: int) -> Numbers:
    """How many of `documents` have each of `size` codes; each document's stand between its `bounds` in `codes`."""
    counts = np.zeros(size, dtype=np.int64)
    for start in range(0, len(documents), BLOCK):
        counts += np.bincount(codes_of(codes, bounds, documents[start : start + BLOCK]), minlength=size)
    return counts


def codes_of(codes: NDArray[np.int32], bounds: Numbers, documents: Numbers) -> NDArray[np.int32]:
    """The codes of `documents`, one document after the other; each one's stand between its `bounds` in `codes`."""
    begins = bounds[documents]
    sizes = bounds[1:][documents] - begins
    ends = sizes.cumsum()
    at = (begins - ends + sizes).repeat(sizes)
    at += np.arange(len(at))
    found: NDArray[np.int32] = codes.take(at)
    return found


class Snapshot:
    """One commit of one generation.

    Attributes:
        home: the generation's folder.
        generation: its number.
        sequence: the archive's sequence number that it is up to.
        analysis: by what its words were cut, folded and stemmed; "" where that is not one and the same.
        parts: its segments.
        size: number of records, deleted ones included.
        live: mask of the documents that searches may find.
        count: how many they are.
        days: ordinal day of each document; int32.
        cache: what is made of its segments' lists, for all requests.
        rarities: inverse document frequencies of leaves in fields, as far as they are known.
        coverage: what it holds, by publisher and language, once somebody has asked.
        listed: every briefing, likewise.
        editions: the same briefings in other languages, of those that somebody has asked for.
        series: ids of the briefings of a publisher and language, deleted ones too, in order, as far as asked for.
        received: when texts of briefings were received, of those that somebody has asked for.
    """

    def __init__(self, home: Path, listed: Sequence[ArraySegment], segments: Sequence[Segment], cache: Cache) -> None:
        self.home = home
        self.generation = int(home.name)
        self.sequence = max((segment.sequence for segment in listed), default=0)
        made = {segment.analysis for segment in listed}
        self.analysis = made.pop() if len(made) == 1 else ""
        self.cache = cache
        parts, base = [], 0
        for one, segment in zip(listed, segments, strict=True):
            present = None
            if one.deleted:
                present = np.ones(segment.size, dtype=bool)
                present[np.fromiter(one.deleted, dtype=np.int64)] = False
            parts.append(Part(segment, base, present))
            base += segment.size
        self.parts: Sequence[Part] = tuple(parts)
        self._bases = [part.base for part in parts]
        self.size = base
        self.live: Mask = self._kinds == schema.SEARCHED
        self.count = int(np.count_nonzero(self.live))
        days = [np.zeros(0, dtype=np.uint32), *(part.segment.days for part in parts)]
        self.days: NDArray[np.int32] = np.concatenate(days).astype(np.int32)
        self._facets: dict[str, Facet] = {}
        self._norms: dict[str, NDArray[np.float64]] = {}
        self.rarities: dict[tuple[Query, tuple[str, ...]], float] = {}
        self.coverage: tuple[Coverage, ...] | None = None
        self.listed: tuple[Listed, ...] | None = None
        self.editions: dict[str, tuple[str, ...]] = {}
        self.series: dict[str, list[str]] = {}
        self.received: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _kinds(self) -> NDArray[np.uint8]:
        """The kind of each record; of a deleted one, `schema.OTHER`."""
        kinds = [
            part.segment.kinds if part.present is None else np.where(part.present, part.segment.kinds, schema.OTHER)
            for part in self.parts
        ]
        return np.concatenate([np.zeros(0, dtype=np.uint8), *kinds])

    @cached_property
    def heads(self) -> Numbers:
        """Numbers of the heads of briefings."""
        return np.flatnonzero(self._kinds == schema.HEAD)

    # Order

    def ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of documents."""
        found = []
        for number in numbers:
            part = self.parts[self.part_of(number)]
            found.append(part.segment.id_of(number - part.base))
        return found

    @cached_property
    def ranks(self) -> Numbers:
        """Place of each document in the order of ids, among those that searches find; of others, nothing."""
        numbers = np.flatnonzero(self.live)
        keys = list(map(id_key, self.ids(numbers.tolist())))
        ranks = np.zeros(self.size, dtype=np.int64)
        ranks[numbers[sorted(range(len(keys)), key=keys.__getitem__)]] = np.arange(len(keys))
        return ranks

    def items(self) -> Numbers:
        """Numbers of the documents of all items, notes included."""
        found = []
        for part in self.parts:
            held = part.segment.keys["id"].documents.astype(np.int64)
            found.append((held if part.present is None else held[part.present[held]]) + part.base)
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    # Words

    def norms(self, field: str) -> NDArray[np.float64]:
        """What divides the frequencies in a text field: 1 - b + b times the document's length over the mean.

        The mean is over the documents that searches may find.
        """
        if field not in self._norms:
            b = FIELD[field].length_norm
            parts = [np.zeros(0, dtype=np.uint32), *(part.segment.texts[field].lengths for part in self.parts)]
            lengths = np.concatenate(parts).astype(np.float64)
            mean = lengths[self.live].sum() / max(self.count, 1)
            self._norms[field] = 1 - b + b * lengths / mean if mean else np.ones(self.size)
        return self._norms[field]

    def postings(self, leaves: Leaves, leaf: Query, field: str) -> Postings:
        """In which documents `leaf` stands in a text field, and how often."""
        return join([leaves.postings(leaf, part.segment.texts[field]).only(part.present) for part in self.parts])

    # Values

    def holding(self, field: str, value: str) -> Numbers:
        """Numbers of the records with `value` in a keyword field, in order; deleted ones too."""
        if field in schema.COUNTED:
            facet = self.facet(field)
            at = bisect_left(facet.values, value)
            if at == len(facet.values) or facet.values[at] != value:
                return np.zeros(0, dtype=np.int64)
            documents: Numbers = facet.documents[facet.ordinals == at].astype(np.int64)
            return documents
        found = [part.segment.keys[field].documents_of(value).astype(np.int64) + part.base for part in self.parts]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def stating(self, field: str) -> Numbers:
        """Numbers of the records with any value in a keyword field; deleted ones too."""
        if field in schema.COUNTED:
            return np.flatnonzero(self.facet(field).stated)
        found = [part.segment.keys[field].documents.astype(np.int64) + part.base for part in self.parts]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def terms(self, field: str, prefix: str) -> list[str]:
        """The terms or values of a field that begin with `prefix`, in order; of deleted documents too."""
        found: set[str] = set()
        for part in self.parts:
            words = part.segment.words(field)
            first, last = words.span(prefix)
            found.update(words[first:last])
        return sorted(found)

    def count_documents(self, field: str, term: str) -> int:
        """How many documents that searches may find hold a term as written, or a value."""
        if FIELD[field].kind == "keyword":
            return int(np.count_nonzero(self.live[self.holding(field, term)]))
        leaves, count = Leaves(self.cache), 0
        for part in self.parts:
            text = part.segment.texts[field]
            documents, _ = text.count(leaves.term(text, term))
            count += len(documents) if part.present is None else int(np.count_nonzero(part.present[documents]))
        return count

    def count_holding(self, term: str) -> int:
        """How many documents that searches may find hold a term as written in the question or the answer."""
        leaves, found = Leaves(self.cache), np.zeros(self.size, dtype=bool)
        for part in self.parts:
            for field in BARE:
                text = part.segment.texts[field.name]
                found[text.count(leaves.term(text, term))[0] + part.base] = True
        return int(np.count_nonzero(found & self.live))

    def facet(self, field: str) -> Facet:
        """A keyword field with all its values; deleted documents keep theirs."""
        if field not in self._facets:
            held = [part.segment.values[field] for part in self.parts]
            names = [one.values[:] for one in held]
            values = tuple(sorted({value for some in names for value in some}))
            number = {value: i for i, value in enumerate(values)}
            ordinals = [np.zeros(0, dtype=np.int32)]
            for one, some in zip(held, names, strict=True):
                local = np.array([number[value] for value in some] or [0], dtype=np.int32)
                ordinals.append(local[one.ordinals])
            sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(one.counts for one in held)])
            self._facets[field] = Facet(
                values=values,
                ordinals=np.concatenate(ordinals),
                bounds=np.concatenate([[0], np.cumsum(sizes)]),
                documents=np.repeat(np.arange(self.size, dtype=np.int32), sizes),
            )
        return self._facets[field]

    @cached_property
    def forward(self) -> Forward:
        """The values of all fields that are counted, by document."""
        base, bases, alone, parts = 0, [0], [], []
        for field in schema.FACETS:
            facet = self.facet(field)
            none = np.flatnonzero(~facet.stated)
            ordinals, size = facet.ordinals, len(facet.values)
            if field == "entity":
                ordinals, size = np.where(self._is_subject, ordinals + size, ordinals), 2 * size
            codes = np.concatenate([ordinals + (base + 1), np.full(len(none), base)])
            documents = np.concatenate([facet.documents, none])
            if field in schema.ALONE:
                column = np.empty(self.size, dtype=np.int64)
                column[documents] = codes
                alone.append(column)
            else:
                parts.append((documents, codes))
            base += size + 1
            bases.append(base)
        documents = np.concatenate([held for held, _ in parts])
        order = np.argsort(documents, kind="stable")
        groups, group_codes = _grouped(alone)
        return Forward(
            bases=np.array(bases),
            groups=groups,
            group_codes=group_codes,
            codes=np.concatenate([codes for _, codes in parts])[order].astype(np.int32),
            bounds=np.concatenate([[0], np.cumsum(np.bincount(documents, minlength=self.size))]),
        )

    @cached_property
    def totals(self) -> Numbers:
        """How many of all documents that searches may find have each code of `forward`."""
        return self.forward.count(np.flatnonzero(self.live))

    @property
    def _is_subject(self) -> Mask:
        """Which of the ordinals of `entity` name what their document is about."""
        mentioned, about = self.facet("entity"), self.facet("about")
        number = {value: i for i, value in enumerate(mentioned.values)}
        ordinals = np.array([number[value] for value in about.values] or [0])[about.ordinals]
        size = len(mentioned.values)
        subjects = about.documents.astype(np.int64) * size + ordinals
        return np.isin(mentioned.documents.astype(np.int64) * size + mentioned.ordinals, subjects)

    # Records

    def number(self, field: str, value: str) -> int | None:
        """Number of the record with this `key` or `id`, `None` if there is none (any more)."""
        for part in self.parts:
            for document in part.segment.keys[field].documents_of(value).tolist():
                if part.present is None or part.present[document]:
                    return part.base + int(document)
        return None

    def part_of(self, number: int) -> int:
        """Which of the parts a record is in."""
        return bisect_right(self._bases, number) - 1

    def record(self, number: int) -> Json:
        """The stored record of a document number."""
        part = self.parts[self.part_of(number)]
        return part.segment.record(number - part.base)

    # Days

    @cached_property
    def days_until(self) -> tuple[int, Numbers]:
        """The first day of all, and for it and each day after it, how many documents are of that day or before."""
        return count_until(self.days[self.live])


def count_until(days: NDArray[np.int32]) -> tuple[int, Numbers]:
    """The first of `days`, and for it and each day after it up to the last, how many are of that day or before."""
    if not len(days):
        return 0, np.zeros(0, dtype=np.int64)
    first = int(days.min())
    return first, np.cumsum(np.bincount(days - first))


def _grouped(columns: Sequence[Numbers]) -> tuple[NDArray[np.unsignedinteger], Numbers]:
    """The group of each row of `columns`, and what the rows of each group hold; shape (columns, groups)."""
    groups = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        groups = np.unique(groups * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    first = np.unique(groups, return_index=True)[1]
    return groups.astype(np.min_scalar_type(len(first))), np.stack([column[first] for column in columns])
