"""From what was asked to the page, over the oracle."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from search.engine import Request, Results, Selection
from search.errors import BadParameter, QuerySyntaxError, QueryTooCostly
from search.labels import Labels, Name
from search.page import SearchRequest
from search.query import Prefix, Query
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


@pytest.fixture
def named() -> Searcher:
    """A searcher that knows a thing by two names."""
    engine = OracleEngine()
    english = briefing("2024-02-08", answer(1, "The ROV?", "The ROV votes."), answer(2, "And South Veld?", "It votes."))
    chinese = briefing(
        "2024-02-08", answer(1, "核污水入海？", "否。"), answer(2, "核污？", "污水入海。"), language="zh"
    )
    engine.add([publish(english), publish(chinese)], sequence=1)
    engine.publish_labels(Labels(synonyms=(("ROV", "South Veld"),)))
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


def test_synonyms_are_looked_for_and_told(named: Searcher) -> None:
    """A name finds what has another name of the thing; a notice says so, and leads to the words as typed."""
    page = named.search(SearchRequest("ROV", page=1))
    assert (page.total, page.query, page.total_is) == (2, "ROV", "exact")
    (notice,) = page.notices
    assert (notice.code, notice.message) == ("synonyms", "ROV was also looked for as South Veld")
    assert notice.request == SearchRequest("ROV", exact=True)
    exact = named.search(notice.request)
    assert (exact.total, exact.notices) == (1, ())
    assert [p.text for p in page.hits[1].question.pieces if p.hit] == ["South Veld"]  # type: ignore[union-attr]


def test_runs_that_stand_apart_are_told(named: Searcher) -> None:
    """How many answers have a run only by its pairs is said, with the search for the run alone."""
    page = named.search(SearchRequest("核污水 海"))
    (notice,) = page.notices
    assert (notice.code, page.total) == ("han_pairs", 2)
    assert notice.message == "1 of these answers has the characters of 核污水 only two by two, not all side by side"
    assert notice.request
    assert notice.request.text == '"核污水" 海'
    assert named.search(notice.request).total == 1
    assert named.search(SearchRequest("核污水 海", exact=True)).total == 1
    assert named.search(SearchRequest("q:核污水 海")).notices == ()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (("核污水入海", "核污，污水"), "核污水"),
        (("ROV tax", "rov"), "rov"),
    ],
)
def test_a_facet_counts_what_a_click_on_it_finds(said: tuple[str, str], text: str) -> None:
    """Under what is picked the same is looked for as under anything else, runs and acronyms too."""
    engine = OracleEngine()
    items = [answer(n, "And?", words, asker=f"Outlet {n}") for n, words in enumerate((*said, "South Veld"), 1)]
    engine.add([publish(briefing("2024-02-08", *items))], sequence=1)
    engine.publish_labels(Labels(synonyms=(("ROV", "South Veld"),)))
    searcher = Searcher(engine)
    counts = {v.value: v.count for v in searcher.search(SearchRequest(text)).facets["outlet"]}
    for outlet in ("Outlet 1", "Outlet 2", "Outlet 3"):
        page = searcher.search(SearchRequest(text, Selection({"outlet": (outlet,)})))
        assert page.total == counts.get(outlet, 0)
        assert {v.value: v.count for v in page.facets["outlet"] if v.count} == counts


def test_a_pattern_that_is_cut(monkeypatch: pytest.MonkeyPatch, named: Searcher) -> None:
    """Where forms of a pattern are left out, the total is a lower bound, and the notice says of how many."""
    find = named.engine.find

    def cut(request: Request) -> Results:
        return replace(find(request), left_out={Prefix("ve"): 1_204})

    monkeypatch.setattr(named.engine, "find", cut)
    page = named.search(SearchRequest("ve*"))
    (notice,) = page.notices
    assert (page.total_is, notice.code) == ("at least", "expansion_cut")
    told = (
        "ve* stands for too many words: the 1,204 rarest words were left out, so there may be more answers than these"
    )
    assert notice.message == told


def test_what_would_be_refused_is_no_advice(monkeypatch: pytest.MonkeyPatch, named: Searcher) -> None:
    """A search that would be too costly is not offered."""

    def refuse(queries: Sequence[Query], selection: Selection | None = None) -> tuple[int, ...]:
        raise QueryTooCostly(f"{len(queries)} queries are too many", hint=f"{selection}")

    monkeypatch.setattr(named.engine, "count", refuse)
    page = named.search(SearchRequest("votes kelp"))
    assert (page.advice, page.suggestion) == ((), None)


@pytest.mark.parametrize("request_", [SearchRequest(page=0), SearchRequest(per_page=0), SearchRequest(per_page=101)])
def test_bounds(searcher: Searcher, request_: SearchRequest) -> None:
    """Pages are counted from one and hold at most a hundred."""
    with pytest.raises(BadParameter):
        searcher.search(request_)


def test_light(searcher: Searcher, named: Searcher) -> None:
    """A transcript's passage is lit for a search as a hit is: by its synonyms too, unless it is exact."""
    light = searcher.lighter(SearchRequest("ferry -today"), "en")
    pieces = light("answer", "The ferries today.")
    assert [(p.text, p.hit) for p in pieces] == [("The ", False), ("ferries", True), (" today.", False)]
    for exact, lit in ((False, ["ROV", "South Veld"]), (True, ["ROV"])):
        light = named.lighter(SearchRequest("ROV", exact=exact), "en")
        assert [p.text for p in light("answer", "ROV or South Veld.") if p.hit] == lit
