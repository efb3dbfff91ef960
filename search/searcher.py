"""From what a person asked to the page that answers: text and selection in, hits with snippets and facets out.

Front ends (web, command line) call `Searcher.search` and show the `Page`; they never talk to an engine's `find`.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from search.engine import Engine, EngineHit, Request, Results, Selection, Sort
from search.errors import BadParameter
from search.highlight import Highlighter
from search.labels import NO_VALUE, Labels
from search.page import Advice, FacetValue, Hit, Notice, Page, Piece, SearchRequest, Snippet
from search.query import And, Near, Not, Or, Phrase, Query, Run, Scope, Variants, any_of, iter_positive
from search.schema import FACETS
from search.snippets import best_snippet, light_up
from search.syntax import Reading, parse_query
from search.words import Leaf

MAX_PER_PAGE = 100

ROLES = {"question": ("question",), "answer": ("answer", "statement")}
"""The turns that each snippet of a hit is cut from: those that hold the passages of its field."""


class Searcher:
    """Searches over an engine.

    Attributes:
        engine: where the documents are; pages read whole briefings, labels and coverage from it too.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def search(self, request: SearchRequest) -> Page:
        """The page that answers `request`.

        Raises:
            BadParameter: the page's number or size is out of bounds.
            QuerySyntaxError: `request.strict`, and the text had to be guessed.
            QueryTooLong: the text is beyond the bounds.
        """
        began = time.perf_counter()
        check_bounds(request)
        reading = _read(request.text, strict=request.strict)
        labels = self.engine.labels()
        query = resolve_names(reading.query, labels)
        selection = resolve_selection(request.selection, labels)
        results = self.engine.find(
            Request(
                query=query,
                selection=selection,
                sort=order_of(request.sort, query),
                offset=(request.page - 1) * request.per_page,
                limit=request.per_page,
                lit=tuple(ROLES),
            )
        )
        return Page(
            request=replace(request, selection=selection),
            query=str(query) if request.text.strip() else "",
            total=results.total,
            generation=results.generation,
            hits=tuple(_shown(hit, results) for hit in results.hits),
            facets={f.name: name_values(f.name, results, selection, labels) for f in FACETS},
            histogram=results.histogram,
            notices=tuple(Notice("read_otherwise", _sentence(r.message, r.hint)) for r in reading.remarks),
            advice=() if results.total else self._advice(request, query),
            took_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def light(self, text: str, field: str, passage: str, language: str) -> tuple[Piece, ...]:
        """`passage`, a text of `field` in `language`, in pieces, what the query `text` matches marked."""
        return light_up(passage, _highlighter(text, field, language).lights(passage))

    def _advice(self, request: SearchRequest, query: Query) -> tuple[Advice, ...]:
        """Other searches that find something, where this one finds nothing."""
        candidates: list[tuple[str, SearchRequest]] = []
        if request.selection and request.text.strip():
            candidates.append(("Without the filters", replace(request, selection=Selection(), page=1)))
        if isinstance(query, And):
            wanted = [c for c in query.children if not isinstance(c, Not)]
            if len(wanted) > 1:
                text = str(any_of(*wanted))
                candidates.append(("Any of the words instead of all", replace(request, text=text, page=1)))
            candidates += [(f"Only {c}", replace(request, text=str(c), page=1)) for c in wanted[:4] if len(wanted) > 1]
        lowered = request.text.lower()
        if lowered != request.text and not isinstance(query, Or):
            candidates.append(
                ("In small letters (words in capitals find only capitals)", replace(request, text=lowered))
            )
        advice = [Advice(message, other, self._total(other)) for message, other in candidates]
        return tuple(one for one in advice if one.total)

    def _total(self, request: SearchRequest) -> int:
        labels = self.engine.labels()
        query = resolve_names(_read(request.text, strict=False).query, labels)
        selection = resolve_selection(request.selection, labels)
        return self.engine.find(Request(query, selection, limit=0, facets=())).total


def check_bounds(request: SearchRequest) -> None:
    """Refuse a page's number or size that is out of bounds. Raises BadParameter."""
    if request.page < 1:
        raise BadParameter(f"page {request.page}", hint="pages are counted from 1")
    if not 1 <= request.per_page <= MAX_PER_PAGE:
        raise BadParameter(f"per_page {request.per_page}", hint=f"from 1 to {MAX_PER_PAGE}")


def order_of(sort: Sort, query: Query) -> Sort:
    """The order of the hits: by relevance only where there are words to rank by, else newest first."""
    ranks = any(isinstance(node, Leaf | Phrase | Near | Run | Variants) for node in iter_positive(query))
    return Sort.NEWEST if sort == Sort.RELEVANCE and not ranks else sort


def resolve_names(query: Query, labels: Labels) -> Query:
    """`query` with every value of a scope replaced by the one that people mean by it (an alias, another case)."""
    match query:
        case And(children):
            return And(tuple(resolve_names(c, labels) for c in children))
        case Or(children):
            return Or(tuple(resolve_names(c, labels) for c in children))
        case Not(child):
            return Not(resolve_names(child, labels))
        case Scope(field, str() as value):
            return Scope(field, labels.resolve(field, value))
    return query


def resolve_selection(selection: Selection, labels: Labels) -> Selection:
    """`selection` with every value replaced by the one that people mean by it, each once."""

    def resolved(field: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(labels.resolve(field, value) for value in values))

    if not selection.include and not selection.exclude:
        return selection
    return replace(
        selection,
        include={f: resolved(f, v) for f, v in selection.include.items() if v},
        exclude={f: resolved(f, v) for f, v in selection.exclude.items() if v},
    )


@lru_cache(maxsize=256)
def _read(text: str, *, strict: bool) -> Reading:
    """`text` as it is read: people ask the same with other filters, and page on."""
    return parse_query(text, strict=strict)


@lru_cache(maxsize=64)
def _highlighter(text: str, field: str, language: str) -> Highlighter:
    """Kept, because a transcript lights its passages one by one."""
    return Highlighter(_read(text, strict=False).query, field, language)


def _shown(hit: EngineHit, results: Results) -> Hit:
    def cut(field: str) -> Snippet | None:
        turns = [turn for turn in hit.document.item.turns if turn.role in ROLES[field]]
        return best_snippet(turns, hit.lights[field], results.rarities) if turns else None

    return Hit(hit.document, hit.score, cut("question"), cut("answer"))


def name_values(field: str, results: Results, selection: Selection, labels: Labels) -> tuple[FacetValue, ...]:
    """The counts of a facet with their labels and states."""
    picked = dict.fromkeys(selection.exclude.get(field, ()), "excluded")
    picked |= dict.fromkeys(selection.include.get(field, ()), "selected")
    names, state_of = labels.names.get(field, {}), picked.get
    values = []
    for value, count in results.facets[field]:  # hundreds of them
        name = names.get(value)
        if name is None:
            values.append(FacetValue(value, value or NO_VALUE, count, state_of(value, "none"), ""))
        else:
            values.append(FacetValue(value, name.label, count, state_of(value, "none"), name.type))
    return tuple(values)


def _sentence(message: str, hint: str) -> str:
    return f"{message} ({hint})" if hint else message
