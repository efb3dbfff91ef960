"""Sorted words in two arrays, found by halving: they are read from the mapped file, and never held all together."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np

from search.embedded.arrays import Array, ArrayWriter

ABSENT = -1

STEP = 64
"""One word in so many is held in memory, so that few are read from the file to find one."""


class Dictionary(Sequence[str]):
    """Words in code point order, which is the order of their UTF-8 bytes; a word's number is its place.

    Args:
        letters: all words' UTF-8, one after the other; uint8.
        bounds: where each word begins, and where the last ends; uint32, shape (words + 1,).
    """

    def __init__(self, letters: Array, bounds: Array) -> None:
        self._letters = letters.data
        self._bounds = bounds
        self._bounds_view = bounds.data
        self._size = len(bounds) - 1

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return list(self._slice(at))
        if not 0 <= at < self._size:
            raise IndexError(at)
        return self.bytes_at(at).decode()

    def bytes_at(self, at: int) -> bytes:
        """The UTF-8 of a word."""
        return bytes(self._letters[self._bounds_view[at] : self._bounds_view[at + 1]])

    @cached_property
    def _steps(self) -> list[bytes]:
        """One word in `STEP`, in memory: where a search begins."""
        return [self.bytes_at(at) for at in range(0, self._size, STEP)]

    def _first_from(self, wanted: bytes) -> int:
        """The number of the first word that does not come before `wanted`."""
        last = bisect_left(self._steps, wanted) * STEP
        return bisect_left(range(self._size), wanted, max(0, last - STEP), min(last, self._size), key=self.bytes_at)

    def find(self, word: str) -> int:
        """The number of a word, `ABSENT` if it is not here."""
        wanted = word.encode(errors="surrogatepass")  # no word is stored that has half a character
        at = self._first_from(wanted)
        return at if at < self._size and self.bytes_at(at) == wanted else ABSENT

    def span(self, prefix: str) -> tuple[int, int]:
        """First number of the words that begin with `prefix`, and the first after them."""
        start = prefix.encode(errors="surrogatepass")
        first = self._first_from(start)
        length = len(start)
        last = bisect_left(range(self._size), True, first, key=lambda at: self.bytes_at(at)[:length] > start)  # noqa: FBT003
        return first, last

    def _slice(self, at: slice) -> Iterator[str]:
        first, last, step = at.indices(self._size)
        if step != 1:
            raise ValueError("words are given in order, none left out")
        bounds = self._bounds[first : last + 1].tolist()
        if len(bounds) < 2:
            return
        start = bounds[0]
        text = bytes(self._letters[start : bounds[-1]])
        for i in range(len(bounds) - 1):
            yield text[bounds[i] - start : bounds[i + 1] - start].decode()


def write_dictionary(out: ArrayWriter, name: str, words: Iterable[str]) -> None:
    """Write words, given in order, as `name/letters` and `name/bounds`."""
    encoded = [word.encode() for word in words]
    ends = np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)))
    bounds = np.concatenate([[0], ends]).astype(np.uint32)
    out.put(f"{name}/letters", np.frombuffer(b"".join(encoded), dtype=np.uint8))
    out.put(f"{name}/bounds", bounds)


def read_dictionary(arrays: Any, name: str) -> Dictionary:  # noqa: ANN401 (a mapping of arrays)
    """The words that `write_dictionary` wrote as `name`."""
    return Dictionary(arrays[f"{name}/letters"], arrays[f"{name}/bounds"])
