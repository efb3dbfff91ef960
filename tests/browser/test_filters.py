"""Filters as a person works them: several picked in a row, nothing jumps, and Back finds everything as it was."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser


def facet(page: Page, field: str, label: str) -> Locator:
    """The link that picks or drops a value of a facet."""
    return page.locator(f'.facets [data-facet="{field}"] .pick', has_text=label).first


def test_picking_in_the_drawer_keeps_it_open_and_in_place(visit: Visit) -> None:
    """On a phone two values are picked in a row; the drawer stays open where it was, the focus on what was picked."""
    page = visit("/?q=ferry", PHONE)
    page.locator(".drawer summary").click()
    facet(page, "outlet", "Harbour Post").click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".facets")).to_be_visible()
    expect(facet(page, "outlet", "Harbour Post")).to_be_focused()
    expect(facet(page, "outlet", "Harbour Post")).to_be_in_viewport()
    facet(page, "outlet", "Northern Wire").click()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".drawer summary")).to_contain_text("Filters (2)")
    expect(page.locator("#said")).to_have_text("3 answers")

    page.locator(".show a").click()
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator(".total")).to_be_in_viewport()


def test_way_back_to_the_answers_stays_in_view(visit: Visit) -> None:
    """However far the filters are scrolled, the button with the number of answers is in view, without a script too."""
    page = visit("/?q=ferry", PHONE, script=False)
    page.locator(".drawer summary").click()
    expect(page.locator(".show a")).to_be_in_viewport()
    page.locator('[data-facet="publisher"]').scroll_into_view_if_needed()
    expect(page.locator(".show a")).to_be_in_viewport()
    expect(page.locator(".drawer summary")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_back_finds_the_results_as_they_were(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """Back from a transcript, the filters hold and the page is scrolled to the hit that was followed."""
    page = visit("/?q=&sort=oldest", DESKTOP, script=script)
    facet(page, "year", "2021").click()
    expect(page.locator(".chip")).to_have_count(1)
    hit = page.locator(".hit").nth(6)
    hit.scroll_into_view_if_needed()
    hit.locator("h2 a").click()
    expect(page.locator(".transcript h1")).to_be_visible()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".hit").nth(6)).to_be_in_viewport()


def test_list_of_values_is_filtered_while_typing(visit: Visit) -> None:
    """The list follows what is typed, the address with it, and the number left is said; the button does the same."""
    page = visit("/facets/outlet?q=")
    page.get_by_label("Names with a word that begins").press_sequentially("har")
    expect(page.locator(".all .value")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("1 ")
    expect(page).to_have_url("http://" + page.url.split("/")[2] + "/facets/outlet?prefix=har")
    page.locator(".all .pick").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Names with a word that begins")).to_have_value("har")


def test_list_of_values_is_filtered_without_a_script(visit: Visit) -> None:
    """Without the script the form filters, values are picked in a row, and the answers are one click away."""
    page = visit("/facets/outlet?q=ferry", script=False)
    page.get_by_label("Names with a word that begins").fill("har")
    page.get_by_role("button", name="Filter").click()
    page.locator(".all .pick", has_text="Harbour Post").click()
    page.locator(".to-answers a").click()
    expect(page.locator(".chip")).to_have_text("Remove the filter Outlet Harbour Post×")


def test_everything_is_reached_with_the_keyboard(visit: Visit) -> None:
    """From the top: the skip link first, seen when focused; past the filters; a hit opens with Enter."""
    page = visit("/?q=ferry")
    page.keyboard.press("Tab")
    expect(page.locator("body > .skip")).to_be_focused()
    expect(page.locator("body > .skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".side .skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()
    page.locator(".hit h2 a").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".transcript h1")).to_be_visible()
