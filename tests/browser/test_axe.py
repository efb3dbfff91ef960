"""axe finds nothing on any page, however it is looked at: light and dark, on a phone, at twice the size."""

from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ZOOMED = (DESKTOP[0] // 2, DESKTOP[1] // 2)
"""What a desktop has room for at 200 %."""
LAYOUT = ["target-size", "scrollable-region-focusable", "color-contrast"]
LOOKS = (("light", DESKTOP, RULES), ("light", ZOOMED, LAYOUT), ("dark", PHONE, RULES))
"""Colours, window, and the rules that may say something else there than they said before."""

PAGES = {
    "home": "/",
    "results": "/?q=ferry&outlet=Harbour+Post&-speaker=Mara+Ellin&from=2020-01-01",
    "results without words": "/?q=&page=2",
    "results in Chinese": "/?q=%E6%B8%A1%E8%BD%AE",
    "no results": "/?q=nothing+of+the+kind&year=1999",
    "beyond the last page": "/?q=ferry&page=90",
    "all values": "/facets/entity?q=ferry&entity=place-no",
    "no value": "/facets/outlet?prefix=xqz",
    "transcript": "/briefings/xv-mfa/en/2024-02-08?q=ferry",
    "transcript in Chinese": "/briefings/xv-mfa/zh/2024-02-08",
    "hostile transcript": "/briefings/xv-mfa/en/2023-05-04",
    "earlier text": "/briefings/xv-mfa/en/2024-02-08?revision=1&q=ferry",
    "revisions": "/briefings/xv-mfa/en/2024-02-08/revisions",
    "answer": "/briefings/xv-mfa/en/2024-02-08/2?q=ferry",
    "entity": "/entities/place-no",
    "side by side": "/briefings/xv-mfa/en/2024-02-08?beside=zh&q=ferry",
    "shares": "/?q=ferry&chart=share",
    "compared": "/compare?q=ferry&q=cable",
    "outlets": "/outlets",
    "outlet": "/outlets/harbour-post",
    "speakers": "/speakers",
    "entities": "/entities",
    "calendar": "/calendar",
    "saved": "/saved",
    "split entity": "/entities/place-east",
    "help": "/help",
    "API": "/api",
    "not found": "/nothing",
    "refused": "/?q=ferry&from=2024-02-30",
    "withdrawn": "/briefings/xv-mfa/en/2020-01-01",
}
"""Every kind of page, and each state of it that looks different. A new page is a new row."""


MENUS = ".exports, .toggle"
"""What opens over the page and covers what is below: looked at open by itself, and closed with the rest."""


ASK = """async ([where, rules]) => {
  const { violations } = await axe.run(where, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((one) => `${id} at ${one.target}: ${one.failureSummary}`));
}"""
"""Only what is wrong is worked out and brought here: of all that is right axe has a hundred times as much to tell."""


def complaints(page: Page, rules: list[str], within: str = "html") -> list[str]:
    """What axe finds fault with: rule, place, and what it says."""
    found: list[str] = page.evaluate(ASK, [within, rules])
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(chromium: Browser, live_server: str, name: str) -> None:
    """On this page axe finds no violation in any look, drawers and lists unfolded."""
    found = []
    with chromium.new_context(base_url=live_server, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(PAGES[name])
        page.evaluate(SCRIPT)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        menus = f"document.querySelectorAll('{MENUS}')"
        for scheme, (width, height), rules in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": height})
            # As high as the page, so that nothing that stays in view covers what can be scrolled from under it.
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": whole})
            page.evaluate(f"{menus}.forEach(one => {{ one.open = false; }})")
            told = complaints(page, rules)
            if page.locator(MENUS).count():
                page.evaluate(f"{menus}.forEach(one => {{ one.open = true; }})")
                told += complaints(page, rules, MENUS)
            found += [f"{scheme} {width}: {complaint}" for complaint in told]
    assert found == []
