"""tantivy, by its Python package: stemmed and exact fields, fast fields, one pass for the hits, one for the counts.

Words are looked for in stemmed fields, phrases and patterns in exact ones, Han text in fields of single characters, as
its documentation advises; snippets come from the documents in its store by its own generator.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from benchmarks.peers import FACETS, HITS, SNIPPET, VALUES, Made, is_han, words_of
from benchmarks.queries import Question
from search.model import Document
from search.query import All, And, DateRange, Fuzzy, Near, Not, Or, Phrase, Prefix, Run, Scope, Term, Wildcard
from search.query import Query as Tree
from search.schema import FIELD, NOT_STATED

BOTH = ("question", "answer")
MISSING = "(not stated)"
KEYWORDS = (*FACETS, "briefing", "id")
MONTH = "30d"
"""Width of a bar: its date histogram knows no calendar months."""
MEMORY = 256_000_000


def _analyzers() -> dict[str, TextAnalyzer]:
    def simple() -> TextAnalyzerBuilder:
        return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())

    return {
        "stemmed": simple().filter(Filter.stemmer("english")).build(),
        "exact": simple().build(),
        "han": TextAnalyzerBuilder(Tokenizer.regex(r"\p{Han}|[\p{L}\p{N}]+")).filter(Filter.lowercase()).build(),
    }


class Tantivy:
    """An index in a folder, written by one thread and merged into what its own policy makes of it."""

    name = "tantivy"

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        for name in BOTH:
            builder.add_text_field(name, stored=True, tokenizer_name="stemmed")
            builder.add_text_field(f"{name}_exact", tokenizer_name="exact")
            builder.add_text_field(f"{name}_han", stored=True, tokenizer_name="han")
        for name in KEYWORDS:
            builder.add_text_field(name, stored=True, fast=name in FACETS, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", stored=True, tokenizer_name="stemmed")
        builder.add_date_field("day", stored=True, indexed=True, fast=True)
        self._schema = builder.build()
        self._analyzers = _analyzers()
        folder.mkdir(parents=True)
        index = tantivy.Index(self._schema, str(folder))
        for name, analyzer in self._analyzers.items():
            index.register_tokenizer(name, analyzer)
        writer = index.writer(MEMORY, 1)
        for document in documents:
            writer.add_document(_to_tantivy(document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def page(self, question: Question) -> Made:
        """The page: hits, counts, snippets."""
        picks = self._picks(question)
        matching = [(Occur.Must, self._translate(question.query, BOTH)), *self._days(question)]
        query = _all_of([*matching, *(one for clauses in picks.values() for one in clauses)])
        found = self._searcher.search(query, HITS, order_by_field=None if question.is_ranked else "day")
        counts = self._searcher.aggregate(query, {**_terms(f for f in FACETS if f not in picks), "days": _DAYS})
        for name in picks:
            others = [one for field, clauses in picks.items() if field != name for one in clauses]
            counts |= self._searcher.aggregate(_all_of([*matching, *others]), _terms([name]))
        documents = [self._searcher.doc(address) for _, address in found.hits]
        return Made(
            total=found.count,
            hits=len(documents),
            snippets=self._snippets(self._translate(question.query, BOTH, to_light=True), documents),
            values=sum(len(counts[name]["buckets"]) for name in FACETS),
            bars=len(counts["days"]["buckets"]),
        )

    def _snippets(self, query: Query, documents: Sequence[Any]) -> int:
        """Cut a snippet of every question and answer; how many there are."""
        made = 0
        generators: dict[str, Any] = {}
        for document in documents:
            suffix = "_han" if document.get_first("language") == "zh" else ""
            for name in (f"{one}{suffix}" for one in BOTH):
                if name not in generators:
                    generators[name] = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, name)
                    generators[name].set_max_num_chars(SNIPPET)
                snippet = generators[name].snippet_from_doc(document)
                # Where nothing matched, a page shows how the text begins.
                made += bool(snippet.to_html() or (document.get_first(name) or "")[:SNIPPET])
        return made

    def _picks(self, question: Question) -> dict[str, list[tuple[Occur, Query]]]:
        """The clauses of a selection, by field."""
        clauses: dict[str, list[tuple[Occur, Query]]] = {}
        for occur, chosen in ((Occur.Must, question.selection.include), (Occur.MustNot, question.selection.exclude)):
            for name, values in chosen.items():
                terms = [Query.term_query(self._schema, name, value or MISSING, "basic") for value in values]
                clauses.setdefault(name, []).append((occur, Query.const_score_query(_any_of(terms), 0.0)))
        return clauses

    def _days(self, question: Question) -> list[tuple[Occur, Query]]:
        since, until = question.selection.since, question.selection.until
        return [(Occur.Must, self._between(since, until))] if since or until else []

    def _between(self, since: date | None, until: date | None) -> Query:
        low, high = (None if day is None else _instant(day) for day in (since, until))
        return Query.range_query(self._schema, "day", tantivy.FieldType.Date, low, high)

    def _translate(self, node: Tree, fields: Sequence[str], *, to_light: bool = False) -> Query:
        """The query for a tree, whose words are looked for in `fields`.

        With `to_light` it is for snippets, which can be cut of stored fields only: phrases are then of stems.
        """
        match node:
            case All():
                return Query.all_query()
            case And(children):
                return _all_of([self._clause(child, fields, to_light=to_light) for child in children])
            case Or(children):
                return Query.boolean_query(
                    [(Occur.Should, self._translate(c, fields, to_light=to_light)) for c in children]
                )
            case Not(child):
                return _all_of([(Occur.MustNot, self._translate(child, fields, to_light=to_light))])
            case DateRange(since, until):
                return self._between(since, until)
            case Scope(name, str() as value):
                return Query.term_query(self._schema, name, value or MISSING)
            case Scope(name, Tree() as child) if name in BOTH:
                return self._translate(child, (name,), to_light=to_light)
        return _any_of([self._leaf(node, name, to_light=to_light) for name in fields])

    def _clause(self, node: Tree, fields: Sequence[str], *, to_light: bool) -> tuple[Occur, Query]:
        if isinstance(node, Not):
            return Occur.MustNot, self._translate(node.child, fields, to_light=to_light)
        return Occur.Must, self._translate(node, fields, to_light=to_light)

    def _leaf(self, node: Tree, name: str, *, to_light: bool) -> Query:
        """The query for a node without children, in one field."""
        exact = name if to_light else f"{name}_exact"
        cut = self._analyzers["stemmed" if to_light else "exact"]
        match node:
            case Term(text) if not is_han(text):
                return self._phrase(name, self._analyzers["stemmed"].analyze(text))
            case Phrase(words) | Run(words) | Near(words) if is_han(" ".join(words)):
                return self._phrase(f"{name}_han", [one for word in words for one in words_of(word)])
            case Term(text):
                return self._phrase(f"{name}_han", words_of(text))
            case Phrase(words):
                return self._phrase(exact, cut.analyze(" ".join(words)))
            case Near(words, distance):
                return self._phrase(exact, cut.analyze(" ".join(words)), distance)
            case Prefix(text):
                return Query.regex_query(self._schema, exact, f"{text.lower()}.*")
            case Wildcard(pattern):
                regex = pattern.lower().replace("?", ".").replace("*", ".*")
                return Query.regex_query(self._schema, exact, regex)
            case Fuzzy(text):
                return Query.fuzzy_term_query(self._schema, exact, text.lower(), node.edits)
        raise ValueError(f"tantivy is not asked {node}")

    def _phrase(self, name: str, words: list[Any], slop: int = 0) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, name, words[0])
        return Query.phrase_query(self._schema, name, words, slop)


_DAYS = {"date_histogram": {"field": "day", "fixed_interval": MONTH}}


def _terms(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"terms": {"field": name, "size": VALUES}} for name in names}


def _all_of(clauses: Sequence[tuple[Occur, Query]]) -> Query:
    """The And of clauses; one that only excludes starts from everything."""
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses = [(Occur.Must, Query.all_query()), *clauses]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def _any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _to_tantivy(document: Document) -> tantivy.Document:
    """The document in its schema."""
    made = tantivy.Document()
    for name in BOTH:
        text = "\n\n".join(FIELD[name].values(document))
        if document.language == "zh":
            made.add_text(f"{name}_han", text)
        else:
            made.add_text(name, text)
            made.add_text(f"{name}_exact", text)
    made.add_text("title", document.title)
    for name in KEYWORDS:
        for value in dict.fromkeys(FIELD[name].values(document)) or (MISSING,):
            made.add_text(name, value or NOT_STATED)
    made.add_date("day", _instant(document.date))
    return made
