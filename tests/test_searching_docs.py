"""docs/searching.md tells the truth: every query in it is read as it says; what it finds is tried on every engine."""

import re

import pytest

from search.guide import CHAPTERS
from search.stems import STEMMERS
from search.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_PHRASE, MAX_RUN, MAX_TERMS, parse_query
from tests.examples import EXAMPLES, PAGE

LANGUAGE, AS_READ = PAGE.split("## The language\n")[1].split("\n### Bounds")[0].split("### Read otherwise than typed")
READ_OTHERWISE = re.findall(r"(?m)^\| `(.+?)` \| `(.+?)` \| (.+?) \|$", AS_READ)


def test_there_are_examples() -> None:
    """The tables are found, and no row of them is left out."""
    assert len(EXAMPLES) == len(re.findall(r"(?m)\| (?:yes|no) \|$", PAGE))
    assert len(EXAMPLES) > 90
    assert len(READ_OTHERWISE) > 15


def test_the_language_is_the_guide() -> None:
    """The tables of the language are the guide's, chapter by chapter, word by word."""
    chapters = re.findall(r"(?ms)^\*\*([^*\n]+)\*\*\n\n(.+?)\n\n", LANGUAGE + "\n")
    rules = [(title, re.findall(r"(?m)^\| (`.+`) \| (.+) \|$", table)) for title, table in chapters]
    assert rules == [
        (c.title, [(", ".join(f"`{typed}`" for typed in rule.typed), rule.finds) for rule in c.rules]) for c in CHAPTERS
    ]


@pytest.mark.parametrize("typed", [e.typed for e in EXAMPLES])
def test_examples_are_read_as_typed(typed: str) -> None:
    """Every query of the tables of words is read as typed, without a remark."""
    assert parse_query(typed, strict=True).remarks == ()


@pytest.mark.parametrize(("typed", "canonical", "said"), READ_OTHERWISE)
def test_what_is_read_otherwise(typed: str, canonical: str, said: str) -> None:
    """What the page says of a query that cannot be taken as it stands is how it is read, and what the line says."""
    reading = parse_query(typed)
    assert str(reading.query) == canonical
    assert said in reading.remarks[0].message


def test_the_bounds() -> None:
    """The numbers that the page gives are those that hold."""
    bounds = PAGE.split("### Bounds")[1].split("##")[0]
    for number in (f"{MAX_CHARACTERS:,} characters", f"{MAX_TERMS} terms", f"{MAX_PHRASE} words", f"{MAX_DEPTH} deep"):
        assert number in " ".join(bounds.split())
    assert f"A run of more than {MAX_RUN} " in PAGE


def test_languages_with_a_stemmer() -> None:
    """The page names every language whose words are stemmed."""
    names = "Arabic, German, English, Spanish, French, Italian, Portuguese, Russian".split(", ")
    assert sorted(STEMMERS) == ["ar", "de", "en", "es", "fr", "it", "pt", "ru"]
    for name in names:
        assert name in PAGE
