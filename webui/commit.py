"""What is worked out once for each commit of the index, and kept until the next: lists, the calendar, home.

The one decision: what is kept is told by a stamp of the whole collection, so nothing has to say when it grows old; what
a page keeps must have few keys, since all of them are held.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from search.engine import Engine
from search.labels import Labels

T = TypeVar("T")


class Kept:
    """Values by key, of one commit and its labels. Threads may share it: at worst two of them make the same value."""

    def __init__(self) -> None:
        self._held: tuple[tuple[int, int, int], Labels | None, dict[Hashable, object]] = ((0, 0, 0), None, {})

    def get(self, engine: Engine, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` made for `key` of the present commit; it is made now if it is not there."""
        status, labels = engine.status(), engine.labels()
        stamp = (status.generation, status.sequence, status.documents)
        held = self._held
        if held[0] != stamp or held[1] is not labels:
            self._held = held = (stamp, labels, {})
        values = held[2]
        if key not in values:
            values[key] = make()
        return cast("T", values[key])
