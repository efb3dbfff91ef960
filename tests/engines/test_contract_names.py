"""The contract on runs of Han characters, on variants of a name, on counting, and on near spellings."""

import pytest

from search.engine import Engine, Request, Selection
from search.query import Not, Or, Phrase, Query, Run, Scope, Term, Variants
from search.snippets import light_up
from tests.invented import answer, briefing, publish

WATER = Run(("核", "污", "水"))
KOREA = Variants((Term("ROK"), Phrase(("South", "Korea"))))


@pytest.fixture(autouse=True)
def filled(engine: Engine) -> None:
    """Two briefings are in the index."""
    engine.add(
        [
            publish(
                briefing(
                    "2025-06-01",
                    answer(1, "关于核污水？", "不评论。"),
                    answer(2, "关于核污？", "污水排放，污水排放，污水。"),
                    answer(3, "关于污水？", "核电站。"),
                    language="zh",
                )
            ),
            publish(
                briefing(
                    "2025-06-01",
                    answer(1, "On the ROK?", "Korea asked in the south."),
                    answer(2, "On trade?", "South Korea and the ROK trade. The ROK asked."),
                    answer(3, "On korea?", "Nothing. Traders."),
                )
            ),
        ],
        sequence=1,
    )


def found(engine: Engine, query: Query) -> list[str]:
    """The ids of the hits, without their publisher and day, in order."""
    hits = engine.find(Request(query)).hits
    return [f"{hit.document.language}/{hit.document.item.n}" for hit in hits]


def test_a_run_finds_pairs_and_ranks_itself_first(engine: Engine) -> None:
    """What holds each pair is found, in whichever field; what holds the run comes first, and alone has a score."""
    assert found(engine, WATER) == ["zh/1", "zh/2"]
    first, second = engine.find(Request(WATER)).hits
    assert first.score > 0 == second.score
    assert engine.find(Request(Scope("answer", WATER))).total == 0


def test_a_run_lights_itself_or_its_pairs(engine: Engine) -> None:
    """Where the run stands it is lit whole, elsewhere its pairs are."""
    lit = [
        [piece.text for piece in light_up(text, lights) if piece.hit]
        for hit in engine.find(Request(WATER, lit=("question", "answer"))).hits
        for text, lights in (
            (hit.document.item.question, hit.lights["question"][0]),
            (hit.document.item.answer, hit.lights["answer"][0]),
        )
    ]
    assert lit == [["核污水"], [], ["核污"], ["污水", "污水", "污水"]]


def test_variants_are_found_as_one_word(engine: Engine) -> None:
    """Any of the names is found; their frequencies add up, and they are as rare as all together."""
    assert set(found(engine, KOREA)) == {"en/1", "en/2"}
    results = engine.find(Request(KOREA))
    alone = engine.find(Request(Or((Term("ROK"), Phrase(("South", "Korea"))))))
    assert results.total == alone.total == 2
    assert list(results.rarities) == [KOREA]
    assert max(h.score for h in results.hits) < max(h.score for h in alone.hits)


def test_variants_are_lit(engine: Engine) -> None:
    """Each name is lit, a phrase as a phrase, and all of them as the same."""
    (hit,) = (h for h in engine.find(Request(KOREA, lit=("answer",))).hits if h.document.item.n == 2)
    lights = hit.lights["answer"][0]
    assert [p.text for p in light_up(hit.document.item.answer, lights) if p.hit] == ["South Korea", "ROK", "ROK"]
    assert {light.node for light in lights} == {KOREA}


def test_counting(engine: Engine) -> None:
    """Each query is counted by itself, notes left out, within the selection."""
    asked = (Term("trade"), Not(Term("trade")), WATER, KOREA)
    assert engine.count(asked) == tuple(engine.find(Request(query)).total for query in asked) == (1, 5, 2, 2)
    assert engine.count(asked, Selection(include={"language": ("en",)})) == (1, 2, 0, 2)
    assert engine.count(()) == ()


def test_near_spellings(engine: Engine) -> None:
    """Words are compared folded, and counted as they are written, once a document."""
    assert list(engine.like("Koraa", 1)) == [("korea", 3)]
    assert list(engine.like("trad", 1)) == [("trade", 1)]
    assert list(engine.like("kroea", 1)) == [("korea", 3)]
    assert list(engine.like("nothing", 0)) == [("nothing", 1)]
    assert list(engine.like("absent", 1)) == []


def test_a_deleted_document_is_not_counted(engine: Engine) -> None:
    """Neither by count nor among near spellings."""
    engine.add([publish(briefing("2025-06-01", answer(1, "On trade?", "No.")))], sequence=2)
    assert engine.count((Term("trade"), KOREA)) == (1, 0)
    assert list(engine.like("korea", 1)) == []
