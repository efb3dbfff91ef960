"""What a match is worth: BM25F, worked out by the cluster from bare frequencies, with numbers that we give it.

Number of documents, average lengths and document frequencies are of the commit that is searched, all shards together,
what has gone left out; so a score is the same on every shard and copy, and does not change when segments merge.
(Robertson and Zaragoza 2009, section 3.5.)
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.opensearch.mapping import length_of
from search.opensearch.trees import NOTHING, Trees
from search.query import (
    Query,
    iter_runs,
    phrase_of,
    typed_form,
    words_of_run,
)
from search.schema import BARE, BM25_K1, FIELD, TYPED, Field
from search.scored import Scored, iter_scored

Json = dict[str, Any]
_WEIGHTED = """
double norm = 1 - params.b + params.b * doc[params.length].value / params.average;
return params.weight * _score / norm;
"""
_SATURATED = "return params.worth * _score * (params.k1 + 1) / (params.k1 + _score);"


def iter_counted(query: Query) -> Iterator[Scored]:
    """The leaves of which it must be known how many documents hold them."""
    for leaf, fields in iter_scored(query):
        yield leaf, fields
        if typed := typed_form(leaf):
            yield typed, fields
    for name, run in iter_runs(query):
        yield from ((word, (FIELD[name],) if name else BARE) for word in words_of_run(run))


def rarity(holding: int, documents: int) -> float:
    """The inverse document frequency of what so many of all documents hold."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


class Scorer:
    """Writes what scores the hits of a query.

    Args:
        trees: writes its leaves.
        rarities: of each leaf, how much a match is worth.
        averages: average length of each text field.
    """

    def __init__(self, trees: Trees, rarities: Mapping[Scored, float], averages: Mapping[str, float]) -> None:
        self._trees = trees
        self._rarities = rarities
        self._averages = averages

    def scorers(self, query: Query) -> list[Json]:
        """Queries whose scores add up to that of a hit."""
        found = []
        for leaf, fields in iter_scored(query):
            share = TYPED if (typed := typed_form(leaf)) else 0.0
            found.append(self._scorer(leaf, fields, (1 - share) * self._rarities[leaf, fields]))
            if typed:
                found.append(self._scorer(typed, fields, share * self._rarities[typed, fields]))
        for name, run in iter_runs(query):
            fields = (FIELD[name],) if name else BARE
            worth = sum(self._rarities[word, fields] for word in words_of_run(run))
            found.append(self._scorer(phrase_of(run), fields, worth))
        return found

    def _scorer(self, leaf: Query, fields: Sequence[Field], worth: float) -> Json:
        weighted = [
            _scripted(
                self._trees.frequency(leaf, field.name),
                _WEIGHTED,
                b=field.length_norm,
                length=length_of(field.name),
                average=self._averages[field.name],
                weight=field.weight,
            )
            for field in fields
            if self._averages[field.name]
        ]
        return _scripted({"bool": {"should": weighted or [NOTHING]}}, _SATURATED, worth=worth, k1=BM25_K1)


def _scripted(query: Json, source: str, **params: object) -> Json:
    return {"script_score": {"query": query, "script": {"source": source, "params": params}}}
