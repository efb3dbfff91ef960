"""Counts of values, exact over all shards: what a shard has left out is asked for again, until nothing is.

A shard names its most frequent values; one that is frequent in all of them together may be rare in each. The cluster
says how many documents may have been missed so; as long as it is any, the shards are asked for more.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from search.engine import Count, Request
from search.errors import EngineUnavailable
from search.opensearch.collection import MOST
from search.opensearch.picks import together
from search.opensearch.records import is_sayable
from search.schema import ENTITIES, type_mark

Json = dict[str, Any]

FIRST_ASKED = 1_000
"""Of so many values a shard tells at first."""
_MORE = 16
_MOST_ASKED = FIRST_ASKED * _MORE**2

Ask = Callable[[Json], Json]
"""From aggregations over the documents that match the query, whatever is picked, to what they come to."""


def aggregations(
    request: Request, filters: Mapping[str, list[Json]], fields: Iterable[str], asked: int = FIRST_ASKED
) -> Json:
    """What counts the values of some fields, each under the picks of all others."""
    return {
        f"facet {name}": {
            "filter": {"bool": {"filter": together(filters, but=name)}},
            "aggs": _of_field(request, name, asked),
        }
        for name in fields
    }


def _of_field(request: Request, name: str, asked: int) -> Json:
    if name in ENTITIES:
        # Which of them come first is said by type and by what answers are about: all are needed.
        counted = {"values": {"terms": {"field": name, "size": MOST, "shard_size": MOST}}}
        return counted | ({"about": {"terms": {"field": "about", "size": MOST}}} if name == "entity" else {})
    size = request.facet_limit
    terms: Json = {"terms": {"field": name, "size": size, "shard_size": max(asked, size)}}
    each = {str(n): {"term": {name: value}} for n, value in enumerate(_picked(request, name)) if is_sayable(value)}
    return ({"values": terms} if size else {}) | ({"picked": {"filters": {"filters": each}}} if each else {})


def _picked(request: Request, name: str) -> list[str]:
    picked = (*request.selection.include.get(name, ()), *request.selection.exclude.get(name, ()))
    return sorted(set(picked))


def read_facets(
    request: Request, filters: Mapping[str, list[Json]], found: Json, ask: Ask
) -> dict[str, tuple[Count, ...]]:
    """The counts of each field that the request asks for, exact."""
    asked = FIRST_ASKED
    while inexact := [name for name in request.facets if _may_miss(found[f"facet {name}"])]:
        asked *= _MORE
        if asked > _MOST_ASKED:
            raise EngineUnavailable(f"values of {', '.join(inexact)} are too many to be counted exactly")
        found = found | ask(aggregations(request, filters, inexact, asked))
    return {name: tuple(_counts(request, name, found[f"facet {name}"])) for name in request.facets}


def _may_miss(found: Json) -> bool:
    return bool("values" in found and found["values"]["doc_count_error_upper_bound"])


def _counts(request: Request, name: str, found: Json) -> Sequence[Count]:
    counts = Counter({b["key"]: b["doc_count"] for b in found["values"]["buckets"]} if "values" in found else {})
    about = Counter({b["key"]: b["doc_count"] for b in found["about"]["buckets"]} if "about" in found else {})
    about[""] = 0  # what no answer is about is not what it mentions
    ordered = sorted(counts, key=lambda v: (-about[v], -counts[v], v))
    kept = _of_each_type(ordered, request.type_limit) if name in ENTITIES else ordered[: request.facet_limit]
    picked = _picked(request, name)
    if "picked" in found:
        buckets = found["picked"]["buckets"]
        counts |= {v: buckets[str(n)]["doc_count"] for n, v in enumerate(picked) if str(n) in buckets}
    kept += sorted(set(picked) - set(kept), key=lambda v: (-about[v], -counts[v], v))
    return [Count(value, counts[value], about[value]) for value in kept]


def _of_each_type(ordered: Iterable[str], limit: int) -> list[str]:
    kept, many = [], Counter[str]()
    for value in ordered:
        many[type_mark(value)] += 1
        if many[type_mark(value)] <= limit:
            kept.append(value)
    return kept
