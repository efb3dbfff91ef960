"""The contract of counting by days: what `count_within` counts, for the oracle and every engine."""

from datetime import date

import pytest

from search.engine import Engine, Request, Selection, Tombstone
from search.histogram import periods
from search.query import All, Scope, Term
from tests.invented import answer, briefing, note, publish, statement

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(autouse=True)
def filled(engine: Engine) -> None:
    """Briefings of three days, one of them in two languages, in two commits."""
    engine.add(
        [
            publish(
                briefing("2024-02-08", answer(1, "The ferry?", "It rests."), answer(2, "Kelp?", "The kelp grows."))
            ),
            publish(briefing("2024-02-08", answer(1, "¿El ferry?", "No."), language="es")),
        ],
        sequence=1,
    )
    engine.add(
        [
            publish(briefing("2024-02-09", statement(1, "No kelp."), note(2, "The ferry is a note."))),
            publish(briefing("2025-01-01", answer(1, "Kelp and the ferry?", "Both."))),
        ],
        sequence=2,
    )


def test_each_query_is_counted_in_each_span(engine: Engine) -> None:
    """A row for each query, in it a number for each span; notes are not counted."""
    spans = [YEAR, (date(2024, 2, 8), date(2024, 2, 8)), (date(2024, 2, 9), date(2024, 2, 9))]
    asked = [(query, Selection()) for query in (Term("ferry"), Term("kelp"), All())]
    assert engine.count_within(asked, spans) == ((2, 2, 0), (2, 1, 1), (4, 3, 1))


def test_spans_may_overlap_and_reach_beyond_the_collection(engine: Engine) -> None:
    """Spans are counted each for itself, to both ends of the calendar."""
    spans = [YEAR, (date.min, date.max), (date(1900, 1, 1), date(1950, 1, 1)), (date(2999, 1, 1), date.max)]
    assert engine.count_within([(All(), Selection())], spans) == ((4, 5, 0, 0),)


def test_each_query_has_a_selection_of_its_own(engine: Engine) -> None:
    """Picked values and days narrow the query they stand with, and no other."""
    picked = Selection({"language": ("en",)}, until=date(2024, 2, 8))
    asked = [(Term("ferry"), picked), (All(), picked), (Term("ferry"), Selection()), (Term("ferry"), picked)]
    assert engine.count_within(asked, [YEAR, (date.min, date.max)]) == ((1, 1), (2, 2), (2, 3), (1, 1))


def test_what_is_removed_is_not_counted(engine: Engine) -> None:
    """A withdrawn briefing's answers are gone from the counts."""
    engine.add([], sequence=3, tombstones=[Tombstone("xv-mfa/en/2024-02-08", "2026-01-02T00:00:00+00:00", "")])
    assert engine.count_within([(All(), Selection())], [YEAR]) == ((2,),)


def test_nothing_asked_is_nothing_counted(engine: Engine) -> None:
    """No query gives no row, no span an empty one."""
    assert engine.count_within([], [YEAR]) == ()
    assert engine.count_within([(Scope("outlet", "nobody"), Selection())], []) == ((),)


@pytest.mark.parametrize("unit", ["year", "month", "day"])
def test_bars_of_any_width_add_up_to_the_total(engine: Engine, unit: str) -> None:
    """Whole years, months or days from the first day to the last hold every hit once."""
    spans = periods(date(2024, 2, 8), date(2025, 1, 1), unit)  # type: ignore[arg-type]
    (counts,) = engine.count_within([(Term("ferry"), Selection())], spans)
    assert sum(counts) == engine.find(Request(Term("ferry"))).total
