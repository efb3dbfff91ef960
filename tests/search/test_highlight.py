"""Lights: exactly what matched."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.engine import Light, Publication
from search.highlight import Highlighter, merge_lights, near_members
from search.query import Query, Run, Term
from search.schema import BARE, FIELD
from search.syntax import parse_query
from search.words import Leaf
from tests.oracle import _iter_scored
from tests.oracle_words import frequency_of
from tests.strategies import leaves, publications, queries


def lit(query: str, text: str, field: str = "answer", language: str = "en") -> list[str]:
    """The lit words."""
    return [text[x.start : x.end] for x in Highlighter(parse_query(query).query, field, language).lights(text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("US", "The US told us, the U.S. said.", ["US", "U.S."]),
        ("us", "The US told us.", ["US", "us"]),
        ('"trade talks"', "Trade talks, not talks of trade.", ["Trade talks"]),
        ('"the trade of"', "the trade of the trade of", ["the trade of", "the trade of"]),
        ("China", "China’s plan, China-Valdria", ["China’s", "China"]),
        ('"nuclear contaminated"', "nuclear-contaminated water", ["nuclear-contaminated"]),
        ("talks -trade", "trade talks", ["talks"]),
        ("q:talks", "talks", []),
        ("a:talks", "talks", ["talks"]),
        ("trade OR talk*", "trade talks talked", ["trade", "talks", "talked"]),
        ('"trade talks"~2', "talks on trade and talks", ["talks", "trade", "talks"]),
        ('"trade talks"~1', "trade, but no more talks", []),
        ('outlet:"talks" date:2024', "talks 2024", []),
        ("title:talks", "talks", []),
        ("中国", "中国和国中", ["中国"]),
        ("<script>", "a <script> b", ["script"]),
        ("talk", "Talks, talking, “talk”; NGO", ["Talks", "talking", "talk"]),
        ('"talk"', "Talks, talking, “talk”", ["talk"]),
        ("NGOs", "NGOs, the NGO’s view, ngo", ["NGOs", "NGO’s"]),
    ],
)
def test_what_is_lit(query: str, text: str, expected: list[str]) -> None:
    """A phrase is lit as a phrase, a word as a word, nothing else."""
    assert lit(query, text) == expected


def test_forms_are_lit_by_the_language_of_the_text() -> None:
    """A Spanish text is lit by Spanish forms, a Chinese one by none."""
    assert lit("naciones", "una nación, dos naciones", language="es") == ["nación", "naciones"]
    assert lit("talk", "会谈（talks）", language="zh") == []


def test_what_overlaps_is_one_light() -> None:
    """Spans that overlap are one, lit for the first; those that only touch are two; order does not matter."""
    nodes = (Term("b"), Term("a"))
    spans = [(5, 9, 0), (0, 3, 1), (3, 4, 0), (8, 12, 1), (9, 10, 0)]
    expected = (Light(0, 3, nodes[1]), Light(3, 4, nodes[0]), Light(5, 12, nodes[0]))
    assert merge_lights(spans, nodes) == expected
    assert merge_lights(reversed(spans), nodes) == expected
    assert merge_lights([], nodes) == ()


@given(
    st.dictionaries(st.integers(0, 30), st.sets(st.sampled_from("abc"), min_size=1), max_size=15),
    st.lists(st.sampled_from("abc"), min_size=2, max_size=4),
    st.integers(0, 4),
)
def test_words_near_each_other_are_lit(stands: dict[int, set[str]], words: list[str], distance: int) -> None:
    """Exactly the wanted words of every window that holds all of them, as often as wanted; each once, in order."""
    need, window = Counter(words), len(words) + distance
    positions = [(p, stands[p] & need.keys()) for p in sorted(stands) if stands[p] & need.keys()]
    lit: set[int] = set()
    for start, _ in positions:
        within = [(p, terms) for p, terms in positions if start <= p < start + window]
        if all(sum(word in terms for _, terms in within) >= n for word, n in need.items()):
            lit.update(p for p, _ in within)
    assert list(near_members(positions, need, window)) == sorted(lit)


@given(publications(), leaves)
def test_a_single_word_is_lit_as_often_as_it_stands(publication: Publication, leaf: Query) -> None:
    """Each token of a word or pattern is a light of its own, by brute force."""
    assume(isinstance(leaf, Leaf))
    for document in publication.documents:
        for name in ("question", "answer"):
            highlighter = Highlighter(leaf, name, document.language)
            lights = sum(len(highlighter.lights(text)) for text in FIELD[name].values(document))
            assert lights == frequency_of(leaf, FIELD[name], document)


@given(publications(), queries)
def test_a_text_is_lit_exactly_where_a_leaf_stands(publication: Publication, query: Query) -> None:
    """For every field, something is lit if and only if a leaf of the query stands there, by brute force."""
    for document in publication.documents:
        for name in ("question", "answer"):
            highlighter = Highlighter(query, name, document.language)
            some = any(highlighter.lights(text) for text in FIELD[name].values(document))
            scored = [leaf for leaf, fields in _iter_scored(query, BARE) if FIELD[name] in fields]
            leaves = [one for leaf in scored for one in (leaf.pairs if isinstance(leaf, Run) else (leaf,))]
            assert some == any(frequency_of(leaf, FIELD[name], document) for leaf in leaves)
