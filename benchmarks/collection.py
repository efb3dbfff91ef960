"""What is measured: the real briefings where they are there, else invented ones.

The one decision: real briefings go the librarian's whole way (parsed, archived, tagged) into a home in a temporary
folder, with an engine that only collects what is published to it. So every engine is given the very documents that
Lectern's users have, and `lectern add` finds an archive of real size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from benchmarks.invented import Invented
from index.authority.tables import load_authority
from index.ingest import add
from search.engine import Engine, Publication, Tombstone
from search.holdings import Status
from search.keys import Key
from search.labels import Labels
from search.model import Document
from search.schema import is_searched
from search.settings import Settings
from tests.conftest import find_corpus


@dataclass(frozen=True)
class Collection:
    """Publications, and all that an engine wants to know beside them.

    Attributes:
        name: what it is, for people.
        publications: in the order in which an engine gets them.
        labels: names of values.
        sequence: the archive's sequence number that they stand at; 0 where there is no archive.
    """

    name: str
    publications: Sequence[Publication]
    labels: Labels
    sequence: int = 0

    @property
    def documents(self) -> list[Document]:
        """The documents that searches find, in order."""
        return [d for p in self.publications for d in p.documents if is_searched(d)]

    @property
    def text_bytes(self) -> int:
        """Size of all turns' texts in UTF-8, notes included."""
        return sum(len(t.text.encode()) for p in self.publications for i in p.briefing.items for t in i.turns)

    def tenth(self) -> "Collection":
        """Every tenth briefing."""
        return Collection(f"a tenth of {self.name}", self.publications[::10], self.labels)


@dataclass
class Collector:
    """Stands for an engine while briefings are added: keeps what is published."""

    published: dict[str, Publication] = field(default_factory=dict)
    names: Labels = field(default_factory=Labels)
    sequence: int = 0

    def status(self) -> Status:
        """How far it is."""
        return Status(1, self.sequence, len(self.published), 0, 0, f"{self.sequence}")

    def labels(self) -> Labels:
        """The labels last given."""
        return self.names

    def publish_labels(self, labels: Labels) -> None:
        """Keep the labels."""
        self.names = labels

    def keys(self) -> tuple[Key, ...]:
        """None: nobody asks."""
        return ()

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Keep briefings; drop what is gone."""
        self.published |= {p.briefing.id: p for p in publications}
        for tombstone in tombstones:
            self.published.pop(tombstone.id, None)
        self.sequence = sequence

    def rebuild(
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels,
        verify: object = None,  # noqa: ARG002 (there is nothing to look at)
    ) -> None:
        """Keep these briefings alone."""
        self.published.clear()
        self.add(publications, sequence=sequence, tombstones=tombstones)
        self.names = labels


def read_real(folder: Path, home: Path) -> Collection:
    """The briefings under `folder`, archived in `home`."""
    collector = Collector()
    add([folder], Settings(home, {}), cast("Engine", collector), load_authority())
    publications = tuple(collector.published[id] for id in sorted(collector.published))
    return Collection("the real briefings", publications, collector.names, collector.sequence)


def invent(answers: int) -> Collection:
    """An invented collection of about so many answers."""
    source = Invented(answers)
    return Collection(f"{answers:,} invented answers", tuple(source), source.labels())


def gather(answers: int | None, home: Path) -> Collection:
    """The real briefings, archived in `home`, or invented ones: where a number is given, or none are there."""
    corpus, _ = find_corpus()
    if answers is None and corpus is not None:
        return read_real(corpus / "data", home)
    return invent(answers or 60_000)
