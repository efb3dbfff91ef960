"""Processes that share work, and are gone afterwards, whatever happens.

Here belongs how they are started, waited for and ended; nothing about the work. The one decision: Python's own pool,
with what it leaves open closed. A process that dies while another is being started can leave the pool waiting for the
other for ever; so nobody here waits without looking, and whoever gives up ends all of them first.
"""

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Any, Self, TypeVar, cast

Done = TypeVar("Done")

_LOOK = 2.0
"""After so many seconds of waiting for a result, it is asked whether the processes are all there."""


class Crew:
    """So many processes; used as a context, at whose end, after an error or Ctrl+C as well, they are ended at once.

    Each is started when there is work for it, afresh, not forked, since its parent may hold a database, threads and a
    progress bar; it holds no lock, sees no Ctrl+C, and ends when its parent does. At the end nothing that it still does
    is waited for: taking its memory apart would take most of a second.

    Args:
        count: how many.
        start: a function of a module, called in each process first.
        known: what it is given.

    Attributes:
        count: how many.
    """

    def __init__(self, count: int, start: Callable[..., None], known: tuple[Any, ...] = ()) -> None:
        self.count = count
        context = multiprocessing.get_context("spawn")
        # Not with what Python sends a process to begin with: were that long, and the process killed before it has read
        # it, this one would write for ever into a pipe that it holds both ends of.
        data = pickle.dumps(known)
        self._known = SharedMemory(create=True, size=len(data))
        cast("memoryview", self._known.buf)[: len(data)] = data
        self._pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(start, self._known.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        processes = list(self._pool._processes.values())  # noqa: SLF001 (a newer Python has a name for ending them all)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()
        # Of a result that one of them was giving, half may be left. Its reader waits for the rest as long as anybody
        # could write it, and by this end of the pipe we could.
        self._pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001
        self._pool.shutdown(cancel_futures=True)
        self._known.close()
        self._known.unlink()

    def submit(self, work: Callable[..., Done], *things: object) -> Future[Done]:
        """Work handed over; a process that this starts sees no Ctrl+C, not even before it can say so itself.

        Raises:
            BrokenProcessPool: a process was ended from outside, as for want of memory.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.submit(work, *things)
        except (ValueError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the system refused
            # One process has died while another was being started: what they were to share is closed already.
            raise BrokenProcessPool("a process has died") from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def result(self, future: Future[Done]) -> Done:
        """What came of work. Raises BrokenProcessPool, as above, and whatever the work raised."""
        while True:
            try:
                return future.result(_LOOK)
            except TimeoutError:
                if future.done():
                    raise  # the work's own
                self.submit(os.getpid)


def _start(start: Callable[..., None], name: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    memory = SharedMemory(name)
    known = pickle.loads(cast("memoryview", memory.buf))  # noqa: S301 (the parent's own)
    memory.close()
    start(*known)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
