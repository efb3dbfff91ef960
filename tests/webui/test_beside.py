"""Editions side by side, as a page."""

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.settings import Settings
from tests.webui.collection import CHINESE, FERRY, HOSTILE, answer, make_engine, publish
from tests.webui.conftest import READING, Read, text_of, texts_of
from webui.app import create_app

PAGE = "/briefings/xv-mfa/en/2024-02-08"


@pytest.mark.parametrize("named", ["zh", "xv-mfa/zh/2024-02-08"])
def test_edition_is_named_by_language_or_id(read: Read, named: str) -> None:
    """The other edition stands on the right, in its own language."""
    page = read(f"{PAGE}?beside={named}")
    assert texts_of(page, ".heads h1, .heads h2") == [FERRY.title, CHINESE.title]
    assert [n.attributes["lang"] for n in page.css('[id="zh-1"] .words')] == ["zh", "zh"]


def test_every_item_of_both_is_shown_once(read: Read) -> None:
    """All items of both are there, the other's anchors with its language; what stands alone is said to."""
    page = read(f"{PAGE}?beside=zh")
    ids = [n.attributes["id"] for n in page.css("article.item")]
    assert sorted(ids) == ["1", "2", "3", "4", "5", "6", "zh-1"]
    (row,) = [n for n in page.css('.row[role="group"]') if n.css('[id="zh-1"]')]
    assert row.css('[id="2"]'), "both were asked by the Harbour Post"
    assert len(page.css(".gap")) == 5
    assert text_of(page, ".gaps") == "5 items have nothing beside them."


def test_matches_are_lit_in_both(read: Read) -> None:
    """Matches of both editions are counted together, row by row."""
    page = read(f"{PAGE}?beside=zh&q=ferry+OR+渡轮")
    marks = [n.attributes["id"] for n in page.css("mark[id]")]
    assert marks == [f"match-{n}" for n in range(1, len(marks) + 1)]
    assert page.css('[id="zh-1"] mark')
    assert text_of(page, ".match-count") == f"{len(marks)} matches"


def test_each_can_be_read_alone(read: Read) -> None:
    """Links lead to either edition on its own, with the search."""
    page = read(f"{PAGE}?beside=zh&q=ferry")
    assert [n.attributes["href"] for n in page.css(".alone")] == [
        f"{PAGE}?q=ferry",
        "/briefings/xv-mfa/zh/2024-02-08?q=ferry",
    ]
    assert page.css_first("link[rel=canonical]").attributes["href"] == PAGE
    assert page.css("meta[name=robots][content*=noindex]")


def test_transcript_leads_to_it(read: Read) -> None:
    """A briefing that has an edition leads to both side by side, keeping the search; one that has none does not."""
    link = read(f"{PAGE}?q=ferry").css_first(".side-by-side")
    assert link.attributes["href"] == f"{PAGE}?beside=zh&q=ferry"
    assert not read("/briefings/xw-gov/en/2022-11-30").css(".side-by-side")


@pytest.mark.parametrize("named", ["fr", "xw-gov/en/2022-11-30", HOSTILE])
def test_what_is_no_edition_is_not_found(read: Read, named: str) -> None:
    """Only editions of the same briefing stand beside it; the page says which there are."""
    page = read(f"{PAGE}?beside={named}", 404)
    assert "there in zh" in text_of(page, "main")


def test_hostile_edition_is_text() -> None:
    """Markup in titles, labels and texts of either edition shows as text."""
    item = answer(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, speaker=HOSTILE)
    editions = [replace(one, title=HOSTILE, items=(item,), speakers=(HOSTILE,)) for one in (FERRY, CHINESE)]
    client = create_app(Settings(Path("nowhere"), {}), make_engine(map(publish, editions))).test_client()
    page = LexborHTMLParser(client.get(f"{PAGE}?beside=zh&q=alert").text)
    assert [s.attributes["src"].partition("?")[0] for s in page.css("script")] == READING
    assert texts_of(page, ".heads h1, .heads h2") == [HOSTILE, HOSTILE]
    assert len(page.css(".words mark")) == 4
