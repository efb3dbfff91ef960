"""Every invented transcript of this folder comes out as its outline says."""

import pytest

from index.parsers import parse_source
from tests.corpus.cases import Case, outline, read_cases
from tests.index.parsers.pages import AUTHORITY, source


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_a_trap_is_seen_through(case: Case) -> None:
    """Items, flags, days, labels and names, and where each text begins and ends."""
    parsed = parse_source(source(case.text, file=f"{case.name}.txt"), AUTHORITY, case.publisher)
    assert parsed.briefing is not None, parsed.problems
    assert outline(parsed.briefing) == case.outline, case.why


def test_every_case_says_why_it_is_there() -> None:
    """One line each, and no two the same."""
    whys = [case.why for case in read_cases()]
    assert all(whys)
    assert len(set(whys)) == len(whys) > 20
