"""Which indexed terms a node of the tree stands for, and where a phrase or Near stands among tokens.

Engines ask this of their term dictionary, the highlighter of the words of one text; so both agree on what matches.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from search.query import Fuzzy, Prefix, Query, Term, Wildcard
from search.text import fold, query_term

Leaf = Term | Prefix | Wildcard | Fuzzy


def literal_prefix(leaf: Prefix | Wildcard) -> str:
    """The beginning that all terms of `leaf` share: where to start in a sorted dictionary."""
    match leaf:
        case Prefix(text):
            return fold(text)
        case Wildcard(pattern):
            return fold(re.split(r"[*?]", pattern, maxsplit=1)[0])


def term_test(leaf: Leaf) -> Callable[[str], bool]:
    """Whether an indexed term belongs to `leaf`."""
    match leaf:
        case Term(text):
            return query_term(text).__eq__
        case Prefix(text):
            start = fold(text)
            return lambda term: term.startswith(start)
        case Wildcard(pattern):
            return _wildcard_test(pattern)
        case Fuzzy(text):
            return _fuzzy_test(fold(text), leaf.edits)


def _wildcard_test(pattern: str) -> Callable[[str], bool]:
    first, *more = (
        "".join("." if part == "?" else re.escape(fold(part)) for part in re.split(r"(\?)", stretch))
        for stretch in pattern.split("*")
    )
    # What stands between two stars may as well be taken where it first occurs, and never again (an atomic group):
    # so a pattern of many stars costs no more than letters times letters.
    middle = "".join(f"(?>.*?{stretch})" for stretch in more[:-1])
    expression = re.compile(first + middle + "".join(f".*{last}" for last in more[-1:]), re.DOTALL)
    return lambda term: expression.fullmatch(term) is not None


def _fuzzy_test(word: str, edits: int) -> Callable[[str], bool]:
    @lru_cache(maxsize=10_000)
    def test(term: str) -> bool:
        return abs(len(term) - len(word)) <= edits and term == fold(term) and alignment_distance(term, word) <= edits

    return test


def alignment_distance(a: str, b: str) -> int:
    """Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours (Boytsov 2011)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def is_leaf(node: Query) -> bool:
    """Whether `node` stands for single words."""
    return isinstance(node, Leaf)
