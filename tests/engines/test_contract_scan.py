"""The contract on scans: every hit, in the order of the pages, of one commit; and everything, notes included."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from search.engine import Engine, Entry, Publication, Request, Revision, Selection, Sort, Tombstone
from search.query import Query
from search.syntax import parse_query
from tests.invented import ADDED, answer, briefing, note, publish, statement

LATER = "2026-02-03T04:05:06+00:00"


def daily(day: int, *, words: str = "Kelp") -> Publication:
    """A briefing of a day: two answers, a statement and a note."""
    said = (answer(2, "Any kelp?", f"{words} {day}."), answer(10, "Kelp or cable?", f"{words}, cable and kelp {day}."))
    return publish(briefing(f"2024-03-{day:02}", statement(1, "Cable for kelp."), *said, note(11, "No kelp tomorrow.")))


def corrected(day: int) -> Publication:
    """The same briefing after a correction."""
    before, now = daily(day), daily(day, words="Corrected kelp")
    revisions = (*before.revisions, Revision(2, LATER, now.briefing))
    return replace(now, revisions=revisions, added=LATER)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An index of many segments, in which some briefings have been replaced."""
    for n in (7, 3, 5, 1, 4, 2, 6):
        engine.add([daily(n)], sequence=n)
    engine.add([corrected(3), corrected(6)], sequence=9)
    return engine


def paged(engine: Engine, query: Query, selection: Selection, sort: Sort) -> list[str]:
    """Ids of all hits, a page of four at a time."""
    found: list[str] = []
    while hits := engine.find(Request(query, selection, sort, offset=len(found), limit=4, facets=())).hits:
        found += [hit.document.id for hit in hits]
    return found


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("typed", ["", "kelp", "cable -corrected", "kelp OR cable", "absent"])
def test_a_scan_is_all_pages_in_turn(filled: Engine, typed: str, sort: Sort) -> None:
    """Whatever is asked for and in whatever order, the hits are those of the pages, one after the other."""
    query, selection = parse_query(typed).query, Selection(exclude={"kind": ("statement",)})
    for picked in (Selection(), selection):
        entries = list(filled.scan(query, picked, sort))
        assert [entry.document.id for entry in entries] == paged(filled, query, picked, sort)


def test_an_entry_says_which_text_it_stands_in(filled: Engine) -> None:
    """Documents come whole, with their revision's number and instant, those that `received` tells."""
    for entry in filled.scan(parse_query("").query, Selection(), Sort.OLDEST):
        assert entry.document == filled.get(entry.document.id)
        is_corrected = entry.document.date.day in (3, 6)
        assert (entry.revision, entry.received) == ((2, LATER) if is_corrected else (1, ADDED))
    assert filled.received("xv-mfa/en/2024-03-03") == (ADDED, LATER)
    assert filled.received("xv-mfa/en/2030-01-01") == ()


def test_everything_has_the_notes(filled: Engine) -> None:
    """Every document of every briefing, in the order of ids, item 10 after item 2; or by day, then so."""
    for sort, days in ((Sort.RELEVANCE, range(1, 8)), (Sort.OLDEST, range(1, 8)), (Sort.NEWEST, range(7, 0, -1))):
        ids = [entry.document.id for entry in filled.everything(sort)]
        assert ids == [f"xv-mfa/en/2024-03-{day:02}/{n}" for day in days for n in (1, 2, 10, 11)]


def scans(engine: Engine) -> tuple[Iterator[Entry], Iterator[Entry]]:
    """A scan for a word, and all there is."""
    return engine.scan(parse_query("kelp").query, Selection(), Sort.NEWEST), engine.everything(Sort.NEWEST)


def test_a_scan_begun_stays_with_its_commit(filled: Engine) -> None:
    """Corrections, removals and a rebuild that come meanwhile change nothing of a scan that has begun."""
    expected = [list(scan) for scan in scans(filled)]
    begun = list(scans(filled))
    first = [list(islice(scan, 2)) for scan in begun]
    filled.add([corrected(n) for n in (1, 2, 7)], sequence=10)
    filled.add([], sequence=11, tombstones=[Tombstone("xv-mfa/en/2024-03-05", LATER, "withdrawn")])
    filled.rebuild([daily(9)], sequence=12, tombstones=[], labels=filled.labels())
    assert [head + list(scan) for head, scan in zip(first, begun, strict=True)] == expected
    assert [len(list(scan)) for scan in scans(filled)] == [3, 4]


def test_an_empty_index_is_scanned(engine: Engine) -> None:
    """Where briefings have nothing to find, a scan ends at once, and everything is the notes."""
    engine.add([publish(briefing("2024-03-01", note(1, "No kelp.")))], sequence=1)
    assert list(engine.scan(parse_query("").query, Selection(), Sort.NEWEST)) == []
    assert [entry.document.item.kind for entry in engine.everything(Sort.OLDEST)] == ["note"]
