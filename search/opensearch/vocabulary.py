"""The words of a collection: a record each, so that fuzzy words and beginnings can be looked up.

A word that was put in stays, in its generation, when its last document goes: whoever counts it then counts none.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from search.opensearch.cluster import Cluster
from search.opensearch.commit import Commit
from search.opensearch.mapping import MAX_HITS
from search.opensearch.records import WORD, is_sayable
from search.opensearch.tokens import LONGEST, indexed
from search.schema import BARE, FIELD
from search.text import fold
from search.words import alignment_distance

Json = dict[str, Any]

MAX_SPELLINGS = 1_000
"""The most words that a fuzzy word stands for: what the cluster looks up at once."""
_AT_ONCE = 500
"""So many words are counted in one search."""


def word_record(word: str) -> tuple[str, Json]:
    """A word's record and its name; the name is the same whoever writes it."""
    return f"{WORD}:{blake2b(word.encode(), digest_size=16).hexdigest()}", {"type": WORD, "word": indexed(word)}


def find_like(cluster: Cluster, index: str, word: str, edits: int) -> list[str]:
    """Words that differ from `word` by at most `edits` letters, both folded, in order."""
    folded = fold(word)
    if not is_sayable(folded) or len(folded) > LONGEST:
        return []
    asked: Json = {"value": folded, "fuzziness": edits, "max_expansions": MAX_SPELLINGS, "transpositions": True}
    query = {"fuzzy": {"word": asked}} if edits else {"term": {"word": folded}}
    (found,) = cluster.search(index, [{"query": query, "size": MAX_SPELLINGS, "_source": ["word"]}])
    words = (hit["_source"]["word"] for hit in found["hits"]["hits"])
    return sorted(w for w in words if w == fold(w) and alignment_distance(w, folded) <= edits)


def find_beginning(cluster: Cluster, index: str, beginning: str) -> list[str]:
    """Words that begin so, in order."""
    found: list[str] = []
    body: Json = {"query": {"prefix": {"word": beginning}}, "size": MAX_HITS, "sort": ["word"], "_source": False}
    while True:
        (page,) = cluster.search(index, [body | ({"search_after": [found[-1]]} if found else {})])
        words = [hit["sort"][0] for hit in page["hits"]["hits"]]
        found += words
        if len(words) < MAX_HITS:
            return found


def count_words(cluster: Cluster, commit: Commit, words: Sequence[str], fields: Iterable[str]) -> list[tuple[str, int]]:
    """How many searched documents hold each word in one of some fields, as written; those that none holds left out."""
    names = list(fields)
    counted: list[tuple[str, int]] = []
    for batch in (words[i : i + _AT_ONCE] for i in range(0, len(words), _AT_ONCE)):
        each = {str(n): {"bool": {"should": [{"term": {f: w}} for f in names]}} for n, w in enumerate(batch)}
        any_of_them = {"bool": {"should": [{"terms": {f: list(batch)}} for f in names]}}
        body = {"size": 0, "query": commit.visible(any_of_them), "aggs": {"words": {"filters": {"filters": each}}}}
        (found,) = cluster.search(commit.index, [body])
        buckets = found["aggregations"]["words"]["buckets"]
        counted += [(word, buckets[str(n)]["doc_count"]) for n, word in enumerate(batch)]
    return [(word, count) for word, count in counted if count]


def list_terms(cluster: Cluster, commit: Commit, field: str, beginning: str) -> list[tuple[str, int]]:
    """Terms of a field that begin so, in order, with the number of searched documents that hold each."""
    if not is_sayable(beginning):
        return []
    if FIELD[field].kind == "text":
        return count_words(cluster, commit, find_beginning(cluster, commit.index, beginning), [field])
    return _list_values(cluster, commit, field, beginning)


def _list_values(cluster: Cluster, commit: Commit, field: str, beginning: str) -> list[tuple[str, int]]:
    """The same of a keyword field, value by value; "" is no value of a document's."""
    listed: list[tuple[str, int]] = []
    after: Json = {}
    while True:
        composite = {"size": MAX_HITS, "sources": [{"value": {"terms": {"field": field}}}], **after}
        body = {"size": 0, "query": commit.visible(), "aggs": {"values": {"composite": composite}}}
        (found,) = cluster.search(commit.index, [body])
        buckets = [(b["key"]["value"], b["doc_count"]) for b in found["aggregations"]["values"]["buckets"]]
        listed += [(value, count) for value, count in buckets if value and value.startswith(beginning)]
        if len(buckets) < MAX_HITS:
            return listed
        after = {"after": {"value": buckets[-1][0]}}


def count_like(cluster: Cluster, commit: Commit, word: str, edits: int) -> list[tuple[str, int]]:
    """Words that differ from `word` by few letters, with the number of searched documents that hold each."""
    return count_words(cluster, commit, find_like(cluster, commit.index, word, edits), [f.name for f in BARE])
