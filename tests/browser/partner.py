"""A partner's site beside ours: a server on a port of its own with pages that a test writes, and who reads them."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, ViewportSize
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

STRICT = (
    "default-src 'none'; script-src {site}; connect-src {site}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The policy of a host that allows nothing but what docs/embedding.md asks for."""


class QuietHandler(WSGIRequestHandler):
    """Serves without a line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Partner:
    """A site whose pages are what a test puts there.

    Attributes:
        address: scheme, host and port.
        site: the address of our own server, which pages name as `{site}`.
    """

    def __init__(self, address: str, site: str) -> None:
        self.address = address
        self.site = site
        self._pages: dict[str, tuple[str, Mapping[str, str]]] = {}

    def put(self, page: str, headers: Mapping[str, str] | None = None) -> str:
        """Serve a page; `{site}` in it and in its headers is our address. Returns where it is."""
        path = f"/{len(self._pages)}"
        said = {name: value.replace("{site}", self.site) for name, value in (headers or {}).items()}
        self._pages[path] = (page.replace("{site}", self.site), said)
        return self.address + path

    def answer(self, environ: dict[str, object], start: object) -> object:
        """The WSGI application."""
        page, headers = self._pages.get(Request(environ).path, ("", {}))
        return Response(page, mimetype="text/html", headers=dict(headers))(environ, start)  # type: ignore[arg-type]


@contextmanager
def partner_of(site: str) -> Iterator[Partner]:
    """A partner of the server at `site`."""
    partner = Partner("", site)
    server = make_server("127.0.0.1", 0, partner.answer, threaded=True, request_handler=QuietHandler)
    partner.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield partner
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def page_of(
    widget: str = "", *, head: str = "", lang: str = "en", way: str = "ltr", doctype: str = "<!doctype html>"
) -> str:
    """A page with the widget in it, or several."""
    return (
        f'{doctype}<html lang="{lang}" dir="{way}"><head><meta charset="utf-8"><title>Partner</title>'
        f'<link rel="icon" href="data:,">{head}<script async src="{{site}}/widget.js"></script></head>'
        f"<body><main><h1>News</h1>{widget or widget_of()}</main></body></html>"
    )


def widget_of(attributes: str = "", child: str = '<a href="{site}/?q=">Search the briefings</a>') -> str:
    """The widget's element."""
    return f'<lectern-search source="{{site}}" {attributes}>{child}</lectern-search>'


def box_in(page: Page, at: int = 0) -> Locator:
    """The search box of a widget, once it is there."""
    return page.locator("lectern-search").nth(at).get_by_role("combobox")


def search(page: Page, text: str, at: int = 0) -> Locator:
    """Type and press Enter. Returns the hits."""
    box = box_in(page, at)
    box.fill(text)
    box.press("Enter")
    return page.locator("lectern-search").nth(at).locator("li")


class Window:
    """Opens pages in windows of their own, and keeps what their consoles complain of."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[object] = []
        self.complaints: list[str] = []

    def open(self, address: str, width: int = 900, *, script: bool = True, scheme: str = "light") -> Page:
        """A page at an address, loaded."""
        size: ViewportSize = {"width": width, "height": 800}
        context = self._browser.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme)  # type: ignore[arg-type]
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"a dialog: {dialog.message}"))
        page.goto(address)
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()  # type: ignore[attr-defined]
