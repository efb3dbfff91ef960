"""The same answers on both engines: `python -m benchmarks.cluster`, which `make bench-cluster` runs.

Pages and rebuilds of the embedded engine and of an OpenSearch cluster of one node and of three, on this one machine.
The one decision: both engines make every page of a round in turns, so that whatever else the machine does hits both;
the figures are ratios. Three nodes on one machine say what copies and a network's manners cost, not what three
machines give.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.collection import Collection, gather
from benchmarks.machine import describe_machine
from benchmarks.pages import Entrant, measure_pages
from benchmarks.peers.lectern import Lectern
from benchmarks.progress import tell
from benchmarks.queries import Survey, Variation
from benchmarks.ratios import ALL, CLASSES, Sample, class_of
from benchmarks.rebuild import time_rebuild
from benchmarks.table import lay_out
from index.archive import ArchiveReader
from index.authority.tables import load_authority
from index.entities import Tagger
from index.parsers import read_profiles
from index.publishing import publications, site_labels
from index.tagging import tag_here
from search.engines import open_engine
from search.opensearch.address import read_address
from search.opensearch.cluster import Cluster
from tests.opensearch.nodes import Missing, running_nodes

SETUPS = ((1, 1, 0), (1, 3, 0), (3, 3, 1))
"""Nodes, parts and further copies of what is measured."""
REPEATS = 3
EMBEDDED, CLUSTER = "embedded", "cluster"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one cluster came to beside the embedded engine in the same run.

    Attributes:
        setup: nodes, parts, further copies.
        seconds: wall time of the rebuild, copies and swap included.
        size: bytes on the disks of all nodes together.
        samples: the pages of both engines.
    """

    setup: tuple[int, int, int]
    seconds: float
    size: int
    samples: Sequence[Sample]

    @property
    def differing(self) -> int:
        """Pages whose total is not the same on both."""
        totals: dict[tuple[str, int], set[int]] = {}
        for sample in self.samples:
            totals.setdefault((sample.query, sample.repeat), set()).add(sample.total)
        return sum(len(found) > 1 for found in totals.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all setups and print tables; 1 where a page differed, 2 where no node could be started."""
    options = make_parser().parse_args(arguments)
    with TemporaryDirectory(prefix="lectern-cluster-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        tell("reading the briefings")
        if options.home:
            source = read_home(options.home, options.every)
        else:
            source = gather(options.answers, home)
            source = Collection(source.name, source.publications[:: options.every], source.labels)
        documents = source.documents
        variation = Variation(Survey(documents))
        tell(f"{len(documents):,} answers: embedded rebuild")
        rebuilt = time_rebuild(Path(folder) / "index", source.publications, source.labels)
        lectern = Lectern(Path(folder) / "index")
        lectern.name = EMBEDDED
        here = Entrant(lectern, variation, options.repeats)
        try:
            found = [measure(setup, source, here, variation) for setup in options.setups]
        except Missing as reason:
            sys.stderr.write(f"no cluster can be started: {reason}\n")
            return 2
        lectern.engine.close()
    machine = describe_machine()
    sys.stdout.write(f"{source.name}: {len(documents):,} answers; {machine['cpu']}, {machine['cores']} cores\n\n")
    sys.stdout.write(show(found, len(documents), rebuilt.seconds, rebuilt.size) + "\n")
    return int(any(one.differing for one in found))


def make_parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description="A cluster beside one machine.")
    parser.add_argument("--answers", type=int, metavar="N", help="invented answers, in the place of real ones")
    parser.add_argument("--home", type=Path, metavar="DIR", help="the briefings of this home's archive")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th briefing alone")
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N", help="rounds of pages that count")
    parser.add_argument(
        "--setups",
        type=lambda text: tuple(map(int, text.split("/"))),
        nargs="+",
        default=SETUPS,
        metavar="NODES/PARTS/COPIES",
        help="clusters to measure, as 3/3/1",
    )
    return parser


def read_home(home: Path, every: int) -> Collection:
    """Every so many-th briefing of a home's archive, tagged with the names that are shipped."""
    authority = load_authority()
    with ArchiveReader.read(home / "archive.sqlite3") as archive:
        tag = partial(tag_here, Tagger(authority))
        found = tuple(publications(archive, tag, archive.ids()[::every], authority.ancestors))
    return Collection("the briefings of a home", found, site_labels(authority, read_profiles(), ()))


def measure(setup: tuple[int, int, int], source: Collection, embedded: Entrant, variation: Variation) -> Measured:
    """Fill a cluster of its own, and make all pages on both engines in turns."""
    many, shards, replicas = setup
    tell(f"{many} nodes, {shards} parts, {replicas} copies: starting")
    with running_nodes(many) as nodes:
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        address = f"opensearch://{hosts}/bench?shards={shards}&replicas={replicas}"
        engine = open_engine(address)
        tell(f"{many} nodes, {shards} parts, {replicas} copies: rebuild")
        began = perf_counter()
        engine.rebuild(source.publications, sequence=1, tombstones=(), labels=source.labels)
        seconds = perf_counter() - began
        engine.close()
        cluster = Cluster(read_address(address))
        size = cluster.ask("GET", "bench/_stats/store")["_all"]["total"]["store"]["size_in_bytes"]
        cluster.close()
        peer = Lectern(address)  # type: ignore[arg-type]  # an address in the place of a folder
        peer.name = CLUSTER
        samples = measure_pages([embedded, Entrant(peer, variation, embedded.repeats)], tell)
        peer.engine.close()
    return Measured(setup, seconds, size, samples)


def show(found: Sequence[Measured], answers: int, seconds: float, size: int) -> str:
    """Tables: rebuilds, then pages by class."""
    rebuilds = [("embedded, all cores", seconds, answers / seconds, size / 1e6, 1.0)]
    rebuilds += [
        (describe(one), one.seconds, answers / one.seconds, one.size / 1e6, one.seconds / seconds) for one in found
    ]
    pages = []
    for one in found:
        classes = {s.query: class_of(s.total) for s in one.samples if s.engine == EMBEDDED}
        for name in (ALL, *CLASSES):
            times = {
                peer: [s.seconds for s in one.samples if s.engine == peer and name in (ALL, classes[s.query])]
                for peer in (EMBEDDED, CLUSTER)
            }
            if times[EMBEDDED]:
                here, there = (median(times[peer]) * 1000 for peer in (EMBEDDED, CLUSTER))
                pages.append((describe(one), name, here, there, there / here, one.differing))
    head = ("engine", "rebuild, s", "answers/s", "MB on disk", "times embedded")
    columns = ("cluster", "pages", "embedded, ms", "cluster, ms", "ratio", "differing")
    return f"{lay_out(head, rebuilds)}\n\n{lay_out(columns, pages)}"


def describe(one: Measured) -> str:
    """A cluster in words."""
    many, shards, replicas = one.setup
    copies = "1 copy" if not replicas else f"{1 + replicas} copies"
    return f"{many} node{'s' * (many > 1)}, {shards} part{'s' * (shards > 1)}, {copies}"


if __name__ == "__main__":
    sys.exit(main())
