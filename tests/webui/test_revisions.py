"""The texts that a briefing had: the page that lists them, and a transcript as it read then."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.changes import Edit, iter_edits
from search.settings import Settings
from tests.webui.collection import CHINESE, FERRY, FERRY_BEFORE, HOSTILE, HOSTILE_BRIEFING, answer, make_engine, publish
from tests.webui.conftest import READING, Read, text_of, texts_of
from webui.app import create_app
from webui.revisions import AROUND, Stretch, shorten

FERRY_PAGE = "/briefings/xv-mfa/en/2024-02-08"
TEXTS = f"{FERRY_PAGE}/revisions"


def test_texts_are_listed_newest_first(read: Read) -> None:
    """Every text has its number, the minute it was received, and a way to it as it read then."""
    page = read(TEXTS)
    assert texts_of(page, ".text h2") == ["Text 2, the present one", "Text 1"]
    assert texts_of(page, ".text .meta") == [
        "Received on 1 June 2024, 09:30 UTC · 4 changes · Read it",
        "Received on 30 May 2024, 22:15 UTC · The first text received · Read it as it was",
    ]
    assert [n.attributes["href"] for n in page.css(".text > .meta a")] == [FERRY_PAGE, f"{FERRY_PAGE}?revision=1"]


def test_only_what_changed_is_shown(read: Read) -> None:
    """A correction lists what changed above the text, and each item that did, by number, with how and where it is."""
    page = read(TEXTS)
    assert texts_of(page, ".change h3") == ["Title edited", "Answer 3 edited", "Note 6 added", "Answer 9 removed"]
    assert [n.attributes["href"] for n in page.css(".change h3 a")] == [
        f"{FERRY_PAGE}#3",
        f"{FERRY_PAGE}#6",
        f"{FERRY_PAGE}?revision=1#9",
    ]


def test_words_are_marked_as_removed_and_added(read: Read) -> None:
    """Removed words stand in del, added ones in ins, each said in words too; the rest is as it was."""
    page = read(TEXTS)
    (edited,) = [c for c in page.css(".change.edited") if "Answer 3" in c.text()]
    assert texts_of(edited, "del") == ["[removed: Nobody]"]
    assert texts_of(edited, "ins") == ["[added: Japan]"]
    assert edited.css_first(".words").text().endswith("[removed: Nobody] [added: Japan] has been told.")
    assert not page.css_first(".change.added").css("del")
    assert not page.css_first(".change.removed").css("ins")


def test_list_of_texts_is_not_for_robots(read: Read) -> None:
    """Corrected words must not be found by the search engines of others."""
    page = read(TEXTS)
    assert page.css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert page.css_first("link[rel=canonical]").attributes["href"] == TEXTS


def test_briefing_that_was_never_corrected(read: Read) -> None:
    """The list of a briefing with one text says so."""
    page = read("/briefings/xw-gov/en/2022-11-30/revisions")
    assert text_of(page, ".head > .meta").startswith("One text, never corrected")
    assert not page.css(".change")


def test_correction_of_nothing_that_is_printed() -> None:
    """A text that differs in nothing that is printed says that no words changed."""
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(FERRY, FERRY)])).test_client()
    page = LexborHTMLParser(client.get(TEXTS).text)
    assert texts_of(page, ".text h2") == ["Text 2, the present one", "Text 1"]
    assert texts_of(page, ".change-count") == ["No words changed", "The first text received"]


def test_item_that_went_and_came_back() -> None:
    """A removed item leads to the last text that has it, one added or edited to the text that did it."""
    without = replace(FERRY, items=FERRY.items[1:])
    other = replace(FERRY, items=(answer(1, "HP", "Harbour Post", "Why?", "Because."), *FERRY.items[1:]))
    engine = make_engine([publish(FERRY, FERRY, without, other)])
    page = LexborHTMLParser(create_app(Settings(Path("nowhere"), {}), engine).test_client().get(TEXTS).text)
    assert texts_of(page, ".change h3") == ["Statement 1 edited", "Answer 1 added", "Statement 1 removed"]
    assert [n.attributes["href"] for n in page.css(".change h3 a")] == [
        f"{FERRY_PAGE}#1",
        f"{FERRY_PAGE}?revision=3#1",
        f"{FERRY_PAGE}?revision=1#1",
    ]


def test_hostile_correction_is_text() -> None:
    """Markup in old and new words shows as text."""
    before = replace(HOSTILE_BRIEFING, title=f"{HOSTILE} first", items=(answer(1, HOSTILE, None, HOSTILE, "No."),))
    engine = make_engine([publish(HOSTILE_BRIEFING, before)])
    client = create_app(Settings(Path("nowhere"), {}), engine).test_client()
    for tail in ("/revisions", "?revision=1"):
        page = LexborHTMLParser(client.get(f"/briefings/{HOSTILE_BRIEFING.id}{tail}").text)
        assert [s.attributes["src"].partition("?")[0] for s in page.css("script")] == READING
        assert HOSTILE in page.css_first("h1").text()


def test_transcript_as_it_read_then(read: Read) -> None:
    """An earlier text is shown whole, below a banner that says when it was received and leads to the present one."""
    page = read(f"{FERRY_PAGE}?revision=1")
    shown = "".join("".join(n.text() for n in page.css(".turn .words")).split())
    assert shown == "".join("".join(t.text for i in FERRY_BEFORE.items for t in i.turns).split())
    assert text_of(page, "h1") == FERRY_BEFORE.title
    assert text_of(page, ".earlier").startswith(
        "This is an earlier text, since corrected. It is number 1 of 2, received on 30 May 2024, 22:15 UTC."
    )
    assert [n.attributes["href"] for n in page.css(".earlier a")] == [FERRY_PAGE, TEXTS]


def test_earlier_text_is_not_for_robots(read: Read) -> None:
    """Robots are told to leave an earlier text, and which address is the present one."""
    page = read(f"{FERRY_PAGE}?revision=1&q=ferry")
    assert page.css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert page.css_first("link[rel=canonical]").attributes["href"] == FERRY_PAGE


def test_earlier_text_is_lit(read: Read) -> None:
    """A search lights an earlier text too, words that are gone since included, and the way back keeps it."""
    page = read(f"{FERRY_PAGE}?revision=1&q=zeppelin")
    assert texts_of(page, ".turn mark") == ["zeppelin"]
    assert page.css_first(".present").attributes["href"] == f"{FERRY_PAGE}?q=zeppelin"
    assert page.css_first(".back a").attributes["href"] == "/?q=zeppelin"


def test_items_of_an_earlier_text_stay_in_it() -> None:
    """An item's address, and the one it follows up, lead within the earlier text: the present one may lack them."""
    before = replace(FERRY_BEFORE, items=(*FERRY_BEFORE.items[:2], replace(FERRY_BEFORE.items[2], follow_up_to=2)))
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(FERRY, before)])).test_client()
    page = LexborHTMLParser(client.get(f"{FERRY_PAGE}?revision=1&q=ferry").text)
    assert [n.attributes["href"] for n in page.css(".permalink")] == [f"{FERRY_PAGE}?revision=1#{n}" for n in (1, 2, 3)]
    assert page.css_first('[id="3"] .remark a').attributes["href"] == f"{FERRY_PAGE}?revision=1&q=ferry#2"


def test_present_text_by_its_number(read: Read) -> None:
    """The number of the present text, or none at all, shows the transcript as it is."""
    for address in (f"{FERRY_PAGE}?revision=2", f"{FERRY_PAGE}?revision="):
        page = read(address)
        assert not page.css(".earlier")
        assert page.css_first("link[rel=canonical]").attributes["href"] == FERRY_PAGE


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "01", "²"])
def test_text_that_never_was(read: Read, number: str) -> None:
    """A number that no text has answers 404 and says which there are."""
    page = read(f"{FERRY_PAGE}?revision={number}", 404)
    assert f"no text {number} of this briefing" in text_of(page, ".lead")
    assert "it has had texts 1 and 2" in page.css_first("main").text().lower()
    one = read("/briefings/xw-gov/en/2022-11-30?revision=2", 404)
    assert "it has had one text" in one.css_first("main").text().lower()


def test_unchanged_words_far_from_a_change_are_left_out() -> None:
    """Of what did not change whole words next to a change stay; of what did, everything."""
    filler = " ".join(f"word{n}" for n in range(200))
    before, after = f"{filler} old {filler} {filler} gone it is", f"{filler} new {filler} {filler} it is"
    stretches = shorten(iter_edits(before, after))
    assert [s.kind for s in stretches] == ["cut", "same", "removed", "added", "same", "cut", "same", "removed", "same"]
    kept = [s.text for s in stretches if s.kind == "same"]
    assert all(len(text) <= AROUND and set(text.split()) <= {*filler.split(), "it", "is"} for text in kept)
    assert kept[1].startswith("word0 word1 ")
    assert kept[2].rstrip().endswith("word198 word199")


def test_short_text_is_left_whole() -> None:
    """Nothing is left out where that would save nothing; white space stands outside the marks."""
    edits = (Edit("same", "It is "), Edit("removed", "not "), Edit("same", "so."))
    assert shorten(edits) == (Stretch("same", "It is "), Stretch("removed", "not", " "), Stretch("same", "so."))


def test_replaced_end_of_a_paragraph_stays_beside_what_replaces_it() -> None:
    """Words that end a paragraph are followed by those that replace them, and then by the paragraph's end."""
    stretches = shorten(iter_edits("It is not.\n\nAnd so on.", "It is so.\n\nAnd so on."))
    assert stretches[1:3] == (Stretch("removed", "not.", " "), Stretch("added", "so.", "\n\n"))


def test_han_text_is_cut_without_white_space() -> None:
    """A long Chinese answer is compared sign by sign and shortened around the change."""
    long = "渡轮将于春天恢复" * 40
    stretches = shorten(iter_edits(f"{long}旧{long}", f"{long}新{long}"))
    assert [(s.kind, len(s.text)) for s in stretches] == [
        ("cut", 1), ("same", AROUND), ("removed", 1), ("added", 1), ("same", AROUND), ("cut", 1),
    ]  # fmt: skip


def test_chinese_changes_carry_their_language() -> None:
    """The words of a Chinese correction are marked as Chinese, what we say of them is not."""
    summer = answer(1, "港口邮报", "Harbour Post", "渡轮何时恢复？", "渡轮将于夏天恢复。")
    before = replace(CHINESE, date=date(2024, 2, 7), items=(summer,))
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(CHINESE, before)])).test_client()
    page = LexborHTMLParser(client.get(f"/briefings/{CHINESE.id}/revisions").text)
    assert texts_of(page, ".change h3") == ["Day edited", "Answer 1 edited"]
    assert [n.attributes.get("lang") for n in page.css(".change .words")] == [None, "zh"]
    assert {n.attributes["lang"] for n in page.css(".change .hidden")} == {"en"}
    assert texts_of(page, ".change del") == ["[removed: 7]", "[removed: 夏]"]
