"""The language of the interface: how it is chosen, carried on and kept apart, and that nothing of it is left behind."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.webui.collection import HOSTILE
from tests.webui.conftest import Read, text_of
from webui.formats import day_text, month_names, month_text, number_text, weekday_names
from webui.names import answers_text
from webui.tongue import NAMES

PAGES = [
    "/",
    "/?q=ferry",
    "/?q=ferry&chart=share&outlet=Harbour+Post",
    "/?q=kelpzzz",
    "/?q=&page=99",
    "/briefings/xv-mfa/en/2024-02-08?q=ferry",
    "/briefings/xv-mfa/en/2024-02-08/3",
    "/briefings/xv-mfa/en/2024-02-08/revisions",
    "/briefings/xv-mfa/en/2024-02-08?beside=zh",
    "/entities/place-no",
    "/entities",
    "/outlets",
    "/speakers",
    "/calendar",
    "/compare?q=ferry&q=kelp",
    "/facets/entity?q=ferry",
    "/saved",
    "/help",
]
ELSEWHERE = re.compile(r"/(static/|export\.|feed\.atom|compare\.csv|opensearch\.xml)")


def in_language(client: FlaskClient, address: str, accepted: str) -> LexborHTMLParser:
    """A page as a browser that prefers `accepted` gets it."""
    return LexborHTMLParser(client.get(address, headers={"Accept-Language": accepted}).text)


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("es-MX", "es"),
        ("fr, es;q=0.5", "es"),
        ("en-GB, zh;q=0.9", "en"),
        ("fr, de", "en"),
        ("*", "en"),
        ("zh;q=0, es;q=0.1", "es"),
        (";;;q=x,,", "en"),
    ],
)
def test_browser_chooses_the_language(client: FlaskClient, accepted: str, lang: str) -> None:
    """The first language that the browser prefers and we have, whatever the country; else English."""
    html = in_language(client, "/help", accepted).css_first("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == (lang, "ltr")


@pytest.mark.parametrize(("ui", "lang"), [("es", "es"), ("zh", "zh-Hans"), ("en", "en")])
def test_address_goes_before_the_browser(client: FlaskClient, ui: str, lang: str) -> None:
    """What an address says holds, whatever the browser prefers."""
    assert in_language(client, f"/?q=ferry&ui={ui}", "zh").css_first("html").attributes["lang"] == lang


@pytest.mark.parametrize("ui", ["", "fr", "zh-CN", "../../etc/passwd", HOSTILE, "es\x00", "e" * 5000])
def test_names_of_no_language_are_passed_over(client: FlaskClient, ui: str) -> None:
    """Anything else in the parameter changes nothing, and is in no link but the switch's none either."""
    response = client.get("/help", query_string={"ui": ui}, headers={"Accept-Language": "es"})
    page = LexborHTMLParser(response.text)
    assert response.status_code == 200
    assert page.css_first("html").attributes["lang"] == "es"
    assert not [a for a in page.css("a:not(.tongues a)") if "ui=" in a.attributes["href"]]


@given(
    ui=st.text(max_size=40), accepted=st.text(st.characters(codec="latin-1", exclude_categories=("C",)), max_size=40)
)
def test_any_wish_gives_a_page(app: Flask, ui: str, accepted: str) -> None:
    """Whatever is wished for, the page comes in one of the languages."""
    with app.test_client() as client:
        response = client.get("/saved", query_string={"ui": ui}, headers={"Accept-Language": accepted})
    assert response.status_code == 200
    assert re.search(r'<html lang="(en|es|zh-Hans)"', response.text)


@pytest.mark.parametrize("address", PAGES)
def test_every_way_on_carries_the_language(client: FlaskClient, address: str) -> None:
    """Every link, form and range of a page whose address says a language says it too; anchors stand behind it."""
    page = LexborHTMLParser(client.get(f"{address}{'&' if '?' in address else '?'}ui=es").text)
    links = [node.attributes["href"] for node in page.css("a[href]") if node.attributes["href"].startswith("/")]
    ranges = [node.attributes["data-range"] for node in page.css("[data-range]")]
    ways = [one for one in (*links, *ranges) if not ELSEWHERE.match(one)]
    assert ways
    for way in ways:
        said = parse_qs(urlsplit(way).query, keep_blank_values=True).get("ui", [])
        assert len(said) == 1, way
    assert {parse_qs(urlsplit(way).query)["ui"][0] for way in ways if way not in switch(page)} == {"es"}
    forms = page.css("form[action]")
    assert forms
    assert all(form.css_first("input[type=hidden][name=ui]").attributes["value"] == "es" for form in forms)
    canonical = page.css_first("link[rel=canonical]")
    assert canonical is None or "ui=" not in canonical.attributes["href"]


def switch(page: LexborHTMLParser) -> list[str]:
    """The addresses of the switch between languages."""
    return [node.attributes["href"] for node in page.css(".tongues a")]


def test_links_say_nothing_where_the_address_does_not(client: FlaskClient) -> None:
    """A language that the browser chose stands in no address but those of the switch."""
    page = in_language(client, "/?q=ferry", "es")
    assert not [
        n for n in page.css("a[href], form") if "ui=" in (n.attributes.get("href") or "") and n.parent.tag != "li"
    ]
    assert not page.css("input[name=ui]")


def test_switch_leads_to_the_same_in_another_language(read: Read) -> None:
    """The switch keeps all that the address says, each language under its own name, the present one marked."""
    page = read("/?q=ferry&outlet=Harbour+Post&ui=zh")
    assert [node.text() for node in page.css(".tongues a")] == list(NAMES.values())
    assert switch(page)[2] == "/?q=ferry&outlet=Harbour+Post&ui=es"
    assert text_of(page, ".tongues [aria-current]") == "中文"
    assert [node.attributes["lang"] for node in page.css(".tongues a")] == list(NAMES)


def test_pages_of_languages_are_kept_apart(client: FlaskClient) -> None:
    """What is kept for a reader of one language, by the server or by a proxy, is not given to one of another."""
    seen = {}
    for accepted in ("en", "zh", "es", "en", "zh"):
        for address in ("/", "/?q=ferry", "/calendar", "/facets/outlet?q=ferry"):
            response = client.get(address, headers={"Accept-Language": accepted})
            assert "Accept-Language" in response.headers["Vary"]
            tag = seen.setdefault((address, accepted), response.headers["ETag"])
            assert tag == response.headers["ETag"]
            assert LexborHTMLParser(response.text).css_first("html").attributes["lang"][:2] == accepted
            again = client.get(address, headers={"Accept-Language": accepted, "If-None-Match": tag})
            assert again.status_code == 304
            assert "Accept-Language" in again.headers["Vary"]
    assert len(set(seen.values())) == len(seen)


def test_programs_are_answered_in_english(client: FlaskClient) -> None:
    """The API and its failures, exports and feeds are the same for every reader."""
    for address in (
        "/api/v1/search?q=ferry+kelpzzz",
        "/api/v1/items/x/y/z/1",
        "/export.csv?q=ferry",
        "/feed.atom?q=ferry",
    ):
        plain, spanish = (client.get(address, headers={"Accept-Language": one}) for one in ("en", "es"))
        assert re.sub(r'"took_ms":[^,]*', "", plain.text) == re.sub(r'"took_ms":[^,]*', "", spanish.text)
        assert "Accept-Language" not in spanish.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("ui", "day", "month", "number", "one", "many"),
    [
        ("en", "8 February 2024", "February 2024", "12,345", "1 answer", "1,000 answers"),
        ("zh", "2024年2月8日", "2024年2月", "12,345", "1 个回答", "1,000 个回答"),
        ("es", "8 de febrero de 2024", "febrero de 2024", "12.345", "1 respuesta", "1000 respuestas"),
    ],
)
def test_days_numbers_and_plurals(app: Flask, ui: str, day: str, month: str, number: str, one: str, many: str) -> None:  # noqa: PLR0917
    """Days, numbers and plural forms are those of the language."""
    with app.test_request_context(f"/?ui={ui}"):
        assert (day_text(date(2024, 2, 8)), month_text(date(2024, 2, 8)), number_text(12345)) == (day, month, number)
        assert (answers_text(1), answers_text(1000)) == (one, many)
        assert (len(weekday_names()), len(month_names())) == (7, 12)


def test_failures_speak_the_language(client: FlaskClient) -> None:
    """An error page says what is wrong, and what to do, in the reader's language."""
    page = LexborHTMLParser(client.get("/?q=ferry&from=2024-02-30&ui=es").text)
    assert text_of(page, "h1") == "No se puede leer"
    assert text_of(page, ".lead") == "El parámetro from=2024-02-30 no significa nada."
    missing = LexborHTMLParser(client.get("/nowhere?ui=zh").text)
    assert text_of(missing, ".lead") == "此地址没有页面。"
    assert missing.css_first("a.brand").attributes["href"] == "/?ui=zh"


def iter_texts(node: LexborNode) -> Iterator[str]:
    """The texts of a page that are its interface's, names and texts of the collection left out."""
    for one in node.traverse(include_text=True):
        if one.tag != "-text" or not one.text().strip():
            continue
        above, own = one.parent, True
        while above is not None and above.tag != "body":
            own = own and above.tag not in OWN_TAGS and not set((above.attributes.get("class") or "").split()) & OWN
            own = own and not ({"lang", "dir"} & above.attributes.keys() and above.tag != "html")
            above = above.parent
        if own:
            yield " ".join(one.text().split())


OWN_TAGS = {"code", "bdi", "kbd", "script", "mark", "h3"}
OWN = {"label", "name", "source", "detail", "tags", "tallies", "columns-of-names", "brand", "address", "words", "by"}
"""What holds names, or texts of the collection."""
ENGLISH = re.compile(
    r"\b([Tt]he|[Oo]f|[Aa]nd|[Oo]r|[Ww]ith|[Ii]n|[Ii]s|[Aa]re|[Tt]o|[Nn]ot|[Aa]ll|[Bb]y|[Aa]nswers?|[Bb]riefings?|[Ww]ords?"
    r"|[Tt]his|[Ff]rom|[Pp]age|[Ss]how|[Ss]earch|[Mm]ore|[Ss]hare|[Yy]ear|[Dd]ay|[Ff]irst|[Ll]ast|[Ll]ater?|[Nn]ew)\b"
)
NAMED = re.compile(r"Ministry of External Relations of Valdria|Cabinet of Westmark|\S*/\S+|\w+:\w+|“.*?”|«.*?»")
"""Names of the collection, addresses, examples, and what is quoted."""


def is_english(text: str) -> bool:
    """Whether English words stand in a text, names left out."""
    return bool(ENGLISH.search(NAMED.sub("", text)))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("ui", ["zh", "es"])
def test_nothing_is_left_in_english(client: FlaskClient, address: str, ui: str) -> None:
    """The interface of the main pages has no English words left in it, neither in texts nor in what is read aloud."""
    page = LexborHTMLParser(client.get(f"{address}{'&' if '?' in address else '?'}ui={ui}").text)
    page.strip_tags(["svg"])
    left = [text for text in iter_texts(page.body) if is_english(text)]
    said = [
        node.attributes[name]
        for name in ("aria-label", "placeholder")
        for node in page.css(f"[{name}]")
        if is_english(node.attributes[name])
    ]
    assert (left, said) == ([], [])


@pytest.mark.parametrize("ui", ["zh", "es"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/compare",
        "/facets/outlet",
        "/outlets",
        "/briefings/xv-mfa/en/2023-05-04",
        "/briefings/xv-mfa/en/2023-05-04/1",
        "/nowhere",
    ],
)
def test_hostile_markup_is_text_in_every_language(client: FlaskClient, address: str, ui: str) -> None:
    """What is put into a translated text is escaped as elsewhere, and nothing in a text is taken for a link of ours."""
    typed = f'{HOSTILE} <a href="/x">'
    query = {"q": typed, "find": typed, "prefix": typed, "outlet": f"Gazette {HOSTILE}", "ui": ui}
    text = client.get(address, query_string=query).text
    assert HOSTILE not in text
    assert not LexborHTMLParser(text).css("a[href^='/x']")
