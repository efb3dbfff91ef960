"""Names lead to the pages of outlets and speakers, wherever they stand, and nothing else does."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import FERRY, FERRY_BEFORE, make_engine, publish
from tests.webui.conftest import Read, texts_of
from webui.app import create_app

PAGE = "/briefings/xv-mfa/en/2024-02-08"


def ways(page: LexborHTMLParser, selector: str) -> dict[str, str | None]:
    """Where the names that `selector` finds lead."""
    return {link.text().strip(): link.attributes["href"] for link in page.css(selector)}


def test_names_of_a_hit_lead_to_their_pages(read: Read) -> None:
    """Who asked and who answered are links, out of bounds for robots; who is not known is none."""
    page = read('/?q="Port+Anselm"')
    assert ways(page, ".hit a.name") == {"HP": "/outlets/harbour-post", "Ilsa Verlaine": "/speakers/ilsa-verlaine"}
    assert {a.attributes["rel"] for a in page.css(".hit a.name")} == {"nofollow"}
    assert texts_of(read('/?q="not+aware+of+the+situation"'), ".hit span.name") == ["Question"]


def test_names_of_a_transcript_lead_to_their_pages(read: Read) -> None:
    """Each turn's name leads to its page, of two people answering each to their own, and so do those at the podium."""
    page = read("/briefings/xw-gov/en/2022-11-30")
    podium = {"Oren Calloway": "/speakers/oren-calloway", "Mara Ellin": "/speakers/mara-ellin"}
    assert ways(page, ".turn a.name") == {"Northern Wire": "/outlets/northern-wire", **podium}
    assert podium.items() <= ways(page, ".head .meta a").items()
    for address in ways(page, ".turn a.name").values():
        assert read(address).css_first("h1")


def test_name_of_nobody_now_leads_nowhere() -> None:
    """Who stands in an earlier text alone has no page, and so no link."""
    engine = make_engine([publish(FERRY, FERRY_BEFORE)])
    shown = create_app(Settings(Path("nowhere"), {}), engine).test_client().get(f"{PAGE}?revision=1").text
    known = set(ways(LexborHTMLParser(shown), ".turn a.name"))
    assert {"HP", "Ilsa Verlaine"} <= known
    assert "Q" not in known
