"""Pictures of every kind of page, which `make screenshot` takes into docs/pages: light, dark, and on a phone.

A new page is a new row of `PAGES`, and of docs/pages.md. The one decision: the pictures are WebP, which Chromium writes
by itself, of what is seen first, so that all of them together weigh little.
"""

import base64
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

FOLDER = Path(__file__).parents[2] / "docs" / "pages"
PAGES = {
    "home": "/",
    "results": "/?q=ferry+-cable&outlet=Harbour+Post&outlet=Saint+Orla+Courier",
    "no-results": "/?q=ferry+zeppelin&year=2024",
    "all-values": "/facets/entity?q=ferry",
    "transcript": "{hit}",
    "answer": "{answer}",
    "entity": "/entities/place-no",
    "compare": "/compare?q=ferry&q=kelp&q=cable&chart=share",
    "calendar": "/calendar?year=2021",
    "outlets": "/outlets",
    "help": "/help",
    "widget": "/widget/demo",
    "api": "/api",
    "not-found": "/nothing",
}
"""Name of the picture, and the address; `{hit}` and `{answer}` are where the first of the results leads."""
LOOKS: dict[str, tuple[str, ViewportSize]] = {
    "light": ("light", {"width": 1280, "height": 860}),
    "dark": ("dark", {"width": 1280, "height": 860}),
    "phone": ("light", {"width": 390, "height": 844}),
}
QUALITY = 60


def take_pictures(browser: Browser, address: str, folder: Path = FOLDER) -> list[Path]:
    """Picture every page of the server at `address` in every look. Returns the files."""
    folder.mkdir(exist_ok=True)
    files = []
    for look, (scheme, window) in LOOKS.items():
        with browser.new_context(base_url=address, viewport=window, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(PAGES["results"])
            first = page.locator(".hit").first
            leads = {
                "hit": first.locator("h2 a").get_attribute("href"),
                "answer": first.locator(".permalink").get_attribute("href"),
            }
            session = context.new_cdp_session(page)
            for name, template in PAGES.items():
                page.goto(template.format(**leads))
                page.wait_for_load_state("networkidle")
                shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
                file = folder / f"{name}-{look}.webp"
                file.write_bytes(base64.b64decode(shot["data"]))
                files.append(file)
    return files
