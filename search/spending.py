"""What a request costs the engine, counted while it is answered: for front ends that give each asker a share.

The one decision: an engine says what it spends where it is spent, and says it to whoever is counting in the same
thread; nothing that crosses the seam grows by it. What is counted depends on the index and the question alone, never
on how busy the machine is: a place is one place of a word that is looked at, and reading a whole record is put at
`A_RECORD` of them.
"""

from contextvars import ContextVar

A_RECORD = 3_000
"""Places that take as long to look through as one record takes to be read and written out, about."""


class Meter:
    """Counts what is spent.

    Attributes:
        places: how many so far.
    """

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places = 0


_COUNTING: ContextVar[Meter | None] = ContextVar("counting", default=None)


def begin_counting() -> Meter:
    """A new meter, by which everything is counted that this thread spends from now on."""
    meter = Meter()
    _COUNTING.set(meter)
    return meter


def spend(places: int) -> None:
    """Count so many places, if anybody counts."""
    meter = _COUNTING.get()
    if meter is not None:
        meter.places += places
