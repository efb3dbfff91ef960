"""A searcher's scan: the whole result of the very search that a page shows."""

from dataclasses import replace

import pytest

from search.engine import Engine, Selection, Sort
from search.errors import QueryTooLong
from search.page import SearchRequest
from search.searcher import Searcher
from tests.webui.collection import make_engine

REQUESTS = (
    SearchRequest(),
    SearchRequest("dredging", page=3, per_page=2),
    SearchRequest("dredging", fold="near"),  # the same words in every answer, which pages fold
    SearchRequest("speaker:Harrowgate OR outlet:HP ferry", sort=Sort.OLDEST),
    SearchRequest("ferry", Selection({"outlet": ("HP", "")}), sort=Sort.NEWEST),
    SearchRequest("", Selection({"entity": ("place-north",)}), rollup=True),
    SearchRequest("", Selection({"entity": ("place-no",)}), subject=True),
    SearchRequest("zeppelin"),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The invented collection."""
    return make_engine()


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_scan_finds_what_the_page_counts(engine: Engine, request_: SearchRequest) -> None:
    """Exactly as many as the page's total, in its order, whichever page was asked for, and none folded away."""
    searcher = Searcher(engine)
    found = [entry.document.id for entry in searcher.scan(request_)]
    whole = searcher.search(replace(request_, page=1, per_page=100, fold=""))
    assert found == [hit.document.id for hit in whole.hits]
    assert len(set(found)) == whole.total


def test_what_cannot_be_read_is_refused_at_once(engine: Engine) -> None:
    """Before the first answer is asked for, so that a front end can still say what is wrong."""
    with pytest.raises(QueryTooLong):
        Searcher(engine).scan(SearchRequest("kelp " * 5_000))


def test_hits_say_which_text_they_stand_in(engine: Engine) -> None:
    """A hit of a corrected briefing has its revision's number; of others, 1."""
    hits = Searcher(engine).search(SearchRequest("ferry", per_page=100)).hits
    assert {(hit.document.briefing, hit.revision) for hit in hits if hit.document.language == "en"} == {
        ("xv-mfa/en/2024-02-08", 2),
        ("xv-mfa/en/2023-05-04", 1),
        ("xw-gov/en/2022-11-30", 1),
    }
