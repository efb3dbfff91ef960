"""The transcript and the answer on its own: words, names, matches, anchors, and the ways out."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.model import Amendment, Item, Turn
from search.settings import Settings
from tests.webui.collection import ADDED, CHINESE, FERRY, HOSTILE, make_engine, publish
from tests.webui.conftest import READING, Read, text_of, texts_of
from webui.app import create_app

FERRY_PAGE = "/briefings/xv-mfa/en/2024-02-08"


def test_every_character_is_shown(read: Read) -> None:
    """The transcript shows every turn in order, character for character, white space apart."""
    page = read(f"{FERRY_PAGE}?q=ferry")
    shown = "".join("".join(n.text() for n in page.css(".turn .words")).split())
    assert shown == "".join("".join(t.text for i in FERRY.items for t in i.turns).split())


def test_paragraphs_stay_apart(read: Read) -> None:
    """A blank line of the text is a paragraph of the page."""
    page = read(FERRY_PAGE)
    (turn,) = page.css('[id="2"] .turn.answer')
    assert len(turn.css(".words p")) == FERRY.items[1].answer.count("\n\n") + 1


def test_items_have_anchors_and_permalinks(read: Read) -> None:
    """Every item can be pointed at: by its number inside the transcript, by an address of its own outside."""
    page = read(FERRY_PAGE)
    assert [n.attributes["id"] for n in page.css("article.item")] == ["1", "2", "3", "4", "5", "6"]
    assert [n.attributes["href"] for n in page.css(".permalink")] == [f"{FERRY_PAGE}/{n}" for n in range(1, 7)]


def test_turns_are_named_as_printed(read: Read) -> None:
    """The printed label leads, the full name stands beside it; an anonymous question is still a question."""
    page = read(FERRY_PAGE)
    assert texts_of(page, '[id="2"] .who') == ["HP Harbour Post question", "Ilsa Verlaine"]
    assert texts_of(page, '[id="4"] .who') == ["Question", "Ilsa Verlaine"]
    assert texts_of(page, '[id="1"] .who') == ["Ilsa Verlaine statement"]


def test_two_voices_are_told_apart(read: Read) -> None:
    """When two people answer, each turn carries its own name."""
    page = read("/briefings/xw-gov/en/2022-11-30")
    assert texts_of(page, ".turn.answer .name") == ["Oren Calloway", "Mara Ellin"]


def test_matches_are_lit_counted_and_linked(read: Read) -> None:
    """Each match is lit with an anchor of its own, and the list above leads to every one; a note is never lit."""
    page = read(f"{FERRY_PAGE}?q=ferry")
    marks = [n.attributes["id"] for n in page.css(".turn mark")]
    assert marks == ["match-1", "match-2", "match-3", "match-4"]
    assert [n.attributes["href"] for n in page.css(".matches a")] == [f"#{m}" for m in marks]
    assert text_of(page, ".match-count") == "4 matches"
    assert not page.css(".item.note mark")


def test_scope_lights_its_own_field(read: Read) -> None:
    """A word looked for in questions is not lit in answers."""
    page = read(f"{FERRY_PAGE}?q=q%3Aferry")
    assert len(page.css(".turn.question mark")) == 2
    assert not page.css(".turn.answer mark")


def test_without_a_query_nothing_is_lit(read: Read) -> None:
    """A transcript that was not searched for has no matches, no list of them, and no way back."""
    page = read(FERRY_PAGE)
    assert not page.css("mark, .matches, .back")


def test_way_back_keeps_the_search(read: Read) -> None:
    """The link back leads to the very results, filters and page included; the canonical address forgets them."""
    page = read(f"{FERRY_PAGE}?q=ferry&outlet=Harbour+Post&page=2")
    assert page.css_first(".back a").attributes["href"] == "/?q=ferry&outlet=Harbour+Post&page=2"
    assert page.css_first("link[rel=canonical]").attributes["href"] == FERRY_PAGE


def test_head_names_what_it_is(read: Read) -> None:
    """Above the text stand publisher, day, time, languages, speakers, the original, and that it was corrected."""
    page = read(FERRY_PAGE)
    assert text_of(page, ".whence") == "8 February 2024 · Ministry of External Relations of Valdria"
    assert text_of(page, ".kicker") == "15:30 local time · English · Also in: 中文 · Side by side"
    assert texts_of(page, ".head .meta a") == ["Ilsa Verlaine", "Original", "Corrected on 1 June 2024"]
    assert page.css_first(".head a[rel~=external]").attributes["href"] == FERRY.url
    assert page.css_first(".corrected").attributes["href"] == f"{FERRY_PAGE}/revisions"


@pytest.mark.parametrize("briefing", ["xw-gov/en/2022-11-30", "xv-mfa/en/2023-05-04"])
def test_original_that_is_no_web_address_is_not_linked(read: Read, briefing: str) -> None:
    """Without an address, or with one that is no http address, the original is "not recorded"; nothing is invented."""
    page = read(f"/briefings/{briefing}")
    assert "original not recorded" in text_of(page, ".head .meta")
    assert not page.css(".head a[rel~=external]")
    assert not page.css('a[href^="javascript"]')


@pytest.mark.parametrize("url", ["http://[::1", "HTTPS://valdria.example/a", "data:text/html,x", "//valdria.example/"])
def test_odd_address_of_the_original(url: str) -> None:
    """Whatever stands for the publisher's address, the page is shown; only http and https become a link."""
    engine = make_engine([publish(replace(FERRY, url=url))])
    response = create_app(Settings(Path("nowhere"), {}), engine).test_client().get(FERRY_PAGE)
    assert response.status_code == 200
    linked = LexborHTMLParser(response.text).css(".head a[rel~=external]")
    assert bool(linked) == url.lower().startswith("http")


def test_far_match_has_a_way_to_it(read: Read) -> None:
    """An answer whose first match stands far down begins with a link to it; one that shows it at once does not."""
    page = read(f"{FERRY_PAGE}?q=undersea+OR+%22dredged%22")
    assert page.css_first('[id="5"] .jump a').attributes["href"] == "#match-2"
    assert not page.css('[id="2"] .jump')


def test_text_that_never_changed_says_nothing_of_it(read: Read) -> None:
    """A briefing that has one text, and no edition in another language, leads to neither."""
    assert not read("/briefings/xw-gov/en/2022-11-30").css(".corrected, .edition, .earlier, .amendment")


@pytest.mark.parametrize("tail", ["", "/1", "/revisions"])
def test_editions_lead_to_each_other(read: Read, tail: str) -> None:
    """A briefing, its answers and its texts lead to the same briefing in another language, named in that language."""
    (edition,) = read(f"/briefings/xv-mfa/zh/2024-02-08{tail}").css(".edition")
    assert (edition.text(), edition.attributes["href"]) == ("English", FERRY_PAGE)
    assert edition.attributes["hreflang"] == edition.attributes["lang"] == "en"


@pytest.mark.parametrize("tail", ["", "/2"])
def test_amendment_is_told_beside_its_item(tail: str) -> None:
    """What the editors changed is said with what the page says, when and why; the label stays as printed."""
    amended = replace(
        FERRY.items[1],
        speakers=("Henrik Solvane",),
        turns=(FERRY.items[1].turns[0], FERRY.items[1].turns[1]._replace(speaker="Henrik Solvane")),
        outlet="Radio Meridian",
        amendments=(
            Amendment("speaker", "Ilsa Verlaine", "Henrik Solvane", f"heard on tape {HOSTILE}", ADDED),
            Amendment("outlet", None, "Radio Meridian", "she said so", ADDED),
        ),
    )
    engine = make_engine([publish(replace(FERRY, items=(FERRY.items[0], amended)))])
    response = create_app(Settings(Path("nowhere"), {}), engine).test_client().get(f"{FERRY_PAGE}{tail}")
    page = LexborHTMLParser(response.text)
    changed = "changed by the editors on 1 June 2024"
    assert texts_of(page, '[id="2"] .amendment') == [
        f"Speaker: Henrik Solvane (the page says Ilsa Verlaine; {changed}: heard on tape {HOSTILE})",
        f"Outlet: Radio Meridian (the page says nothing; {changed}: she said so)",
    ]
    assert len(page.css(".amendment")) == 2
    assert text_of(page, '[id="2"] .answer .who') == "Ilsa Verlaine Henrik Solvane"


def test_names_are_in_the_language_they_are_printed_in(read: Read) -> None:
    """A printed label has the transcript's language; a word of ours in its place does not."""
    zh = read("/briefings/xv-mfa/zh/2024-02-08").css_first(".turn.question .name")
    assert (zh.attributes["lang"], zh.attributes["dir"]) == ("zh", "auto")
    assert "lang" not in read(FERRY_PAGE).css_first('[id="4"] .turn.question .name').attributes


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("en", "ltr"), ("tlh", "auto")])
def test_text_runs_the_way_of_its_language(language: str, way: str) -> None:
    """Arabic runs from right to left, English from left to right; of an unknown language the text itself tells."""
    text = replace(CHINESE, id=f"xv-mfa/{language}/2024-02-08", language=language)
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(text)])).test_client()
    page = LexborHTMLParser(client.get(f"/briefings/{text.id}").text)
    assert {n.attributes["dir"] for n in page.css("h1, .words")} == {way}
    assert {n.attributes["lang"] for n in page.css("h1, .words")} == {language}


@pytest.mark.parametrize("address", [FERRY_PAGE, f"{FERRY_PAGE}/1"])
def test_entities_lead_to_their_pages(read: Read, address: str) -> None:
    """Each entity of an item is a link to its page."""
    links = {n.text(): n.attributes["href"] for n in read(address).css('[id="1"] .tags a')}
    assert links == {"Valdria": "/entities/place-xv", "Norway": "/entities/place-no"}


def test_mentions_are_links(read: Read) -> None:
    """Where an entity is named, the name leads to its page, and says who is meant where it is another name."""
    page = read(FERRY_PAGE)
    links = [(n.text(), n.attributes["href"], n.attributes.get("title")) for n in page.css('[id="1"] a.mention')]
    assert links == [("Valdria", "/entities/place-xv", None), ("Norway", "/entities/place-no", None)]
    (link,) = page.css('[id="4"] a.mention')
    assert (link.text(), link.attributes["title"]) == ("dredging", "Dredging")


def test_mention_that_is_looked_for_is_lit(read: Read) -> None:
    """A match within a mention is lit inside its link; one that reaches over its end is lit on both sides."""
    assert read(f"{FERRY_PAGE}?q=norway").css_first("a.mention mark").text() == "Norway"
    page = read(f"{FERRY_PAGE}?q=%22Norway+sail%22")
    assert [(n.text(), n.parent.tag) for n in page.css("mark")] == [("Norway", "a"), (" sail", "p")]
    assert [n.attributes.get("id") or n.attributes["data-match"] for n in page.css("mark")] == ["match-1", "match-1"]
    assert len(page.css("mark[id]")) == len(page.css(".matches li")) == 1


def test_earlier_text_has_no_mentions(read: Read) -> None:
    """Of an earlier text nobody knows what it mentions."""
    assert not read(f"{FERRY_PAGE}?revision=1").css("a.mention, .tags")


def test_note_links_only_what_has_a_page() -> None:
    """A note is not searched: only what has a row has a page for sure, and so only that is a link in it."""
    note = Item(7, 7, "note", (Turn("note", None, "Norway and Mara Ellin are waited for."),))
    engine = make_engine([publish(replace(FERRY, items=(*FERRY.items[:2], note)))])
    client = create_app(Settings(Path("nowhere"), {}), engine).test_client()
    page = LexborHTMLParser(client.get(FERRY_PAGE).text)
    assert texts_of(page, '[id="7"] a') == ["7", "Norway", "Norway", "Permalink"]


def test_answer_on_its_own(read: Read) -> None:
    """The answer's own page shows it alone, lit, and leads to its place in the briefing."""
    page = read(f"{FERRY_PAGE}/2?q=ferry")
    assert [n.attributes["id"] for n in page.css("article.item")] == ["2"]
    assert len(page.css(".turn mark")) == 2
    assert page.css_first(".in-context").attributes["href"] == f"{FERRY_PAGE}?q=ferry#2"
    assert page.css_first("title").text() == "Ilsa Verlaine to Harbour Post, 8 February 2024 · Lectern"


def test_chinese_transcript_carries_its_language(read: Read) -> None:
    """Title and words of a Chinese transcript are marked as Chinese."""
    page = read("/briefings/xv-mfa/zh/2024-02-08")
    assert page.css_first("h1").attributes["lang"] == "zh"
    assert {n.attributes["lang"] for n in page.css(".words")} == {"zh"}


@pytest.mark.parametrize("tail", ["", "?q=script", "/1", "/1?q=alert"])
def test_hostile_transcript_is_text(read: Read, tail: str) -> None:
    """Markup in title, label, outlet, question, answer and entity shows as text."""
    page = read(f"/briefings/xv-mfa/en/2023-05-04{tail}")
    assert [s.attributes["src"].partition("?")[0] for s in page.css("script[src]")] == READING
    (data,) = page.css("script:not([src])")
    assert data.attributes["type"] == "application/ld+json"
    for selector in ("h1", ".turn.question .name", ".turn.question .detail", ".turn.question .words", ".tags a"):
        assert HOSTILE in page.css_first(selector).text()


def test_removed_item_says_when_and_why(read: Read) -> None:
    """A withdrawn answer is gone for good: 410, the day, the reason, and a link to its briefing."""
    page = read(f"{FERRY_PAGE}/9", 410)
    assert "withdrawn on 1 March 2024: the publisher took it back" in text_of(page, ".lead")
    assert page.css_first("main a").attributes["href"] == FERRY_PAGE


@pytest.mark.parametrize("tail", ["", "/2", "/3", "/revisions", "?revision=1"])
def test_removed_briefing_is_gone_with_its_items(read: Read, tail: str) -> None:
    """A withdrawn briefing answers 410, and so do its answers and all its texts; nothing leads to it."""
    page = read(f"/briefings/xv-mfa/en/2020-01-01{tail}", 410)
    assert "withdrawn on 2 March 2024: not a briefing" in text_of(page, ".lead")
    assert not page.css('main a[href^="/briefings"]')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/briefings/xv-mfa/en/2024-02-07", FERRY_PAGE),
        ("/briefings/xv-mfa/en/2024-02-07?q=a%26b", f"{FERRY_PAGE}?q=a%26b"),
        ("/briefings/xv-mfa/en/2024-02-07/2", f"{FERRY_PAGE}/2"),
        ("/briefings/xv-mfa/en/2024-02-07/revisions", f"{FERRY_PAGE}/revisions"),
        ("/briefings/xv-mfa/en/2024-02-07?revision=1", f"{FERRY_PAGE}?revision=1"),
        ("/api/v1/briefings/xv-mfa/en/2024-02-07", "/api/v1/briefings/xv-mfa/en/2024-02-08"),
    ],
)
def test_moved_briefing_redirects_for_good(client: FlaskClient, old: str, new: str) -> None:
    """An old id leads to the new one with 301, its items and its query with it."""
    response = client.get(old)
    assert (response.status_code, response.headers["Location"]) == (301, new)


@pytest.mark.parametrize(
    "address",
    [
        "/briefings/xv-mfa/en/1999-01-01",
        "/briefings/xv-mfa/en/1999-01-01/revisions",
        f"{FERRY_PAGE}/77",
        f"{FERRY_PAGE}/x",
    ],
)
def test_what_never_was_is_not_found(read: Read, address: str) -> None:
    """An id that nothing ever had answers 404, with the search box at hand."""
    assert read(address, 404).css("form.search")
