"""Counters that all processes of a server share: how much each asker has had in the present window.

A count of its own in each process would let an asker have his share as many times as there are processes, and more or
less by chance. The one decision: the counters lie in memory that is made before gunicorn forks, so that there is no
file, no further server, and nothing left when it ends; a lock of the kernel keeps two processes from the same counter,
and is free at once when its holder dies. The memory is bounded: where there are too many askers at a time, the one
whose window ends first is forgotten.
"""

import fcntl
import os
import struct
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from mmap import mmap
from threading import Lock
from typing import NamedTuple

from limits.storage import Storage

SCHEME = "lectern"
GROUPS = 8_192
"""Groups of counters; a key belongs to one of them."""
IN_GROUP = 8
_SLOT = struct.Struct("<16sQd")  # digest of the key, count, when its window ends
_GROUP = IN_GROUP * _SLOT.size


class Window(NamedTuple):
    """What a key has had, and when (seconds since the epoch) it begins anew."""

    spent: int
    ends: float


class Counters:
    """Counts by key, each in a window of its own that begins with the first; processes forked from here share them.

    Args:
        groups: how many groups of `IN_GROUP` counters there is room for.
    """

    def __init__(self, groups: int = GROUPS) -> None:
        self._groups = groups
        self._memory = mmap(-1, groups * _GROUP)
        self._salt = os.urandom(16)  # nobody can choose addresses that fall into one group
        self._threads = Lock()
        self._file, name = tempfile.mkstemp(prefix="lectern-counters-")
        os.unlink(name)  # noqa: PTH108 (a lock needs the open file alone)
        weakref.finalize(self, os.close, self._file)

    def add(self, key: str, seconds: float, amount: int = 1) -> Window:
        """Count `amount` more for `key`; where it has no window, one begins that is so many `seconds` long."""
        digest, now = self._digest(key), time.time()
        with self._locked(digest) as at:
            slots = self._read(at)
            place = next((n for n, (held, _, ends) in enumerate(slots) if held == digest and ends > now), None)
            if place is None:
                place = min(range(IN_GROUP), key=lambda n: slots[n][2])
                window = Window(amount, now + seconds)
            else:
                _, count, ends = slots[place]
                window = Window(count + amount, ends)
            _SLOT.pack_into(self._memory, at + place * _SLOT.size, digest, *window)
        return window

    def get(self, key: str) -> Window:
        """What `key` has had; nothing, until now, where it has no window."""
        digest, now = self._digest(key), time.time()
        with self._locked(digest) as at:
            found = [Window(count, ends) for held, count, ends in self._read(at) if held == digest and ends > now]
        return found[0] if found else Window(0, now)

    def forget(self) -> None:
        """Begin anew for everybody."""
        self._memory[:] = bytes(len(self._memory))

    def _digest(self, key: str) -> bytes:
        return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16, key=self._salt).digest()

    def _read(self, at: int) -> list[tuple[bytes, int, float]]:
        return list(_SLOT.iter_unpack(self._memory[at : at + _GROUP]))

    @contextmanager
    def _locked(self, digest: bytes) -> Iterator[int]:
        """The place of a key's group, which nobody else writes meanwhile."""
        group = int.from_bytes(digest[:8], "little") % self._groups
        with self._threads:  # the kernel's lock tells processes apart, not threads
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, group)
            try:
                yield group * _GROUP
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, group)


class CounterStorage(Storage):
    """Counters as the library for limits asks for them.

    Args:
        uri: names this class to the library.
        counters: where to count.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 (the library's)

    def __init__(self, uri: str | None = None, *, counters: Counters, **_options: object) -> None:
        super().__init__(uri)
        self.counters = counters

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What may go wrong in counting."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count of `key`, `amount` more than before."""
        return self.counters.add(key, expiry, amount).spent

    def get(self, key: str) -> int:
        """The count of `key`."""
        return self.counters.get(key).spent

    def get_expiry(self, key: str) -> float:
        """When the window of `key` ends, in seconds since the epoch."""
        return self.counters.get(key).ends

    def check(self) -> bool:
        """Whether counting works."""
        return True

    def reset(self) -> int | None:
        """Begin anew for everybody."""
        self.counters.forget()
        return None

    def clear(self, key: str) -> None:
        """Take back all that was counted for `key`."""
        self.counters.add(key, 0, -self.counters.get(key).spent)
