"""How Lectern grows: `python -m benchmarks.scale`, which `make bench-scale` runs.

The same list of queries over 50,000, 200,000 and 1,000,000 answers, dealt anew from the paragraphs of the usual
collection. The one decision: a query keeps the class that it has at the smallest size, so that the growth of a class is
that of the same queries.
"""

import argparse
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.collection import Collection, gather
from benchmarks.pages import Entrant, measure_pages
from benchmarks.peers.lectern import Lectern
from benchmarks.progress import tell
from benchmarks.queries import Survey, Variation
from benchmarks.ratios import ALL, CLASSES, class_of
from benchmarks.rebuild import time_rebuild
from benchmarks.resampled import Resampled
from benchmarks.table import lay_out
from search.engine import Publication
from search.schema import is_searched

SIZES = (50_000, 200_000, 1_000_000)
REPEATS = 3
PROGRESS = 20_000
"""After so many answers the progress is said."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size.

    Attributes:
        answers: documents that searches find.
        text_mb: their texts in UTF-8.
        words: distinct words.
        rate: answers a second of the rebuild.
        index_mb: the index on disk.
        peak_mb: the most memory that a process has had up to here.
        seconds: median time of a page, by query.
        totals: hits, by query.
    """

    answers: int
    text_mb: float
    words: int
    rate: float
    index_mb: float
    peak_mb: float
    seconds: dict[str, float]
    totals: dict[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every size and print what grew how."""
    options = make_parser().parse_args(arguments)
    sizes: list[Size] = []
    with TemporaryDirectory(prefix="lectern-scale-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        tell("reading the briefings")
        source = gather(None, home)
        shutil.rmtree(home)
        for answers in sorted(options.sizes):
            sizes.append(measure_size(source, answers, Path(folder) / str(answers)))
            sys.stdout.write(show_sizes(sizes) + "\n")
            sys.stdout.flush()
    sys.stdout.write(show_growth(sizes) + "\n")
    return 0


def make_parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="How Lectern grows.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="answers, in any order")
    return parser


def measure_size(source: Collection, answers: int, folder: Path) -> Size:
    """Fill an index of so many answers in `folder`, ask everything, and remove it."""
    stream = Stream(Resampled(source.publications, answers))
    tell(f"{answers:,} answers: rebuild")
    rebuilt = time_rebuild(folder, stream, source.labels)
    lectern = Lectern(folder)
    samples = measure_pages([Entrant(lectern, Variation(stream.survey), REPEATS)], tell)
    lectern.engine.close()
    shutil.rmtree(folder)
    by_query = {s.query: [one for one in samples if one.query == s.query] for s in samples}
    return Size(
        answers=stream.survey.answers,
        text_mb=stream.text_bytes / 1e6,
        words=len(stream.words),
        rate=stream.survey.answers / rebuilt.seconds,
        index_mb=rebuilt.size / 1e6,
        peak_mb=peak_bytes() / 1e6,
        seconds={query: median(one.seconds for one in found) for query, found in by_query.items()},
        totals={query: int(median(one.total for one in found)) for query, found in by_query.items()},
    )


class Stream:
    """Publications on their way to the engine: looked at as they pass, never kept.

    Attributes:
        survey: of what has passed.
        text_bytes: size of the texts that have passed.
    """

    def __init__(self, publications: Resampled) -> None:
        self._publications = publications
        self.survey = Survey()
        self.text_bytes = 0

    @property
    def words(self) -> set[str]:
        """Distinct words that have passed."""
        return self._publications.vocabulary

    def __iter__(self) -> Iterator[Publication]:
        began, told = time.monotonic(), PROGRESS
        for publication in self._publications:
            for document in publication.documents:
                self.text_bytes += sum(len(turn.text.encode()) for turn in document.item.turns)
                if is_searched(document):
                    self.survey.see(document)
            if self.survey.answers >= told:
                told += PROGRESS
                rate = self.survey.answers / (time.monotonic() - began)
                tell(f"{self.survey.answers:,} answers, {rate:,.0f} a second; {len(self.words):,} distinct words")
            yield publication


def peak_bytes() -> int:
    """The most memory that this process, or one that it has waited for, has had."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024


def show_sizes(sizes: Sequence[Size]) -> str:
    """A table of what was measured."""
    head = ("answers", "text, MB", "words", "answers/s", "index, MB", "index/text", "peak, MB")
    rows = [
        (f"{s.answers:,}", s.text_mb, s.words, s.rate, s.index_mb, s.index_mb / s.text_mb, s.peak_mb) for s in sizes
    ]
    times = [
        (f"{s.answers:,}", *(median(found) * 1000 if found else "-" for found in group_seconds(s, sizes[0])))
        for s in sizes
    ]
    return f"{lay_out(head, rows)}\n\n{lay_out(('answers', *(f'{name}, ms' for name in (ALL, *CLASSES))), times)}\n"


def show_growth(sizes: Sequence[Size]) -> str:
    """A table of growth from each size to the next: everything by how much the answers grew; 1 is in proportion."""
    head = ("growth", "answers", "words", "rebuild time", "index", *(f"page, {name}" for name in (ALL, *CLASSES)))
    rows = []
    for before, after in pairwise(sizes):
        times = after.answers / before.answers
        pages = [
            median(b) / median(a) / times if a and b else "-"
            for a, b in zip(group_seconds(before, sizes[0]), group_seconds(after, sizes[0]), strict=True)
        ]
        row = (
            times,
            after.words / before.words / times,
            before.rate / after.rate,
            after.index_mb / before.index_mb / times,
        )
        rows.append((f"{before.answers:,} to {after.answers:,}", *row, *pages))
    return lay_out(head, rows)


def group_seconds(size: Size, smallest: Size) -> list[list[float]]:
    """The times of all queries, then of those of each class at the smallest size."""
    classes = {query: class_of(total) for query, total in smallest.totals.items()}
    by_class = [[s for query, s in size.seconds.items() if classes[query] == name] for name in CLASSES]
    return [list(size.seconds.values()), *by_class]


if __name__ == "__main__":
    sys.exit(main())
