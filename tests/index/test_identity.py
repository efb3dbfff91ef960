"""Which texts of a day are one briefing."""

from datetime import date

import pytest

from index.identity import (
    Page,
    address_key,
    address_order,
    briefing_id,
    count_words,
    day_of_id,
    likeness,
    overlap,
    settle,
)
from tests.index.arrivals import change, text


def page(key: int, *seeds: str, address: str | None = None, briefing: int | None = None) -> Page:
    """A page of a day with an answer for each seed; its address goes by its key unless given."""
    return Page(key, address or f"v.example/{key}", "", count_words(text(*seeds)), briefing)


@pytest.mark.parametrize(
    "url",
    [
        "https://mfa.example/t12.html",
        "http://MFA.example/t12.html",
        "https://mfa.example/t12.html/",
        " https://mfa.example/t12.html#top ",
    ],
)
def test_one_page_has_one_key(url: str) -> None:
    """Scheme, case of the host, fragment, final slash and white space do not make another page."""
    assert address_key(url) == "mfa.example/t12.html"


def test_query_tells_pages_apart() -> None:
    """The query belongs to an address."""
    assert address_key("https://mfa.example/show?id=1") != address_key("https://mfa.example/show?id=2")


def test_addresses_sort_by_their_numbers() -> None:
    """`t999` comes before `t1000`, and an unknown address before every known one."""
    keys = ["m.example/t1000.html", None, "m.example/t999.html"]
    assert sorted(keys, key=lambda k: address_order(k, "x")) == [None, "m.example/t999.html", "m.example/t1000.html"]


def test_ids_are_readable() -> None:
    """The first briefing of a day has a bare date, the second `-2`."""
    day = date(2024, 3, 4)
    assert briefing_id("xv-mfa", "en", day) == "xv-mfa/en/2024-03-04"
    assert briefing_id("xv-mfa", "en", day, 2) == "xv-mfa/en/2024-03-04-2"
    assert day_of_id(briefing_id("xv-mfa", "en", day, 2)) == day


def test_likeness_is_symmetric_and_counts_repetition() -> None:
    """Half of the words in common is half, from either side, and a word said twice counts twice."""
    one, other = count_words(text("a", "b")).single, count_words(text("a", "c")).single
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, other) == pytest.approx(0.5, abs=0.02)
    assert likeness(one, one + one) == pytest.approx(2 / 3)


def test_a_fragment_overlaps_wholly() -> None:
    """A truncated text has all its runs of three words in the whole text, whatever its length."""
    assert overlap(count_words(text("a")), count_words(text("a", "b", "c", "d", "e"))) == 1.0


def test_an_alias_joins() -> None:
    """Pages with more than nine words in ten in common are one briefing, whose last address counts."""
    (cluster,) = settle([page(2, "a", "b"), page(1, "a", "b")]).clusters
    assert [p.key for p in cluster.pages] == [1, 2]


def test_a_page_without_address_does_not_set_the_order() -> None:
    """A briefing goes by its first known address, even if it is also known from a file without one."""
    nowhere = Page(3, None, "", count_words(text("c", "d")))
    settlement = settle([page(2, "c", "d"), page(1, "a", "b"), nowhere])
    assert [[p.key for p in c.pages] for c in settlement.clusters] == [[1], [3, 2]]


def test_one_file_from_two_addresses_is_one_briefing() -> None:
    """Pages that both gave the same bytes once are one briefing, even if one of them was corrected beyond likeness."""
    one = Page(1, "v.example/1", "", count_words(text("a", "b")), 7, digests=frozenset("12"))
    other = Page(2, "v.example/2", "", count_words(text("c", "d")), digests=frozenset("2"))
    (cluster,) = settle([one, other]).clusters
    assert ([p.key for p in cluster.pages], cluster.briefing) == ([1, 2], 7)


def test_a_librarian_joins_what_is_not_alike() -> None:
    """A page that was said to be of a briefing stays with it, and with all that is alike to it."""
    told = Page(2, "v.example/2", "", count_words(text("c", "d")), 7, joined=True)
    settlement = settle([page(1, "a", "b", briefing=7), told, page(3, "a", "b")])
    assert [[p.key for p in c.pages] for c in settlement.clusters] == [[1, 2, 3]]


def test_different_texts_are_two_briefings() -> None:
    """Pages with nothing in common are briefings of their own, in address order."""
    settlement = settle([page(2, "c", "d"), page(1, "a", "b")])
    assert [[p.key for p in c.pages] for c in settlement.clusters] == [[1], [2]]
    assert not settlement.doubts


def test_in_between_is_in_doubt() -> None:
    """A page that shares much, but not nearly all, waits; the page that has a briefing stands, whatever the order."""
    settlement = settle([page(1, "a", "b", "x"), page(2, "a", "b", "c", briefing=7)])
    assert [c.briefing for c in settlement.clusters] == [7]
    (doubt,) = settlement.doubts
    assert (doubt.page.key, doubt.like.key) == (1, 2)


def test_two_briefings_are_never_merged() -> None:
    """Pages that stand under two briefings stay apart, and a third joins the one that it is most like."""
    whole = text("a", "b")
    third = Page(3, "v.example/3", "", count_words(whole))
    near = Page(1, "v.example/1", "", count_words(whole), 8)
    far = Page(2, "v.example/2", "", count_words(change(whole, 1)), 9)
    settlement = settle([near, far, third])
    assert [[p.key for p in c.pages] for c in settlement.clusters] == [[1, 3], [2]]
    assert [c.briefing for c in settlement.clusters] == [8, 9]


def test_a_briefing_that_falls_apart_stays_with_its_first_address() -> None:
    """Pages of one briefing that no longer read alike are two, and the first one keeps the key."""
    settlement = settle([page(1, "a", "b", briefing=7), page(2, "c", "d", briefing=7)])
    assert [c.briefing for c in settlement.clusters] == [7, None]
    assert not settlement.doubts
