"""The embedded engine's vocabulary: no term that a node stands for is missed."""

from hypothesis import given
from hypothesis import strategies as st

from search.embedded.vocabulary import Vocabulary
from search.words import alignment_distance

words = st.text("abc\u0141\u4e2d", min_size=1, max_size=6)


@given(st.sets(words), words)
def test_terms_that_begin_so(terms: set[str], prefix: str) -> None:
    """Exactly the terms that begin with the prefix, in order."""
    assert Vocabulary(sorted(terms)).beginning(prefix) == [t for t in sorted(terms) if t.startswith(prefix)]


@given(st.sets(words), words, st.integers(1, 2))
def test_terms_that_are_like_a_word(terms: set[str], word: str, edits: int) -> None:
    """Every term within so many edits is among those that are let through."""
    near = {term for term in terms if alignment_distance(term, word) <= edits}
    assert near <= set(Vocabulary(sorted(terms)).like(word, edits))


def test_most_terms_are_not_let_through() -> None:
    """Terms of another length or of other letters are sorted out, on either side."""
    terms = ["abcdef", "abcd", "abcxyz", "aaaaaa", "abcdefgh"]
    assert Vocabulary(sorted(terms)).like("abcdef", 1) == ["abcdef"]
    assert Vocabulary(["abcdea"]).like("aaaaaa", 1) == Vocabulary(["aaaaaa"]).like("abcdea", 1) == []
