"""How far a run is, said on stderr, so that stdout is for results."""

import sys
import time


def tell(text: str) -> None:
    """Say it, with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
