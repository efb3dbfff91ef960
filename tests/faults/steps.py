"""The steps at which a process can be made to die, by name. Nothing of it is in the product: a step is its function.

A process that is armed for a step is killed, as by `kill -9`, just before or just after the function has done its work
for the n-th time. What a step's name stands for is found when it is armed, so that a renamed function fails a test.
"""

import functools
import importlib
import os
import signal
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

When = Literal["before", "after"]
ARMED = "LECTERN_TESTS_FAULT"
"""The variable by which a process and its workers learn for what they are armed: `when:count:step`."""


class Step(NamedTuple):
    """A function, where it is looked up; with `sql`, only for that statement."""

    module: str
    name: str
    sql: str = ""


STEPS = {
    "lock": Step("index.lock", "_take"),
    "archive begins": Step("index.archive_tables", "Database.run", "BEGIN IMMEDIATE"),
    "archive commits": Step("index.archive_tables", "Database.run", "COMMIT"),
    "archive writes": Step("index.archive_tables", "Database.run"),
    "a text is received": Step("index.ingest", "_receive_one"),
    "edits are noted": Step("index.healing", "note_edits"),
    "a batch is published": Step("search.embedded.engine", "write_records"),
    "a segment is written": Step("search.embedded.writer", "_write"),
    "a file is synced": Step("os", "fsync"),
    "a folder is synced": Step("search.embedded.storage", "sync_folder"),
    "a table of contents": Step("search.embedded.storage", "DurableStorage.rename_file"),
    "what is old is removed": Step("search.embedded.writer", "remove_stray_files"),
    "something is renamed": Step("pathlib", "Path.replace"),
    "a generation is made": Step("search.embedded.storage", "create_index"),
    "a generation is filled": Step("search.embedded.engine", "fill"),
    "a generation is verified": Step("index.publishing", "verify"),
    "the swap": Step("search.embedded.storage", "write_current"),
    "old generations go": Step("search.embedded.generations", "tidy"),
    "one generation goes": Step("search.embedded.generations", "_remove"),
    "a folder is emptied": Step("shutil", "rmtree"),
    "a worker parses": Step("index.parsers.pool", "_parse"),
    "a worker tags": Step("index.tagging", "_tag"),
    "a worker builds": Step("search.embedded.building", "_build"),
}

_WRITING = ("lock", "archive begins", "archive commits", "archive writes", "edits are noted")
_ADDING = (
    *("a batch is published", "a segment is written", "a file is synced", "a folder is synced"),
    *("a table of contents", "what is old is removed", "old generations go"),
)
REACHED = {
    "add": (*_WRITING, *_ADDING, "a text is received", "a worker parses"),
    "correct": (*_WRITING, *_ADDING, "a text is received"),
    "remove": (*_WRITING, *_ADDING),
    "rebuild": (
        *("lock", "a segment is written", "a file is synced", "a folder is synced", "a table of contents"),
        *("what is old is removed", "something is renamed", "a generation is made", "a generation is filled"),
        *("a generation is verified", "the swap", "old generations go", "one generation goes", "a folder is emptied"),
        *("a worker tags", "a worker builds"),
    ),
}
"""The steps that each kind of work comes by."""


def arm(fault: str, *, worker: bool) -> None:
    """Make this process die as `fault` says; a step of a worker is one of no other process."""
    when, count, step = fault.split(":", 2)
    if worker != step.startswith("a worker"):
        return
    where = STEPS[step]
    owner: Any = importlib.import_module(where.module)
    *path, last = where.name.split(".")
    for part in path:
        owner = getattr(owner, part)
    setattr(owner, last, _dying(getattr(owner, last), when, int(count), where.sql))


def _dying(function: Callable[..., Any], when: str, count: int, sql: str) -> Callable[..., Any]:
    left = count

    @functools.wraps(function)
    def dying(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (whatever the step's function takes and gives)
        nonlocal left
        counts = not sql or args[1] == sql
        left -= counts
        if counts and left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = function(*args, **kwargs)
        if counts and left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return dying
