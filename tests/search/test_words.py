"""Which terms a node stands for."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Fuzzy, Prefix, Term, Wildcard
from search.words import Leaf, alignment_distance, literal_prefix, term_test


@pytest.mark.parametrize(
    ("leaf", "yes", "no"),
    [
        (Term("US"), ["US"], ["us", "usa"]),
        (Term("China"), ["china"], ["china's", "CHINA"]),
        (Prefix("Sanc"), ["sanction", "sanc"], ["SANC", "sand"]),
        (Wildcard("organi?ation*"), ["organisation", "organizations"], ["organiation", "reorganisation"]),
        (Wildcard("vis*it"), ["visit", "vis-a-vit", "visxit"], ["visits"]),
        (Fuzzy("talks"), ["talk", "tlaks", "talkes", "walks"], ["walk", "tlask"]),
        (Fuzzy("Türkiye"), ["turkiye", "turkey"], ["turk"]),
    ],
)
def test_terms_of_a_leaf(leaf: Leaf, yes: list[str], no: list[str]) -> None:
    """Each kind of word node takes the terms of its definition and no others."""
    test = term_test(leaf)
    assert [t for t in yes + no if test(t)] == yes
    assert not isinstance(leaf, Prefix | Wildcard) or all(t.startswith(literal_prefix(leaf)) for t in yes)


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
