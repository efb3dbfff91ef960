"""How fast Lectern is beside its peers: `python -m benchmarks.speed`, which `make bench` runs.

One run measures everything: pages against tantivy, SQLite and plain Whoosh, rebuilds, suggestions, the
partner widget, additions, size, memory. A whole run over the usual collection is kept in benchmarks/results and shown
in docs/performance.md; with `--answers` or `--only` it is only printed.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.adding import time_additions
from benchmarks.collection import Collection, gather
from benchmarks.embedding import measure_embedding
from benchmarks.memory import SEARCHES, measure_memory
from benchmarks.pages import Entrant, measure_pages
from benchmarks.peers.lectern import Lectern
from benchmarks.peers.sqlite import Sqlite
from benchmarks.peers.tantivy import Tantivy
from benchmarks.peers.whoosh import Whoosh
from benchmarks.performance_page import RESULTS, write_page
from benchmarks.progress import tell
from benchmarks.queries import Survey, Variation
from benchmarks.ratios import Sample
from benchmarks.rebuild import Rebuilt, time_rebuild
from benchmarks.record import make_record, show, write_record
from benchmarks.serving import serve
from benchmarks.suggesting import time_suggestions
from search.model import Document

PARTS = ("pages", "rebuild", "suggest", "widget", "memory", "adds")
ADDITIONS = 200
WHOOSH_REPEATS = 2
"""Plain Whoosh takes so long that two rounds must do."""
REBUILDS = 3
"""Rounds of rebuilds, each beside plain Whoosh's of a tenth: a machine with neighbours is now quick, now slow."""
TENTH = 0.1


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    options = make_parser().parse_args(arguments)
    with TemporaryDirectory(prefix="lectern-bench-") as folder:
        run = Run(Path(folder), options.answers, options.only or PARTS, options.additions)
        run.measure()
    record = make_record(run.collection, len(run.documents), run.samples, run.figures, run.phases)
    sys.stdout.write(show(record))
    if options.json:
        write_record(record, options.json)
    if not options.only and options.answers is None and options.additions == ADDITIONS:
        write_record(record, RESULTS / f"{record['date']}.json")
        write_page(record)
    return 0


def make_parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Lectern beside its peers.")
    parser.add_argument("--answers", type=int, metavar="N", help="invented answers, instead of the usual collection")
    parser.add_argument(
        "--only", choices=PARTS, nargs="+", metavar="PART", help=f"only these parts: {', '.join(PARTS)}"
    )
    parser.add_argument("--additions", type=int, default=ADDITIONS, metavar="N", help="how many briefings are added")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the record there too")
    return parser


class Run:
    """One run in a folder of its own.

    Attributes:
        collection: what is searched.
        documents: its documents that searches find.
        samples: pages made.
        figures: other measures, by name.
        phases: seconds that each part took.
    """

    def __init__(self, folder: Path, answers: int | None, parts: Sequence[str], additions: int) -> None:
        self._folder = folder
        self._home = folder / "home"
        self._home.mkdir()
        self._parts = parts
        self._additions = additions
        self.samples: list[Sample] = []
        self.figures: dict[str, float] = {}
        self.phases: dict[str, float] = {}
        with self._phase("reading the briefings"):
            self.collection: Collection = gather(answers, self._home)
        self.documents: list[Document] = self.collection.documents

    def measure(self) -> None:
        """All parts."""
        whoosh, tenth = self._measure_rebuilds()
        if whoosh and "pages" in self._parts:
            self._measure_pages(whoosh, tenth)
        if "suggest" in self._parts:
            with self._phase("suggestions"):
                suggested = time_suggestions(self._home / "index")
            self.figures["suggest_first"] = suggested.first
            self.figures["suggest_median"] = suggested.median
            self.figures["suggest_p95"] = suggested.p95
        if "widget" in self._parts:
            self._measure_widget()
        if "memory" in self._parts or "adds" in self._parts:
            self._measure_serving()

    def _measure_rebuilds(self) -> tuple[Whoosh | None, Sequence[Document]]:
        """Rebuild; where it is to be measured, round by round beside plain Whoosh, which is then there for a tenth."""
        rounds = range(REBUILDS if "rebuild" in self._parts else 1)
        tenth = self.collection.tenth().documents
        rates: dict[str, list[float]] = {"rebuild_all": [], "rebuild_one": [], "whoosh": []}
        whoosh = None
        for at in rounds:
            rmtree(self._home / "index", ignore_errors=True)  # two generations would be weighed for one
            quick = self._rebuild(self._home / "index", None, rates["rebuild_all"], "rebuild, all cores")
            self.figures["size"] = quick.size / self.collection.text_bytes
            self.figures["index_mb"] = quick.size / 1e6
            if "rebuild" in self._parts:
                self._rebuild(self._folder / "one", 1, rates["rebuild_one"], "rebuild, one process")
                rmtree(self._folder / "one")
            if {"pages", "rebuild"} & set(self._parts):
                began = time.perf_counter()
                with self._phase("filling plain Whoosh with a tenth"):
                    whoosh = Whoosh(self._folder / f"whoosh{at}", tenth)
                rates["whoosh"].append(len(tenth) / (time.perf_counter() - began))
        for name, measured in rates.items():
            if measured:
                self.figures[f"{name}_rate"] = median(measured)
            if measured and rates["whoosh"] and name != "whoosh":
                self.figures[name] = median(a / b for a, b in zip(measured, rates["whoosh"], strict=True))
        return whoosh, tenth

    def _rebuild(self, folder: Path, workers: int | None, rates: list[float], phase: str) -> Rebuilt:
        with self._phase(phase):
            rebuilt = time_rebuild(
                folder,
                self.collection.publications,
                self.collection.labels,
                sequence=self.collection.sequence,
                workers=workers,
            )
        rates.append(len(self.documents) / rebuilt.seconds)
        return rebuilt

    def _measure_pages(self, whoosh: Whoosh, tenth: Sequence[Document]) -> None:
        with self._phase("filling tantivy"):
            tantivy = Tantivy(self._folder / "tantivy", self.documents)
        with self._phase("filling SQLite"):
            sqlite = Sqlite(self._folder / "words.sqlite3", self.documents)
        whole = Variation(Survey(self.documents))
        entrants = [
            *(Entrant(peer, whole) for peer in (Lectern(self._home / "index"), tantivy, sqlite, sqlite.by_hand())),
            Entrant(whoosh, Variation(Survey(tenth)), WHOOSH_REPEATS, TENTH),
        ]
        with self._phase("pages"):
            self.samples = measure_pages(entrants, tell)

    def _measure_widget(self) -> None:
        with serve(self._home, workers=1) as server, self._phase("the widget on a partner's page"):
            embedded = measure_embedding(server.address)
        self.figures["widget_kb"] = embedded.size
        self.figures["widget_requests"] = float(embedded.requests)
        self.figures["widget_ready_ms"] = embedded.ready
        self.figures["widget_first_ms"] = embedded.first
        self.figures["widget_first_p95_ms"] = embedded.first_p95

    def _measure_serving(self) -> None:
        variation = Variation(Survey(self.documents))
        with serve(self._home, workers=1) as server:
            if "memory" in self._parts:
                with self._phase(f"{SEARCHES:,} searches of a server"):
                    self.figures["memory"] = measure_memory(server, variation) / 1e6
            if "adds" in self._parts:
                with self._phase("additions"):
                    additions = time_additions(self._home, server, self._additions, tell)
                self.figures["add_median"] = additions.median
                self.figures["add_p95"] = additions.p95
                self.figures["segments"] = additions.segments

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        tell(name)
        began = time.perf_counter()
        yield
        self.phases[name] = self.phases.get(name, 0) + time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
