"""How often the right answer comes first, beside tantivy and SQLite as they come: `python -m benchmarks.relevance`.

Known documents are looked for (`benchmarks.ranking_queries`) the way a person looks for them: by Lectern's own page,
synonyms and all; where it finds nothing and asks "did you mean", the answer is yes. What is reached is kept as floors
in tests/relevance/floors.json, under which no change may fall. The one decision: floors only rise; to lower one, a
person edits the file, and whoever reviews the change sees it.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.defaults import DefaultSqlite, DefaultTantivy
from benchmarks.progress import tell
from benchmarks.ranking import open_snapshot, read_documents
from benchmarks.ranking_queries import KnownItem, Questioner
from benchmarks.relevance_floors import FLOORS, INVENTED, REAL, Reached, raise_floors
from benchmarks.table import lay_out
from index.authority.tables import load_authority
from index.ingest import add
from search.engine import Engine
from search.engines import open_engine
from search.labels import Labels
from search.page import SearchRequest
from search.searcher import Searcher
from search.settings import Settings
from tests.benchmarks.topics import make_publications
from tests.conftest import find_corpus

KEPT = Path(__file__).parent / "results" / "relevance.md"
EACH = 400
"""Queries of a kind, publisher and language.

With 150 the floors stood for chance: of reworded queries in Spanish, 150 lost by a formula that 400 gain by.
"""
EACH_INVENTED = 12
DEPTH = 50
"""So many results are looked at; what comes later is not found."""
ALL = "all"
"""Stands for every kind of query together."""

Ranks = NDArray[np.float64]


class Finder(Protocol):
    """Something that finds documents."""

    name: str

    def find(self, text: str, most: int) -> Sequence[str]:
        """Ids of at most so many documents that `text` finds, best first."""
        ...


class Reader:
    """Who searches with Lectern, and where nothing is found follows the first link that the page offers.

    Attributes:
        followed: how often that was: "did you mean", or else the first piece of advice.
    """

    name = "Lectern"

    def __init__(self, engine: Engine) -> None:
        self._searcher = Searcher(engine)
        self.followed = 0

    def find(self, text: str, most: int) -> Sequence[str]:
        """Ids of what `text` finds, best first."""
        page = self._searcher.search(SearchRequest(text, per_page=most))
        offered = [*([page.suggestion] if page.suggestion else []), *page.advice]
        if not page.total and offered:
            self.followed += 1
            page = self._searcher.search(replace(offered[0].request, per_page=most))
        return [hit.document.id for hit in page.hits]


@dataclass(frozen=True)
class Asked:
    """Queries, and at which rank each engine has the document looked for, infinite where it has not.

    Attributes:
        items: the queries.
        ranks: by the engine's name, shape (queries,).
    """

    items: Sequence[KnownItem]
    ranks: Mapping[str, Ranks]

    def iter_parts(self) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
        """Each language and kind with its queries, and each language with all of its kinds."""
        languages = np.array([language_of(item) for item in self.items])
        kinds = np.array([item.kind for item in self.items])
        for language in sorted(set(languages.tolist())):
            for kind in dict.fromkeys(kinds.tolist()):
                part = (languages == language) & (kinds == kind)
                if part.any():
                    yield language, kind, part
            yield language, ALL, languages == language

    def reached(self, name: str) -> dict[str, dict[str, Reached]]:
        """What an engine reaches, by language and kind."""
        table: dict[str, dict[str, Reached]] = {}
        for language, kind, part in self.iter_parts():
            table.setdefault(language, {})[kind] = reach(self.ranks[name][part])
        return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description="Is the right answer first?")
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="an index of the real briefings that is there")
    parser.add_argument("--raise-floors", action="store_true", help="keep what is reached as the floors")
    options = parser.parse_args(arguments)
    if options.index:
        asked, followed = ask_all(options.index, EACH)
    else:
        corpus, remark = find_corpus()
        if corpus is None:
            sys.stderr.write(f"{remark}\n")
            return 2
        with TemporaryDirectory(prefix="lectern-relevance-") as folder:
            asked, followed = ask_all(index_real(corpus, Path(folder)), EACH)
    report = describe(asked, followed)
    sys.stdout.write(report)
    KEPT.write_text(report, encoding="utf-8")
    if not options.raise_floors:
        return 0
    with TemporaryDirectory(prefix="lectern-relevance-") as folder:
        invented = ask_invented(Path(folder))
    lowered = [
        *raise_floors(FLOORS, REAL, asked.reached(Reader.name)),
        *raise_floors(FLOORS, INVENTED, invented.reached(Reader.name)),
    ]
    sys.stderr.writelines(f"{line}\n" for line in lowered)
    return 1 if lowered else 0


def index_real(corpus: Path, home: Path) -> Path:
    """The folder of an index of the real briefings, made in `home`."""
    tell("reading and indexing the briefings")
    settings = Settings(home, {})
    engine = open_engine(settings.index)
    add([corpus / "data"], settings, engine, load_authority())
    engine.close()
    return settings.index


def ask_all(index: Path, each: int) -> tuple[Asked, int]:
    """Every engine asked for the documents of an index; and how often a suggestion of Lectern's was followed."""
    documents = [document for _, document in read_documents(open_snapshot(index)).values()]
    tell(f"making queries from {len(documents):,} documents")
    items = Questioner(documents).ask(each)
    engine = open_engine(index)
    reader = Reader(engine)
    ranks = {reader.name: rank_all(reader, items)}
    engine.close()
    for kind in (DefaultTantivy, DefaultSqlite):
        for spaced in (False, True):
            peer = kind(documents, spaced=spaced)
            ranks[peer.name] = rank_all(peer, items)
    return Asked(items, ranks), reader.followed


def ask_invented(folder: Path) -> Asked:
    """Lectern asked for some documents of a small invented collection, which is indexed in `folder`."""
    publications = [*make_publications("en"), *make_publications("zh")]
    engine = open_engine(folder)
    engine.rebuild(publications, sequence=1, tombstones=(), labels=Labels(), workers=1)
    items = Questioner([document for one in publications for document in one.documents]).ask(EACH_INVENTED)
    ranks = rank_all(Reader(engine), items)
    engine.close()
    return Asked(items, {Reader.name: ranks})


def rank_all(finder: Finder, items: Sequence[KnownItem]) -> Ranks:
    """The rank of each document looked for; the one whose words a query has is no result."""
    tell(f"asking {finder.name} {len(items):,} times")
    ranks = np.full(len(items), np.inf)
    for at, item in enumerate(items):
        found = [id for id in finder.find(item.text, DEPTH) if id != item.source]
        if item.target in found:
            ranks[at] = 1 + found.index(item.target)
    return ranks


def reach(ranks: Ranks) -> Reached:
    """What some ranks come to."""
    return Reached(float((ranks <= 1).mean()), float((ranks <= 5).mean()), float((1 / ranks).mean()))


def language_of(item: KnownItem) -> str:
    """The language of the document that a query looks for."""
    return item.group.rpartition("/")[2]


def describe(asked: Asked, followed: int) -> str:
    """The report, in Markdown."""
    made = (
        f"Written by `make bench-relevance` on {datetime.now(UTC):%Y-%m-%d} over real briefings: "
        f"{len(asked.items):,} queries, whose rules are in `benchmarks/ranking_queries.py`. Lectern is asked as its "
        f"page is, synonyms and all; where it finds nothing, the first link that it offers is followed "
        f"({followed:,} times). The others are as they come: their own tokenisers, parsers and ranking, over question "
        "and answer."
    )
    meaning = (
        f"Shares of the queries whose document is first, or among the first five; MRR is the mean of 1 / rank, 0 below "
        f"rank {DEPTH}. *Spaced*: with spaces put between Han characters, which the others take for one word where "
        "there are none."
    )
    traded = (
        "One kind pays for the others: half of a word's score is that of the form typed, which a reworded query types "
        "otherwise than its document. What that costs and gains is in `ranking.md`, under *form typed*."
    )
    return "\n\n".join(("# Is the right answer first?", made, meaning, traded, _show(asked))) + "\n"


def _show(asked: Asked) -> str:
    tables = {name: asked.reached(name) for name in asked.ranks}
    head = ["queries", "how many"]
    for name in tables:
        head += [f"{name}: @1", "@5", "MRR"] if name == Reader.name else [f"{name}: MRR"]
    rows = []
    for language, kind, part in asked.iter_parts():
        row: list[object] = [f"{language} {kind}", int(part.sum())]
        for name, table in tables.items():
            reached = table[language][kind]
            row += [f"{value:.3f}" for value in (reached if name == Reader.name else reached[-1:])]
        rows.append(row)
    return lay_out(head, rows)


if __name__ == "__main__":
    sys.exit(main())
