"""The widget's addresses: how the file is served, and who may frame the frame."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import HOSTILE, make_engine
from tests.webui.conftest import Read, text_of, texts_of
from webui.app import create_app
from webui.parts import part_of
from webui.widget.releases import digest_of, newest, releases

MOST = 12_000
"""Bytes of the widget as it goes over the wire."""
PARTNERS = "https://news.example https://*.press.example:8443"


@pytest.fixture
def listing() -> FlaskClient:
    """A client of a site that lists partners."""
    return create_app(Settings(Path("nowhere"), {"LECTERN_PARTNER_ORIGINS": PARTNERS}), make_engine()).test_client()


@pytest.mark.parametrize("address", ["/widget.js", *(one.path for one in releases().values())])
def test_widget_is_small_and_for_every_page(client: FlaskClient, listing: FlaskClient, address: str) -> None:
    """Packed it is below its limit; any page may load it, with a digest and isolated too, whatever is listed."""
    for site in (client, listing):
        response = site.get(address, headers={"Accept-Encoding": "gzip", "Origin": "https://other.example"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) < MOST
        assert response.mimetype == "text/javascript"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in response.headers


def test_newest_is_asked_for_again_and_costs_nothing(client: FlaskClient) -> None:
    """`/widget.js` is the newest version; who has it is answered 304."""
    first = client.get("/widget.js")
    assert digest_of(first.data) == newest().digest
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200


def test_version_is_kept_for_good(client: FlaskClient) -> None:
    """A version at its address has the bytes of its digest, and may be kept for a year."""
    for one in releases().values():
        response = client.get(one.path)
        assert digest_of(response.data) == one.digest
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("version", ["0.9.9", "1.0", "1.0.0.0", "..%2f..%2fapp", "%3Cscript%3E", "1.0.0%00"])
def test_version_that_was_never_released_is_not_there(client: FlaskClient, version: str) -> None:
    """A version that nobody released is 404, with a hint at those that there are."""
    response = client.get(f"/widget-{version}.js")
    assert response.status_code == 404
    assert "Cache-Control" in response.headers
    assert "immutable" not in response.headers["Cache-Control"]


def test_frame_is_for_listed_partners_alone(client: FlaskClient, listing: FlaskClient) -> None:
    """Where nobody is listed nobody frames anything; else those of the list frame the frame, also when it refuses."""
    assert "frame-ancestors 'none'" in client.get("/widget/frame").headers["Content-Security-Policy"]
    for address in ("/widget/frame", "/widget/frame?q=ferry", "/widget/frame?q=ferry&from=x"):
        policy = listing.get(address).headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {PARTNERS}")
        assert policy.count("frame-ancestors") == 1
    for address in ("/", "/widget/demo", "/?q=ferry", "/nothing"):
        assert "frame-ancestors 'none'" in listing.get(address).headers["Content-Security-Policy"]


def test_frame_counts_as_a_page() -> None:
    """The script is a file, which costs no search; the frame and the configurator are pages, which have a limit."""
    assert {part_of(path) for path in ("/widget.js", newest().path)} == {"file"}
    assert {part_of(path) for path in ("/widget/frame", "/widget/demo")} == {"page"}


def test_frame_searches_without_a_script(read: Read) -> None:
    """The form keeps its presets; answers lead out of the frame, to the transcript and to the same search."""
    page = read("/widget/frame?q=ferry&publisher=xv-mfa&limit=2&theme=dark&placeholder=Ask&ui=es")
    assert page.css("script") == []
    assert len(page.css(".hit")) == 2
    assert text_of(page, ".told") == "4 respuestas"
    kept = {node.attributes["name"]: node.attributes["value"] for node in page.css("form input[type=hidden]")}
    assert kept == {"publisher": "xv-mfa", "limit": "2", "theme": "dark", "placeholder": "Ask", "ui": "es"}
    assert page.css_first("input[type=search]").attributes["placeholder"] == "Ask"
    assert {node.attributes["target"] for node in page.css("a")} == {"_top"}
    assert page.css_first(".more a").attributes["href"] == "/?q=ferry&publisher=xv-mfa&ui=es"
    assert page.css_first("html").attributes["data-theme"] == "dark"


def test_frame_names_who_said_the_words(read: Read) -> None:
    """Of two who answer, the frame names the one whose words it shows."""
    page = read("/widget/frame?q=run+the+ferry")
    assert texts_of(page, ".answer .who") == ["Mara Ellin"]


def test_frame_before_a_search_is_a_form(read: Read) -> None:
    """Without words nothing is searched for; an unknown theme is the reader's own; `page` is no matter."""
    page = read("/widget/frame?theme=pink&page=4")
    assert page.css(".hit, .told, .more") == []
    assert "data-theme" not in page.css_first("html").attributes


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("q=ferry&from=yesterday", 400, "The parameter from=yesterday means nothing."),
        ("q=ferry&limit=21", 400, "The parameter limit=21 means nothing."),
        ("q=zeppelin", 200, "Nothing was found."),
    ],
)
def test_frame_says_what_is_wrong(read: Read, query: str, status: int, told: str) -> None:
    """What is refused, or not found, is said in the frame, beside the form."""
    page = read(f"/widget/frame?{query}", status)
    assert text_of(page, ".told").startswith(told)
    assert page.css_first("input[type=search]").attributes["value"]


def test_frame_without_an_index_is_a_form(tmp_path: Path) -> None:
    """While nothing is indexed the frame says so, with the status that fits."""
    response = create_app(Settings(tmp_path, {})).test_client().get("/widget/frame?q=ferry")
    assert response.status_code == 503
    assert LexborHTMLParser(response.text).css_first(".told") is not None


def test_configurator_writes_what_to_copy(read: Read) -> None:
    """What is chosen stands in the element, in the link without a script, in the frame; what is usual is left out."""
    page = read(
        "/widget/demo?publisher=xv-mfa&outlet=A+%26+%22B%22&limit=5&theme=dark&lang=es&font=inherit&accent=%2314566B&radius=0"
    )
    widget = page.css_first("lectern-search").attributes
    assert widget == {
        "source": "http://localhost", "publisher": "xv-mfa", "outlet": 'A & "B"', "lang": "es", "theme": "dark",
        "font": "inherit", "data-radius": "0",
    }  # fmt: skip
    html = page.css_first("#c-html ~ pre").text()
    copied = LexborHTMLParser(html).css_first("lectern-search")
    assert {k: v for k, v in widget.items() if not k.startswith("data-")} == copied.attributes
    assert copied.css_first("a").attributes["href"] == "http://localhost/?publisher=xv-mfa&outlet=A+%26+%22B%22"
    frame = LexborHTMLParser(page.css_first("#c-frame ~ pre").text()).css_first("iframe").attributes
    assert frame["src"] == "http://localhost/widget/frame?publisher=xv-mfa&outlet=A+%26+%22B%22&theme=dark&ui=es"
    assert "allow-scripts" not in frame["sandbox"]
    assert "--lectern-radius: 0;" in page.css_first("#c-css ~ pre").text()
    assert "accent" not in page.css_first("#c-css ~ pre").text()
    assert page.css_first("#c-policy ~ pre").text() == "script-src http://localhost; connect-src http://localhost"


def test_snippets_are_of_the_host_that_is_stated(client: FlaskClient) -> None:
    """Where LECTERN_BASE_URL is set snippets say it, whoever asks; else that of the request, for no cache."""
    stated = create_app(Settings(Path("nowhere"), {"LECTERN_BASE_URL": "https://lectern.example"}), make_engine(()))
    page = stated.test_client().get("/widget/demo", headers={"Host": "evil.example"})
    assert "evil" not in page.text
    assert 'source="https://lectern.example"' in page.text
    assert "private" not in page.headers["Cache-Control"]
    assert client.get("/widget/demo").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/widget/demo", headers={"Host": '"><script>'}).status_code == 400


def test_configurator_pins_the_newest_version(read: Read) -> None:
    """The pinned snippet names the newest version by its address and its digest, asked for with CORS."""
    script = LexborHTMLParser(read("/widget/demo").css_first("#c-pinned ~ pre").text()).css_first("script").attributes
    assert script["src"] == f"http://localhost{newest().path}"
    assert script["integrity"] == newest().digest
    assert script["crossorigin"] == "anonymous"


@pytest.mark.parametrize(
    ("origin", "listed", "told"),
    [
        ("https://news.example", True, "https://news.example is listed"),
        ("https://NEWS.example:443/a/page?x=1", True, "https://news.example is listed"),
        ("https://a.press.example:8443/", True, "https://a.press.example:8443 is listed"),
        ("http://news.example", False, "http://news.example is not listed"),
        ("https://news.example.evil.example", False, "is not listed"),
        ("https://press.example:8443", False, "is not listed"),
        ("news.example", False, "no address of a site"),
        ("https://[", False, "no address of a site"),
        ("https://a:99999", False, "no address of a site"),
        ("https://x@news.example", False, "no address of a site"),
        (HOSTILE, False, "no address of a site"),
    ],
)
def test_developer_is_told_whether_a_site_is_listed(listing: FlaskClient, origin: str, listed: bool, told: str) -> None:  # noqa: FBT001
    """The configurator says of any address whether pages there may use the widget."""
    page = LexborHTMLParser(listing.get("/widget/demo", query_string={"origin": origin}).text)
    assert told in text_of(page, ".told")
    assert bool(page.css(".notice.bad")) is not listed


def test_any_site_may_use_the_widget_while_none_is_listed(read: Read) -> None:
    """Where no partners are listed, the configurator says that any site will do."""
    assert "works on any site" in text_of(read("/widget/demo?origin=https://news.example"), ".told")


def test_configurator_passes_over_what_it_does_not_offer(read: Read) -> None:
    """Values that are none of a list's choices, or no colour, get into no snippet; a day that is none is told."""
    page = read("/widget/demo?theme=pink&lang=xx&font=evil&accent=red;}&radius=9px&limit=5")
    assert page.css_first("lectern-search").attributes == {"source": "http://localhost"}
    assert page.css("#c-css") == []
    read("/widget/demo?from=yesterday", 400)
    read("/widget/demo?limit=99", 400)
