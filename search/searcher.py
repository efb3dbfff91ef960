"""From what a person asked to the page that answers: text and selection in, hits with snippets and facets out.

Front ends (web, command line) call `Searcher.search` and show the `Page`; they never talk to an engine's `find`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from search import notices
from search.advice import advise
from search.engine import Engine, EngineHit, Entry, Request, Results, Selection, Sort
from search.errors import BadParameter, QueryTooCostly, QueryTooLong
from search.expansion import NO_SYNONYMS, Expanded, Synonyms, expand
from search.facets import field_counted, name_facets, name_values, renamed
from search.folding import Folded, fold_hits
from search.highlight import Highlighter
from search.labels import Labels
from search.page import Advice, Hit, Notice, Page, Piece, SearchRequest, Snippet, Values
from search.query import And, Near, Not, Or, Phrase, Query, Run, Scope, Variants, any_of, iter_positive
from search.schema import FACETS
from search.snippets import best_snippet, light_up
from search.spelling import FEW, Names, Speller
from search.syntax import Reading, parse_query
from search.words import Leaf

MAX_PER_PAGE = 100
MAX_VALUES = 10**9
"""As good as all."""

NO_LABELS = Labels()

ROLES = {"question": ("question",), "answer": ("answer", "statement")}
"""The turns that each snippet of a hit is cut from: those that hold the passages of its field."""


class Searcher:
    """Searches over an engine.

    Attributes:
        engine: where the documents are; pages read whole briefings, labels and coverage from it too.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lately = _Known(NO_LABELS, NO_SYNONYMS, Names(NO_LABELS))

    def search(self, request: SearchRequest) -> Page:
        """The page that answers `request`.

        Raises:
            BadParameter: the page's number or size is out of bounds.
            QuerySyntaxError: `request.strict`, and the text had to be guessed.
            QueryTooLong: the text is beyond the bounds.
            QueryTooCostly: it would take too long to answer.
        """
        began = time.perf_counter()
        check_bounds(request)
        asked = self._ask(request)
        results = self.engine.find(
            Request(
                query=asked.query,
                selection=asked.selection,
                sort=order_of(request.sort, asked.query),
                offset=(request.page - 1) * request.per_page,
                limit=request.per_page,
                facets=tuple(asked.counted if f.name == "entity" else f.name for f in FACETS),
                lit=tuple(ROLES),
            )
        )
        resolved = replace(request, selection=asked.picked)
        hits = tuple(_shown(hit, results) for hit in results.hits)
        folded = self._fold(request, asked.query, asked.selection, hits)
        suggestion = self._suggestion(resolved, asked, results.total) if results.total <= FEW else None
        return Page(
            request=resolved,
            query=str(asked.read) if request.text.strip() else "",
            total=results.total,
            total_is="at least" if results.left_out else "exact",
            generation=results.generation,
            hits=folded.hits,
            facets=name_facets(results, asked.counted, asked.picked, asked.labels),
            histogram=results.histogram,
            notices=tuple(self._iter_notices(resolved, asked, results)),
            advice=() if results.total else self._advice(resolved, asked, suggestion),
            suggestion=suggestion,
            foldable=folded.foldable,
            took_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def scan(self, request: SearchRequest) -> Iterator[Entry]:
        """Every hit of `request`, whatever its page, in the order of its pages; none is folded under another.

        What is found is what `search` counts. Raises as `search` does, at once and not when the first hit is asked for.
        """
        asked = self._ask(request)
        return self.engine.scan(asked.query, asked.selection, order_of(request.sort, asked.query))

    def asked_of_engine(self, request: SearchRequest) -> Request:
        """What `search` asks the engine for, names and synonyms resolved, for others to count or to go through.

        Raises as `search` does, but for the page's bounds.
        """
        asked = self._ask(request)
        return Request(asked.query, asked.selection, order_of(request.sort, asked.query), facets=())

    def values(self, request: SearchRequest, field: str) -> Values:
        """Every value of a facet that answers of `request` hold, or would if it were picked. Raises as `search`."""
        check_bounds(request)
        asked = self._ask(request)
        counted = asked.counted if field == "entity" else field
        wanted = Request(
            query=asked.query,
            selection=asked.selection,
            limit=0,
            facets=(counted,),
            facet_limit=MAX_VALUES,
            type_limit=MAX_VALUES,
        )
        results = self.engine.find(wanted)
        return Values(
            request=replace(request, selection=asked.picked),
            total=results.total,
            generation=results.generation,
            values=tuple(name_values(field, results.facets[counted], asked.picked, asked.labels)),
        )

    def _fold(self, request: SearchRequest, query: Query, selection: Selection, hits: tuple[Hit, ...]) -> Folded:
        """The hits, folded where the order is that of relevance."""
        if order_of(request.sort, query) != Sort.RELEVANCE or "wording" in selection.include:
            return Folded(hits, foldable=False)
        return fold_hits(self.engine, query, selection, hits, near=request.fold == "near")

    def lighter(self, request: SearchRequest, language: str) -> Callable[[str, str], tuple[Piece, ...]]:
        """What cuts a passage, a text of a field in `language`, into pieces, marked where `request` matches it."""
        query = self._ask(request).query
        highlighters: dict[str, Highlighter] = {}

        def light(field: str, passage: str) -> tuple[Piece, ...]:
            if field not in highlighters:
                highlighters[field] = Highlighter(query, field, language)
            return light_up(passage, highlighters[field].lights(passage))

        return light

    def _ask(self, request: SearchRequest) -> "_Asked":
        """What `request` asks of the engine."""
        labels = self.engine.labels()
        reading = _read(request.text, strict=request.strict)
        read = resolve_names(reading.query, labels)
        counted = field_counted(request)
        picked = resolve_selection(request.selection, labels)
        if request.subject:
            picked = renamed(picked, counted, "entity")
        selection = renamed(picked, "entity", counted)
        expanded = self._expand(request, read, selection, labels)
        return _Asked(reading, read, expanded, picked, selection, counted, labels)

    def _expand(
        self, request: SearchRequest, read: Query, selection: Selection, labels: Labels, *, apart: bool = True
    ) -> Expanded:
        """What is looked for where `request` was read as `read`; typed `exact`, nothing but that."""

        def count(queries: Sequence[Query], *, picked: bool = False) -> Sequence[int]:
            return self.engine.count(queries, selection if picked else Selection())

        synonyms = NO_SYNONYMS if request.exact else self._known(labels).synonyms
        return expand(read, request.text, synonyms, count, apart=apart and not request.exact)

    def _known(self, labels: Labels) -> "_Known":
        """What is looked up in `labels`, made once for all requests."""
        known = self._lately  # another thread may replace it at any time
        if known.labels is not labels:
            self._lately = known = _Known(labels, Synonyms(labels.synonyms), Names(labels))
        return known

    def _iter_notices(self, request: SearchRequest, asked: "_Asked", results: Results) -> Iterator[Notice]:
        yield from notices.of_remarks(asked.reading.remarks)
        yield from notices.of_names(request, asked.expanded.names)
        if asked.expanded.apart:
            whole = self._expand(request, asked.read, asked.selection, asked.labels, apart=False).query
            # Both are counted at once, since a commit may have come after the hits were found.
            together, either = self.engine.count((whole, asked.query), asked.selection)
            yield from notices.of_runs(request, asked.read, either - together)
        yield from notices.of_left_out(results.left_out)
        if not results.total:
            yield from notices.of_coverage(request, asked.read, self.engine.coverage(), asked.labels)

    def _suggestion(self, request: SearchRequest, asked: "_Asked", now: int) -> Advice | None:
        """The search that was perhaps meant, where this one finds nothing or suspiciously little."""

        def total(texts: Sequence[str]) -> Sequence[int]:
            return self._totals([replace(request, text=text) for text in texts])

        speller = Speller(self.engine, self._known(asked.labels).names, total)
        try:
            spelt = speller.respell(request.text, asked.read, now)
        except QueryTooCostly:  # to look for it would take longer than the search itself
            return None
        return Advice("Did you mean", replace(request, text=spelt[0], page=1), spelt[1]) if spelt else None

    def _advice(self, request: SearchRequest, asked: "_Asked", suggestion: Advice | None) -> tuple[Advice, ...]:
        """Other searches that find something, where this one finds nothing."""
        given = advise(request, asked.read, asked.labels, self._totals)
        return tuple(one for one in given if suggestion is None or one.request != suggestion.request)

    def _totals(self, requests: Sequence[SearchRequest]) -> Sequence[int]:
        """How many hits each search has; those that would be refused have none. Neighbours are counted together."""
        asked = [self._ask(replace(request, strict=False)) for request in requests if _is_short(request.text)]
        counts: list[int] = []
        for selection, some in groupby(asked, key=attrgetter("selection")):
            queries = [one.query for one in some]
            try:
                counts += self.engine.count(queries, selection)
            except QueryTooCostly:
                counts += [0] * len(queries)
        found = iter(counts)
        return [next(found) if _is_short(request.text) else 0 for request in requests]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up in some labels."""

    labels: Labels
    synonyms: Synonyms
    names: Names


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request on its way to the engine.

    Attributes:
        read: the query as typed, its values resolved.
        expanded: what is looked for instead.
        picked: the selection as typed, its values resolved.
        selection: the same as the engine is asked for it.
        counted: the field that the facet `entity` counts and picks by.
    """

    reading: Reading
    read: Query
    expanded: Expanded
    picked: Selection
    selection: Selection
    counted: str
    labels: Labels

    @property
    def query(self) -> Query:
        """What the engine is asked for."""
        return self.expanded.query


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
            return any_of(*(Scope(field, one) for one in labels.resolve_all(field, value)))
    return query


def resolve_selection(selection: Selection, labels: Labels) -> Selection:
    """`selection` with every value replaced by the one that people mean by it, each once."""

    def resolved(field: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for value in values for one in labels.resolve_all(field, value)))

    if not selection.include and not selection.exclude:
        return selection
    return replace(
        selection,
        include={f: resolved(f, v) for f, v in selection.include.items() if v},
        exclude={f: resolved(f, v) for f, v in selection.exclude.items() if v},
    )


def _is_short(text: str) -> bool:
    """Whether a text can be read: what others are written from it may be beyond the bounds."""
    try:
        _read(text, strict=False)
    except QueryTooLong:
        return False
    return True


@lru_cache(maxsize=256)
def _read(text: str, *, strict: bool) -> Reading:
    """`text` as it is read: people ask the same with other filters, and page on."""
    return parse_query(text, strict=strict)


def _shown(hit: EngineHit, results: Results) -> Hit:
    def cut(field: str) -> Snippet | None:
        turns = [turn for turn in hit.document.item.turns if turn.role in ROLES[field]]
        return best_snippet(turns, hit.lights[field], results.rarities) if turns else None

    return Hit(hit.document, hit.score, cut("question"), cut("answer"), hit.editions, hit.revision)
