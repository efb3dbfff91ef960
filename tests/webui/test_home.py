"""The home page: what the collection holds, where to begin, and what to do when it holds nothing."""

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.webui.collection import FERRY
from tests.webui.conftest import Read, text_of, texts_of


def test_coverage_is_shown(read: Read) -> None:
    """Every publisher and language has a row with its first and last day and its counts."""
    rows = [[cell.text().strip() for cell in row.css("th, td")] for row in read("/").css(".coverage tbody tr")]
    ministry, cabinet = "Ministry of External Relations of Valdria", "Cabinet of Westmark"
    assert rows == [
        [ministry, "English", "15 January 2021", "8 February 2024", "14", "41", "1 June 2024"],
        [ministry, "中文", "8 February 2024", "8 February 2024", "1", "1", "1 June 2024"],
        [cabinet, "English", "30 November 2022", "30 November 2022", "1", "1", "1 June 2024"],
    ]


def test_newest_briefings_come_first(read: Read) -> None:
    """The newest briefings are listed, each once, newest first."""
    page = read("/")
    assert page.css_first(".briefings a").text() == FERRY.title
    days = [n.attributes["datetime"] for n in page.css(".briefings time")]
    assert days == sorted(days, reverse=True)
    assert len({n.attributes["href"] for n in page.css(".briefings a")}) == len(days) == 6


def test_examples_find_something(read: Read) -> None:
    """Every example of a query finds answers in this very collection."""
    examples = [n.attributes["href"] for n in read("/").css(".examples a")]
    assert len(examples) == 3
    for address in examples:
        assert read(address).css(".hit")


def test_names_to_begin_from_lead_to_their_pages(read: Read) -> None:
    """A name to begin from leads to its page, whose number of answers is the one beside the name."""
    tags = read("/").css(".browse .tags a")
    assert len(tags) > 5
    for tag in tags:
        numbers = text_of(read(tag.attributes["href"]), ".numbers a:first-child")
        assert tag.css_first(".count").text() in numbers.split()


def test_days_of_the_coverage_lead_to_their_briefings(read: Read) -> None:
    """The first and the last day of every row lead to a briefing of that day."""
    row = read("/").css(".coverage tbody tr")[0]
    links = [a.attributes["href"] for a in row.css("td a")]
    assert links == ["/briefings/xv-mfa/en/2021-01-15", "/briefings/xv-mfa/en/2024-02-08"]


def test_newest_week_is_the_collections(read: Read) -> None:
    """The week ends with the collection's newest day, and its number is that of the search for its days."""
    week = read("/").css_first(".week .meta")
    assert "2 February 2024 – 8 February 2024" in week.text()
    link = week.css_first("a")
    assert link.text() == "6 answers in 2 briefings"
    assert text_of(read(link.attributes["href"]), ".total") == "6 answers"


def test_what_was_asked_about_is_counted(read: Read) -> None:
    """Each number beside an entity is the total of the search it leads to; the home country is in no list of topics."""
    page = read("/")
    rows = page.css(".topics .count")
    assert rows
    for link in rows:
        assert text_of(read(link.attributes["href"]), ".total").split()[0] == link.text().split()[0]
    assert "Valdria" not in texts_of(page, ".asked .name")


def test_sparkline_is_said_in_words(read: Read) -> None:
    """Whoever cannot see the bars is told the most and the latest month."""
    (row,) = [li for li in read("/").css(".asked li") if li.css_first(".name").text() == "Norway"]
    assert row.css_first("svg").attributes["aria-hidden"] == "true"
    assert "By month since March 2022: at most 1 answer, in February 2024; 1 in February 2024" in row.text()


def test_what_was_never_named_before_is_told(read: Read) -> None:
    """What is named in the newest week and never before stands apart; what was named earlier does not."""
    names = texts_of(read("/"), ".topics")[-1]
    assert "Iceland" in names
    assert "Dredging" not in names


def test_home_has_one_search_box(read: Read) -> None:
    """Home has its own large box, labelled, and not the header's besides."""
    page = read("/")
    (box,) = page.css("input[name=q]")
    assert page.css_first(f'label[for="{box.attributes["id"]}"]').text()


def test_empty_collection_says_what_to_do(empty_client: FlaskClient) -> None:
    """With nothing indexed, home names the command that adds briefings; a search answers, with nothing."""
    page = LexborHTMLParser(empty_client.get("/").get_data(as_text=True))
    assert "lectern add" in text_of(page, ".empty code")
    assert not page.css(".coverage, .briefings")
    found = LexborHTMLParser(empty_client.get("/?q=ferry").get_data(as_text=True))
    assert text_of(found, ".total") == "0 answers"
