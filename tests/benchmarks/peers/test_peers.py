"""The peers: each can be asked every query of the list, and finds what there is to find."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.collection import invent
from benchmarks.peers import FACETS, Made, Peer
from benchmarks.peers.sqlite import Sqlite
from benchmarks.peers.tantivy import Tantivy
from benchmarks.peers.whoosh import Whoosh
from benchmarks.queries import QUERIES, Asked, Question, Survey, Variation
from search.addresses import pairs_of
from search.engine import Request
from search.query import All, Near, Not, Term, any_of, iter_nodes, none_of
from search.syntax import parse_query
from tests.oracle import OracleEngine

COLLECTION = invent(500)
DOCUMENTS = COLLECTION.documents
VARIATION = Variation(Survey(DOCUMENTS))
PEERS: dict[str, Callable[[Path], Peer]] = {
    "tantivy": lambda folder: Tantivy(folder / "tantivy", DOCUMENTS),
    "sqlite": lambda folder: Sqlite(folder / "words.sqlite3", DOCUMENTS),
    "sqlite by hand": lambda folder: Sqlite(folder / "words.sqlite3", DOCUMENTS).by_hand(),
    "whoosh": lambda folder: Whoosh(folder / "whoosh", DOCUMENTS),
}
EXACT = [a for a in QUERIES if not any(isinstance(n, Term | Near) for n in iter_nodes(parse_query(a.text).query))]
"""Queries without a plain word, which peers stem otherwise than Lectern, or not at all, and without their nearness."""


@pytest.fixture(scope="module", params=sorted(PEERS))
def peer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Peer:
    """Each peer, filled."""
    return PEERS[request.param](tmp_path_factory.mktemp("peer"))


@pytest.fixture(scope="module")
def expected() -> Callable[[Question], Made]:
    """What the page of a question comes to by the oracle, bars aside; each is asked once for all peers.

    The oracle is asked for all but what the query does not find, because it need not score that, which takes it long.
    """
    engine = OracleEngine()
    engine.add(COLLECTION.publications, sequence=1)
    known: dict[tuple[tuple[str, str], ...], Made] = {}

    def ask(question: Question) -> Made:
        key = pairs_of(question.request)
        if key not in known:
            query = Not(any_of(none_of(question.query), Not(All())))
            found = engine.find(Request(query, question.selection, facets=FACETS))
            values = sum(sum(one.count > 0 for one in found.facets[name][:50]) for name in FACETS)
            known[key] = Made(found.total, len(found.hits), 2 * len(found.hits), values, 0)
        return known[key]

    return ask


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_every_query_can_be_asked(peer: Peer, asked: Asked) -> None:
    """A page comes of each query, with as many hits and snippets as its total has."""
    for repeat in (1, 2):
        made = peer.page(VARIATION.question(asked, repeat))
        assert made.hits == min(10, made.total)
        assert made.snippets == 2 * made.hits
        assert (made.values > 0) == (made.bars > 0) == (made.total > 0)


@pytest.mark.parametrize("asked", EXACT, ids=lambda asked: asked.name)
def test_peers_do_the_same_work(peer: Peer, expected: Callable[[Question], Made], asked: Asked) -> None:
    """Where words are exact, totals, hits, snippets and the values of all facets are those of the oracle."""
    for repeat in (1, 2):
        question = VARIATION.question(asked, repeat)
        made, want = peer.page(question), expected(question)
        assert (made.total, made.hits, made.snippets, made.values) == (
            want.total,
            want.hits,
            want.snippets,
            want.values,
        )


@pytest.mark.parametrize(
    "asked",
    [
        Asked("", picks={"outlet": (0, 1)}, leaves_out={"publisher": (0,)}),
        Asked('"the"', picks={"speaker": (0,), "language": (0,)}),
        Asked('"the"', years=1),
        Asked("", leaves_out={"outlet": (0,)}),
    ],
    ids=lambda asked: asked.name,
)
def test_selections_mean_the_same(peer: Peer, expected: Callable[[Question], Made], asked: Asked) -> None:
    """Picked and excluded values, and counts that ignore their own field's selection, are the oracle's too."""
    question = VARIATION.question(asked, 1)
    made, want = peer.page(question), expected(question)
    assert want.total > 0
    assert (made.total, made.values) == (want.total, want.values)


def test_exact_queries_find_something(expected: Callable[[Question], Made]) -> None:
    """The comparison with the oracle is not of nothing: most of its queries have hits."""
    totals = [expected(VARIATION.question(asked, 1)).total for asked in EXACT]
    assert len(totals) >= 12
    assert sum(total > 0 for total in totals) >= 0.7 * len(totals)


def test_month_stands_in_for_no_facet() -> None:
    """The seven facets are of Lectern's own; a selection of the list is always by one of them."""
    assert {name for asked in QUERIES for name in (*asked.picks, *asked.leaves_out)} <= set(FACETS)
    assert len(FACETS) == 7
