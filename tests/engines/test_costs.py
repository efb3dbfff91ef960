"""What a query may cost: patterns that stand for too many words, and lists that are too long."""

from pathlib import Path

import pytest

from search.embedded import costs
from search.engine import Engine, Request, Selection, Sort
from search.engines import open_engine
from search.errors import QueryTooCostly
from search.query import Near, Not, Or, Phrase, Prefix, Query, Term, all_of
from tests.invented import answer, briefing, publish


def many(tmp_path: Path) -> Engine:
    """An engine with forty words that begin alike, in segments of their own; the later words are rarer."""
    engine = open_engine(tmp_path)
    said = [" ".join(f"zeta{word:02}" for word in range(limit)) for limit in (40, 10, 5)]
    for n, text in enumerate(said, 1):
        engine.add([publish(briefing(f"2025-06-0{n}", answer(1, "Which?", text)))], sequence=n)
    return engine


def test_the_rarest_forms_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern stands for its most frequent words; how many were left out is said, and totals are lower bounds."""
    engine = many(tmp_path)
    assert engine.find(Request(Prefix("zeta"))).left_out == {}
    monkeypatch.setattr(costs, "MAX_FORMS", 5)
    results = engine.find(Request(all_of(Prefix("zeta"), Term("zeta04"))))
    assert results.left_out == {Prefix("zeta"): 35}
    assert results.total == 3
    assert engine.find(Request(all_of(Prefix("zeta"), Not(Term("zeta04"))))).total == 0
    engine.close()


def test_too_many_forms_are_not_excluded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below a Not a pattern that cannot be looked for whole is refused: it would let through what it should not."""
    engine = many(tmp_path)
    assert engine.find(Request(Not(Prefix("zeta")))).total == 0
    monkeypatch.setattr(costs, "MAX_FORMS", 5)
    with pytest.raises(QueryTooCostly):
        engine.find(Request(Not(Prefix("zeta"))))
    engine.close()


@pytest.mark.parametrize(
    "query", [Prefix("zeta"), Or((Term("zeta01"), Term("zeta02"))), Near(("zeta01", "zeta02"), 3), Not(Prefix("zeta"))]
)
def test_what_costs_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: Query) -> None:
    """A query whose lists are too long is neither found nor counted, in no part; one that is within the bound is."""
    engine = many(tmp_path)
    monkeypatch.setattr(costs, "MAX_PLACES", 3)
    for ask in (
        lambda: engine.find(Request(query)),
        lambda: engine.count((query,)),
        lambda: engine.scan(query, Selection(), Sort.NEWEST),  # at once, before the first hit is asked for
    ):
        with pytest.raises(QueryTooCostly):
            ask()
    assert engine.count((Term("zeta01"),)) == (3,)
    engine.close()


def test_nearness_costs_more_the_more_words_are_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word is looked for from each place of the others: many frequent words near each other are refused.

    The same words as a phrase are not, nor are frequent ones near a rare one.
    """
    engine = open_engine(tmp_path)
    words = tuple(f"zeta{word:02}" for word in range(20))
    said = answer(1, "Which?", " ".join(words * 20)), answer(2, "And?", f"kelp {words[0]}")
    engine.add([publish(briefing("2025-06-01", *said))], sequence=1)
    monkeypatch.setattr(costs, "MAX_PLACES", 10_000)
    with pytest.raises(QueryTooCostly):
        engine.count((Near(words, 100),))
    assert engine.count((Phrase(words), Near(words[:2], 100), Near(("kelp", words[0]), 100))) == (1, 1, 1)
    engine.close()
