"""What a word of the query stands for: which indexed terms, and which tokens of a text in a language.

Engines ask the first of their term dictionary, oracle and highlighter the second of a text; so all agree on what
matches. The one decision: a plain word alone has other forms; patterns, and words in quotes, are found as written.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from search.query import Fuzzy, Prefix, Term, Wildcard
from search.stems import query_stems, stem
from search.text import Token, fold, query_term

Pattern = Prefix | Wildcard | Fuzzy
Leaf = Term | Pattern


def literal_prefix(leaf: Prefix | Wildcard) -> str:
    """The beginning that all terms of `leaf` share: where to start in a sorted dictionary."""
    match leaf:
        case Prefix(text):
            return fold(text)
        case Wildcard(pattern):
            return fold(re.split(r"[*?]", pattern, maxsplit=1)[0])


def token_test(leaf: Leaf, language: str) -> Callable[[Token], bool]:
    """Whether a token of a text in `language` belongs to `leaf`."""
    if isinstance(leaf, Term):
        term, stems = query_term(leaf.text), query_stems(leaf.text, language)
        return lambda token: term in token.terms or (bool(stems) and stem(token.base, language) in stems)
    test = term_test(leaf)
    return lambda token: any(map(test, token.terms))


def term_test(pattern: Pattern) -> Callable[[str], bool]:
    """Whether an indexed term belongs to `pattern`."""
    match pattern:
        case Prefix(text):
            start = fold(text)
            return lambda term: term.startswith(start)
        case Wildcard(signs):
            return _wildcard_test(signs)
        case Fuzzy(text):
            return _fuzzy_test(fold(text), pattern.edits)


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
