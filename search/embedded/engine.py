"""The embedded engine: the seam's promises, kept by mapped segments and our evaluator.

A request is answered from one snapshot. Looking whether there is a newer one costs two calls of the system, so it is
done at every request; nothing is locked by reading.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock

import numpy as np

from search.embedded import generations, records, schema, storage
from search.embedded.building import fill
from search.embedded.cache import Cache
from search.embedded.codec import ArraySegment
from search.embedded.costs import check_costs
from search.embedded.evaluator import Evaluator
from search.embedded.facets import Found, count_days, count_facets, count_spans, facet_found, selection_masks
from search.embedded.lights import light_hits
from search.embedded.ordering import order_hits, order_items
from search.embedded.segment import Numbers, Segment, WrongFormat
from search.embedded.snapshot import Mask, Snapshot
from search.embedded.stored import document_from_row
from search.embedded.writer import write_records
from search.engine import (
    Engine,
    EngineHit,
    Entry,
    Neighbours,
    Publication,
    Request,
    Results,
    Revision,
    Selection,
    Sort,
    Tombstone,
)
from search.histogram import Span
from search.holdings import Coverage, Listed, Status
from search.keys import Key, keys_from_json, keys_to_json
from search.labels import Labels
from search.model import Briefing, Document, edition_of
from search.query import Query
from search.schema import BARE
from search.scored import iter_scored
from search.spending import A_RECORD, spend
from search.text import fold

LABELS = "labels.json"
KEYS = "keys.json"
"""Beside the generations: a partner's key outlives all of them."""
_TRIES = 3

MAX_EDITIONS = 10_000
"""Of so many briefings it is remembered in which other languages they are: every hit says so."""


class EmbeddedEngine:
    """Implements `search.engine.Engine` over a folder of generations.

    Args:
        folder: of the index.
        only: the one generation to read, live or not; the live one, if it is not given.
    """

    def __init__(self, folder: Path, only: int | None = None) -> None:
        self._folder = folder
        self._lock = Lock()
        self._cache = Cache()
        self._watch = storage.Watch(folder, only)
        self._snapshot: Snapshot | None = None
        self._labels: tuple[tuple[int, ...], Labels] = ((), Labels())
        self._keys: tuple[storage.Stamp | None, tuple[Key, ...]] = (None, ())

    # The present snapshot

    def _present(self) -> Snapshot:
        """The newest commit of the live generation; nothing is locked unless there is a newer one."""
        # In this order: what is open was put into its place before the watch was told.
        if self._watch.is_still() and (snapshot := self._snapshot) is not None:
            return snapshot
        with self._lock:
            for left in reversed(range(_TRIES)):
                self._watch.look()
                home = storage.generation_folder(self._folder, self._watch.generation)
                if self._snapshot is not None and self._watch.is_same():
                    return self._snapshot
                try:
                    return self._open(home)
                except (FileNotFoundError, *storage.DAMAGE) as error:
                    # A commit may have removed the files between our listing and our opening: its own are there now.
                    if not left:
                        raise storage.damaged(home, error) from error
            raise AssertionError("the loop ends with a snapshot or an error")

    def _open(self, home: Path) -> Snapshot:
        toc = storage.read_toc(home)
        known = {part.segment.file: part.segment for part in self._snapshot.parts} if self._snapshot else {}
        try:
            segments = [known.get(listed.file(home)) or Segment(listed.file(home)) for listed in toc.segments]
        except WrongFormat as error:
            raise storage.other_version(home) from error
        snapshot = Snapshot(home, toc.segments, segments, self._cache)
        # Before it is read on: what was removed until now could not be held, and is looked for again.
        generations.hold(home, snapshot)
        self._snapshot = snapshot
        self._watch.seen()
        return snapshot

    # Finding

    def find(self, request: Request) -> Results:
        """The hits and counts that `request` asks for."""
        snapshot = self._present()
        evaluator = Evaluator(snapshot)
        left_out = check_costs(evaluator, [request.query])
        matching = evaluator.within(evaluator.mask(request.query), request.selection.since, request.selection.until)
        picks = selection_masks(evaluator, request.selection)
        selected = Found(np.logical_and.reduce([matching, *picks.values()]) if picks else matching)
        counted = facet_found(matching, picks, selected, request.facets)
        return Results(
            total=len(selected.numbers),
            hits=self._hits(snapshot, evaluator, request, selected.numbers),
            facets=count_facets(snapshot, request, counted),
            histogram=count_days(snapshot, selected, request.selection),
            generation=snapshot.generation,
            rarities={leaf: evaluator.rarity(leaf, fields) for leaf, fields in iter_scored(request.query, BARE)},
            left_out=left_out,
        )

    def count(self, queries: Sequence[Query], selection: Selection = Selection()) -> tuple[int, ...]:  # noqa: B008 (frozen)
        """For each of `queries`, how many hits it has under `selection`."""
        evaluator = Evaluator(self._present())
        check_costs(evaluator, queries)
        selected = _selected(evaluator, selection)
        return tuple(int(np.count_nonzero(evaluator.mask(query) & selected)) for query in queries)

    def scan(self, query: Query, selection: Selection, sort: Sort) -> Iterator[Entry]:
        """Every hit in order, of one commit. All but the reading of records is done at once."""
        snapshot = self._present()
        evaluator = Evaluator(snapshot)
        check_costs(evaluator, [query])
        within = evaluator.within(evaluator.mask(query), selection.since, selection.until)
        found = np.flatnonzero(np.logical_and.reduce([within, *selection_masks(evaluator, selection).values()]))
        spend(A_RECORD * len(found))
        request = Request(query, selection, sort, limit=len(found))
        order = order_hits(snapshot, found, evaluator.scores(query, found), request)
        return records.iter_entries(snapshot, found[order])

    def everything(self, sort: Sort) -> Iterator[Entry]:
        """Every document, notes included, of one commit."""
        snapshot = self._present()
        spend(A_RECORD * snapshot.count)
        return records.iter_entries(snapshot, order_items(snapshot, sort))

    def count_within(
        self, asked: Sequence[tuple[Query, Selection]], spans: Sequence[Span]
    ) -> tuple[tuple[int, ...], ...]:
        """For each query of `asked` under its selection, how many of its hits are of each of `spans`."""
        evaluator = Evaluator(snapshot := self._present())
        distinct = dict.fromkeys(query for query, _ in asked)
        check_costs(evaluator, list(distinct))
        masks = {query: evaluator.mask(query) for query in distinct}
        hits = (masks[query] & _selected(evaluator, selection) for query, selection in asked)
        return tuple(count_spans(snapshot.days[mask], spans) for mask in hits)

    def like(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        """Words that differ from `word` by at most `edits` letters, with the number of documents that hold each."""
        snapshot = self._present()
        texts = [part.segment.texts[field.name] for part in snapshot.parts for field in BARE]
        near = sorted({text.terms[at] for text in texts for at in text.vocabulary.like(fold(word), edits)})
        counted = zip(near, map(snapshot.count_holding, near), strict=True)
        return [(term, count) for term, count in counted if count]

    def _hits(
        self, snapshot: Snapshot, evaluator: Evaluator, request: Request, found: Numbers
    ) -> tuple[EngineHit, ...]:
        if request.limit == 0 or request.offset >= len(found):
            return ()
        scores = evaluator.scores(request.query, found)
        order = order_hits(snapshot, found, scores, request)
        numbers = found[order].tolist()
        documents = [document_from_row(snapshot.record(number)) for number in numbers]
        lights = {field: light_hits(evaluator, request.query, field, numbers, documents) for field in request.lit}
        return tuple(
            EngineHit(
                document,
                score,
                {field: lit[i] for field, lit in lights.items()},
                self._editions(snapshot, document.briefing),
                len(records.read_received(snapshot, document.briefing)) or 1,
            )
            for i, (document, score) in enumerate(zip(documents, scores[order].tolist(), strict=True))
        )

    # Fetching

    def get(self, id: str) -> Document:
        """The document of an item. Raises NotFound."""
        return records.read_document(self._present(), id)

    def briefing(self, id: str) -> Briefing:
        """The whole briefing as it reads now. Raises NotFound."""
        return records.read_briefing(self._present(), id)

    def documents(self, briefing: str) -> tuple[Document, ...]:
        """The documents of a briefing, in order of position. Raises NotFound."""
        return records.read_documents(self._present(), briefing)

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every text that a briefing has had, the present one last. Raises NotFound."""
        return records.read_revisions(self._present(), id)

    def received(self, id: str) -> tuple[str, ...]:
        """When each text of a briefing was received, the present one's last."""
        return records.read_received(self._present(), id)

    def editions(self, id: str) -> tuple[str, ...]:
        """The same briefing in other languages: same publisher, same day, same place among the day's."""
        return self._editions(self._present(), id)

    def _editions(self, snapshot: Snapshot, id: str) -> tuple[str, ...]:
        known = snapshot.editions.get(id)
        if known is None:
            ids = (edition_of(id, row.language) for row in self._cover(snapshot) if id.startswith(f"{row.publisher}/"))
            known = tuple(i for i in ids if i != id and snapshot.number("key", schema.head_key(i)) is not None)
            if len(snapshot.editions) >= MAX_EDITIONS:
                snapshot.editions.clear()
            snapshot.editions[id] = known
        return known

    def neighbours(self, id: str) -> Neighbours:
        """The briefings just before and after one, of its publisher and language. Raises NotFound."""
        return records.find_neighbours(self._present(), id)

    def tombstone(self, id: str) -> Tombstone | None:
        """What stands where a briefing or item stood."""
        data = records.find(self._present(), schema.tombstone_key(id))
        return None if data is None else Tombstone(*data)

    def labels(self) -> Labels:
        """Names of entities, outlets, speakers and publishers, with their aliases."""
        snapshot = self._present()  # held until the file is read
        file = snapshot.home / LABELS
        try:
            found = os.stat(file)  # noqa: PTH116 (half the time; every page asks)
        except FileNotFoundError:
            return Labels()
        stamp = (found.st_ino, found.st_mtime_ns)
        if self._labels[0] != stamp:
            try:
                self._labels = (stamp, Labels.from_json(file.read_text("utf-8")))
            except storage.DAMAGE as error:
                raise storage.damaged(file, error) from error
        return self._labels[1]

    def keys(self) -> tuple[Key, ...]:
        """The keys of partners, those that hold."""
        file = self._folder / KEYS
        stamp = storage.stamp(str(file))
        if self._keys[0] != stamp:
            try:
                self._keys = (stamp, keys_from_json(file.read_text("utf-8")) if stamp else ())
            except storage.DAMAGE as error:
                raise storage.damaged(
                    file, error, "run lectern rebuild, or make or revoke a key: both put it right"
                ) from error
        return self._keys[1]

    def coverage(self) -> tuple[Coverage, ...]:
        """What the collection holds, by publisher and language."""
        return self._cover(self._present())

    def _cover(self, snapshot: Snapshot) -> tuple[Coverage, ...]:
        if snapshot.coverage is None:
            snapshot.coverage = records.read_coverage(snapshot)
        return snapshot.coverage

    def briefings(self) -> tuple[Listed, ...]:
        """Every briefing, by day, then by id."""
        snapshot = self._present()
        if snapshot.listed is None:
            snapshot.listed = records.read_list(snapshot)
        return snapshot.listed

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Terms of a field that begin with `prefix`, with the number of searched documents."""
        snapshot = self._present()
        counted = ((term, snapshot.count_documents(field, term)) for term in snapshot.terms(field, prefix))
        return [(term, count) for term, count in counted if count]

    def status(self) -> Status:
        """Generation, sequence number, counts."""
        snapshot = self._present()
        heads, parts = len(snapshot.heads), len(snapshot.parts)
        labels = storage.stamp(str(snapshot.home / LABELS)) or (0, 0)
        commit = "-".join(f"{number:x}" for number in (*self._watch.commit, *labels))
        since = storage.live_since(self._folder)
        analysis = snapshot.analysis
        return Status(snapshot.generation, snapshot.sequence, heads, snapshot.count, parts, commit, analysis, since)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the segments' files: that their bytes are not those that were written."""
        home = self._present().home
        segments: list[ArraySegment] = storage.read_toc(home).segments
        return tuple(
            f"{segment.file(home).name} is not as it was written"
            for segment in segments
            if segment.checksum >= 0 and storage.sum_file(segment.file(home)) != segment.checksum
        )

    # Writing

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Put briefings in, each replacing what stood under its id, and tombstones where ids are gone; all at once."""
        if not (self._folder / storage.CURRENT).exists():
            with generations.new_generation(self._folder) as home:
                write_records(home, publications, tombstones, sequence)
            return
        home = storage.generation_folder(self._folder, storage.read_current(self._folder))
        write_records(home, publications, tombstones, sequence)
        generations.tidy(self._folder)

    def publish_labels(self, labels: Labels) -> None:
        """Replace the labels, at once, without touching the documents."""
        home = storage.generation_folder(self._folder, storage.read_current(self._folder))
        storage.write_durably(home / LABELS, labels.to_json())

    def publish_keys(self, keys: Sequence[Key]) -> None:
        """Replace the keys, at once; there need be no index yet."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        storage.write_durably(self._folder / KEYS, keys_to_json(keys))

    def rebuild(  # noqa: PLR0913 (the seam's)
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels,
        workers: int | None = None,
        verify: Callable[[Engine], None] | None = None,
    ) -> None:
        """Fill a new generation beside the live one, then swap to it; the one before is kept, older ones go."""
        with generations.new_generation(self._folder) as home:
            fill(home, publications, tombstones, sequence, workers)
            storage.write_durably(home / LABELS, labels.to_json())
            if verify is not None:
                with closing(EmbeddedEngine(self._folder, int(home.name))) as fresh:
                    verify(fresh)

    def rollback(self) -> int:
        """Make the generation live again that was so before the live one; its number."""
        earlier = generations.find_earlier(self._folder)
        with closing(EmbeddedEngine(self._folder, earlier)) as engine:
            engine.labels()  # it can be read, all of it is there
        storage.write_current(self._folder, earlier)
        return earlier

    def close(self) -> None:
        """Let go of files."""
        self._snapshot = None


def _selected(evaluator: Evaluator, selection: Selection) -> Mask:
    """Which documents a selection lets through."""
    picks = selection_masks(evaluator, selection).values()
    return np.asarray(np.logical_and.reduce([evaluator.range_mask(selection.since, selection.until), *picks]))
