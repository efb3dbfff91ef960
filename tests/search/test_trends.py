"""Counts over time: what is known of days without a briefing, and how far a chart goes."""

from dataclasses import replace
from datetime import date

import pytest

from search.engine import Selection
from search.histogram import Span, clipped, periods
from search.holdings import Coverage
from search.model import Adjournment
from search.query import All, Term
from search.trends import Asked, State, count_trends, editions_picked, time_axis, within_edition
from tests.invented import answer, briefing, publish
from tests.oracle import OracleEngine


def day(text: str) -> Span:
    """A span of one day."""
    return date.fromisoformat(text), date.fromisoformat(text)


def covered(publisher: str, first: str, last: str, *adjourned: tuple[str, str], language: str = "en") -> Coverage:
    """What there is of a publisher."""
    free = tuple(Adjournment(date.fromisoformat(a), date.fromisoformat(b)) for a, b in adjourned)
    return Coverage(publisher, language, date.fromisoformat(first), date.fromisoformat(last), 9, 9, "", free)


VALDRIA = covered("xv-mfa", "2024-01-02", "2024-03-01", ("2024-02-09", "2024-02-11"), ("2024-03-02", "2024-03-05"))
WESTMARK = covered("xw-gov", "2024-02-10", "2024-12-30")


def states(editions: tuple[Coverage, ...], *spans: Span) -> str:
    """The first letter of the state of each span, where nothing is in the index."""
    (trend,) = count_trends(OracleEngine(), [Asked(All(), Selection(), editions)], spans)
    return "".join(state.value[0] for state in trend.states)


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ((VALDRIA,), "mnnnm"),
        ((VALDRIA, WESTMARK), "mnmmm"),  # of Westmark, which begins on the tenth, nobody knows
        ((VALDRIA, covered("xv-mfa", "2024-01-02", "2024-12-30", language="zh")), "mnnnm"),  # the same briefings
        ((), "mmmmm"),
    ],
)
def test_what_is_known_of_empty_days(editions: tuple[Coverage, ...], expected: str) -> None:
    """A day is known to be free if every publisher that covers it said so, in whatever language; else it is missing."""
    days = [day(text) for text in ("2024-02-08", "2024-02-09", "2024-02-10", "2024-03-05", "2024-03-06")]
    assert states(editions, *days) == expected


def test_a_longer_span_is_free_if_all_its_days_are() -> None:
    """A stretch of days is known to be free only as a whole."""
    spans = [(date(2024, 2, 9), date(2024, 2, 11)), (date(2024, 2, 9), date(2024, 2, 12))]
    assert states((VALDRIA,), *spans) == "nm"


def test_shares_are_of_publishers_languages_and_years_picked() -> None:
    """All answers are those of the publisher, language and year picked; an outlet or the words do not narrow them."""
    engine = OracleEngine()
    first = briefing("2024-02-08", answer(1, "Kelp?", "No."), answer(2, "Kelp?", "Yes.", asker="Northern Wire"))
    engine.add([publish(first), publish(briefing("2024-02-08", answer(1, "¿?", "No."), language="es"))], sequence=1)
    picked = Selection({"language": ("en",), "outlet": ("Northern Wire",)})
    editions = editions_picked(engine.coverage(), picked)
    assert [one.language for one in editions] == ["en"]
    (trend,) = count_trends(engine, [Asked(Term("kelp"), picked, editions)], [day("2024-02-08"), day("2024-02-09")])
    assert (trend.counts, trend.of, trend.total) == ((1, 0), (2, 0), 1)
    assert trend.states == (State.BRIEFED, State.MISSING)


def test_an_edition_is_picked_alone() -> None:
    """Of what is picked, the publisher and the language give way to the edition's; the rest stays."""
    picked = Selection({"publisher": ("xv-mfa", "xw-gov"), "outlet": ("AFP",)}, {"language": ("zh",)})
    assert within_edition(picked, WESTMARK) == replace(
        picked, include={"publisher": ("xw-gov",), "language": ("en",), "outlet": ("AFP",)}
    )
    assert editions_picked((VALDRIA, WESTMARK), Selection(exclude={"publisher": ("xv-mfa",)})) == (WESTMARK,)


HITS = (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("since", "until", "hits", "expected"),
    [
        (None, None, HITS, HITS),
        (None, None, None, (date(2024, 1, 2), date(2024, 12, 30))),
        (date(2024, 2, 10), None, HITS, (date(2024, 2, 10), date(2024, 2, 29))),
        (date(2023, 12, 30), date(2024, 1, 3), HITS, (date(2023, 12, 30), date(2024, 1, 3))),
        (date.min, date.max, HITS, (date(2024, 1, 2), date(2024, 12, 30))),
        (date(1990, 1, 1), date(1991, 1, 1), None, None),
    ],
)
def test_how_far_a_chart_goes(since: date | None, until: date | None, hits: Span | None, expected: Span | None) -> None:
    """To the days picked if they are few; else no farther than the collection; else from first hit to last."""
    assert time_axis(Selection(since=since, until=until), (VALDRIA, WESTMARK), hits) == expected
    assert time_axis(Selection(since=since, until=until), (), hits) is None


def test_spans_are_cut_by_the_days_picked() -> None:
    """What lies outside is left out, what reaches over is cut."""
    spans = periods(date(2023, 1, 1), date(2024, 12, 31), "year")
    assert clipped(spans, date(2024, 2, 8), None) == ((date(2024, 2, 8), date(2024, 12, 31)),)
    assert clipped(spans, None, date(2022, 1, 1)) == ()
