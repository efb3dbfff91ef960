"""A long transcript in parts: what stands where, how each item and match is reached, and what a first view weighs."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.model import Item, Turn, iter_documents
from search.settings import Settings
from tests.webui.collection import FERRY, answer, brief, make_engine, publish
from tests.webui.conftest import texts_of
from tests.webui.test_weight import MOST as MOST_WEIGHT
from tests.webui.test_weight import weigh_all
from webui import sections
from webui.app import create_app

PAGE = f"/briefings/{FERRY.id}"
WORDS = [
    f"{a}{b}{c}" for a in ("ka", "mor", "ti", "sel") for b in ("va", "len", "do", "shi", "ru") for c in ("", "n", "s")
]


def long_words(number: int, seed: int) -> str:
    """So many words that nothing packs better than a language."""
    draw = random.Random(seed)
    return " ".join(
        draw.choice(WORDS) + (str(draw.randrange(99)) if draw.random() < 0.2 else "") for _ in range(number)
    )


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A site with one briefing of forty answers, a word of which, kelp, stands in every tenth; three hours of talk."""
    items = [
        answer(
            n, f"Outlet {n}", f"Outlet {n}", long_words(60, n), long_words(800, -n) + (" kelp" if n % 10 == 0 else "")
        )
        for n in range(1, 41)
    ]
    items.append(Item(41, 41, "note", (Turn("note", None, "The end."),)))
    return create_app(
        Settings(Path("nowhere"), {}), make_engine([publish(brief(FERRY.id, "A long one", items))])
    ).test_client()


def page_of(client: FlaskClient, tail: str = "") -> LexborHTMLParser:
    """A page of the long briefing."""
    response = client.get(f"{PAGE}{tail}")
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def numbers(page: LexborHTMLParser) -> list[int]:
    """The items that stand on a page, whole."""
    return [int(item.attributes["id"] or "") for item in page.css("article.item")]


def test_parts_together_are_the_transcript(client: FlaskClient) -> None:
    """Every item stands in one part, in order, and each part leads to the one before and the one after."""
    first = page_of(client)
    ways = [a.attributes["href"] for a in first.css(".later a.part")]
    assert len(ways) > 1
    pages = [first, *(LexborHTMLParser(client.get(way).text) for way in ways)]
    assert [n for page in pages for n in numbers(page)] == list(range(1, 42))
    assert [a.attributes["href"] for a in pages[1].css(".parts")[0].css("a")] == [PAGE, ways[1]]
    assert texts_of(pages[-1], ".parts .place") == [f"Part {len(pages)} of {len(pages)}"] * 2
    assert pages[1].css_first("link[rel=canonical]").attributes["href"] == ways[0]


def test_every_anchor_is_on_the_first_page(client: FlaskClient) -> None:
    """A link to any item of the whole finds its anchor: the item, or the way to it, which leads to the item itself."""
    page = page_of(client, "?q=kelp")
    assert all(page.css(f'[id="{n}"]') for n in range(1, 42))
    last = page.css_first('[id="40"] a').attributes["href"] or ""
    address, _, anchor = last.partition("#")
    assert anchor == "40"
    assert 40 in numbers(LexborHTMLParser(client.get(address).text))


def test_matches_are_counted_and_walked_through_all_parts(client: FlaskClient) -> None:
    """Each part lists the matches of the whole, by the same names; each link leads to its mark."""
    page = page_of(client, "?q=kelp")
    assert texts_of(page, ".match-count") == ["4 matches"]
    for place, link in enumerate(page.css(".matches a"), 1):
        address, _, anchor = (link.attributes["href"] or "").partition("#")
        assert anchor == f"match-{place}"
        there = LexborHTMLParser(client.get(address).text) if address else page
        assert there.css(f"mark#{anchor}")
        assert texts_of(there, ".match-count") == ["4 matches"]
        assert len(there.css(".outline li")) == 40


@pytest.mark.parametrize("tail", ["", "?part=2", "?q=kelp", "?part=2&q=kelp"])
def test_first_view_of_a_long_transcript_is_light(client: FlaskClient, tail: str) -> None:
    """However long a briefing was, each of its pages weighs no more than any other with all that it loads."""
    assert weigh_all(client, f"{PAGE}{tail}") < MOST_WEIGHT


@pytest.mark.parametrize("typed", ["0", "9", "x", "-1", "1.0", "²"])
def test_part_that_is_none_is_not_found(client: FlaskClient, typed: str) -> None:
    """A number that no part has is refused, saying how many there are."""
    response = client.get(PAGE, query_string={"part": typed})
    assert response.status_code == 404
    assert "It has" in LexborHTMLParser(response.text).body.text()


def test_short_transcript_has_no_parts() -> None:
    """What fits on a page is whole, and says nothing of parts."""
    client = create_app(Settings(Path("nowhere"), {}), make_engine()).test_client()
    assert not page_of(client).css(".parts, .later")
    assert client.get(f"{PAGE}?part=2").status_code == 404


@given(st.lists(st.integers(0, 90_000), max_size=30))
def test_parts_are_few_and_cover_all(lengths: list[int]) -> None:
    """Parts follow without a gap, no more than will do; one is longer than it should be for an item's sake alone."""
    items = tuple(Item(n, n, "note", (Turn("note", None, "x" * size),)) for n, size in enumerate(lengths, 1))
    documents = tuple(iter_documents(replace(FERRY, items=items), {}))
    found = sections.split(documents)
    assert [place for part in found for place in part] == list(range(len(lengths)))
    assert len(found) <= max(1, -(-sum(n + 1 for n in lengths) // sections.MOST))
    for part in found:
        longest = max((lengths[place] for place in part), default=0)
        assert sum(lengths[place] for place in part) <= sections.MOST + longest
