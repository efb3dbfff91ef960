"""From what was asked to the page, over the oracle."""

import pytest

from search.engine import Selection
from search.errors import BadParameter, QuerySyntaxError
from search.labels import Labels, Name
from search.page import SearchRequest
from search.searcher import Searcher
from tests.invented import answer, briefing, publish, statement
from tests.oracle import OracleEngine


@pytest.fixture
def searcher() -> Searcher:
    """A searcher over two briefings."""
    engine = OracleEngine()
    first = briefing(
        "2023-03-01",
        statement(1, "The ferry rests."),
        answer(2, "Will the ferry sail?", "Not today.", asker="Northern Wire"),
        answer(3, "And Norway?", "A friend.", second=("Tomas Reed", "A good friend of the ferry.")),
    )
    second = briefing("2024-02-08", answer(1, "The ferry?", "It has ended.", asker=None))
    engine.add([publish(first, {"Norway": "place-no"}), publish(second)], sequence=1)
    outlet = {"Northern Wire": Name("Northern Wire", ("NW",))}
    engine.publish_labels(Labels({"outlet": outlet, "entity": {"place-no": Name("Norway", ("Norwegian",), "place")}}))
    return Searcher(engine)


def test_a_page_has_all_that_was_asked_for(searcher: Searcher) -> None:
    """Hits, marks, total, facets with labels, histogram and canonical query are there."""
    page = searcher.search(SearchRequest("ferry"))
    assert (page.total, page.query, page.pages) == (4, "ferry", 1)
    assert {v.label: v.count for v in page.facets["year"]} == {"2023": 3, "2024": 1}
    (norway,) = [v for v in page.facets["entity"] if v.value == "place-no"]
    assert (norway.label, norway.type, norway.count) == ("Norway", "place", 1)
    assert sum(bar.count for bar in page.histogram) == 4
    assert 0 <= page.took_ms < 60_000


def test_a_snippet_names_who_said_it(searcher: Searcher) -> None:
    """Where the second speaker's words matched, the answer's snippet is his, with the question beside."""
    page = searcher.search(SearchRequest('"good friend"'))
    (hit,) = page.hits
    assert hit.answer is not None
    assert hit.question is not None
    assert hit.answer.speaker == "Tomas Reed"
    assert [p.text for p in hit.answer.pieces if p.hit] == ["good friend"]
    assert [p.text for p in hit.question.pieces] == ["And Norway?"]


def test_a_statement_has_no_question(searcher: Searcher) -> None:
    """A statement's hit has no question's snippet."""
    (hit,) = searcher.search(SearchRequest("rests")).hits
    assert hit.question is None


@pytest.mark.parametrize("name", ["NW", "nw", "northern wire"])
def test_names_resolve(searcher: Searcher, name: str) -> None:
    """An alias in the query or in the selection means the canonical value."""
    assert searcher.search(SearchRequest(f'outlet:"{name}"')).total == 1
    page = searcher.search(SearchRequest(selection=Selection(include={"outlet": (name,)})))
    assert page.total == 1
    assert {v.value: v.state for v in page.facets["outlet"]}["Northern Wire"] == "selected"


def test_what_was_guessed_is_noticed(searcher: Searcher) -> None:
    """An unclosed quotation is answered with a notice; strictly, refused."""
    (notice,) = searcher.search(SearchRequest('"ferry')).notices
    assert 'Did you mean "ferry"?' in notice.message
    with pytest.raises(QuerySyntaxError):
        searcher.search(SearchRequest('"ferry', strict=True))


def test_no_hit_is_answered_with_advice(searcher: Searcher) -> None:
    """Where nothing is found, other searches that do find something are offered with their totals."""
    request = SearchRequest("ferry friend ended", Selection(include={"year": ("2019",)}))
    assert searcher.search(request).advice == ()  # neither without the filter nor with fewer words under it
    page = searcher.search(SearchRequest("ferry kelp"))
    assert [(a.request.text, a.total) for a in page.advice] == [("ferry OR kelp", 4), ("ferry", 4)]
    page = searcher.search(SearchRequest("ferry", Selection(include={"year": ("2019",)})))
    assert [(bool(a.request.selection), a.total) for a in page.advice] == [(False, 4)]
    page = searcher.search(SearchRequest("FERRY"))
    assert [(a.request.text, a.total) for a in page.advice] == [("ferry", 4)]


@pytest.mark.parametrize("request_", [SearchRequest(page=0), SearchRequest(per_page=0), SearchRequest(per_page=101)])
def test_bounds(searcher: Searcher, request_: SearchRequest) -> None:
    """Pages are counted from one and hold at most a hundred."""
    with pytest.raises(BadParameter):
        searcher.search(request_)


def test_light(searcher: Searcher) -> None:
    """A transcript's passage is lit for a query as a hit is."""
    pieces = searcher.light("ferry -today", "answer", "The ferries today.", "en")
    assert [(p.text, p.hit) for p in pieces] == [("The ", False), ("ferries", True), (" today.", False)]
