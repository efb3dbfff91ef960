"""How far a long command has come: a bar on a terminal, and now and then a plain line where there is none.

It stands on stderr, so that results can be piped away beside it. The one decision: rates and the time left are of the
whole part so far, so that the last of many files, which may be long or short, does not make them jump. A log gets its
first line after ten seconds and then two a minute, so that a nightly run that has little to do writes none.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from index.progress import Begin, Tick

NAME = 20
"""So many letters of a file's name are shown: on a narrow terminal the bar must not give way to it."""

FIRST_LINE, NEXT_LINES = 10.0, 30.0
"""Seconds after which a log is told for the first time how far a part is, and then again."""


@contextmanager
def show_progress() -> Iterator[Begin]:
    """What is to be called at the beginning of each part of a command."""
    if not sys.stderr.isatty():
        yield begin_lines
        return
    # Loaded only here: an addition of one file takes no longer than what it loads.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(20), TextColumn("{task.fields[text]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def begin(what: str, total: int | None) -> Tick:
            task = bar.add_task(what, total=total, text="", visible=total != 0)
            started, done = time.monotonic(), 0

            def tick(name: str) -> None:
                nonlocal done
                done += 1
                text = progress_text(done, total, time.monotonic() - started)
                bar.update(task, completed=done, text=f"{text}  {Path(name).name:.{NAME}}")

            return tick

        yield begin


def begin_lines(what: str, total: int | None) -> Tick:
    """What tells a log how far a part is, where it takes long."""
    started, done, due = time.monotonic(), 0, FIRST_LINE

    def tick(_name: str) -> None:
        nonlocal done, due
        done += 1
        if (passed := time.monotonic() - started) >= due:
            due = passed + NEXT_LINES
            click.echo(f"{what}: {progress_text(done, total, passed)}", err=True)

    return tick


def progress_text(done: int, total: int | None, seconds: float) -> str:
    """How many are done, how many a second, and the minutes and seconds that the rest will take."""
    rate = done / max(seconds, 1e-3)
    speed = f"{rate:.0f} a second" if rate >= 10 else f"{rate:.1f} a second"
    if total is None:
        return f"{done:,}, {speed}"
    minutes, left = divmod(round(max(total - done, 0) / rate), 60)
    return f"{done:,} of {total:,}, {speed}, {minutes}:{left:02} left"
