"""The chart of a results page: what its bars say, where they lead, and what they tell of days without an answer."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search.engine import Selection
from search.page import ChartView, SearchRequest
from search.searcher import Searcher
from tests.webui.collection import HOSTILE, LABELS, make_engine
from tests.webui.conftest import Read, text_of, texts_of
from webui.figure import figure_of

SEARCHER = Searcher(make_engine())


def marks(page: LexborHTMLParser) -> dict[str, list[str]]:
    """The months or days of each mark, by its class; those with a column under `column`."""
    found: dict[str, list[str]] = {}
    for bar in page.css(".plot svg a"):
        classes = (bar.css_first(".slot").attributes["class"] or "").split()
        found.setdefault(classes[1] if len(classes) > 1 else "column", []).append(bar.attributes["data-from"] or "")
    return found


def total(page: LexborHTMLParser | LexborNode, selector: str = ".total") -> int:
    """The number that a text begins with."""
    return int(page.css_first(selector).text().split()[0].replace(",", ""))


def test_three_kinds_of_emptiness_are_told_apart(read: Read) -> None:
    """A day announced to be without a briefing, one that is not in the collection, and a briefing without a mention."""
    page = read("/?q=ferry&publisher=xw-gov&from=2022-11-29&to=2022-12-31")
    found = marks(page)
    assert found["column"] == ["2022-11-30"]
    assert found["none"] == [f"2022-12-{day}" for day in range(24, 32)]
    assert found["missing"][:2] == ["2022-11-29", "2022-12-01"]
    assert "quiet" not in found
    quiet = marks(read("/?q=ferry&from=2021-11-01&to=2022-12-31"))
    assert quiet["quiet"] == ["2021-11-01", "2021-12-01"]
    assert quiet["column"] == ["2022-11-01"]
    assert len(quiet["missing"]) == 11


def test_the_table_says_the_same_in_words(read: Read) -> None:
    """Every day has a row, and the reason stands where there is no answer; the key below is for the eye."""
    page = read("/?q=ferry&publisher=xw-gov&from=2022-11-29&to=2022-12-31")
    remarks = Counter(texts_of(page, ".figures .remark"))
    assert remarks == {"no briefing in the collection": 24, "no briefing was held, as announced": 8, "": 1}
    assert texts_of(page, ".legend li") == ["no briefing held, as announced", "no briefing in the collection"]


def test_a_bar_cut_by_the_range_leads_to_what_it_counts(read: Read) -> None:
    """Where the days picked cut a month short, its bar's link keeps within them and finds as many as it says."""
    page = read("/?q=dredging&from=2021-02-20&to=2021-06-10")
    for bar in page.css(".plot svg a"):
        if bar.attributes["data-count"] != "0":
            assert f"{total(read(bar.attributes['href'] or ''))}" == bar.attributes["data-count"]
    assert page.css_first(".plot svg a").attributes["data-from"] == "2021-02-20"


days = st.dates(date(2020, 12, 1), date(2024, 12, 31))
requests = st.builds(
    lambda text, a, b, more: SearchRequest(text, Selection(more, {}, a and min(a, b or a), b and max(a or b, b))),
    st.sampled_from(("ferry", "dredging", "", "cable OR ferry", "-ferry")),
    st.none() | days,
    st.none() | days,
    st.sampled_from(({}, {"publisher": ("xv-mfa",)}, {"language": ("zh",)}, {"outlet": ("Harbour Post",)})),
)


@settings(max_examples=settings().max_examples // 5)
@given(requests)
def test_bars_part_the_range_and_add_up_to_the_total(request: SearchRequest) -> None:
    """Without a gap or an overlap, within the days picked, and every answer is in one bar."""
    page = SEARCHER.search(request)
    figure = figure_of(SEARCHER, page, LABELS)
    if figure is None:
        return
    bars = figure.panels[0].chart.bars
    assert sum(bar.count for bar in bars) == page.total
    ends = [(date.fromisoformat(bar.since), date.fromisoformat(bar.until)) for bar in bars]
    assert all(one[1] + timedelta(1) == other[0] for one, other in pairwise(ends))
    assert ends[0][0] >= (request.selection.since or date.min)
    assert ends[-1][1] <= (request.selection.until or date.max)


@settings(max_examples=settings().max_examples // 5)
@given(requests, st.sampled_from(("share", "publishers")))
def test_publishers_apart_add_up_to_the_total(request: SearchRequest, view: ChartView) -> None:
    """Every answer is in the picture of one publisher and language, whose share is of its own answers."""
    page = SEARCHER.search(SearchRequest(request.text, request.selection, chart=view))
    figure = figure_of(SEARCHER, page, LABELS)
    if figure is None:
        return
    assert sum(bar.count for panel in figure.panels for bar in panel.chart.bars) == page.total
    assert all(bar.count <= bar.of for panel in figure.panels for bar in panel.chart.bars)


def test_views_are_addresses(read: Read) -> None:
    """Each view of the chart is a link that keeps the search, and the present one is marked."""
    page = read("/?q=ferry&chart=share")
    assert texts_of(page, ".views a") == ["Answers", "Share of all answers", "By publisher", "By outlet"]
    assert texts_of(page, ".views [aria-current]") == ["Share of all answers"]
    assert [a.attributes["href"] for a in page.css(".views a")] == [
        f"/?q=ferry{more}" for more in ("", "&chart=share", "&chart=publishers", "&chart=outlets")
    ]
    assert all(a.attributes["rel"] == "nofollow" for a in page.css(".chart a"))


def test_shares_are_of_one_publisher_and_language(read: Read) -> None:
    """By share, each publisher's language stands by itself, and what it does not cover is marked."""
    page = read("/?q=ferry&chart=share")
    titles = texts_of(page, ".panel-title a")
    assert titles == ["Ministry of External Relations of Valdria, English", "Cabinet of Westmark, English"]
    westmark = page.css(".panel")[1]
    rows = [[td.text() for td in row.css("td")] for row in westmark.css("tbody tr")]
    assert rows[0] == ["1", "1", "100.0 %", ""]
    assert all(row == ["0", "0", "–", "no briefing in the collection"] for row in rows[1:])
    linked = read(page.css(".panel-title a")[1].attributes["href"] or "")
    assert f"{text_of(linked, '.total')}" == westmark.css_first(".panel-title .count").text() == "1 answer"


def test_publishers_with_different_days_are_offered_apart(read: Read) -> None:
    """Where a chart counts publishers together that cover different days, it says so and leads to the other view."""
    page = read("/?q=ferry")
    assert text_of(page, ".chart-note") == "The publishers cover different days. Draw them apart"
    assert page.css_first(".chart-note a").attributes["href"] == "/?q=ferry&chart=publishers"
    assert not read("/?q=ferry&publisher=xv-mfa").css(".chart-note")


def test_the_chart_by_outlet_says_what_is_stated(read: Read) -> None:
    """Of the questions found, it is said how many have an outlet, whichever outlets are picked."""
    asked = total(read("/?q=dredging&kind=answer"))
    stated = asked - total(read("/?q=dredging&kind=answer&outlet="))
    for address in ("/?q=dredging&chart=outlets", "/?q=dredging&chart=outlets&outlet=Outlet+3"):
        assert f"An outlet is stated for {stated} of the {asked} questions" in text_of(read(address), ".chart-note")
    assert texts_of(read("/?q=dredging&chart=outlets&outlet=Outlet+3"), ".panel-title a") == ["Outlet 3"]


def test_an_outlets_share_is_of_its_own_questions(read: Read) -> None:
    """The picture of an outlet counts beside all that this outlet asked."""
    page = read("/?q=ferry&outlet=Northern+Wire&chart=outlets")
    rows = [[td.text() for td in row.css("td")] for row in page.css(".figures tbody tr")]
    assert sum(int(row[1]) for row in rows) == total(read("/?outlet=Northern+Wire"))


@pytest.mark.parametrize("view", ["", "share", "publishers", "outlets"])
def test_hostile_names_are_text(read: Read, view: str) -> None:
    """An outlet and a query made of markup show as text in every view."""
    page = read(f"/?q=ferry&year=2023&year=2024&outlet=Gazette+{HOSTILE}&outlet=Harbour+Post&chart={view}")
    assert page.css(".plot")
    assert not [s for s in page.css("script") if not (s.attributes.get("src") or "").startswith("/static/")]
    assert not page.css("[style], [onclick], style")


def test_days_picked_can_be_dropped_and_searches_compared(read: Read) -> None:
    """Beside the chart stand the whole range, where days are picked, and the page that compares."""
    page = read("/?q=dredging&from=2021-02-20&to=2021-06-10&publisher=xv-mfa")
    assert [a.attributes["href"] for a in page.css(".chart-links a")] == [
        "/?q=dredging&publisher=xv-mfa",
        "/compare?q=dredging&publisher=xv-mfa&from=2021-02-20&to=2021-06-10",
    ]
