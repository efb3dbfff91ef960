"""What helps to read a transcript: outline, ways around, corrections, and what the page says of itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.model import Item, Turn
from search.settings import Settings
from tests.webui.collection import CHINESE, FERRY, HOSTILE, HOSTILE_BRIEFING, answer, make_engine, publish
from tests.webui.conftest import Read, text_of, texts_of
from webui.app import create_app
from webui.outline import first_words

PAGE = "/briefings/xv-mfa/en/2024-02-08"


def test_outline_leads_to_every_question(read: Read) -> None:
    """Each answer and statement is in the outline by its number, who begins it and its first words; notes are not."""
    page = read(PAGE)
    assert [n.attributes["href"] for n in page.css(".outline a")] == ["#1", "#2", "#3", "#4", "#5"]
    assert texts_of(page, ".outline .name") == ["Ilsa Verlaine", "HP", "Northern Wire", "Radio Meridian"]
    assert texts_of(page, ".outline .begins")[3] == "Will anybody pay for the dredging?"
    assert page.css_first("nav.outline").attributes["aria-labelledby"] == "outline-name"


def test_outline_says_where_matches_are(read: Read) -> None:
    """Beside each question stands how many matches it has with its answer."""
    assert texts_of(read(f"{PAGE}?q=ferry"), ".outline .lit") == ["1 match", "2 matches", "1 match"]
    assert not read(PAGE).css(".outline .lit")


def test_outline_names_whom_a_long_label_means() -> None:
    """Where a label is printed with titles and all, the outline has the name."""
    turn = Turn("statement", "THE PRESIDENT OF THE REPUBLIC OF VALDRIA", "Hello.", speaker="Ilsa Verlaine")
    items = tuple(Item(n, n, "statement", (turn,), speakers=("Ilsa Verlaine",)) for n in (1, 2))
    client = create_app(
        Settings(Path("nowhere"), {}), make_engine([publish(replace(FERRY, items=items))])
    ).test_client()
    assert texts_of(LexborHTMLParser(client.get(PAGE).text), ".outline .name") == ["Ilsa Verlaine"] * 2


def test_first_words_end_with_a_word() -> None:
    """A long text is cut behind a word, Han text anywhere; a short one is whole."""
    assert first_words("one two", 7) == "one two"
    assert first_words("one two three", 9) == "one two…"
    assert first_words("渡轮何时恢复", 3) == "渡轮何…"


def test_next_to_a_briefing_are_those_before_and_after(read: Read) -> None:
    """Above and below, links lead to the briefings before and after of the publisher and language, with the search."""
    page = read("/briefings/xv-mfa/en/2023-05-04?q=ferry")
    for name, day in (("before", "2021-12-15"), ("after", "2024-02-08")):
        assert [n.attributes["href"] for n in page.css(f".{name}")] == [f"/briefings/xv-mfa/en/{day}?q=ferry"] * 2
    assert texts_of(page, ".before")[0] == "← Previous briefing: 15 December 2021"
    assert not read(PAGE).css(".after")
    assert not read("/briefings/xv-mfa/zh/2024-02-08").css(".before, .after")


def test_corrected_answer_says_so(read: Read) -> None:
    """An answer that a correction changed or added leads to what changed; others and earlier texts do not."""
    page = read(PAGE)
    assert [n.attributes["href"] for n in page.css(".item-foot .corrected")] == [
        f"{PAGE}/revisions#text-2-3",
        f"{PAGE}/revisions#text-2-6",
    ]
    assert text_of(page, '[id="3"] .corrected') == "Corrected on 1 June 2024"
    assert read(f"{PAGE}/revisions").css('[id="text-2-3"], [id="text-2-6"]')
    assert not read(f"{PAGE}?revision=1").css(".item-foot .corrected")


def test_keyboard_passes_over_names(read: Read) -> None:
    """Names in the text are out of the tab order, since each is linked at the foot of its item as well."""
    page = read(PAGE)
    for item in page.css("article.item"):
        mentioned = {n.attributes["href"] for n in item.css("a.mention")}
        assert {n.attributes["tabindex"] for n in item.css("a.mention")} <= {"-1"}
        assert mentioned <= {n.attributes["href"] for n in item.css(".tags a")}


def test_items_can_be_walked_by_links_and_headings(read: Read) -> None:
    """Between items stand skip links, and headings begin at 2 with who asks and go on at 3 with who answers."""
    page = read(PAGE)
    assert [n.attributes["href"] for n in page.css(".skip-on")] == ["#2", "#3", "#4", "#5", "#6"]
    assert [n.tag for n in page.css('[id="2"] .who')] == ["h2", "h3"]


def test_answer_on_its_own_counts_its_matches(read: Read) -> None:
    """The answer's own page counts and lists its matches, and names day and publisher."""
    page = read(f"{PAGE}/2?q=ferry")
    assert text_of(page, ".match-count") == "2 matches"
    assert text_of(page, ".whence").startswith("8 February 2024")


def test_answer_on_its_own_leads_to_those_beside_it(read: Read) -> None:
    """From an answer's own page one goes on to the answers before and after, with the search; notes are left out."""
    page = read(f"{PAGE}/2?q=ferry")
    assert page.css_first(".before").attributes["href"] == f"{PAGE}/1?q=ferry"
    assert texts_of(page, ".before, .after") == ["← Previous item: Statement 1", "Next item: Answer 3 →"]
    assert not read(f"{PAGE}/5").css(".after")


def schema_of(page: LexborHTMLParser) -> dict[str, object]:
    """What a page says of itself in schema.org's terms."""
    (script,) = page.css('script[type="application/ld+json"]')
    data = json.loads(script.text())
    assert isinstance(data, dict)
    return data


def test_transcript_says_what_it_is(read: Read) -> None:
    """A briefing is a Report of its publisher, corrected when, made from what, translated where, with its questions."""
    data = schema_of(read(PAGE))
    assert (data["@type"], data["url"], data["inLanguage"], data["datePublished"]) == (
        "Report",
        PAGE,
        "en",
        "2024-02-08",
    )
    assert (data["isBasedOn"], data["dateModified"]) == (FERRY.url, "2024-06-01T09:30:00+00:00")
    assert data["workTranslation"] == [
        {"@type": "Report", "url": "/briefings/xv-mfa/zh/2024-02-08", "inLanguage": "zh"}
    ]
    parts = data["hasPart"]
    assert isinstance(parts, list)
    assert [p["url"] for p in parts] == [f"{PAGE}#{n}" for n in (2, 3, 4, 5)]
    assert parts[0]["author"] == {"@type": "Organization", "name": "Harbour Post"}


def test_answer_says_what_it_is(read: Read) -> None:
    """An answer is a Question with its Answer, each with whose it is, and part of its Report."""
    data = schema_of(read(f"{PAGE}/3"))
    answered = data["acceptedAnswer"]
    assert (data["@type"], data["name"]) == ("Question", "Has Japan been told of the ferry?")
    assert isinstance(answered, dict)
    assert (answered["text"], answered["author"]) == (
        "Japan has been told.",
        [{"@type": "Person", "name": "Ilsa Verlaine"}],
    )
    assert schema_of(read(f"{PAGE}/1"))["@type"] == "Quotation"


def test_earlier_text_says_nothing_of_itself(read: Read) -> None:
    """What robots may not keep has no card."""
    assert not read(f"{PAGE}?revision=1").css('script[type="application/ld+json"], meta[property]')


def test_shared_link_has_a_card_with_whole_addresses() -> None:
    """Title, description and the whole address are there for cards, where the site's address is set."""
    settings = Settings(Path("nowhere"), {"LECTERN_BASE_URL": "https://lectern.example/"})
    page = LexborHTMLParser(create_app(settings, make_engine()).test_client().get(PAGE).text)
    card = {n.attributes["property"]: n.attributes["content"] for n in page.css("meta[property]")}
    assert (card["og:url"], card["og:title"]) == (f"https://lectern.example{PAGE}", FERRY.title)
    assert card["og:description"] == (
        "4 questions by HP, Northern Wire, Radio Meridian, answered by Ilsa Verlaine. "
        "Ministry of External Relations of Valdria, 8 February 2024."
    )
    assert schema_of(page)["url"] == card["og:url"]


BREAKING = ["</script><script>alert(1)</script>", "<!--<script>", "'\"><img src=x onerror=alert(1)>", "]]>\u2028&amp;"]


@pytest.mark.parametrize("hostile", BREAKING)
@pytest.mark.parametrize("tail", ["", "/1", "/2"])
def test_hostile_words_do_not_break_out_of_the_card(hostile: str, tail: str) -> None:
    """Whatever title, label, speaker and texts are made of, the data block ends where it ends and gives them back."""
    said = Item(2, 2, "statement", (Turn("statement", hostile, hostile, speaker=hostile),), speakers=(hostile,))
    text = replace(
        HOSTILE_BRIEFING,
        title=hostile,
        url=f"https://valdria.example/{hostile}",
        items=(answer(1, hostile, hostile, hostile, hostile, speaker=hostile), said),
        speakers=(hostile,),
    )
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(text)])).test_client()
    page = LexborHTMLParser(client.get(f"/briefings/{text.id}{tail}").text)
    assert not page.css("img, script:not([src]):not([type])")
    assert schema_of(page)["@type"] in {"Report", "Question", "Quotation"}
    assert hostile.split(maxsplit=1)[0] in json.dumps(schema_of(page), ensure_ascii=False).replace('\\"', '"')
    assert page.css_first("meta[property='og:title']").attributes["content"]
    assert HOSTILE not in {s.text() for s in page.css("script")}


def test_paper_has_the_address(read: Read) -> None:
    """For paper, where nothing can be followed, the addresses of the page and of the original stand in words."""
    assert text_of(read(PAGE), ".imprint") == f"Lectern · {PAGE} · Original: {FERRY.url}"
    assert CHINESE.url is None
    assert text_of(read("/briefings/xv-mfa/zh/2024-02-08"), ".imprint") == "Lectern · /briefings/xv-mfa/zh/2024-02-08"
