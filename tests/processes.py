"""Processes that others have started, as Linux's /proc tells of them."""

from pathlib import Path


def children(pid: int) -> dict[int, str]:
    """The processes that a process has started, theirs too, with their start times, which tell them from later ones."""
    found: dict[int, str] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text("utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(after[1]) == pid and after[0] != "Z":
            child = int(stat.parent.name)
            found |= {child: after[19]} | children(child)
    return found
