"""What is said where nothing is found."""

from datetime import date

import pytest

from search.engine import Selection
from search.page import Page, SearchRequest
from search.searcher import Searcher
from tests.invented import answer, briefing, publish
from tests.oracle import OracleEngine


@pytest.fixture
def searcher() -> Searcher:
    """A searcher over two briefings in two languages."""
    engine = OracleEngine()
    first = briefing(
        "2023-03-01",
        answer(1, "Will the ferry sail?", "Not today.", asker="Northern Wire"),
        answer(2, "And Norway?", "A friend."),
    )
    second = briefing("2024-02-08", answer(1, "渡轮呢？", "它停了。"), language="zh")
    engine.add([publish(first), publish(second)], sequence=1)
    return Searcher(engine)


def advice(page: Page) -> list[tuple[str, str, int]]:
    """The message, the text and the total of each piece of advice."""
    return [(one.message, one.request.text, one.total) for one in page.advice]


def test_the_word_that_empties_is_told(searcher: Searcher) -> None:
    """A word that nothing has is named, and the search without it offered."""
    page = searcher.search(SearchRequest("ferry kelp"))
    assert advice(page) == [("Without kelp, which finds nothing", "ferry", 1)]
    page = searcher.search(SearchRequest("ferry kelp wrack -friend"))
    assert advice(page) == [("Without kelp and wrack, which find nothing", "ferry -friend", 1)]


def test_words_that_never_meet(searcher: Searcher) -> None:
    """Where each word is found but not together, the search without each is offered, then any of them."""
    page = searcher.search(SearchRequest("ferry friend"))
    assert advice(page) == [
        ("Without ferry", "friend", 1),
        ("Without friend", "ferry", 1),
        ("Any of the words instead of all", "ferry OR friend", 2),
    ]


def test_any_of_the_words_keeps_typed_filters(searcher: Searcher) -> None:
    """Words are joined by OR; what filters stays beside them."""
    page = searcher.search(SearchRequest('ferry friend lang:"en"'))
    assert ("Any of the words instead of all", '(ferry OR friend) lang:"en"', 2) in advice(page)


def test_the_filter_that_empties_is_told(searcher: Searcher) -> None:
    """Each filter without which something is found is named; so is leaving all out, where there are several."""
    picked = Selection({"year": ("2024",), "outlet": ("Northern Wire",)}, since=date(2023, 1, 1))
    page = searcher.search(SearchRequest("ferry", picked))
    assert [(a.message, dict(a.request.selection.include), a.total) for a in page.advice] == [
        ("Without the filter: Year 2024", {"outlet": ("Northern Wire",)}, 1),
        ("Without any filter", {}, 1),
    ]
    page = searcher.search(SearchRequest("ferry", Selection(exclude={"year": ("2023",)})))
    assert [a.message for a in page.advice] == ["Without the filter: Year not 2023"]
    page = searcher.search(SearchRequest("ferry", Selection(until=date(2022, 1, 1))))
    assert [a.message for a in page.advice] == ["Without the filter: the days"]


def test_filters_are_not_blamed_for_a_missing_word(searcher: Searcher) -> None:
    """A word that is nowhere is not found without filters either."""
    assert searcher.search(SearchRequest("kelp", Selection({"year": ("2023",)}))).advice == ()


def test_a_phrase_may_be_taken_apart(searcher: Searcher) -> None:
    """Where the words of a phrase stand apart from each other, that search is offered."""
    page = searcher.search(SearchRequest('"sail the ferry"'))
    assert ("The words apart from each other", "sail the ferry", 1) in advice(page)


def test_two_han_characters_stay_as_they_were_typed(searcher: Searcher) -> None:
    """Advice quotes two characters only where they were quoted."""
    assert advice(searcher.search(SearchRequest("渡轮 kelp")))[0][1] == "渡轮"
    assert advice(searcher.search(SearchRequest('"渡轮" kelp')))[0][1] == '"渡轮"'


def test_the_collection_is_told(searcher: Searcher) -> None:
    """A search in vain says what was searched, and where picked, which part of it."""
    (notice,) = searcher.search(SearchRequest("kelp")).notices
    told = "searched were 2 briefings of xv-mfa, in 2 languages (en, zh), from 1 March 2023 to 8 February 2024"
    assert (notice.code, notice.message) == ("coverage", told)
    (notice,) = searcher.search(SearchRequest("kelp", Selection({"language": ("zh",)}))).notices
    assert notice.message == "searched were 1 briefing of xv-mfa, in zh, from 8 February 2024 to 8 February 2024"
    assert searcher.search(SearchRequest("ferry")).notices == ()


def test_days_outside_the_collection_are_told(searcher: Searcher) -> None:
    """Who asks for days before or after all briefings is told so, and led to all days where they were picked."""
    picked = SearchRequest("ferry", Selection(until=date(2022, 1, 1)))
    outside, _ = searcher.search(picked).notices
    message = "the days asked for lie outside the collection, which reaches from 1 March 2023 to 8 February 2024"
    assert (outside.code, outside.message) == ("outside_coverage", message)
    assert outside.request == SearchRequest("ferry")
    outside, _ = searcher.search(SearchRequest("ferry after:2025")).notices
    assert (outside.code, outside.request) == ("outside_coverage", None)
    assert len(searcher.search(SearchRequest("kelp date:2023")).notices) == 1


def test_all_of_the_words_but_one(searcher: Searcher) -> None:
    """Of three words or more that are all found, any may be left out; what filters stays."""
    page = searcher.search(SearchRequest("ferry sail friend lang:en"))
    assert advice(page)[0] == (
        "All of the words but one",
        '((sail friend) OR (ferry friend) OR (ferry sail)) lang:"en"',
        1,
    )
    assert "All of the words but one" not in [a.message for a in searcher.search(SearchRequest("ferry friend")).advice]
    assert "All of the words but one" not in [a.message for a in searcher.search(SearchRequest("ferry sail x")).advice]


def test_a_run_with_a_character_wrong(searcher: Searcher) -> None:
    """Any one character of a run may be another, or missing, also beside other words."""
    page = searcher.search(SearchRequest("它停啦"))
    assert (advice(page)[0][0], advice(page)[0][2]) == ("它停啦 with another character, or one fewer", 1)
    page = searcher.search(SearchRequest("它停啦 渡轮"))
    assert [a.total for a in page.advice if a.message.startswith("它停啦 with")] == [1]
    assert not [a for a in searcher.search(SearchRequest("它停啦 absent")).advice if "with" in a.message.split()]


def test_a_run_in_words(searcher: Searcher) -> None:
    """A run that stands nowhere is cut into words that do; not one that stands somewhere, or holds what is nowhere."""
    page = searcher.search(SearchRequest("渡轮停了"))
    assert ("渡轮停了 in words that may stand apart", "渡轮 停了", 1) in advice(page)
    page = searcher.search(SearchRequest("渡轮停了 它"))
    assert ("渡轮停了 in words that may stand apart", "渡轮 停了 它", 1) in advice(page)
    page = searcher.search(SearchRequest("渡轮呢它停"))
    assert "渡轮呢它停 in words that may stand apart" in [a.message for a in page.advice]
    for text in ("它停了 absent", "渡轮停山", "渡轮停了" * 4):
        assert not [a for a in searcher.search(SearchRequest(text)).advice if "apart" in a.message]


PASSAGE = "Will the ferry sail? As you know, {}. Not today. And of the harbour we have nothing to announce."


@pytest.mark.parametrize("middle", ["we have nothing", "we have nothing " * 30])
def test_sentences_of_a_passage(searcher: Searcher, middle: str) -> None:
    """Of a passage that stands nowhere those sentences are offered that do, whether its words were joined or not."""
    page = searcher.search(SearchRequest(PASSAGE.format(middle.strip())))
    assert advice(page)[0] == ('Only "Will the ferry sail"', '"Will the ferry sail"', 1)
    assert [message for message, *_ in advice(page) if message.startswith("Only")] == ['Only "Will the ferry sail"']


def test_stretches_of_a_passage_without_full_stops(searcher: Searcher) -> None:
    """One long sentence is cut into stretches; a text with operators is no passage."""
    text = "kelp " * 16 + "will the ferry sail"
    assert advice(searcher.search(SearchRequest(text)))[0][0] == 'Only "will the ferry sail"'
    assert not [a for a in searcher.search(SearchRequest(f"{text} -x")).advice if a.message.startswith("Only")]
