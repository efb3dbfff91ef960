"""What was worked out once and is used again, in bounded memory: what was asked for longest ago goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

OVERHEAD = 500
"""What an entry takes beside its value, about."""


class Bounded(Generic[T]):
    """Values by key. Threads may share it.

    Args:
        limit: bytes that it holds at most.
        weigh: says how many bytes a value takes.

    Attributes:
        size: bytes that it holds.
    """

    def __init__(self, limit: int, weigh: Callable[[T], int]) -> None:
        self._limit = limit
        self._weigh = weigh
        self._lock = Lock()
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> T | None:
        """What is held under `key`, `None` if nothing is."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def put(self, key: Hashable, value: T) -> None:
        """Hold `value` under `key`, in place of what was held longest without being asked for."""
        with self._lock:
            if key in self._held:
                self.size -= OVERHEAD + self._weigh(self._held.pop(key))
            self._held[key] = value
            self.size += OVERHEAD + self._weigh(value)
            while self.size > self._limit:
                self.size -= OVERHEAD + self._weigh(self._held.popitem(last=False)[1])

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()
            self.size = 0
