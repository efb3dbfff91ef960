"""What browser tests share: a server over the invented collection on a free port, and a Chromium that visits it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from search.engine import Engine
from search.settings import Settings
from tests.browser.chromium import find_chromium
from tests.browser.partner import Partner, Window, partner_of
from tests.webui.collection import make_engine
from webui.app import create_app

DESKTOP = (1280, 900)
PHONE = (360, 740)
QUIET = (
    "--no-sandbox",  # containers, where nobody but root is at home
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Visit = Callable[..., Page]


UNLIMITED = Settings(Path("nowhere"), {"LECTERN_RATE_LIMIT": "off"})


@contextmanager
def serving(engine: Engine, settings: Settings = UNLIMITED) -> Iterator[str]:
    """The address of a server over `engine`, until the block ends."""
    server = make_server("127.0.0.1", 0, create_app(settings, engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


@pytest.fixture(scope="session")
def live_server() -> Iterator[str]:
    """The address of a server over the invented collection."""
    with serving(make_engine()) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: str) -> Iterator[Visit]:
    """Open an address in a window of its own; at the end, no page may have complained in its console."""
    complaints: list[str] = []
    contexts = []

    def open_page(address: str, size: tuple[int, int] = DESKTOP, *, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def partner(live_server: str) -> Iterator[Partner]:
    """A partner's site on a port of its own."""
    with partner_of(live_server) as site:
        yield site


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """Opens pages of other sites; a test says what their consoles may complain of."""
    opened = Window(chromium)
    yield opened
    opened.close()
