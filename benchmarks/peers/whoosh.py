"""Plain Whoosh: its own schema, analyzer, scoring, facets and highlighter, as its documentation shows them.

Single values are sortable columns and counted from these; lists of values are grouped by their postings, which is the
only way it has; words are not stemmed. Counting is by `groupedby` with `Count`, the quickest of its ways.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any

from whoosh import index, query, sorting
from whoosh.analysis import RegexTokenizer, StandardAnalyzer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.highlight import ContextFragmenter, HtmlFormatter

from benchmarks.peers import FACETS, HITS, SNIPPET, VALUES, Made, space_han
from benchmarks.queries import Question
from search.model import Document
from search.query import All, And, DateRange, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Run, Scope, Term, Wildcard
from search.schema import FIELD

BOTH = ("question", "answer")
LISTS = ("speaker", "entity")
MISSING = "(not stated)"
SEPARATOR = "\t"
MEMORY_MB = 256


class Whoosh:
    """A plain index in a folder."""

    name = "plain Whoosh"

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        self._analyzer = StandardAnalyzer(stoplist=None, minsize=1)
        text = TEXT(analyzer=self._analyzer, stored=True)
        # Several values stand in one field, and may have spaces in them.
        values = KEYWORD(analyzer=RegexTokenizer(SEPARATOR, gaps=True))
        self._schema = Schema(
            id=ID(stored=True, unique=True),
            briefing=ID(stored=True),
            title=ID(stored=True),
            day=NUMERIC(int, stored=True, sortable=True),
            month=NUMERIC(int, sortable=True),
            question=text,
            answer=text,
            **{name: values if name in LISTS else ID(sortable=True) for name in FACETS},
        )
        folder.mkdir(parents=True)
        made = index.create_in(str(folder), self._schema)
        writer = made.writer(limitmb=MEMORY_MB)
        for document in documents:
            writer.add_document(**_to_whoosh(document))
        writer.commit(optimize=True)
        self._searcher = made.searcher()

    def page(self, question: Question) -> Made:
        """The page: hits and counts in one collecting, snippets after it."""
        picks = self._picks(question)
        matching = [self._translate(question.query, BOTH), *_days(question.selection.since, question.selection.until)]
        asked = _all_of([*matching, *(one for clauses in picks.values() for one in clauses)])
        order = {} if question.is_ranked else {"sortedby": sorting.FieldFacet("day", reverse=True)}
        groups = _groups([*(f for f in FACETS if f not in picks), "month"])
        results = self._searcher.search(asked, limit=HITS, groupedby=groups, maptype=sorting.Count, **order)
        total = len(results)
        values = sum(len(_most_frequent(results.groups(name))) for name in FACETS if name not in picks)
        for name in picks:
            others = [one for field, clauses in picks.items() if field != name for one in clauses]
            wider = _all_of([*matching, *others])
            counted = self._searcher.search(wider, limit=1, groupedby=_groups([name]), maptype=sorting.Count)
            values += len(_most_frequent(counted.groups(name)))
        bars = len(results.groups("month"))
        began = perf_counter()
        results.fragmenter, results.formatter = ContextFragmenter(maxchars=SNIPPET), HtmlFormatter()
        hits = list(islice(results, HITS))  # with groups, its results hold every match
        snippets = sum(bool(hit.highlights(name, top=1) or hit[name][:SNIPPET]) for hit in hits for name in BOTH)
        return Made(total, len(hits), snippets, values, bars, perf_counter() - began)

    def _picks(self, question: Question) -> dict[str, list[query.Query]]:
        """The clauses of a selection, by field."""
        picks: dict[str, list[query.Query]] = {}
        for name, values in question.selection.include.items():
            picks.setdefault(name, []).append(_values(name, values))
        for name, values in question.selection.exclude.items():
            picks.setdefault(name, []).append(query.Not(_values(name, values)))
        return picks

    def _translate(self, node: Query, fields: Sequence[str]) -> query.Query:
        """The query for a tree, whose words are looked for in `fields`."""
        match node:
            case All():
                return query.Every()
            case And(children):
                return _all_of([self._translate(child, fields) for child in children])
            case Or(children):
                return query.Or([self._translate(child, fields) for child in children])
            case Not(child):
                return query.Not(self._translate(child, fields))
            case DateRange(since, until):
                return _all_of(_days(since, until))
            case Scope(name, str() as value):
                return query.Term(name, value or MISSING)
            case Scope(name, Query() as child) if name in BOTH:
                return self._translate(child, (name,))
        return query.Or([self._leaf(node, name) for name in fields]) if len(fields) > 1 else self._leaf(node, fields[0])

    def _leaf(self, node: Query, name: str) -> query.Query:
        match node:
            case Term(text):
                return self._phrase(name, [text])
            case Phrase(words) | Run(words):
                return self._phrase(name, words)
            case Near(words, distance):
                return self._phrase(name, words, 1 + distance)
            case Prefix(text):
                return query.Prefix(name, text.lower())
            case Wildcard(pattern):
                return query.Wildcard(name, pattern.lower())
            case Fuzzy(text):
                return query.FuzzyTerm(name, text.lower(), node.edits)
        raise ValueError(f"Whoosh is not asked {node}")

    def _phrase(self, name: str, words: Sequence[str], slop: int = 1) -> query.Query:
        cut = [token.text for token in self._analyzer(space_han(" ".join(words)), mode="query")]
        return query.Term(name, cut[0]) if len(cut) == 1 else query.Phrase(name, cut, slop=slop)


def _groups(names: Iterable[str]) -> sorting.Facets:
    facets = sorting.Facets()
    for name in names:
        facets.add_facet(name, sorting.FieldFacet(name, allow_overlap=name in LISTS))
    return facets


def _most_frequent(groups: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values that a page lists."""
    return nlargest(VALUES, groups.items(), key=itemgetter(1))


def _values(name: str, values: Sequence[str]) -> query.Query:
    terms = [query.Term(name, value or MISSING) for value in values]
    return query.ConstantScoreQuery(query.Or(terms), 0.0)


def _all_of(parts: Sequence[query.Query]) -> query.Query:
    """The And of parts; one that only excludes starts from everything."""
    flat = [one for part in parts for one in (part.subqueries if type(part) is query.And else [part])]
    if all(isinstance(one, query.Not) for one in flat):
        flat = [query.Every(), *flat]
    return flat[0] if len(flat) == 1 else query.And(flat)


def _days(since: date | None, until: date | None) -> list[query.Query]:
    low, high = (None if day is None else day.toordinal() for day in (since, until))
    return [query.NumericRange("day", low, high)] if since or until else []


def _to_whoosh(document: Document) -> dict[str, Any]:
    """The document in its schema."""
    values = {name: tuple(dict.fromkeys(FIELD[name].values(document))) or (MISSING,) for name in FACETS}
    texts = {name: "\n\n".join(FIELD[name].values(document)) for name in BOTH}
    if document.language == "zh":
        texts = {name: space_han(text) for name, text in texts.items()}
    return {
        "id": document.id,
        "briefing": document.briefing,
        "title": document.title,
        "day": document.date.toordinal(),
        "month": document.date.year * 12 + document.date.month,
        **texts,
        **{name: SEPARATOR.join(v) if name in LISTS else v[0] for name, v in values.items()},
    }
