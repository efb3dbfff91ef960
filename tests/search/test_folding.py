"""Folding: which answers of a page stand for others, and what is said of those."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from search.engine import Request, Results, Selection, Sort
from search.folding import Words, alike
from search.model import Document, Item, Turn
from search.page import Again, Page, SearchRequest
from search.query import Query
from search.searcher import Searcher
from tests.invented import answer, briefing, publish
from tests.oracle import OracleEngine

REFUSAL = (
    "I have nothing on the ferry at this moment and shall come back to you when the harbour office has told me more."
)
LATER = REFUSAL.replace("shall come back", "will come back")


def make_searcher(*said: tuple[str, str], language: str = "en") -> Searcher:
    """A searcher over briefings of one answer each: its day, and what was said."""
    engine = OracleEngine()
    texts = [briefing(day, answer(1, f"The ferry, as of {day}?", text), language=language) for day, text in said]
    engine.add(map(publish, texts), sequence=1)
    return Searcher(engine)


def days(page: Page, *, folded: bool) -> list[str]:
    """The days of the hits that are folded, or that are not, in order."""
    return [hit.document.date.isoformat() for hit in page.hits if bool(hit.folded_into) == folded]


@pytest.fixture
def searcher() -> Searcher:
    """Five answers of the same words, in other case and white space, one nearly the same, and two others."""
    return make_searcher(
        ("2019-03-02", REFUSAL),
        ("2019-05-01", REFUSAL.upper()),
        ("2019-06-01", LATER),
        ("2019-07-01", REFUSAL.replace(" at ", "\n\nat ")),
        ("2019-08-01", "The ferry is at sea."),
        ("2020-01-15", REFUSAL),
        ("2020-02-01", REFUSAL),
        ("2020-03-01", "No ferry."),
    )


def test_same_words_fold_under_the_best_ranked(searcher: Searcher) -> None:
    """The first of equals stands for the others, whatever their case and white space; what is said once stays."""
    page = searcher.search(SearchRequest("ferry"))
    assert page.total == len(page.hits) == 8
    (first,) = [hit for hit in page.hits if hit.again]
    assert first == next(
        hit for hit in page.hits if " ".join(hit.document.item.answer.split()).casefold() == REFUSAL.casefold()
    )
    assert {hit.folded_into for hit in page.hits} == {"", first.document.id}
    assert len(days(page, folded=True)) == 4
    assert {"2019-06-01", "2019-08-01", "2020-03-01"} < set(days(page, folded=False))


def test_counts_are_of_the_whole_result() -> None:
    """Count and days are those of all other answers found, whatever page they are on; the ids are this page's."""
    searcher = make_searcher(*((f"2019-{month:02}-10", REFUSAL) for month in range(1, 13)))
    page = searcher.search(SearchRequest("ferry", per_page=3, page=2))
    first, *others = page.hits
    assert first.document.id == "xv-mfa/en/2019-04-10/1"
    assert first.again is not None
    assert first.again[:4] == (11, date(2019, 1, 10), date(2019, 12, 10), tuple(h.document.id for h in others))


def test_days_are_those_of_the_others() -> None:
    """The day of the answer that stands for the others is none of the days when it was said again."""
    searcher = make_searcher(*((f"2019-{month:02}-10", REFUSAL) for month in range(1, 6)))
    (first,) = [hit for hit in searcher.search(SearchRequest("ferry", per_page=2)).hits if hit.again]
    assert first.document.date == date(2019, 1, 10)
    assert first.again is not None
    assert (first.again.count, first.again.first, first.again.last) == (4, date(2019, 2, 10), date(2019, 5, 10))


def test_counts_obey_the_search(searcher: Searcher) -> None:
    """An answer of the same words that the search does not find is not counted."""
    page = searcher.search(SearchRequest("ferry", Selection(until=date(2019, 12, 31))))
    (again,) = [hit.again for hit in page.hits if hit.again]
    assert again.count == 2
    assert again.last == date(2019, 7, 1)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("fold", ["", "near"])
def test_by_date_nothing_is_folded(searcher: Searcher, sort: Sort, fold: str) -> None:
    """In the order of time every answer stands by itself, and nothing is offered to be folded."""
    page = searcher.search(SearchRequest("ferry", sort=sort, fold="near" if fold else ""))
    assert not days(page, folded=True)
    assert not any(hit.again or hit.nearly for hit in page.hits)
    assert not page.foldable


def test_without_words_nothing_is_folded(searcher: Searcher) -> None:
    """A search for everything is in the order of time, so it folds nothing."""
    assert not days(searcher.search(SearchRequest()), folded=True)


def test_all_in_the_same_words_are_shown(searcher: Searcher) -> None:
    """The search that a fold leads to, for one wording, shows each of its answers, in any order."""
    (again,) = [hit.again for hit in searcher.search(SearchRequest("ferry")).hits if hit.again]
    page = searcher.search(SearchRequest("ferry", Selection({"wording": (again.wording,)})))
    assert page.total == again.count + 1
    assert not days(page, folded=True)


def test_nearly_the_same_is_offered_and_folded_on_request(searcher: Searcher) -> None:
    """The page says that there is more to fold; with `near` it is folded, and told apart from what is the same."""
    assert searcher.search(SearchRequest("ferry")).foldable
    page = searcher.search(SearchRequest("ferry", fold="near"))
    assert not page.foldable
    assert "2019-06-01" in days(page, folded=True)
    (first,) = [hit for hit in page.hits if hit.nearly]
    assert first.nearly == ("xv-mfa/en/2019-06-01/1",)
    assert first.again is not None
    assert first.again.count == 4


def test_equals_go_where_their_first_goes() -> None:
    """Where the first of equals is folded for being nearly the same as another, its equals are folded there too."""
    searcher = make_searcher(("2019-01-01", REFUSAL), ("2019-02-01", LATER), ("2019-03-01", LATER))
    first, *others = searcher.search(SearchRequest("ferry", fold="near")).hits
    assert [hit.folded_into for hit in others] == [first.document.id] * 2
    assert first.nearly == tuple(hit.document.id for hit in others)
    assert not any(hit.again for hit in (first, *others))


def test_nothing_near_is_not_offered() -> None:
    """Where `near` would fold nothing more, the page does not offer it."""
    searcher = make_searcher(("2019-01-01", REFUSAL), ("2019-02-01", REFUSAL), ("2019-03-01", "The ferry is at sea."))
    page = searcher.search(SearchRequest("ferry"))
    assert days(page, folded=True)
    assert not page.foldable


def test_no_words_are_not_the_same_words() -> None:
    """Questions that nobody answered are not folded for saying nothing."""
    engine = OracleEngine()
    for day in ("2019-01-01", "2019-01-02"):
        silent = Item(1, 1, "answer", (Turn("question", None, "The ferry?"),))
        engine.add([publish(briefing(day, silent))], sequence=1)
    assert not days(Searcher(engine).search(SearchRequest("ferry", fold="near")), folded=True)


def words(text: str) -> Words:
    """What an invented answer says."""
    return Words(
        Document("x/en/2019-01-01/1", "x/en/2019-01-01", "x", "en", date(2019, 1, 1), "", answer(1, "?", text))
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (REFUSAL, LATER, True),
        (REFUSAL, f"{REFUSAL} Thank you.", True),
        (REFUSAL, f"{REFUSAL} {LATER}", False),
        (REFUSAL, REFUSAL.replace("ferry", "cable").replace("moment", "hour").replace("told", "shown"), False),
        (REFUSAL, " ".join(reversed(REFUSAL.split())), False),
        ("Yes.", "Yes!", True),
        ("Yes.", "No.", False),
        ("渡轮将于春天恢复，港口正在疏浚，请等待消息。", "渡轮将于春天恢复，港口正在疏浚，请等待通知。", True),
        ("渡轮将于春天恢复，港口正在疏浚，请等待消息。", "电缆已经修好，冰岛方面表示感谢，工程到此结束。", False),
    ],
)
def test_alike(one: str, other: str, *, expected: bool) -> None:
    """Four fifths of the pairs of words in common make two texts alike: a word of twenty may differ, not three."""
    assert alike(words(one), words(other)) == expected


def test_again_is_of_one_wording(searcher: Searcher) -> None:
    """The wording told is the one that the index knows all of them by."""
    (again,) = [hit.again for hit in searcher.search(SearchRequest("ferry")).hits if hit.again]
    assert isinstance(again, Again)
    assert dict(searcher.engine.terms("wording"))[again.wording] == again.count + 1


@pytest.mark.parametrize("more", [-1, 1])
def test_a_commit_between_two_questions(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Where the collection changes while a page is made, what is folded is at least what stands on the page."""
    searcher = make_searcher(("2019-03-02", REFUSAL), ("2020-01-15", REFUSAL))
    counted, found = searcher.engine.count, searcher.engine.find

    def count(queries: Sequence[Query], selection: Selection | None = None) -> tuple[int, ...]:
        return tuple(total + more for total in counted(queries, selection or Selection()))

    def find(request: Request) -> Results:
        results = found(request)
        return results if request.facets else replace(results, hits=())

    monkeypatch.setattr(searcher.engine, "count", count)
    monkeypatch.setattr(searcher.engine, "find", find)
    first, second = searcher.search(SearchRequest("ferry")).hits
    day = second.document.date
    assert first.again
    assert first.again[:3] == (max(1, 1 + more), day, day)


def test_editions_are_told() -> None:
    """A hit tells the ids of its briefing's other editions."""
    engine = OracleEngine()
    engine.add(
        [
            publish(briefing("2019-01-01", answer(1, "The ferry?", "It sails."))),
            publish(briefing("2019-01-01", answer(1, "渡轮？", "开航。"), language="zh")),
            publish(briefing("2019-01-02", answer(1, "The ferry?", "It does not sail."))),
        ],
        sequence=1,
    )
    hits = Searcher(engine).search(SearchRequest("ferry", sort=Sort.OLDEST)).hits
    assert [hit.editions for hit in hits] == [("xv-mfa/zh/2019-01-01",), ()]
