"""How far a run is: what it calls while it works, for whoever waits.

How that is shown is said in `index.cli.progress`.
"""

from collections.abc import Callable

Tick = Callable[[str], None]
"""Called with the name of each thing that is done."""

Begin = Callable[[str, int | None], Tick]
"""Called at the beginning of each part of a run: what is done, to how many things, `None` if that is not known."""


def no_progress(_what: str, _total: int | None) -> Tick:
    """A `Begin` for which nobody waits."""
    return lambda _: None
