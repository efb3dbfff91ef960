"""Lights: exactly what matched."""

import pytest
from hypothesis import given

from search.highlight import Highlighter
from search.schema import BARE, FIELD
from search.syntax import parse_query
from tests.oracle import _frequency, _iter_scored
from tests.strategies import publications, queries


def lit(query: str, text: str, field: str = "answer") -> list[str]:
    """The lit words."""
    return [text[x.start : x.end] for x in Highlighter(parse_query(query).query, field).lights(text)]


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
    ],
)
def test_what_is_lit(query: str, text: str, expected: list[str]) -> None:
    """A phrase is lit as a phrase, a word as a word, nothing else."""
    assert lit(query, text) == expected


@given(publications(), queries)
def test_a_text_is_lit_exactly_where_a_leaf_stands(publication: object, query: object) -> None:
    """For every field, something is lit if and only if a leaf of the query stands there, by brute force."""
    for document in publication.documents:  # type: ignore[attr-defined]
        for name in ("question", "answer"):
            highlighter = Highlighter(query, name)  # type: ignore[arg-type]
            some = any(highlighter.lights(text) for text in FIELD[name].values(document))
            leaves = [leaf for leaf, fields in _iter_scored(query, BARE) if FIELD[name] in fields]  # type: ignore[arg-type]
            assert some == any(_frequency(leaf, FIELD[name], document) for leaf in leaves)
