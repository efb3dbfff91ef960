"""The contract on words: which forms of a word are found in which language, and where a hit says that it matched."""

import math

import pytest

from search.engine import Engine, Request
from search.highlight import Highlighter
from search.query import Phrase, Scope, Term, all_of, any_of
from search.schema import BM25_K1, FIELD
from search.syntax import parse_query
from tests.invented import answer, briefing, publish

WORDS = publish(
    briefing(
        "2025-06-01",
        answer(1, "On sanctions?", "They sanctioned NGOs and an SME. The aid arrives."),
        answer(2, "On AIDS?", "The NGO talks. Sanction nobody: traders trade."),
    )
)
PALABRAS = publish(
    briefing(
        "2025-06-01",
        answer(1, "¿Las naciones?", "La nación tiene una economía. Sanctions, dijo la ONU."),
        answer(2, "¿Y la energía?", "Hay energías nuevas, declaraciones y tecnologías."),
        language="es",
    )
)
CIYU = publish(briefing("2025-06-01", answer(1, "关于sanctions？", "建设5G网络，talks继续。"), language="zh"))


@pytest.fixture(autouse=True)
def filled(engine: Engine) -> None:
    """A briefing in each of three languages is in the index."""
    engine.add([WORDS, PALABRAS, CIYU], sequence=1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanction", {"en/1", "en/2"}),  # not Spanish, where "sanctions" is no form of it
        ("sanctions", {"en/1", "en/2", "es/1", "zh/1"}),
        ('"sanctions"', {"en/1", "es/1", "zh/1"}),
        ('"sanction"', {"en/2"}),
        ("sanctioning", {"en/1", "en/2"}),
        ("talk", {"en/2"}),  # not Chinese, which has no stemmer
        ("trade", {"en/2"}),
        ('"trade"', {"en/2"}),
        ("tradings", {"en/2"}),
        ("NGO", {"en/1", "en/2"}),
        ("NGOs", {"en/1", "en/2"}),
        ("ngo", {"en/1", "en/2"}),
        ("ngos", {"en/1"}),
        ('"NGOs"', {"en/1"}),
        ('"NGO"', {"en/2"}),
        ("SMEs", {"en/1"}),
        ("aid", {"en/1"}),  # not AIDS
        ("aids", {"en/1", "en/2"}),
        ("AIDS", {"en/2"}),
        ("nacion", {"es/1"}),
        ("naciones", {"es/1"}),
        ("economias", {"es/1"}),
        ("economia", {"es/1"}),
        ("energias", {"es/2"}),
        ("declaración", {"es/2"}),
        ("declaracion", {"es/2"}),
        ('"declaracion"', set()),
        ("tecnologia", {"es/2"}),
        ("tecnologia -lang:es", set()),
        ("q:nacion", {"es/1"}),
        ("a:naciones", {"es/1"}),
        ("5G网络", {"zh/1"}),
        ("网络 sanctions", {"zh/1"}),
        ('"sanction nobody"', {"en/2"}),
        ('"sanctions nobody"', set()),  # a phrase is exact
        ('"sanctions nobody"~3', set()),  # and so is nearness
        ("sanct* -sanction", {"es/1", "zh/1"}),
    ],
)
def test_a_plain_word_finds_its_forms_in_the_documents_language(engine: Engine, query: str, expected: set[str]) -> None:
    """A word stands for its forms, language by language; in quotes, for itself."""
    found = engine.find(Request(query=parse_query(query).query))
    ids = [h.document.id.split("/") for h in found.hits]
    assert {f"{language}/{n}" for _, language, _, n in ids} == expected


def test_forms_are_scored_as_one_word(engine: Engine) -> None:
    """All forms count together, and rare is what few documents hold in any; half of a score is the form typed."""
    typed = ("nación", "nacion", "naciones", "nacional")
    found = [engine.find(Request(query=Term(word))) for word in typed]
    assert [f.total for f in found] == [1, 1, 1, 0]
    assert found[0].hits[0].score == found[1].hits[0].score
    both, exact = (engine.find(Request(query=query)).hits[0].score for query in (Term("nación"), Phrase(("nación",))))
    alone = 2 * both - exact  # all forms together
    (rarity,) = found[0].rarities.values()
    assert alone > both
    assert rarity < alone < rarity * (BM25_K1 + 1)
    # Two documents of five hold "sanction" in a form, four of five "sanctions": two of them in other languages.
    rarities = [engine.find(Request(query=Term(word))).rarities[Term(word)] for word in ("sanction", "sanctions")]
    assert rarities == pytest.approx([math.log(1 + 3.5 / 2.5), math.log(1 + 1.5 / 4.5)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanctions", {"question": [["sanctions"]], "answer": [["sanctioned"]], "title": [[]]}),
        ('"sanctions"', {"question": [["sanctions"]], "answer": [[]], "title": [[]]}),
        ("title:press sanctions", {"question": [["sanctions"]], "answer": [["sanctioned"]], "title": [["Press"]]}),
        ("a:sanctions -kelp", {"question": [[]], "answer": [["sanctioned"]], "title": [[]]}),
        ('"ngos and an"', {"question": [[]], "answer": [["NGOs and an"]], "title": [[]]}),
        ('NGO "and aid"~9', {"question": [[]], "answer": [["NGOs", "and", "aid"]], "title": [[]]}),
        (
            '"they sanctioned" OR "sanctioned ngos"',
            {"question": [[]], "answer": [["They sanctioned NGOs"]], "title": [[]]},
        ),
        ("date:2025", {"question": [[]], "answer": [[]], "title": [[]]}),
    ],
)
def test_a_hit_says_where_it_matched(engine: Engine, query: str, expected: dict[str, list[list[str]]]) -> None:
    """For each field asked for and each of its passages, the spans that matched, overlapping ones as one."""
    tree = all_of(parse_query(query).query, Scope("id", "xv-mfa/en/2025-06-01/1"))
    (hit,) = engine.find(Request(query=tree, lit=("question", "answer", "title"))).hits
    assert {
        field: [
            [passage[light.start : light.end] for light in lights]
            for passage, lights in zip(FIELD[field].values(hit.document), hit.lights[field], strict=True)
        ]
        for field in hit.lights
    } == expected


def test_every_passage_has_lights_of_its_own(engine: Engine) -> None:
    """Two speakers are two passages; what nobody asked for is not said; lights are the highlighter's."""
    said = answer(1, "On kelp?", "We sell kelp.", second=("Tomas Reed", "In May, selling kelps."))
    engine.add([publish(briefing("2025-07-01", said))], sequence=2)
    query = any_of(Term("kelp"), Phrase(("in", "may")))
    (hit,) = engine.find(Request(query=query, lit=("answer",))).hits
    highlighter = Highlighter(query, "answer", "en")
    assert hit.lights == {"answer": tuple(map(highlighter.lights, ("We sell kelp.", "In May, selling kelps.")))}
    assert [[light.node for light in lights] for lights in hit.lights["answer"]] == [
        [Term("kelp")],
        [Phrase(("in", "may")), Term("kelp")],
    ]
    assert engine.find(Request(query=query)).hits[0].lights == {}
