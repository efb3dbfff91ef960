"""The page that describes the API: all of it, in a page of ours, with commands that work."""

import shlex
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import make_engine
from tests.webui.conftest import Read, texts_of
from webui.api_description import OPERATIONS
from webui.api_pages import NOWHERE
from webui.app import create_app
from webui.openapi import make_document


def commands(page: LexborHTMLParser) -> list[str]:
    """The commands that a page gives to try."""
    return [node.text() for node in page.css("pre code")]


def test_all_of_it_is_there(app: Flask, read: Read) -> None:
    """Every address, parameter, field and error of the document stands on the page."""
    page, document = read("/api"), make_document(app, "")
    shown = set(texts_of(page, "code"))
    assert {f"GET {path}" for path in document["paths"]} <= shown
    for operation in (described["get"] for described in document["paths"].values()):
        assert {one["name"] for one in operation["parameters"]} <= shown
    for name, schema in document["components"]["schemas"].items():
        assert page.css_first(f"h3#{name}").text() == name
        assert set(schema["properties"]) <= shown
    assert {"400", "401", "404", "410", "414", "429", "503"} <= shown


def test_its_links_lead_somewhere(client: FlaskClient, read: Read) -> None:
    """Every link within the page has its place, every other leads to a page."""
    page = read("/api")
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.css("main a"):
        address = link.attributes["href"]
        assert address[1:] in ids if address.startswith("#") else client.get(address).status_code == 200


def test_commands_work(client: FlaskClient, read: Read) -> None:
    """Each command asks this site, names what is in the collection, and finds it."""
    found = [shlex.split(line) for line in commands(read("/api"))]
    assert len(found) > len(OPERATIONS)
    for program, *words in found:
        *options, address = words
        assert (program, address.startswith(f"{NOWHERE}/api/v1/")) == ("curl", True)
        if options:  # the one with a key, which is nobody's
            assert options == ["-H", "Authorization: Bearer lectern_…"]
            continue
        parts = urlsplit(address)
        answer = client.get(f"{parts.path}?{parts.query}")
        assert (answer.status_code, answer.is_json) == (200, True)
        assert answer.get_json().get("total") != 0, address


@pytest.mark.parametrize("engine", [make_engine(()), None], ids=["nothing", "no index"])
def test_it_is_there_before_anything_is_added(engine: object, tmp_path: object) -> None:
    """While there is nothing to name, commands name something that might be there."""
    client = create_app(Settings(tmp_path, {}), engine).test_client()
    page = client.get("/api")
    assert page.status_code == 200
    assert any("cn-mfa/en/2024-02-08" in line for line in commands(LexborHTMLParser(page.text)))


def test_commands_ask_where_the_site_is() -> None:
    """Where the site's address is known, they ask there; and whatever limit is set is told."""
    values = {"LECTERN_BASE_URL": "https://lectern.example", "LECTERN_RATE_LIMIT": "77/hour"}
    client = create_app(Settings("nowhere", values), make_engine()).test_client()
    page = client.get("/api", headers={"Host": "evil.example"}).text
    assert "https://lectern.example/api/v1/search?" in page
    assert "77/hour" in page
    assert "evil.example" not in page
