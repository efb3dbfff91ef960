"""Whoosh's own search over the same folder: an independent check on ours, and proof that it is a Whoosh index.

Sets of documents are compared, not scores: Whoosh keeps lengths in one byte and counts deleted documents.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.searching import Searcher

from search.embedded.codec import ArrayCodec
from search.embedded.schema import SEARCHED, document_record, whoosh_schema
from search.embedded.storage import INDEX, generation_folder
from search.embedded.stored import document_from_row
from search.engine import Request
from search.engines import open_engine
from search.errors import IndexIncompatible
from search.model import briefing_of, id_key
from search.query import All, Not, Phrase, Prefix, Query, Scope, Term, Wildcard, all_of, any_of
from search.schema import FIELD, KEYWORDS, TEXTS
from search.text import fold, iter_tokens, query_term
from tests.engines.test_against_oracle import Step, steps
from tests.invented import answer, briefing, note, publish
from tests.strategies import ENTITIES, QUERY_WORDS, SPEAKERS

words = st.sampled_from(QUERY_WORDS)
in_text: st.SearchStrategy[Query] = st.builds(
    Scope,
    st.sampled_from([f.name for f in TEXTS]),
    st.one_of(
        st.lists(words, min_size=1, max_size=3).map(lambda some: Phrase(tuple(some))),
        st.sampled_from(("tr", "trad", "Chi", "tür", "do")).map(Prefix),
        st.sampled_from(("tr?de", "tra*d", "chi?a*", "tr*?d")).map(Wildcard),
    ),
)
held: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from((*SPEAKERS, "nobody")).map(lambda value: Scope("speaker", value)),
    st.sampled_from(("Harbour Post", "Radio Meridian")).map(lambda value: Scope("outlet", value)),
    st.sampled_from(ENTITIES).map(lambda value: Scope("entity", value)),
    st.sampled_from(("2021", "2022")).map(lambda value: Scope("year", value)),
)


def _grown(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda some: all_of(*some)),
        several.map(lambda some: any_of(*some)),
        children.map(lambda child: child.child if isinstance(child, Not) else Not(child)),
    )


queries = st.recursive(st.one_of(in_text, in_text, held), _grown, max_leaves=5)


def translated(query: Query) -> whoosh.Query:
    """What Whoosh calls the same. Raises TypeError where it has no such query."""
    match query:
        case All():
            return whoosh.Every()
        case all_of_them if isinstance(all_of_them, Not):
            return whoosh.Not(translated(all_of_them.child))
        case Scope(name, str() as value):
            return whoosh.Term(name, value)
        case Scope(name, Phrase((word,))):
            return whoosh.Term(name, query_term(word))
        case Scope(name, Phrase(several)):
            return whoosh.Phrase(name, [query_term(word) for word in several], slop=1)
        case Scope(name, Prefix(start)):
            return whoosh.Prefix(name, fold(start))
        case Scope(name, Wildcard(pattern)):
            return whoosh.Wildcard(name, pattern)
    children = [translated(child) for child in query.children]  # type: ignore[attr-defined]
    return whoosh.And(children) if type(query).__name__ == "And" else whoosh.Or(children)


@contextmanager
def searching(folder: Path) -> Iterator[Searcher]:
    """Whoosh's own searcher over the live generation."""
    home = generation_folder(folder, int((folder / "CURRENT").read_text()))
    with FileIndex(FileStorage(str(home)), indexname=INDEX).searcher() as searcher:
        yield searcher


def whoosh_ids(searcher: Searcher, query: Query) -> list[str]:
    """The ids of the searched documents that Whoosh finds, in order."""
    # It finds heads and notes too, where a Not lets them through: they have no language.
    searched = whoosh.Or([whoosh.Term("language", language) for language in ("en", "es", "zh")])
    found = searcher.search(whoosh.And([translated(query), searched]), limit=None)
    return sorted((document_from_row(hit["record"]).id for hit in found), key=id_key)


@settings(max_examples=settings().max_examples // 2)
@given(history=st.lists(steps, min_size=1, max_size=4), asked=st.lists(queries, min_size=3, max_size=6))
def test_whoosh_finds_the_same_documents(history: list[Step], asked: list[Query]) -> None:
    """Words as written, phrases, prefixes, patterns, values and And, Or, Not, after deletions and merges."""
    known: list[str] = []
    with TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        folder = Path(home) / "index"
        engine = open_engine(folder)
        for sequence, step in enumerate(history, 1):
            patch.setattr("search.embedded.writer.choose_merge", step.choose)
            engine.add(step.batch, sequence=sequence, tombstones=step.stones(known))
            known = sorted({*known, *(p.briefing.id for p in step.batch)}, key=id_key)
        with searching(folder) as searcher:
            for query in asked:
                hits = engine.find(Request(query=query, limit=1_000, facets=())).hits
                assert sorted((hit.document.id for hit in hits), key=id_key) == whoosh_ids(searcher, query)
            assert_kept(searcher, {id: engine.documents(id) for id in known if engine.tombstone(id) is None})
        engine.close()


def assert_kept(searcher: Searcher, documents: dict[str, Sequence[object]]) -> None:
    """Whoosh reads what is stored of each document, counts as many, and knows how long each is."""
    reader = searcher.reader()
    found = {}
    for number, fields in reader.iter_docs():
        if not isinstance(fields["record"], list) or len(fields["record"]) < 10:
            continue  # no document: a head, a text from before, a tombstone
        document = document_from_row(fields["record"])
        found[document.id] = document
        record = document_record(document)
        assert document in documents[briefing_of(document.id)]
        for text, passages in zip(TEXTS, record.texts, strict=bool(record.texts)):
            counted = sum(1 for passage in passages for _ in iter_tokens(passage))
            assert reader.doc_field_length(number, text.name) == counted
        for keyword in KEYWORDS:
            assert reader.doc_field_length(number, keyword.name) == len(record.values(keyword.name))
        assert (record.kind == SEARCHED) == bool(record.values("language"))
        assert reader.doc_field_length(number, "record") == 0
    assert len(found) == sum(map(len, documents.values()))
    assert searcher.doc_count() == sum(1 for _ in reader.iter_docs()) <= searcher.doc_count_all()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that holds one briefing of two answers and a note."""
    engine = open_engine(tmp_path / "index")
    said = (
        answer(1, "Any kelp?", "Kelp, said China's US envoy."),
        answer(2, "Why?", "No."),
        note(3, "Kelp is laid out."),
    )
    engine.add([publish(briefing("2024-01-01", *said))], sequence=1)
    engine.close()
    return tmp_path / "index"


def test_whoosh_reads_the_dictionary(folder: Path) -> None:
    """Its terms are ours, in order, with their numbers of documents and their frequencies."""
    with searching(folder) as searcher:
        reader = searcher.reader()
        terms = [term.decode() for term in reader.lexicon("answer")]
        assert terms == ["US", "china", "china's", "envoy", "kelp", "no", "said", "us"]
        assert (reader.doc_frequency("answer", "kelp"), reader.frequency("answer", "kelp")) == (1, 1)
        assert list(reader.expand_prefix("answer", "china")) == [b"china", b"china's"]
        assert [(text, info.doc_frequency()) for text, info in reader.iter_field("speaker")] == [(b"Ilsa Verlaine", 2)]
        assert list(reader.lexicon("id")) == [f"xv-mfa/en/2024-01-01/{n}".encode() for n in (1, 2, 3)]
        assert ("answer", b"absent") not in reader
        assert {name for name, _ in reader.all_terms()} == {"key", *FIELD} - {"entity", "about", "within"}
        assert sorted(reader.schema.names()) == sorted(whoosh_schema().names())


def index_of(folder: Path) -> FileIndex:
    """The live generation, as Whoosh opens it."""
    return FileIndex(FileStorage(str(generation_folder(folder, 1))), indexname=INDEX)


def test_whooshs_own_writer_is_refused(folder: Path) -> None:
    """With our codec or its own, it says what to use instead, and the index stays as it is."""
    refused, codec = r"own writer cannot write here \(use search.embedded.writer\)", ArrayCodec()
    for write in (codec.new_segment, codec.per_document_writer, codec.field_writer):
        with pytest.raises(IndexIncompatible, match=refused):
            write(FileStorage(str(folder)), INDEX)
    for fields in ({"key": "x", "answer": "Kelp."}, {"key": "x", "speaker": "Tomas Reed"}):
        writer = index_of(folder).writer()
        with pytest.raises(IndexIncompatible, match=refused):
            writer.add_document(**fields)
        writer.cancel()
    engine = open_engine(folder)
    assert engine.find(Request(query=Term("kelp"))).total == 1
    engine.add([publish(briefing("2024-01-02", answer(1, "Any kelp?", "Kelp.")))], sequence=2)
    assert engine.find(Request(query=Term("kelp"))).total == 2
    engine.close()


def test_a_plain_segment_of_whooshs_is_an_error_at_open(folder: Path) -> None:
    """What Whoosh wrote anew, as its optimize does, is no index of ours; the error says what to do."""
    index_of(folder).optimize()
    engine = open_engine(folder)
    with pytest.raises(IndexIncompatible, match="run lectern rebuild"):
        engine.find(Request())
    with pytest.raises(IndexIncompatible, match="run lectern rebuild"):
        engine.add([], sequence=2)
    engine.close()
