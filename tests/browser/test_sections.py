"""A long transcript, which comes in parts, is whole a moment later; without a script every item is a link away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP, serving
from tests.browser.test_axe import RULES, SCRIPT, complaints
from tests.webui.collection import FERRY, answer, brief, make_engine, publish

pytestmark = pytest.mark.browser

PAGE = f"/briefings/{FERRY.id}"
WINDOW = {"width": DESKTOP[0], "height": DESKTOP[1]}


@pytest.fixture(scope="module")
def long_server() -> Iterator[str]:
    """A site with one briefing of thirty long answers, every tenth of which has the word kelp."""
    said = "The harbour is dredged as it always was. " * 150
    items = [answer(n, "HP", "Harbour Post", f"Question {n}?", said + "kelp" * (n % 10 == 0)) for n in range(1, 31)]
    with serving(make_engine([publish(brief(FERRY.id, "A long one", items))])) as address:
        yield address


def test_rest_follows_and_the_address_leads_to_its_item(chromium: Browser, long_server: str) -> None:
    """With a script all items are there soon, in order; the match that was followed is in view, and all are walked."""
    with chromium.new_context(base_url=long_server, viewport=WINDOW) as context:
        page = context.new_page()
        page.goto(f"{PAGE}?q=kelp#30")
        expect(page.locator("article.item")).to_have_count(30)
        expect(page.locator(".later, .parts")).to_have_count(0)
        assert page.locator("article.item").evaluate_all("(all) => all.map((one) => one.id)") == [
            f"{n}" for n in range(1, 31)
        ]
        expect(page.locator("mark#match-3")).to_be_in_viewport()
        expect(page.locator(".match-count")).to_have_text("3 of 3")
        page.keyboard.press("n")
        expect(page.locator("mark#match-1")).to_be_in_viewport()
        expect(page.locator('.outline a[href="#25"]')).to_have_count(1)
        expect(page.locator('[id="30"] button.quote')).to_be_visible()


def test_every_item_is_a_link_away_without_a_script(chromium: Browser, long_server: str) -> None:
    """Without a script the address of a later item leads to the way to it, and that to the item."""
    with chromium.new_context(base_url=long_server, viewport=WINDOW, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{PAGE}?q=kelp#30")
        expect(page.locator('li[id="30"]')).to_be_in_viewport()
        page.locator('li[id="30"] a').click()
        expect(page.locator('article[id="30"]')).to_be_in_viewport()
        page.locator(".parts a[rel=prev]").first.click()
        expect(page.locator(".parts .place").first).to_have_text("Part 3 of 4")


@pytest.mark.parametrize("tail", ["", "?part=2"])
def test_axe_finds_nothing_in_a_part(chromium: Browser, long_server: str, tail: str) -> None:
    """A part, with the list of the others, passes every rule."""
    with chromium.new_context(base_url=long_server, viewport=WINDOW) as context:
        page = context.new_page()
        page.route(
            "**/*part=*", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort()
        )
        page.goto(f"{PAGE}{tail}")
        expect(page.locator(".parts").first).to_be_visible()
        page.evaluate(SCRIPT)
        assert complaints(page, RULES) == []
