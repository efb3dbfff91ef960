"""From records to the arrays of one segment.

A segment's documents stand in blocks, one a language, in the order of the languages' codes; within a block as they
came. All tokens of a text field lie on one line: a token's place is its number on it, and after every passage one
place stays empty. A *unit* is a term as written by words of one stem in one language; its list is where it stands, in
order. So the exact term, and the group of words that share a stem, are both unions of whole lists (usually one).

The one decision: what a surface stands for is worked out once, at its first sight; a text is then but a row of small
numbers, and sorting these makes all lists at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedded.arrays import ArrayWriter
from search.embedded.dictionary import write_dictionary
from search.embedded.schema import COUNTED, FORMAT, KEYS, Record
from search.embedded.stored import Packing, train
from search.schema import TEXTS
from search.stems import stem
from search.text import cut, forms, kind_of

PLACE_BITS = 32
MAX_TOKENS = 4_000_000
"""So many tokens fill a builder: they, and what sorts them, then take about 200 MB."""

MAX_SURFACES = 400_000
"""What so many surfaces stand for takes some 120 MB; all real briefings together have some 110,000."""

_SPARE = 2**20
"""So many of the highest places stay free: a phrase or Near that looks beyond the line's end still counts right."""

FAR = 255
"""A step of so many code points or more does not fit in its byte; it stands in an array of its own."""

_GAP, _NONE = 0, -1
_NO_TEXTS: Sequence[Sequence[str]] = ((),) * len(TEXTS)

UnitKey = tuple[str, str]  # a term, and its label
Rows = list[tuple[UnitKey, ...]]  # by type: the units of a token

Numbers = NDArray[np.int64]


def label_of(language: str, stem: str) -> str:
    """How a unit's language and stem (empty: none) are written: labels of a language stand together."""
    return f"{language}\0{stem}"


class _Types(dict[str, int]):
    """What each surface stands for in one language: its type, a number into `rows`."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.rows: Rows = [()]
        self._language = language

    def __missing__(self, surface: str) -> int:
        found = forms(surface, kind_of(surface))
        if not found.terms[0]:
            return self.setdefault(surface, _NONE)
        # One unit of a token has its stem, so that the words of a stem are met once each: that of its last term, which
        # of "China's" is "china", and of "US" is "US".
        *others, last = found.terms
        label, bare = label_of(self._language, stem(found.base, self._language)), label_of(self._language, "")
        self.rows.append((*((term, bare) for term in others), (last, label)))
        return self.setdefault(surface, len(self.rows) - 1)


class Surfaces(dict[str, _Types]):
    """What surfaces stand for, by language: builders that follow each other share it, and work it out once."""

    def __missing__(self, language: str) -> _Types:
        return self.setdefault(language, _Types(language))

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin anew: a collection's rare words never end."""
        return sum(map(len, self.values())) >= MAX_SURFACES


@dataclass
class _Line:
    """The tokens of one field in one language: types and steps along the line, and where what begins."""

    types: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, passages: Sequence[str], types: _Types) -> None:
        """Put the passages of one more document on the line."""
        began = len(self.types)
        self.starts.append(began)
        for text in passages:
            self.passages.append(len(self.types))
            surfaces, steps = cut(text)
            found = list(map(types.__getitem__, surfaces))
            if _NONE in found:
                _drop_nothing(found, steps)
            self.types += found
            self.steps += steps
            self.types.append(_GAP)
            self.steps.append(0)
        self.lengths.append(len(self.types) - began - len(passages))


def _drop_nothing(types: list[int], steps: list[int]) -> None:
    """Leave out the tokens that fold to nothing; the steps to them are added to those that follow."""
    for at in reversed(range(len(types))):
        if types[at] == _NONE:
            del types[at]
            step = steps.pop(at)
            if at < len(steps):
                steps[at] += step


@dataclass
class _Block:
    """The documents of one language."""

    language: str
    types: _Types
    records: list[Record] = field(default_factory=list)
    lines: dict[str, _Line] = field(default_factory=lambda: {f.name: _Line() for f in TEXTS})

    def add(self, record: Record) -> None:
        """One more document."""
        self.records.append(record)
        for line, passages in zip(self.lines.values(), record.texts or _NO_TEXTS, strict=True):
            line.add(passages, self.types)


class SegmentBuilder:
    """Collects records, and writes them as a segment.

    Args:
        packing: how to store them; by a dictionary made from them, if it is not given.
        surfaces: what is known of surfaces from a builder before.

    Attributes:
        packing: how they are stored, once they are.
        surfaces: what is known of surfaces, for the next builder.
        size: how many there are.
    """

    def __init__(self, packing: Packing | None = None, surfaces: Surfaces | None = None) -> None:
        self.packing = packing
        self.surfaces = Surfaces() if surfaces is None else surfaces
        if self.surfaces.is_full:
            self.surfaces.clear()
        self._blocks: dict[str, _Block] = {}
        self.size = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return sum(len(line.types) for block in self._blocks.values() for line in block.lines.values()) >= MAX_TOKENS

    def add(self, record: Record) -> None:
        """Take a record in."""
        if record.language not in self._blocks:
            self._blocks[record.language] = _Block(record.language, self.surfaces[record.language])
        self._blocks[record.language].add(record)
        self.size += 1

    def write(self, file: Path) -> None:
        """Write all records taken in as the segment `file`."""
        blocks = [self._blocks[language] for language in sorted(self._blocks)]
        records = [record for block in blocks for record in block.records]
        with ArrayWriter(file, {"format": FORMAT, "size": len(records), "blocks": _bounds(blocks)}) as out:
            for name in (f.name for f in TEXTS):
                _write_text(out, name, [(block.types.rows, block.lines[name]) for block in blocks])
            for name in KEYS:
                write_keys(out, name, _postings(name, records))
            for name in COUNTED:
                write_values(out, name, _postings(name, records), len(records))
            out.put("day", np.array([r.day for r in records], dtype=np.uint32))
            out.put("kind", np.array([r.kind for r in records], dtype=np.uint8))
            self.packing = self.packing or Packing(train([record.data for record in records]))
            write_records(out, self.packing, [self.packing.pack(record.data) for record in records])


def write_records(out: ArrayWriter, packing: Packing, records: Sequence[bytes]) -> None:
    """Write what is stored, packed, one record after the other."""
    out.put("dictionary", np.frombuffer(packing.dictionary, dtype=np.uint8))
    out.put("records", np.frombuffer(b"".join(records), dtype=np.uint8))
    out.put("record_bounds", offsets(np.array([len(record) for record in records], dtype=np.int64), np.uint64))


def _bounds(blocks: Sequence[_Block]) -> list[tuple[str, int]]:
    """Language and size of each block."""
    return [(block.language, len(block.records)) for block in blocks]


def offsets(sizes: Numbers, dtype: type[np.unsignedinteger] = np.uint32) -> NDArray[np.unsignedinteger]:
    """Where each of things of these sizes begins when they stand one after the other, and where the last ends.

    Raises:
        OverflowError: they do not fit into `dtype`.
    """
    ends = np.cumsum(sizes, dtype=np.int64)
    most = np.iinfo(dtype).max - _SPARE
    if len(ends) and ends[-1] > most:
        raise OverflowError(f"a segment of {ends[-1]:,} places: {most:,} are the most")
    return np.concatenate([[0], ends]).astype(dtype)


@dataclass(frozen=True)
class Postings:
    """A keyword field: which document holds which value.

    Attributes:
        values: in order.
        documents: of each posting, in order.
        ordinals: of each posting, the value's number.
    """

    values: Sequence[str]
    documents: Numbers
    ordinals: Numbers


def _postings(name: str, records: Sequence[Record]) -> Postings:
    """The postings of a keyword field."""
    held = [record.values(name) for record in records]
    values = sorted({value for some in held for value in some})
    number = {value: i for i, value in enumerate(values)}
    documents = np.repeat(np.arange(len(held)), [len(some) for some in held]).astype(np.int64)
    ordinals = np.array([number[value] for some in held for value in some], dtype=np.int64)
    return Postings(values, documents, ordinals)


def write_keys(out: ArrayWriter, name: str, postings: Postings) -> None:
    """Write a keyword field by value: the documents of each."""
    write_dictionary(out, f"{name}/values", postings.values)
    order = np.argsort(postings.ordinals, kind="stable")
    out.put(f"{name}/documents", postings.documents[order].astype(np.uint32))
    out.put(f"{name}/bounds", offsets(np.bincount(postings.ordinals, minlength=len(postings.values))))


def write_values(out: ArrayWriter, name: str, postings: Postings, size: int) -> None:
    """Write a keyword field by document, of which there are `size`: the values of each."""
    write_dictionary(out, f"{name}/values", postings.values)
    counts = np.bincount(postings.documents, minlength=size)
    highest = max(len(postings.values) - 1, 0)
    out.put(f"{name}/ordinals", postings.ordinals.astype(np.min_scalar_type(highest)))
    out.put(f"{name}/counts", counts.astype(np.min_scalar_type(int(counts.max(initial=0)))))


def _write_text(out: ArrayWriter, name: str, parts: Sequence[tuple[Rows, _Line]]) -> None:
    """Write a text field, whose lines in all languages become one."""
    bases = offsets(np.array([len(line.types) for _, line in parts], dtype=np.int64))
    steps = np.concatenate([np.zeros(0, dtype=np.int64), *(np.array(line.steps, dtype=np.int64) for _, line in parts)])
    out.put(f"{name}/steps", np.minimum(steps, FAR).astype(np.uint8))
    far = np.flatnonzero(steps >= FAR)
    out.put(f"{name}/far_places", far.astype(np.uint32))
    out.put(f"{name}/far_steps", steps[far].astype(np.uint32))
    for which in ("starts", "passages"):
        begun = [np.array(getattr(line, which), dtype=np.int64) for _, line in parts]
        shifted = [places + base for places, base in zip(begun, bases, strict=False)]
        out.put(f"{name}/{which}", np.concatenate([*shifted, [len(steps)]]).astype(np.uint32))
    lengths = [np.array(line.lengths, dtype=np.uint32) for _, line in parts]
    out.put(f"{name}/lengths", np.concatenate([np.zeros(0, dtype=np.uint32), *lengths]))
    units, places = _sort_units(parts, bases.tolist())
    write_units(out, name, units, np.bincount(places >> PLACE_BITS, minlength=len(units)))
    out.put(f"{name}/places", (places & (2**PLACE_BITS - 1)).astype(np.uint32))


def _sort_units(parts: Sequence[tuple[Rows, _Line]], bases: Sequence[int]) -> tuple[list[UnitKey], Numbers]:
    """All units in order, and every posting in order: its unit's number times 2^32, plus its place."""
    used = [np.array(line.types, dtype=np.int64) for _, line in parts]
    wanted = [np.flatnonzero(np.bincount(types)) for types in used]
    rows_used = (rows[t] for (rows, _), types in zip(parts, wanted, strict=True) for t in types.tolist())
    units = sorted(set(chain.from_iterable(rows_used)))
    number = {unit: i for i, unit in enumerate(units)}
    postings: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    for (rows, _), types, present, base in zip(parts, used, wanted, bases, strict=False):
        places = np.arange(len(types), dtype=np.int64) + base
        for k in range(max((len(rows[t]) for t in present.tolist()), default=0)):
            # The k-th term of each type; of most there is but one.
            unit_of = np.full(len(rows), -1, dtype=np.int64)
            for t in present.tolist():
                if len(rows[t]) > k:
                    unit_of[t] = number[rows[t][k]]
            found = unit_of[types]
            has = found >= 0
            postings.append((found[has] << PLACE_BITS) + places[has])
    return units, np.sort(np.concatenate(postings))


def write_units(out: ArrayWriter, name: str, units: Sequence[UnitKey], counts: Numbers) -> None:
    """Write which units a text field has: its terms, their units, and the units of each label.

    Args:
        out: where.
        name: the field's name.
        units: in order.
        counts: how many places each has.
    """
    terms = list(dict.fromkeys(term for term, _ in units))
    labels = sorted({label for _, label in units})
    write_dictionary(out, f"{name}/terms", terms)
    write_dictionary(out, f"{name}/labels", labels)
    term_number = {term: i for i, term in enumerate(terms)}
    label_number = {label: i for i, label in enumerate(labels)}
    term_of = np.array([term_number[term] for term, _ in units], dtype=np.int64)
    label_of_unit = np.array([label_number[label] for _, label in units], dtype=np.int64)
    out.put(f"{name}/unit_bounds", offsets(np.bincount(term_of, minlength=len(terms))))
    out.put(f"{name}/unit_labels", label_of_unit.astype(np.uint32))
    out.put(f"{name}/label_units", np.argsort(label_of_unit, kind="stable").astype(np.uint32))
    out.put(f"{name}/label_bounds", offsets(np.bincount(label_of_unit, minlength=len(labels))))
    out.put(f"{name}/place_bounds", offsets(counts))


def iter_units(
    terms: Sequence[str], unit_bounds: Sequence[int], labels: Sequence[str], unit_labels: Sequence[int]
) -> Iterator[UnitKey]:
    """The units that `write_units` wrote, in order."""
    names = labels[:]
    for i, term in enumerate(terms[:]):
        for unit in range(unit_bounds[i], unit_bounds[i + 1]):
            yield term, names[unit_labels[unit]]
