"""What a first view weighs: the page and all that it loads, as it goes over the wire."""

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

MOST = 60_000
"""Bytes of a first view, packed: the page, its styles, scripts and pictures."""
MOST_SCRIPT = 15_000
PAGES = [
    "/", "/?q=", "/?q=ferry&outlet=Harbour+Post", "/facets/entity", "/briefings/xv-mfa/en/2024-02-08?q=ferry",
    "/briefings/xv-mfa/zh/2024-02-08/1", "/briefings/xv-mfa/en/2024-02-08/revisions", "/entities/place-no", "/help",
    "/api", "/nothing",
]  # fmt: skip
"""Every kind of page. A new one is a new row."""
MOST_PAGE = 30_000
"""Bytes of the page alone, so that real material, which has more of everything, leaves room for the rest."""


def weigh(client: FlaskClient, address: str) -> int:
    """Bytes that an address sends to a browser."""
    return len(client.get(address, buffered=True, headers={"Accept-Encoding": "gzip"}).data)


def weigh_all(client: FlaskClient, address: str) -> int:
    """Bytes of a page with all that it loads: its scripts within their limit, and nothing from elsewhere."""
    page = LexborHTMLParser(client.get(address).text)
    scripts = [node.attributes["src"] or "" for node in page.css("script[src]")]
    others = [
        (node.attributes.get("href") or node.attributes.get("src") or "")
        for node in page.css("link[rel=stylesheet], link[rel=icon], link[rel=preload], img, source")
    ]
    assert all(one.startswith("/") and not one.startswith("//") for one in (*scripts, *others))
    of_scripts = sum(weigh(client, one) for one in scripts)
    assert of_scripts < MOST_SCRIPT
    return weigh(client, address) + of_scripts + sum(weigh(client, one) for one in others)


@pytest.mark.parametrize("address", PAGES)
def test_first_view_is_light(client: FlaskClient, address: str) -> None:
    """A page with all that it loads is within its limits, and loads nothing from elsewhere."""
    assert weigh(client, address) < MOST_PAGE
    assert weigh_all(client, address) < MOST


def test_styles_load_nothing(client: FlaskClient) -> None:
    """No style sheet names a file: no font, no picture, no other sheet."""
    page = LexborHTMLParser(client.get("/?q=ferry").text)
    for sheet in page.css("link[rel=stylesheet]"):
        text = client.get(sheet.attributes["href"], buffered=True).text
        assert "url(" not in text
        assert "@import" not in text
