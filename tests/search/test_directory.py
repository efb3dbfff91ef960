"""The directory of a field's values, what was new lately, and the profile of a name: numbers that searches have too."""

from datetime import date

import pytest

from search.directory import Listable, open_directory
from search.engine import Request, Selection
from search.lately import look_back
from search.profile import open_profile
from search.query import Scope
from tests.oracle import OracleEngine
from tests.webui.collection import FERRY, make_engine, publish


@pytest.fixture(scope="module")
def engine() -> OracleEngine:
    """The invented collection."""
    return make_engine()


@pytest.mark.parametrize("field", ["outlet", "speaker", "entity"])
def test_directory_counts_what_a_search_finds(engine: OracleEngine, field: Listable) -> None:
    """Each entry's number is that of the search for its value, what is not stated too; the most frequent come first."""
    directory = open_directory(engine, field)
    for entry in directory.entries:
        assert engine.count([Scope(field, entry.value)]) == (entry.count,)
    assert engine.count([Scope(field, "")]) == (directory.not_stated,)
    assert [e.count for e in directory.entries] == sorted((e.count for e in directory.entries), reverse=True)


def test_directory_is_narrowed_by_any_name(engine: OracleEngine) -> None:
    """Letters of a label or of an alias narrow it, in any case and order; so does a type."""
    directory = open_directory(engine, "entity")
    assert [e.value for e in directory.find("REPUBLIC val")] == ["place-xv"]
    assert {e.name.type for e in directory.find("", "event")} == {"event"}
    assert directory.find("valdria", "person") == ()


def test_profile_of_a_name_only_the_tables_have() -> None:
    """A name without an answer has an empty profile, and stands in no list."""
    engine = make_engine()
    assert open_profile(engine, "outlet", "Nobody's").total == 0
    assert "place-silent" not in open_directory(engine, "entity").counts


def test_lately_counts_what_searches_find(engine: OracleEngine) -> None:
    """Topics of week and year are as many as searches within those days find; months add up to all of them."""
    lately = look_back(engine, open_directory(engine, "entity"), 5)
    assert lately
    assert (lately.since, lately.until) == (date(2024, 2, 2), date(2024, 2, 8))
    for since, topics in ((lately.since, lately.topics), (lately.year_since, lately.year_topics)):
        selection = Selection(since=since, until=lately.until)
        for topic in topics:
            assert engine.count([Scope("about", topic.id)], selection) == (topic.count,)
    assert all(len(topic.months) == 24 for topic in lately.year_topics)
    assert (
        sum(bar.of for bar in lately.year_topics[0].months)
        == engine.find(Request(selection=Selection(since=date(2022, 3, 1)), limit=0)).total
    )


def test_first_week_of_a_collection_has_no_news() -> None:
    """Where there was nothing before the week, nothing is named for the first time; without a briefing, no week is."""
    one, empty = make_engine([publish(FERRY)]), make_engine(())
    lately = look_back(one, open_directory(one, "entity"), 5)
    assert lately
    assert lately.topics
    assert lately.firsts == ()
    assert look_back(empty, open_directory(empty, "entity"), 5) is None
