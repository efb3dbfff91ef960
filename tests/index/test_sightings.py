"""Names that no row has, found in many briefings."""

from index.authority.rows import EntityRow
from index.authority.tables import Authority
from index.sightings import Sighting, sight, sight_all
from index.tagging import FEW
from tests.index.finders import Finder
from tests.invented import answer, briefing, statement

AUTHORITY = Authority((EntityRow("place-xv", "place", "Valdria"),), (), ())
DAYS = [
    briefing("2024-03-05", answer(1, f"Will Minister Corvin Ashdale go to Valdria on day {n}?", "Mr. Ashdale may."))
    for n in range(FEW + 9)
]


def test_who_is_seen_already_comes_first() -> None:
    """A name that readers see and that the rules list besides is one sighting, under the id that readers know."""
    text = briefing("2024-03-05", statement(1, "Ada Vale at the Kelp Forum."))
    found = sight(
        text, Finder({"Kelp Forum": "event", "Ada Vale": "person"}, {"Ada Vale": ("person-a", "A. Vale")}), {"org-wkf"}
    )
    assert found == (
        Sighting("person-a", "A. Vale", "person", "Ada Vale", 1, "text", 0, 8),
        Sighting("", "Kelp Forum", "event", "Kelp Forum", 1, "text", 16, 26),
    )


def test_all_cores_find_what_one_finds() -> None:
    """Whoever looks, each briefing comes out in order, with the same names."""
    alone = list(sight_all(DAYS, AUTHORITY, workers=1))
    assert [text for text, _ in alone] == DAYS
    assert all(any(one.label == "Corvin Ashdale" for one in found) for _, found in alone)
    assert list(sight_all(DAYS, AUTHORITY, workers=2)) == alone
