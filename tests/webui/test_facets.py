"""The filters beside the results: what their numbers promise, lists of entities by type, and the switch above them."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search.labels import Labels
from search.page import FacetValue, Page, SearchRequest
from tests.webui.conftest import Read, text_of, texts_of
from webui.facets import facet_groups

SEARCHES = ["/?q=ferry", "/?q=", "/?q=ferry&outlet=Harbour+Post", "/?q=cabinet&-year=2021"]
SWITCHES = ["", "&rollup=1", "&subject=1", "&subject=1&rollup=1"]


def iter_rows(page: LexborHTMLParser) -> list[tuple[str, LexborNode]]:
    """The values of every facet, with their facet's name."""
    return [
        (facet.attributes["data-facet"] or "", row) for facet in page.css("[data-facet]") for row in facet.css(".value")
    ]


def href(node: LexborNode, selector: str) -> str:
    """The address of the one link that `selector` finds below a node."""
    (link,) = node.css(selector)
    return link.attributes["href"] or ""


def entities(page: LexborHTMLParser, type: str) -> dict[str, int]:
    """The entities of a type that are listed, with their counts, in order."""
    rows = page.css(f'[data-facet="entity"] [data-type="{type}"] .value')
    return {row.css_first(".label").text().strip(): int(row.css_first(".count").text()) for row in rows}


def follow(read: Read, page: LexborHTMLParser, label: str) -> LexborHTMLParser:
    """The page behind the state of the switch that is called so."""
    (option,) = [o for o in page.css(".switch .option") if o.css_first(".label").text().strip().startswith(label)]
    return read(href(option, ".pick"))


@pytest.mark.parametrize("switch", SWITCHES)
@pytest.mark.parametrize("search", SEARCHES)
def test_numbers_are_the_hits_after_the_click(read: Read, search: str, switch: str) -> None:
    """The number of every value of every facet is the total of the page that it leads to, whatever is switched on."""
    picked = {"outlet"} if "outlet=" in search else {"year"} if "year=" in search else set()
    rows = [(name, row) for name, row in iter_rows(read(search + switch)) if name not in picked]
    assert len({name for name, _ in rows}) >= 6
    for _, row in rows:
        assert text_of(read(href(row, ".pick")), ".total").split()[0] == row.css_first(".count").text(), row.text()


@pytest.mark.parametrize("switch", SWITCHES)
def test_what_is_ruled_out_is_gone(read: Read, switch: str) -> None:
    """Ruling a value out leaves as many hits as its number says there are without it."""
    page = read(f"/?q=ferry{switch}")
    total = int(text_of(page, ".total").split()[0])
    for _, row in iter_rows(page):
        rest = int(text_of(read(href(row, ".exclude")), ".total").split()[0])
        assert rest == total - int(row.css_first(".count").text()), row.text()


def test_entities_stand_by_type(read: Read) -> None:
    """Places, people, organisations and events have a list each; what mentions nothing stands after them."""
    page = read("/?q=")
    assert texts_of(page, '[data-facet="entity"] h3') == ["Places", "People", "Organisations", "Events", "Others"]
    assert set(entities(page, "place")) == {"Norway", "Japan", "Iceland", "Valdria"}
    assert entities(page, "event").keys() == {"Dredging"}
    assert "not stated" in entities(page, "")
    assert page.css_first('[data-facet="entity"] h2').text() == "Mentions"


def test_home_country_stands_last(read: Read) -> None:
    """Subjects come first; the country of the publisher is the last of the places, however often it is named."""
    assert list(entities(read("/?q=ferry"), "place")) == ["Norway", "Japan", "Valdria"]


def test_switch_leads_from_state_to_state(read: Read) -> None:
    """The switch is three links, the present state is marked, and each leads to that state and keeps the picks."""
    page = read("/?q=ferry&entity=place-no&page=1")
    assert [href(o, "a") for o in page.css(".switch .option")] == [
        "/?q=ferry&entity=place-no",
        "/?q=ferry&entity=place-no&subject=1",
        "/?q=ferry&entity=place-no&rollup=1",
    ]
    assert texts_of(page, ".switch [aria-current] .label") == ["every mention"]
    parts = follow(read, page, "with parts")
    assert len(parts.css(".switch [aria-current]")) == 2
    assert href(parts.css(".switch .option")[2], "a") == "/?q=ferry&entity=place-no"
    subjects = follow(read, page, "only what")
    assert texts_of(subjects, ".switch [aria-current] .label") == ["only what an answer is about"]
    assert len(subjects.css(".switch .option")) == 2
    assert all("nofollow" in (a.attributes["rel"] or "") for a in page.css(".switch a"))


@pytest.mark.parametrize(
    ("switch", "name"), [("", "Mentions"), ("&rollup=1", "Mentions, or any part"), ("&subject=1", "About")]
)
def test_chip_says_what_a_pick_finds(read: Read, switch: str, name: str) -> None:
    """A picked entity is named by what the switch makes of it, picked or ruled out."""
    page = read(f"/?q=ferry&entity=place-no&-entity=place-jp{switch}")
    assert texts_of(page, ".chip .field") == [name, f"{name} not"]
    assert text_of(page, '[data-facet="entity"] h2') == name


def test_parts_are_counted_under_what_they_are_part_of(read: Read) -> None:
    """With parts, what is part of something counts for it too, though nobody named it; without, it is not listed."""
    page = read("/?q=")
    assert "The North" not in entities(page, "place")
    places = entities(follow(read, page, "with parts"), "place")
    assert places["The North"] == places["Norway"] + places["Iceland"]


def test_only_subjects_are_counted(read: Read) -> None:
    """Switched to subjects, what is only named in passing has no number, and the chips of a hit are its subjects."""
    page = follow(read, read("/?q=cabinet"), "only what")
    assert entities(page, "organisation") == {}
    assert entities(page, "person") == {"Mara Ellin": 1}
    assert texts_of(page, ".hit .tags li") == ["Mara Ellin", "+1"]
    assert texts_of(read("/?q=cabinet"), ".hit .tags li") == ["Mara Ellin", "Cabinet Office"]


def test_in_vain_every_mention_is_offered(read: Read) -> None:
    """Where nothing is about what is picked, the search for every mention of it is offered, with its number."""
    page = read("/?q=ferry&entity=org-xw-cabinet&subject=1")
    link = page.css_first(".empty li a")
    assert link.text() == "With every mention, not only what an answer is about"
    assert link.attributes["href"] == "/?q=ferry&entity=org-xw-cabinet"
    assert texts_of(page, ".empty li a")[1] == "Without the filter: About Cabinet Office"


def test_subjects_stand_first_on_a_hit(read: Read) -> None:
    """The chips of a hit are what it is about, then what else it names; each narrows the search."""
    page = read("/?q=%22laid+before%22+Norway+dredged")
    assert texts_of(page, ".hit .tags a") == ["Norway"]
    assert page.css_first(".hit .tags a").attributes["href"].endswith("&entity=place-no")


@pytest.mark.parametrize("switch", SWITCHES)
def test_picked_entity_shows_at_zero(read: Read, switch: str) -> None:
    """An entity that is picked and found nowhere stands in the list of its type, to be taken away."""
    page = read(f"/?q=ferry&entity=place-silent{switch}")
    assert text_of(page, ".total") == "0 answers"
    row = page.css_first('[data-type="place"] .value')
    assert (row.css_first(".label").text(), row.css_first(".count").text()) == ("Isle of Silence", "0")
    assert "selected" in (row.attributes["class"] or "")


def test_switch_stays_within_reach(read: Read) -> None:
    """A page without any entity still has the switch where it was turned, so that it can be turned back."""
    assert read("/?q=xqzzv&subject=1").css(".switch")
    assert not read("/?q=xqzzv").css(".switch")


def test_each_type_shows_more_of_its_own() -> None:
    """Of each type five are shown, the rest behind its own "show more"; one more would take no more room than that."""
    values = tuple(
        FacetValue(f"{type}-{n}", f"{type} {n}", 9, "none", type)
        for type, count in (("place", 9), ("person", 6), ("event", 2))
        for n in range(count)
    )
    page = Page(SearchRequest("x"), "x", 9, 1.0, 1, (), {"entity": values}, ())
    (group,) = facet_groups(page)
    assert [(one.type, len(one.shown), len(one.more)) for one in group.lists] == [
        ("place", 5, 4),
        ("person", 6, 0),
        ("event", 2, 0),
    ]


def test_value_of_an_unknown_type_is_among_the_others() -> None:
    """An entity whose type nobody knows is listed, after those of known types."""
    values = (FacetValue("thing", Labels().label("entity", "thing"), 1, "none", ""),)
    (group,) = facet_groups(Page(SearchRequest("x"), "x", 1, 1.0, 1, (), {"entity": values}, ()))
    assert [(one.label, [v.label for v in one.shown]) for one in group.lists] == [("Others", ["thing"])]
