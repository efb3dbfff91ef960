"""The terms of one field, in memory: what a Prefix, Wildcard or Fuzzy stands for is looked up here.

The one decision: terms that may be like a word are found by length and letters on arrays; only the few that are left
are measured letter by letter.
"""

import sys
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


class Vocabulary:
    """Terms in code point order, each once."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = terms

    def beginning(self, prefix: str) -> Sequence[str]:
        """The terms that begin with `prefix`."""
        return self.terms[bisect_left(self.terms, prefix) : bisect_left(self.terms, prefix + chr(sys.maxunicode))]

    def like(self, word: str, edits: int) -> list[str]:
        """All terms that differ from `word` by at most `edits` letters, and some others.

        An edit changes the length by at most one, and brings in and takes away at most one letter.
        """
        letters = _letters(word)
        near = np.abs(self._lengths - len(word)) <= edits
        near &= np.bitwise_count(self._letters & ~letters) <= edits
        near &= np.bitwise_count(letters & ~self._letters) <= edits
        return [self.terms[i] for i in np.flatnonzero(near).tolist()]

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return np.fromiter(map(len, self.terms), dtype=np.int64, count=len(self.terms))

    @cached_property
    def _letters(self) -> NDArray[np.uint64]:
        return np.fromiter(map(_letters, self.terms), dtype=np.uint64, count=len(self.terms))


def _letters(word: str) -> np.uint64:
    """Which letters `word` holds, as bits; letters that share a bit only let more through."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return np.uint64(bits)
