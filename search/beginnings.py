"""Names that are found by the beginning of any of their words, whatever their dress.

The one decision: a name stands in one sorted list as often as it has words, from each of them on; so all that a typed
text begins stand side by side there.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from search.text import fold, iter_tokens


class Key(NamedTuple):
    """Where a name, or its end from one of its words on, stands in the order of what may be typed.

    Attributes:
        key: the words, folded, with spaces between them.
        place: the number of the name.
        begins: whether it is all of its label, or of a phrase.
        whole: whether it is all of `text`.
        is_dressed: whether `text` is printed with more than its words, as R.O.K. is; ROK goes before it.
        is_alias: whether `text` is no label; of names that are as good, the label goes first.
        text: the label or alias that it is the end of.
    """

    key: str
    place: int
    begins: bool
    whole: bool
    is_dressed: bool
    is_alias: bool
    text: str


class Directory:
    """Names that are found by the beginning of any of their words."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = sorted(keys)

    def with_more(self, keys: Sequence[Key]) -> "Directory":
        """A directory of these names too."""
        return Directory(chain(self._keys, keys)) if keys else self

    def find(self, typed: str) -> dict[int, tuple[int, str]]:
        """For each name that `typed` begins: 0 if it begins its label or is a whole name, else 1; and the name."""
        best: dict[int, tuple[int, str]] = {}
        first, last = bisect_left(self._keys, (typed,)), bisect_left(self._keys, (f"{typed}\U0010ffff",))
        wanted = typed.rstrip()
        for key, place, begins, whole, _, _, text in self._keys[first:last]:
            tier = 0 if begins or (whole and key == wanted) else 1
            if place not in best or tier < best[place][0]:
                best[place] = (tier, text)
        return best


def iter_keys(text: str, place: int, *, is_alias: bool) -> Iterator[Key]:
    """The keys of a name: all of its words, and its end from each of them on."""
    words = [token.terms[0] for token in iter_tokens(text)]
    key = " ".join(words)
    yield Key(key, place, not is_alias, whole=True, is_dressed=fold(text) != key, is_alias=is_alias, text=text)
    for at in range(1, len(words)):
        yield Key(" ".join(words[at:]), place, False, False, False, is_alias, text)  # noqa: FBT003 (twice as quick)
