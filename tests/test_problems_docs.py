"""docs/problems.md names every problem that the ingest side can report, with its severity, and no other."""

import ast
import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = dict(
    re.findall(r"(?m)^\| `([a-z0-9-]+)` \| (note|held|refused) \|", (ROOT / "docs" / "problems.md").read_text("utf-8"))
)


def reported() -> dict[str, str]:
    """Every code in the source of `index` that stands beside its severity in a call."""
    calls = (
        [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        for file in (ROOT / "index").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    severities = ("note", "held", "refused")
    return {str(code): str(severity) for words in calls for code, severity in pairwise(words) if severity in severities}


def test_every_problem_is_described() -> None:
    """No code is missing from the page, and each has the severity that the page gives it."""
    assert len(reported()) > 30
    assert {code: LISTED.get(code) for code in reported()} == reported()


def test_no_problem_is_made_up() -> None:
    """Every code on the page stands in the source."""
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "index").rglob("*.py"))
    assert [code for code in LISTED if f'"{code}"' not in source] == []
