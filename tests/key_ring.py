"""Partners' keys as the oracle keeps them."""

from collections.abc import Sequence

from search.keys import Key


class KeyRing:
    """The part of an engine that is about keys, in memory."""

    def __init__(self) -> None:
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> tuple[Key, ...]:
        """The keys of partners, those that hold."""
        return self._keys

    def publish_keys(self, keys: Sequence[Key]) -> None:
        """Replace the keys."""
        self._keys = tuple(keys)
