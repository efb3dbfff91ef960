"""The widget on a partner's page: searching, suggestions, and for those who listen or use keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.partner import Partner, Window, box_in, page_of, search, widget_of
from tests.browser.test_axe import RULES, SCRIPT, complaints

pytestmark = pytest.mark.browser


@pytest.fixture
def page(partner: Partner, window: Window) -> Page:
    """A page with the widget, on a site of its own."""
    return window.open(partner.put(page_of()))


def status_of(page: Page) -> Locator:
    """Where the widget says what there is."""
    return page.locator("lectern-search .status")


def test_reader_finds_answers_that_lead_to_the_transcript(page: Page, partner: Partner, window: Window) -> None:
    """Words lead to answers with day, outlet, speaker and marked words, each linked to its place."""
    hits = search(page, "ferry sail")
    expect(status_of(page)).to_have_text("1 answer")
    hit = hits.first
    expect(hit.locator("time")).to_have_text("Feb 8, 2024")
    expect(hit.locator(".question")).to_contain_text("Harbour Post")
    expect(hit.locator(".answer")).to_contain_text("Ilsa Verlaine")
    assert set(hit.locator("mark").all_inner_texts()) == {"ferry", "sail"}
    link = hit.get_by_role("link").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{partner.site}/briefings/xv-mfa/en/2024-02-08?q=ferry+sail")
    assert link.endswith("#2")
    expect(box_in(page)).to_be_focused()
    assert window.complaints == []


def test_nothing_is_asked_before_anything_is_typed(partner: Partner, window: Window) -> None:
    """A page that shows the widget loads one file; nothing is stored, and no address of the page goes along."""
    page = window.open("about:blank")
    asked: list[tuple[str, dict[str, str]]] = []
    page.on("request", lambda request: asked.append((request.url, request.all_headers())))
    page.goto(partner.put(page_of()))
    expect(box_in(page)).to_be_visible()
    page.wait_for_timeout(100)
    ours = [url for url, _ in asked if url.startswith(partner.site)]
    assert ours == [f"{partner.site}/widget.js"]
    search(page, "ferry")
    expect(status_of(page)).to_have_text(re.compile("answers"))
    headers = asked[-1][1]
    assert "referer" not in headers
    assert "cookie" not in headers
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_presets_hold_in_answers_and_in_the_full_search(partner: Partner, window: Window) -> None:
    """What attributes preset narrows what is found, and goes along to the full site; `limit` bounds what is shown."""
    widget = widget_of('publisher="xv-mfa" speaker="Ilsa Verlaine" from="2023-06-01" limit="2" lang="es"')
    page = window.open(partner.put(page_of(widget)))
    hits = search(page, "ferry")
    expect(hits).to_have_count(2)
    expect(status_of(page)).to_have_text("3 respuestas")
    more = page.get_by_role("link", name="Ver todo en la búsqueda completa")
    wanted = f"{partner.site}/?q=ferry&publisher=xv-mfa&speaker=Ilsa+Verlaine&from=2023-06-01"
    assert more.get_attribute("href") == wanted
    more.click()
    expect(page.locator("h1.total")).to_have_text("3 answers")
    assert window.complaints == []


def test_another_preset_searches_anew(page: Page) -> None:
    """A page that changes an attribute gets the same search under the new one, and other words in another language."""
    search(page, "ferry")
    expect(status_of(page)).to_have_text("5 answers")
    page.evaluate("document.querySelector('lectern-search').setAttribute('publisher', 'xw-gov')")
    expect(status_of(page)).to_have_text("1 answer")
    page.evaluate("document.querySelector('lectern-search').setAttribute('lang', 'zh')")
    expect(status_of(page)).to_have_text("1 条答复")
    page.evaluate("document.querySelector('lectern-search').setAttribute('text-button', 'Los')")
    expect(page.get_by_role("button")).to_have_text("Los")


def test_page_is_told_what_is_found(page: Page) -> None:
    """`lectern-results` says what was searched for, how many there are, and where the full search is."""
    page.evaluate("addEventListener('lectern-results', (event) => { window.told = event.detail; })")
    search(page, "ferry")
    page.wait_for_function("window.told")
    told = page.evaluate("window.told")
    assert (told["query"], told["total"], told["totalIs"], len(told["hits"])) == ("ferry", 5, "exact", 5)
    assert told["url"].endswith("/?q=ferry")


def test_nothing_found_says_so_and_offers_what_was_meant(page: Page) -> None:
    """A search in vain says so; a suggestion of the site's is a button that searches for it."""
    answer = {
        "total": 0,
        "total_is": "exact",
        "hits": [],
        "suggestion": {"query": "ferry", "total": 5, "url": "/?q=ferry"},
    }
    page.route(
        "**/api/v1/search?q=fery*",
        lambda route: route.fulfill(json=answer, headers={"Access-Control-Allow-Origin": "*"}),
    )
    search(page, "fery")
    expect(status_of(page)).to_contain_text("Nothing was found.")
    page.get_by_role("button", name="Did you mean ferry?").press("Enter")
    expect(status_of(page)).to_have_text("5 answers")
    expect(box_in(page)).to_have_value("ferry")
    expect(box_in(page)).to_be_focused()


def test_name_is_picked_by_keyboard(page: Page) -> None:
    """Down and Enter take a suggestion; the box is a combobox that says where the reader is."""
    box = box_in(page)
    box.press_sequentially("ferry norw")
    option = page.get_by_role("option", name="Norway")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value('ferry entity:"Norway"')
    expect(status_of(page)).to_have_text(re.compile("^[12] answers?$"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Escape")
    expect(box).to_have_value("")


OTHER = {"suggestions": [{"kind": "word", "label": "other", "alias": "", "count": 1, "completion": "other"}]}


def press_while_an_answer_comes(page: Page) -> Locator:
    """Press on an option, type on, and let the answer to that come. Returns the option."""
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route("**/api/v1/suggest?q=norw", lambda route: route.fulfill(json=OTHER, headers=headers))
    box_in(page).press_sequentially("nor")
    option = page.get_by_role("option", name="Norway")
    option.hover()
    page.mouse.down()
    with page.expect_response("**/api/v1/suggest?q=norw"):
        page.keyboard.type("w")
    page.wait_for_timeout(700)  # longer than what is out of date is shown
    expect(option).to_be_visible()
    return option


def test_click_takes_the_option_that_was_shown(page: Page) -> None:
    """A list does not change between a pointer's going down and its click, though a newer answer comes meanwhile."""
    press_while_an_answer_comes(page)
    page.mouse.up()
    expect(box_in(page)).to_have_value('entity:"Norway"')


def test_what_came_under_the_pointer_is_shown_after_it(page: Page) -> None:
    """A pointer that is taken away without a click gives way to the newer answer."""
    press_while_an_answer_comes(page)
    page.mouse.move(5, 700)
    page.mouse.up()
    expect(page.get_by_role("option", name="other")).to_be_visible()


def test_late_answer_never_takes_the_place_of_a_newer_one(page: Page) -> None:
    """Of two searches the second stays, however late the first one's answer; letters typed at once are one request."""
    held: list[Route] = []
    page.route("**/api/v1/search?q=cable*", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box_in(page).press_sequentially("cable", delay=10)
    page.wait_for_timeout(250)
    assert [url.rpartition("=")[2] for url in asked] == ["cable"]
    box_in(page).press("Enter")
    expect(status_of(page)).to_have_text("Searching…")
    search(page, "ferry")
    expect(status_of(page)).to_have_text("5 answers")
    assert len(held) == 1
    held[0].abort()
    page.wait_for_timeout(100)
    expect(status_of(page)).to_have_text("5 answers")


def test_letters_are_not_the_pages_keys(page: Page) -> None:
    """What is typed in the box does nothing on the page, whose own keys are letters; Escape and the like pass."""
    page.evaluate("window.keys = []; addEventListener('keydown', ({ key }) => keys.push(key))")
    box_in(page).press_sequentially("k/")
    page.keyboard.press("Escape")
    assert page.evaluate("window.keys") == ["Escape"]
    box_in(page).blur()
    page.keyboard.press("k")
    assert page.evaluate("window.keys") == ["Escape", "k"]


def test_widget_that_is_moved_goes_on(page: Page) -> None:
    """A page that moves the element, or takes its source away, leaves it what it found, and what it was doing."""
    held: list[Route] = []
    page.route("**/api/v1/search*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (it must be a function)
    search(page, "ferry")
    expect(status_of(page)).to_have_text("Searching…")
    page.evaluate("document.body.append(document.querySelector('lectern-search'))")
    expect(status_of(page)).to_have_text("5 answers")
    page.evaluate("document.querySelector('lectern-search').removeAttribute('source')")
    search(page, "cable")
    expect(status_of(page)).to_have_text("1 answer")


def test_two_widgets_mind_their_own_business(partner: Partner, window: Window) -> None:
    """Several on a page, the script there twice: each has its own presets, answers and list."""
    twice = '<script async src="{site}/widget.js"></script>'
    page = window.open(partner.put(page_of(widget_of() + widget_of('publisher="xw-gov"') + twice)))
    search(page, "ferry", 1)
    expect(status_of(page).nth(1)).to_have_text("1 answer")
    expect(status_of(page).nth(0)).to_have_text("")
    search(page, "cable", 0)
    expect(status_of(page).nth(0)).to_have_text("1 answer")
    expect(status_of(page).nth(1)).to_have_text("1 answer")
    assert window.complaints == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 900), ("dark", 240)])
def test_axe_finds_nothing_in_the_widget(partner: Partner, window: Window, scheme: str, width: int) -> None:
    """Closed, with its list, with answers, with a failure, light and dark, at 240 pixels too; nothing overflows."""
    page = window.open(
        partner.put(page_of(head='<meta name="viewport" content="width=device-width">')), width, scheme=scheme
    )
    page.evaluate(SCRIPT)
    found = complaints(page, RULES, "lectern-search")
    box_in(page).press_sequentially("o")
    expect(page.get_by_role("option").first).to_be_visible()
    box_in(page).press("ArrowDown")
    found += complaints(page, RULES, "lectern-search")
    search(page, "ferry")
    expect(status_of(page)).to_have_text("5 answers")
    found += complaints(page, RULES, "lectern-search")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.route(
        "**/api/v1/search*",
        lambda route: route.fulfill(status=500, body="", headers={"Access-Control-Allow-Origin": "*"}),
    )
    search(page, "cable")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    found += complaints(page, RULES, "lectern-search")
    assert found == []
