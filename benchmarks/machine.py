"""What was measured where: the machine, the versions, and the sizes of folders."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

from search.cores import count_cores

PACKAGES = ("tantivy", "whoosh3", "numpy")


def describe_machine() -> dict[str, str | int]:
    """Processor, cores, memory, system, and versions."""
    return {
        "cpu": _cpu(),
        "cores": count_cores(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in PACKAGES},
    }


def _cpu() -> str:
    """The processor's name."""
    lines = Path("/proc/cpuinfo")
    if lines.is_file():
        for line in lines.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def folder_bytes(folder: Path) -> int:
    """Size of all files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
