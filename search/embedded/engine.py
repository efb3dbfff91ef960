"""The embedded engine: the seam's promises, kept by Whoosh's index and our evaluator.

A request is answered from one snapshot. Looking whether there is a newer one costs a file read and a folder listing, so
it is done at every request; nothing is locked by reading.
"""

import pickle
import shutil
import struct
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from threading import RLock

import numpy as np
from whoosh.index import EmptyIndexError

from search.embedded import records, schema, storage
from search.embedded.evaluator import Evaluator, iter_scored
from search.embedded.facets import count_values, selection_masks
from search.embedded.snapshot import Mask, Snapshot
from search.embedded.writer import write_records
from search.engine import (
    Coverage,
    Day,
    EngineHit,
    Publication,
    Request,
    Results,
    Revision,
    Sort,
    Status,
    Tombstone,
)
from search.errors import IndexIncompatible, IndexMissing
from search.labels import Labels
from search.model import Briefing, Document, edition_of
from search.record import document_from_json
from search.schema import BARE, SCHEMA_VERSION

LABELS = "labels.json"
_TRIES = 3

DAMAGE = (
    EmptyIndexError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)
"""What Whoosh, pickle and json raise over files that are cut off or overwritten."""


class EmbeddedEngine:
    """Implements `search.engine.Engine` over a folder of generations."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[int, int] = (0, -1)
        self._labels: tuple[int, Labels] = (0, Labels())
        self._coverage: tuple[Snapshot | None, tuple[Coverage, ...]] = (None, ())

    # The present snapshot

    def _present(self) -> Snapshot:
        """The newest commit of the live generation."""
        with self._lock:
            for left in reversed(range(_TRIES)):
                generation = storage.read_current(self._folder)
                home = storage.generation_folder(self._folder, generation)
                newest = storage.newest_commit(home)
                if self._snapshot is not None and self._seen == (generation, newest):
                    return self._snapshot
                try:
                    return self._open(generation, newest)
                except (FileNotFoundError, *DAMAGE) as error:
                    # A commit may have removed the files between our listing and our opening: its own are there now.
                    if not left:
                        raise _damaged(home, error) from error
            raise AssertionError("the loop ends with a snapshot or an error")

    def _open(self, generation: int, newest: int) -> Snapshot:
        home = storage.generation_folder(self._folder, generation)
        known = self._snapshot.segments if self._snapshot and self._snapshot.generation == generation else {}
        index = storage.open_index(home)
        snapshot = Snapshot(index, generation, known)
        if records.read_state(snapshot).get("schema") != SCHEMA_VERSION:
            raise storage.other_version(home)
        if self._snapshot is not None:
            self._snapshot.reader.close()
        self._snapshot, self._seen = snapshot, (generation, newest)
        return snapshot

    # Finding

    def find(self, request: Request) -> Results:
        """The hits and counts that `request` asks for."""
        with self._lock:
            snapshot = self._present()
            evaluator = Evaluator(snapshot)
            matching = evaluator.mask(request.query)
            in_range = evaluator.range_mask(request.selection.since, request.selection.until)
            picks = selection_masks(evaluator, request.selection)
            selected = matching & in_range
            for mask in picks.values():
                selected &= mask
            return Results(
                total=int(selected.sum()),
                hits=self._hits(snapshot, evaluator, request, selected),
                facets={
                    name: count_values(snapshot, request, name, _without(matching & in_range, picks, name))
                    for name in request.facets
                },
                days=_count_days(snapshot, selected, in_range),
                generation=snapshot.generation,
                rarities={leaf: evaluator.rarity(leaf, fields) for leaf, fields in iter_scored(request.query, BARE)},
            )

    def _hits(
        self, snapshot: Snapshot, evaluator: Evaluator, request: Request, selected: Mask
    ) -> tuple[EngineHit, ...]:
        found = np.flatnonzero(selected)
        if request.limit == 0 or not len(found):
            return ()
        scores = evaluator.scores(request.query)[found]
        match request.sort:
            case Sort.RELEVANCE:
                first = -np.round(scores, 6)
            case Sort.NEWEST:
                first = -snapshot.days[found].astype(np.float64)
            case Sort.OLDEST:
                first = snapshot.days[found].astype(np.float64)
        order = np.lexsort((snapshot.ranks[found], first))[request.offset : request.offset + request.limit]
        documents = (document_from_json(records.load(snapshot, int(found[i]))) for i in order)
        return tuple(EngineHit(document, float(scores[i])) for document, i in zip(documents, order, strict=True))

    # Fetching

    def get(self, id: str) -> Document:
        """The document of an item. Raises NotFound."""
        with self._lock:
            return records.read_document(self._present(), id)

    def briefing(self, id: str) -> Briefing:
        """The whole briefing as it reads now. Raises NotFound."""
        with self._lock:
            return records.read_briefing(self._present(), id)

    def documents(self, briefing: str) -> tuple[Document, ...]:
        """The documents of a briefing, in order of position. Raises NotFound."""
        with self._lock:
            return records.read_documents(self._present(), briefing)

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every text that a briefing has had, the present one last. Raises NotFound."""
        with self._lock:
            return records.read_revisions(self._present(), id)

    def editions(self, id: str) -> tuple[str, ...]:
        """The same briefing in other languages: same publisher, same day, same place among the day's."""
        with self._lock:
            snapshot = self._present()
            ids = (edition_of(id, row.language) for row in self._cover(snapshot) if id.startswith(f"{row.publisher}/"))
            return tuple(i for i in ids if i != id and snapshot.number(schema.head_key(i)) is not None)

    def tombstone(self, id: str) -> Tombstone | None:
        """What stands where a briefing or item stood."""
        with self._lock:
            data = records.find(self._present(), schema.tombstone_key(id))
        return None if data is None else Tombstone(*data)

    def labels(self) -> Labels:
        """Names of entities, outlets and speakers."""
        with self._lock:
            file = storage.generation_folder(self._folder, storage.read_current(self._folder)) / LABELS
            if not file.exists():
                return Labels()
            stamp = file.stat().st_mtime_ns
            if self._labels[0] != stamp:
                try:
                    self._labels = (stamp, Labels.from_json(file.read_text("utf-8")))
                except DAMAGE as error:
                    raise _damaged(file, error) from error
            return self._labels[1]

    def coverage(self) -> tuple[Coverage, ...]:
        """What the collection holds, by publisher and language."""
        with self._lock:
            return self._cover(self._present())

    def _cover(self, snapshot: Snapshot) -> tuple[Coverage, ...]:
        if self._coverage[0] is not snapshot:
            self._coverage = (snapshot, records.read_coverage(snapshot))
        return self._coverage[1]

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Terms of a field that begin with `prefix`, with the number of searched documents."""
        with self._lock:
            snapshot = self._present()
            counted = (
                (term, snapshot.count_documents(field, term)) for term in snapshot.vocabulary(field).beginning(prefix)
            )
            return [(term, count) for term, count in counted if count]

    def status(self) -> Status:
        """Generation, sequence number, counts."""
        with self._lock:
            snapshot = self._present()
            sequence: int = records.read_state(snapshot)["sequence"]
            briefings = sum(row.briefings for row in self._cover(snapshot))
            return Status(snapshot.generation, sequence, briefings, snapshot.count, len(snapshot.segments))

    # Writing

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Put briefings in, each replacing what stood under its id, and tombstones where ids are gone; all at once."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self._folder / storage.CURRENT).exists():
            home = self._new_generation()
            write_records(storage.create_index(home), publications, tombstones, sequence)
            storage.write_current(self._folder, int(home.name))
            return
        home = storage.generation_folder(self._folder, storage.read_current(self._folder))
        write_records(storage.open_index(home), publications, tombstones, sequence)

    def publish_labels(self, labels: Labels) -> None:
        """Replace the labels, at once, without touching the documents."""
        home = storage.generation_folder(self._folder, storage.read_current(self._folder))
        storage.write_durably(home / LABELS, labels.to_json())

    def rebuild(
        self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone], labels: Labels
    ) -> None:
        """Fill a new generation beside the live one, then swap to it; the one before is kept, older ones go."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = self._new_generation()
        write_records(storage.create_index(home), publications, tombstones, sequence)
        storage.write_durably(home / LABELS, labels.to_json())
        storage.write_current(self._folder, int(home.name))
        for generation in storage.list_generations(self._folder):
            if generation < int(home.name) - 1:
                shutil.rmtree(storage.generation_folder(self._folder, generation))

    def _new_generation(self) -> Path:
        """The folder of a generation to be filled, emptied of what an interrupted writer left."""
        present = storage.list_generations(self._folder)
        try:
            live = storage.read_current(self._folder)
        except IndexMissing:
            live = 0
        except IndexIncompatible:  # which one is live cannot be told: none is overwritten
            live = max(present, default=0)
        for generation in present:
            if generation > live:
                shutil.rmtree(storage.generation_folder(self._folder, generation))
        return storage.generation_folder(self._folder, live + 1)

    def close(self) -> None:
        """Let go of files."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.reader.close()
            self._snapshot = None


def _damaged(where: Path, error: Exception) -> IndexIncompatible:
    what = str(error).splitlines()[0] if str(error) else type(error).__name__
    return IndexIncompatible(f"the index is damaged: {what}", where=str(where), hint="run lectern rebuild")


def _without(base: Mask, picks: dict[str, Mask], name: str) -> Mask:
    """What matches but for the selection in the field `name` itself."""
    found = base.copy()
    for field, mask in picks.items():
        if field != name:
            found &= mask
    return found


def _count_days(snapshot: Snapshot, selected: Mask, in_range: Mask) -> tuple[Day, ...]:
    days, of = np.unique(snapshot.days[in_range], return_counts=True)
    counts = np.zeros(len(days), dtype=np.int64)
    found, times = np.unique(snapshot.days[selected], return_counts=True)
    counts[np.searchsorted(days, found)] = times
    return tuple(
        Day(date.fromordinal(int(day)), int(count), int(n)) for day, count, n in zip(days, counts, of, strict=True)
    )
