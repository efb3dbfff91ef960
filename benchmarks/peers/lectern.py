"""Lectern, as its own front ends ask it: a whole `Page` from the `Searcher`."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import Made
from benchmarks.queries import Question
from search.engine import Publication
from search.engines import open_engine
from search.labels import Labels
from search.searcher import Searcher


class Lectern:
    """Lectern's engine over an index folder."""

    name = "Lectern"

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(folder)
        self._searcher = Searcher(self.engine)

    def page(self, question: Question) -> Made:
        """The page that a reader would get."""
        page = self._searcher.search(question.request)
        return Made(
            total=page.total,
            hits=len(page.hits),
            snippets=sum((hit.question is not None) + (hit.answer is not None) for hit in page.hits),
            values=sum(map(len, page.facets.values())),
            bars=len(page.histogram),
        )


def rebuild(
    folder: Path, publications: Iterable[Publication], labels: Labels, *, sequence: int = 0, workers: int | None = None
) -> None:
    """A new generation in `folder`, by one process or (`None`) by all cores."""
    engine = open_engine(folder)
    engine.rebuild(publications, sequence=sequence, tombstones=(), labels=labels, workers=workers)
    engine.close()
