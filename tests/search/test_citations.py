"""How an answer is cited."""

from search.citations import cite_entry, transcript_of
from search.labels import Labels, Name
from tests.search.exports.entries import SITE, entry, of
from tests.webui.collection import LABELS


def test_a_citation_says_who_where_and_when() -> None:
    """Speaker, title, publisher, day, the item's address, and the revision where there has been another."""
    assert cite_entry(of("xv-mfa/en/2024-02-08/2"), LABELS).text(SITE) == (
        "Ilsa Verlaine, “Spokesperson Ilsa Verlaine’s Regular Press Briefing on February 8, 2024”, "
        "Ministry of External Relations of Valdria, 8 February 2024, "
        "https://lectern.example/briefings/xv-mfa/en/2024-02-08/2 (revision 2)"
    )


def test_everybody_who_answered_is_named() -> None:
    """Two people are both named, in the order of speaking; a text of one revision does not speak of it."""
    assert cite_entry(of("xw-gov/en/2022-11-30/1"), LABELS).text() == (
        "Oren Calloway and Mara Ellin, “Cabinet briefing of November 30, 2022”, Cabinet of Westmark, "
        "30 November 2022, /briefings/xw-gov/en/2022-11-30/1"
    )


def test_where_nobody_is_named_the_publisher_stands_first() -> None:
    """A note is nobody's: it begins with its title, and its author is who published it."""
    citation = cite_entry(of("xv-mfa/en/2024-02-08/6"), LABELS)
    assert citation.text().startswith("“Spokesperson")
    assert citation.authors == ("Ministry of External Relations of Valdria",)


def test_a_transcript_names_each_by_turn() -> None:
    """Every turn has its name: the one we know, else the label as printed, else none."""
    labels = Labels({"outlet": {"Northern Wire": Name("The Northern Wire")}})
    turns = of("xw-gov/en/2022-11-30/1").document.item.turns
    assert transcript_of(turns, labels).split("\n\n") == [
        "The Northern Wire: Who will run the ferry office: Mara Ellin?",
        "Oren Calloway: The cabinet will.",
        "Mara Ellin: And I shall run the ferry for the cabinet.",
    ]
    (question, _) = entry("Q").document.item.turns
    assert transcript_of([question._replace(outlet=None), question._replace(outlet=None, label=None)], labels) == (
        "Q: Q\n\nQ"
    )
