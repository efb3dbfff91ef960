"""The home page: what the collection holds, where to begin, and what to do when it holds nothing."""

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.webui.collection import FERRY
from tests.webui.conftest import Read, text_of


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


def test_values_to_begin_from_find_what_they_count(read: Read) -> None:
    """A value to begin from leads to as many answers as it says."""
    tags = read("/").css(".browse .tags a")
    assert len(tags) > 5
    for tag in tags:
        assert text_of(read(tag.attributes["href"]), ".total").split()[0] == tag.css_first(".count").text()


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
