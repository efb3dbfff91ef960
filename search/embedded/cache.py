"""What was made of the segments' lists and is used again, bounded in bytes."""

from search.bounded import Bounded
from search.embedded.arrays import Array

CACHE_BYTES = 96 * 2**20
"""How much memory may be taken by what was made of the segments' lists, over all segments."""

Lists = tuple[Array, ...]


class Cache(Bounded[Lists]):
    """Arrays by key. A key names a segment, which never changes, so nothing held grows old. Threads may share it.

    Args:
        limit: bytes that it holds at most.
    """

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        super().__init__(limit, lambda lists: sum(array.nbytes for array in lists))
