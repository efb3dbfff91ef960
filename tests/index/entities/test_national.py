"""Bodies that each country has, and missions abroad."""

import pytest

from index.authority.tables import Authority, EntityRow
from index.entities import Tagger

ROWS = (
    EntityRow("place-xv", "place", "Valdria", ("Valdrian",)),
    EntityRow("place-no", "place", "Norrland", ("Norrlander",)),
    EntityRow("place-no-osk", "place", "Osk", parent="place-no"),
)
TAGGER = Tagger(Authority(ROWS, (), ()))
FOREIGN = ("org-xv-ministry-of-foreign-affairs", "Ministry of Foreign Affairs (Valdria)")


@pytest.mark.parametrize(
    "text",
    [
        "the Valdrian Foreign Ministry",
        "Valdria's Foreign Ministry",
        "the Foreign Ministry of Valdria",
        "Valdria's Ministry of Foreign Affairs",
        "the Ministry of Foreign Affairs of Valdria",
        "the Valdrian foreign ministry",
        "Valdria's foreign ministry",
    ],
)
def test_one_ministry_has_many_names(text: str) -> None:
    """Whatever stands first, it is one entity with one label."""
    assert FOREIGN in {(m.id, m.label) for m in TAGGER.tag_text(text, "xw-mfa", "en")}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Valdria's Defense Ministry", ["place-xv", "org-xv-ministry-of-defense"]),  # the country is named by itself
        ("the Valdrian Defence Ministry", ["org-xv-ministry-of-defense"]),  # here it is a part of the name
        ("the Ministry of Kelp and Fisheries of Norrland", ["org-no-ministry-of-kelp-and-fisheries"]),
        ("the Norrlander Parliament", ["org-no-parliament"]),
        ("Norrland's Supreme Court", ["place-no", "org-no-supreme-court"]),
        ("the Election Commission of Norrland", ["org-no-election-commission"]),
        ("the Valdrian Embassy in Norrland", ["org-embassy-of-valdria-in-norrland"]),
        ("the Valdrian consulate-general in Osk", ["org-consulate-general-of-valdria-in-osk"]),
        ("the Valdrian embassy in town", ["place-xv"]),  # where?
        ("the Foreign Ministry", []),  # whose?
        ("the ministry of Valdria", ["place-xv"]),
    ],
)
def test_a_country_tells_whose_it_is(text: str, ids: list[str]) -> None:
    """A body that every country has is that of the country beside it."""
    assert [m.id for m in TAGGER.tag_text(text, "xw-mfa", "en")] == ids


def test_a_row_of_this_label_is_the_body() -> None:
    """What a rule finds is the row's entity, wherever the row's own names do not count."""
    row = EntityRow("org-xv-mfa", "organisation", FOREIGN[1], flags=("nolabel",), scope=("xv-mfa",))
    tagger = Tagger(Authority((*ROWS, row), (), ()))
    assert [m.id for m in tagger.tag_text("the Valdrian Foreign Ministry", "xw-mfa", "en")] == ["org-xv-mfa"]
