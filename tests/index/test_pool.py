"""Work that is shared by processes: what is said where one dies while another is being started."""

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from index import pool
from search.embedded import building


class Pool:
    """A pool whose queue is closed, as Python leaves it when a process dies."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, *_: object) -> None:
        """What starting one more process comes to."""
        raise self.error


@pytest.mark.parametrize("error", [ValueError("bad value(s) in fds_to_keep"), OSError("handle is closed")])
def test_a_death_while_another_process_starts_is_told_as_a_death(error: Exception) -> None:
    """Not as whatever Python stumbles over; what the system itself refuses comes through as it is."""
    with pytest.raises(BrokenProcessPool):
        pool._submit(Pool(error), len, "")  # type: ignore[arg-type]
    with pytest.raises(BrokenProcessPool):
        building._submit(Pool(error), Path(), [])  # type: ignore[arg-type]
    refused = OSError(12, "Cannot allocate memory")
    with pytest.raises(OSError, match="Cannot allocate"):
        pool._submit(Pool(refused), len, "")  # type: ignore[arg-type]
