"""A query tree in the cluster's own language: which documents match, and how often a leaf stands in a field.

Terms, phrases and nearness are asked for as exact terms at their places; patterns by the cluster's own prefix and
wildcard queries, which mean the same on terms like ours; fuzzy words by those that the vocabulary has.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from search.opensearch.mapping import TERMS, TOKENS
from search.opensearch.records import is_sayable
from search.opensearch.tokens import BETWEEN, indexed, phrase_text, word_labels
from search.query import (
    All,
    And,
    DateRange,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Run,
    Scope,
    Term,
    Variants,
    Wildcard,
)
from search.schema import BARE, FIELD, Field
from search.text import fold, query_term

Json = dict[str, Any]

FORMS_SCORED = 200
"""Of so many words of a pattern each place counts; of more, a document's other places count as one."""

NOTHING: Json = {"match_none": {}}
EVERYTHING: Json = {"match_all": {}}


class Trees:
    """Writes trees for one request.

    Args:
        languages: of the collection's documents.
        spellings: of a fuzzy word, the words of the collection that it stands for.
    """

    def __init__(self, languages: Sequence[str], spellings: Callable[[Fuzzy], Sequence[str]]) -> None:
        self._languages = languages
        self._spellings = spellings

    def mask(self, query: Query, fields: Sequence[Field] = BARE) -> Json:
        """Which documents match."""
        match query:
            case All():
                return EVERYTHING
            case And(children):
                return all_of([self.mask(child, fields) for child in children])
            case Or(children):
                return any_of([self.mask(child, fields) for child in children])
            case Not(child):
                return {"bool": {"must_not": [self.mask(child, fields)]}}
            case DateRange(since, until):
                return days(since, until)
            case Scope(name, Query() as child):
                return self.mask(child, (FIELD[name],))
            case Scope(name, str() as value):
                return value_of(name, value)
            case Run():
                return all_of([self.holding(pair, fields) for pair in query.pairs])
        return self.holding(query, fields)

    def holding(self, leaf: Query, fields: Sequence[Field]) -> Json:
        """Which documents hold a leaf that stands for words; a run, side by side."""
        return any_of([self._within(leaf, field.name) for field in fields])

    def _within(self, leaf: Query, field: str) -> Json:
        match leaf:
            case Term(word):
                return {"terms": {field: [indexed(query_term(word)), *word_labels(word, self._languages)]}}
            case Fuzzy():
                return {"terms": {field: list(map(indexed, self._spellings(leaf)))}}
            case Variants(forms):
                return any_of([self._within(form, field) for form in forms])
            case Prefix(text):
                return {"prefix": {field: {"value": fold(text)}}}
            case Wildcard(pattern):
                return {"wildcard": {field: {"value": _folded(pattern)}}}
            case Near(words, distance):
                return _near(words, distance, field)
            case Run():
                return self._within(leaf.phrase, field)
            case Phrase(words):
                return _phrase(words, field)
        raise TypeError(f"{leaf!r} stands for no words")

    def frequency(self, leaf: Query, field: str) -> Json:
        """The query whose score is how often a leaf stands in a field."""
        match leaf:
            case Term(word):
                exact: Json = {"term": {field: indexed(query_term(word))}}
                labels = word_labels(word, self._languages)
                # A form that is typed has the label too, mostly: it is not counted twice.
                return {"dis_max": {"queries": [exact, _together(labels, field)]}} if labels else exact
            case Fuzzy():
                return _together(list(map(indexed, self._spellings(leaf))), field)
            case Variants(forms):
                return any_of([self.frequency(form, field) for form in forms])
            case Prefix() | Wildcard():
                ((kind, asked),) = self._within(leaf, field).items()
                scored = {kind: {field: asked[field] | {"rewrite": f"top_terms_{FORMS_SCORED}"}}}
                return {"dis_max": {"queries": [{"constant_score": {"filter": {kind: asked}}}, scored]}}
            case Near():
                return {"constant_score": {"filter": self._within(leaf, field)}}
            case Run():
                return self.frequency(leaf.phrase, field)
        return self._within(leaf, field)


def _phrase(words: Sequence[str], field: str) -> Json:
    if len(words) == 1:
        return {"term": {field: indexed(query_term(words[0]))}}
    # The frequency of a phrase is added up once for each of its words.
    asked = {"query": phrase_text(words), "analyzer": TERMS, "boost": 1 / len(words)}
    return {"match_phrase": {field: asked}}


def _near(words: Sequence[str], distance: int, field: str) -> Json:
    """Nearness as unordered intervals. Words that share a place leave gaps below none, as they should."""
    each = [{"match": {"query": indexed(query_term(word)), "analyzer": TERMS}} for word in words]
    return {"intervals": {field: {"all_of": {"mode": "unordered", "max_gaps": distance, "intervals": each}}}}


def _together(terms: Sequence[str], field: str) -> Json:
    """Terms that count as one word: their frequencies add up."""
    if not terms:
        return NOTHING
    return {"match": {field: {"query": BETWEEN.join(terms), "analyzer": TOKENS}}}


def _folded(pattern: str) -> str:
    """A pattern over folded words; the signs `*` and `?` mean the same to the cluster."""
    return "".join(part if part in ("*", "?") else fold(part) for part in re.split(r"([*?])", pattern))


def days(since: date | None, until: date | None) -> Json:
    """The documents of some days."""
    bounds = {"gte": since, "lte": until}
    return {"range": {"day": {name: day.toordinal() for name, day in bounds.items() if day}}}


def value_of(field: str, value: str) -> Json:
    """The documents that hold a value in a keyword field."""
    return {"term": {field: value}} if is_sayable(value) else NOTHING


def all_of(queries: Sequence[Json]) -> Json:
    """What all of the queries find."""
    return queries[0] if len(queries) == 1 else {"bool": {"filter": list(queries)}}


def any_of(queries: Sequence[Json]) -> Json:
    """What any of the queries finds; scores add up."""
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries), "minimum_should_match": 1}}
