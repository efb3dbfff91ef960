"""The whole result of a search as a file: what it holds, what it is called, and what happens when it cannot be."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from search.errors import IndexIncompatible
from search.exports.formats import FORMATS, Format
from tests.webui.conftest import Read, text_of, texts_of

PATHS = [f"/export.{one.name}" for one in FORMATS]


def test_an_export_has_what_the_page_counts(client: FlaskClient, read: Read) -> None:
    """Every hit of the search, in the order of its pages, also where pages fold and whichever page it was."""
    page = read("/?q=dredging&sort=newest&per_page=100")
    lines = client.get("/export.jsonl?q=dredging&sort=newest&page=2&per_page=5&fold=near").text.splitlines()
    assert text_of(page, ".total") == f"{len(lines)} answers"
    links = [link.attributes["href"] for link in page.css(".permalink")]
    assert links == [f"/briefings/{json.loads(line)['id']}" for line in lines]


def test_filters_and_names_hold_as_on_the_page(client: FlaskClient) -> None:
    """An alias of an outlet, an exclusion and a day pick the same answers."""
    text = client.get("/export.csv?outlet=HP&-kind=statement&from=2024-01-01").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {row["id"] for row in rows} == {"xv-mfa/en/2024-02-08/2", "xv-mfa/zh/2024-02-08/1"}
    assert {row["outlet"] for row in rows} == {"Harbour Post"}


@pytest.mark.parametrize(("kind", "path"), [*zip(FORMATS, PATHS, strict=True)])
def test_a_file_says_what_it_is(client: FlaskClient, kind: Format, path: str) -> None:
    """Its media type, UTF-8, a name from the query's words in any script, and nothing for robots."""
    response = client.get(f"{path}?q=渡轮 ferry!&exact=1")
    assert response.headers["Content-Type"] == f"{kind.media_type}; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    disposition = response.headers["Content-Disposition"]
    assert disposition.isascii()
    assert disposition.startswith(f"attachment; filename=lectern{path.removeprefix('/export')};")
    assert disposition.endswith(f"lectern-%E6%B8%A1%E8%BD%AE-ferry{path.removeprefix('/export')}")
    assert client.get(f"{path}?q=ferry").data


@pytest.mark.parametrize("path", [*PATHS, "/feed.atom"])
@pytest.mark.parametrize(
    ("parameters", "status"), [("from=2024-02-30", 400), ("strict=1&q=(ferry", 400), ("sort=best", 400)]
)
def test_what_is_wrong_is_said_before_the_first_byte(read: Read, path: str, parameters: str, status: int) -> None:
    """A search that cannot be made answers with the page that says so, not with half a file."""
    assert texts_of(read(f"{path}?{parameters}", status), "h1")


def test_a_failure_at_the_first_record_is_a_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when an index turns out damaged where its reading begins."""

    def broken(*_: object) -> object:
        raise IndexIncompatible("the index is damaged", hint="run lectern rebuild")
        yield

    monkeypatch.setattr("search.searcher.Searcher.scan", broken)
    assert client.get("/export.ris?q=ferry").status_code == 503


def test_exports_of_an_empty_collection(empty_client: FlaskClient) -> None:
    """They are empty files; a table still has its columns."""
    assert [empty_client.get(path).status_code for path in PATHS] == [200] * 4
    assert empty_client.get("/export.csv").text.startswith("\ufeffid,date")


def test_results_offer_them(read: Read) -> None:
    """A menu of four files and the feed of the very search, not of its page; robots are not to follow."""
    page = read("/?q=dredging&year=2021&sort=oldest&page=2")
    assert texts_of(page, ".exports .label") == ["CSV", "JSON Lines", "RIS", "BibTeX", "Feed"]
    links = page.css(".exports a")
    assert links[0].attributes["href"] == "/export.csv?q=dredging&year=2021&sort=oldest"
    assert {link.attributes["rel"] for link in links} == {"nofollow"}
    (feed,) = page.css('link[rel="alternate"][type="application/atom+xml"]')
    assert feed.attributes["href"] == links[-1].attributes["href"] == "/feed.atom?q=dredging&year=2021"


def test_robots_are_kept_out(client: FlaskClient) -> None:
    """Whole collections are nothing for a crawler to take."""
    assert "Disallow: /export." in client.get("/robots.txt").text
