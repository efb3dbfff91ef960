"""What a word of the query stands for."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Fuzzy, Prefix, Term, Wildcard
from search.text import iter_tokens
from search.words import Leaf, Pattern, alignment_distance, literal_prefix, term_test, token_test


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (Prefix("Sanc"), ["sanction", "sanc"], ["SANC", "sand"]),
        (Wildcard("organi?ation*"), ["organisation", "organizations"], ["organiation", "reorganisation"]),
        (Wildcard("vis*it"), ["visit", "vis-a-vit", "visxit"], ["visits"]),
        (Fuzzy("talks"), ["talk", "tlaks", "talkes", "walks"], ["walk", "tlask"]),
        (Fuzzy("Türkiye"), ["turkiye", "turkey"], ["turk"]),
    ],
)
def test_terms_of_a_pattern(pattern: Pattern, yes: list[str], no: list[str]) -> None:
    """Each kind of pattern takes the terms of its definition and no others."""
    test = term_test(pattern)
    assert [t for t in yes + no if test(t)] == yes
    assert not isinstance(pattern, Prefix | Wildcard) or all(t.startswith(literal_prefix(pattern)) for t in yes)


@pytest.mark.parametrize(
    ("leaf", "language", "yes", "no"),
    [
        (Term("trade"), "en", "trade traded trades trading TRADE trade's", "trader train"),
        (Term("trade"), "zh", "trade Trade TRADE", "traded trades"),  # no stemmer: as written
        (Term("US"), "en", "US U.S. US's", "us use"),
        (Term("us"), "en", "us US U.S. us's", "use usa"),
        (Term("NGO"), "en", "NGO NGOs NGO's", "ngo ngos"),
        (Term("NGOs"), "en", "NGO NGOs NGO's ngos", "ngo"),
        (Term("aid"), "en", "aid aids aided AID AIDs", "AIDS"),
        (Term("China"), "en", "China China's CHINA", "Chinese"),
        (Term("China's"), "en", "China China's", "Chinese"),
        (Term("nacion"), "es", "nación naciones Nación", "nacional"),
        (Term("5G"), "en", "5G 5g", "5 G"),
        (Prefix("trad"), "en", "trade traded", "rad"),
        (Fuzzy("trade"), "en", "trades trade", "trading"),
    ],
)
def test_tokens_of_a_leaf(leaf: Leaf, language: str, yes: str, no: str) -> None:
    """A plain word takes all its forms in the text's language, an acronym only capitals, a pattern what is written."""
    test = token_test(leaf, language)
    words = f"{yes} {no}"
    assert [words[t.start : t.end] for t in iter_tokens(words) if test(t)] == yes.split()


small = st.text("abc", max_size=5)


def slow_distance(a: str, b: str) -> int:
    """The definition, by recursion."""
    if not a or not b:
        return len(a) + len(b)
    ways = [slow_distance(a[1:], b) + 1, slow_distance(a, b[1:]) + 1, slow_distance(a[1:], b[1:]) + (a[0] != b[0])]
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        ways.append(slow_distance(a[2:], b[2:]) + 1)
    return min(ways)


@given(small, small)
def test_alignment_distance(a: str, b: str) -> None:
    """The table gives what the recursive definition gives."""
    assert alignment_distance(a, b) == slow_distance(a, b)


def test_a_pattern_of_many_stars_is_quick() -> None:
    """Stars do not multiply: a pattern of twelve answers at once for a word of eighty letters that nearly matches."""
    test = term_test(Wildcard("ab" + "*a" * 12 + "*c"))
    began = time.process_time()
    assert not test("ab" + "a" * 80)
    assert test("ab" + "a" * 80 + "c")
    assert time.process_time() - began < 0.5


patterns = st.from_regex(r"ab[ab*?]{0,5}[ab*]", fullmatch=True).map(lambda p: re.sub(r"\*+", "*", p))


@given(patterns.filter(lambda p: re.search(r"[*?]", p.rstrip("*"))), st.text("ab", max_size=8))
def test_a_pattern_takes_what_its_signs_say(pattern: str, rest: str) -> None:
    """`*` is any number of letters and `?` is one, as in the plain regular expression."""
    plain = re.compile(pattern.replace("*", ".*").replace("?", "."))
    assert term_test(Wildcard(pattern))("ab" + rest) == bool(plain.fullmatch("ab" + rest))
