"""Abbreviations that a briefing defines."""

import pytest

from index.authority.tables import Authority, EntityRow
from index.entities import Tagger
from search.model import Briefing
from tests.invented import answer, briefing

ROWS = (
    EntityRow("org-kc", "organisation", "Kelp Council"),
    EntityRow("org-other", "organisation", "Kite Club", ("KC",)),
)
TAGGER = Tagger(Authority(ROWS, (), ()))


def ids(of: Briefing) -> list[str]:
    """The ids of all mentions, in order."""
    return [m.id for mentions in TAGGER.tag_briefing(of).values() for m in mentions]


def test_an_abbreviation_means_what_its_briefing_says() -> None:
    """In the whole of it, before and behind the definition, and before what the authority has under these letters."""
    defined = briefing(
        "2024-03-04", answer(1, "What of the KC?", "The Kelp Council (KC) met."), answer(2, "And?", "The KC agreed.")
    )
    assert ids(defined) == ["org-kc"] * 4
    assert ids(briefing("2024-03-04", answer(1, "And?", "The KC agreed."))) == ["org-other"]


def test_a_name_that_a_rule_found_is_defined_too() -> None:
    """A body without a row has its abbreviation for this briefing."""
    said = briefing("2024-03-04", answer(1, "Well?", "The Osk Boundary Commission (OBC) met. The OBC agreed."))
    assert ids(said) == ["org-osk-boundary-commission"] * 3


@pytest.mark.parametrize("bracket", ["(see below)", "(XYZ)", "(K)", "(2019)", "(kc)"])
def test_not_every_bracket_defines(bracket: str) -> None:
    """The capitals in the bracket have to be letters of the name, in their order."""
    said = briefing("2024-03-04", answer(1, "Well?", f"The Kelp Council {bracket} met. XYZ, K, 2019 and kc."))
    assert ids(said) == ["org-kc"]
