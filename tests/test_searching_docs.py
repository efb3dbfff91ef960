"""docs/searching.md tells the truth: every query in it is read as it says; what it finds is tried on every engine."""

import re

import pytest

from search.stems import STEMMERS
from search.syntax import parse_query
from tests.examples import EXAMPLES, PAGE

LANGUAGE = re.findall(r"(?m)^\| (`.+?) \| (?!.*\| (?:yes|no) \|)", PAGE)


def test_there_are_examples() -> None:
    """The tables are found, and no row of them is left out."""
    assert len(EXAMPLES) == len(re.findall(r"(?m)\| (?:yes|no) \|$", PAGE))
    assert len(EXAMPLES) > 80
    assert len(LANGUAGE) > 15


@pytest.mark.parametrize(
    "typed", [e.typed for e in EXAMPLES] + [q for c in LANGUAGE for q in re.findall(r"`(.+?)`", c)]
)
def test_the_language(typed: str) -> None:
    """Every query shown is read as typed, without a remark."""
    assert parse_query(typed, strict=True).remarks == ()


def test_languages_with_a_stemmer() -> None:
    """The page names every language whose words are stemmed."""
    names = "Arabic, German, English, Spanish, French, Italian, Portuguese, Russian".split(", ")
    assert sorted(STEMMERS) == ["ar", "de", "en", "es", "fr", "it", "pt", "ru"]
    for name in names:
        assert name in PAGE
