"""What holds at every address there is. The url map is walked: a new route is tested before anybody thinks of it."""

import json
import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from werkzeug.routing import Rule

from search.settings import Settings
from tests.webui.collection import HOSTILE, make_engine
from webui.app import create_app

PLAIN = {
    "publisher": "xv-mfa",
    "language": "en",
    "day": "2024-02-08",
    "n": 3,
    "id": "place-no",
    "field": "entity",
    "filename": "lectern.css",
}
"""A value for each part of an address; a part that is not here is made up."""
WORST = PLAIN | {"day": "2023-05-04", "n": 1, "id": "organisation-x"}
"""The briefing and the entity that are made of markup."""
STRANGE = dict.fromkeys(PLAIN, HOSTILE) | {"n": 1}
QUERY = {
    "q": f"ferry {HOSTILE}",
    "outlet": f"Gazette {HOSTILE}",
    "-speaker": HOSTILE,
    "entity": "organisation-x",
    "prefix": HOSTILE,
}
"""What a search may be asked for that is made of markup, and finds the briefing that is."""
HEADERS = {
    "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy",
    "Cross-Origin-Opener-Policy", "Cache-Control",
}  # fmt: skip
METHODS = {"GET", "HEAD", "OPTIONS"}


def rules() -> list[Rule]:
    """Every route that is there."""
    return sorted(create_app().url_map.iter_rules(), key=lambda rule: rule.rule)


def address_of(app: Flask, rule: Rule, values: dict[str, object]) -> str:
    """An address of a route, made of some of `values`."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: values.get(name, "x") for name in rule.arguments})


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
@pytest.mark.parametrize("values", [PLAIN, STRANGE], ids=["plain", "strange"])
def test_every_route_signs_its_answers(app: Flask, client: FlaskClient, rule: Rule, values: dict[str, object]) -> None:
    """Every address, found or not, carries the whole policy, sets no cookie, and only reads."""
    assert rule.methods <= METHODS
    response = client.get(address_of(app, rule, values), buffered=True)
    assert set(response.headers.keys()) >= HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "Set-Cookie" not in response.headers
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
@pytest.mark.parametrize(
    ("values", "query"),
    [(WORST, {"q": "script"}), (WORST, QUERY), (STRANGE, QUERY)],
    ids=["record", "query", "address"],
)
def test_hostile_markup_is_text_everywhere(
    app: Flask, client: FlaskClient, rule: Rule, values: dict[str, object], query: dict[str, str]
) -> None:
    """A transcript, a name, a title, a query, an id made of markup is text in whatever is answered."""
    response = client.get(address_of(app, rule, values), query_string=query, buffered=True)
    if response.mimetype == "text/html":
        page = LexborHTMLParser(response.text)
        data = page.css('script[type="application/ld+json"]')
        assert not any("<" in block.text() for block in data)
        scripts = [s for s in page.css("script") if s not in data]
        assert all(not s.text() and (s.attributes["src"] or "").startswith(("/static/", "/widget.js")) for s in scripts)
        assert not page.css("[onload], [onerror], [onclick], [style], [href^='javascript:'], iframe, object")
        assert HOSTILE not in response.text
    elif response.mimetype.endswith("json"):
        json.loads(response.text)
    elif response.mimetype.endswith("xml") and response.text:
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(response.text).iter()}  # noqa: S314 (ours)
        assert "script" not in tags


@pytest.mark.parametrize(
    "address", ["/?q=ferry", "/briefings/xv-mfa/en/2023-05-04", "/?q=&outlet=Gazette+%3Cscript%3Ealert(1)%3C/script%3E"]
)
def test_markup_is_shown_as_it_is_printed(client: FlaskClient, address: str) -> None:
    """What is escaped is there: readers see the markup of a hostile transcript as its text."""
    assert HOSTILE in LexborHTMLParser(client.get(address).text).body.text()


@pytest.mark.parametrize(
    ("base", "url", "said"),
    [("https://lectern.example", "/", True), ("", "/", False), ("", "https://lectern.example/", True)],
)
def test_https_is_promised_only_over_https(tmp_path: object, base: str, url: str, said: bool) -> None:  # noqa: FBT001
    """Strict transport is asked for where readers come over https, and nowhere else."""
    settings = Settings(tmp_path, {"LECTERN_BASE_URL": base} if base else {})
    response = create_app(settings, make_engine(())).test_client().get(url)
    assert ("Strict-Transport-Security" in response.headers) == said
