"""What the tests of pages share: an application over the invented collection, and pages read with selectors."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import make_engine
from webui.app import create_app

Read = Callable[..., LexborHTMLParser]

SCRIPTS = ["/static/lectern.js", "/static/combobox.js", "/static/quote.js"]
"""The scripts of every page."""
READING = [*SCRIPTS, "/static/reading.js"]
"""The scripts of a page that is read."""


@pytest.fixture(scope="session")
def app() -> Flask:
    """The application over the whole collection; tests ask more of it in a minute than anybody may."""
    return create_app(Settings(Path("nowhere"), {"LECTERN_RATE_LIMIT": "off"}), make_engine())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a browser."""
    return app.test_client()


@pytest.fixture
def read(client: FlaskClient) -> Read:
    """Fetch an address, check its status, and give the page."""

    def get(address: str, status: int = 200) -> LexborHTMLParser:
        response = client.get(address)
        assert response.status_code == status, response.get_data(as_text=True)[:500]
        return LexborHTMLParser(response.get_data(as_text=True))

    return get


@pytest.fixture
def empty_client() -> FlaskClient:
    """A client of an application whose index holds nothing."""
    return create_app(Settings(Path("nowhere"), {}), make_engine(())).test_client()


def text_of(page: LexborHTMLParser, selector: str) -> str:
    """The text of the one node that `selector` finds, white space folded."""
    (node,) = page.css(selector)
    return " ".join(node.text().split())


def texts_of(page: LexborHTMLParser, selector: str) -> list[str]:
    """The texts of all nodes that `selector` finds, white space folded."""
    return [" ".join(node.text().split()) for node in page.css(selector)]
