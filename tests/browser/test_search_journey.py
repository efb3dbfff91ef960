"""Whoever looks for a passage finds it: type, narrow, follow a hit, read; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser


def pick(page: Page, field: str, label: str) -> None:
    """Pick a value of a facet; on a phone, open the drawer first."""
    facets = page.locator(".facets")
    if not facets.is_visible():
        page.locator(".drawer summary").click()
    facets.locator(f'[data-facet="{field}"] .pick', has_text=label).click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_reader_finds_the_lit_passage_in_view(visit: Visit, size: tuple[int, int], script: bool) -> None:  # noqa: FBT001
    """A reader types a query, picks two outlets, follows a hit, and finds the lit passage in view."""
    page = visit("/", size, script=script)
    page.get_by_label("Search the briefings").fill("undersea cable OR ferry")
    page.keyboard.press("Enter")
    expect(page.locator(".total")).to_contain_text("answers")

    pick(page, "outlet", "Harbour Post")
    pick(page, "outlet", "Northern Wire")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".total")).to_have_text("3 answers")

    hit = page.locator(".hit", has_text="Port Anselm")
    hit.locator("h2 a").click()
    expect(page).to_have_url(re.compile(r"/briefings/xv-mfa/en/2024-02-08\?.*#2$"))
    expect(page.locator('[id="2"] mark').first).to_be_in_viewport()

    page.locator(".back a").click()
    expect(page.locator(".chip")).to_have_count(2)


def test_long_answer_scrolls_to_its_lit_passage(visit: Visit) -> None:
    """When the match stands far down in a long answer, the script brings it into view, current in the list."""
    page = visit("/briefings/xv-mfa/en/2024-02-08?q=undersea#5", (360, 400))
    expect(page.locator('[id="5"] mark')).to_be_in_viewport()
    expect(page.locator(".match-count")).to_have_text("1 of 1")


def test_far_match_is_one_click_away_without_a_script(visit: Visit) -> None:
    """Without the script, an answer whose match stands far down begins with a link that brings it into view."""
    page = visit("/briefings/xv-mfa/en/2024-02-08?q=undersea#5", (360, 400), script=False)
    page.locator('[id="5"] .jump a').click()
    expect(page.locator('[id="5"] mark')).to_be_in_viewport()


def test_excluding_is_offered_where_nothing_hovers(chromium: Browser, live_server: str) -> None:
    """On a touch screen every value shows its "not", big enough for a finger."""
    with chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{live_server}/?q=ferry")
        page.locator(".drawer summary").tap()
        link = page.locator(".exclude").first
        expect(link).to_have_css("opacity", "1")
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        link.tap()
        expect(page.locator(".chip.not")).to_have_count(1)


def test_keys_walk_the_matches(visit: Visit) -> None:
    """`n` and `p` and the buttons go from match to match and around, each in view."""
    page = visit("/briefings/xv-mfa/en/2024-02-08?q=ferry", (360, 500))
    page.keyboard.press("n")
    expect(page.locator("#match-1")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(page.locator(".match-count")).to_have_text("4 of 4")
    expect(page.locator("#match-4")).to_be_in_viewport()
    page.get_by_role("button", name="Next match").click()
    expect(page.locator("mark.now")).to_have_attribute("id", "match-1")
    expect(page.locator("#match-1")).to_be_in_viewport()


def test_keys_walk_the_matches_of_one_answer(visit: Visit) -> None:
    """On an answer's own page, which has no list of matches, the keys walk them all the same."""
    page = visit("/briefings/xv-mfa/en/2024-02-08/2?q=ferry", (360, 500))
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("mark.now")).to_have_attribute("id", "match-2")
    expect(page.locator("#match-2")).to_be_in_viewport()


def test_slash_goes_to_the_search_box(visit: Visit) -> None:
    """`/` focuses the search box; typed inside it, it is a character."""
    page = visit("/briefings/xv-mfa/en/2024-02-08")
    page.keyboard.press("/")
    box = page.get_by_label("Search the briefings")
    expect(box).to_be_focused()
    page.keyboard.type("a/n")
    expect(box).to_have_value("a/n")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_dates_narrow_the_results(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """The form of days narrows the search and keeps the words."""
    page = visit("/?q=ferry", script=script)
    page.get_by_label("From").fill("2024-01-01")
    page.get_by_role("button", name="Set dates").click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.get_by_label("Search the briefings")).to_have_value("ferry")
    expect(page.get_by_label("From")).to_have_value("2024-01-01")


def test_days_left_empty_are_not_in_the_address(visit: Visit) -> None:
    """With the script, the address of a narrowed search says no more than it must."""
    page = visit("/?q=ferry")
    page.get_by_label("From").fill("2024-01-01")
    page.get_by_role("button", name="Set dates").click()
    expect(page).to_have_url(re.compile(r"/\?q=ferry&from=2024-01-01$"))


def test_coming_back_finds_the_page_as_it_was(visit: Visit) -> None:
    """Back from an answer's own page, the transcript stands where the reader had scrolled to."""
    page = visit("/briefings/xv-mfa/en/2024-02-08?q=undersea#5", (360, 500))
    expect(page.locator('[id="5"] mark')).to_be_in_viewport()
    page.locator('[id="2"] .permalink').scroll_into_view_if_needed()
    page.locator('[id="2"] .permalink').click()
    expect(page).to_have_url(re.compile(r"/briefings/xv-mfa/en/2024-02-08/2$"))
    page.go_back()
    expect(page.locator('[id="2"] .permalink')).to_be_in_viewport()


def test_bar_of_the_chart_is_a_link(visit: Visit) -> None:
    """A click on a bar narrows the search to its days."""
    page = visit("/?q=ferry")
    page.locator(".chart svg a .slot").last.click()
    expect(page.locator(".chip")).to_have_count(2)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=ferry",
        "/?q=the&outlet=Harbour+Post&-outlet=Northern+Wire&from=2020-01-01",
        "/?q=nothing+of+the+kind&year=1999",
        "/briefings/xv-mfa/en/2024-02-08?q=ferry",
        "/briefings/xv-mfa/en/2023-05-04",
        "/briefings/xv-mfa/en/2024-02-08?revision=1&q=ferry",
        "/briefings/xv-mfa/en/2024-02-08/revisions",
        "/help",
        f"/?q={'w' * 300}",
    ],
)
def test_phone_never_scrolls_sideways(visit: Visit, address: str) -> None:
    """At 360 pixels no page is wider than the screen, the drawer of filters open or not."""
    page = visit(address, PHONE)
    for drawer in (False, True):
        if drawer and page.locator(".drawer").count():
            page.locator(".drawer summary").click()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE[0]


def test_hostile_markup_runs_nothing(visit: Visit) -> None:
    """A briefing made of script tags shows them and runs none."""
    page = visit("/briefings/xv-mfa/en/2023-05-04?q=script")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.reload()
    expect(page.locator("h1")).to_contain_text("<script>")


def test_drawer_is_closed_on_a_phone_and_open_on_a_desktop(visit: Visit) -> None:
    """Filters stand beside the results on a wide screen, and behind a button on a phone, without a script."""
    expect(visit("/?q=ferry", DESKTOP, script=False).locator(".facets")).to_be_visible()
    phone = visit("/?q=ferry", PHONE, script=False)
    expect(phone.locator(".facets")).to_be_hidden()
    phone.locator(".drawer summary").click()
    expect(phone.locator(".facets")).to_be_visible()
