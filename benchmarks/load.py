"""Many readers at once while the index is swapped under them: `python -m benchmarks.load`, or `make bench-load`.

A real `lectern serve` is asked by two hundred connections without a pause, for thirty seconds and until a `lectern
rebuild`, which runs meanwhile, has swapped. The one decision: whatever is not a whole answer with status 200 is a
failure, and one failure is too many; how long answers take is printed and not judged, since it is the machine's as much
as ours.
"""

import argparse
import asyncio
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from benchmarks.collection import read_real
from benchmarks.progress import tell
from benchmarks.queries import QUERIES
from benchmarks.serving import COMMAND, Server, serve
from index.cli.serving import default_workers, fill_demo
from search.addresses import address_of
from search.page import SearchRequest
from search.settings import Settings
from tests.conftest import find_corpus

CONNECTIONS, SECONDS = 200, 30.0
PATIENCE = 60.0
"""Seconds that a reader waits for an answer."""
LONGEST = 600.0
"""Seconds after which it ends even if no generation has been swapped."""
TRANSCRIPTS = 400
"""Of so many the readers read."""


@dataclass
class Readings:
    """What readers got.

    Attributes:
        seconds: of each whole answer.
        failures: what went wrong, by its name.
        swaps: generations that took their turn meanwhile.
        lasted: seconds from the first request to the last answer.
    """

    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    swaps: int = 0
    lasted: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 if a request failed, or no rebuild came to its end meanwhile."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Many readers during rebuilds.")
    parser.add_argument("--home", type=Path, metavar="DIR", help="a home that is indexed already; its index is rebuilt")
    parser.add_argument("--connections", type=int, default=CONNECTIONS, metavar="N")
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="S")
    parser.add_argument("--workers", type=int, default=default_workers(), metavar="N", help="processes of the server")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="lectern-load-") as folder:
        home = options.home or fill(Path(folder) / "home")
        with serve(home, workers=options.workers) as server:
            readings = asyncio.run(load(server, home, options.connections, options.seconds))
            memory = server.private_bytes()
    return show(readings, memory)


def fill(home: Path) -> Path:
    """A home of the real material, or of the invented samples where that is not there."""
    corpus, _ = find_corpus()
    if corpus is None:
        fill_demo(Settings(home, {}))
    else:
        read_real(corpus / "data", home)
        subprocess.run([*COMMAND, "--home", str(home), "rebuild"], check=True, capture_output=True)  # noqa: S603
    return home


async def load(server: Server, home: Path, connections: int, seconds: float) -> Readings:
    """Ask by so many connections, for so many seconds at least and until an index was swapped; what they got."""
    addresses, readings = choose_addresses(server), Readings()
    tell(f"load: {connections} connections, {seconds:.0f} seconds and until a rebuild has swapped")
    began, ended = perf_counter(), asyncio.Event()
    randoms = [Random(n) for n in range(connections)]  # noqa: S311 (what a reader picks is no secret)
    readers = [asyncio.create_task(read_until(ended, server.address, addresses, one, readings)) for one in randoms]
    try:
        async with asyncio.timeout(LONGEST):
            await asyncio.gather(asyncio.sleep(seconds), rebuild(home, readings))
    except TimeoutError:
        tell("load: no rebuild came to its end")
    ended.set()
    await asyncio.gather(*readers)
    readings.lasted = perf_counter() - began
    return readings


async def rebuild(home: Path, readings: Readings) -> None:
    """Swap to a new generation of the index."""
    process = await asyncio.create_subprocess_exec(*COMMAND, "--home", str(home), "rebuild", stdout=subprocess.DEVNULL)
    if await process.wait() == 2:
        raise RuntimeError("lectern rebuild could not do its work")
    readings.swaps += 1


def choose_addresses(server: Server) -> list[str]:
    """Searches, as pages and by the API, transcripts, and what machines ask for."""
    asked = [SearchRequest(one.text) for one in QUERIES]
    searches = [address_of(request, path) for request in asked for path in ("/", "/api/v1/search")]
    listed = re.findall(r"<loc>([^<]+)</loc>", server.fetch("/sitemap.xml"))
    paths = [urlsplit(address).path for address in listed]
    transcripts = [path for path in paths if path.startswith("/briefings/")]
    step = max(1, len(transcripts) // TRANSCRIPTS)
    return [*searches, *islice(transcripts, 0, None, step), "/", "/help", "/healthz", "/calendar", "/entities"]


async def read_until(
    ended: asyncio.Event, address: str, paths: Sequence[str], random: Random, readings: Readings
) -> None:
    """Be one reader: ask, wait for the whole answer, ask for something else, over one connection while it holds."""
    host, _, port = address.removeprefix("http://").partition(":")
    connection: Connection | None = None
    while not ended.is_set():
        began = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                if connection is None:
                    connection = Connection(*await asyncio.open_connection(host, int(port)))
                status, stays = await connection.get(random.choice(paths), host)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            readings.failures[type(error).__name__] += 1
            stays = False
        else:
            readings.seconds.append(perf_counter() - began)
            if status != 200:
                readings.failures[f"status {status}"] += 1
        if not stays and connection is not None:
            connection.close()
            connection = None
    if connection is not None:
        connection.close()


class Connection:
    """A connection on which one request after the other is asked."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def get(self, path: str, host: str) -> tuple[int, bool]:
        """The status of a whole answer, and whether the connection stays. Raises EOFError if it is cut off."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"(?m)^content-length: (\d+)\r$", head)
        if length is None:
            raise ValueError("an answer without a length")
        await self._reader.readexactly(int(length[1]))
        return int(head.split(" ", 2)[1]), "connection: close" not in head

    def close(self) -> None:
        """Let go of it."""
        self._writer.close()


def show(readings: Readings, memory: int) -> int:
    """Print what readers got. Returns 1 where one of them failed, or nothing was swapped."""
    times = [second * 1000 for second in readings.seconds]
    if len(times) > 1:
        marks = quantiles(times, n=100)
        sys.stdout.write(
            f"p50 {marks[49]:.0f} ms, p95 {marks[94]:.0f} ms, p99 {marks[98]:.0f} ms, most {max(times):.0f} ms\n"
        )
    sys.stdout.write(
        f"{len(times):,} answers, {len(times) / readings.lasted:.0f} a second for {readings.lasted:.0f} s\n"
    )
    sys.stdout.write(f"generations swapped: {readings.swaps}\n")
    sys.stdout.write(f"memory of the largest process: {memory / 1e6:.0f} MB\n")
    failed = sum(readings.failures.values())
    kinds = "".join(f", {count} {kind}" for kind, count in readings.failures.most_common())
    sys.stdout.write(f"{failed} failed{kinds}\n")
    return 1 if failed or not readings.swaps or not times else 0


if __name__ == "__main__":
    sys.exit(main())
