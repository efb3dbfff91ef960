"""How many cores there are to work with: where parsing, indexing and the benchmarks ask."""

import os


def count_cores() -> int:
    """The cores that this process may use; on macOS, which does not say, those of the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
