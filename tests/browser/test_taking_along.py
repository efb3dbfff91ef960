"""Whoever found something takes it along: a quotation to paste, a part of it, the whole result as a file."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

DAY = "xv-mfa/en/2024-02-08"
CITED = (
    "“Spokesperson Ilsa Verlaine’s Regular Press Briefing on February 8, 2024”, Ministry of External Relations of "
    "Valdria, 8 February 2024, {site}/briefings/xv-mfa/en/2024-02-08/3 (revision 2)"
)


def copied(page: Page, site: str) -> str:
    """What lies on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "address", ["/?q=told", "/briefings/xv-mfa/en/2024-02-08", "/briefings/xv-mfa/en/2024-02-08/3"]
)
def test_one_click_copies_words_speaker_and_address(
    visit: Visit, live_server: str, address: str, size: tuple[int, int]
) -> None:
    """From a hit, a transcript or an answer's own page the same quotation is copied, and the button says so."""
    page = visit(address, size)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server)
    place = page.locator(".hit, .item", has_text="Japan has been told.").first
    expect(place.locator(".quotation")).to_be_hidden()
    place.get_by_role("button", name="Copy as quotation").click()
    expect(page.locator("[role=status]", has_text="Copied")).to_have_count(1)
    assert copied(page, live_server) == f"“Japan has been told.”\n— Ilsa Verlaine, {CITED.format(site=live_server)}"


def test_of_a_part_that_is_picked_its_own_speaker_is_named(visit: Visit, live_server: str) -> None:
    """What is selected is copied alone, after the name of the one whose turn it is from; without, each has a line."""
    page = visit("/briefings/xw-gov/en/2022-11-30")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server)
    button = page.get_by_role("button", name="Copy as quotation")
    button.click()
    assert copied(page, live_server).splitlines()[:2] == [
        "Oren Calloway: “The cabinet will.”",
        "Mara Ellin: “And I shall run the ferry for the cabinet.”",
    ]
    page.locator(".turn .words p", has_text="And I shall").click(click_count=3)
    page.locator("button.quote").click()
    words, source = copied(page, live_server).splitlines()
    assert words == "“And I shall run the ferry for the cabinet.”"
    assert source.startswith("— Mara Ellin, “Cabinet briefing")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_a_script_a_quotation_can_be_selected(visit: Visit, size: tuple[int, int]) -> None:
    """A click shows it below the answer, within the window, and moves nothing."""
    page = visit("/?q=told", size, script=False)
    hit = page.locator(".hit").first
    before = hit.bounding_box()
    hit.locator(".quotation summary").click()
    expect(hit.locator(".slip")).to_contain_text("— Ilsa Verlaine, “Spokesperson")
    assert hit.bounding_box() == before
    slip = hit.locator(".slip").bounding_box()
    assert slip
    assert slip["x"] >= 0
    assert slip["x"] + slip["width"] <= size[0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_whole_result_is_downloaded(visit: Visit, size: tuple[int, int], *, script: bool) -> None:
    """The menu opens within the window, and its links save the files of the search shown."""
    page = visit("/?q=dredging&sort=newest", size, script=script)
    page.locator(".exports summary").click()
    menu = page.locator(".exports ul").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= size[0]
    with page.expect_download() as download:
        page.locator(".exports a", has_text="CSV").click()
    assert download.value.suggested_filename == "lectern-dredging.csv"
    assert download.value.path().read_bytes().count(b"\r\n") == 39


def test_a_refused_clipboard_shows_the_quotation(chromium: Browser, live_server: str) -> None:
    """Where nothing may be written to the clipboard, the quotation opens to be selected."""
    with chromium.new_context(base_url=live_server) as context:
        context.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
        )
        page = context.new_page()
        page.goto("/?q=told")
        page.get_by_role("button", name="Copy as quotation").first.click()
        expect(page.locator(".slip").first).to_be_visible()
