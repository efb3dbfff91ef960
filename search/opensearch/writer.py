"""Writing: additions as commits of the live generation, whole collections as generations beside it.

A change is written under a number that nobody reads yet, made findable on every shard, and only then named by the
commit's record; whoever dies before leaves nothing that is seen, and the next writer clears it away.
"""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Self, TypeVar

from search.engine import Publication, Tombstone
from search.errors import EngineUnavailable, GenerationMissing, IndexMissing
from search.keys import Key
from search.labels import Labels
from search.opensearch.address import Address
from search.opensearch.bulk import Bulk
from search.opensearch.cluster import LONG_PATIENCE, Cluster
from search.opensearch.collection import count_each
from search.opensearch.commit import Commit, State, create_commit, missing, read_commit, write_commit
from search.opensearch.generations import (
    create_generation,
    drop_generations,
    generation_name,
    go_live,
    list_generations,
    live_generation,
    make_copies,
)
from search.opensearch.keyring import write_keys
from search.opensearch.lease import Lease
from search.opensearch.records import HEAD, STONE, dying, iter_records, stone_record
from search.opensearch.stretches import iter_found
from search.opensearch.vocabulary import word_record
from search.stems import ANALYSIS

T = TypeVar("T")
Json = dict[str, Any]

BATCH = 20
"""So many briefings are looked up at once, and their words gathered."""
LATE_READERS = 600.0
"""Seconds for which what has gone is kept, for readers who began before."""
WRITERS_PATIENCE = 60.0
"""Seconds that a writer waits for small answers: a cluster that has just lost a node needs time to decide."""
KNOWN_WORDS = 2_000_000
"""Of so many words a writer remembers that they are in."""


LABELS = "labels"
"""The type of records of labels."""


def labels_record(number: int) -> str:
    """The name of a generation's record of labels."""
    return f"labels:{number}"


class Writer:
    """Writes into one collection; a context that holds its lease."""

    def __init__(self, address: Address) -> None:
        self._cluster = Cluster(address, WRITERS_PATIENCE)
        self._lease = Lease(self._cluster)
        self._words: set[str] = set()

    def __enter__(self) -> Self:
        try:
            self._lease.__enter__()
        except BaseException:
            self._cluster.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._lease.__exit__(*error)
        self._cluster.close()

    # Commits of the live generation

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone]) -> None:
        """Put briefings in, each replacing what stood under its id, and tombstones; all at once."""
        if not live_generation(self._cluster):
            index = self.build(publications, sequence=sequence, tombstones=tombstones, labels=None)
            self.swap(index)
            return
        before = self._begin()
        number = before.state.attempt
        bulk = Bulk(self._cluster, before.index)
        for batch in _batches(publications, BATCH):
            self._let_die(before, bulk, [publication.briefing.id for publication in batch])
            self._put(bulk, batch, number)
        stones = list(tombstones)
        for some in _batches(stones, BATCH * 10):
            self._let_die(before, bulk, [stone.id for stone in some])
        for stone in stones:
            name, record = stone_record(stone)
            bulk.put(f"{name}@{number}", record | {"born": number})
        bulk.flush()
        self._make_findable(before.index)
        analysis = ANALYSIS if before.state.analysis == ANALYSIS else ""
        held = replace(before, state=replace(before.state, commit=number))
        self._finish(held, sequence=sequence, analysis=analysis)

    def publish_labels(self, labels: Labels) -> None:
        """Replace the labels of the live generation."""
        present = read_commit(self._cluster)
        number = secrets.randbits(48) | 1  # nobody's else, whoever may write at the same time by mistake
        self._put_labels(present.index, number, labels)
        self._lease.check()
        write_commit(self._cluster, present, labels=number)
        kept = {"ids": {"values": [labels_record(number), labels_record(present.state.labels)]}}
        self._delete(present.index, {"bool": {"filter": [{"term": {"type": LABELS}}], "must_not": [kept]}})

    def publish_keys(self, keys: Sequence[Key]) -> None:
        """Replace the keys, which belong to no generation."""
        write_keys(self._cluster, keys)

    def _put_labels(self, index: str, number: int, labels: Labels) -> None:
        body = {"type": LABELS, "data": labels.to_json()}
        self._cluster.ask("PUT", f"{index}/_doc/{labels_record(number)}", body, patience=LONG_PATIENCE)

    def _begin(self) -> Commit:
        """The commit to add to, with a new number for the change; what was cut short before is cleared."""
        present = read_commit(self._cluster)
        state = present.state
        if state.attempt > state.commit and state.attempt not in state.aborted:
            aborted = (*state.aborted, state.attempt)
            present = write_commit(self._cluster, present, aborted=aborted)
            self._delete(present.index, {"terms": {"born": list(aborted)}})
        swept, since = state.swept
        if time.time() - since > LATE_READERS:
            if swept:
                aborted_deaths = {"terms": {"died": list(present.state.aborted)}}
                gone = {"range": {"died": {"lte": swept}}}
                self._delete(present.index, {"bool": {"filter": [gone], "must_not": [aborted_deaths]}})
            present = write_commit(self._cluster, present, swept=(state.commit, time.time()))
        return write_commit(self._cluster, present, attempt=present.state.attempt + 1)

    def _delete(self, index: str, query: Json) -> None:
        self._make_findable(index)
        body, path = {"query": query}, f"{index}/_delete_by_query"
        self._cluster.ask("POST", path, body, conflicts="proceed", patience=LONG_PATIENCE)

    def _let_die(self, before: Commit, bulk: Bulk, ids: list[str]) -> None:
        """Let all that stands under some ids go with the next commit: briefings with their items, and tombstones."""
        named: Json = {"bool": {"filter": [{"term": {"type": STONE}}, {"terms": {"id": ids}}]}}
        under: Json = {"bool": {"should": [{"terms": {"briefing": ids}}, named], "minimum_should_match": 1}}
        query = before.visible(under, searched=False)
        for found in iter_found(self._cluster, before.index, query, [{"key": "asc"}], ["*"]):
            bulk.put(found.name, dying(found.source, before.state.attempt), found.version)

    def _put(self, bulk: Bulk, publications: Iterable[Publication], number: int) -> int:
        """Write briefings, and the words that are new; returns how many records they have."""
        words: set[str] = set()
        many = 0
        for publication in publications:
            for name, record in iter_records(publication, words):
                bulk.put(f"{name}@{number}", record | {"born": number})
                many += 1
        for word in sorted(words - self._words):
            bulk.put(*word_record(word))
        if len(self._words) + len(words) > KNOWN_WORDS:
            self._words.clear()
        self._words |= words
        return many

    def _make_findable(self, index: str) -> None:
        """Let searches find what is written, on every copy of every part. Raises EngineUnavailable where one fails."""
        answer = self._cluster.ask("POST", f"{index}/_refresh", patience=LONG_PATIENCE)
        if answer["_shards"]["failed"]:
            raise EngineUnavailable("a part of the index does not answer", where=str(self._cluster.address))

    def _finish(self, commit: Commit, **more: object) -> None:
        """Let the commit hold, with what it then counts."""
        heads = commit.visible({"term": {"type": HEAD}}, searched=False)
        briefings, documents = count_each(self._cluster, commit.index, [heads, commit.visible()])
        self._lease.check()
        write_commit(self._cluster, commit, briefings=briefings, documents=documents, **more)

    # Generations

    def build(
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels | None,
    ) -> str:
        """The name of a new generation's index, filled, whole, and not yet live. What goes wrong leaves none behind."""
        number = max([0, *list_generations(self._cluster)]) + 1
        index = generation_name(self._cluster, number)
        try:
            create_generation(self._cluster, number)
            self._fill(index, publications, sequence, tombstones, labels)
        except BaseException:  # Ctrl+C too: a full disk is not left full
            self.drop(index)
            raise
        return index

    def _fill(
        self,
        index: str,
        publications: Iterable[Publication],
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels | None,
    ) -> None:
        bulk, many = Bulk(self._cluster, index), 0
        self._words.clear()
        for batch in _batches(publications, BATCH):
            many += self._put(bulk, batch, 1)
        for stone in tombstones:
            name, record = stone_record(stone)
            bulk.put(f"{name}@1", record | {"born": 1})
            many += 1
        bulk.flush()
        if labels is not None:
            self._put_labels(index, 1, labels)
        make_copies(self._cluster, index)
        self._make_findable(index)
        (held,) = count_each(self._cluster, index, [{"term": {"born": 1}}])
        if held != many:
            raise EngineUnavailable(
                f"of {many:,} records the new generation holds {held:,}", where=str(self._cluster.address)
            )
        state = State(attempt=1, labels=int(labels is not None), segments=self._cluster.address.shards)
        commit = create_commit(self._cluster, index, state)
        self._finish(replace(commit, state=replace(state, commit=1)), sequence=sequence, analysis=ANALYSIS)

    def drop(self, index: str) -> None:
        """Delete a generation that is not live."""
        drop_generations(self._cluster, [int(index.rpartition("-")[2])])

    def swap(self, index: str) -> None:
        """Let a generation be live; the one before is kept, others go."""
        live = live_generation(self._cluster)
        number = self._go_live(read_commit(self._cluster, index))
        drop_generations(self._cluster, [n for n in list_generations(self._cluster) if n not in {number, live}])

    def _go_live(self, commit: Commit) -> int:
        """Let the commit's generation be live, and say its number."""
        self._lease.check()
        write_commit(self._cluster, commit, live_since=time.time())
        go_live(self._cluster, commit.generation)
        return commit.generation

    def rollback(self) -> int:
        """Let the generation be live that was so before the live one, and say which that is.

        Raises:
            IndexMissing: there is no index.
            GenerationMissing: there is none to go back to.
            IndexIncompatible, EngineUnavailable: it cannot be read, or not all of it.
        """
        earlier = self._earlier()
        count_each(self._cluster, earlier.index, [earlier.visible()])  # all of its parts answer
        return self._go_live(earlier)

    def _earlier(self) -> Commit:
        """The commit of the generation that was live before. Of the live one nothing is read: it may be damaged."""
        live = live_generation(self._cluster)
        if not live:
            raise missing(self._cluster)
        kept = (self._commit_of(number) for number in list_generations(self._cluster) if number < live)
        were_live = [commit for commit in kept if commit and commit.state.live_since]
        if not were_live:
            raise GenerationMissing(
                f"there is no generation before {live} to go back to",
                where=str(self._cluster.address),
                hint="build a new one from the archive: lectern rebuild",
            )
        return max(were_live, key=lambda commit: commit.state.live_since)

    def _commit_of(self, number: int) -> Commit | None:
        """The commit of a generation; `None` of one that was never filled to its end."""
        try:
            return read_commit(self._cluster, generation_name(self._cluster, number))
        except IndexMissing:
            return None


def _batches(coming: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(coming)
    while batch := list(islice(iterator, size)):
        yield batch
