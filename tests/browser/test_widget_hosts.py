"""The widget on pages that make it hard: hostile styles and markup, strict policies, no script, a bad network."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from search.settings import Settings
from tests.browser.conftest import serving
from tests.browser.partner import STRICT, Partner, Window, box_in, page_of, partner_of, search, widget_of
from tests.webui.collection import HOSTILE, make_engine
from webui.widget.releases import releases

pytestmark = pytest.mark.browser

HOSTILE_STYLES = """<style>
* { all: unset !important; }
* { color: red !important; font: italic 40px cursive !important; text-transform: uppercase !important;
    letter-spacing: 1em !important;
    text-align: right !important; line-height: 5 !important; white-space: pre !important; text-indent: 9em !important; }
input, button, a, li, p, div, form, mark, ol { display: none !important; }
.root, .list, .hit, [part], [hidden] { display: none !important; position: fixed !important; }
</style>"""
LOOK = """(root) => ["input", ".status", "li", "mark", "button", ".root"].map((name) => {
    const style = getComputedStyle(root.querySelector(name));
    const told = ["color", "fontStyle", "fontSize", "textTransform", "letterSpacing", "textAlign", "lineHeight",
                  "whiteSpace", "textIndent", "display"];
    return [name, ...told.map((one) => style[one])].join(" ");
})"""
CORS = {"Access-Control-Allow-Origin": "*"}


def status_of(page: Page) -> str:
    """What the widget says, once it says something final."""
    status = page.locator("lectern-search .status")
    expect(status).not_to_have_text(re.compile("^$|Searching"))
    return status.inner_text()


def look_of(page: Page) -> list[str]:
    """How the widget looks, by computed style."""
    search(page, "ferry")
    expect(page.locator("lectern-search li").first).to_be_visible()
    look: list[str] = page.evaluate(f"({LOOK})(document.querySelector('lectern-search').shadowRoot)")
    return look


def test_styles_of_the_page_stay_outside(partner: Partner, window: Window) -> None:
    """Under `* {{ all: unset !important }}` and worse the widget looks as on a page without styles, and works."""
    plain = look_of(window.open(partner.put(page_of())))
    assert look_of(window.open(partner.put(page_of(head=HOSTILE_STYLES)))) == plain
    assert window.complaints == []


def test_styles_of_the_widget_stay_inside(partner: Partner, window: Window) -> None:
    """What stands beside the widget looks as it did without it."""
    beside = '<form class="root"><input><button class="plain">x</button><p class="status"><mark>y</mark></p></form>'
    look = (
        "[...document.querySelectorAll('form.root, form.root *')].map((one) => JSON.stringify(getComputedStyle(one)))"
    )
    without = window.open(partner.put(page_of(beside).replace("/widget.js", "/robots.txt")))
    page = window.open(partner.put(page_of(beside + widget_of())))
    expect(box_in(page)).to_be_visible()
    with_it = page.evaluate(look)
    assert len(with_it) == 5
    assert with_it == without.evaluate(look)


def test_strict_policy_needs_two_lines(partner: Partner, window: Window) -> None:
    """Script and connection allowed alone, Trusted Types without a policy: all works, and nothing is complained of."""
    page = window.open(partner.put(page_of(), {"Content-Security-Policy": f"{STRICT}; img-src data:"}))
    box_in(page).press_sequentially("ferry norw")
    page.get_by_role("option", name="Norway").click()
    expect(page.locator("lectern-search mark").first).to_be_visible()
    root = "document.querySelector('lectern-search').shadowRoot"
    assert page.evaluate(f"getComputedStyle({root}.querySelector('form')).display") == "flex"
    assert window.complaints == []


def test_page_styles_what_it_is_given_to_style(partner: Partner, window: Window) -> None:
    """Custom properties and parts reach inside; the theme is what the attribute says; the page's font on request."""
    styles = """<style>body { font: 20px "Courier New"; } lectern-search { --lectern-accent: rgb(120, 0, 0); }
    lectern-search::part(button) { text-transform: uppercase; }</style>"""
    page = window.open(
        partner.put(page_of(widget_of('theme="dark"') + widget_of('theme="light" font="inherit"'), head=styles))
    )
    expect(box_in(page, 1)).to_be_visible()
    looks = page.evaluate(
        """[...document.querySelectorAll("lectern-search")].map(({ shadowRoot }) => {
            const root = getComputedStyle(shadowRoot.querySelector(".root"));
            const button = getComputedStyle(shadowRoot.querySelector("button"));
            return [root.color, root.fontSize, root.fontFamily, button.backgroundColor, button.textTransform];
        })"""
    )
    dark, light = looks
    assert dark == ["rgb(230, 228, 223)", "16px", "system-ui, sans-serif", "rgb(120, 0, 0)", "uppercase"]
    assert light == ["rgb(31, 33, 36)", "20px", '"Courier New"', "rgb(120, 0, 0)", "uppercase"]


def test_page_from_right_to_left(partner: Partner, window: Window) -> None:
    """On an Arabic page the button stands left of the box, and an English answer reads from left to right."""
    widget = widget_of('text-button="بحث"')
    page = window.open(partner.put(page_of(widget, lang="ar", way="rtl")), 320)
    search(page, "ferry")
    box, button = box_in(page).bounding_box(), page.get_by_role("button", name="بحث").bounding_box()
    assert box is not None
    assert button is not None
    assert button["x"] < box["x"]
    words = page.locator("lectern-search .answer p:last-child").first
    expect(words).to_be_visible()
    assert words.evaluate("(p) => getComputedStyle(p).direction") == "ltr"
    assert page.locator("lectern-search .status").evaluate("(p) => getComputedStyle(p).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_old_doctype_is_no_matter(partner: Partner, window: Window) -> None:
    """In quirks mode the widget looks as in any other."""
    plain = look_of(window.open(partner.put(page_of())))
    old = window.open(partner.put(page_of(doctype='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">')))
    assert old.evaluate("document.compatMode") == "BackCompat"
    assert look_of(old) == plain


def test_without_script_the_child_shows(partner: Partner, window: Window) -> None:
    """Without JavaScript, and where the source is missing, what stands between the tags leads to the search."""
    form = '<form action="{site}/"><input name="q" aria-label="Search"><button>Go</button></form>'
    page = window.open(partner.put(page_of(widget_of(child=form))), script=False)
    page.get_by_role("textbox").fill("ferry")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("h1.total")).to_have_text("5 answers")
    page = window.open(partner.put(page_of("<lectern-search><a href='{site}/?q='>Search</a></lectern-search>")))
    page.wait_for_function("Boolean(customElements.get('lectern-search'))")
    expect(page.get_by_role("link", name="Search")).to_be_visible()
    assert [told for told in window.complaints if "needs source=" in told]


def test_hostile_markup_is_only_text(partner: Partner, window: Window) -> None:
    """Markup in transcripts, attributes and answers shows as written; no link leads off the site, nothing runs."""
    attribute = HOSTILE.replace("<", "&lt;")
    page = window.open(partner.put(page_of(widget_of(f'placeholder="{attribute}" text-button="{attribute}"'))))
    expect(page.get_by_role("button")).to_have_text(HOSTILE)
    expect(box_in(page)).to_have_attribute("placeholder", HOSTILE)
    box_in(page).press_sequentially("gazette")
    expect(page.get_by_role("option").first).to_contain_text("<script>")
    hits = search(page, "question ferry script")
    expect(hits.first).to_contain_text(HOSTILE)
    image = "<img src=x onerror=alert(1)>"
    hit = {
        "id": image,
        "title": image,
        "url": "javascript:alert(1)",
        "language": image,
        "date": image,
        "speakers": [image],
    }
    bad = [
        hit | {"answer": [{"text": image, "hit": True}]},
        {"url": "https://evil.example/"},
        None,
        7,
        {"question": [None, {}]},
    ]
    answer = {"total": image, "hits": bad, "suggestion": {"query": image}}
    page.route("**/api/v1/search*", lambda route: route.fulfill(json=answer, headers=CORS))
    hits = search(page, "anything")
    expect(hits.first).to_contain_text(image)
    links = page.locator("lectern-search li a")
    assert links.count() == 0
    assert (
        page.evaluate("document.querySelector('lectern-search').shadowRoot.querySelectorAll('script, img').length") == 0
    )
    assert window.complaints == []


@pytest.mark.parametrize("answer", [{}, {"hits": "x"}, {"hits": [[]], "total": -1}, {"total": 3, "hits": {"a": 1}}])
def test_answer_of_another_shape_does_no_harm(partner: Partner, window: Window, answer: dict[str, object]) -> None:
    """An answer that is not what it should be is shown as far as it goes."""
    page = window.open(partner.put(page_of()))
    page.route("**/api/v1/search*", lambda route: route.fulfill(json=answer, headers=CORS))
    search(page, "ferry")
    assert status_of(page)
    assert window.complaints == []


def test_failures_are_told_kindly_and_can_be_tried_again(partner: Partner, window: Window) -> None:
    """An error, too many requests, and no network are told apart; a button, or the network's return, searches again."""
    page = window.open(partner.put(page_of()))
    page.evaluate("window.told = []; addEventListener('lectern-error', ({ detail }) => told.push(detail.kind))")

    def refuse(status: int, **headers: str) -> None:
        page.unroute("**/api/v1/search*")
        exposed = {"Access-Control-Expose-Headers": "Retry-After"}
        page.route(
            "**/api/v1/search*",
            lambda route: route.fulfill(status=status, body="<p>", headers=CORS | exposed | headers),
        )

    refuse(429, **{"Retry-After": "9"})
    search(page, "ferry")
    assert "Please try again in 9 s." in status_of(page)
    refuse(502)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("lectern-search .status")).to_contain_text("does not answer just now")
    expect(box_in(page)).to_be_focused()
    expect(page.get_by_role("link", name="See all in the full search")).to_be_visible()
    page.unroute("**/api/v1/search*")
    page.context.set_offline(offline=True)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("lectern-search .status")).to_contain_text("You are offline.")
    page.context.set_offline(offline=False)
    expect(page.locator("lectern-search .status")).to_have_text("5 answers")
    assert page.evaluate("window.told") == ["busy", "failed", "offline"]


def test_what_the_site_refuses_is_told_in_its_words(partner: Partner, window: Window) -> None:
    """A preset that means nothing is told with what the site says of it."""
    page = window.open(partner.put(page_of(widget_of('from="yesterday"'))))
    search(page, "ferry")
    assert "This search cannot be read. the parameter from=yesterday means nothing" in status_of(page)


def test_slow_network_says_that_it_searches(partner: Partner, window: Window) -> None:
    """While an answer is awaited the widget says so, keeps what it had, and can be typed into."""
    page = window.open(partner.put(page_of()))
    search(page, "ferry")
    expect(page.locator("lectern-search .status")).to_have_text("5 answers")
    held: list[Route] = []
    page.route("**/api/v1/search?q=cable*", lambda route: held.append(route))  # noqa: PLW0108 (it must be a function)
    hits = search(page, "cable")
    expect(page.locator("lectern-search .status")).to_have_text("Searching…")
    expect(page.locator("lectern-search .results")).to_have_attribute("aria-busy", "true")
    expect(hits).to_have_count(5)
    box_in(page).fill("cable and more")
    held[0].continue_()
    expect(page.locator("lectern-search .status")).to_have_text("1 answer")


@pytest.fixture
def listing(partner: Partner) -> Iterator[str]:
    """A server of ours that lists the partner, and nobody else."""
    settings = Settings(Path("nowhere"), {"LECTERN_PARTNER_ORIGINS": partner.address, "LECTERN_RATE_LIMIT": "off"})
    with serving(make_engine(), settings) as address:
        yield address


def test_site_that_is_not_listed_is_told_so(partner: Partner, window: Window, listing: str) -> None:
    """The page that is listed searches; another one says that it cannot, and its console what to do."""
    page = window.open(partner.put(page_of().replace("{site}", listing)))
    search(page, "ferry")
    assert status_of(page) == "5 answers"
    assert window.complaints == []
    with partner_of(listing) as other:
        page = window.open(other.put(page_of()))
        search(page, "ferry")
        assert status_of(page) == "The search is not available on this page."
        assert any("LECTERN_PARTNER_ORIGINS" in told and other.address in told for told in window.complaints)


def test_frame_works_without_script_where_it_is_listed(partner: Partner, window: Window, listing: str) -> None:
    """A sandboxed frame without a script searches, and leads out of itself; a site that is not listed gets no frame."""
    frame = (
        f'<!doctype html><title>x</title><iframe src="{listing}/widget/frame?publisher=xv-mfa&limit=2"'
        ' width="300" height="500"'
        ' sandbox="allow-forms allow-popups allow-top-navigation-by-user-activation"></iframe>'
    )
    policy = {"Content-Security-Policy": f"default-src 'none'; frame-src {listing}"}
    page = window.open(partner.put(frame, policy), script=False)
    inside = page.frame_locator("iframe")
    inside.get_by_role("searchbox").fill("ferry")
    inside.get_by_role("searchbox").press("Enter")
    expect(inside.locator(".hit")).to_have_count(2)
    expect(inside.locator(".told")).to_have_text("4 answers")
    inside.locator(".hit a").first.click()
    expect(page.locator(".turn").first).to_be_visible()
    assert page.url.startswith(f"{listing}/briefings/xv-mfa/")
    with partner_of(listing) as other:
        page = window.open(other.put(frame), script=False)
        expect(page.frame_locator("iframe").get_by_role("searchbox")).to_have_count(0)


@pytest.mark.parametrize("version", releases())
def test_every_released_version_works_with_the_present_api(partner: Partner, window: Window, version: str) -> None:
    """Each version that a page may have pinned, held to its digest, suggests, finds and leads as it ever did."""
    release = releases()[version]
    pinned = f'src="{{site}}{release.path}" integrity="{release.digest}" crossorigin="anonymous"'
    page = window.open(partner.put(page_of().replace('src="{site}/widget.js"', pinned)))
    assert page.evaluate("customElements.whenDefined('lectern-search').then((made) => made.version)") == version
    box_in(page).press_sequentially("ferry norw")
    page.get_by_role("option", name="Norway").click()
    expect(page.locator("lectern-search li mark").first).to_be_visible()
    expect(page.locator("lectern-search li a").first).to_have_attribute(
        "href", re.compile(f"^{partner.site}/briefings/")
    )
    assert window.complaints == []


def test_configurator_shows_what_is_chosen(partner: Partner, window: Window) -> None:
    """A choice changes the widget and the snippet without a reload, keeps what is typed in it, and is an address."""
    page = window.open(f"{partner.site}/widget/demo")
    search(page, "ferry")
    expect(page.locator("lectern-search .status")).to_have_text("5 answers")
    page.get_by_label("Speaker").fill("Ilsa Verlaine")
    page.get_by_label("Accent").fill("#7a1f3d")
    expect(page.locator("lectern-search .status")).to_have_text("4 answers")
    expect(page.locator("#c-html ~ pre")).to_contain_text('speaker="Ilsa Verlaine"')
    expect(page.locator("#c-css ~ pre")).to_contain_text("--lectern-accent: light-dark(#7a1f3d, ")
    button = "document.querySelector('lectern-search').shadowRoot.querySelector('button')"
    assert page.evaluate(f"getComputedStyle({button}).backgroundColor") == "rgb(122, 31, 61)"
    page.get_by_label("Its address").fill("https://news.example/a")
    expect(page.locator(".notice")).to_contain_text("works on any site")
    page.reload()
    expect(page.get_by_label("Speaker")).to_have_value("Ilsa Verlaine")
    expect(box_in(page)).to_be_visible()
    assert page.evaluate(f"getComputedStyle({button}).backgroundColor") == "rgb(122, 31, 61)"
    assert window.complaints == []
