"""Pictures of the widget on three invented partners' pages, light and dark: `make screenshot` takes them.

The pages are in `partners/`. The one decision: they are served from a port of their own, with the policy that
docs/embedding.md recommends, so that the pictures show what a partner gets.
"""

import base64
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.partner import STRICT, box_in, partner_of, search

HOSTS = Path(__file__).parent / "partners"
FOLDER = Path(__file__).parents[2] / "docs" / "embedding"
QUERIES = {"newspaper": "ferry", "magazine": "harbour", "arabic": ""}
"""What is searched for on each page; "" shows suggestions."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WINDOW: ViewportSize = {"width": 1000, "height": 720}
QUALITY = 70


def take_widget_pictures(browser: Browser, address: str, folder: Path = FOLDER) -> list[Path]:
    """Picture the widget of the server at `address` on every host in both schemes. Returns the files."""
    folder.mkdir(exist_ok=True)
    files = []
    policy = {"Content-Security-Policy": f"{STRICT}; style-src 'unsafe-inline'"}  # the hosts' own styles are inline
    with partner_of(address) as partner:
        for name, query in QUERIES.items():
            place = partner.put((HOSTS / f"{name}.html").read_text("utf-8"), policy)
            for scheme in SCHEMES:
                file = folder / f"{name}-{scheme}.webp"
                with browser.new_context(viewport=WINDOW, color_scheme=scheme) as context:
                    page = context.new_page()
                    page.goto(place)
                    use(page, query)
                    session = context.new_cdp_session(page)
                    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
                    file.write_bytes(base64.b64decode(shot["data"]))
                files.append(file)
    return files


def use(page: Page, query: str) -> None:
    """Search, and wait for what is found; without a query type some letters, and wait for the list."""
    hits = search(page, query or "cable")
    expect(hits.first).to_be_visible()
    if not query:
        box_in(page).fill("")
        box_in(page).press_sequentially("ferr")
        expect(page.get_by_role("option").first).to_be_visible()
        box_in(page).press("ArrowDown")
