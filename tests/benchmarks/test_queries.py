"""The list of queries, and how a repeat differs from the next."""

from datetime import date

import pytest

from benchmarks.collection import invent
from benchmarks.queries import QUERIES, Asked, Survey, Variation
from search.addresses import pairs_of
from search.query import Not, Scope, iter_nodes
from search.syntax import parse_query

COLLECTION = invent(200)
VARIATION = Variation(Survey(COLLECTION.documents))
ALL = Asked("")


def test_list_is_long_and_each_has_a_name() -> None:
    """There are at least forty queries, no two of the same name."""
    assert len({asked.name for asked in QUERIES}) == len(QUERIES) >= 40


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_nothing_has_to_be_guessed(asked: Asked) -> None:
    """Every query is read as it is typed, and so is what a repeat makes of it."""
    assert parse_query(asked.text, strict=True)
    assert parse_query(VARIATION.question(asked, 2).request.text, strict=True)


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_no_two_repeats_ask_the_same(asked: Asked) -> None:
    """Ten repeats of a query are ten different requests, each with an address of its own."""
    questions = [VARIATION.question(asked, repeat) for repeat in range(10)]
    assert len({pairs_of(q.request) for q in questions}) == 10
    assert [q.query for q in questions] == [parse_query(q.request.text).query for q in questions]


def test_a_repeat_changes_little() -> None:
    """What the filter of a repeat takes away is a small part of the collection, and never nothing."""
    documents = invent(3_000).documents
    variation = Variation(Survey(documents))
    for repeat in range(1, 7):
        question = variation.question(ALL, repeat)
        since, until = question.selection.since or date.min, question.selection.until or date.max
        kept = [d for d in documents if since <= d.date <= until and d.briefing not in question.request.text]
        assert 0.85 * len(documents) < len(kept) < len(documents)


def test_repeats_take_turns() -> None:
    """Odd repeats move a range of days, even ones leave a briefing out; an Or keeps its parentheses then."""
    odd, even = VARIATION.question(Asked("wheat OR lithium"), 1), VARIATION.question(Asked("wheat OR lithium"), 2)
    assert odd.selection.since
    assert odd.request.text == "wheat OR lithium"
    assert not even.selection
    assert even.request.text.startswith("(wheat OR lithium) -briefing:")
    assert any(isinstance(n, Not) and isinstance(n.child, Scope) for n in iter_nodes(even.query))


def test_picks_are_the_most_frequent_values() -> None:
    """Ranks stand for values, most frequent first; a rank beyond the last is the last."""
    survey = Survey(COLLECTION.documents)
    names = survey.values("publisher")
    counts = [sum(d.publisher == name for d in COLLECTION.documents) for name in names]
    assert counts == sorted(counts, reverse=True)
    question = VARIATION.question(Asked("", picks={"publisher": (0, 99)}), 1)
    assert question.selection.include == {"publisher": (names[0], names[-1])}


def test_words_are_ranked_and_filters_are_not() -> None:
    """A query with words is by relevance, one of filters alone is newest first."""
    assert VARIATION.question(Asked("wheat"), 2).is_ranked
    assert not VARIATION.question(ALL, 2).is_ranked
