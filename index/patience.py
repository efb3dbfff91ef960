"""Waiting for one's turn to write, for who has time: what runs unattended.

The one decision: a writer at work is no failure for a command that follows a folder or a site; it comes back.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from search.errors import WriterBusy

PAUSE = 5.0
"""Seconds before it is tried again."""

Result = TypeVar("Result")


def when_free(work: Callable[[], Result], seconds: float, sleep: Callable[[float], object] = time.sleep) -> Result:
    """What `work` gives, tried again for so many seconds while somebody else is writing. Then raises WriterBusy."""
    until = time.monotonic() + seconds
    while True:
        try:
            return work()
        except WriterBusy:
            if time.monotonic() > until:
                raise
        sleep(PAUSE)
