"""How far a long command has come: a bar on a terminal, a line now and then in a log.

It stands on stderr, so that results can be piped away beside it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINE_EVERY = 10.0
"""Seconds between two lines in a log; a command that is done before says nothing."""

Tick = Callable[[str], None]
"""Called with the name of each file that is done."""


@contextmanager
def show_progress(total: int | None = None) -> Iterator[Tick]:
    """A function to be called for each of `total` files; without `total`, how many there will be is not known."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(total)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:.0f}/s"), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=console, transient=True) as bar:
        started, done, task = time.monotonic(), 0, bar.add_task("", total=total, rate=0.0)

        def tick(file: str) -> None:
            nonlocal done
            done += 1
            rate = done / max(time.monotonic() - started, 1e-3)
            bar.update(task, completed=done, rate=rate, description=Path(file).name)

        yield tick


def _lines(total: int | None) -> Tick:
    """A tick that prints a line every `LINE_EVERY` seconds."""
    started = last = time.monotonic()
    done = 0

    def tick(_: str) -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if now - last >= LINE_EVERY:
            last = now
            click.echo(progress_line(done, total, now - started), err=True)

    return tick


def progress_line(done: int, total: int | None, seconds: float) -> str:
    """How far it is: files done, how many a second, and the time that the rest will take."""
    rate = done / seconds
    if total is None:
        return f"{done:,} read, {rate:.0f} a second"
    return f"{done:,} of {total:,} read, {rate:.0f} a second, {(total - done) / rate:.0f} s left"
