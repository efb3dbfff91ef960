"""How fast transcripts are parsed: `python -m benchmarks.parse`, by one process and by two.

Reads the real material that `LECTERN_CORPUS` names, a folder at a time. The one decision: files are read into memory
first, so that the parsers are measured and not the disk; peak memory is that of the largest process.
"""

import os
import platform
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from index.authority.tables import load_authority
from index.parsers.pool import parse_all
from index.sources import Source, iter_sources
from tests.conftest import find_corpus

FOLDERS = ("cn-mfa/en", "cn-mfa/zh", "us-white-house", "mx-presidencia")


def main() -> int:
    """Measure, and print a table."""
    corpus, remark = find_corpus()
    if corpus is None:
        sys.stderr.write(f"{remark}\n")
        return 2
    processor, cores = platform.processor() or platform.machine(), os.cpu_count()
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {processor}, {cores} cores, Python ")
    sys.stdout.write(f"{platform.python_version()}\n{'':16}{'files':>7}{'MB':>7}  ")
    sys.stdout.write(f"{'1 process':>24}{'2 processes':>24}\n")
    everything: list[Source] = []
    for folder in FOLDERS:
        sources = [s for s in iter_sources([corpus / "data" / folder]) if isinstance(s, Source)]
        everything += sources
        _measure(folder, sources)
    _measure("all", everything)
    _measure("all HTML", [s for s in everything if Path(s.file).suffix == ".html"])
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(f"peak memory of a process: {peak / 1024:,.0f} MB, of which the files are ")
    sys.stdout.write(f"{sum(len(s.data) for s in everything) / 1e6:,.0f} MB\n")
    return 0


def _measure(name: str, sources: list[Source]) -> None:
    size = sum(len(s.data) for s in sources) / 1e6
    sys.stdout.write(f"{name:16}{len(sources):7,}{size:7.1f}  ")
    authority = load_authority()
    for workers in (1, 2):
        start = perf_counter()
        for _ in parse_all(sources, authority, workers=workers):
            pass
        taken = perf_counter() - start
        sys.stdout.write(f"{len(sources) / taken:9,.0f} files/s {size / taken:5.1f}MB/s")
        sys.stdout.flush()
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
