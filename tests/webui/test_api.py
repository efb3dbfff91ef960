"""The API: its shapes as the interfaces fix them, and errors of one shape."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from search.engine import Request, Results
from search.errors import QueryTooCostly
from search.schema import FACETS
from tests.webui.collection import FERRY

PAGE_KEYS = [
    "query", "total", "total_is", "took_ms", "generation", "page", "per_page", "hits", "facets", "histogram",
    "suggestion", "notices", "advice", "commit", "next",
]  # fmt: skip
HIT_KEYS = {
    "id", "briefing", "kind", "title", "date", "asker", "speaker", "speakers", "outlet", "publisher", "language",
    "url", "score", "question", "answer", "entities", "editions", "again", "nearly", "folded_into",
}  # fmt: skip


def get(client: FlaskClient, address: str, status: int = 200) -> dict[str, Any]:
    """The JSON at an address, its status checked."""
    response = client.get(f"/api/v1{address}")
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def test_search_has_its_shape(client: FlaskClient) -> None:
    """A search answers with exactly the fields of the interface, in their order."""
    found = get(client, '/search?q="Port Anselm"')
    assert list(found) == PAGE_KEYS
    assert (found["total"], found["total_is"], found["page"], found["per_page"]) == (1, "exact", 1, 10)
    assert found["query"] == '"Port Anselm"'
    (hit,) = found["hits"]
    assert set(hit) == HIT_KEYS
    assert (hit["id"], hit["briefing"], hit["kind"]) == (f"{FERRY.id}/2", FERRY.id, "answer")
    assert (hit["asker"], hit["outlet"], hit["speakers"]) == ("HP", "Harbour Post", ["Ilsa Verlaine"])
    assert hit["url"] == f"/briefings/{FERRY.id}?q=%22Port+Anselm%22#2"
    assert {"text": "Port Anselm", "hit": True} in hit["answer"]
    assert hit["entities"] == [{"id": "place-no", "label": "Norway", "type": "place"}]
    assert found["histogram"] == [{"from": "2024-02-08", "to": "2024-02-08", "count": 1, "of": 6}]
    assert found["suggestion"] is None


def test_facets_have_their_shape(client: FlaskClient) -> None:
    """Every facet is there; a value has its label, count and state, an entity its type; "" is not stated."""
    facets = get(client, "/search?q=the&outlet=HP")["facets"]
    assert set(facets) == {f.name for f in FACETS}
    assert {"value": "Harbour Post", "label": "Harbour Post", "count": 1, "state": "selected"} in facets["outlet"]
    (unstated,) = [v for v in facets["outlet"] if v["value"] == ""]
    assert unstated["label"] == "not stated"
    assert {v["type"] for v in facets["entity"] if v["value"]} == {"place"}


@pytest.mark.parametrize(("switch", "total"), [("", 0), ("&rollup=1", 3), ("&subject=1", 0)])
def test_parts_count_on_request(client: FlaskClient, switch: str, total: int) -> None:
    """With `rollup` an entity that nobody named is found by what is part of it, and is listed with that number."""
    found = get(client, f"/search?entity=place-north{switch}")
    (value,) = [v for v in found["facets"]["entity"] if v["value"] == "place-north"]
    assert (found["total"], value["count"], value["state"], value["type"]) == (total, total, "selected", "place")


def test_subjects_on_request(client: FlaskClient) -> None:
    """With `subject` what is only mentioned is neither found nor counted."""
    address = "/search?entity=org-xw-cabinet"
    assert (get(client, address)["total"], get(client, f"{address}&subject=1")["total"]) == (1, 0)


def test_entities_stand_in_reading_order(client: FlaskClient) -> None:
    """The entities of a hit stand as they are first named, whether it is about them or not."""
    (hit,) = get(client, "/search?q=agreed&kind=statement")["hits"]
    assert [e["id"] for e in hit["entities"]] == ["place-xv", "place-no"]


def test_statement_has_no_question(client: FlaskClient) -> None:
    """A statement's question is an empty list of pieces."""
    (hit,) = get(client, "/search?q=agreed&kind=statement")["hits"]
    assert (hit["question"], hit["asker"], hit["outlet"]) == ([], None, None)


def test_per_page_and_page(client: FlaskClient) -> None:
    """`per_page` sets the size, `page` the place; pages do not overlap."""
    first = get(client, "/search?q=dredging&per_page=7")
    second = get(client, "/search?q=dredging&per_page=7&page=2")
    ids = [h["id"] for h in first["hits"] + second["hits"]]
    assert len(set(ids)) == 14


def test_without_parameters_everything(client: FlaskClient) -> None:
    """A search that asks for nothing in particular finds everything."""
    assert get(client, "/search")["total"] == get(client, "/search?q=")["total"] > 40


def test_suggestion(client: FlaskClient) -> None:
    """Where a word is misspelt, the suggestion is the search that was meant, which finds as many as it says."""
    suggestion = get(client, "/search?q=ferrry")["suggestion"]
    assert suggestion["query"] == "ferry"
    assert get(client, f"/search?q={suggestion['query']}")["total"] == suggestion["total"] > 0
    assert client.get(suggestion["url"]).status_code == 200


def test_advice(client: FlaskClient) -> None:
    """When nothing is found, advice says why, and what finds something; a notice says what was searched."""
    found = get(client, "/search?q=ferry+xqzzv")
    assert [n["code"] for n in found["notices"]] == ["coverage"]
    (advice,) = found["advice"]
    assert (advice["message"], advice["query"]) == ("Without xqzzv, which finds nothing", "ferry")
    assert get(client, "/search?q=ferry")["total"] == advice["total"] > 0
    assert advice["url"] == "/?q=ferry"


def test_a_search_that_costs_too_much_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused as a whole with a hint, here and on the page, and answered nowhere in part."""

    def refuse(request: Request) -> Results:
        raise QueryTooCostly(f"{request.query} stands in too many places", hint="use fewer or rarer words")

    monkeypatch.setattr(client.application.extensions["lectern"].engine, "find", refuse)
    error = get(client, "/search?q=the+dearest", 400)["error"]
    assert error["code"] == "query_too_costly"
    assert error["hint"]
    page = client.get("/?q=the+dearest")
    assert page.status_code == 400
    assert "Use fewer or rarer words." in page.text


def test_strict_refuses_what_would_be_guessed(client: FlaskClient) -> None:
    """With strict=1 a query that had to be guessed is refused with its place; without, it is searched with a notice."""
    address = '/search?q="ferry'
    assert get(client, address)["notices"]
    error = get(client, f"{address}&strict=1", 400)["error"]
    assert error["code"] == "query_syntax"
    assert isinstance(error["position"], int)


def test_briefing_has_its_shape(client: FlaskClient) -> None:
    """A briefing is as `parse` prints it, every item with its entities; where its file lay is nobody's business."""
    briefing = get(client, f"/briefings/{FERRY.id}")
    assert set(briefing) == {
        "file", "id", "publisher", "language", "date", "time", "zone", "title", "url", "speakers", "adjournments",
        "items", "problems", "editions",
    }  # fmt: skip
    assert briefing["file"] == "2024-02-08.html"
    assert briefing["editions"] == ["xv-mfa/zh/2024-02-08"]
    assert [i["n"] for i in briefing["items"]] == [1, 2, 3, 4, 5, 6]
    for item in briefing["items"]:
        for mention in item["entities"]:
            assert item[mention["where"]][mention["start"] : mention["end"]] == mention["surface"]
    assert briefing["items"][1]["entities"]


def test_item_has_its_shape(client: FlaskClient) -> None:
    """An item names itself and its briefing, and has turns and entities."""
    item = get(client, f"/items/{FERRY.id}/3")
    assert (item["id"], item["briefing"], item["n"], item["date"]) == (f"{FERRY.id}/3", FERRY.id, 3, "2024-02-08")
    assert [t["role"] for t in item["turns"]] == ["question", "answer"]
    assert {m["id"] for m in item["entities"]} == {"place-jp"}


def test_coverage(client: FlaskClient) -> None:
    """Coverage has a row for each publisher and language, with the days known to be without a briefing."""
    rows = get(client, "/coverage")["coverage"]
    assert rows[-1] == {
        "publisher": "xw-gov", "label": "Cabinet of Westmark", "language": "en", "first": "2022-11-30",
        "last": "2022-11-30", "briefings": 1, "answers": 1, "added": "2024-06-01T09:30:00+00:00",
        "adjournments": [{"from": "2022-12-24", "to": "2023-01-02"}],
    }  # fmt: skip
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/search?page=0", 400, "bad_parameter"),
        ("/search?from=2024-02-30", 400, "bad_parameter"),
        ("/search?per_page=101", 400, "bad_parameter"),
        ("/items/xv-mfa/en/2024-02-08/9", 410, "gone"),
        ("/briefings/xv-mfa/en/1999-01-01", 404, "not_found"),
        ("/nothing", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(client: FlaskClient, address: str, status: int, code: str) -> None:
    """Every error is an object of code, message, hint and position, and never a page."""
    error = get(client, address, status)
    assert set(error) == {"error"}
    assert set(error["error"]) == {"code", "message", "hint", "position"}
    assert error["error"]["code"] == code
    assert error["error"]["message"]


@pytest.mark.parametrize("address", ["/search?q=ferry", "/coverage", "/search?page=0", "/nothing"])
def test_any_origin_may_read(client: FlaskClient, address: str) -> None:
    """Answers and errors are for any origin, never with credentials, and set no cookie."""
    response = client.get(f"/api/v1{address}", headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Set-Cookie" not in response.headers


def test_only_reading(client: FlaskClient) -> None:
    """Nothing can be posted: 405 in the one shape, with the methods that are allowed."""
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert response.get_json()["error"]["code"] == "method_not_allowed"
    assert "GET" in response.headers["Allow"]
