"""The results page: facets, chips, orders, hits, paging, and what it says when there is nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search.answers import page_to_json
from search.engine import Selection
from search.labels import Labels
from search.model import Document, Item
from search.page import Hit, Notice, Page, Piece, SearchRequest, Snippet
from search.settings import Settings
from tests.webui.collection import CHINESE, HOSTILE, make_engine, publish
from tests.webui.conftest import SCRIPTS, Read, text_of, texts_of
from webui.app import create_app
from webui.results import results_page


def facet(page: LexborHTMLParser, field: str, label: str) -> LexborNode:
    """The row of one value of a facet."""
    rows = page.css(f'[data-facet="{field}"] .value')
    (row,) = [r for r in rows if next(n.text(deep=False).strip() for n in r.css(".label")) == label]
    return row


def href(node: LexborNode, selector: str) -> str:
    """The address of the one link that `selector` finds below a node."""
    (link,) = node.css(selector)
    return link.attributes["href"] or ""


def test_box_keeps_the_query_and_its_filters(read: Read) -> None:
    """The search box is filled with what was typed; filters and order ride along, the page does not."""
    page = read("/?q=ferry&outlet=HP&year=2024&from=2024-01-01&sort=oldest&page=1")
    assert page.css_first("form.search input[name=q]").attributes["value"] == "ferry"
    kept = {(n.attributes["name"], n.attributes["value"]) for n in page.css("form.search input[type=hidden]")}
    assert kept == {("outlet", "Harbour Post"), ("year", "2024"), ("from", "2024-01-01"), ("sort", "oldest")}


def test_box_forgets_the_words_of_one_answer(read: Read) -> None:
    """Among all answers with the same words a new search looks for others, and so is not held to those words."""
    assert not read("/?q=ferry&wording=b7e20e911b312f&-wording=00").css("form.search input[type=hidden]")


def test_total_and_hits(read: Read) -> None:
    """The total counts answers and statements, notes not; every hit names who asked, who answered, when and where."""
    page = read('/?q="Port+Anselm"')
    assert text_of(page, ".total") == "1 answer"
    assert texts_of(page, ".hit .name") == ["HP", "Ilsa Verlaine"]
    assert texts_of(page, ".hit .detail") == ["Harbour Post"]
    assert page.css_first(".hit time").attributes["datetime"] == "2024-02-08"
    assert "Ministry of External Relations of Valdria" in text_of(page, ".hit .meta:not(li)")
    assert texts_of(page, ".hit mark") == ["Port Anselm"]


def test_hit_leads_to_its_place_and_to_itself(read: Read) -> None:
    """The title leads to the answer inside the transcript, with the query; the permalink to the answer alone."""
    page = read('/?q="Port+Anselm"')
    assert href(page.css_first(".hit"), "h2 a") == "/briefings/xv-mfa/en/2024-02-08?q=%22Port+Anselm%22#2"
    assert href(page.css_first(".hit"), ".permalink") == "/briefings/xv-mfa/en/2024-02-08/2"


def test_snippet_names_who_said_it(read: Read) -> None:
    """Of two people answering, the snippet names the one who said the words."""
    page = read('/?q="shall+run+the+ferry"')
    assert texts_of(page, ".hit .answer .name") == ["Mara Ellin"]


def test_anonymous_question_is_named_as_one(read: Read) -> None:
    """Where the transcript prints a bare "Q", the hit says that it is a question and names nobody."""
    assert texts_of(read('/?q="not+aware+of+the+situation"'), ".hit .who") == ["Question", "Ilsa Verlaine"]


def test_years_stand_in_the_order_of_time(read: Read) -> None:
    """Years stand newest first, whatever their counts."""
    assert texts_of(read("/?q=the"), '[data-facet="year"] .label') == ["2024", "2023", "2022", "2021"]


def test_second_value_of_a_facet_widens(read: Read) -> None:
    """Picking a second outlet keeps the first: the hits of both are shown, and both have a chip."""
    first = read(href(facet(read("/?q=ferry"), "outlet", "Harbour Post"), ".pick"))
    both = read(href(facet(first, "outlet", "Northern Wire"), ".pick"))
    assert text_of(first, ".total") == "1 answer"
    assert text_of(both, ".total") == "3 answers"
    assert texts_of(both, ".chip .field") == ["Outlet", "Outlet"]
    assert [n.text().strip() for n in both.css('[data-facet="outlet"] .selected .label')] == [
        "Northern Wire",
        "Harbour Post",
    ]


def test_picked_value_drops_on_a_second_click(read: Read) -> None:
    """A picked value is marked for everybody, comes first, and its link takes it away."""
    page = read("/?q=ferry&year=2022")
    row = facet(page, "year", "2022")
    assert row.css_first(".pick").attributes["aria-current"] == "true"
    assert page.css_first('[data-facet="year"] .value') == row
    assert href(row, ".pick") == "/?q=ferry"


def test_excluded_value_is_left_out_and_can_return(read: Read) -> None:
    """Excluding a value takes its hits away, marks it, and keeps those that state none."""
    start = read("/?q=the")
    page = read(href(facet(start, "outlet", "Harbour Post"), ".exclude"))
    row = facet(page, "outlet", "Harbour Post")
    assert "excluded" in (row.attributes["class"] or "")
    assert facet(page, "outlet", "not stated")
    assert texts_of(page, ".chip.not .field") == ["Outlet not"]
    assert href(row, ".pick") == "/?q=the"


def test_excluding_link_says_what_it_does(read: Read) -> None:
    """The link that rules a value out says so in the word that then stands before it, and names the value."""
    row = facet(read("/?q=the"), "outlet", "Harbour Post")
    assert " ".join(row.css_first(".exclude").text().split()) == "not Harbour Post"


def test_not_stated_can_be_picked(read: Read) -> None:
    """The answers whose outlet nobody knows are a value of the facet."""
    row = facet(read("/?q=the"), "outlet", "not stated")
    page = read(href(row, ".pick"))
    assert text_of(page, ".total").split()[0] == row.css_first(".count").text()
    assert texts_of(page, ".chip") == ["Remove the filter Outlet not stated×"]


def test_picked_value_shows_at_zero(read: Read) -> None:
    """A picked value that finds nothing is still there to be taken away."""
    page = read("/?q=ferry&year=1999")
    assert text_of(page, ".total") == "0 answers"
    assert facet(page, "year", "1999").css_first(".count").text() == "0"


def test_long_facet_is_folded(read: Read) -> None:
    """Beyond eight, a facet's values stand behind "Show more", which promises no more than it has."""
    page = read("/?q=dredging")
    group = page.css_first('[data-facet="outlet"]')
    assert len(group.css("ul")[0].css(".value")) == 8
    more = len(group.css(".value")) - 8
    assert group.css_first(".more summary").text() == f"Show {more} more"


def test_facets_keep_robots_out(read: Read) -> None:
    """Every link of facets, chips, orders, chart and pages is nofollow, and the page asks not to be indexed."""
    page = read("/?q=dredging&year=2021")
    links = page.css(".layout a:not(.permalink, .skip, .button)")
    assert len(links) > 40
    assert all("nofollow" in (link.attributes.get("rel") or "") for link in links)
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex, nofollow"


def test_chips_remove_one_or_all(read: Read) -> None:
    """Each chip leads to the search without it; "Clear all filters" keeps the words alone."""
    page = read("/?q=ferry&outlet=HP&-year=2022&from=2020-01-01&to=2024-12-31")
    chips = {chip.css_first(".field").text(): chip.attributes["href"] for chip in page.css(".chip")}
    assert chips == {
        "Outlet": "/?q=ferry&-year=2022&from=2020-01-01&to=2024-12-31",
        "Year not": "/?q=ferry&outlet=Harbour+Post&from=2020-01-01&to=2024-12-31",
        "From": "/?q=ferry&outlet=Harbour+Post&-year=2022&to=2024-12-31",
        "Until": "/?q=ferry&outlet=Harbour+Post&-year=2022&from=2020-01-01",
    }
    assert href(page.css_first(".chips"), ".clear") == "/?q=ferry"


def test_synonyms_can_be_switched_off_and_on() -> None:
    """A notice of synonyms leads to the words as typed; that choice is a chip which leads back."""
    request = SearchRequest("Turkey")
    notices = (
        Notice("synonyms", "Also Türkiye", replace(request, exact=True)),
        Notice("coverage", "searched were two"),
    )
    page = Page(request, "Turkey", 3, 0.4, 1, (), {}, (), notices)
    results = results_page(page, Labels())
    (notice,) = results.notices
    assert notice.action
    assert (notice.action.label, notice.action.address) == ("Only the words as typed", "/?q=Turkey&exact=1")
    assert results.searched == "Searched were two."
    exact = results_page(replace(page, request=SearchRequest("Turkey", exact=True)), Labels())
    assert [(c.label, c.text, c.remove) for c in exact.chips] == [("Words", "as typed", "/?q=Turkey")]
    assert exact.took == "under 1 ms"
    assert page_to_json(page, Labels())["notices"] == [
        {"code": "synonyms", "message": "Also Türkiye", "url": "/?q=Turkey&exact=1"},
        {"code": "coverage", "message": "searched were two", "url": None},
    ]


def test_a_lower_bound_is_named_one() -> None:
    """Where a pattern was cut, the total says "at least", here and in the API."""
    page = Page(SearchRequest("ve*"), "ve*", 1_234, 0.4, 1, (), {}, (), total_is="at least")
    assert results_page(page, Labels()).total_text == "at least 1,234 answers"
    assert page_to_json(page, Labels())["total_is"] == "at least"


def test_what_was_meant_is_offered(read: Read) -> None:
    """A misspelt word leads to the search that was meant, its filters kept, with its number of hits."""
    page = read("/?q=ferrry&year=2022")
    (meant,) = page.css(".meant")
    assert href(meant, "a") == "/?q=ferry&year=2022"
    assert " ".join(meant.text().split()) == f"Did you mean ferry? {text_of(read(href(meant, 'a')), '.total')}"
    assert not read("/?q=ferry").css(".meant")


def test_a_search_in_vain_says_what_was_searched(read: Read) -> None:
    """An empty page names the word to blame, offers the search without it, and tells what the collection holds."""
    page = read("/?q=ferry+xqzzv")
    assert page.css_first(".empty p").text().startswith("Searched were ")
    link = page.css_first(".empty li a")
    assert (link.text(), link.attributes["href"]) == ("Without xqzzv, which finds nothing", "/?q=ferry")


def test_notices_are_shown(read: Read) -> None:
    """What had to be guessed of a query is said above the hits, as a sentence."""
    assert text_of(read('/?q="ferry'), ".notice").startswith("No closing quotation mark")


def test_notice_quotes_a_word_as_it_was_typed(read: Read) -> None:
    """What a notice begins with is not put in capitals where it was typed in small letters."""
    assert text_of(read("/?q=f*"), ".notice").startswith("f* was read without its signs")


def test_notice_on_an_empty_page_leads_nowhere() -> None:
    """Where nothing was found, only what was counted is offered: with fewer synonyms there is no more to find."""
    request = SearchRequest("ROV", Selection(until=date(1990, 1, 1)))
    notices = (
        Notice("synonyms", "ROV was also looked for as South Veld", replace(request, exact=True)),
        Notice("outside_coverage", "the days asked for lie outside", SearchRequest("ROV")),
    )
    results = results_page(Page(request, "ROV", 0, 0.4, 1, (), {}, (), notices), Labels())
    assert [notice.action for notice in results.notices] == [None, None]


def test_empty_page_offers_no_empty_page(read: Read) -> None:
    """Where a word occurs nowhere, the search without the filters is not offered: it finds nothing either."""
    page = read("/?q=xqzzv&year=2022")
    assert "Clear all filters" not in text_of(page, ".empty")


def test_question_that_nobody_answered() -> None:
    """A hit without an answer shows its question alone."""
    document = Document(
        "a/en/2024-01-01/1", "a/en/2024-01-01", "a", "en", date(2024, 1, 1), "T", Item(1, 1, "answer", ())
    )
    hit = Hit(document, 1.0, Snippet((Piece("Why?", hit=False),), "HP", cut_before=False, cut_after=False), None)
    page = Page(SearchRequest("why"), "why", 1, 1.6, 1, (hit,), {}, ())
    (view,) = results_page(page, Labels()).hits
    assert [(p.role, p.name) for p in view.passages] == [("question", "HP")]
    assert page_to_json(page, Labels())["hits"][0]["answer"] == []


def test_date_form_keeps_everything_else(read: Read) -> None:
    """The form of days is filled, and carries the words and filters."""
    page = read("/?q=ferry&outlet=HP&from=2024-01-01")
    form = page.css_first("form.dates")
    given = {n.attributes["name"]: n.attributes["value"] for n in form.css("input")}
    assert given == {"q": "ferry", "outlet": "Harbour Post", "from": "2024-01-01", "to": ""}


def test_orders(read: Read) -> None:
    """The present order is marked; without words there is nothing to rank by, and newest is the order."""
    page = read("/?q=dredging&sort=oldest")
    assert texts_of(page, ".orders [aria-current]") == ["Oldest"]
    assert page.css_first(".hit time").attributes["datetime"] == "2021-01-15"
    assert texts_of(read("/?year=2021"), ".orders a") == ["Newest", "Oldest"]


def test_chart_bars_lead_to_their_days(read: Read) -> None:
    """Each bar is a link to the search within its days, and the same numbers are a table."""
    page = read("/?q=ferry")
    bars = page.css(".chart svg a")
    rows = page.css(".figures tbody tr")
    assert len(bars) == len(rows) > 1
    assert sum(int(row.css("td")[0].text()) for row in rows) == int(text_of(page, ".total").split()[0])
    assert [a.attributes["href"] for a in bars] == [href(row, "a") for row in rows]
    busy = next(row for row in rows if row.css("td")[0].text() != "0")
    assert text_of(read(href(busy, "a")), ".total").split()[0] == busy.css("td")[0].text()


def test_pages(read: Read) -> None:
    """Paging says where one is, and its neighbours are named to browsers."""
    page = read("/?q=dredging&page=2")
    assert texts_of(page, ".pager [aria-current=page]") == ["2"]
    assert page.css_first('head link[rel="prev"]').attributes["href"] == "/?q=dredging"
    assert page.css_first('head link[rel="next"]').attributes["href"] == "/?q=dredging&page=3"
    assert page.css_first('.pager a[rel~="next"]').attributes["href"] == "/?q=dredging&page=3"


def test_no_hit_stands_on_two_pages(read: Read) -> None:
    """The pages together show every hit once, the folded ones among them."""
    seen: list[str] = []
    address: str | None = "/?q=dredging"
    while address:
        page = read(address)
        seen += [a.attributes["href"] for a in page.css(".hit h2 a, .fold li a")]
        following = page.css_first('.pager a[rel~="next"]')
        address = following.attributes["href"] if following else None
    assert len(seen) == len(set(seen)) == int(text_of(page, ".total").split()[0])


def test_page_beyond_the_last(read: Read) -> None:
    """A page that is not there says so and leads to the last."""
    page = read("/?q=dredging&page=99")
    assert "beyond the last" in text_of(page, ".empty h2")
    assert texts_of(read(href(page.css_first(".empty"), "a")), ".pager [aria-current=page]") == ["4"]


def test_no_results_help(read: Read) -> None:
    """With nothing found, other searches are offered with their totals, each of which finds that many."""
    page = read("/?q=ferry&year=1999")
    assert text_of(page, ".empty h2") == "No answer was found"
    offers = [item for item in page.css(".empty li") if item.css_first(".count")]
    assert offers
    for offer in offers:
        assert text_of(read(href(offer, "a")), ".total") == offer.css_first(".count").text()
    assert not page.css(".chart")


def test_search_for_everything(read: Read) -> None:
    """An empty q shows every answer, without chips."""
    page = read("/?q=")
    assert int(text_of(page, ".total").split()[0]) > 40
    assert not page.css(".chip")


@pytest.mark.parametrize("address", ["/?q=ferry", f"/?q={HOSTILE}", f"/?q=ferry&outlet={HOSTILE}"])
def test_hostile_markup_is_text(read: Read, address: str) -> None:
    """Markup in a query, title, label, outlet, question or entity shows as text: no script but our own file."""
    page = read(address)
    scripts = {s.attributes.get("src", "").partition("?")[0] for s in page.css("script")}
    assert scripts == {*SCRIPTS, *(f"/static/{name}.js" for name in ("results", "saved", "chart"))}
    assert HOSTILE in page.css_first("body").text()


def test_chinese_is_marked_as_such(read: Read) -> None:
    """Foreign text carries its language, the page its own."""
    page = read("/?q=渡轮")
    assert page.css_first("html").attributes["lang"] == "en"
    assert {n.attributes["lang"] for n in page.css(".hit .words")} == {"zh"}
    assert "中文" in text_of(page, ".hit .meta:not(li)")


def test_printed_names_are_in_the_language_of_the_hit() -> None:
    """An asker's printed label has the transcript's language; a name that we know a speaker by does not."""
    (item,) = CHINESE.items
    question, said = item.turns
    text = replace(CHINESE, items=(replace(item, turns=(question, said._replace(label="韦兰"))),))
    client = create_app(Settings(Path("nowhere"), {}), make_engine([publish(text)])).test_client()
    page = LexborHTMLParser(client.get("/", query_string={"q": "渡轮"}).text)
    names = {n.text(): n.attributes.get("lang") for n in page.css(".passage .name")}
    assert names == {"港口邮报": "zh", "Ilsa Verlaine": None}
