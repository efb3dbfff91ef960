"""Queries whose answer is known."""

from itertools import chain

import pytest

from benchmarks.ranking_queries import KINDS, MIN_ANSWER, RECALLED, SAMPLED, SLIPS, KnownItem, Questioner, Words
from search.highlight import Highlighter
from search.model import Document
from search.query import iter_positive
from search.syntax import parse_query
from search.text import iter_tokens
from search.words import Leaf
from tests.benchmarks.topics import PLACE, make_documents, topic_words
from tests.invented import answer, briefing, publish

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
    """There are as many queries of every kind as were asked for; invented words have no other forms."""
    kinds = [item.kind for item in asked]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys((k for k in KINDS if k != "reworded"), 10)


def test_query_matches_what_it_looks_for(asked: list[KnownItem]) -> None:
    """The words of a query without a slip stand in its document."""
    plain = [item for item in asked if item.kind not in SLIPS and '"' not in item.text]
    assert [item.text for item in plain if not is_held(item.text, BY_ID[item.target])] == []


def test_phrase_is_quoted_from_the_answer(asked: list[KnownItem]) -> None:
    """A phrase stands in the answer as it is typed."""
    quoted = [item for item in asked if item.kind == "phrase"]
    assert all(item.text.strip('"') in BY_ID[item.target].item.answer for item in quoted)
    assert all(len(item.text.split()) in range(3, 6) for item in quoted)


def test_what_is_recalled_stands_side_by_side(asked: list[KnownItem]) -> None:
    """More words are typed without quotation marks than within, and they stand side by side too."""
    recalled = [item for item in asked if item.kind == "recalled"]
    assert all(item.text in BY_ID[item.target].item.answer.lower() for item in recalled)
    assert all(len(item.text.split()) in range(RECALLED[0], RECALLED[1] + 1) for item in recalled)


def test_what_is_misremembered_has_one_word_wrong(asked: list[KnownItem]) -> None:
    """All words but one of what is misremembered stand side by side in the answer."""
    for item in asked:
        if item.kind == "misremembered":
            words = item.text.split()
            said = [token.terms[0] for token in iter_tokens(BY_ID[item.target].item.answer)]
            runs = [said[at : at + len(words)] for at in range(len(said) - len(words) + 1)]
            assert min(sum(a != b for a, b in zip(words, run, strict=True)) for run in runs) == 1


def test_misspelt_name_stands_nowhere(asked: list[KnownItem]) -> None:
    """Of a misspelt query the word for the topic stands in the document, the name does not."""
    for item in asked:
        if item.kind == "misspelt":
            name, topic = item.text.split()
            assert is_held(topic, BY_ID[item.target])
            assert name != PLACE
            assert not is_held(name, BY_ID[item.target])


def test_other_forms_have_the_stem_of_a_word() -> None:
    """Of a word typed in one form, the others that the collection has are known, and no other word."""
    said = ("The harbour is open.", "All harbours are harboured here.", "A harp is heard.")
    items = [answer(n, "What of it?", text) for n, text in enumerate(said, 1)]
    documents = publish(briefing("2024-01-01", *items)).documents
    words = Words([document for document in documents for _ in range(SAMPLED)])
    assert words.other_forms("harbour", "en") == ["harboured", "harbours"]


def test_reworded_query_has_one_word_in_another_form() -> None:
    """Its words match where they come from, one of them by its stem alone."""
    items = [
        answer(
            n, f"Will the ferry{'s' * (n % 2)} and the bridge{'s' * (n % 3 == 0)} last? Ferry or bridge?", " so" * 30
        )
        for n in range(1, 101)
    ]
    blank = [answer(n, "And then?", "We shall see.") for n in range(101, 4_000)]
    documents = list(publish(briefing("2024-01-01", *items, *blank)).documents)
    asked = Questioner(documents).ask(10, ("reworded",))
    assert len(asked) == 10
    by_id = {document.id: document for document in documents}
    assert all(is_held(item.text, by_id[item.target]) for item in asked)
    assert {word for item in asked for word in item.text.split()} <= {"ferry", "ferrys", "bridge", "bridges"}


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
