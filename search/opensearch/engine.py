"""The engine over a cluster: the seam's promises, each request answered from one commit of one generation.

Nothing is kept between requests but what holds of a commit for good. Writing is `search.opensearch.writer`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

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
from search.errors import NotFound
from search.highlight import Highlighter
from search.histogram import Span
from search.holdings import Coverage, Listed, Status
from search.keys import Key
from search.labels import Labels
from search.model import Briefing, Document, id_key
from search.opensearch import bars, facets, records
from search.opensearch.address import Address
from search.opensearch.cluster import Cluster, Unknown
from search.opensearch.collection import Collection, Collections, count_each, read_coverage
from search.opensearch.commit import Commit, missing, read_commit
from search.opensearch.health import find_faults
from search.opensearch.keyring import read_keys
from search.opensearch.mapping import MAX_HITS
from search.opensearch.picks import dated, filters_of, selected, together
from search.opensearch.records import HEAD, ITEM, STONE, is_sayable
from search.opensearch.scoring import Scorer, iter_counted
from search.opensearch.stretches import ORDERS, find_far, iter_sources
from search.opensearch.vocabulary import count_like, list_terms
from search.opensearch.writer import Writer, labels_record
from search.query import Query
from search.schema import FIELD
from search.scored import iter_scored
from search.spending import A_RECORD, spend

Json = dict[str, Any]

_SHOWN = ["data", "revision"]
_ENTRY = ["data", "revision", "received"]
MAX_ITEMS = MAX_HITS
"""The most items of one briefing."""


class OpenSearchEngine:
    """Implements `search.engine.Engine` over a cluster.

    Args:
        address: where it is.
        index: of which generation, if not of the one that is live: to look at it before it is.
    """

    def __init__(self, address: Address, index: str | None = None) -> None:
        self._address = address
        self._index = index
        self._cluster = Cluster(address)
        self._collections = Collections(self._cluster)
        self._labels: tuple[object, Labels] = ((), Labels())
        self._listed: tuple[object, tuple[Listed, ...]] = ((), ())

    def _present(self) -> Commit:
        """The commit that holds now."""
        return read_commit(self._cluster, self._index)

    def _now(self) -> Collection:
        """The collection as it is now."""
        return self._collections.at(self._present())

    # Finding

    def find(self, request: Request) -> Results:
        """The hits and counts that `request` asks for."""
        collection = self._now()
        filters = filters_of(request.selection)
        scored = list(iter_counted(request.query)) if request.limit else list(iter_scored(request.query))
        rarities = collection.rarities(scored)
        matching = collection.commit.visible(collection.trees.mask(request.query), *dated(request.selection))
        scorers = (
            Scorer(collection.trees, rarities, collection.averages).scorers(request.query) if request.limit else []
        )
        query = {"bool": {"filter": [matching], "should": scorers}} if scorers else matching
        everything = together(filters)
        (found,) = self._cluster.search(
            collection.commit.index,
            [
                {
                    "query": query,
                    "post_filter": {"bool": {"filter": everything}},
                    "track_total_hits": True,
                    "aggs": facets.aggregations(request, filters, request.facets) | bars.aggregations(everything),
                    **self._page(request),
                }
            ],
        )
        spend(found["hits"]["total"]["value"])  # the cluster does not say how many places it looked at
        counted, index = found["aggregations"], collection.commit.index
        ask = partial(self._aggregate, index, matching)
        hits = found["hits"]["hits"] if self._is_near(request) else self._far(collection, query, everything, request)
        return Results(
            total=found["hits"]["total"]["value"],
            hits=self._hits(collection.commit, request, hits),
            facets=facets.read_facets(request, filters, counted, ask),
            histogram=bars.read_bars(counted, request.selection, collection.days, lambda: ask(bars.by_day(everything))),
            generation=collection.commit.generation,
            rarities={leaf: rarities[leaf, fields] for leaf, fields in iter_scored(request.query)},
        )

    def _page(self, request: Request) -> Json:
        """What of the hits is asked for together with the counts."""
        if not self._is_near(request) or not request.limit:
            return {"size": 0}
        return {
            "from": request.offset,
            "size": request.limit,
            "sort": list(ORDERS[request.sort]),
            "track_scores": True,
            "_source": _SHOWN,
        }

    @staticmethod
    def _is_near(request: Request) -> bool:
        return request.offset + request.limit <= MAX_HITS

    def _far(self, collection: Collection, query: Json, picked: Sequence[Json], request: Request) -> list[Json]:
        """The hits of a page that the cluster does not count off by itself."""
        narrowed = {"bool": {"must": [query], "filter": list(picked)}}
        index, sort = collection.commit.index, request.sort
        return find_far(self._cluster, index, narrowed, sort, request.offset, request.limit, _source=_SHOWN)

    def _aggregate(self, index: str, matching: Json, asked: Json) -> Json:
        (found,) = self._cluster.search(index, [{"query": matching, "size": 0, "aggs": asked}])
        counted: Json = found["aggregations"]
        return counted

    def _hits(self, commit: Commit, request: Request, found: Sequence[Json]) -> tuple[EngineHit, ...]:
        if not found:
            return ()
        documents = [records.document_of(hit["_source"]) for hit in found]
        editions = self._editions(commit, {document.briefing for document in documents})
        return tuple(
            EngineHit(
                document,
                hit["_score"] or 0.0,
                {field: _lights(request.query, field, document) for field in request.lit},
                editions[document.briefing],
                hit["_source"]["revision"],
            )
            for document, hit in zip(documents, found, strict=True)
        )

    def count(self, queries: Sequence[Query], selection: Selection = Selection()) -> tuple[int, ...]:  # noqa: B008 (frozen)
        """For each of `queries`, how many hits it has under `selection`."""
        collection = self._now()
        picked = selected(selection)
        asked = [collection.commit.visible(collection.trees.mask(query), *picked) for query in queries]
        return tuple(count_each(self._cluster, collection.commit.index, asked))

    def scan(self, query: Query, selection: Selection, sort: Sort) -> Iterator[Entry]:
        """Every hit in order, of one commit."""
        collection = self._now()
        scorers: list[Json] = []
        if sort is Sort.RELEVANCE:
            rarities = collection.rarities(iter_counted(query))
            scorers = Scorer(collection.trees, rarities, collection.averages).scorers(query)
        matching = collection.commit.visible(collection.trees.mask(query), *selected(selection))
        asked = {"bool": {"filter": [matching], "should": scorers}} if scorers else matching
        index = collection.commit.index
        spend(A_RECORD * count_each(self._cluster, index, [matching])[0])
        return map(records.entry_of, iter_sources(self._cluster, index, asked, ORDERS[sort], _ENTRY))

    def everything(self, sort: Sort) -> Iterator[Entry]:
        """Every document, notes included, of one commit."""
        commit = self._present()
        query = commit.visible({"term": {"type": ITEM}}, searched=False)
        spend(A_RECORD * commit.state.documents)
        return map(records.entry_of, iter_sources(self._cluster, commit.index, query, ORDERS[sort], _ENTRY))

    def count_within(
        self, asked: Sequence[tuple[Query, Selection]], spans: Sequence[Span]
    ) -> tuple[tuple[int, ...], ...]:
        """For each query of `asked` under its selection, how many of its hits are of each of `spans`."""
        if not spans:
            return ((),) * len(asked)
        collection = self._now()
        ranges = [
            {"key": str(n), "from": since.toordinal(), "to": until.toordinal() + 1}
            for n, (since, until) in enumerate(spans)
        ]
        found = self._cluster.search(
            collection.commit.index,
            [
                {
                    "query": collection.commit.visible(collection.trees.mask(query), *selected(selection)),
                    "size": 0,
                    "aggs": {"spans": {"range": {"field": "day", "keyed": True, "ranges": ranges}}},
                }
                for query, selection in asked
            ],
        )
        counted = (one["aggregations"]["spans"]["buckets"] for one in found)
        return tuple(tuple(buckets[str(n)]["doc_count"] for n in range(len(spans))) for buckets in counted)

    def like(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        """Words that differ from `word` by at most `edits` letters, with the number of documents that hold each."""
        return count_like(self._cluster, self._present(), word, edits)

    # Fetching

    def _records(self, commit: Commit, kind: str, filters: Iterable[Json], **body: object) -> list[Json]:
        """The records of a kind that pass all filters."""
        query = commit.visible({"term": {"type": kind}}, *filters, searched=False)
        (found,) = self._cluster.search(commit.index, [{"query": query, "size": 1, **body}])
        return [hit["_source"] for hit in found["hits"]["hits"]]

    def _record(self, commit: Commit, kind: str, id: str, *fields: str) -> Json | None:
        if not is_sayable(id):
            return None
        found = self._records(commit, kind, [{"term": {"id": id}}], _source=list(fields))
        return found[0] if found else None

    def _head(self, commit: Commit, id: str, *fields: str) -> Json:
        found = self._record(commit, HEAD, id, *fields)
        if found is None:
            raise NotFound(f"no briefing {id[:200]}", where=id[:200])
        return found

    def get(self, id: str) -> Document:
        """The document of an item. Raises NotFound."""
        found = self._record(self._present(), ITEM, id, "data")
        if found is None:
            raise NotFound(f"no item {id[:200]}", where=id[:200])
        return records.document_of(found)

    def briefing(self, id: str) -> Briefing:
        """The whole briefing as it reads now. Raises NotFound."""
        return records.briefing_in(self._head(self._present(), id, "data"))

    def documents(self, briefing: str) -> tuple[Document, ...]:
        """The documents of a briefing, in order of position. Raises NotFound."""
        commit = self._present()
        self._head(commit, briefing, "id")
        found = self._records(commit, ITEM, [{"term": {"briefing": briefing}}], size=MAX_ITEMS, _source=["data"])
        return tuple(sorted(map(records.document_of, found), key=lambda document: document.item.position))

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every text that a briefing has had, the present one last. Raises NotFound."""
        return records.revisions_in(self._head(self._present(), id, "revisions"))

    def received(self, id: str) -> tuple[str, ...]:
        """When each text of a briefing was received, the present one's last."""
        found = self._record(self._present(), HEAD, id, "received")
        return tuple(found["received"]) if found else ()

    def editions(self, id: str) -> tuple[str, ...]:
        """The same briefing in other languages: same publisher, same day, same place among the day's."""
        return self._editions(self._present(), {id})[id]

    def _editions(self, commit: Commit, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The same of several briefings."""
        keys = {id: records.edition_key(id) for id in ids}
        asked = sorted({key for key in keys.values() if is_sayable(key)})
        found = self._records(commit, HEAD, [{"terms": {"edition": asked}}], size=MAX_HITS, _source=["id"])
        heads = sorted(one["id"] for one in found)
        return {id: tuple(h for h in heads if h != id and records.edition_key(h) == key) for id, key in keys.items()}

    def neighbours(self, id: str) -> Neighbours:
        """The briefings just before and after one, of its publisher and language. Raises NotFound."""
        commit = self._present()
        head = self._head(commit, id, "publisher", "language")
        series = [{"term": {name: head[name]}} for name in ("publisher", "language")]

        def nearest(bound: str, order: str) -> str | None:
            beyond = {"range": {"key": {bound: id_key(id)}}}
            found = self._records(commit, HEAD, [*series, beyond], sort=[{"key": order}], _source=["id"])
            return found[0]["id"] if found else None

        return Neighbours(nearest("lt", "desc"), nearest("gt", "asc"))

    def tombstone(self, id: str) -> Tombstone | None:
        """What stands where a briefing or item stood."""
        found = self._record(self._present(), STONE, id, "data")
        return records.stone_of(found) if found else None

    def labels(self) -> Labels:
        """Names of entities, outlets, speakers and publishers, with their aliases."""
        commit = self._present()
        key = commit.index, commit.state.labels
        if not commit.state.labels:
            return Labels()
        if self._labels[0] != key:
            found = self._cluster.ask("GET", f"{commit.index}/_doc/{labels_record(commit.state.labels)}")
            self._labels = key, Labels.from_json(found["_source"]["data"])
        return self._labels[1]

    def keys(self) -> tuple[Key, ...]:
        """The keys of partners, those that hold."""
        return read_keys(self._cluster)

    def coverage(self) -> tuple[Coverage, ...]:
        """What the collection holds, by publisher and language."""
        collection = self._now()
        if collection.coverage is None:
            collection.coverage = read_coverage(self._cluster, collection.commit)
        return collection.coverage

    def briefings(self) -> tuple[Listed, ...]:
        """Every briefing, by day, then by id."""
        commit = self._present()
        if self._listed[0] != commit.key:
            query = commit.visible({"term": {"type": HEAD}}, searched=False)
            fields = ["id", "publisher", "language", "day", "added", "listed"]
            heads = iter_sources(self._cluster, commit.index, query, ORDERS[Sort.OLDEST], fields)
            self._listed = commit.key, tuple(map(records.listed_in, heads))
        return self._listed[1]

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Terms of a field that begin with `prefix`, with the number of searched documents."""
        return list_terms(self._cluster, self._present(), field, prefix)

    def status(self) -> Status:
        """Generation, sequence number, counts."""
        commit = self._present()
        state = commit.state
        told = f"{commit.generation}-{state.commit}-{state.labels}"
        since = datetime.fromtimestamp(int(state.live_since), UTC).isoformat() if state.live_since else ""
        counts = state.briefings, state.documents, state.segments
        return Status(commit.generation, state.sequence, *counts, told, state.analysis, since)

    def faults(self) -> tuple[str, ...]:
        """Which parts of the index the cluster has lost, or cannot keep, as it tells itself."""
        try:
            return find_faults(self._cluster, self._index or self._address.name)
        except Unknown as error:
            raise missing(self._cluster) from error

    # Writing

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Put briefings in, each replacing what stood under its id, and tombstones where ids are gone; all at once."""
        with Writer(self._address) as writer:
            writer.add(publications, sequence=sequence, tombstones=tombstones)

    def publish_labels(self, labels: Labels) -> None:
        """Replace the labels, at once, without touching the documents."""
        with Writer(self._address) as writer:
            writer.publish_labels(labels)

    def publish_keys(self, keys: Sequence[Key]) -> None:
        """Replace the keys, at once; there need be no index yet."""
        with Writer(self._address) as writer:
            writer.publish_keys(keys)

    def rebuild(  # noqa: PLR0913 (what an index is made of, and who looks at it)
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels,
        workers: int | None = None,  # noqa: ARG002 (the cluster's nodes share the work)
        verify: Callable[[Engine], None] | None = None,
    ) -> None:
        """Fill a new generation beside the live one, look at it, then swap to it; the one before is kept.

        `verify` is called with an engine that reads the new generation; what it raises leaves the live one live.
        """
        with Writer(self._address) as writer:
            index = writer.build(publications, sequence=sequence, tombstones=tombstones, labels=labels)
            try:
                if verify is not None:
                    verify(OpenSearchEngine(replace(self._address), index))
            except BaseException:
                writer.drop(index)
                raise
            writer.swap(index)

    def rollback(self) -> int:
        """Make the generation live again that was so before the live one; its number."""
        with Writer(self._address) as writer:
            return writer.rollback()

    def close(self) -> None:
        """Let go of connections."""
        self._cluster.close()


def _lights(query: Query, field: str, document: Document) -> tuple[Any, ...]:
    highlighter = Highlighter(query, field, document.language)
    return tuple(highlighter.lights(passage) for passage in FIELD[field].values(document))
