"""Whoever asks the same every week saves the search, and sees what is new; nothing leaves the browser but searches."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

SAVE = "button.save"


def held(page: Page) -> list[dict[str, object]]:
    """What the browser keeps."""
    kept: list[dict[str, object]] = json.loads(page.evaluate("localStorage.getItem('lectern.saved')"))
    return kept


def age(page: Page, fewer: int) -> None:
    """Make the first saved search one that found fewer answers when it was last visited."""
    rows = held(page)
    rows[0] |= {"total": int(str(rows[0]["total"])) - fewer, "seen": "2024-01-02"}
    page.evaluate("rows => localStorage.setItem('lectern.saved', JSON.stringify(rows))", rows)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_saved_search_says_what_is_new_until_it_is_visited(visit: Visit, size: tuple[int, int]) -> None:
    """A reader saves a search, later sees how many answers are new, opens it, and then nothing is new."""
    page = visit("/?q=ferry&outlet=Harbour+Post&page=1", size)
    page.locator(SAVE).click()
    expect(page.locator(SAVE)).to_have_text("Saved")
    expect(page.locator(SAVE)).to_have_attribute("title", re.compile("answers? on"))
    age(page, 1)

    page.goto("/saved")
    expect(page.locator(".saved-list .fresh")).to_have_text("1 new")
    expect(page.locator(".status")).to_have_text("1 of your searches has something new.")
    expect(page.locator(".told")).to_contain_text("the newest of 2024-02-08 · last visited 2024-01-02")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

    page.locator(".saved-list .name").click()
    expect(page).to_have_url(re.compile(r"/\?outlet=Harbour\+Post&q=ferry$"))
    expect(page.locator(SAVE)).to_have_attribute("title", re.compile("1 answer on"))
    page.goto("/saved")
    expect(page.locator(".news")).to_have_text("nothing new")


def test_saved_search_is_renamed_and_removed(visit: Visit) -> None:
    """A reader gives a search a name of its own, with the keyboard, and removes it."""
    page = visit("/?q=ferry")
    page.locator(SAVE).click()
    page.goto("/saved")
    page.get_by_role("button", name="Rename ferry").click()
    page.keyboard.type("Every <b>ferry</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".saved-list .name")).to_have_text("Every <b>ferry</b>")
    page.get_by_role("button", name="Remove Every").click()
    expect(page.locator(".none h2")).to_have_text("No search is saved yet")
    assert held(page) == []


def test_saved_searches_are_taken_along_as_text(visit: Visit) -> None:
    """What was written out in one browser is brought into another; what is no search is left out."""
    page = visit("/?q=ferry")
    page.locator(SAVE).click()
    page.goto("/saved")
    page.get_by_role("button", name="Write out").click()
    text = page.locator("textarea").input_value()

    other = visit("/saved")
    other.locator("textarea").fill("not a list")
    other.get_by_role("button", name="Bring in").click()
    expect(other.locator(".status")).to_contain_text("nothing was brought in")
    other.locator("textarea").fill(json.dumps([*json.loads(text), {"search": 7}, {"search": "javascript:alert(1)"}]))
    other.get_by_role("button", name="Bring in").click()
    expect(other.locator(".saved-list .name")).to_have_count(2)
    assert all(str(a.get_attribute("href")).startswith("/?") for a in other.locator(".saved-list .name").all())


def test_saving_sends_nothing_but_searches(visit: Visit) -> None:
    """Saving and looking for news ask the search and nothing else."""
    page = visit("/?q=ferry")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(SAVE).click()
    expect(page.locator(SAVE)).to_have_attribute("title", re.compile("answers? on"))
    assert [re.sub(r"^.*?//[^/]*", "", url) for url in asked if "/static/favicon" not in url] == [
        "/api/v1/search?q=ferry&per_page=1&sort=newest"
    ]


def test_nothing_is_offered_without_a_script(visit: Visit) -> None:
    """Without a script no button promises to save, and the page of saved searches says what it needs."""
    page = visit("/?q=ferry", script=False)
    expect(page.locator(SAVE)).to_be_hidden()
    page.goto("/saved")
    expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
    expect(page.locator("#saved")).to_be_hidden()


def test_button_to_save_moves_nothing(visit: Visit) -> None:
    """The order's links stand where they stood before the button was ready, and stay when it is pressed."""
    page = visit("/?q=ferry")
    place = page.locator(".orders").bounding_box()
    page.evaluate("document.querySelector('button.save').classList.remove('ready')")
    assert page.locator(".orders").bounding_box() == place
    page.locator(SAVE).click(force=True)
    assert page.locator(".orders").bounding_box() == place
