"""The generations of an index: made beside the live one, swapped, gone back to, removed when nobody reads them.

Here belongs the life of a generation's folder; what lies in one belongs to `search.embedded.storage` and `writer`. The
one decision: whoever reads a generation, or fills it, holds a shared lock on its folder (`flock`), which the system
lets go of with the process. What is neither live nor the one before it, and held by nobody, is removed by the next
writer. So nothing is removed by age, a reader that stopped cannot keep it for ever, and a builder that was killed
leaves nothing behind for long.
"""

import fcntl
import os
import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.embedded import storage
from search.errors import GenerationMissing, IndexIncompatible, IndexMissing

BEFORE = "BEFORE"
"""In a generation's folder: the number of the one that was live when this one became so; 0 if none was."""

_GONE = ".gone-"
"""What a folder is called while it is being removed: no longer by a generation's name."""


def hold(home: Path, holder: object) -> None:
    """Keep a generation's folder from being removed for as long as `holder` lives. Raises FileNotFoundError."""
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    weakref.finalize(holder, os.close, handle)
    fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """A folder with an empty index, to be filled; it is live at the end, or gone if anything went wrong."""
    storage.make_folder(folder)
    present = storage.list_generations(folder)
    try:
        live = storage.read_current(folder)
    except IndexMissing:
        live = 0
    except IndexIncompatible:  # which one is live cannot be told: none is overwritten
        live = max(present, default=0)
    else:
        tidy(folder)
    number = max((live, *present)) + 1
    home = storage.generation_folder(folder, number)
    try:
        storage.create_index(home)
        hold(home, holder := _Builder())
        yield home
        storage.write_durably(home / BEFORE, f"{live}\n")
        storage.write_current(folder, number)
    except BaseException:  # Ctrl+C too: a full disk is not left full
        if not _is_live(folder, number):
            shutil.rmtree(home, ignore_errors=True)
        raise
    del holder
    tidy(folder)


class _Builder:
    """Who fills a generation."""


def _is_live(folder: Path, number: int) -> bool:
    """Whether `CURRENT` names a generation: it may, though what came after the renaming went wrong."""
    try:
        return storage.read_current(folder) == number
    except (IndexMissing, IndexIncompatible):
        return False


def find_earlier(folder: Path) -> int:
    """Number of the generation that was live before the live one.

    Raises:
        IndexMissing, IndexIncompatible: there is no index, or it cannot be told which generation is live.
        GenerationMissing: there was none before it, or it is gone.
    """
    live = storage.read_current(folder)
    earlier = _before(folder, live)
    if not earlier or not storage.generation_folder(folder, earlier).is_dir():
        raise GenerationMissing(
            f"there is no generation before {live} to go back to",
            where=str(folder),
            hint="build a new one from the archive: lectern rebuild",
        )
    return earlier


def _before(folder: Path, generation: int) -> int:
    """The generation that was live before another; 0 if there was none, or it is not known."""
    try:
        text = (storage.generation_folder(folder, generation) / BEFORE).read_text("utf-8").strip()
    except FileNotFoundError:
        return 0
    return int(text) if text.isdecimal() else 0


def tidy(folder: Path) -> None:
    """Remove what is neither the live generation nor the one before it, unless somebody reads or fills it.

    Raises:
        IndexMissing, IndexIncompatible: it cannot be told which is live; nothing is removed.
    """
    live = storage.read_current(folder)
    kept = {live, _before(folder, live)}
    for generation in storage.list_generations(folder):
        if generation not in kept:
            _remove(storage.generation_folder(folder, generation))
    for left in folder.glob(f"{_GONE}*"):
        shutil.rmtree(left)
    # What a writer had written aside that was killed before it could rename it.
    for left in (*folder.glob(".*.[0-9]*"), *storage.generation_folder(folder, live).glob(".*.[0-9]*")):
        if left.suffix != f".{os.getpid()}":
            left.unlink()


def _remove(home: Path) -> None:
    """Remove a generation's folder, unless it is held; at once by its name, so that no part of it is ever opened."""
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        gone = home.rename(home.with_name(f"{_GONE}{home.name}"))
        shutil.rmtree(gone)
    finally:
        os.close(handle)
