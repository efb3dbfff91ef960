"""Help while typing as JSON: for browsers' own search boxes, and for programs and our pages."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import HOSTILE, make_engine
from tests.webui.conftest import Read
from webui.app import create_app

KEYS = ["kind", "label", "alias", "type", "count", "completion", "parameters", "url"]


def ask(client: FlaskClient, typed: str, **more: str) -> list[dict[str, Any]]:
    """The API's suggestions."""
    response = client.get("/api/v1/suggest", query_string={"q": typed, **more})
    assert response.status_code == 200
    found = response.get_json()
    assert (list(found), found["query"]) == (["query", "suggestions"], typed)
    return found["suggestions"]


def test_suggestion_has_its_shape(client: FlaskClient) -> None:
    """A suggestion has exactly the fields of the interface, in their order."""
    (found,) = ask(client, "ferry norw")
    assert list(found) == KEYS
    assert (found["kind"], found["label"], found["type"]) == ("entity", "Norway", "place")
    assert found["parameters"] == [["q", "ferry"], ["entity", "place-no"]]
    assert found["completion"] == 'ferry entity:"Norway"'


def test_count_is_the_number_of_hits(client: FlaskClient) -> None:
    """A name's count is the total of the search that the suggestion leads to."""
    for typed in ("norw", "HP", "ilsa"):
        found = ask(client, typed)[0]
        search = client.get(f"/api/v1/search?{urlsplit(found['url']).query}").get_json()
        assert search["total"] == found["count"] > 0


def test_browsers_get_what_opensearch_asks_for(client: FlaskClient) -> None:
    """`/suggest` answers with what was typed, completions, descriptions and addresses, side by side."""
    response = client.get("/suggest?q=norw")
    assert response.mimetype == "application/x-suggestions+json"
    typed, completions, described, addresses = json.loads(response.text)
    assert (typed, completions, addresses) == ("norw", ['entity:"Norway"'], ["/?entity=place-no"])
    assert described[0].startswith("mentioned, ")


def test_addresses_are_whole_where_the_site_knows_its_own() -> None:
    """Where the site's address is set, browsers are given whole addresses, whatever host they asked."""
    app = create_app(Settings(Path("nowhere"), {"LECTERN_BASE_URL": "https://lectern.example/"}), make_engine())
    answer = app.test_client().get("/suggest?q=norw", headers={"Host": "elsewhere.example"})
    assert json.loads(answer.text)[3] == ["https://lectern.example/?entity=place-no"]


@pytest.mark.parametrize("address", ["/suggest?q=norw", "/api/v1/suggest?q=norw"])
def test_answer_may_be_kept(client: FlaskClient, address: str) -> None:
    """An answer is for any origin, may be kept for a minute, and is not sent again while it holds."""
    first = client.get(address)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in first.headers
    assert first.cache_control.max_age == 60
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{address}x").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        HOSTILE,
        '"',
        "\x00\x07",
        "a" * 201,
        "(" * 100,
        "🙂",
        "AND",
        "-",
        "outlet:",
        "%",
        "\ud83d",
        "١٢",
        "e\u0301",
    ],
)
def test_anything_typed_gets_an_answer(client: FlaskClient, typed: str) -> None:
    """Whatever is typed, both answer with a list, at times an empty one."""
    query = {"q": typed.encode("utf-8", "surrogatepass")}
    assert isinstance(client.get("/api/v1/suggest", query_string=query).get_json()["suggestions"], list)
    assert len(json.loads(client.get("/suggest", query_string=query).text)) == 4


def test_hostile_name_is_only_text(client: FlaskClient) -> None:
    """Markup in a name is JSON's business, and its address is escaped."""
    (found,) = ask(client, "gazette")
    assert found["label"] == f"Gazette {HOSTILE}"
    assert parse_qs(urlsplit(found["url"]).query) == {"outlet": [f"Gazette {HOSTILE}"]}
    assert "<" not in found["url"]


@pytest.mark.parametrize("limit", ["0", "11", "-1", "x", "1e1", "٣"])
def test_limit_is_checked(client: FlaskClient, limit: str) -> None:
    """A limit that means nothing is refused in the one shape, and the refusal is not kept."""
    response = client.get("/api/v1/suggest", query_string={"q": "n", "limit": limit})
    assert (response.status_code, response.get_json()["error"]["code"]) == (400, "bad_parameter")
    assert "max-age" not in response.headers.get("Cache-Control", "")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_limit_is_kept(client: FlaskClient) -> None:
    """No more come than are asked for."""
    assert len(ask(client, "o", limit="2")) == 2 < len(ask(client, "o"))


def test_without_an_index_nothing_is_suggested(tmp_path: Path) -> None:
    """While nothing is indexed, nobody is told of a failure while typing."""
    client = create_app(Settings(tmp_path, {})).test_client()
    assert ask(client, "norw") == []


def test_box_is_a_plain_form_at_first(read: Read) -> None:
    """Without the script a page's search box claims to be nothing but a search box."""
    page: LexborHTMLParser = read("/?q=ferry")
    (box,) = page.css("input.q")
    assert not {"role", "aria-expanded", "aria-controls"} & set(box.attributes)
    assert box.attributes["autocomplete"] == "off"
    assert not page.css("[role=listbox]")
