"""`make screenshot`: the pictures in the README, docs/pages and docs/embedding of the sample briefings as they are now.

Run as `python -m tests.browser.screenshot`. The demo's home is a throw-away one.
"""

import sys
import tempfile
from pathlib import Path
from threading import Thread

from playwright.sync_api import ViewportSize, sync_playwright
from werkzeug.serving import make_server

from index.cli.serving import fill_demo
from search.settings import read_settings
from tests.browser.chromium import find_chromium
from tests.browser.gallery import take_pictures
from tests.browser.hosts import take_widget_pictures
from tests.browser.partner import QuietHandler
from webui.app import create_app

PICTURE = Path(__file__).parents[2] / "docs" / "screenshot.png"
ADDRESS = "/?q=ferry+-cable&outlet=Harbour+Post&outlet=Saint+Orla+Courier"
WINDOW: ViewportSize = {"width": 1280, "height": 860}


def main() -> int:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings(Path(home) / "demo", {})
        fill_demo(settings)
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=QuietHandler)
        Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport=WINDOW)
            page.goto(f"http://127.0.0.1:{server.port}{ADDRESS}")
            page.screenshot(path=PICTURE)
            files = take_pictures(browser, f"http://127.0.0.1:{server.port}")
            files += take_widget_pictures(browser, f"http://127.0.0.1:{server.port}")
            browser.close()
        server.shutdown()
    sys.stderr.write(f"wrote {PICTURE.name} and {len(files)} pictures of pages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
