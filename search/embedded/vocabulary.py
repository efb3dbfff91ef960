"""The terms of one field of a segment, in memory: what a Wildcard or Fuzzy stands for is looked up here.

The one decision: terms that may be like a word are found by length and letters, and those that are left measured all
at once, a letter of each at a time, on arrays.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.text import fold

MAX_KNOWN = 1_000
"""Of so many words it is remembered which are like them: people ask again with other filters, and page on."""


class Vocabulary:
    """Terms in code point order, each once."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = terms
        self._known: dict[tuple[str, int], list[int]] = {}
        self._letters = np.frombuffer("".join(terms).encode("utf-32-le"), dtype=np.uint32)
        self._lengths = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
        self._starts = np.cumsum(self._lengths) - self._lengths
        bits = np.uint64(1) << (self._letters & np.uint32(63)).astype(np.uint64)
        self._bits = np.bitwise_or.reduceat(bits, self._starts) if len(terms) else np.zeros(0, dtype=np.uint64)

    def like(self, word: str, edits: int) -> list[int]:
        """Numbers of the folded terms that differ from `word` by at most `edits` letters, in order.

        They differ by optimal string alignment distance, see `search.words.alignment_distance`. An edit changes the
        length by at most one, and brings in and takes away at most one letter.
        """
        known = self._known.get((word, edits))
        if known is None:
            if len(self._known) >= MAX_KNOWN:  # another thread may clear them as well, at any time
                self._known.clear()
            known = self._known[word, edits] = self._like(word, edits)
        return known

    def _like(self, word: str, edits: int) -> list[int]:
        wanted = np.frombuffer(word.encode("utf-32-le"), dtype=np.uint32)
        bits = np.bitwise_or.reduce(np.uint64(1) << (wanted & np.uint32(63)).astype(np.uint64))
        near = np.abs(self._lengths - len(word)) <= edits
        near &= np.bitwise_count(self._bits & ~bits) <= edits
        near &= np.bitwise_count(bits & ~self._bits) <= edits
        numbers = np.flatnonzero(near)
        close = numbers[self._distances(wanted, numbers) <= edits].tolist()
        return [at for at in close if self.terms[at] == fold(self.terms[at])]

    def _distances(self, word: NDArray[np.uint32], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Optimal string alignment distance of `word` from each of the terms with these numbers."""
        lengths = self._lengths[numbers]
        width = int(lengths.max(initial=0))
        at = np.minimum(self._starts[numbers] + np.arange(width)[:, np.newaxis], len(self._letters) - 1)
        letters = self._letters[at]  # shape (width, terms); beyond a term's end stands anything
        rows = np.arange(width + 1, dtype=np.int16)[:, np.newaxis] + np.zeros(len(numbers), dtype=np.int16)
        before = last = rows
        for i in range(1, len(word) + 1):
            before, last, rows = last, rows, np.empty_like(rows)
            rows[0] = i
            same = letters == word[i - 1]
            swapped = letters == word[i - 2] if i > 1 else None
            for j in range(1, width + 1):
                best = np.minimum(last[j], rows[j - 1]) + np.int16(1)
                np.minimum(best, last[j - 1] + ~same[j - 1], out=best)
                if swapped is not None and j > 1:
                    both = swapped[j - 1] & same[j - 2]
                    np.minimum(best, np.where(both, before[j - 2] + np.int16(1), best), out=best)
                rows[j] = best
        distances: NDArray[np.int64] = np.take_along_axis(rows, lengths[np.newaxis], axis=0)[0].astype(np.int64)
        return distances
