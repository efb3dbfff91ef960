"""Suggestions in the search box, by keyboard, by finger, and for those who listen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser


def box_of(page: Page) -> Locator:
    """The search box."""
    return page.get_by_role("combobox", name="Search the briefings")


def home(visit: Visit) -> Page:
    """The home page, once its box has the focus: what is typed earlier goes nowhere."""
    page = visit("/")
    expect(box_of(page)).to_be_focused()
    return page


def active(page: Page) -> Locator:
    """The option that is selected."""
    return page.locator('[role=option][aria-selected="true"]')


def test_reader_picks_a_name_by_keyboard_alone(visit: Visit) -> None:
    """A reader types, goes down to a name, presses Enter, and is at the words typed before it with the name picked."""
    page = home(visit)
    page.keyboard.type("ferry norw")
    expect(page.get_by_role("option", name="Norway")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=ferry&entity=place-no$"))
    expect(page.locator(".chip")).to_contain_text("Norway")
    expect(box_of(page)).to_have_value("ferry")


def test_filters_stay_when_a_name_is_picked(visit: Visit) -> None:
    """On a page of results the filters that hold are kept beside the name that is picked."""
    page = visit("/?q=ferry&language=en")
    page.keyboard.press("/")
    page.keyboard.type("ilsa")
    page.get_by_role("option", name="Ilsa Verlaine").click()
    expect(page).to_have_url(re.compile(r"language=en.*speaker=Ilsa\+Verlaine"))
    expect(page.locator(".chip")).to_have_count(2)


def test_box_says_what_it_is_and_where_the_reader_is(visit: Visit) -> None:
    """The box is a combobox with a listbox: closed, open, and naming the option that the keys have reached."""
    page = home(visit)
    box = box_of(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    page.keyboard.type("o")
    expect(box).to_have_attribute("aria-expanded", "true")
    listbox = page.get_by_role("listbox", name="Suggestions")
    expect(listbox).to_be_visible()
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == active(page).get_attribute("id")
    expect(box).to_be_focused()
    expect(page.get_by_role("group").first.get_by_role("option").first).to_be_visible()


def test_number_of_suggestions_is_said(visit: Visit) -> None:
    """A polite live region says how many there are, and that there are none."""
    page = home(visit)
    page.keyboard.type("norw")
    said = page.get_by_role("status")
    expect(said).to_have_text("1 suggestion")
    page.keyboard.type("xx")
    expect(said).to_have_text("No suggestions")
    expect(box_of(page)).to_have_attribute("aria-expanded", "false")


def test_keys_go_around_by_way_of_the_text(visit: Visit) -> None:
    """Up from the text is the last option, down from that the text again; Home and End go back to the text."""
    page = home(visit)
    page.keyboard.type("o")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(active(page)).to_have_count(0)
    page.keyboard.type("n")
    expect(box_of(page)).to_have_value("no")


def test_escape_closes_the_list_then_empties_the_box(visit: Visit) -> None:
    """The first Escape leaves what was typed, the second one clears it; Down brings suggestions back."""
    page = home(visit)
    page.keyboard.type("norw")
    listbox = page.get_by_role("listbox")
    expect(listbox).to_be_visible()
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box_of(page)).to_have_value("norw")
    page.keyboard.press("ArrowDown")
    expect(listbox).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box_of(page)).to_have_value("")


def test_tab_goes_on_and_enter_searches_what_was_typed(visit: Visit) -> None:
    """Tab closes the list and takes nothing from it; Enter without a selected option searches the text."""
    page = home(visit)
    page.keyboard.type("norw")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(box_of(page)).to_have_value("norw")
    box_of(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=norw$"))


def test_late_answer_is_not_shown(visit: Visit) -> None:
    """An answer that comes when something else stands in the box is never seen."""
    page = home(visit)
    held: list[Route] = []
    page.route("**/api/v1/suggest?q=nor", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    page.keyboard.type("nor")
    page.wait_for_timeout(200)
    assert len(held) == 1
    page.keyboard.type("w")
    expect(page.get_by_role("option")).to_have_count(1)
    held[0].fulfill(json={"suggestions": [{"kind": "word", "label": "stale", "count": 1, "parameters": []}]})
    page.wait_for_timeout(100)
    expect(page.get_by_role("option")).to_have_text(re.compile("Norway"))


def test_slow_answer_comes_all_the_same(visit: Visit) -> None:
    """On a slow line what is out of date is hidden after a while, and the answer is shown when it comes."""
    page = home(visit)
    page.keyboard.type("nor")
    expect(page.get_by_role("option", name="Norway")).to_be_visible()
    held: list[Route] = []
    page.route("**/api/v1/suggest?q=norw", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    page.keyboard.type("w")
    expect(page.get_by_role("listbox")).to_be_hidden()
    held[0].continue_()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("listbox")).to_be_visible()


def test_letters_typed_at_once_are_one_request(visit: Visit) -> None:
    """While keys come quickly, nothing is asked but what stands there in the end."""
    page = home(visit)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box_of(page).evaluate(
        """(box) => ["n", "no", "norw", "norway"].forEach((text) => {
            box.value = text;
            box.dispatchEvent(new InputEvent("input"));
        })"""
    )
    expect(page.get_by_role("option")).to_have_count(1)
    assert [url.rpartition("=")[2] for url in asked] == ["norway"]


def test_failure_leaves_the_plain_form(visit: Visit) -> None:
    """Where suggestions cannot be had, typing and Enter search as ever."""
    page = home(visit)
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=200, body="no JSON"))
    page.keyboard.type("ferry")
    page.wait_for_timeout(200)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=ferry$"))


def test_nothing_is_asked_or_chosen_while_composing(visit: Visit) -> None:
    """While an input method composes Chinese, nothing opens and Enter is its own; at its end suggestions come."""
    page = home(visit)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    keys = page.context.new_cdp_session(page)
    for composed in ("m", "mi", "min"):
        keys.send("Input.imeSetComposition", {"text": composed, "selectionStart": len(composed), "selectionEnd": 1})
    page.wait_for_timeout(200)
    assert asked == []
    expect(page.get_by_role("listbox")).to_be_hidden()
    keys.send("Input.insertText", {"text": "明"})
    expect(box_of(page)).to_have_value("明")
    page.wait_for_timeout(200)
    assert len(asked) == 1
    expect(page).to_have_url(re.compile(r"/$"))


@pytest.fixture
def finger(chromium: Browser, live_server: str) -> Iterator[Page]:
    """A page on a small phone."""
    size = {"width": 320, "height": PHONE[1]}
    with chromium.new_context(base_url=live_server, viewport=size, has_touch=True, is_mobile=True) as context:
        yield context.new_page()


def test_finger_picks_a_name(finger: Page) -> None:
    """On a phone of 320 pixels options are big enough, nothing moves below them or sideways, and a tap picks one."""
    finger.goto("/?q=ferry")
    below = finger.locator(".total")
    before = below.bounding_box()
    box_of(finger).tap()
    box_of(finger).fill("")
    box_of(finger).press_sequentially("norw")
    option = finger.get_by_role("option", name="Norway")
    expect(option).to_be_visible()
    place = option.bounding_box()
    assert place is not None
    assert place["height"] >= 36
    assert finger.evaluate("document.documentElement.scrollWidth") <= 320
    assert below.bounding_box() == before
    option.tap()
    expect(finger).to_have_url(re.compile("entity=place-no$"))


def test_hostile_name_is_only_text(visit: Visit) -> None:
    """A name made of markup is shown as it is, and runs nothing."""
    page = home(visit)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.keyboard.type("gazette")
    expect(page.get_by_role("option").first).to_contain_text("<script>")
    assert page.locator(".suggestions script").count() == 0


def test_coming_back_finds_the_form_as_it_was(visit: Visit) -> None:
    """Back from a picked name, the next search does not carry its filter along."""
    page = home(visit)
    page.keyboard.type("norw")
    page.get_by_role("option", name="Norway").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    box_of(page).fill("ferry")
    box_of(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=ferry$"))


def test_keyboard_of_a_phone_composes_every_word(finger: Page) -> None:
    """On a phone, where every word is composed until its end, suggestions come while it is."""
    finger.goto("/")
    box_of(finger).tap()
    keys = finger.context.new_cdp_session(finger)
    for composed in ("n", "no", "nor"):
        keys.send("Input.imeSetComposition", {"text": composed, "selectionStart": len(composed), "selectionEnd": 1})
    expect(finger.get_by_role("option", name="Norway")).to_be_visible()


def test_escape_before_the_answer_keeps_the_list_closed(visit: Visit) -> None:
    """Escape, pressed while suggestions are awaited, is not undone by their coming."""
    page = home(visit)
    held: list[Route] = []
    page.route("**/api/v1/suggest*", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    # Browsers that do not empty the box on Escape are as good.
    box_of(page).evaluate("(box) => box.addEventListener('keydown', (event) => event.preventDefault())")
    box_of(page).fill("norw")
    page.wait_for_timeout(200)
    assert len(held) == 1
    page.keyboard.press("Escape")
    held[0].fulfill(json={"suggestions": [{"kind": "word", "label": "late", "count": 1, "parameters": []}]})
    page.wait_for_timeout(100)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_choice_that_led_nowhere_is_forgotten(visit: Visit) -> None:
    """Where the page of a picked name never came, another search from the same page does not carry it along."""
    page = home(visit)
    # A page that does not come: the form is filled, and nothing is left.
    box_of(page).evaluate(
        "(box) => box.form.addEventListener('submit', (event) => event.preventDefault(), { once: true })"
    )
    page.keyboard.type("norw")
    page.get_by_role("option", name="Norway").click()
    box_of(page).fill("ferry")
    box_of(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/\?q=ferry$"))


def test_name_under_the_pointer_stays_until_it_is_clicked(visit: Visit) -> None:
    """A name that is pressed on is chosen, though a newer answer, or the end of patience, comes before the release."""
    page = home(visit)
    page.keyboard.type("n")
    page.get_by_role("option", name="Norway").hover()
    held: list[Route] = []
    page.route("**/api/v1/suggest*", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    page.mouse.down()
    page.keyboard.type("o")
    page.wait_for_timeout(700)
    assert len(held) == 1
    held[0].fulfill(json={"suggestions": [{"kind": "word", "label": "late", "count": 1, "parameters": []}]})
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"entity=place-no$"))
