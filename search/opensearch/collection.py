"""What holds of a whole collection in one commit: days, lengths, languages, words; asked for once, then remembered."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from search.holdings import Coverage
from search.model import Adjournment
from search.opensearch.cluster import Cluster
from search.opensearch.commit import Commit
from search.opensearch.mapping import length_of
from search.opensearch.records import HEAD
from search.opensearch.scoring import rarity
from search.opensearch.trees import Trees
from search.opensearch.vocabulary import find_like
from search.query import Fuzzy
from search.schema import TEXTS
from search.scored import Scored

Json = dict[str, Any]

KEPT_COMMITS = 3
"""Of so many commits it is remembered: requests under way may be of the last ones."""
KEPT_RARITIES = 20_000
"""Of so many leaves of a commit it is remembered how rare they are."""
MOST = 65_000
"""More days, months or values than the cluster lists at once."""


@dataclass
class Collection:
    """What holds in one commit.

    Attributes:
        commit: that one.
        days: for each day, as an ordinal, how many searched documents it has.
        averages: the average length of each text field.
        languages: of the searched documents.
    """

    cluster: Cluster
    commit: Commit
    days: dict[int, int]
    averages: dict[str, float]
    languages: tuple[str, ...]
    coverage: tuple[Coverage, ...] | None = None
    _rarities: dict[Scored, float] = field(default_factory=dict)
    _spellings: dict[Fuzzy, tuple[str, ...]] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        """How many searched documents there are."""
        return sum(self.days.values())

    @property
    def trees(self) -> Trees:
        """What writes query trees for this collection."""
        return Trees(self.languages, self.spellings)

    def spellings(self, leaf: Fuzzy) -> Sequence[str]:
        """The words of the collection, and of commits before, that a fuzzy word stands for."""
        known = self._spellings.get(leaf)
        if known is None:
            known = tuple(find_like(self.cluster, self.commit.index, leaf.text, leaf.edits))
            _remember(self._spellings, leaf, known)
        return known

    def rarities(self, leaves: Iterable[Scored]) -> dict[Scored, float]:
        """Of each leaf, how much a match is worth."""
        wanted = list(dict.fromkeys(leaves))
        known = {leaf: self._rarities[leaf] for leaf in wanted if leaf in self._rarities}
        unknown = [leaf for leaf in wanted if leaf not in known]
        trees = self.trees
        asked = [self.commit.visible(trees.holding(leaf, fields)) for leaf, fields in unknown]
        for leaf, holding in zip(unknown, count_each(self.cluster, self.commit.index, asked), strict=True):
            known[leaf] = rarity(holding, self.documents)
            _remember(self._rarities, leaf, known[leaf])
        return known


def _remember(memory: dict[Any, Any], key: object, value: object) -> None:
    if len(memory) >= KEPT_RARITIES:  # another thread may clear it as well, at any time
        memory.clear()
    memory[key] = value


def count_each(cluster: Cluster, index: str, queries: Iterable[Json]) -> list[int]:
    """How many records each query finds."""
    asked = [{"query": query, "size": 0, "track_total_hits": True} for query in queries]
    return [found["hits"]["total"]["value"] for found in cluster.search(index, asked)]


def read_collection(cluster: Cluster, commit: Commit) -> Collection:
    """What holds in `commit`."""
    (found,) = cluster.search(
        commit.index,
        [
            {
                "size": 0,
                "query": commit.visible(),
                "aggs": {
                    "days": {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}},
                    "languages": {"terms": {"field": "language", "size": MOST}},
                    **{f.name: {"sum": {"field": length_of(f.name)}} for f in TEXTS},
                },
            }
        ],
    )
    counted = found["aggregations"]
    days = {int(bucket["key"]): bucket["doc_count"] for bucket in counted["days"]["buckets"]}
    total = max(sum(days.values()), 1)
    return Collection(
        cluster,
        commit,
        days,
        {f.name: counted[f.name]["value"] / total for f in TEXTS},
        tuple(sorted(bucket["key"] for bucket in counted["languages"]["buckets"])),
    )


def read_coverage(cluster: Cluster, commit: Commit) -> tuple[Coverage, ...]:
    """What the collection holds, by publisher and language."""
    latest = {"terms": {"field": "added", "size": 1, "order": {"_key": "desc"}}}
    parts = {
        "first": {"min": {"field": "day"}},
        "last": {"max": {"field": "day"}},
        "answers": {"sum": {"field": "answers"}},
        "added": latest,
        "adjournments": {"terms": {"field": "adjournments", "size": MOST}},
    }
    (found,) = cluster.search(
        commit.index,
        [
            {
                "size": 0,
                "query": commit.visible({"term": {"type": HEAD}}, searched=False),
                "aggs": {
                    "publishers": {
                        "terms": {"field": "publisher", "size": MOST},
                        "aggs": {"languages": {"terms": {"field": "language", "size": MOST}, "aggs": parts}},
                    }
                },
            }
        ],
    )
    rows = (
        _covered(publisher["key"], language)
        for publisher in found["aggregations"]["publishers"]["buckets"]
        for language in publisher["languages"]["buckets"]
    )
    return tuple(sorted(rows, key=lambda row: (row.publisher, row.language)))


def _covered(publisher: str, found: Json) -> Coverage:
    spans = (bucket["key"].split("/") for bucket in found["adjournments"]["buckets"])
    adjourned = (Adjournment(date.fromisoformat(since), date.fromisoformat(until)) for since, until in spans)
    return Coverage(
        publisher=publisher,
        language=found["key"],
        first=date.fromordinal(int(found["first"]["value"])),
        last=date.fromordinal(int(found["last"]["value"])),
        briefings=found["doc_count"],
        answers=int(found["answers"]["value"]),
        added=found["added"]["buckets"][0]["key"],
        adjournments=tuple(sorted(adjourned, key=lambda a: (a.since, a.until))),
    )


class Collections:
    """The collections of the last commits. Threads share it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._lock = Lock()
        self._known: OrderedDict[object, Collection] = OrderedDict()

    def at(self, commit: Commit) -> Collection:
        """What holds in `commit`."""
        known = self._known.get(commit.key)
        if known is None:
            known = read_collection(self._cluster, commit)
            with self._lock:
                known = self._known.setdefault(commit.key, known)
                while len(self._known) > KEPT_COMMITS:
                    self._known.popitem(last=False)
        return known
