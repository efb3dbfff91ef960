"""The peers as they come: what they find is what their documentation says."""

from collections.abc import Callable, Sequence

import pytest

from benchmarks.peers.defaults import DefaultSqlite, DefaultTantivy
from search.model import Document
from tests.invented import answer, briefing, publish

Make = Callable[..., DefaultSqlite | DefaultTantivy]

HARBOUR, FERRY, LIGHTHOUSE = (f"xv-mfa/en/2024-01-01/{n}" for n in (1, 2, 3))
DOCUMENTS = publish(
    briefing(
        "2024-01-01",
        answer(1, "Is the harbour open?", "The minister's harbour is open, the old harbour."),
        answer(
            2, "What of the ferry?", "It leaves the harbour at noon, and there is much more to be said of the ferry."
        ),
        answer(3, "灯塔在哪里？", "灯塔在山上。"),
    )
).documents


def search(make: Make, text: str, documents: Sequence[Document] = DOCUMENTS, *, spaced: bool = False) -> list[str]:
    """What a peer finds."""
    return list(make(documents, spaced=spaced).find(text, 10))


@pytest.mark.parametrize("make", [DefaultSqlite, DefaultTantivy])
def test_best_comes_first(make: Make) -> None:
    """The document that says a word oftener, in fewer words, is first; in another form it is another word."""
    assert search(make, "harbour") == [HARBOUR, FERRY]
    assert search(make, "harbours") == []


@pytest.mark.parametrize("make", [DefaultSqlite, DefaultTantivy])
def test_no_more_than_asked_for(make: Make) -> None:
    """So many results are given as were asked for."""
    assert list(make(DOCUMENTS).find("harbour", 1)) == [HARBOUR]


@pytest.mark.parametrize("make", [DefaultSqlite, DefaultTantivy])
def test_phrase_is_side_by_side(make: Make) -> None:
    """Words in quotation marks are found side by side."""
    assert search(make, '"old harbour"') == [HARBOUR]
    assert search(make, '"harbour old"') == []


def test_sqlite_wants_all_words_and_tantivy_any() -> None:
    """That is how each of them reads words side by side."""
    assert search(DefaultSqlite, "harbour ferry") == [FERRY]
    assert search(DefaultTantivy, "harbour ferry") == [FERRY, HARBOUR]


@pytest.mark.parametrize("make", [DefaultSqlite, DefaultTantivy])
def test_apostrophe_is_no_error(make: Make) -> None:
    """What people type with an apostrophe finds what says so."""
    assert search(make, "minister's")[0] == HARBOUR


@pytest.mark.parametrize("make", [DefaultSqlite, DefaultTantivy])
def test_han_text_is_found_only_with_spaces(make: Make) -> None:
    """A run of Han characters is one word to them; with spaces between, each is one."""
    assert search(make, "灯塔") == []
    assert search(make, "灯塔", spaced=True) == [LIGHTHOUSE]
    assert make(DOCUMENTS, spaced=True).name == f"{make(DOCUMENTS).name}, spaced"
