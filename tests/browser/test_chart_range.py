"""Whoever looks at the chart picks days from it, by pointer, by keys, or without a script, and comes back with Back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

ADDRESS = "/?q=dredging&from=2021-01-01&to=2021-12-31"
"""Three answers on the fifteenth of each month of 2021."""


def bars(page: Page) -> Locator:
    """The bars of the chart."""
    return page.locator(".plot svg a")


def drag(page: Page, first: int, last: int) -> None:
    """Press on one bar and move to another."""
    page.locator(".plot").scroll_into_view_if_needed()
    start, end = (bars(page).nth(n).locator(".slot").bounding_box() for n in (first, last))
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 3, end["y"] + 24, steps=4)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_dragging_across_bars_sets_the_days_and_back_undoes_it(visit: Visit, size: tuple[int, int]) -> None:
    """The bars under way are counted aloud; letting go narrows the search; Back finds everything as it was."""
    page = visit(ADDRESS, size)
    total = page.locator(".total").inner_text()
    drag(page, 2, 4)
    expect(page.locator(".picked-text")).to_have_text(re.compile(r"^March 2021 to May 2021: \d+ answers$"))
    expect(page.locator(".plot a.picked")).to_have_count(3)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/\?q=dredging&from=2021-03-01&to=2021-05-31$"))
    expect(page.locator(".total")).to_have_text("9 answers")
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(ADDRESS) + "$"))
    expect(page.locator(".total")).to_have_text(total)
    expect(page.locator(".plot a.picked")).to_have_count(0)
    expect(page.locator(".picked-text")).to_be_hidden()


def test_escape_lets_go_of_a_range(visit: Visit) -> None:
    """Escape during a drag picks nothing; nothing on the page moves for a drag."""
    page = visit(ADDRESS)
    before = page.locator(".hit").first.bounding_box()
    drag(page, 1, 5)
    assert page.locator(".hit").first.bounding_box() == before
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".plot a.picked")).to_have_count(0)
    expect(page).to_have_url(re.compile(re.escape(ADDRESS) + "$"))


def test_keys_set_the_days(visit: Visit) -> None:
    """Two sliders, first and last day, are moved with arrow keys; Enter takes the range."""
    page = visit(ADDRESS)
    first = page.get_by_role("slider", name="First of the range")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(page.get_by_role("slider", name="Last of the range")).to_have_attribute(
        "aria-valuetext", "March 2021: 3 answers"
    )
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"&from=2021-03-01&to=2021-04-30$"))
    expect(page.locator(".total")).to_have_text("6 answers")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_click_sets_the_days_of_one_bar(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """A bar is a link, whether or not it could be dragged."""
    page = visit(ADDRESS, script=script)
    bars(page).nth(1).locator(".slot").click()
    expect(page).to_have_url(re.compile(r"&from=2021-02-01&to=2021-02-28$"))
    expect(page.locator(".total")).to_have_text("3 answers")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_searches_are_compared(visit: Visit, size: tuple[int, int], script: bool) -> None:  # noqa: FBT001
    """From the results to the comparing page: a query is added, a point leads to its answers, a query is taken out."""
    page = visit("/?q=ferry&publisher=xv-mfa", size, script=script)
    page.locator(".to-compare").click()
    page.get_by_label("Query B").fill("dredging")
    page.get_by_label("Query B").press("Enter")
    expect(page.locator(".drawing .stroke")).to_have_count(2)
    expect(page.locator(".queries .query")).to_have_text(["ferry", "dredging"])
    expect(page.locator(".chip")).to_have_count(1)
    if script:
        expect(page).to_have_url(re.compile(r"/compare\?q=ferry&q=dredging&publisher=xv-mfa$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator(".points a").last.click()
    expect(page.locator(".total")).to_have_text("2 answers")
    page.go_back()
    page.locator(".queries .remove").first.click()
    expect(page.locator(".queries .query")).to_have_text(["dredging"])
