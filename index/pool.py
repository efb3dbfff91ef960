"""Work that every core takes a share of; its results in order.

Here belongs nothing about the work. The one decision: a process is told once what it has to know, holds no lock and no
file, and ends when its parent does; a bounded number of things is in flight, so that memory does not grow with them.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

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
    # A new process, not a fork: the parent may hold a database, threads and a progress bar.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(start, known))
    pending: deque[tuple[Kept, Future[Done]]] = deque()
    try:
        for kept, sent in things:
            pending.append((kept, _submit(pool, work, sent)))
            if len(pending) >= count * _AHEAD:
                yield _result(*pending.popleft())
        while pending:
            yield _result(*pending.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _result(kept: Kept, future: Future[Done]) -> tuple[Kept, Done]:
    return kept, future.result()


def _submit(pool: ProcessPoolExecutor, work: Callable[[Sent], Done], sent: Sent) -> Future[Done]:
    """`sent`, handed over; a process that this starts sees no Ctrl+C, not even before it can say so itself."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, sent)
    except (ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the system refused
        # One process has died while another was being started: what they were to share is closed already.
        raise BrokenProcessPool("a process has died") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(start: Callable[..., None], known: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start(*known)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
