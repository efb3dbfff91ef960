"""Quotations to copy: the words as printed, the person who said them, the day, the revision, the address."""

import pytest

from tests.webui.conftest import Read, text_of, texts_of

SOURCE = (
    "“Spokesperson Ilsa Verlaine’s Regular Press Briefing on February 8, 2024”, Ministry of External Relations of "
    "Valdria, 8 February 2024, /briefings/xv-mfa/en/2024-02-08"
)


def test_a_hit_is_quoted_with_its_source(read: Read) -> None:
    """The passage shown, cut marks and all, then who said it, where, when, under which address, in which text."""
    page = read("/?q=q:cable+iceland")
    assert text_of(page, ".quotation .quoted") == "“What of the cable to Iceland?”"
    assert text_of(page, ".quotation .cited") == f"— Radio Meridian, {SOURCE}/5 (revision 2)"
    page = read("/?q=undersea")
    assert text_of(page, ".quotation .quoted").startswith("“…")
    assert "The undersea cable has been mended." in text_of(page, ".quotation .quoted")
    assert text_of(page, ".quotation .cited") == f"— Ilsa Verlaine, {SOURCE}/5 (revision 2)"


def test_who_said_these_very_words_is_named(read: Read) -> None:
    """Of two who answered, the one whose turn the passage is from."""
    page = read("/?q=%22run+the+ferry+for%22")
    assert text_of(page, ".quotation .quoted") == "“And I shall run the ferry for the cabinet.”"
    assert text_of(page, ".quotation .by") == "Mara Ellin,"


def test_an_answer_on_its_own_is_quoted_whole(read: Read) -> None:
    """Each of several people with their own words; one alone is named at the end."""
    page = read("/briefings/xw-gov/en/2022-11-30/1")
    assert texts_of(page, ".item .quoted") == [
        "Oren Calloway: “The cabinet will.”",
        "Mara Ellin: “And I shall run the ferry for the cabinet.”",
    ]
    assert text_of(page, ".item .cited") == (
        "— Oren Calloway and Mara Ellin, “Cabinet briefing of November 30, 2022”, Cabinet of Westmark, "
        "30 November 2022, /briefings/xw-gov/en/2022-11-30/1"
    )
    page = read("/briefings/xv-mfa/en/2024-02-08/2")
    (quoted,) = page.css(".item .quoted")
    assert "\n\nThe ferry will not sail before the harbour at Port Anselm is dredged.\n\n" in quoted.text()


def test_a_transcript_says_how_to_cite_each_item(read: Read) -> None:
    """The words stand there already; notes, which nobody says, have no quotation."""
    page = read("/briefings/xv-mfa/en/2024-02-08")
    assert len(page.css(".item")) == 6
    assert len(page.css(".quotation")) == 5
    assert page.css(".quoted") == []
    assert text_of(page, '[id="3"] .cited') == f"— Ilsa Verlaine, {SOURCE}/3 (revision 2)"


def test_an_earlier_text_is_cited_as_such(read: Read) -> None:
    """Its own number and its own address, also where it is the first."""
    page = read("/briefings/xv-mfa/en/2024-02-08?revision=1")
    assert text_of(page, '[id="3"] .cited').endswith("/briefings/xv-mfa/en/2024-02-08?revision=1#3 (revision 1)")


@pytest.mark.parametrize("address", ["/?year=2023", "/briefings/xv-mfa/en/2023-05-04/1"])
def test_hostile_markup_is_quoted_as_text(read: Read, address: str) -> None:
    """What a page prints is quoted letter for letter, and does nothing."""
    page = read(address)
    assert text_of(page, ".quoted") == "“It is <script>alert(1)</script> and the ferry too.”"
    assert "“Briefing <script>alert(1)</script> of May 4, 2023”" in text_of(page, ".cited")
    assert page.css(".quotation script") == []
