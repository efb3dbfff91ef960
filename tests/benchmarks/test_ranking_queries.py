"""Queries whose answer is known."""

from itertools import chain

import pytest

from benchmarks.ranking_queries import MIN_ANSWER, KnownItem, Questioner, Words
from search.highlight import Highlighter
from search.model import Document
from search.query import iter_positive
from search.syntax import parse_query
from search.text import iter_tokens
from search.words import Leaf
from tests.benchmarks.topics import make_documents, topic_words

DOCUMENTS = make_documents()
BY_ID = {document.id: document for document in DOCUMENTS}


@pytest.fixture(scope="module")
def asked() -> list[KnownItem]:
    """Ten queries of every kind."""
    return Questioner(DOCUMENTS).ask(10)


def is_held(query: str, document: Document) -> bool:
    """Whether every word and phrase of a query stands in a document's question or answer."""
    held = {
        light.node
        for name in ("question", "answer")
        for passage in (document.item.question, document.item.answer)
        for light in Highlighter(parse_query(query).query, name, document.language).lights(passage)
    }
    return {node for node in iter_positive(parse_query(query).query) if isinstance(node, Leaf)} <= held


def test_topic_is_what_comes_in_bursts() -> None:
    """Words that every document has, and words of one document alone, are not for a topic."""
    words = Words(DOCUMENTS)
    topic = topic_words(1)
    assert set(words.topic(f"What of the {topic[0]} and the {topic[1]}, minister?", "en")) == {topic[0], topic[1]}
    assert words.topic("What of the reply once5?", "en") == {}


def test_han_word_is_two_characters_that_keep_together() -> None:
    """Han words are cut where two characters stand together oftener than by chance."""
    found = Words(make_documents("zh")).topic("关于森林和铁路，的的", "zh")
    assert {"森林", "铁路"} <= set(found)
    assert "林和" not in found


def test_every_kind_is_asked(asked: list[KnownItem]) -> None:
    """There are as many queries of every kind as were asked for."""
    kinds = [item.kind for item in asked]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
        ("question", "answer", "name", "phrase", "later"), 10
    )


def test_query_matches_what_it_looks_for(asked: list[KnownItem]) -> None:
    """The words of a query stand in its document."""
    assert [item.text for item in asked if '"' not in item.text and not is_held(item.text, BY_ID[item.target])] == []


def test_phrase_is_quoted_from_the_answer(asked: list[KnownItem]) -> None:
    """A phrase stands in the answer as it is typed."""
    quoted = [item for item in asked if item.kind == "phrase"]
    assert all(item.text.strip('"') in BY_ID[item.target].item.answer for item in quoted)
    assert all(len(item.text.split()) in range(3, 6) for item in quoted)


def test_words_of_a_kind_come_from_its_text(asked: list[KnownItem]) -> None:
    """Of a question's query all words stand in the question, of an answer's in the answer."""
    for item in asked:
        if item.kind in ("question", "answer"):
            text = getattr(BY_ID[item.target].item, item.kind)
            assert set(item.text.split()) <= {t.terms[0] for t in iter_tokens(text)}
            assert 2 <= len(item.text.split()) <= 4


def test_later_question_is_of_another_briefing(asked: list[KnownItem]) -> None:
    """A later question's words come from a briefing of a later day, and they stand in its question."""
    later = [item for item in asked if item.kind == "later"]
    for item in later:
        assert item.source is not None
        source = BY_ID[item.source]
        assert source.date > BY_ID[item.target].date
        assert set(item.text.split()) <= {t.terms[0] for t in iter_tokens(source.item.question)}
    assert all(item.source is None for item in asked if item.kind != "later")


def test_nobody_looks_for_a_short_answer(asked: list[KnownItem]) -> None:
    """A document whose answer is a word or two is never looked for."""
    short = {d.id for d in DOCUMENTS if len(list(iter_tokens(d.item.answer))) < MIN_ANSWER}
    assert short
    assert short.isdisjoint(item.target for item in asked)


def test_queries_are_the_same_every_time(asked: list[KnownItem]) -> None:
    """The same documents give the same queries, and another seed others."""
    assert Questioner(DOCUMENTS).ask(10) == asked
    assert Questioner(DOCUMENTS, seed=1).ask(10) != asked


def test_groups_do_not_mix() -> None:
    """Every publisher and language has queries of its own, made of its own words."""
    both = list(chain(DOCUMENTS, make_documents("zh")))
    groups = {item.group for item in Questioner(both).ask(2)}
    assert groups == {"xv-mfa/en", "xv-mfa/zh"}
