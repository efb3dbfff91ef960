"""Words: how a text is cut, and which terms a token answers to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import PASSAGE_GAP, fold, iter_passages, iter_tokens, query_term


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US", [("the",), ("us", "US")]),
        ("tell us", [("tell",), ("us",)]),
        ("the U.S. and U.S.A.", [("the",), ("us", "US"), ("and",), ("usa", "USA")]),
        ("the U.S.’s view", [("the",), ("us's", "us", "US"), ("view",)]),
        ("U.S.-Valdria", [("us", "US"), ("valdria",)]),
        ("at 9 a.m.", [("at",), ("9",), ("am",)]),
        ("China’s", [("china's", "china")]),
        ("WHO's", [("who's", "who", "WHO")]),
        ("don’t", [("don't",)]),
        ("'quoted'", [("quoted",)]),
        ("ministers’ talks", [("ministers",), ("talks",)]),
        ("one-China", [("one",), ("china",)]),
        ("5,000 people", [("5000",), ("people",)]),
        ("1,234,567.5", [("1234567.5",)]),
        ("3.5%", [("3.5",)]),
        ("in 2020, 300", [("in",), ("2020",), ("300",)]),
        ("12:30", [("12",), ("30",)]),
        ("5G and G20", [("5g",), ("and",), ("g20",)]),
        ("COVID-19", [("covid", "COVID"), ("19",)]),
        ("UNESCO", [("unesco", "UNESCO")]),
        ("COMMUNIQUE", [("communique",)]),  # capitals too long for an acronym
        ("A plan", [("a",), ("plan",)]),  # one letter is no acronym
        ("Türkiye", [("turkiye",)]),
        ("Tu\u0308rkiye", [("turkiye",)]),  # the same, decomposed
        ("ＵＳ ５Ｇ", [("us", "US"), ("5g",)]),  # full-width forms
        ("中国5G网络", [("中",), ("国",), ("5g",), ("网",), ("络",)]),
        ("AT&T", [("at", "AT"), ("t",)]),
        ("C++ 😀 …", [("c",)]),
        ("co_op", [("co",), ("op",)]),
        ("straße ﬁne İzmir", [("strasse",), ("fine",), ("izmir",)]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, ...]]) -> None:
    """Each case of the table in docs/searching.md: what is one token, and what it answers to."""
    assert [token.terms for token in iter_tokens(text)] == expected


@given(st.text())
def test_offsets_cut_the_surface(text: str) -> None:
    """Tokens follow one another, and a token's surface, cut out alone, is the same token."""
    end = 0
    for position, token in enumerate(iter_tokens(text)):
        assert token.position == position
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


def test_passages_lie_apart() -> None:
    """No phrase can reach from one passage into the next: their positions leave a gap."""
    positions = [[t.position for t in tokens] for tokens in iter_passages(["a b", "c"])]
    assert positions == [[0, 1], [2 + PASSAGE_GAP]]


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("US", "US"),
        ("U.S.", "US"),
        ("us", "us"),
        ("Us", "us"),
        ("China’s", "china's"),
        ("5,000", "5000"),
        ("WHO’s", "who's"),
    ],
)
def test_what_a_typed_word_asks_for(typed: str, term: str) -> None:
    """Capitals ask for capitals; anything else for its folded form."""
    assert query_term(typed) == term


def test_a_query_term_is_one_word() -> None:
    """Two words are refused, not cut."""
    with pytest.raises(ValueError, match="2 words"):
        query_term("two words")
