"""Our tokens as the cluster is given them: nothing in a term can be taken for what stands between terms."""

from hypothesis import given
from hypothesis import strategies as st

from search.opensearch.tokens import BETWEEN, LONGEST, indexed, passage_texts, word_labels
from search.text import iter_tokens


def test_token_has_its_terms_and_its_label() -> None:
    """A token is its terms, then its language with its stem; passages are apart."""
    texts, length, terms = passage_texts(["China's US", "5,000"], "en")
    label = "\ue002en\ue002"
    assert texts == [f"china's{BETWEEN}china{BETWEEN}{label}china us{BETWEEN}US{BETWEEN}{label}US", "5000"]
    assert (length, terms) == (3, {"china's", "china", "us", "US", "5000"})


def test_labels_of_a_word_are_those_of_its_stems() -> None:
    """A typed word has a label for each stem, in each language that has a stemmer."""
    assert word_labels("naciones", ["en", "es", "zh"]) == ["\ue002en\ue002nacion", "\ue002es\ue002nacion"]


@given(st.text(max_size=60))
def test_every_text_comes_back_as_its_terms(text: str) -> None:
    """Whatever is written, cutting at spaces and separators gives the terms of each token again."""
    ((given_text,), length, _) = passage_texts([text], "zz")
    cut = [token.split(BETWEEN) for token in given_text.split(" ")] if given_text else []
    assert cut == [list(dict.fromkeys(map(indexed, token.terms))) for token in iter_tokens(text)]
    assert len(cut) == length


def test_overlong_terms_stay_apart() -> None:
    """Of an endless word the beginning is kept, and a digest that tells it from others that begin so."""
    one, other = indexed("x" * 5_000), indexed("x" * 5_001)
    assert one != other
    assert len(one) < LONGEST + 20
