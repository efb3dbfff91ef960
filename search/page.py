"""What a person asked for and the page that answers it: plain values, the same for every front end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from search.engine import Selection, Sort
from search.histogram import Bar
from search.model import Document

ChartView = Literal["", "share", "publishers", "outlets"]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a person asked for: everything that the address of a results page says.

    Attributes:
        text: the query as typed.
        selection: facet values picked or excluded (ids, canonical names or aliases) and dates.
        page: from 1.
        exact: no synonyms; a run of Han characters only side by side.
        fold: answers with the same words are shown once; with `near`, those with nearly the same as well.
        strict: refuse what would have to be guessed.
        rollup: the facet `entity` counts, and its picks find, what mentions an entity or any part of it.
        chart: what the chart shows: answers, their share of all, or answers by publisher or by outlet.
        subject: the facet `entity` counts, and its picks find, only what is about the entity; `rollup` then does
            nothing.
    """

    text: str = ""
    selection: Selection = field(default_factory=Selection)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 10
    exact: bool = False
    fold: Literal["", "near"] = ""
    strict: bool = False
    rollup: bool = False
    subject: bool = False
    chart: ChartView = ""


class Piece(NamedTuple):
    """A stretch of a snippet; `hit` says whether it matched."""

    text: str
    hit: bool


class Snippet(NamedTuple):
    """The passage of a turn that answers best, cut at whole words.

    Attributes:
        pieces: the words, matched and not.
        speaker: who said them: the turn's speaker, or the asker's label.
        cut_before: the turn goes on before it.
        cut_after: the turn goes on after it.
    """

    pieces: tuple[Piece, ...]
    speaker: str | None
    cut_before: bool
    cut_after: bool


class Again(NamedTuple):
    """Where else the words of a hit stand: other answers of the whole result, whatever page they are on.

    Attributes:
        count: how many others there are.
        first: day of the earliest of them.
        last: day of the latest.
        ids: those that are on this page.
        wording: the value of `wording` that they all have.
    """

    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    first: date
    last: date
    ids: tuple[str, ...]
    wording: str


class Hit(NamedTuple):
    """One document found.

    Attributes:
        question: `None` for a statement.
        answer: `None` for a question nobody answered.
        editions: ids of its briefing in other languages.
        revision: number of the text that its briefing has now, 1 where there has been no other.
        again: what is folded under it for having the same words.
        nearly: ids of what is folded under it for having nearly the same words.
        folded_into: id of the hit that it is folded under, "" where it stands by itself.
    """

    document: Document
    score: float
    question: Snippet | None
    answer: Snippet | None
    editions: tuple[str, ...] = ()
    revision: int = 1
    again: Again | None = None
    nearly: tuple[str, ...] = ()
    folded_into: str = ""


class FacetValue(NamedTuple):
    """A value with its label, its count, and its state: `none`, `selected` or `excluded`."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    state: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know of how the query was read, and the search that has it otherwise."""

    code: str
    message: str
    request: SearchRequest | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """Another search that would find something."""

    message: str
    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a SearchRequest.

    Attributes:
        query: canonical text of the query as it was read.
        total: hits in all.
        hits: those of the page, the ones that are folded under another included.
        foldable: answers on this page with nearly the same words would be folded by `fold=near`.
        total_is: `exact`, or `at least` where a pattern stands for more words than are looked for.
        took_ms: wall time of the search, milliseconds.
        facets: by field name, most frequent first.
        histogram: by year, month or day, as the span of the hits asks for.
        advice: other searches, when there is no hit.
        suggestion: the search that was perhaps meant, with its number of hits.
    """

    request: SearchRequest
    query: str
    total: int
    took_ms: float
    generation: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    histogram: tuple[Bar, ...]
    notices: tuple[Notice, ...] = ()
    advice: tuple[Advice, ...] = ()
    suggestion: Advice | None = None
    total_is: Literal["exact", "at least"] = "exact"
    foldable: bool = False

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return max(1, -(-self.total // self.request.per_page))


@dataclass(frozen=True, slots=True)
class Values:
    """All values of one facet.

    Attributes:
        request: the search, its picks resolved.
        total: hits of the search.
        values: most frequent first, then by value; of entities those first that most answers are about. Those that are
            picked or excluded are there at zero too.
    """

    request: SearchRequest
    total: int
    generation: int
    values: tuple[FacetValue, ...]
