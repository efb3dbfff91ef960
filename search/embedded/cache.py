"""What was worked out once and is used again: bounded in bytes, what was used longest ago goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from search.embedded.arrays import Array

CACHE_BYTES = 96 * 2**20
"""How much memory may be taken by what was made of the segments' lists, over all segments."""

OVERHEAD = 500
"""What an entry takes beside the numbers in its arrays, about."""

Lists = tuple[Array, ...]


class Cache:
    """Arrays by key. A key names a segment, which never changes, so nothing held grows old. Threads may share it.

    Args:
        limit: bytes that it holds at most.

    Attributes:
        size: bytes that it holds.
    """

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._lock = Lock()
        self._held: OrderedDict[Hashable, Lists] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> Lists | None:
        """What is held under `key`, `None` if nothing is."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def put(self, key: Hashable, lists: Lists) -> None:
        """Hold `lists` under `key`, in place of what was held longest without being asked for."""
        with self._lock:
            if key in self._held:
                self.size -= _bytes(self._held.pop(key))
            self._held[key] = lists
            self.size += _bytes(lists)
            while self.size > self._limit:
                self.size -= _bytes(self._held.popitem(last=False)[1])


def _bytes(lists: Lists) -> int:
    return OVERHEAD + sum(array.nbytes for array in lists)
