"""Comparing searches: page, picture and table say the same, under the same parameters, whatever is typed."""

import csv
import io
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.webui.collection import HOSTILE
from tests.webui.conftest import Read, text_of, texts_of

SVG = "{http://www.w3.org/2000/svg}"
FORMULA = '=HYPERLINK("http://evil.example","x")'
ADDRESS = "/compare?q=ferry&q=dredging&from=2021-06-01&by=month"


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a table for spreadsheets."""
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def hrefs(page: LexborHTMLParser, selector: str) -> list[str]:
    """The addresses that links lead to."""
    return [a.attributes["href"] or "" for a in page.css(selector)]


def test_each_query_has_its_line_its_number_and_its_search(read: Read) -> None:
    """A query's number is that of its search, where its link leads; it can be taken out; lines have letters."""
    page = read("/compare?q=ferry&q=dredging&publisher=xv-mfa")
    assert texts_of(page, ".queries .query") == ["ferry", "dredging"]
    for address, total in zip(hrefs(page, ".queries .query"), texts_of(page, ".queries .count"), strict=True):
        assert text_of(read(address), ".total") == total
    assert hrefs(page, ".queries .remove") == [
        "/compare?q=dredging&publisher=xv-mfa",
        "/compare?q=ferry&publisher=xv-mfa",
    ]
    assert texts_of(page, ".ends text") == ["A ferry", "B dredging"]
    assert len(page.css(".drawing .stroke")) == 2


def test_every_point_leads_to_its_answers(read: Read) -> None:
    """A point, and its cell in the table, lead to the search of its days, which has as many answers."""
    page = read(ADDRESS)
    cells = {a.attributes["href"]: a.text() for a in page.css(".trend tbody td a")}
    assert set(hrefs(page, ".points a")) == set(cells)
    assert len(cells) > 5
    for address, count in list(cells.items())[:4]:
        assert text_of(read(address or ""), ".total").split()[0] == count


def test_the_table_file_has_the_same_numbers(client: FlaskClient, read: Read) -> None:
    """Of each month the file has what the page's table has, and all months together the totals."""
    rows = table(client, ADDRESS.replace("/compare", "/compare.csv"))
    page = read(ADDRESS)
    shown = [[td.text().split()[0] for td in row.css("td.number")[:2]] for row in page.css(".trend tbody tr")]
    assert [[row["ferry"], row["dredging"]] for row in rows] == shown
    for name, total in zip(("ferry", "dredging"), texts_of(page, ".queries .count"), strict=True):
        assert sum(int(row[name]) for row in rows) == int(total.split()[0])
    first = rows[0]
    assert (first["from"], first["to"], first["all answers"]) == ("2021-06-01", "2021-06-30", "3")
    assert first["dredging (share)"] == "1.000000"
    assert (rows[8]["in the collection"], rows[8]["ferry (share)"]) == ("not in the collection", "")


def test_shares_and_months_are_choices(read: Read) -> None:
    """Number or share, year or month, and one publisher are links; the present ones are marked."""
    page = read("/compare?q=ferry&q=dredging")
    assert texts_of(page, ".choices [aria-current]") == ["Answers", "Year", "All"]
    share = read("/compare?q=ferry&q=dredging&chart=share&by=month")
    assert texts_of(share, ".choices [aria-current]") == ["Share of all answers", "Month", "All"]
    assert text_of(share, ".trend h2") == "Share of all answers by month"
    assert all("%" in label for label in texts_of(share, ".levels text"))
    assert "cover different days" in text_of(share, ".chart-note")
    one = read("/compare?q=ferry&publisher=xw-gov&language=en&chart=share")
    assert not one.css(".chart-note")


def test_filters_hold_for_all_and_can_be_dropped(read: Read) -> None:
    """Filters, aliases resolved, narrow every query, stay with the form, and are dropped by a click."""
    page = read("/compare?q=ferry&q=dredging&outlet=HP&-year=2021&exact=1")
    assert texts_of(page, ".queries .count") == ["1 answer", "1 answer"]
    assert texts_of(page, ".chip .field") == ["Outlet", "Year not", "Words"]
    assert hrefs(page, ".chip")[0] == "/compare?q=ferry&q=dredging&-year=2021&exact=1"
    kept = {i.attributes["name"]: i.attributes["value"] for i in page.css(".compare input[type=hidden]")}
    assert kept == {"outlet": "HP", "-year": "2021", "exact": "1"}


def test_queries_are_read_as_on_the_results_page(read: Read) -> None:
    """What is said above results of how a query was read is said beside it here."""
    page, results = read('/compare?q=ferry+"cable&q=ferry'), read('/?q=ferry+"cable')
    assert texts_of(page, ".queries .how") == [text_of(results, ".notice")]


def test_nothing_typed_is_an_invitation(read: Read, empty_client: FlaskClient) -> None:
    """Without a query there are four boxes, and no picture; blank boxes say nothing; an empty index breaks nothing."""
    for address in ("/compare", "/compare?q=&q=+&by="):
        page = read(address)
        assert len(page.css(".boxes input")) == 4
        assert page.css(".empty")
        assert not page.css(".lines, .queries, .choices")
    for path in ("/compare?q=x", "/compare.svg?q=x", "/compare.csv?q=x", "/compare.svg"):
        assert empty_client.get(path).status_code == 200


@pytest.mark.parametrize("more", ["q=a&q=b&q=c&q=d&q=e", "q=a&by=week", "q=a&chart=pie", "q=a&from=x"])
@pytest.mark.parametrize("path", ["/compare", "/compare.svg", "/compare.csv"])
def test_what_cannot_be_read_is_refused(client: FlaskClient, path: str, more: str) -> None:
    """More than four queries, and values that mean nothing, are refused with a hint."""
    assert client.get(f"{path}?{more}").status_code == 400


def test_the_same_query_twice_is_one(read: Read) -> None:
    """Queries are compared once each."""
    assert texts_of(read("/compare?q=ferry&q=ferry+"), ".queries .query") == ["ferry"]


def test_the_picture_is_whole(client: FlaskClient) -> None:
    """The file is SVG without style or script: title, two lines told apart by dash, marks, and labels at their ends."""
    response = client.get(ADDRESS.replace("/compare", "/compare.svg"))
    assert response.mimetype == "image/svg+xml"
    root = ET.fromstring(response.get_data())  # noqa: S314 (ours)
    assert (root.findtext(f"{SVG}title") or "").startswith("Answers by month: ferry; dredging")
    dashes = [path.get("stroke-dasharray") for path in root.iter(f"{SVG}path") if path.get("stroke-linejoin")]
    assert len(dashes) == len(set(dashes)) == 2
    assert not {element.tag for element in root.iter()} & {f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject"}


@pytest.mark.parametrize("text", [HOSTILE, FORMULA, "]]><x/>", "f \x00\x1b\ufffe", '" onload="alert(1)', "\u202eferry"])
def test_hostile_queries_are_text(client: FlaskClient, read: Read, text: str) -> None:
    """Markup, quotes and signs that XML cannot hold are text on the page and in the picture, which is well-formed."""
    address = "?" + urlencode([("q", text), ("q", "ferry")])
    page = read(f"/compare{address}")
    assert all((s.attributes.get("src") or "").startswith("/static/") for s in page.css("script"))
    assert not page.css("[onload], [style], x")
    root = ET.fromstring(client.get(f"/compare.svg{address}").get_data())  # noqa: S314 (ours)
    assert not [one for one in root.iter() if one.get("onload") or one.tag in {f"{SVG}script", f"{SVG}x"}]


@pytest.mark.parametrize("text", [FORMULA, "+1", "-ferry", "@x", "＝1"])
def test_formulas_are_defused(client: FlaskClient, text: str) -> None:
    """A query that a spreadsheet could run stands behind an apostrophe in both its headings."""
    (first, *_) = table(client, f"/compare.csv?q={quote(text)}")
    assert {f"'{text}", f"'{text} (share)"} <= set(first)


def test_links_are_not_for_robots(read: Read) -> None:
    """A comparison asks not to be indexed, and its links not to be followed."""
    page = read(ADDRESS)
    assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex, nofollow"
    assert all("nofollow" in (a.attributes.get("rel") or "") for a in page.css("main a[href*='?']"))
