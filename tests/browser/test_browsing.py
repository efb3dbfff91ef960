"""Whoever does not know what to search for walks: by menu, by calendar, by name; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_reader_on_a_phone_opens_the_menu_and_a_day(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """On a phone the links stand behind a button; the calendar leads from a year to a day's transcript."""
    page = visit("/", PHONE, script=script)
    expect(page.locator(".site-nav")).to_be_hidden()
    page.locator(".menu summary").click()
    page.locator(".site-nav").get_by_role("link", name="Briefings").click()
    page.get_by_role("link", name="2022", exact=True).click()
    page.locator(".month .held a").click()
    expect(page).to_have_url(re.compile(r"/briefings/xw-gov/en/2022-11-30$"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_reader_narrows_the_outlets_and_goes_on_to_their_answers(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """From the list to an outlet, whose page leads into search."""
    page = visit("/outlets", DESKTOP, script=script)
    expect(page.locator(".site-nav [aria-current=page]")).to_have_text("Outlets")
    page.get_by_label("Name", exact=True).fill("harb")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Harbour Post").click()
    expect(page.locator("h1")).to_have_text("Harbour Post")
    page.get_by_role("link", name="Search these answers").click()
    expect(page.locator(".total")).to_have_text("2 answers")


def test_days_of_the_calendar_are_wide_enough_for_a_finger(visit: Visit) -> None:
    """On a phone each day of the calendar is at least 24 pixels wide and high."""
    page = visit("/calendar?year=2021", PHONE)
    for link in page.locator(".month .held a").all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize(
    "address",
    ["/outlets", "/outlets/harbour-post", "/speakers", "/entities", "/entities?find=a", "/calendar", "/saved",
     "/calendar?year=2024&publisher=xv-mfa"],
)  # fmt: skip
def test_phone_never_scrolls_sideways(visit: Visit, address: str) -> None:
    """At 360 pixels no page to browse is wider than the screen, the menu open or not."""
    page = visit(address, PHONE)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        page.locator(".menu summary").click()
