"""Answers a query tree over the arrays of a snapshot: which documents match, and how well.

The one decision: a leaf is postings, a list or a column; everything above the leaves is boolean masks.
Scores are BM25F (Robertson and Zaragoza 2009, section 3.5): frequencies weighted by field before saturation; number of
documents, average lengths and document frequencies over live documents of all segments, so that a score does not
change when segments merge.
"""

import math
from collections.abc import Sequence
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.embedded.leaves import Leaves
from search.embedded.postings import Postings, post
from search.embedded.segment import Numbers
from search.embedded.snapshot import Mask, Snapshot
from search.query import (
    All,
    And,
    DateRange,
    Not,
    Or,
    Query,
    Run,
    Scope,
    Variants,
    iter_runs,
    phrase_of,
    typed_form,
    words_of_run,
)
from search.schema import BARE, BM25_K1, FIELD, NOT_STATED, TYPED, Field
from search.scored import iter_scored

MAX_RARITIES = 10_000
"""Of so many leaves a snapshot remembers how rare they are."""

Scores = NDArray[np.float64]


class Evaluator:
    """Answers queries over one snapshot; made for one request.

    Attributes:
        snapshot: that one.
        leaves: where the leaves of its queries stand.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.leaves = Leaves(snapshot.cache)
        self._held: dict[tuple[Query, str], Postings] = {}

    def mask(self, query: Query, fields: Sequence[Field] = BARE) -> Mask:
        """Which documents match: shape (size,), deleted and unsearched ones False."""
        snapshot = self.snapshot
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
            case Run():
                return reduce(np.logical_and, (self._holding(pair, fields) for pair in query.pairs))
        return self._holding(query, fields)

    def _holding(self, leaf: Query, fields: Sequence[Field]) -> Mask:
        """Which documents hold a leaf."""
        found = np.zeros(self.snapshot.size, dtype=bool)
        for field in fields:
            self._leaf(leaf, field).mark(found)
        return found

    def range_mask(self, since: date | None, until: date | None) -> Mask:
        """Which documents are of a day from `since` to `until`, where these are given."""
        return self.within(self.snapshot.live.copy(), since, until)

    def within(self, found: Mask, since: date | None, until: date | None) -> Mask:
        """`found`, from which all that is not of a day from `since` to `until` is taken away."""
        if since:
            found &= self.snapshot.days >= since.toordinal()
        if until:
            found &= self.snapshot.days <= until.toordinal()
        return found

    def value_mask(self, field: str, value: str) -> Mask:
        """Which documents hold `value` in a keyword field; of the empty value, which hold none."""
        found = np.zeros(self.snapshot.size, dtype=bool)
        if value == NOT_STATED:
            found[self.snapshot.stating(field)] = True
            return self.snapshot.live & ~found
        found[self.snapshot.holding(field, value)] = True
        return self.snapshot.live & found

    def scores(self, query: Query, found: Numbers) -> Scores:
        """BM25F score of each of the documents `found`, which match and stand in order; shape (len(found),).

        Half of a word's score is that of the form typed. Where words typed side by side stand so in the text, each of
        them counts as if it stood there once more.
        """
        scores = np.zeros(len(found))
        for leaf, fields in iter_scored(query, BARE):
            score = self.rarity(leaf, fields) * self._saturated(leaf, fields, found)
            if typed := typed_form(leaf):
                of_typed = self.rarity(typed, fields) * self._saturated(typed, fields, found)
                score = (1 - TYPED) * score + TYPED * of_typed
            scores += score
        for name, run in iter_runs(query):
            fields = (FIELD[name],) if name else BARE
            rarity = sum(self.rarity(word, fields) for word in words_of_run(run))
            scores += rarity * self._saturated(phrase_of(run), fields, found)
        return scores

    def _saturated(self, leaf: Query, fields: Sequence[Field], found: Numbers) -> Scores:
        """How often a leaf stands in each of the documents `found`, weighted field by field, then saturated."""
        frequency = np.zeros(len(found))
        for field in fields:
            times = self._leaf(leaf, field).times(found)
            frequency += field.weight * times / self.snapshot.norms(field.name)[found]
        return frequency * (BM25_K1 + 1) / (BM25_K1 + frequency)

    def rarity(self, leaf: Query, fields: Sequence[Field]) -> float:
        """Inverse document frequency of a leaf: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        known = self.snapshot.rarities
        key = (leaf, tuple(field.name for field in fields))
        rarity = known.get(key)
        if rarity is None:
            some = [held for held in (len(self._leaf(leaf, field)) for field in fields) if held]
            holding = some[0] if len(some) == 1 else int(np.count_nonzero(self._holding(leaf, fields)))
            if len(known) >= MAX_RARITIES:
                known.clear()
            rarity = known[key] = math.log(1 + (self.snapshot.count - holding + 0.5) / (holding + 0.5))
        return rarity

    def _leaf(self, leaf: Query, field: Field) -> Postings:
        """In which documents the leaf stands in the field, and how often."""
        key = (leaf, field.name)
        if key not in self._held:
            match leaf:
                case Run():
                    self._held[key] = self._leaf(leaf.phrase, field)
                case Variants(forms):
                    self._held[key] = self._together([self._leaf(form, field) for form in forms])
                case _:
                    self._held[key] = self.snapshot.postings(self.leaves, leaf, field.name)
        return self._held[key]

    def _together(self, held: Sequence[Postings]) -> Postings:
        """In which documents any of the leaves stand, and how often all of them do."""
        listed = [one.listed() for one in held]
        documents = np.concatenate([documents for documents, _ in listed])
        counts = np.concatenate([counts for _, counts in listed])
        found, at = np.unique(documents, return_inverse=True)
        return post(found, np.bincount(at, weights=counts, minlength=len(found)).astype(np.int64), self.snapshot.size)
