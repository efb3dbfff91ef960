"""How long the web side takes beside its engine: `python -m benchmarks.web`, which `make bench-web` runs.

Measured are the search page and the API's search over the whole application, without a network: routing, search,
rendering, packing; asked with `Cache-Control: no-cache`, so that nothing kept answers. The engine's time is that of the
same search by the searcher, in the same turn. The one decision: of each search the fastest of its rounds counts, since
whatever else the machine does only ever adds; the median is over the searches.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.collection import gather
from benchmarks.progress import tell
from benchmarks.queries import QUERIES
from search.addresses import address_of
from search.engines import open_engine
from search.page import SearchRequest
from search.searcher import Searcher
from search.settings import Settings
from webui.app import create_app

REPEATS = 6
FACTOR, FIXED = 2.0, 5.0
"""At the median a page takes at most so many times the engine's time, and so many milliseconds."""
AFRESH = {"Cache-Control": "no-cache", "Accept-Encoding": "gzip"}
KEPT = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds that one search took: by the searcher, as a page, as JSON, as a page that was kept, as a 304."""

    engine: float
    page: float
    api: float
    kept: float
    unchanged: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where the target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description="Pages beside their engine.")
    parser.add_argument("--answers", type=int, metavar="N", help="invented answers, instead of the usual collection")
    parser.add_argument("--home", type=Path, metavar="DIR", help="a home that is indexed already")
    options = parser.parse_args(arguments)
    if options.home:
        rows = measure(options.home)
    else:
        with TemporaryDirectory(prefix="lectern-bench-") as folder:
            collection = gather(options.answers, Path(folder) / "archived")
            tell("indexing")
            engine = open_engine(Path(folder) / "index")
            engine.rebuild(collection.publications, sequence=1, tombstones=(), labels=collection.labels)
            engine.close()
            rows = measure(Path(folder))
    return show(rows)


def measure(home: Path) -> list[Row]:
    """Every search of the list, in turns, `REPEATS` times; one round before them warms up."""
    application = create_app(Settings(home, {"LECTERN_RATE_LIMIT": "off"}))
    client, searcher = application.test_client(), Searcher(open_engine(home / "index"))
    requests = [SearchRequest(asked.text) for asked in QUERIES]
    rounds: list[list[Row]] = []
    for repeat in range(1 + REPEATS):
        tell(f"web: round {repeat} of {REPEATS}" if repeat else "web: warming up")
        made = [time_one(client.get, searcher, request) for request in requests]
        rounds += [made] if repeat else []
    return [fastest(rows) for rows in zip(*rounds, strict=True)]


def fastest(rows: Sequence[Row]) -> Row:
    """Of each form of one search its fastest time."""
    return Row(*(min(getattr(row, name) for row in rows) for name in Row.__slots__))


def time_one(get: Callable[..., object], searcher: Searcher, request: SearchRequest) -> Row:
    """One search in all its forms."""
    page, api = address_of(request), address_of(request, "/api/v1/search")

    def timed(make: Callable[[], object]) -> float:
        began = perf_counter()
        make()
        return (perf_counter() - began) * 1000

    tag = get(page, headers=KEPT).headers["ETag"]  # type: ignore[attr-defined]
    return Row(
        engine=timed(lambda: searcher.search(request)),
        page=timed(lambda: get(page, headers=AFRESH)),
        api=timed(lambda: get(api, headers=AFRESH)),
        kept=timed(lambda: get(page, headers=KEPT)),
        unchanged=timed(lambda: get(page, headers={"If-None-Match": tag, **KEPT})),
    )


def show(rows: Sequence[Row]) -> int:
    """Print medians and 95th percentiles. Returns 1 where the target is missed."""
    for name in Row.__slots__:
        times = [getattr(row, name) for row in rows]
        sys.stdout.write(f"{name:10} median {median(times):6.2f} ms   p95 {quantiles(times, n=20)[-1]:6.2f} ms\n")
    engine, page = median(row.engine for row in rows), median(row.page for row in rows)
    bound = FACTOR * engine + FIXED
    met = page <= bound
    sys.stdout.write(f"page at the median: {page:.2f} ms, at most {bound:.2f} ms: {'met' if met else 'missed'}\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
