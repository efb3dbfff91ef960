"""The contract on order: words typed side by side come first where they stand side by side."""

import pytest

from search.engine import Engine, Request
from search.query import And, Or, Phrase, Query, Scope, Term, Variants
from tests.invented import answer, briefing, publish

APART = "Talks on fish and talks on grain; trade goes on, and so it does."
TOGETHER = "Fish and grain; so it goes on, and so it does. On trade talks, talks."


@pytest.fixture(autouse=True)
def filled(engine: Engine) -> None:
    """Two answers with the same words as often and as long, in one of which they stand side by side."""
    engine.add([publish(briefing("2025-06-01", answer(1, "On?", APART), answer(2, "On?", TOGETHER)))], sequence=1)


def scores(engine: Engine, query: Query) -> dict[int, float]:
    """The score of each hit, by the number of its item."""
    return {hit.document.item.n: hit.score for hit in engine.find(Request(query)).hits}


TRADE, TALKS = Term("trade"), Term("talks")


@pytest.mark.parametrize(
    "query",
    [
        And((TRADE, TALKS)),
        And((Term("fish"), Phrase(("on",)), TRADE, TALKS)),
        Scope("answer", And((TRADE, TALKS))),
        Or((And((TRADE, TALKS)), Term("absent"))),
        And((Variants((TRADE, Term("commerce"))), TALKS)),
    ],
)
def test_side_by_side_comes_first(engine: Engine, query: Query) -> None:
    """Within an And, a scope, an Or of them, and by the first of a name's variants."""
    found = scores(engine, query)
    assert found[2] > found[1] + 0.05


@pytest.mark.parametrize(
    "query",
    [
        And((TALKS, TRADE)),
        And((TRADE, Phrase(("fish",)), TALKS)),
        Or((TRADE, TALKS)),
        And((TRADE, Scope("answer", TALKS))),
        Scope("question", Term("on")),
    ],
)
def test_order_and_neighbours_matter(engine: Engine, query: Query) -> None:
    """In another order, with something between them, or as alternatives they are words alone."""
    found = scores(engine, query)
    assert found[2] == pytest.approx(found[1], abs=0.02)
