"""Many sources parsed by every core, in order.

Here belongs nothing about pages. The one decision: a bounded number of sources is in flight, so that memory does not
grow with the folder, and what is few is parsed at once, for starting a process takes longer than reading fifty pages.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, islice
from typing import ClassVar

from index.authority.tables import Authority
from index.parsers import SHIPPED, Parsed, parse_source
from index.parsers.profile import Profile
from index.sources import Source, Unreadable
from search.cores import count_cores
from search.errors import LecternError

FEW = 48
"""So many sources are parsed without starting a process."""

_AHEAD = 8
"""Sources in flight for each process: enough that none waits while the reader is busy."""


class ParsingStopped(LecternError):
    """A process that parses has died."""

    code: ClassVar[str] = "parsing_stopped"


def parse_all(
    sources: Iterable[Source | Unreadable],
    authority: Authority,
    publisher: str | None = None,
    profiles: Mapping[str, Profile] = SHIPPED,
    *,
    workers: int | None = None,
) -> Iterator[Parsed | Unreadable]:
    """What becomes of each source, in the order of the sources, which are asked for as they are needed.

    Args:
        sources: what to parse; what could not be read comes out as it is.
        authority: names of speakers and outlets.
        publisher: whose transcripts they are, where that is known.
        profiles: the publishers whose pages can be read.
        workers: how many processes parse; as many as there are cores that may be used, if it is not given.

    Raises:
        ParsingStopped: a process was ended from outside, as for want of memory.
    """
    coming = iter(sources)
    first = list(islice(coming, FEW + 1))
    count = workers if workers is not None else count_cores()
    if len(first) <= FEW or count < 2:
        for source in chain(first, coming):
            yield source if isinstance(source, Unreadable) else parse_source(source, authority, publisher, profiles)
        return
    yield from _parse_in_pool(chain(first, coming), (authority, publisher, dict(profiles)), count)


_Known = tuple[Authority, str | None, dict[str, Profile]]


def _parse_in_pool(sources: Iterator[Source | Unreadable], known: _Known, count: int) -> Iterator[Parsed | Unreadable]:
    # A new process, not a fork: the parent may hold a database, threads and a progress bar.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=known)
    pending: deque[Unreadable | tuple[Source, Future[Parsed]]] = deque()
    try:
        for source in sources:
            pending.append(source if isinstance(source, Unreadable) else (source, _submit(pool, source)))
            if len(pending) >= count * _AHEAD:
                yield _result(pending.popleft())
        while pending:
            yield _result(pending.popleft())
    except BrokenProcessPool as error:
        hint = "look for want of memory in the system's log, and try again with fewer files"
        raise ParsingStopped("a process that parses has died", hint=hint) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, source: Source) -> Future[Parsed]:
    """`source`, handed over; a process that this starts sees no Ctrl+C, not even before it can say so itself."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_parse, source)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(entry: Unreadable | tuple[Source, Future[Parsed]]) -> Parsed | Unreadable:
    if isinstance(entry, Unreadable):
        return entry
    source, future = entry
    return replace(future.result(), source=source)


class _Worker:
    """What a process knows; it is told once, when it starts, and not with every source."""

    known: ClassVar[_Known]


def _start(authority: Authority, publisher: str | None, profiles: dict[str, Profile]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.known = (authority, publisher, profiles)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _parse(source: Source) -> Parsed:
    """The source parsed, without its bytes, which the parent has."""
    authority, publisher, profiles = _Worker.known
    return replace(parse_source(source, authority, publisher, profiles), source=replace(source, data=b""))
