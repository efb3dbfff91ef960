"""Every place of a collection where a rule found a name that no row has: by all cores where there is much to read.

What a rule is belongs to `index.entities`, the counting to `index.candidates`. The one decision: a place that readers
see already, as that of a person with a full name, is told under the id by which they see it, and only once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import ClassVar, Literal, NamedTuple, Protocol

from index.archive import ArchiveReader
from index.authority.tables import Authority
from index.entities import Tagger
from index.pool import work_in_order
from index.progress import Tick
from index.tagging import FEW, TaggingStopped
from search.cores import count_cores
from search.model import Briefing, EntityType, Mention


class RawCandidate(Protocol):
    """A name that a rule found and that no row has, at its place in an item."""

    @property
    def surface(self) -> str:
        """The name as printed."""

    @property
    def type(self) -> EntityType:
        """What the rule takes it for."""

    @property
    def where(self) -> Literal["question", "answer", "text"]:
        """The part of the item."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def item(self) -> int:
        """The item's number."""


class Finder(Protocol):
    """What finds names: `index.entities.Tagger`."""

    def tag_briefing(self, briefing: Briefing) -> Mapping[int, tuple[Mention, ...]]:
        """The mentions in each item."""

    def candidates(self, briefing: Briefing) -> tuple[RawCandidate, ...]:
        """The names that no row has."""


class Sighting(NamedTuple):
    """One name at one place. `id` and `label` are those that a reader sees there already, else "" and its surface."""

    id: str
    label: str
    type: EntityType
    surface: str
    item: int
    where: Literal["question", "answer", "text"]
    start: int
    end: int


Sighted = tuple[Briefing, tuple[Sighting, ...]]


def read_briefings(archive: ArchiveReader, ids: Iterable[str], tick: Tick) -> Iterator[Briefing]:
    """The briefings of these ids as they read now, each ticked off."""
    for id in ids:
        for reading in archive.readings(id)[-1:]:
            yield reading.briefing
        tick(id)


def sight(briefing: Briefing, finder: Finder, known: Collection[str]) -> tuple[Sighting, ...]:
    """The names in a briefing that no row has; `known` are the ids of all rows."""
    found = [
        Sighting(m.id, m.label, m.type, m.surface, n, m.where, m.start, m.end)
        for n, mentions in finder.tag_briefing(briefing).items()
        for m in mentions
        if m.id not in known
    ]
    seen = {(one.item, one.where, one.start) for one in found}
    found += [
        Sighting("", " ".join(c.surface.split()), c.type, c.surface, c.item, c.where, c.start, c.end)
        for c in finder.candidates(briefing)
        if (c.item, c.where, c.start) not in seen
    ]
    return tuple(found)


def ids_of(authority: Authority) -> frozenset[str]:
    """The ids of all rows."""
    return frozenset(row.id for row in authority.entities)


def sight_all(briefings: Iterable[Briefing], authority: Authority, *, workers: int | None = None) -> Iterator[Sighted]:
    """Each briefing, in order, with the names in it that no row has.

    Args:
        briefings: what to look through.
        authority: the rows.
        workers: how many processes look; as many as there are cores that may be used, if it is not given.

    Raises:
        TaggingStopped: a process was ended from outside, as for want of memory.
    """
    coming = iter(briefings)
    first = list(islice(coming, FEW + 1))
    count = workers if workers is not None else count_cores()
    if len(first) <= FEW or count < 2:
        tagger, known = Tagger(authority), ids_of(authority)
        yield from ((briefing, sight(briefing, tagger, known)) for briefing in chain(first, coming))
        return
    try:
        yield from work_in_order(((one, one) for one in chain(first, coming)), _sight, _start, (authority,), count)
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again"
        raise TaggingStopped("a process that looks for names has died", hint=hint) from error


class _Worker:
    """What a process knows; it is told once, when it starts."""

    finder: ClassVar[Finder]
    known: ClassVar[Collection[str]]


def _start(authority: Authority) -> None:
    _Worker.finder = Tagger(authority)
    _Worker.known = ids_of(authority)


def _sight(briefing: Briefing) -> tuple[Sighting, ...]:
    return sight(briefing, _Worker.finder, _Worker.known)
