"""The queries: what people type, with what they pick beside it; one list for every engine and collection.

The one decision: a query is text of Lectern's own language, and each peer translates its tree (`search.query`), so that
nobody is asked a different question. Every repeat of a query differs by a filter, so that no cache of results helps.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from search.engine import Selection
from search.model import Document
from search.page import SearchRequest
from search.query import Query
from search.schema import FIELD
from search.searcher import order_of
from search.syntax import parse_query


@dataclass(frozen=True)
class Asked:
    """A query of the list.

    Attributes:
        text: as typed.
        picks: for a field, the ranks (0 is the most frequent) of the values that are picked.
        leaves_out: the same, of the values that are excluded.
        years: only the last so many years of the collection; 0 for all.
    """

    text: str
    picks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    leaves_out: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    years: int = 0

    @property
    def name(self) -> str:
        """How tables name it."""
        picked = [f"{f} {'+'.join(f'#{r + 1}' for r in ranks)}" for f, ranks in self.picks.items()]
        picked += [f"not {f} {'+'.join(f'#{r + 1}' for r in ranks)}" for f, ranks in self.leaves_out.items()]
        picked += [f"last {self.years} years"] if self.years else []
        return " ".join([self.text or "(no query)", *(f"[{one}]" for one in picked)])


QUERIES: tuple[Asked, ...] = (
    # One word, from everywhere to nowhere
    *map(Asked, "the president people US today China security Ukraine sanctions inflation".split()),
    *map(Asked, "semiconductor typhoon Palau giraffe".split()),
    # Several words
    Asked("president people"),
    Asked("people of the world"),
    Asked("China trade"),
    Asked("earthquake humanitarian aid"),
    # Phrases
    Asked('"of the"'),
    Asked('"to the"'),
    Asked('"the United States"'),
    Asked('"human rights"'),
    Asked('"the President of the"'),
    Asked('"in the South China Sea"'),
    Asked('"peace and stability"'),
    Asked('"at the end of the day"'),
    Asked('"nuclear-contaminated" water'),
    Asked('"border security"~5'),
    # Or, Not
    Asked("work OR economic"),
    Asked("security OR vaccine"),
    Asked("president -China"),
    Asked("China -trade"),
    Asked("vaccine OR sanctions OR tariff"),
    Asked("hostage OR extradition OR asylum"),
    Asked("(summit OR treaty) -climate minister"),
    # Patterns, scopes
    Asked("presi*"),
    Asked("secur*"),
    Asked("organi?ation*"),
    Asked("sanction* military"),
    Asked("denuclear*"),
    Asked("a:work"),
    Asked("q:economic"),
    # Filters, with words and without
    Asked(""),
    Asked("", picks={"entity": (0,)}),
    Asked("", picks={"language": (1,)}, years=5),
    Asked("today", picks={"language": (0,)}),
    Asked("people", picks={"speaker": (0, 1)}, years=5),
    Asked("security", years=3),
    Asked("energy", leaves_out={"publisher": (0,)}),
    Asked("trade", picks={"outlet": (0, 1, 2), "language": (0,)}),
    # Spanish, Chinese
    Asked("que"),
    Asked('"en el"'),
    Asked("pueblo"),
    Asked("gobierno"),
    Asked("gobierno de México corrupción"),
    Asked('"el presidente de la República"'),
    Asked("ferrocarril refinería"),
    Asked("中国"),
    Asked("合作"),
    Asked("经济合作"),
    Asked("核污染水"),
    Asked("蝗虫"),
)
"""About a third of them in each class (see `benchmarks.ratios`) over the real briefings."""


@dataclass(frozen=True)
class Question:
    """One page to be made: a query with the filter of one repeat.

    Attributes:
        asked: the query of the list.
        request: what Lectern is asked.
        query: its tree, which peers translate.
    """

    asked: Asked
    request: SearchRequest
    query: Query

    @property
    def selection(self) -> Selection:
        """What is picked besides the text."""
        return self.request.selection

    @property
    def is_ranked(self) -> bool:
        """Whether hits come by relevance; else newest first."""
        return order_of(self.request.sort, self.query) == self.request.sort


FILTERED = sorted({name for asked in QUERIES for name in (*asked.picks, *asked.leaves_out)})
"""The fields by which the list filters."""


class Survey:
    """What filters are made of: the days, the briefings and the values of a collection that was seen once.

    Attributes:
        answers: documents seen.
    """

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.answers = 0
        self._days: set[date] = set()
        self._briefings: dict[str, None] = {}
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERED}
        for document in documents:
            self.see(document)

    def see(self, document: Document) -> None:
        """Take notice of a document."""
        self.answers += 1
        self._days.add(document.date)
        self._briefings[document.briefing] = None
        for name, counts in self._counts.items():
            counts.update(set(FIELD[name].values(document)))

    @property
    def span(self) -> tuple[date, date]:
        """First and last day."""
        return min(self._days), max(self._days)

    @property
    def briefings(self) -> list[str]:
        """Ids of the briefings, in order."""
        return sorted(self._briefings)

    def values(self, name: str) -> list[str]:
        """The values of a field, most frequent first, ties by value."""
        counts = self._counts[name]
        return sorted(counts, key=lambda value: (-counts[value], value))


class Variation:
    """Makes the questions of each repeat: odd ones move a range of dates, even ones leave a briefing out.

    Both change next to nothing of what is found, and all of what a cache of results could know.
    """

    def __init__(self, survey: Survey) -> None:
        self._first, self._last = survey.span
        self._briefings = survey.briefings
        self._values = {name: survey.values(name) for name in FILTERED}

    def question(self, asked: Asked, repeat: int) -> Question:
        """The question of the `repeat`-th round, from 0."""
        since = self._last - timedelta(days=365 * asked.years) if asked.years else None
        until: date | None = None
        text = asked.text
        if repeat % 2:
            since = (since or self._first) + timedelta(days=1 + repeat)
            until = self._last - timedelta(days=repeat // 2)
        else:
            left_out = self._briefings[(repeat * 37 + 11) % len(self._briefings)]
            text = f'{f"({text})" if " OR " in text else text} -briefing:"{left_out}"'.strip()
        selection = Selection(self._named(asked.picks), self._named(asked.leaves_out), since, until)
        # Peers know no synonyms: all of them look for the words as typed.
        request = SearchRequest(text=text, selection=selection, exact=True)
        return Question(asked, request, parse_query(text, strict=True).query)

    def _named(self, ranks: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[str, ...]]:
        known = self._values
        return {
            name: tuple(known[name][min(r, len(known[name]) - 1)] for r in places) for name, places in ranks.items()
        }
