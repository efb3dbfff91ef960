"""The partner widget as a visitor has it: its size, its requests, and how long a first result takes.

A real Chromium opens a partner's page on a port of its own, with an empty cache each time, puts a query into the
widget and sends it. The one decision: the server is `lectern serve` over the whole collection, so that search, network
layers and rendering are all in the figure; what leaves the machine is not.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from playwright.sync_api import Browser, sync_playwright

from benchmarks.progress import tell
from tests.browser.chromium import find_chromium
from tests.browser.conftest import QUIET
from tests.browser.partner import box_in, page_of, partner_of
from webui.packing import GZIP, LEVEL
from webui.widget.releases import newest

QUERIES = ("president", "sanctions", '"human rights"', "climate change", "ferry", "Ukraine", "trade talks", "vaccine")
ROUNDS = 3
TIMED = """(query) => new Promise((resolve) => {
    const widget = document.querySelector("lectern-search");
    const box = widget.shadowRoot.querySelector("input");
    const done = () => requestAnimationFrame(() => resolve(performance.now() - began));
    addEventListener("lectern-results", done, { once: true });
    box.value = query;
    const began = performance.now();
    widget.shadowRoot.querySelector("form").requestSubmit();
})"""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was measured.

    Attributes:
        size: kilobytes of the script as it goes over the wire.
        requests: to the site that is searched, from an empty cache to the first result.
        ready: milliseconds from the beginning of the page's load until there is a box to type in, median.
        first: milliseconds from Enter until the first result is painted, median.
        first_p95: the same, 95th percentile.
    """

    size: float
    requests: int
    ready: float
    first: float
    first_p95: float


def measure_embedding(site: str) -> Embedded:
    """Measure the widget of the server at `site`. Raises BrowserMissing where there is no Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        measured = measure(browser, site, QUERIES, ROUNDS)
        browser.close()
    return measured


def measure(browser: Browser, site: str, queries: Sequence[str], rounds: int) -> Embedded:
    """The same with a browser that runs: each query once a round, behind one visit that warms up."""
    ready, first, requests = [], [], set()
    with partner_of(site) as partner:
        place = partner.put(page_of())
        visit(browser, place, site, queries[0])
        for repeat in range(rounds):
            tell(f"widget: round {repeat + 1} of {rounds}")
            for query in queries:
                was_ready, took, asked = visit(browser, place, site, query)
                ready.append(was_ready)
                first.append(took)
                requests.add(asked)
    size = len(zlib.compress(newest().data, LEVEL, GZIP)) / 1000
    return Embedded(size, max(requests), median(ready), median(first), quantiles(first, n=20)[-1])


def visit(browser: Browser, place: str, site: str, query: str) -> tuple[float, float, int]:
    """One visit with an empty cache: milliseconds until ready, until the first result, and requests to the site."""
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(place)
        box_in(page).wait_for()
        ready = float(page.evaluate("performance.now()"))
        took = float(page.evaluate(TIMED, query))
        return ready, took, sum(url.startswith(site) for url in asked)
