"""The contract: what the words of `search.engine` mean, case by case, for the oracle and every engine.

Agreement between engines on random input is `test_against_oracle.py`; here each fact stands for itself. Which forms of
a word are found, and what a hit says of where it matched, is `test_contract_words.py`.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest

from search.engine import Engine, Request, Revision, Selection, Sort, Tombstone
from search.errors import NotFound
from search.histogram import Bar
from search.labels import Labels, Name
from search.model import Adjournment
from search.query import Fuzzy, Near, Phrase, Prefix, Query, Scope, Term, Wildcard, all_of, any_of, none_of
from search.syntax import parse_query
from tests.invented import ADDED, answer, briefing, note, publish, statement

FERRY = publish(
    briefing(
        "2023-03-01",
        statement(1, "The ferry to Saint Orla is suspended."),
        answer(2, "Will the U.S. join?", "Ask the US. They tell us nothing.", asker="Northern Wire"),
        answer(3, "When does the ferry sail?", "We have no date for the ferry.", second=("Tomas Reed", "In May.")),
        answer(4, "Any word on Norway?", "Norway is a friend.", asker=None),
        note(5, "There will be no ferry briefing tomorrow."),
    ),
    {"Norway": "place-no", "Saint Orla": "place-orla"},
)
TALKS = publish(
    briefing(
        "2024-02-08",
        answer(1, "On the visa-free agreement?", "China's visa-free rules cover 5,000 people."),
        answer(2, "Türkiye?", "We support Türkiye and Norway.", asker="Northern Wire"),
        title="Special Briefing on Fisheries",
    ),
    {"Norway": "place-no", "Türkiye": "place-tr", "China": "place-cn"},
)


@pytest.fixture(autouse=True)
def filled(engine: Engine) -> None:
    """Two briefings are in the index."""
    engine.add([FERRY, TALKS], sequence=2)


def ids(engine: Engine, query: Query | str, **request: object) -> list[str]:
    """Day and number of the hits, in order."""
    tree = parse_query(query).query if isinstance(query, str) else query
    found = engine.find(Request(query=tree, **request))  # type: ignore[arg-type]
    return [h.document.id.removeprefix("xv-mfa/en/") for h in found.hits]


def counts(engine: Engine, field: str, **request: object) -> dict[str, int]:
    """A facet's counts."""
    return {c.value: c.count for c in engine.find(Request(**request)).facets[field]}  # type: ignore[arg-type]


def test_no_query_finds_every_answer_and_statement(engine: Engine) -> None:
    """A blank query finds all that is searched, in the order of ids; notes are not."""
    assert ids(engine, "") == [
        "2023-03-01/1",
        "2023-03-01/2",
        "2023-03-01/3",
        "2023-03-01/4",
        "2024-02-08/1",
        "2024-02-08/2",
    ]


def test_a_note_is_fetched_but_not_found(engine: Engine) -> None:
    """Words of a note find nothing, its id gets it."""
    assert ids(engine, "tomorrow") == []
    assert engine.get("xv-mfa/en/2023-03-01/5").item.text == "There will be no ferry briefing tomorrow."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", {"2023-03-01/1", "2023-03-01/3"}),
        ("FERRY", set()),  # six capitals ask for capitals
        ("US", {"2023-03-01/2"}),
        ("U.S.", {"2023-03-01/2"}),
        ("us", {"2023-03-01/2"}),
        ('"tell us"', {"2023-03-01/2"}),
        ('"tell US"', set()),
        ("turkiye", {"2024-02-08/2"}),
        ("China", {"2024-02-08/1"}),
        ("china\u2019s", {"2024-02-08/1"}),
        ("visa-free", {"2024-02-08/1"}),
        ('"visa free agreement"', {"2024-02-08/1"}),
        ("free", {"2024-02-08/1"}),
        ("5000", {"2024-02-08/1"}),
        ('"the ferry to"', {"2023-03-01/1"}),
        ('"ferry the"', set()),
        ('"ferry in may"', set()),  # a phrase does not run from one speaker's words into the next's
        ("ferry -date", {"2023-03-01/1"}),
        ("ferry OR norway", {"2023-03-01/1", "2023-03-01/3", "2023-03-01/4", "2024-02-08/2"}),
        ("q:ferry", {"2023-03-01/3"}),
        ("a:ferry", {"2023-03-01/1", "2023-03-01/3"}),
        ("q:norway -a:turkiye", {"2023-03-01/4"}),
        ("title:fisheries", {"2024-02-08/1", "2024-02-08/2"}),
        ("fisheries", set()),  # a title is not what was said
        ("nor*", {"2023-03-01/4", "2024-02-08/2"}),
        ("no?way", {"2023-03-01/4", "2024-02-08/2"}),
        ("norwya~", {"2023-03-01/4", "2024-02-08/2"}),
        ('"friend Norway"~1', set()),  # Norway [is a] friend: two words between
        ('"friend Norway"~2', {"2023-03-01/4"}),
        ('speaker:"Tomas Reed"', {"2023-03-01/3"}),
        ('outlet:""', {"2023-03-01/1", "2023-03-01/4"}),
        ("entity:place-no", {"2023-03-01/4", "2024-02-08/2"}),
        ("date:2024", {"2024-02-08/1", "2024-02-08/2"}),
        ("before:2024 -ferry", {"2023-03-01/2", "2023-03-01/4"}),
        ("id:xv-mfa/en/2024-02-08/2", {"2024-02-08/2"}),
        ("-ferry -norway", {"2023-03-01/2", "2024-02-08/1"}),
    ],
)
def test_what_a_query_finds(engine: Engine, query: str, expected: set[str]) -> None:
    """Each kind of node finds the documents that its definition says."""
    assert set(ids(engine, query)) == expected


def test_pages_do_not_overlap(engine: Engine) -> None:
    """Equal scores are ordered by id, so that no hit stands on two pages and none is left out."""
    pages = [ids(engine, "", offset=n, limit=2) for n in (0, 2, 4, 6)]
    assert [one for page in pages for one in page] == ids(engine, "")


@pytest.mark.parametrize(
    ("sort", "first"), [(Sort.NEWEST, "2024-02-08/1"), (Sort.OLDEST, "2023-03-01/1"), (Sort.RELEVANCE, "2023-03-01/1")]
)
def test_sorting(engine: Engine, sort: Sort, first: str) -> None:
    """Newest and oldest go by day, then by id; without words to rank by, relevance is the order of ids."""
    assert ids(engine, "", sort=sort)[0] == first


def test_item_ten_comes_after_item_two(engine: Engine) -> None:
    """Ties are broken by id as people count."""
    items = [answer(n, f"Question {n}?", "Kelp.") for n in range(1, 12)]
    engine.add([publish(briefing("2025-01-01", *items))], sequence=3)
    assert ids(engine, "a:kelp", limit=20) == [f"2025-01-01/{n}" for n in range(1, 12)]


def test_a_rarer_word_counts_more(engine: Engine) -> None:
    """Scores fall in order, and a document with the rarer word comes first."""
    found = engine.find(Request(query=any_of(Term("norway"), Term("turkiye"))))
    assert found.hits[0].document.id == "xv-mfa/en/2024-02-08/2"
    assert [h.score for h in found.hits] == sorted((h.score for h in found.hits), reverse=True)


def test_a_score_does_not_change_when_a_briefing_is_put_in_again(engine: Engine) -> None:
    """Replaced and removed documents leave no trace in the statistics."""
    request = Request(query=Term("ferry"))
    before = [(h.document.id, h.score) for h in engine.find(request).hits]
    for sequence in range(3, 8):
        engine.add([FERRY if sequence % 2 else TALKS], sequence=sequence)
    after = [(h.document.id, h.score) for h in engine.find(request).hits]
    assert after == [(id, pytest.approx(score)) for id, score in before]


def test_every_speaker_of_an_answer_is_counted(engine: Engine) -> None:
    """An answer given by two counts for both."""
    assert counts(engine, "speaker") == {"Ilsa Verlaine": 6, "Tomas Reed": 1}


def test_not_stated_is_a_value(engine: Engine) -> None:
    """Documents without an outlet are counted under the empty value, and selecting it finds them."""
    assert counts(engine, "outlet") == {"": 2, "Harbour Post": 2, "Northern Wire": 2}
    chosen = Selection(include={"outlet": ("",)})
    assert engine.find(Request(selection=chosen)).total == 2


def test_excluding_a_value_keeps_what_is_not_stated(engine: Engine) -> None:
    """Excluding one outlet keeps the answers to nobody's question."""
    chosen = Selection(exclude={"outlet": ("Harbour Post",)})
    assert engine.find(Request(selection=chosen)).total == 4


def test_a_facet_ignores_its_own_selection_and_obeys_the_others(engine: Engine) -> None:
    """The numbers beside outlets do not change when an outlet is picked; those beside years do."""
    picked = Selection(include={"outlet": ("Northern Wire",)})
    assert counts(engine, "outlet", selection=picked) == counts(engine, "outlet")
    assert counts(engine, "year", selection=picked) == {"2023": 1, "2024": 1}


def test_values_of_one_field_are_or_ed_and_fields_are_and_ed(engine: Engine) -> None:
    """Two outlets find more than one; an outlet and a year find less."""
    both = Selection(include={"outlet": ("Northern Wire", "Harbour Post")})
    assert engine.find(Request(selection=both)).total == 4
    narrowed = replace(both, include={**both.include, "year": ("2024",)})
    assert engine.find(Request(selection=narrowed)).total == 2


def test_the_number_beside_a_value_is_the_number_of_hits_after_the_click(engine: Engine) -> None:
    """For every value of every facet, picking it alone gives just that many hits."""
    query = none_of(Term("friend"))
    for field, values in engine.find(Request(query=query)).facets.items():
        for one in values:
            picked = Selection(include={field: (one.value,)})
            assert engine.find(Request(query=query, selection=picked)).total == one.count, (field, one)


def test_a_selected_value_is_shown_even_at_zero(engine: Engine) -> None:
    """Beyond the limit, and without a hit, what is picked or excluded stays in the list."""
    picked = Selection(include={"outlet": ("Kestrel TV",)}, exclude={"entity": ("place-zz",)})
    found = engine.find(Request(selection=picked, facet_limit=1))
    assert [c.value for c in found.facets["outlet"]] == ["Harbour Post", "Kestrel TV"] or [
        c.value for c in found.facets["outlet"]
    ] == ["", "Kestrel TV"]
    assert {c.value: c.count for c in found.facets["entity"]}["place-zz"] == 0


def test_the_histogram_counts_hits_and_all(engine: Engine) -> None:
    """Bars run from the first day with a hit to the last, and know how many documents there are besides the hits."""
    bars = engine.find(Request(query=Term("norway"))).histogram
    assert [(b.since, b.until, b.count, b.of) for b in bars] == [
        (date(2023, month, 1), date(2023, month, monthrange(2023, month)[1]), int(month == 3), 4 * (month == 3))
        for month in range(3, 13)
    ] + [(date(2024, 1, 1), date(2024, 1, 31), 0, 0), (date(2024, 2, 1), date(2024, 2, 29), 1, 2)]


def test_the_histogram_of_one_day_is_one_bar(engine: Engine) -> None:
    """Days without a hit before the first and after the last are left out."""
    assert engine.find(Request(query=Term("turkiye"))).histogram == (Bar(date(2024, 2, 8), date(2024, 2, 8), 1, 2),)


def test_without_a_hit_the_histogram_shows_the_selected_days(engine: Engine) -> None:
    """Nothing found: bars over the documents within the selection's dates; no bars where there are none."""
    found = engine.find(Request(query=Term("absent"), selection=Selection(since=date(2024, 1, 1))))
    assert found.histogram == (Bar(date(2024, 2, 8), date(2024, 2, 8), 0, 2),)
    assert engine.find(Request(selection=Selection(since=date(2025, 1, 1)))).histogram == ()


def test_dates_select(engine: Engine) -> None:
    """First and last day are both included, and a bar counts only what the dates let through."""
    chosen = Selection(since=date(2024, 2, 8), until=date(2024, 2, 8))
    found = engine.find(Request(selection=chosen))
    assert found.total == 2
    assert found.histogram == (Bar(date(2024, 2, 8), date(2024, 2, 8), 2, 2),)


def test_a_bar_counts_only_within_the_selections_dates(engine: Engine) -> None:
    """A month's bar that begins before the first selected day leaves out the documents of the days before."""
    for day in ("2023-03-02", "2023-06-20"):
        engine.add([publish(briefing(day, statement(1, "Kelp.")))], sequence=3)
    bars = engine.find(Request(selection=Selection(since=date(2023, 3, 2), until=date(2023, 12, 31)))).histogram
    assert [(b.since, b.count, b.of) for b in bars] == [
        (date(2023, 3, 1), 1, 1),
        (date(2023, 4, 1), 0, 0),
        (date(2023, 5, 1), 0, 0),
        (date(2023, 6, 1), 1, 1),
    ]


def test_no_documents_no_histogram(engine: Engine) -> None:
    """An empty collection has no bars."""
    engine.rebuild([], sequence=3, tombstones=[], labels=Labels())
    assert engine.find(Request()).histogram == ()


def test_counts_alone(engine: Engine) -> None:
    """With a limit of none, totals and facets come without hits."""
    found = engine.find(Request(limit=0))
    assert (found.total, found.hits) == (6, ())


def test_a_briefing_comes_back_whole(engine: Engine) -> None:
    """What was published is what is fetched: text, documents in order, revisions."""
    assert engine.briefing("xv-mfa/en/2023-03-01") == FERRY.briefing
    assert engine.documents("xv-mfa/en/2023-03-01") == FERRY.documents
    assert engine.revisions("xv-mfa/en/2023-03-01") == FERRY.revisions


@pytest.mark.parametrize("id", ["xv-mfa/en/1999-01-01", "", "../../etc/passwd", "xv-mfa/en/2023-03-01/99", "x" * 5000])
def test_an_unknown_id_is_not_found(engine: Engine, id: str) -> None:
    """An id that names nothing raises NotFound, whatever it looks like."""
    for fetch in (engine.get, engine.briefing, engine.documents, engine.revisions):
        with pytest.raises(NotFound):
            fetch(id)
    assert engine.tombstone(id) is None


def test_replacing_a_briefing_replaces_all_of_it(engine: Engine) -> None:
    """After a correction, the earlier words find nothing, and the earlier text is a revision."""
    corrected = publish(briefing("2023-03-01", statement(1, "The ferry has ended.")))
    engine.add([corrected], sequence=3)
    assert ids(engine, "suspended") == []
    assert ids(engine, "ended") == ["2023-03-01/1"]
    with pytest.raises(NotFound):
        engine.get("xv-mfa/en/2023-03-01/2")


def test_a_tombstone_removes_and_is_remembered(engine: Engine) -> None:
    """A removed briefing is gone from searches and fetches; its tombstone says why."""
    stone = Tombstone("xv-mfa/en/2023-03-01", "2026-01-02T00:00:00+00:00", "withdrawn by the ministry")
    engine.add([], sequence=3, tombstones=[stone])
    assert ids(engine, "ferry") == []
    assert engine.tombstone(stone.id) == stone
    with pytest.raises(NotFound):
        engine.briefing(stone.id)


def test_a_tombstone_goes_when_the_briefing_comes_back(engine: Engine) -> None:
    """Publishing an id again takes its tombstone away, items' too."""
    stones = [
        Tombstone(id, "2026-01-02T00:00:00+00:00", "x") for id in ("xv-mfa/en/2023-03-01", "xv-mfa/en/2023-03-01/2")
    ]
    engine.add([], sequence=3, tombstones=stones)
    engine.add([FERRY], sequence=4)
    assert [engine.tombstone(s.id) for s in stones] == [None, None]
    assert engine.status().sequence == 4


def test_a_briefings_tombstone_takes_its_items_tombstones_away(engine: Engine) -> None:
    """Of a removed briefing's items, only the tombstones given with its own, in any order, are remembered."""
    whole, *items = (
        Tombstone(f"xv-mfa/en/2023-03-01{end}", "2026-01-02T00:00:00+00:00", "x") for end in ("", "/8", "/9", "/10")
    )
    engine.add([FERRY], sequence=3, tombstones=[items[0]])
    engine.add([], sequence=4, tombstones=[items[1], whole, items[2]])
    assert [engine.tombstone(s.id) for s in (whole, *items)] == [whole, None, *items[1:]]


def test_an_items_tombstone_stays_beside_its_briefing(engine: Engine) -> None:
    """A removed item is remembered while its briefing lives on, until the briefing is published without it."""
    stone = Tombstone("xv-mfa/en/2023-03-01/9", "2026-01-02T00:00:00+00:00", "not in the corrected text", None)
    engine.add([FERRY], sequence=3, tombstones=[stone])
    assert engine.tombstone(stone.id) == stone
    assert engine.briefing("xv-mfa/en/2023-03-01") == FERRY.briefing
    engine.add([FERRY], sequence=4)
    assert engine.tombstone(stone.id) is None


def test_coverage(engine: Engine) -> None:
    """Coverage says publisher, language, first and last day, briefings and answers."""
    (one,) = engine.coverage()
    assert (one.publisher, one.language, one.briefings, one.answers) == ("xv-mfa", "en", 2, 5)
    assert (one.first, one.last) == (date(2023, 3, 1), date(2024, 2, 8))


def test_coverage_knows_the_days_without_a_briefing(engine: Engine) -> None:
    """What briefings announce of days without one is gathered, each once, in order."""
    later, sooner = (Adjournment(date(2024, m, 9), date(2024, m, 18)) for m in (5, 2))
    texts = [replace(briefing(f"2024-01-0{n}", note(1, "x")), adjournments=(later, sooner)) for n in (1, 2)]
    engine.add([publish(t) for t in texts], sequence=3)
    assert engine.coverage()[0].adjournments == (sooner, later)


def test_editions_are_the_same_day_in_other_languages(engine: Engine) -> None:
    """A briefing knows its editions; another day, or the second briefing of the day, is none."""
    for id, language in (("2024-02-08", "zh"), ("2024-02-08-2", "zh"), ("2024-02-09", "fr")):
        text = replace(briefing(id[:10], note(1, "x"), language=language), id=f"xv-mfa/{language}/{id}")
        engine.add([publish(text)], sequence=3)
    assert engine.editions("xv-mfa/en/2024-02-08") == ("xv-mfa/zh/2024-02-08",)
    assert engine.editions("xv-mfa/zh/2024-02-08") == ("xv-mfa/en/2024-02-08",)
    assert engine.editions("xv-mfa/zh/2024-02-08-2") == ()
    assert engine.editions("nothing") == ()


def test_earlier_texts_are_kept(engine: Engine) -> None:
    """Every text that a briefing had comes back whole, the present one last."""
    first, second = briefing("2024-03-01", note(1, "Before.")), briefing("2024-03-01", note(1, "After."))
    texts = (Revision(1, ADDED, first), Revision(2, ADDED, second))
    engine.add([replace(publish(second), revisions=texts)], sequence=3)
    assert engine.revisions("xv-mfa/en/2024-03-01") == texts


def test_terms_are_sorted_and_counted(engine: Engine) -> None:
    """Terms of a field come in order with their number of documents."""
    assert engine.terms("answer", "no") == [("no", 1), ("norway", 2), ("nothing", 1)]
    assert engine.terms("outlet", "N") == [("Northern Wire", 2)]


def test_labels_are_published_without_touching_documents(engine: Engine) -> None:
    """New labels are read at once, and the sequence stands still."""
    engine.publish_labels(Labels({"entity": {"place-no": Name("Norway", ("Norwegian",), "place")}}))
    assert engine.labels().label("entity", "place-no") == "Norway"
    assert engine.labels().resolve("entity", "norwegian") == "place-no"
    assert engine.status().sequence == 2


def test_rebuild_swaps_to_a_new_generation(engine: Engine) -> None:
    """After a rebuild only what it brought is there, under the next generation's number."""
    before = engine.status().generation
    engine.rebuild([TALKS], sequence=7, tombstones=[], labels=Labels())
    status = engine.status()
    assert (status.generation, status.sequence, status.briefings, status.documents) == (before + 1, 7, 1, 2)
    assert engine.find(Request()).generation == before + 1
    assert ids(engine, "ferry") == []


def test_nodes_built_by_hand(engine: Engine) -> None:
    """Trees need not come from typed text."""
    tree = all_of(
        any_of(Phrase(("ferry",)), Prefix("nor")),
        none_of(Wildcard("sus*ed")),
        none_of(Scope("outlet", "Northern Wire")),
        any_of(Fuzzy("freind"), Near(("date", "ferry"), 3)),
    )
    assert set(ids(engine, tree)) == {"2023-03-01/3", "2023-03-01/4"}


def test_what_no_text_can_hold_is_not_found(engine: Engine) -> None:
    """An id with half a character in it, as a command line may bring one, is unknown and no error of another kind."""
    with pytest.raises(NotFound):
        engine.get("xv-mfa/en/2024-02-08/\udcff")
    assert engine.terms("answer", "\udcff") == []
    assert engine.find(Request(query=Scope("briefing", "\udcff"), facet_limit=0)).total == 0
    assert engine.find(Request(facet_limit=0)).facets["outlet"] == ()
