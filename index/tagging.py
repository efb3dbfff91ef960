"""Every briefing of a run, tagged: by all cores where they are many.

What a mention is belongs to `index.entities`. The one decision: a process is sent a briefing and gives its mentions
back; whatever else belongs to the briefing stays here and comes out beside them.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import ClassVar, TypeVar

from index.authority.tables import Authority
from index.entities import Tagger
from index.pool import work_in_order
from search.cores import count_cores
from search.errors import LecternError
from search.model import Briefing, Mention

Kept = TypeVar("Kept")
Mentions = dict[int, tuple[Mention, ...]]
"""The mentions of each item of a briefing, by its number."""

FEW = 200
"""So many briefings are tagged without starting a process."""


class TaggingStopped(LecternError):
    """A process that tags has died."""

    code: ClassVar[str] = "tagging_stopped"


def tag_briefing(tagger: Tagger, briefing: Briefing) -> Mentions:
    """The mentions of each item of `briefing`."""
    return dict(tagger.tag_briefing(briefing))


def tag_here(tagger: Tagger, briefings: Iterable[tuple[Kept, Briefing]]) -> Iterator[tuple[Kept, Mentions]]:
    """The mentions of each briefing, in order, and what came with it; by this process alone."""
    for kept, briefing in briefings:
        yield kept, tag_briefing(tagger, briefing)


def tag_all(
    briefings: Iterable[tuple[Kept, Briefing]], authority: Authority, *, workers: int | None = None
) -> Iterator[tuple[Kept, Mentions]]:
    """The mentions of each briefing, in order, and what came with it.

    Args:
        briefings: what to tag, each with whatever is to come out with it.
        authority: names of entities.
        workers: how many processes tag; as many as there are cores that may be used, if it is not given.

    Raises:
        TaggingStopped: a process was ended from outside, as for want of memory.
    """
    coming = iter(briefings)
    first = list(islice(coming, FEW + 1))
    count = workers if workers is not None else count_cores()
    if len(first) <= FEW or count < 2:
        yield from tag_here(Tagger(authority), chain(first, coming))
        return
    try:
        yield from work_in_order(chain(first, coming), _tag, _start, (authority,), count)
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again"
        raise TaggingStopped("a process that tags has died", hint=hint) from error


class _Worker:
    """What a process knows; it is told once, when it starts."""

    tagger: ClassVar[Tagger]


def _start(authority: Authority) -> None:
    _Worker.tagger = Tagger(authority)


def _tag(briefing: Briefing) -> Mentions:
    return tag_briefing(_Worker.tagger, briefing)
