"""Words: how a text is cut, and which terms a token answers to."""

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import (
    PASSAGE_GAP,
    TOKEN,
    cut,
    fold,
    forms,
    iter_passages,
    iter_tokens,
    kind_of,
    query_term,
    token_ends,
)


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
        ("约5,000人，3.5亿", [("约",), ("5000",), ("人",), ("3.5",), ("亿",)]),  # Han touches what it likes
        ("对U.S.说，A.B社", [("对",), ("us", "US"), ("说",), ("ab", "AB"), ("社",)]),
        ("x5,000 5,000x", [("x5",), ("000",), ("5",), ("000x",)]),
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


@pytest.mark.parametrize(
    ("surface", "base"),
    [
        ("Nación", "nación"),
        ("Nacio\u0301n", "nación"),  # composed, as stemmers expect it
        ("China’s", "china"),
        ("CHINA’S", "CHINA"),
        ("don’t", "don't"),
        ("l’Eau", "l'eau"),
        ("NGO", "NGO"),
        ("NGOs", "NGO"),
        ("NGO’s", "NGO"),
        ("AIDS", "AIDS"),
        ("As", "as"),  # one capital is no acronym
        ("McDONALDs", "mcdonalds"),
        ("ＵＳ", "US"),
        ("ﬁne", "fine"),
        ("Россия", "россия"),
        ("U.S.", ""),
        ("5,000", ""),
        ("5G", ""),
        ("MP3s", ""),
        ("COP28", ""),
        ("中", ""),
    ],
)
def test_what_is_stemmed(surface: str, base: str) -> None:
    """The base is the word in small letters with its accents; of an acronym its capitals; else empty."""
    assert [token.base for token in iter_tokens(surface)] == [base]


@given(st.text() | st.text(alphabet="aUS.,'’s5 -\n中é"))
def test_a_token_is_known_by_where_it_begins(text: str) -> None:
    """From its start alone come a token's end, its terms and its base."""
    for token in iter_tokens(text):
        assert token_ends(text, [token.start]) == [token.end]
        match = TOKEN.match(text, token.start)
        assert match is not None
        assert forms(match.group(), match.lastgroup or "") == (token.terms, token.base)


def test_where_no_token_begins() -> None:
    """The end of what is no token is refused."""
    with pytest.raises(ValueError, match="no token begins at 1"):
        token_ends("a b", [0, 1])


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
        ("NGOs", "ngos"),
        ("U.S.’s", "us's"),
    ],
)
def test_what_a_typed_word_asks_for(typed: str, term: str) -> None:
    """Capitals ask for capitals; anything else for its folded form."""
    assert query_term(typed) == term


def test_a_query_term_is_one_word() -> None:
    """Two words are refused, not cut."""
    with pytest.raises(ValueError, match="2 words"):
        query_term("two words")


SLOW_TOKEN = re.compile("(?:" + "|".join(re.split(r"\|(?=\(\?P<han>)", TOKEN.pattern)[1:]))
"""TOKEN without the words that are told sooner, and without the look ahead at where any may begin."""

ALPHABET = "aZ\u00e9\u00df\u0130\u4e2d\u00d71,._'\u2019\u0301\uff07 -"


@given(st.text(ALPHABET, max_size=30))
def test_plain_words_are_only_told_sooner(text: str) -> None:
    """What is a plain word is the same token, at the same place, with the same forms, as without that rule."""

    def found(pattern: re.Pattern[str]) -> list[tuple[int, int, object]]:
        return [(m.start(), m.end(), forms(m[0], m.lastgroup or "")) for m in pattern.finditer(text)]

    assert found(TOKEN) == found(SLOW_TOKEN)


@given(st.text(ALPHABET + "\u3099\uff9e", max_size=30) | st.text(max_size=30))
def test_a_text_is_cut_where_its_tokens_are(text: str) -> None:
    """Surfaces and beginnings are those of TOKEN, and a surface alone tells what kind of token it is."""
    surfaces, steps = cut(text)
    matches = list(TOKEN.finditer(text))
    assert surfaces == [match[0] for match in matches]
    assert list(accumulate(steps)) == [match.start() for match in matches]
    assert [forms(s, kind_of(s)) for s in surfaces] == [forms(m[0], m.lastgroup or "") for m in matches]


@pytest.mark.parametrize("surface", ["", "two words", "Orla,"])
def test_only_a_token_has_a_kind(surface: str) -> None:
    """What is none is refused."""
    with pytest.raises(ValueError, match="not one token"):
        kind_of(surface)
