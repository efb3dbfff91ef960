"""The description of the API: it is valid, says all there is, and every answer is as it says, no more and no less."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from search.addresses import PARAMETERS
from search.schema import FACETS
from search.settings import Settings
from tests.oracle import OracleEngine
from tests.webui.collection import FERRY, make_engine
from webui.api_description import OPERATIONS, PAGED, SEARCH, SINCE, SORTED, Parameter
from webui.app import create_app
from webui.openapi import ERRORS, make_document, undescribed

FORMS = {
    "Search": ["/search?q=ferry", "/search?q=&per_page=2", "/search?q=ferrry", "/search?q=ferry+xqzzv&fold=near",
               "/search?q=dredging&sort=newest&page=2&generation=9", '/search?q="ferry&exact=1', "/search?q=%E6%B8%A1",
               "/search?q=the&-outlet=HP&entity=place-no&rollup=1"],
    "Values": ["/facets/entity", "/facets/outlet?prefix=h&by=name", "/facets/entity?type=place&q=ferry"],
    "Briefing": [f"/briefings/{FERRY.id}", "/briefings/xw-gov/en/2022-11-30", "/briefings/xv-mfa/zh/2024-02-08"],
    "Item": [f"/items/{FERRY.id}/{n}" for n in range(1, 7)] + ["/items/xw-gov/en/2022-11-30/1"],
    "Similar": [f"/items/{FERRY.id}/2/similar", "/items/xv-mfa/en/2021-05-15/1/similar?limit=3"],
    "Entity": ["/entities/place-no", "/entities/place-east", "/entities/place-silent"],
    "Suggestions": ["/suggest?q=norw", "/suggest?q=ferry+i", "/suggest", "/suggest?q=d"],
    "Coverage": ["/coverage"],
    "Error": ["/search?page=0", '/search?q="ferry&strict=1', "/nothing", "/items/xv-mfa/en/2024-02-08/9"],
}  # fmt: skip
"""Addresses that answer with each shape."""


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    """The description."""
    return make_document(app, "")


@pytest.fixture(scope="module")
def closed(document: dict[str, Any]) -> dict[str, Any]:
    """The same, but that nothing may stand in an object that is not described."""
    schemas = document["components"]["schemas"]
    shut = {name: {**schema, "additionalProperties": False} for name, schema in schemas.items()}
    assert all(schema["type"] == "object" for schema in schemas.values())
    return {"components": {"schemas": shut}}


def test_the_document_is_valid(client: FlaskClient) -> None:
    """What is served is a valid OpenAPI 3.1 document."""
    served = client.get("/api/v1/openapi.json")
    assert (served.status_code, served.mimetype, served.get_json()["openapi"]) == (200, "application/json", "3.1.0")
    assert list(OpenAPIV31SpecValidator(served.get_json()).iter_errors()) == []


def test_every_address_is_described(app: Flask, document: dict[str, Any]) -> None:
    """There is no address of the API that the document does not describe, and none described that is not there."""
    assert undescribed(app) == set()
    assert len(document["paths"]) == len(OPERATIONS)


def test_every_parameter_is_described() -> None:
    """A search is described with every parameter that is read, but the one that only pages show."""
    described = {one.name for one in (*SEARCH, *SORTED, *PAGED, *SINCE)}
    assert described == PARAMETERS - {"chart"} | {"generation", "commit"}


def iter_choices() -> Iterator[tuple[str, str]]:
    """Every value that the description names as one of several, and the bounds of every number."""
    paths = {"api.search": "/search", "facets.values_json": "/facets/entity", "suggest.for_programs": "/suggest"}
    for endpoint, path in paths.items():
        for one in OPERATIONS[endpoint].parameters:
            yield from ((path, f"{one.name}={value}") for value in good(one))


def good(parameter: Parameter) -> list[object]:
    """Values that the description allows at the edges."""
    schema = parameter.schema
    return [*schema.get("enum", []), *(schema[name] for name in ("minimum", "maximum") if name in schema)]


@pytest.mark.parametrize(("path", "said"), list(iter_choices()))
def test_what_is_described_may_be_said(client: FlaskClient, path: str, said: str) -> None:
    """Every choice and every bound that the description names is accepted."""
    assert client.get(f"/api/v1{path}?{said}").status_code == 200


@pytest.mark.parametrize("parameter", [*SORTED, *PAGED, *SEARCH, SINCE[0]], ids=lambda one: one.name)
def test_what_is_not_described_is_refused(client: FlaskClient, parameter: Parameter) -> None:
    """A value that the description does not allow is refused with the parameter's name."""
    if parameter.schema["type"] == "string" and not {"enum", "format"} & parameter.schema.keys():
        assert client.get(f"/api/v1/search?{parameter.name}=rubbish").status_code == 200
        return
    refused = client.get(f"/api/v1/search?{parameter.name}=rubbish")
    assert (refused.status_code, f"{parameter.name}=rubbish" in refused.text) == (400, True)


@pytest.mark.parametrize(("shape", "address"), [(shape, one) for shape, some in FORMS.items() for one in some])
def test_answers_are_as_described(client: FlaskClient, closed: dict[str, Any], shape: str, address: str) -> None:
    """Every field of an answer is described, every field that is described as always there is there, of its type."""
    answer = client.get(f"/api/v1{address}").get_json()
    validator = OAS31Validator({"$ref": f"#/components/schemas/{shape}", **closed})
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)] == []


def test_every_shape_is_tried(document: dict[str, Any]) -> None:
    """The answers above are of every shape that an address gives; each facet has its field."""
    assert set(FORMS) == {one.answer.__name__ for one in OPERATIONS.values()} | {"Error"}
    assert set(document["components"]["schemas"]["Facets"]["properties"]) == {field.name for field in FACETS}


def test_it_says_where_the_site_is(app: Flask) -> None:
    """Where the site's address is known, programs are told it; else they take the address that they asked."""
    assert make_document(app, "https://lectern.example")["servers"] == [{"url": "https://lectern.example"}]
    assert make_document(app, "")["servers"] == [{"url": "/"}]


class TestPages:
    """A client that pages through a result is told when what it pages through has changed."""

    @pytest.fixture
    def engine(self) -> OracleEngine:
        """An engine that a test may write to."""
        return make_engine()

    @pytest.fixture
    def client(self, engine: OracleEngine, tmp_path: object) -> FlaskClient:
        """A client of an application over it."""
        return create_app(Settings(tmp_path, {}), engine).test_client()

    def codes(self, client: FlaskClient, address: str) -> list[str]:
        """The codes of an answer's notices."""
        return [notice["code"] for notice in client.get(address).get_json()["notices"]]

    def test_next_leads_through_all(self, client: FlaskClient) -> None:
        """Following `next` brings every hit once, with the search as it was, and ends with null."""
        address, seen = "/api/v1/search?q=dredging&-outlet=HP&per_page=7&sort=oldest&strict=1", []
        while address:
            answer = client.get(address).get_json()
            seen += [hit["id"] for hit in answer["hits"]]
            assert (answer["notices"], answer["per_page"]) == ([], 7)
            address = answer["next"]
        assert len(seen) == len(set(seen)) == answer["total"] > 14

    def test_a_change_is_told(self, client: FlaskClient, engine: OracleEngine) -> None:
        """An addition and a new generation are told on the next page, with the way to begin again, and once only."""
        following = client.get("/api/v1/search?q=dredging").get_json()["next"]
        assert self.codes(client, following) == []
        engine.add([], sequence=4)
        answer = client.get(following).get_json()
        (notice,) = answer["notices"]
        assert (notice["code"], notice["url"]) == ("collection_changed", "/?q=dredging")
        assert self.codes(client, answer["next"]) == []

    def test_generation_alone_does(self, client: FlaskClient) -> None:
        """Who only remembers the generation is told of a new one."""
        assert self.codes(client, "/api/v1/search?q=dredging&page=2&generation=1") == []
        assert self.codes(client, "/api/v1/search?q=dredging&page=2&generation=2") == ["collection_changed"]
        assert self.codes(client, "/api/v1/search?q=dredging&page=2&commit=x") == ["collection_changed"]

    def test_what_is_kept_knows_the_difference(self, client: FlaskClient) -> None:
        """A page that is kept for those who begin is not given to those who went on, nor the other way round."""
        for _ in range(2):
            assert self.codes(client, "/api/v1/search?q=dredging&page=2") == []
            assert self.codes(client, "/api/v1/search?q=dredging&page=2&generation=2") == ["collection_changed"]


def test_errors_are_described_for_what_they_are() -> None:
    """Each status that is described has a name of its own, and each class of failure is among them."""
    assert len({name for name, _ in ERRORS.values()}) == len(ERRORS)
    assert set(ERRORS) == {400, 401, 404, 410, 414, 429, 503}
