"""All values of a facet: the page with its filter, and the API's list."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from search.engine import Request
from search.labels import Labels, Name
from search.page import FacetValue
from search.schema import FACETS, FIELD
from tests.webui.collection import HOSTILE, make_engine
from tests.webui.conftest import Read, text_of, texts_of
from webui.facets import MOST
from webui.values import Wanted, choose

LABELS = Labels(
    {
        "outlet": {
            "Agence France-Presse": Name("Agence France-Presse", ("AFP",)),
            "O’Brien News": Name("O’Brien News"),
            "人民日报": Name("人民日报", ("People’s Daily",)),
            "Türkiye Radio": Name("Türkiye Radio"),
        }
    }
)
FOUND = tuple(FacetValue(value, value, 9 - n, "none") for n, value in enumerate(LABELS.of("outlet")))


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("af", ["Agence France-Presse"]),
        ("pres", ["Agence France-Presse"]),
        ("rance", []),
        ("fr AG", ["Agence France-Presse"]),
        ("afp france", []),
        ("brien", ["O’Brien News"]),
        ("turk", ["Türkiye Radio"]),
        ("日报", ["人民日报"]),
        ("dai", ["人民日报"]),
        (".*", []),
        ("", [value.value for value in FOUND]),
    ],
)
def test_any_word_of_any_name_leads_to_a_value(prefix: str, expected: list[str]) -> None:
    """The beginning of any word of a name or an alias is enough; two words must be of one name; Han from anywhere."""
    assert [v.value for v in choose(FOUND, Wanted(FIELD["outlet"], prefix), LABELS)] == expected


@pytest.mark.parametrize("field", [f.name for f in FACETS])
@pytest.mark.parametrize("search", ["q=ferry", "q=&outlet=Harbour+Post&outlet=Outlet+3", "q=dredging&-month=2021-03"])
def test_the_list_is_the_facet_with_nothing_left_out(client: FlaskClient, field: str, search: str) -> None:
    """Under any search the API's list has the facet's values with their counts and states, most frequent first."""
    facet = client.get(f"/api/v1/search?{search}").get_json()["facets"][field]
    answer = client.get(f"/api/v1/facets/{field}?{search}").get_json()
    assert {v["value"]: (v["count"], v["state"]) for v in answer["values"]} == {
        v["value"]: (v["count"], v["state"]) for v in facet
    }
    assert [v["count"] for v in answer["values"]] == sorted((v["count"] for v in answer["values"]), reverse=True)
    assert answer["total"] == len(facet)


def test_counts_are_exact_beyond_fifty(client: FlaskClient) -> None:
    """Filtered counts are those of counting by hand, and the alias of a name leads to it."""
    engine = make_engine()
    documents = [
        d for id in {h.document.briefing for h in engine.find(Request(limit=500)).hits} for d in engine.documents(id)
    ]
    by_hand = Counter(d.item.outlet for d in documents if d.item.kind == "answer" and d.item.outlet)
    answer = client.get("/api/v1/facets/outlet?q=&prefix=o&per_page=3&page=2").get_json()
    names = sorted((name for name in by_hand if "Outlet" in name), key=lambda name: (-by_hand[name], name))
    assert [(v["value"], v["count"]) for v in answer["values"]] == [(n, by_hand[n]) for n in names[3:6]]
    assert answer["total"] == len(names)
    assert [v["value"] for v in client.get("/api/v1/facets/outlet?prefix=hp").get_json()["values"]] == ["Harbour Post"]


def test_picked_values_are_listed_at_zero(read: Read) -> None:
    """A value that is picked and found nowhere is in the list, and can be taken away there."""
    page = read("/facets/entity?q=ferry&entity=place-silent")
    row = page.css_first(".all .value.selected")
    assert (row.css_first(".label").text(), row.css_first(".count").text()) == ("Isle of Silence", "0")
    assert row.css_first(".pick").attributes["href"] == "/facets/entity?q=ferry"


def test_a_click_stays_on_the_list_and_the_answers_are_beside_it(read: Read) -> None:
    """Picking and ruling out keep filter and order; the number of answers leads to them."""
    page = read("/facets/outlet?q=ferry&prefix=ha&by=name&page=1")
    (row,) = page.css(".all .value")
    assert row.css_first(".pick").attributes["href"] == "/facets/outlet?q=ferry&outlet=Harbour+Post&prefix=ha&by=name"
    assert (
        row.css_first(".exclude").attributes["href"] == "/facets/outlet?q=ferry&-outlet=Harbour+Post&prefix=ha&by=name"
    )
    picked = read(row.css_first(".pick").attributes["href"])
    assert texts_of(picked, ".chip .field") == ["Outlet"]
    link = picked.css_first(".to-answers a")
    assert link.attributes["href"] == "/?q=ferry&outlet=Harbour+Post"
    assert link.text() == f"Show {text_of(read(link.attributes['href']), '.total')}"


def test_the_filter_works_as_a_form(read: Read) -> None:
    """The form keeps the search, the order and the type, and starts from the first page."""
    page = read("/facets/entity?q=ferry&outlet=Harbour+Post&by=name&type=place&page=2")
    form = page.css_first("form.narrow")
    assert form.attributes["action"] == "/facets/entity"
    assert [(i.attributes["name"], i.attributes["value"]) for i in form.css("input")] == [
        ("q", "ferry"), ("outlet", "Harbour Post"), ("by", "name"), ("type", "place"), ("prefix", ""),
    ]  # fmt: skip


def test_lists_lead_to_all_values(read: Read) -> None:
    """A facet with more than is shown leads to all of it, entities by type; a short one needs no such link."""
    page = read("/?q=&page=2")
    links = {a.text().partition(",")[0]: a.attributes["href"] for a in page.css(".facet .every a")}
    assert links["All outlets"] == "/facets/outlet"
    assert "All kinds" not in links
    listed = texts_of(page, '[data-facet="outlet"] .value')
    assert len(listed) == MOST < len(texts_of(read("/facets/outlet"), ".all .value"))


def test_order_by_name_and_paging(read: Read, client: FlaskClient) -> None:
    """From A to Z "not stated" is last."""
    labels = texts_of(read("/facets/outlet?by=name"), ".all .label")
    assert labels[-1] == "not stated"
    assert labels[:-1] == sorted(labels[:-1], key=str.lower)


def test_a_filter_in_vain_says_so(read: Read) -> None:
    """Where no name begins so, the page says so and leads back to the whole list."""
    page = read(f"/facets/outlet?q=ferry&prefix=zz+{HOSTILE}")
    assert page.css_first(".empty a").attributes["href"] == "/facets/outlet?q=ferry"
    assert page.css_first("#prefix").attributes["value"] == f"zz {HOSTILE}"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/facets/title", 404),
     ("/facets/nothing", 404), ("/facets/outlet?by=size", 400), ("/facets/outlet?type=place", 400),
     ("/facets/entity?type=x", 400), (f"/facets/outlet?prefix={'a' * 201}", 400), ("/facets/outlet?page=0", 400)],
)  # fmt: skip
def test_what_means_nothing_is_refused(client: FlaskClient, address: str, status: int) -> None:
    """A field that is no facet is not found, a parameter that means nothing is refused, as page and as JSON."""
    assert client.get(address).status_code == client.get(f"/api/v1{address}").status_code == status
