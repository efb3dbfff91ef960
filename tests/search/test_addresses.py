"""Addresses say exactly what a request says, and refuse what means nothing."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from search.addresses import (
    FILTERS,
    Nearby,
    address_of,
    address_of_comparison,
    address_of_record,
    asks_for_results,
    comparison_from,
    request_from,
)
from search.comparison import Comparison, Step
from search.engine import Selection, Sort
from search.errors import BadParameter
from search.page import ChartView, SearchRequest
from webui import steps

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PICKED = st.dictionaries(
    st.sampled_from(FILTERS), st.lists(TEXT, min_size=1, max_size=3, unique=True).map(lambda v: tuple(sorted(v)))
)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Any request that an address can say."""
    since, until = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    if since and until and since > until:
        since, until = until, since
    return SearchRequest(
        text=draw(TEXT).strip(),
        selection=Selection(draw(PICKED), draw(PICKED), since, until),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, 10**9 - 1)),
        per_page=draw(st.integers(1, 100)),
        exact=draw(st.booleans()),
        strict=draw(st.booleans()),
        chart=draw(st.sampled_from(get_args(ChartView))),
    )


def parsed(address: str) -> MultiDict[str, str]:
    """The parameters of an address, as Flask would read them."""
    from werkzeug.test import EnvironBuilder  # noqa: PLC0415

    path, _, query = address.partition("?")
    return EnvironBuilder(path=path, query_string=query).get_request().args


@given(requests())
def test_address_says_the_request(request: SearchRequest) -> None:
    """Every request comes back from its own address."""
    assert request_from(parsed(address_of(request))) == request


@given(requests())
def test_address_is_canonical(request: SearchRequest) -> None:
    """Reading an address and writing it again changes nothing, and no browser needs to escape it further."""
    address = address_of(request)
    assert address_of(request_from(parsed(address))) == address
    assert iri_to_uri(address) == address


@given(requests(), st.sampled_from(FILTERS), st.text(max_size=5), st.sampled_from(["/", "/facets/outlet"]), st.data())
def test_addresses_one_value_away_are_those_of_the_steps(
    request: SearchRequest, field: str, value: str, path: str, data: st.DataObject
) -> None:
    """What is written in one go for hundreds of links is what the steps would have: any value, held or not."""
    held = [v for picks in (request.selection.include, request.selection.exclude) for v in picks.get(field, ())]
    value = data.draw(st.sampled_from([value, *held]))
    near = Nearby(request, path)
    assert near.include(field, value) == address_of(steps.include(request, field, value), path)
    assert near.exclude(field, value) == address_of(steps.exclude(request, field, value), path)
    assert near.drop(field, value) == address_of(steps.drop(request, field, value), path)
    days = sorted(data.draw(st.tuples(st.dates(), st.dates())))
    assert near.between(*days) == address_of(steps.between(request, *days), path)


@given(requests())
def test_results_are_never_mistaken_for_home(request: SearchRequest) -> None:
    """The address of any search, even of one for everything, asks for results."""
    assert asks_for_results(parsed(address_of(request)))


@given(st.lists(TEXT.map(str.strip).filter(bool), max_size=4, unique=True), requests(), st.sampled_from(get_args(Step)))
def test_address_says_the_comparison(texts: list[str], request: SearchRequest, by: Step) -> None:
    """Every comparison comes back from its own address, which is canonical."""
    comparison = Comparison(tuple(texts), request, by)
    address = address_of_comparison(comparison)
    assert comparison_from(parsed(address)) == comparison
    assert address_of_comparison(comparison_from(parsed(address))) == address


def test_same_search_has_one_address() -> None:
    """The order in which parameters and values are given does not matter."""
    one = request_from(MultiDict([("outlet", "B"), ("year", "2024"), ("outlet", "A"), ("outlet", "B"), ("q", " x ")]))
    other = request_from(MultiDict([("q", "x"), ("outlet", "A"), ("outlet", "B"), ("year", "2024")]))
    assert address_of(one) == address_of(other) == "/?q=x&outlet=A&outlet=B&year=2024"


def test_defaults_are_left_out() -> None:
    """A default says nothing in the address; the search for everything is told from home by an empty q."""
    assert address_of(SearchRequest(text="x", sort=Sort.RELEVANCE, page=1)) == "/?q=x"
    assert address_of(SearchRequest()) == "/?q="
    assert address_of(SearchRequest(), "/briefings/a/en/2024-01-01") == "/briefings/a/en/2024-01-01"


def test_empty_facet_value_is_not_stated() -> None:
    """An empty facet parameter picks what is not stated; empty days, orders and pages say nothing."""
    request = request_from(MultiDict([("outlet", ""), ("-speaker", ""), ("from", ""), ("sort", ""), ("page", "")]))
    assert request == SearchRequest(selection=Selection({"outlet": ("",)}, {"speaker": ("",)}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "abc"),
        ("page", "1.5"),
        ("page", "٣"),
        ("page", "9" * 30),
        ("per_page", "0"),
        ("per_page", "101"),
        ("from", "2024-02-30"),
        ("from", "20240208"),
        ("to", "yesterday"),
        ("to", "2024-W06-4"),
        ("sort", "best"),
        ("chart", "pie"),
        ("exact", "yes"),
        ("strict", "2"),
    ],
)
def test_value_that_means_nothing_is_refused(name: str, value: str) -> None:
    """A refused value is named with its parameter, and the hint says what would do."""
    with pytest.raises(BadParameter) as caught:
        request_from(MultiDict([(name, value)]))
    assert caught.value.where == name
    assert value in caught.value.message
    assert caught.value.hint


def test_number_of_picked_values_is_bounded() -> None:
    """A hundred values may be picked or excluded; more are refused, since each is in every link of the page."""
    picked = [("outlet", f"{n}") for n in range(60)] + [("-outlet", f"{n}") for n in range(40)]
    assert len(request_from(MultiDict(picked)).selection.include["outlet"]) == 60
    with pytest.raises(BadParameter, match="101 values"):
        request_from(MultiDict([*picked, ("year", "2024")]))


def test_days_in_the_wrong_order_are_refused() -> None:
    """A range that ends before it begins is a slip, not an empty result."""
    with pytest.raises(BadParameter, match="later than"):
        request_from(MultiDict([("from", "2024-02-09"), ("to", "2024-02-08")]))


def test_one_day_is_a_range() -> None:
    """A range may begin and end on one day."""
    request = request_from(MultiDict([("from", "2024-02-08"), ("to", "2024-02-08")]))
    assert request.selection.since == request.selection.until == date(2024, 2, 8)


def test_unknown_parameters_are_ignored() -> None:
    """What a newsletter hangs on an address neither searches nor refuses, and home stays home."""
    args = MultiDict([("utm_source", "x"), ("year", "abcd")])
    assert request_from(args) == SearchRequest(selection=Selection({"year": ("abcd",)}))
    assert not asks_for_results(MultiDict([("utm_source", "x")]))


def test_record_address_keeps_the_search() -> None:
    """A hit's address is its place in the transcript, with the search it was found by."""
    address = address_of_record("xv-mfa/en/2024-02-08", SearchRequest(text="a&b"), "7")
    assert address == "/briefings/xv-mfa/en/2024-02-08?q=a%26b#7"
