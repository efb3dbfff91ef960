"""Work that every core takes a share of; its results in order.

Here belongs nothing about the work. The one decision: a process is told once what it has to know, and a bounded number
of things is in flight, so that memory does not grow with them.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from search.crew import Crew

Kept = TypeVar("Kept")
Sent = TypeVar("Sent")
Done = TypeVar("Done")

_AHEAD = 8
"""Things in flight for each process: enough that none waits while the reader is busy."""


def work_in_order(
    things: Iterable[tuple[Kept, Sent]],
    work: Callable[[Sent], Done],
    start: Callable[..., None],
    known: tuple[Any, ...],
    count: int,
) -> Iterator[tuple[Kept, Done]]:
    """What becomes of each thing, in their order; they are asked for as they are needed.

    Args:
        things: what stays here, and what is sent to a process.
        work: a function of a module, done in a process.
        start: another, called in each process first.
        known: what `start` is given.
        count: how many processes.

    Raises:
        BrokenProcessPool: a process was ended from outside, as for want of memory.
    """
    pending: deque[tuple[Kept, Future[Done]]] = deque()
    with Crew(count, start, known) as crew:
        for kept, sent in things:
            pending.append((kept, crew.submit(work, sent)))
            if len(pending) >= count * _AHEAD:
                yield _result(crew, *pending.popleft())
        while pending:
            yield _result(crew, *pending.popleft())


def _result(crew: Crew, kept: Kept, future: Future[Done]) -> tuple[Kept, Done]:
    return kept, crew.result(future)
