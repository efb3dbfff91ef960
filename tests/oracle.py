"""The oracle: an engine that finds by looking at every document. Slow, simple, and right.

It shares with the product the record, the table of fields, the query tree and the tokens; nothing that an engine does
for speed. What it answers is what every engine has to answer.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from search.engine import (
    Count,
    Engine,
    EngineHit,
    Entry,
    Light,
    Neighbours,
    Publication,
    Request,
    Results,
    Revision,
    Selection,
    Sort,
    Tombstone,
)
from search.errors import GenerationMissing, NotFound
from search.highlight import Highlighter
from search.histogram import Bar, Span, periods
from search.holdings import Coverage, Listed, Status
from search.labels import Labels
from search.model import Briefing, Document, briefing_of, id_key
from search.query import (
    All,
    And,
    DateRange,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Scope,
    Variants,
    iter_runs,
    phrase_of,
    typed_form,
    words_of_run,
)
from search.schema import BARE, BM25_K1, ENTITIES, FIELD, NOT_STATED, TYPED, Field, is_searched, type_mark
from search.stems import ANALYSIS
from search.text import fold
from search.words import Leaf, alignment_distance
from tests.key_ring import KeyRing
from tests.oracle_words import frequency_of, length_of, tokens_of


class OracleEngine(KeyRing):
    """An engine in memory, by brute force."""

    def __init__(self) -> None:
        super().__init__()
        self._publications: dict[str, Publication] = {}
        self._tombstones: dict[str, Tombstone] = {}
        self._labels = Labels()
        self._sequence = 0
        self._generation = self._highest = 1
        self._commits = 0
        self._before: tuple[int, int, dict[str, Publication], dict[str, Tombstone], Labels] | None = None

    # What is there

    def _documents(self) -> list[Document]:
        found = [d for p in self._publications.values() for d in p.documents if is_searched(d)]
        return sorted(found, key=lambda d: id_key(d.id))

    # Finding

    def find(self, request: Request) -> Results:
        everything = self._documents()
        matching = [d for d in everything if _matches(request.query, d, BARE)]
        selected = [d for d in matching if _selected(request, d)]
        scores = {d.id: self._score(request.query, d, everything) for d in selected}
        ranked = sorted(selected, key=lambda d: _rank(request.sort, d, scores))
        return Results(
            total=len(selected),
            hits=tuple(
                EngineHit(
                    d,
                    scores[d.id],
                    {field: _lights(request.query, field, d) for field in request.lit},
                    self.editions(d.briefing),
                    len(self.received(d.briefing)) or 1,
                )
                for d in ranked[request.offset : request.offset + request.limit]
            ),
            facets={name: self._facet(request, name, matching) for name in request.facets},
            histogram=_histogram(selected, [d for d in everything if _in_range(request, d)]),
            generation=self._generation,
            rarities={leaf: _rarity(leaf, fields, everything) for leaf, fields in _iter_scored(request.query, BARE)},
        )

    def count(self, queries: Sequence[Query], selection: Selection = Selection()) -> tuple[int, ...]:  # noqa: B008
        return tuple(self.find(Request(query, selection, limit=0, facets=())).total for query in queries)

    def scan(self, query: Query, selection: Selection, sort: Sort) -> Iterator[Entry]:
        hits = self.find(Request(query, selection, sort, limit=len(self._documents()), facets=())).hits
        return iter([self._entry(hit.document) for hit in hits])

    def everything(self, sort: Sort) -> Iterator[Entry]:
        found = [d for p in self._publications.values() for d in p.documents]
        scores = {d.id: 0.0 for d in found}
        return iter([self._entry(d) for d in sorted(found, key=lambda d: _rank(sort, d, scores))])

    def _entry(self, document: Document) -> Entry:
        received = self.received(document.briefing)
        return Entry(document, len(received), received[-1])

    def count_within(
        self, asked: Sequence[tuple[Query, Selection]], spans: Sequence[Span]
    ) -> tuple[tuple[int, ...], ...]:
        documents = self._documents()
        found = [[d.date for d in documents if _matches(q, d, BARE) and _selected(Request(q, s), d)] for q, s in asked]
        return tuple(tuple(sum(a <= day <= b for day in days) for a, b in spans) for days in found)

    def like(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for document in self._documents():
            tokens = (token for field in BARE for token in tokens_of(field, document))
            counts.update({term for token in tokens for term in token.terms})
        near = (term for term in counts if alignment_distance(term, fold(word)) <= edits and term == fold(term))
        return [(term, counts[term]) for term in sorted(near)]

    def _facet(self, request: Request, name: str, matching: Sequence[Document]) -> tuple[Count, ...]:
        counts: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for document in matching:
            if _selected(request, document, ignoring=name):
                counts.update(set(FIELD[name].values(document)) or {NOT_STATED})
                about.update(set(FIELD["about"].values(document)) if name == "entity" else ())
        picked = (*request.selection.include.get(name, ()), *request.selection.exclude.get(name, ()))
        ordered = sorted(counts, key=lambda v: (-about[v], -counts[v], v))
        if name in ENTITIES:
            of_type = {v: [w for w in ordered if type_mark(w) == type_mark(v)] for v in ordered}
            kept = [v for v in ordered if v in of_type[v][: request.type_limit]]
        else:
            kept = ordered[: request.facet_limit]
        kept += sorted(set(picked) - set(kept), key=lambda v: (-about[v], -counts[v], v))
        return tuple(Count(v, counts[v], about[v]) for v in kept)

    def _score(self, query: Query, document: Document, everything: Sequence[Document]) -> float:
        """BM25F over the leaves that may match; words typed side by side that stand so count once more."""
        score = 0.0
        for leaf, fields in _iter_scored(query, BARE):
            of_leaf = _rarity(leaf, fields, everything) * _saturated(leaf, fields, document, everything)
            if typed := typed_form(leaf):
                of_typed = _rarity(typed, fields, everything) * _saturated(typed, fields, document, everything)
                of_leaf = (1 - TYPED) * of_leaf + TYPED * of_typed
            score += of_leaf
        for name, run in iter_runs(query):
            fields = (FIELD[name],) if name else BARE
            rarity = sum(_rarity(word, fields, everything) for word in words_of_run(run))
            score += rarity * _saturated(phrase_of(run), fields, document, everything)
        return score

    # Fetching

    def get(self, id: str) -> Document:
        for publication in self._publications.values():
            for document in publication.documents:
                if document.id == id:
                    return document
        raise NotFound(f"no item {id}")

    def _publication(self, id: str) -> Publication:
        if id not in self._publications:
            raise NotFound(f"no briefing {id}")
        return self._publications[id]

    def briefing(self, id: str) -> Briefing:
        return self._publication(id).briefing

    def documents(self, briefing: str) -> tuple[Document, ...]:
        return tuple(sorted(self._publication(briefing).documents, key=lambda d: d.item.position))

    def revisions(self, id: str) -> tuple[Revision, ...]:
        return self._publication(id).revisions

    def received(self, id: str) -> tuple[str, ...]:
        return tuple(r.received for r in self._publications[id].revisions) if id in self._publications else ()

    def editions(self, id: str) -> tuple[str, ...]:
        publisher, _, day = (*id.split("/", 2), "", "")[:3]
        found = (p.briefing.id for p in self._publications.values() if p.briefing.publisher == publisher)
        return tuple(sorted(i for i in found if i != id and i.split("/", 2)[2] == day))

    def neighbours(self, id: str) -> Neighbours:
        series = self._publication(id).briefing.id.rsplit("/", 1)[0]
        others = sorted((i for i in self._publications if i.rsplit("/", 1)[0] == series), key=id_key)
        before = [i for i in others if id_key(i) < id_key(id)]
        after = [i for i in others if id_key(i) > id_key(id)]
        return Neighbours(before[-1] if before else None, after[0] if after else None)

    def tombstone(self, id: str) -> Tombstone | None:
        return self._tombstones.get(id)

    def labels(self) -> Labels:
        return self._labels

    def coverage(self) -> tuple[Coverage, ...]:
        groups: dict[tuple[str, str], list[Publication]] = defaultdict(list)
        for publication in self._publications.values():
            groups[publication.briefing.publisher, publication.briefing.language].append(publication)
        return tuple(
            Coverage(
                publisher=publisher,
                language=language,
                first=min(p.briefing.date for p in group),
                last=max(p.briefing.date for p in group),
                briefings=len(group),
                answers=sum(1 for p in group for d in p.documents if d.item.kind == "answer"),
                added=max(p.added for p in group),
                adjournments=tuple(
                    sorted({a for p in group for a in p.briefing.adjournments}, key=lambda a: (a.since, a.until))
                ),
            )
            for (publisher, language), group in sorted(groups.items())
        )

    def briefings(self) -> tuple[Listed, ...]:
        return tuple(
            Listed(b.id, b.publisher, b.language, b.date, b.title, sum(i.kind == "answer" for i in b.items), added)
            for b, added in sorted(
                ((p.briefing, p.added) for p in self._publications.values()),
                key=lambda row: (row[0].date, id_key(row[0].id)),
            )
        )

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for document in self._documents():
            if FIELD[field].kind == "keyword":
                counts.update(set(FIELD[field].values(document)))
            else:
                counts.update({term for token in tokens_of(FIELD[field], document) for term in token.terms})
        return sorted((term, n) for term, n in counts.items() if term.startswith(prefix))

    def status(self) -> Status:
        searched = len(self._documents())
        commit = f"{self._generation}-{self._commits}"
        return Status(self._generation, self._sequence, len(self._publications), searched, 1, commit, ANALYSIS)

    def faults(self) -> tuple[str, ...]:
        return ()

    # Writing

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        brought, stones = list(publications), list(tombstones)
        for id in [p.briefing.id for p in brought] + [t.id for t in stones]:
            self._publications.pop(id, None)
            for stone in [t for t in self._tombstones if briefing_of(t) == id]:
                del self._tombstones[stone]
        self._publications |= {p.briefing.id: p for p in brought}
        self._tombstones |= {t.id: t for t in stones}
        self._sequence = sequence
        self._commits += 1

    def publish_labels(self, labels: Labels) -> None:
        self._labels = labels
        self._commits += 1

    def rebuild(
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels,
        workers: int | None = None,  # noqa: ARG002 (a process is enough)
        verify: Callable[[Engine], None] | None = None,
    ) -> None:
        fresh = OracleEngine()
        fresh._generation, fresh._sequence, fresh._labels = self._highest + 1, sequence, labels
        fresh._publications = {p.briefing.id: p for p in publications}
        fresh._tombstones = {t.id: t for t in tombstones}
        if verify:
            verify(fresh)
        self._before = self._state() if self._commits else None
        self._publications, self._tombstones = {}, {}
        self._generation = self._highest = self._highest + 1
        self.add(fresh._publications.values(), sequence=sequence, tombstones=fresh._tombstones.values())
        self._labels = labels

    def rollback(self) -> int:
        if self._before is None:
            raise GenerationMissing("there is no generation to go back to")
        self._generation, self._sequence, self._publications, self._tombstones, self._labels = self._before
        self._before = None
        self._commits += 1
        return self._generation

    def _state(self) -> tuple[int, int, dict[str, Publication], dict[str, Tombstone], Labels]:
        return self._generation, self._sequence, self._publications, self._tombstones, self._labels

    def close(self) -> None:
        """Nothing is held."""


def _rank(sort: Sort, document: Document, scores: dict[str, float]) -> tuple[float, object]:
    match sort:
        case Sort.RELEVANCE:
            return -round(scores[document.id], 6), id_key(document.id)
        case Sort.NEWEST:
            return -document.date.toordinal(), id_key(document.id)
        case Sort.OLDEST:
            return document.date.toordinal(), id_key(document.id)


def _lights(query: Query, field: str, document: Document) -> tuple[tuple[Light, ...], ...]:
    highlighter = Highlighter(query, field, document.language)
    return tuple(highlighter.lights(passage) for passage in FIELD[field].values(document))


def _histogram(hits: Sequence[Document], in_range: Sequence[Document]) -> tuple[Bar, ...]:
    days = [d.date for d in hits or in_range]
    return tuple(
        Bar(
            since,
            until,
            count=sum(since <= d.date <= until for d in hits),
            of=sum(since <= d.date <= until for d in in_range),
        )
        for since, until in (periods(min(days), max(days)) if days else ())
    )


def _saturated(leaf: Query, fields: Sequence[Field], document: Document, everything: Sequence[Document]) -> float:
    """How often a leaf stands in a document, weighted field by field, then saturated."""
    frequency = 0.0
    for field in fields:
        found = frequency_of(leaf, field, document)
        if found:
            average = sum(length_of(field, d) for d in everything) / len(everything)
            norm = 1 - field.length_norm + field.length_norm * length_of(field, document) / average
            frequency += field.weight * found / norm
    return frequency * (BM25_K1 + 1) / (BM25_K1 + frequency)


def _rarity(leaf: Query, fields: Sequence[Field], everything: Sequence[Document]) -> float:
    holding = sum(1 for d in everything if any(frequency_of(leaf, f, d) for f in fields))
    return math.log(1 + (len(everything) - holding + 0.5) / (holding + 0.5))


def _in_range(request: Request, document: Document) -> bool:
    since, until = request.selection.since, request.selection.until
    return (since is None or document.date >= since) and (until is None or document.date <= until)


def _selected(request: Request, document: Document, ignoring: str | None = None) -> bool:
    if not _in_range(request, document):
        return False
    for field, wanted in request.selection.include.items():
        values = FIELD[field].values(document) or (NOT_STATED,)
        if field != ignoring and wanted and not set(values) & set(wanted):
            return False
    for field, unwanted in request.selection.exclude.items():
        values = FIELD[field].values(document) or (NOT_STATED,)
        if field != ignoring and set(values) & set(unwanted):
            return False
    return True


def _matches(query: Query, document: Document, fields: Sequence[Field]) -> bool:
    match query:
        case All():
            return True
        case And(children):
            return all(_matches(c, document, fields) for c in children)
        case Or(children):
            return any(_matches(c, document, fields) for c in children)
        case Not(child):
            return not _matches(child, document, fields)
        case DateRange(since, until):
            return (since is None or document.date >= since) and (until is None or document.date <= until)
        case Scope(name, Query() as child):
            return _matches(child, document, (FIELD[name],))
        case Run():
            return all(_matches(pair, document, fields) for pair in query.pairs)
        case Variants(forms):
            return any(_matches(form, document, fields) for form in forms)
        case Scope(name, value):
            return value in (FIELD[name].values(document) or (NOT_STATED,))
    return any(frequency_of(query, field, document) for field in fields)


def _iter_scored(query: Query, fields: Sequence[Field]) -> Iterable[tuple[Query, Sequence[Field]]]:
    """The leaves that add to a score: every one that looks for words and is not below a Not."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _iter_scored(child, fields)
        case Scope(name, Query() as child):
            yield from _iter_scored(child, (FIELD[name],))
        case Phrase() | Near() | Run() | Variants():
            yield query, fields
        case _ if isinstance(query, Leaf):
            yield query, fields
