"""The state of a home, as data: what is there, whether index and archive are in step, who is writing, what is held.

Here belongs what `lectern status` says; nothing is touched. The one decision: what cannot be read is said beside what
can, since whoever asks for the state wants most to know it when something is wrong.
"""

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from index.archive import ArchiveMissing, ArchiveReader
from index.lock import read_holder
from index.restoring import unfinished
from search.engine import Engine
from search.errors import IndexMissing, LecternError
from search.holdings import Coverage
from search.record import Json
from search.settings import Settings


def overview(settings: Settings, engine: Engine) -> Json:
    """The state of a home; `faults` says what could not be read."""
    faults: list[str] = []
    archive, held = _of_archive(settings, faults)
    index, coverage, latest = _of_index(engine, faults)
    behind = archive["sequence"] - index["sequence"] if archive and index else None
    holder = read_holder(settings.home)
    return {
        "home": str(settings.home),
        "version": version("lectern"),
        "archive": archive,
        "index": index,
        "in_step": None if behind is None else behind == 0,
        "behind": behind,
        "publishers": list(_iter_publishers(coverage)),
        "coverage": [_cover(row) for row in coverage],
        "latest": latest,
        "writer": {"pid": holder.pid, "since": holder.since, "doing": holder.doing} if holder else None,
        "held": held,
        "disk": _measure(settings),
        "restoring": unfinished(settings.home),
        "faults": faults,
    }


def _of_archive(settings: Settings, faults: list[str]) -> tuple[Json | None, list[Json]]:
    """Counts of the archive, and what is held in it."""
    try:
        with ArchiveReader.read(settings.archive) as archive:
            held = [
                {"revision": h.revision, "id": h.id, "received": h.received, "problems": [p.code for p in h.problems]}
                for h in archive.held()
            ]
            return {
                "sequence": archive.sequence(),
                "briefings": len(archive.ids()),
                "files": len(archive.digests()),
                "held": len(held),
                "withdrawn": len(archive.withdrawn()),
                "bytes": settings.archive.stat().st_size,
            }, held
    except ArchiveMissing:
        return None, []
    except LecternError as error:
        faults.append(f"{error}")
        return None, []


def _of_index(engine: Engine, faults: list[str]) -> tuple[Json | None, tuple[Coverage, ...], Json | None]:
    """Counts of the index, its coverage, and its latest briefing."""
    try:
        state, coverage, listed = engine.status(), engine.coverage(), engine.briefings()
    except IndexMissing:
        return None, (), None
    except LecternError as error:
        faults.append(f"{error}")
        return None, (), None
    names = ("generation", "live_since", "sequence", "briefings", "documents", "segments")
    last = listed[-1] if listed else None
    latest = {"id": last.id, "date": f"{last.date}", "title": last.title, "added": last.added} if last else None
    return {name: getattr(state, name) for name in names}, coverage, latest


def _cover(row: Coverage) -> Json:
    return {
        "publisher": row.publisher,
        "language": row.language,
        "first": f"{row.first}",
        "last": f"{row.last}",
        "briefings": row.briefings,
        "answers": row.answers,
        "added": row.added,
    }


def _iter_publishers(coverage: tuple[Coverage, ...]) -> Iterator[Json]:
    """What there is of each publisher, in all its languages."""
    rows: dict[str, list[Coverage]] = defaultdict(list)
    for row in coverage:
        rows[row.publisher].append(row)
    for publisher, own in sorted(rows.items()):
        yield {
            "publisher": publisher,
            "languages": [row.language for row in own],
            "briefings": sum(row.briefings for row in own),
            "answers": sum(row.answers for row in own),
            "first": f"{min(row.first for row in own)}",
            "last": f"{max(row.last for row in own)}",
            "added": max(row.added for row in own),
        }


def _measure(settings: Settings) -> Json:
    """Bytes on the disk: of the archive with SQLite's logs, of every generation of the index, of the whole home."""
    logs = [settings.archive.with_name(settings.archive.name + end) for end in ("", "-wal", "-shm")]
    index = settings.index if isinstance(settings.index, Path) else None  # a cluster's is on its own disks
    generations = [f for f in (_list(index) if index else ()) if f.is_dir() and f.name.isdecimal()]
    return {
        "archive": sum(map(_size, logs)),
        "index": _size(index) if index else None,
        "generations": {f"{int(folder.name)}": _size(folder) for folder in sorted(generations)},
        "home": _size(settings.home),
    }


def _list(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; what is gone meanwhile counts nothing."""
    if path.is_dir() and not path.is_symlink():
        return sum(map(_size, _list(path)))
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0
