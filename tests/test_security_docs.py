"""docs/security.md names tests; each of them is there, and every threat has one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(r"(?m)^\| (?!who could|---)(.+) \|$", (ROOT / "docs" / "security.md").read_text("utf-8"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)::((?:\w+::)?\w+)`")


def named_in(source: str) -> set[str]:
    """The tests in a file, those of classes with their class before them."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}


def missing(row: str) -> list[str]:
    """The tests that a row names and that are not there."""
    return [
        f"{file}::{name}"
        for file, name in NAMED.findall(row)
        if not (ROOT / file).is_file() or name not in named_in((ROOT / file).read_text("utf-8"))
    ]


def test_a_test_that_is_not_there_is_seen() -> None:
    """A wrong file, a wrong name, and what is no test, are all told."""
    here = "tests/test_security_docs.py"
    row = f"| `{here}::missing`, `{here}::test_nothing`, `tests/no.py::test_x`, `{here}::test_there_are_threats` |"
    assert missing(row) == [f"{here}::missing", f"{here}::test_nothing", "tests/no.py::test_x"]


def test_there_are_threats() -> None:
    """The page has rows, so that the next test says something."""
    assert len(ROWS) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[:60])
def test_every_threat_names_tests_that_are_there(row: str) -> None:
    """Each row has its three columns, and ends with at least one test, none of which is missing."""
    who, stops, shown = row.split(" | ")
    assert who
    assert stops
    assert NAMED.findall(shown)
    assert missing(row) == []
