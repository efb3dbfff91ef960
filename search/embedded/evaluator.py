"""Answers a query tree over the arrays of a snapshot: which documents match, and how well.

The one decision: a leaf is a sorted array of places on one line of all documents, so that phrases and nearness are set
arithmetic, and everything above the leaves is boolean masks. Scores are BM25F (Robertson and Zaragoza 2009, section
3.5): frequencies weighted by field before saturation; number of documents, average lengths and document frequencies
over live documents of all segments, so that a score does not change when segments merge.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from search.embedded.segment import PLACE_BITS, Places
from search.embedded.snapshot import Mask, Snapshot
from search.query import All, And, DateRange, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Scope, Term, Wildcard
from search.schema import BARE, BM25_K1, FIELD, NOT_STATED, Field
from search.text import fold, query_term
from search.words import Leaf, literal_prefix, term_test

Scores = NDArray[np.float64]


class Evaluator:
    """Answers queries over one snapshot; made for one request."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._leaf = lru_cache(maxsize=None)(self._read_leaf)
        self._test = lru_cache(maxsize=None)(term_test)

    def mask(self, query: Query, fields: Sequence[Field] = BARE) -> Mask:
        """Which documents match: shape (size,), deleted and unsearched ones False."""
        snapshot = self._snapshot
        match query:
            case All():
                return snapshot.live.copy()
            case And(children):
                return reduce(np.logical_and, (self.mask(c, fields) for c in children))
            case Or(children):
                return reduce(np.logical_or, (self.mask(c, fields) for c in children))
            case Not(child):
                return snapshot.live & ~self.mask(child, fields)
            case DateRange(since, until):
                return self.range_mask(since, until)
            case Scope(name, Query() as child):
                return self.mask(child, (FIELD[name],))
            case Scope(name, str() as value):
                return self.value_mask(name, value)
        found = np.zeros(snapshot.size, dtype=bool)
        for field in fields:
            found[self._leaf(query, field)[0]] = True
        return found

    def range_mask(self, since: date | None, until: date | None) -> Mask:
        """Which documents are of a day from `since` to `until`, where these are given."""
        found = self._snapshot.live.copy()
        if since:
            found &= self._snapshot.days >= since.toordinal()
        if until:
            found &= self._snapshot.days <= until.toordinal()
        return found

    def value_mask(self, field: str, value: str) -> Mask:
        """Which documents hold `value` in a keyword field; of the empty value, which hold none."""
        found = np.zeros(self._snapshot.size, dtype=bool)
        if value == NOT_STATED:
            found[self._snapshot.values(field).documents] = True
            return self._snapshot.live & ~found
        found[self._snapshot.documents(field, value)] = True
        return self._snapshot.live & found

    def scores(self, query: Query) -> Scores:
        """BM25F score of every document, shape (size,); meaningful where `mask` is True."""
        scores = np.zeros(self._snapshot.size)
        for leaf, fields in iter_scored(query, BARE):
            frequency = np.zeros(self._snapshot.size)
            for field in fields:
                documents, counts = self._leaf(leaf, field)
                if len(documents):
                    lengths = self._snapshot.relative_lengths(field.name)[documents]
                    norm = 1 - field.length_norm + field.length_norm * lengths
                    frequency[documents] += field.weight * counts / norm
            rarity = self.rarity(leaf, fields)
            scores += rarity * frequency * (BM25_K1 + 1) / (BM25_K1 + frequency)
        return scores

    def rarity(self, leaf: Query, fields: Sequence[Field]) -> float:
        """Inverse document frequency of a leaf: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        found = np.zeros(self._snapshot.size, dtype=bool)
        for field in fields:
            found[self._leaf(leaf, field)[0]] = True
        holding = int(found.sum())
        return math.log(1 + (self._snapshot.count - holding + 0.5) / (holding + 0.5))

    def _read_leaf(self, leaf: Query, field: Field) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Documents where the leaf stands in the field, ascending, and how often."""
        return np.unique(self._places(leaf, field.name) >> PLACE_BITS, return_counts=True)

    def _places(self, leaf: Query, field: str) -> Places:
        match leaf:
            case Phrase(words):
                return self._phrase_places([query_term(word) for word in words], field)
            case Near(words, distance):
                return self._near_places([query_term(word) for word in words], distance, field)
            case _ if isinstance(leaf, Leaf):
                return _union([self._snapshot.places(field, term) for term in self._terms(leaf, field)])
        raise TypeError(f"{leaf!r} stands for no words")

    def _terms(self, leaf: Leaf, field: str) -> Sequence[str]:
        """The terms of the field that the leaf stands for."""
        match leaf:
            case Term(text):
                return (query_term(text),)
            case Fuzzy(text):
                found: Sequence[str] = self._snapshot.vocabulary(field).like(fold(text), leaf.edits)
            case Prefix() | Wildcard():
                found = self._snapshot.vocabulary(field).beginning(literal_prefix(leaf))
        return list(filter(self._test(leaf), found))

    def _phrase_places(self, terms: Sequence[str], field: str) -> Places:
        """Places where the phrase begins: those of its rarest word, thinned by every other."""
        lists = {term: self._snapshot.places(field, term) for term in dict.fromkeys(terms)}
        rarest, *others = sorted(range(len(terms)), key=lambda i: len(lists[terms[i]]))
        starts = lists[terms[rarest]] - rarest
        for i in others:
            starts = starts[_among(starts + i, lists[terms[i]])]
        return starts

    def _near_places(self, terms: Sequence[str], distance: int, field: str) -> Places:
        """Places of any of the words from which on, within the window, each stands as often as it was asked for."""
        need = Counter(terms)
        lists = {term: self._snapshot.places(field, term) for term in need}
        starts = _union(list(lists.values()))
        ends = starts + len(terms) + distance
        kept = np.ones(len(starts), dtype=bool)
        for term, times in need.items():
            inside = np.searchsorted(lists[term], ends) - np.searchsorted(lists[term], starts)
            kept &= inside >= times
        return starts[kept]


def _among(wanted: Places, places: Places) -> Mask:
    """Which of `wanted` stand in `places`, which is sorted."""
    if not len(places):
        return np.zeros(len(wanted), dtype=bool)
    at = np.searchsorted(places, wanted)
    at[at == len(places)] = 0
    return np.asarray(places[at] == wanted)


def _union(lists: Sequence[Places]) -> Places:
    """All that stands in any of the lists, sorted, each once."""
    if len(lists) == 1:
        return lists[0]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *lists]))


def iter_scored(query: Query, fields: Sequence[Field]) -> Iterator[tuple[Query, Sequence[Field]]]:
    """The leaves that add to a score, with the fields they look in: all that look for words and are not below a Not."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from iter_scored(child, fields)
        case Scope(name, Query() as child):
            yield from iter_scored(child, (FIELD[name],))
        case Phrase() | Near():
            yield query, fields
        case _ if isinstance(query, Leaf):
            yield query, fields
