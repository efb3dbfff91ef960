"""docs/searching.md tells the truth: every example in it is tried."""

import re
from pathlib import Path

import pytest

from search.engine import Request
from search.syntax import parse_query
from tests.invented import answer, briefing, publish
from tests.oracle import OracleEngine

TEXT = (Path(__file__).parents[1] / "docs" / "searching.md").read_text("utf-8")
EXAMPLES = re.findall(r"(?m)^\| `(.+?)` \| (.+?) \| (yes|no) \|$", TEXT)
LANGUAGE = re.findall(r"(?m)^\| (`.+?) \| (?!.*\| (?:yes|no) \|)", TEXT)


def test_there_are_examples() -> None:
    """The tables are found."""
    assert len(EXAMPLES) > 30
    assert len(LANGUAGE) > 15


@pytest.mark.parametrize(("query", "said", "found"), EXAMPLES)
def test_an_example(query: str, said: str, found: str) -> None:
    """The text is found, or not, as the table says."""
    engine = OracleEngine()
    engine.add([publish(briefing("2024-01-01", answer(1, "Any comment?", said)))], sequence=1)
    assert engine.find(Request(query=parse_query(query).query)).total == (found == "yes")


@pytest.mark.parametrize("cell", LANGUAGE)
def test_the_language(cell: str) -> None:
    """Every query shown is read as typed, without a remark."""
    for query in re.findall(r"`(.+?)`", cell):
        assert parse_query(query, strict=True).remarks == ()
