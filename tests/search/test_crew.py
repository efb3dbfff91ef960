"""Processes that share work: what is said, and what is left of them, where one dies."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from search import crew as crews
from search.crew import Crew


def nothing() -> None:
    """What a process needs to know."""


def die() -> None:
    """End as by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)


class Pool:
    """A pool in the state in which Python leaves it when a process dies at a bad moment."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, *_: object) -> None:
        """What starting one more process comes to."""
        raise self.error

    def shutdown(self, **_: object) -> None:
        """Nothing is left to be ended."""


def broken(error: Exception) -> Crew:
    """A crew whose pool raises an error."""
    crew = Crew(1, nothing)
    crew.__exit__(None, None, None)
    crew._pool = Pool(error)  # type: ignore[assignment]
    return crew


@pytest.mark.parametrize("error", [ValueError("bad value(s) in fds_to_keep"), OSError("handle is closed")])
def test_a_death_while_another_process_starts_is_told_as_a_death(error: Exception) -> None:
    """Not as whatever Python stumbles over; what the system itself refuses comes through as it is."""
    with pytest.raises(BrokenProcessPool):
        broken(error).submit(len, "")
    with pytest.raises(OSError, match="Cannot allocate"):
        broken(OSError(12, "Cannot allocate memory")).submit(len, "")


def test_nobody_waits_for_what_will_never_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that a broken pool has lost is not waited for; one that the work itself was late for is its own."""
    monkeypatch.setattr(crews, "_LOOK", 0.01)
    with pytest.raises(BrokenProcessPool):
        broken(BrokenProcessPool("gone")).result(Future())
    late: Future[None] = Future()
    late.set_exception(TimeoutError("of the work"))
    with pytest.raises(TimeoutError, match="of the work"):
        broken(ValueError()).result(late)


@pytest.mark.skipif(not Path("/bin/true").exists(), reason="needs a program that ends at once")
def test_a_process_that_ends_before_it_has_begun_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much it would have had to be told, and though it never asked."""
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/true")
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    try:
        with pytest.raises(BrokenProcessPool), Crew(2, len, ("long" * 1_000_000,)) as crew:
            crew.result(crew.submit(os.getpid))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_whoever_gives_up_leaves_no_process() -> None:
    """At once, though one of them would have slept on; a process that died is told."""
    began = time.monotonic()
    with pytest.raises(BrokenProcessPool), Crew(2, nothing) as crew:
        crew.result([crew.submit(time.sleep, 60), crew.submit(die)][-1])
    assert time.monotonic() - began < 50
    assert multiprocessing.active_children() == []


def test_nobody_waits_for_work_whose_result_nobody_wants() -> None:
    """At the end of a crew's work its processes are gone at once, whatever they are at."""
    began = time.monotonic()
    with Crew(2, nothing) as crew:
        crew.submit(time.sleep, 60)
        assert crew.result(crew.submit(os.getpid)) != os.getpid()
    assert time.monotonic() - began < 50
    assert multiprocessing.active_children() == []


def test_a_crew_ends_its_own_processes_alone() -> None:
    """Another one, begun later and still at work, is left alone, whether the first ends well or by an error."""
    for error in (None, KeyError("wrong")):
        first = Crew(1, nothing)
        first.result(first.submit(os.getpid))
        with Crew(1, nothing) as second:
            pid = second.result(second.submit(os.getpid))
            first.__exit__(type(error) if error else None, error, None)
            assert second.result(second.submit(os.getpid)) == pid


def large() -> bytes:
    """A result that takes a while to be given."""
    return bytes(30_000_000)


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02, 0.03, 0.05])
def test_nobody_waits_for_the_rest_of_a_result(delay: float) -> None:
    """A process that is ended while it gives one leaves half of it; its reader goes on."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    try:
        with Crew(1, nothing) as crew:
            crew.result(crew.submit(os.getpid))
            crew.submit(large)
            time.sleep(delay)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert multiprocessing.active_children() == []


def test_ctrl_c_while_a_process_starts_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told once the process is known, and nobody waits for its work."""
    began = time.monotonic()
    crew = Crew(1, nothing)
    start = crew._pool.submit

    def interrupted(*things: object) -> Future[None]:
        future: Future[None] = start(*things)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGINT)
        return future

    monkeypatch.setattr(crew._pool, "submit", interrupted)
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)  # not so where tests run in the background
    try:
        with pytest.raises(KeyboardInterrupt), crew:
            crew.submit(time.sleep, 60)
    finally:
        signal.signal(signal.SIGINT, heeded)
    assert time.monotonic() - began < 50
    assert multiprocessing.active_children() == []
