"""HTML to paragraphs: what is joined, what is split, what is never anybody's words."""

from time import process_time

import pytest

from index.parsers import PROFILES
from index.parsers.page import HtmlPage, is_tangled
from tests.index.parsers.pages import TITLE, new_html, old_html

PROFILE = PROFILES["xv-mfa"]


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a page whose body holds `body`."""
    page = f"<div class='content_mod'><h2 class='title'>{TITLE}</h2><div class='content'>{body}</div></div>"
    return HtmlPage(page).read(PROFILE).paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>AF<b>P: f</b>ish</p>", ("AFP: fish",)),  # a word split over inline tags is one word
        ("<p>Q:&nbsp;&nbsp;a\n\t b\u3000</p>", ("Q: a b",)),  # every kind of white space is one space
        ("<P>Q: a<BR><BR>A: b</P>", ("Q: a", "A: b")),  # a whole briefing in one paragraph
        ("<div>a<p>b</p>c</div>", ("a", "b", "c")),  # text beside a block
        ("<b><p>a</p><p>b</p></b>", ("a", "b")),  # blocks within an inline tag
        ("<p>a<o:p></o:p>b</p>", ("ab",)),  # a word processor's empty tags
        ("<p>a<script>var q = 'Q: x';</script><style>p{}</style><!-- x -->b</p>", ("ab",)),
        ("<p>a</p><p style='display: none'>x</p><p hidden>x</p>", ("a",)),  # what nobody sees
        ("<p>a<img src='x.jpg' alt='x'>b</p><p>&nbsp;</p>", ("ab",)),  # images and empty paragraphs
        ("<table><tr><td>a</td><td>b</td></tr></table>", ("a", "b")),
        ("<p>&ldquo;a&rdquo; &mdash; U.S. &amp; b&#8217;s</p>", ("“a” — U.S. & b’s",)),  # entities
        ("<p>a<div class='links'>x</div></p>", ("a",)),  # a footer within the body
    ],
)
def test_paragraphs_are_those_that_a_reader_sees(body: str, expected: tuple[str, ...]) -> None:
    """Inline tags join, blocks and line breaks split, white space is made plain, what is unseen is dropped."""
    assert paragraphs(body) == expected


def test_every_layout_gives_title_time_line_and_body() -> None:
    """The old layout has no time line, the newer one has; neither takes words from outside the body."""
    old = HtmlPage(old_html(["Q: a?", "A: b."])).read(PROFILE)
    assert (old.title, old.stamp, old.paragraphs, old.is_known) == (TITLE, "", ("Q: a?", "A: b."), True)
    new = HtmlPage(new_html(["Q: a?", "A: b."])).read(PROFILE)
    assert (new.title, new.stamp, new.paragraphs, new.is_known) == (TITLE, "2024-03-04 15:30", ("Q: a?", "A: b."), True)


def test_a_generic_title_gives_way_to_one_of_a_transcript() -> None:
    """Where the first selector finds a heading of the site, a later one that finds a transcript's title is believed."""
    page = f"<title>{TITLE}</title><div class='news-title'><h1>Press</h1></div><div id='News_Body_Txt_A'>a</div>"
    assert HtmlPage(page).read(PROFILE).title == TITLE


def test_an_attribute_can_be_a_time_line() -> None:
    """`meta[name=PubDate]@content` reads the attribute."""
    page = "<meta name='PubDate' content='2024-02-08 19:45'><div class='content_text'><p>a</p></div>"
    assert HtmlPage(page).read(PROFILES["cn-mfa"]).stamp == "2024-02-08 19:45"


def test_an_unknown_layout_is_read_from_its_largest_block() -> None:
    """Without a body that the profile knows, the element with the most text of its own paragraphs is the body."""
    nav = "<ul>" + "<li>Home</li>" * 9 + "</ul>"
    text = "<section><p>" + "a" * 99 + "</p><blockquote><p>quoted</p></blockquote><p>" + "b" * 99 + "</p></section>"
    page = HtmlPage(f"<body>{nav}<main>{text}</main><footer><p>Contact</p></footer></body>").read(PROFILE)
    assert page.paragraphs == ("a" * 99, "quoted", "b" * 99)
    assert not page.is_known


def test_only_images_of_the_body_carry_its_date() -> None:
    """A stamp in the name of an image of the body is evidence, the site's own images are none."""
    inside = "<img src='./W020180911811732699108.jpg'>"
    page = (
        f"<div class='content_mod'><div class='content'><p>a{inside}</p></div></div><img src='P020170101587211901.png'>"
    )
    assert HtmlPage(page).read(PROFILE).images == ((2018, 9, 11),)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<p><b>" * 100_000,
        "<span>" * 100_000 + "Q: a?",
        "".join(f"<p><b id={i}>x" for i in range(20_000)),
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    ],
)
def test_a_tangled_page_is_told_before_it_is_parsed(page: str) -> None:
    """Tags nested by the thousand, and tags with attributes by the thousand, are found within a second."""
    start = process_time()
    assert is_tangled(page)
    assert process_time() - start < 1


def test_a_long_flat_page_is_not_tangled() -> None:
    """Length alone is no fault, nor are paragraphs that nobody closed."""
    assert not is_tangled("<html><body><div>" + "<p>Q: a <b>b</b><br>" * 50_000)


def test_a_line_break_printed_in_a_title_is_none() -> None:
    """Some titles show the tag as text, where a browser was to break the line."""
    page = new_html(
        ["Q: Will it sail?", "A: It will."], "Spokesperson Ilsa Verlaine's<br>Press Briefing on March 4, 2024"
    )
    assert (
        HtmlPage(page).read(PROFILES["xv-mfa"]).title == "Spokesperson Ilsa Verlaine's Press Briefing on March 4, 2024"
    )
