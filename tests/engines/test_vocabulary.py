"""The words of a segment: found on disk by halving, and in memory by likeness."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.arrays import Arrays, ArrayWriter
from search.embedded.dictionary import ABSENT, Dictionary, read_dictionary, write_dictionary
from search.embedded.vocabulary import Vocabulary
from search.text import fold
from search.words import alignment_distance

words = st.text("abcA\u0141\u4e2d\U0001f600", min_size=1, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files of arrays."""
    return tmp_path_factory.mktemp("arrays")


def stored(terms: set[str], folder: Path) -> Dictionary:
    """The terms, written and read back."""
    file = folder / "words"
    with ArrayWriter(file, {}) as out:
        write_dictionary(out, "words", sorted(terms))
    read = read_dictionary(Arrays(file), "words")
    file.unlink()
    return read


@given(terms=st.sets(words), other=words)
def test_a_dictionary_gives_back_its_words(folder: Path, terms: set[str], other: str) -> None:
    """In order, by number, in slices; and finds each, but no other."""
    read, ordered = stored(terms, folder), sorted(terms)
    assert list(read) == ordered
    assert read[1:3] == ordered[1:3]
    assert [read.find(word) for word in ordered] == list(range(len(ordered)))
    assert (read.find(other) == ABSENT) == (other not in terms)


@given(terms=st.sets(words), prefix=st.text("abc\u4e2d", max_size=3))
def test_words_that_begin_so(folder: Path, terms: set[str], prefix: str) -> None:
    """The span of a prefix holds exactly the words that begin with it."""
    read = stored(terms, folder)
    first, last = read.span(prefix)
    assert read[first:last] == [word for word in sorted(terms) if word.startswith(prefix)]


@given(st.sets(words), words, st.integers(1, 2))
def test_terms_that_are_like_a_word(terms: set[str], word: str, edits: int) -> None:
    """Exactly the folded terms within so many edits, as measured one by one."""
    ordered = sorted(terms)
    near = [at for at, term in enumerate(ordered) if term == fold(term) and alignment_distance(term, word) <= edits]
    assert Vocabulary(ordered).like(word, edits) == near


def test_a_word_longer_than_any_term() -> None:
    """It is like none, and no sum overflows."""
    assert Vocabulary(["kelp", "k" * 400]).like("k" * 399, 2) == [1]
