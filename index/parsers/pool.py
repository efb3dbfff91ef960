"""Many sources parsed by every core, in order.

Here belongs nothing about pages. The one decision: a bounded number of sources is in flight, so that memory does not
grow with the folder, and what is few is parsed at once, for starting a process takes longer than reading fifty pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, islice
from typing import ClassVar

from index.authority.tables import Authority
from index.parsers import SHIPPED, Parsed, parse_source
from index.parsers.profile import Profile
from index.pool import work_in_order
from index.sources import Source, Unreadable
from search.cores import count_cores
from search.errors import LecternError

FEW = 48
"""So many sources are parsed without starting a process."""


class ParsingStopped(LecternError):
    """A process that parses has died."""

    code: ClassVar[str] = "parsing_stopped"


def parse_all(
    sources: Iterable[Source | Unreadable | Parsed],
    authority: Authority,
    publisher: str | None = None,
    profiles: Mapping[str, Profile] = SHIPPED,
    *,
    workers: int | None = None,
) -> Iterator[Parsed | Unreadable]:
    """What becomes of each source, in the order of the sources, which are asked for as they are needed.

    Args:
        sources: what to parse; what could not be read, or need not be parsed, comes out as it is.
        authority: names of speakers and outlets.
        publisher: whose transcripts they are, where that is known.
        profiles: the publishers whose pages can be read.
        workers: how many processes parse; as many as there are cores that may be used, if it is not given.

    Raises:
        ParsingStopped: a process was ended from outside, as for want of memory.
    """
    coming = iter(sources)
    count = workers if workers is not None else count_cores()
    while True:
        first = list(islice(coming, FEW + 1))
        fresh = sum(isinstance(source, Source) for source in first)
        if len(first) == FEW + 1 and count > 1 and fresh > FEW // 2:
            yield from _parse_by_many(chain(first, coming), (authority, publisher, dict(profiles)), count)
            return
        for source in first:
            yield parse_source(source, authority, publisher, profiles) if isinstance(source, Source) else source
        if len(first) <= FEW:
            return


def _parse_by_many(
    sources: Iterable[Source | Unreadable | Parsed], known: "_Known", count: int
) -> Iterator[Parsed | Unreadable]:
    try:
        things = ((one, one if isinstance(one, Source) else None) for one in sources)
        for kept, parsed in work_in_order(things, _parse, _start, known, count):
            if not isinstance(kept, Source):
                yield kept
            elif parsed is not None:
                yield replace(parsed, source=kept)
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again with fewer files"
        raise ParsingStopped("a process that parses has died", hint=hint) from error


_Known = tuple[Authority, str | None, dict[str, Profile]]


class _Worker:
    """What a process knows; it is told once, when it starts, and not with every source."""

    known: ClassVar[_Known]


def _start(authority: Authority, publisher: str | None, profiles: dict[str, Profile]) -> None:
    _Worker.known = (authority, publisher, profiles)


def _parse(source: Source | None) -> Parsed | None:
    """The source parsed, without its bytes, which the parent has; `None` of what needs no parsing."""
    if source is None:
        return None
    authority, publisher, profiles = _Worker.known
    return replace(parse_source(source, authority, publisher, profiles), source=replace(source, data=b""))
