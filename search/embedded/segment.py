"""One segment, read: where units stand, which documents hold what, and what is stored; all of it mapped.

A segment never changes; which of its documents are deleted, the snapshot knows. Documents are numbered within the
segment; a place is a token's number on the line of its field (see `search.embedded.builder`).
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedded.arrays import Arrays
from search.embedded.builder import FAR
from search.embedded.dictionary import ABSENT, Dictionary, read_dictionary
from search.embedded.schema import COUNTED, FORMAT, KEYS
from search.embedded.stored import Json, Packing
from search.embedded.vocabulary import Vocabulary
from search.errors import IndexIncompatible
from search.schema import TEXTS

Places = NDArray[np.uint32]
Numbers = NDArray[np.int64]

MAX_TERMS = 10_000
"""Of so many terms a field remembers the units: to find one takes as long as to look up hundreds."""

_DECODER = json.JSONDecoder()


class WrongFormat(ValueError):
    """A segment's file is of another version than this code."""


class Text:
    """A text field of a segment.

    Attributes:
        terms: what is indexed, as written.
        labels: languages and stems of the units, see `search.embedded.builder.label_of`.
        languages: of the segment's documents.
        unit_bounds: first unit of each term, and the number of units; uint32.
        unit_labels: number of each unit's label; uint32.
        place_bounds: where each unit's places begin in `places`, and where the last's end; uint32.
        places: of all units, one unit after the other, each in order; uint32.
        starts: place at which each document begins, and the end of the line; uint32, shape (documents + 1,).
        passages: place at which each passage begins, and the end of the line; uint32.
        lengths: number of tokens of each document; uint32.
        steps: from the beginning of the token before (of the passage) to that of each token, code points; uint8.
        far_places: where a step did not fit; uint32.
        far_steps: and what it is; uint32.
        key: what the caches know this field by.
        words: units of words as typed, as far as they are known; see `search.embedded.leaves`.
    """

    def __init__(self, arrays: Arrays, name: str, languages: Sequence[str], key: tuple[str, str]) -> None:
        self.key = key
        self.languages = languages
        self.terms = read_dictionary(arrays, f"{name}/terms")
        self.labels = read_dictionary(arrays, f"{name}/labels")
        self.unit_bounds: Places = arrays[f"{name}/unit_bounds"]
        self.unit_labels: Places = arrays[f"{name}/unit_labels"]
        self._label_units: Places = arrays[f"{name}/label_units"]
        self._label_bounds: Places = arrays[f"{name}/label_bounds"]
        self.place_bounds: Places = arrays[f"{name}/place_bounds"]
        self.places: Places = arrays[f"{name}/places"]
        self.starts: Places = arrays[f"{name}/starts"]
        self.passages: Places = arrays[f"{name}/passages"]
        self.lengths: Places = arrays[f"{name}/lengths"]
        self.steps: NDArray[np.uint8] = arrays[f"{name}/steps"]
        self.far_places: Places = arrays[f"{name}/far_places"]
        self.far_steps: Places = arrays[f"{name}/far_steps"]
        # Single numbers are read faster through these.
        self._steps, self._far_places, self._far_steps = self.steps.data, self.far_places.data, self.far_steps.data
        self._place_bounds = self.place_bounds.data
        self._unit_bounds = self.unit_bounds.data
        self.words: dict[str, tuple[list[int], bool]] = {}
        self._known: dict[str, range] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms in memory, for what looks through all of them."""
        return Vocabulary(self.terms[:])

    def units_of_term(self, term: str) -> range:
        """The units of a term, whose places stand one after the other."""
        known = self._known.get(term)
        if known is None:
            if len(self._known) >= MAX_TERMS:  # another thread may clear them as well, at any time
                self._known.clear()
            at = self.terms.find(term)
            known = range(0) if at == ABSENT else range(self._unit_bounds[at], self._unit_bounds[at + 1])
            self._known[term] = known
        return known

    def units_of_terms(self, first: int, last: int) -> tuple[int, int]:
        """First unit of the terms from number `first` up to `last`, this one left out, and the first after them."""
        return self._unit_bounds[first], self._unit_bounds[last]

    def units_of_label(self, label: str) -> list[int]:
        """The units with a label."""
        at = self.labels.find(label)
        if at == ABSENT:
            return []
        units: list[int] = self._label_units[int(self._label_bounds[at]) : int(self._label_bounds[at + 1])].tolist()
        return units

    def label_of_unit(self, unit: int) -> str:
        """The label of a unit."""
        return self.labels[int(self.unit_labels[unit])]

    def unit_places(self, first: int, last: int) -> Places:
        """The places of the units from `first` up to `last`, this one left out; mapped."""
        return self.places[self._place_bounds[first] : self._place_bounds[last]]

    def count_places(self, first: int, last: int) -> int:
        """How many places the units from `first` up to `last`, this one left out, have."""
        return self._place_bounds[last] - self._place_bounds[first]

    def count_term(self, at: int) -> int:
        """How many places the term with this number has."""
        return self.count_places(self._unit_bounds[at], self._unit_bounds[at + 1])

    def count(self, places: Places) -> tuple[Numbers, Numbers]:
        """Documents that hold any of `places`, which stand in order, and how many each."""
        if 2 * len(places) > len(self.starts):
            before = places.searchsorted(self.starts)
            counts = np.diff(before)
            documents = (counts != 0).nonzero()[0]
            return documents, counts[documents]
        held = self.starts.searchsorted(places, side="right") - 1
        if not len(held):
            return held, held
        new = np.empty(len(held), dtype=bool)
        new[0] = True
        np.not_equal(held[1:], held[:-1], out=new[1:])
        first = new.nonzero()[0]
        counts = np.empty(len(first), dtype=np.int64)
        np.subtract(first[1:], first[:-1], out=counts[:-1])
        counts[-1] = len(held) - first[-1]
        return held[first], counts

    def token_starts(self, first: int, places: Sequence[int]) -> list[int]:
        """Where the tokens at `places`, in order, begin in their passage, whose first place is `first`; code points."""
        if not places:
            return []
        far = bisect_left(self._far_places, first)
        starts, at, before = [], 0, first
        steps = bytes(self._steps[first : places[-1] + 1])  # added up in a third of the time
        for place in places:
            at += sum(steps[before - first : place + 1 - first])
            before = place + 1
            while far < len(self._far_places) and self._far_places[far] <= place:
                at += self._far_steps[far] - FAR
                far += 1
            starts.append(at)
        return starts


class Keys:
    """A keyword field of a segment, by value.

    Attributes:
        values: in order.
        documents: for each value in turn, the numbers of its documents; uint32.
        bounds: where a value's begin, and where the last's end; uint32.
    """

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.values = read_dictionary(arrays, f"{name}/values")
        self.documents: Places = arrays[f"{name}/documents"]
        self.bounds: Places = arrays[f"{name}/bounds"]

    def documents_of(self, value: str) -> Places:
        """Numbers of the documents with a value, in order."""
        at = self.values.find(value)
        if at == ABSENT:
            return self.documents[:0]
        return self.documents[int(self.bounds[at]) : int(self.bounds[at + 1])]


class Values:
    """A keyword field of a segment, by document.

    Attributes:
        values: in order.
        ordinals: for each document in turn, the numbers of its values; unsigned.
        counts: how many values each document has; unsigned.
    """

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.values = read_dictionary(arrays, f"{name}/values")
        self.ordinals: NDArray[np.unsignedinteger] = arrays[f"{name}/ordinals"]
        self.counts: NDArray[np.unsignedinteger] = arrays[f"{name}/counts"]

    def documents_of(self, value: str) -> Numbers:
        """Numbers of the documents with a value, in order."""
        at = self.values.find(value)
        if at == ABSENT:
            return np.zeros(0, dtype=np.int64)
        documents: Numbers = np.repeat(np.arange(len(self.counts)), self.counts)[self.ordinals == at]
        return documents


class Segment:
    """A segment's file, opened.

    Attributes:
        name: its id.
        file: where it is.
        size: number of its documents.
        blocks: language and number of documents of each block.
        texts: its text fields.
        keys: its keyword fields that are read by value.
        values: its keyword fields that are read by document.
        days: ordinal day of each searched document, 0 of others; uint32.
        kinds: see `search.embedded.schema`; uint8.
        packing: how the records are packed.
        records: what is stored, one record after the other; uint8.
        record_bounds: where each begins, and where the last ends; uint64.

    Raises:
        FileNotFoundError: it is gone.
        WrongFormat: it was written by another version.
        ValueError: it is damaged.
    """

    def __init__(self, file: Path) -> None:
        arrays = Arrays(file)
        if arrays.notes.get("format") != FORMAT:
            raise WrongFormat(f"{file.name} is of format {arrays.notes.get('format')}")
        self.name = file.stem
        self.file = file
        self.size: int = arrays.notes["size"]
        self.blocks: list[tuple[str, int]] = [(language, size) for language, size in arrays.notes["blocks"]]
        languages = tuple(language for language, _ in self.blocks if language)
        self.texts = {f.name: Text(arrays, f.name, languages, (self.name, f.name)) for f in TEXTS}
        self.keys = {name: Keys(arrays, name) for name in KEYS}
        self.values = {name: Values(arrays, name) for name in COUNTED}
        self.days: Places = arrays["day"]
        self.kinds: NDArray[np.uint8] = arrays["kind"]
        self.packing = Packing(arrays["dictionary"].tobytes())
        self.records: NDArray[np.uint8] = arrays["records"]
        self.record_bounds: NDArray[np.uint64] = arrays["record_bounds"]
        self._records, self._record_bounds = self.records.data, self.record_bounds.data

    def words(self, field: str) -> Dictionary:
        """The terms or values of a field, in order."""
        if field in self.texts:
            return self.texts[field].terms
        return self.keys[field].values if field in self.keys else self.values[field].values

    @cached_property
    def _id_numbers(self) -> Numbers:
        """For each document, the number of its id among the ids."""
        ids = self.keys["id"]
        numbers = np.zeros(self.size, dtype=np.int64)
        numbers[ids.documents] = np.arange(len(ids.documents))
        return numbers

    def id_of(self, number: int) -> str:
        """The id of an item's document."""
        return self.keys["id"].values[int(self._id_numbers[number])]

    def data(self, number: int) -> bytes:
        """The stored record of a document, as JSON."""
        return self.packing.unpack(self._records[self._record_bounds[number] : self._record_bounds[number + 1]])

    def record(self, number: int) -> Json:
        """The stored record of a document. Raises IndexIncompatible where it is damaged."""
        try:
            return _DECODER.raw_decode(self.data(number).decode())[0]
        except ValueError as error:
            message = f"the index is damaged: a record cannot be read ({error})"
            raise IndexIncompatible(message, hint="run lectern rebuild") from error
