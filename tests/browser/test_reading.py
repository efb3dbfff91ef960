"""Whoever reads a transcript knows where they are, walks its matches, jumps by its outline, compares two languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

PAGE = "/briefings/xv-mfa/en/2024-02-08"
BAR = "document.querySelector('.context').getBoundingClientRect()"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_keyboard_walks_every_match_and_around(visit: Visit, size: tuple[int, int]) -> None:
    """`n` goes through all matches and around, each below the bar and in view; the count follows, and focus stays."""
    page = visit(f"{PAGE}?q=ferry", size)
    page.get_by_role("button", name="Next match").focus()
    for place in (1, 2, 3, 4, 1):
        page.keyboard.press("n")
        expect(page.locator("mark.now")).to_have_attribute("id", f"match-{place}")
        expect(page.locator(".match-count")).to_have_text(f"{place} of 4")
        expect(page.locator("mark.now")).to_be_in_viewport()
        assert page.evaluate(f"document.querySelector('mark.now').getBoundingClientRect().top >= {BAR}.bottom - 1")
        expect(page.get_by_role("button", name="Next match")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator(".match-count")).to_have_text("4 of 4")


def test_walk_begins_where_one_reads(visit: Visit) -> None:
    """Who has scrolled on goes to the next match from there, not back to the first."""
    page = visit(f"{PAGE}?q=ferry", (1280, 500))
    page.locator('[id="3"]').evaluate("(item) => item.scrollIntoView()")
    page.keyboard.press("n")
    expect(page.locator(".match-count")).to_have_text("4 of 4")


def test_keys_are_letters_in_the_search_box(visit: Visit) -> None:
    """Typed into the box, the keys of the walk are letters."""
    page = visit(f"{PAGE}?q=ferry")
    page.locator("input.q").fill("")
    page.locator("input.q").press_sequentially("npjk")
    expect(page.locator("input.q")).to_have_value("npjk")
    assert page.locator("mark.now").count() == 0


def test_bar_stays_and_says_who_speaks(visit: Visit) -> None:
    """The bar stays at the top with day and publisher, and names who asks and who answers; nothing jumps for it."""
    page = visit(PAGE, (1280, 500))
    height = page.evaluate(f"{BAR}.height")
    page.locator('[id="5"] .turn.answer .words p').nth(4).evaluate("(p) => p.scrollIntoView()")
    expect(page.locator(".now")).to_have_text("Radio Meridian › Ilsa Verlaine")
    expect(page.locator('.outline [aria-current="location"]')).to_have_attribute("href", "#5")
    expect(page.locator(".whence")).to_be_in_viewport()
    assert page.evaluate(f"[{BAR}.top, {BAR}.height]") == [0, height]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_outline_drops_down_on_a_phone(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """On a phone the outline drops down from the bar and leads to an answer, below the bar; the script closes it."""
    page = visit(PAGE, PHONE, script=script)
    expect(page.locator(".outline")).to_be_hidden()
    page.locator(".toggle summary").click()
    page.locator('.outline a[href="#4"]').click()
    expect(page.locator('[id="4"]')).to_be_in_viewport()
    if script:
        expect(page.locator(".outline")).to_be_hidden()
        assert page.evaluate(f"document.getElementById('4').getBoundingClientRect().top >= {BAR}.bottom - 1")


def test_outline_stands_beside_the_text_on_a_desktop(visit: Visit) -> None:
    """On a wide screen the outline is a rail that needs no click, with or without the script."""
    page = visit(f"{PAGE}?q=ferry", DESKTOP, script=False)
    expect(page.locator(".outline")).to_be_visible()
    expect(page.locator(".toggle")).to_be_hidden()
    expect(page.locator(".matches li").first).to_be_visible()
    expect(page.locator(".walk")).to_be_hidden()


def test_keys_go_from_answer_to_answer(visit: Visit) -> None:
    """`j` and `k` go to the next and the previous answer, and the focus with them."""
    page = visit(PAGE, (1280, 500))
    for key, n in (("j", "1"), ("j", "2"), ("j", "3"), ("k", "2")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == n


def test_skip_link_passes_over_an_answer(visit: Visit) -> None:
    """From link to link, one shows between two answers that leads over the next."""
    page = visit(PAGE)
    link = page.locator('.skip-on[href="#2"]')
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "2"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_two_languages_stand_side_by_side(visit: Visit, script: bool) -> None:  # noqa: FBT001
    """A link sets the other edition beside this one, row by row; the keys go from match to match through all."""
    page = visit(f"{PAGE}?q=ferry+OR+渡轮", DESKTOP, script=script)
    page.locator(".side-by-side").click()
    left, right = (page.locator(f'[id="{id}"]').bounding_box() for id in ("2", "zh-1"))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    if script:
        total = page.locator("mark[id]").count()
        for _ in range(total):
            page.keyboard.press("n")
        expect(page.locator(".match-count")).to_have_text(f"{total} of {total}")


def test_two_languages_stand_below_each_other_on_a_phone(visit: Visit) -> None:
    """On a phone an answer's other edition comes right below it, and nothing is wider than the screen."""
    page = visit(f"{PAGE}?beside=zh", PHONE)
    left, right = (page.locator(f'[id="{id}"]').bounding_box() for id in ("2", "zh-1"))
    assert left is not None
    assert right is not None
    assert left["y"] + left["height"] <= right["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_hostile_card_runs_nothing(visit: Visit) -> None:
    """What a page says of itself is data, whatever it is made of: no dialog, no complaint of the policy."""
    page = visit("/briefings/xv-mfa/en/2023-05-04")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.reload()
    assert page.locator('script[type="application/ld+json"]').count() == 1


def test_paper_has_no_chrome(visit: Visit) -> None:
    """Printed, the page has title, day, address and text, and nothing to click."""
    page = visit(f"{PAGE}?q=ferry")
    page.emulate_media(media="print")
    for shown in ("h1", ".whence", ".imprint", '[id="2"] .words >> nth=0'):
        expect(page.locator(shown)).to_be_visible()
    for gone in (".ways >> nth=0", ".matches", ".outline", "header.site", ".permalink >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
