"""The embedded engine: the seam's promises, kept by Whoosh's index and our evaluator.

A request is answered from one snapshot. Looking whether there is a newer one costs a file read and a folder listing, so
it is done at every request; nothing is locked by reading.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from search.embedded import schema, storage
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
from search.errors import NotFound
from search.labels import Labels
from search.model import Briefing, Document
from search.record import briefing_from_json, document_from_json
from search.schema import BARE

LABELS = "labels.json"


class EmbeddedEngine:
    """Implements `search.engine.Engine` over a folder of generations."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[int, int] = (0, -1)
        self._labels: tuple[int, Labels] = (0, Labels())

    # The present snapshot

    def _present(self) -> Snapshot:
        """The newest commit of the live generation."""
        with self._lock:
            for attempt in range(3):
                generation = storage.read_current(self._folder)
                home = storage.generation_folder(self._folder, generation)
                newest = storage.newest_commit(home)
                if self._snapshot is not None and self._seen == (generation, newest):
                    return self._snapshot
                try:
                    return self._open(generation, newest)
                except FileNotFoundError:
                    # A commit removed the files between our listing and our opening; its own are there now.
                    if attempt == 2:
                        raise
            raise AssertionError

    def _open(self, generation: int, newest: int) -> Snapshot:
        home = storage.generation_folder(self._folder, generation)
        known = self._snapshot.segments if self._snapshot and self._snapshot.generation == generation else {}
        index = storage.open_index(home)
        snapshot = Snapshot(index, generation, known)
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
        return tuple(EngineHit(document_from_json(_load(snapshot, int(found[i]))), float(scores[i])) for i in order)

    # Fetching

    def _record(self, key: str) -> Any:  # noqa: ANN401 (a JSON value)
        with self._lock:
            snapshot = self._present()
            number = snapshot.number(key)
            return None if number is None else _load(snapshot, number)

    def _wanted(self, key: str, what: str) -> Any:  # noqa: ANN401 (a JSON value)
        data = self._record(key)
        if data is None:
            raise NotFound(f"there is no {what}", hint="search for it by words or by date")
        return data

    def get(self, id: str) -> Document:
        """The document of an item. Raises NotFound."""
        return document_from_json(self._wanted(schema.item_key(id), f"item {id}"))

    def briefing(self, id: str) -> Briefing:
        """The whole briefing as it reads now. Raises NotFound."""
        return briefing_from_json(self._wanted(schema.head_key(id), f"briefing {id}")["briefing"])

    def documents(self, briefing: str) -> tuple[Document, ...]:
        """The documents of a briefing, in order of position. Raises NotFound."""
        items = self.briefing(briefing).items
        return tuple(self.get(f"{briefing}/{item.n}") for item in sorted(items, key=lambda i: i.position))

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every text that a briefing has had, the present one last. Raises NotFound."""
        texts = self._wanted(schema.revisions_key(id), f"briefing {id}")
        return tuple(Revision(t["number"], t["received"], briefing_from_json(t["briefing"])) for t in texts)

    def tombstone(self, id: str) -> Tombstone | None:
        """What stands where a briefing or item stood."""
        data = self._record(schema.tombstone_key(id))
        return None if data is None else Tombstone(*data)

    def labels(self) -> Labels:
        """Names of entities, outlets and speakers."""
        with self._lock:
            file = storage.generation_folder(self._folder, storage.read_current(self._folder)) / LABELS
            if not file.exists():
                return Labels()
            stamp = file.stat().st_mtime_ns
            if self._labels[0] != stamp:
                self._labels = (stamp, Labels.from_json(file.read_text("utf-8")))
            return self._labels[1]

    def coverage(self) -> tuple[Coverage, ...]:
        """What the collection holds, by publisher and language."""
        with self._lock:
            heads = self._heads()
        groups = groupby(sorted(heads, key=_group), key=_group)
        return tuple(_coverage(publisher, language, list(group)) for (publisher, language), group in groups)

    def _heads(self) -> list[dict[str, Any]]:
        snapshot = self._present()
        keys = snapshot.reader.expand_prefix("key", schema.head_key("").encode())
        numbers = (snapshot.number(key.decode()) for key in keys)
        return [_load(snapshot, number) for number in numbers if number is not None]

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Terms of a field that begin with `prefix`, with the number of searched documents."""
        with self._lock:
            snapshot = self._present()
            counted = ((term, snapshot.count_documents(field, term)) for term in snapshot.iter_terms(field, prefix))
            return [(term, count) for term, count in counted if count]

    def status(self) -> Status:
        """Generation, sequence number, counts."""
        with self._lock:
            snapshot = self._present()
            state = self._wanted(schema.STATE_KEY, "state in this index")
            return Status(
                snapshot.generation, state["sequence"], len(self._heads()), snapshot.count, len(snapshot.segments)
            )

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
        live = storage.read_current(self._folder) if (self._folder / storage.CURRENT).exists() else 0
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


def _load(snapshot: Snapshot, number: int) -> Any:  # noqa: ANN401 (a JSON value)
    return json.loads(snapshot.reader.stored_fields(number)["record"])


def _group(head: dict[str, Any]) -> tuple[str, str]:
    return head["briefing"]["publisher"], head["briefing"]["language"]


def _coverage(publisher: str, language: str, heads: Sequence[dict[str, Any]]) -> Coverage:
    dates = [date.fromisoformat(head["briefing"]["date"]) for head in heads]
    return Coverage(
        publisher=publisher,
        language=language,
        first=min(dates),
        last=max(dates),
        briefings=len(heads),
        answers=sum(head["answers"] for head in heads),
        added=max(head["added"] for head in heads),
    )
