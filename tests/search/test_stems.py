"""Stems: which forms are one word, in which language."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.stems import STEMMERS, query_stems, stem
from search.text import iter_tokens


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sanction sanctions sanctioned sanctioning"),
        ("es", "nación naciones"),
        ("es", "mexicano mexicana mexicanos"),
        ("es", "declaración declaraciones"),
        ("fr", "sécurité sécurités"),
        ("fr", "eau l'eau"),
        ("pt", "declaração declarações"),
        ("it", "nazione nazioni"),
        ("de", "verhandlung verhandlungen"),
        ("ru", "россия россии россию"),
        ("ar", "الصين الصيني الصينية"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, words: str) -> None:
    """Each language's stemmer knows its own endings."""
    assert len({stem(word, language) for word in words.split()}) == 1


def test_a_language_without_a_stemmer_has_no_stems() -> None:
    """Chinese has no endings; nor is a word of no form stemmed."""
    assert stem("trade", "zh") == stem("trade", "") == stem("", "en") == ""
    assert query_stems("trades", "zh") == frozenset()


def test_stems_are_folded_after_stemming() -> None:
    """A stem has no accents, though the stemmer saw them: without its accent the word has another stem."""
    assert stem("declaración", "es") == "declar"
    assert stem("política", "es") == "polit"
    assert stem("energía", "es") != stem("energia", "es")


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("sanctions", "en", {"sanction"}),
        ("talks", "en", {"talk", "TALKS"}),
        ("NGO", "en", {"NGO"}),
        ("NGOs", "en", {"NGO"}),
        ("WHO's", "en", {"WHO"}),
        ("aid", "en", {"aid", "AID"}),
        ("U.S.", "en", set()),
        ("5,000", "en", set()),
        ("5G", "en", set()),
        ("中", "en", set()),
        ("declaracion", "es", {"declar"}),
        ("economia", "es", {"economi", "econom"}),
        ("tecnologias", "es", {"tecnologi", "tecnolog"}),
        ("geografia", "es", {"geografi", "geograf"}),
        ("historia", "es", {"histori"}),
        ("economia", "pt", {"econom"}),
    ],
)
def test_what_a_typed_word_stands_for(word: str, language: str, expected: set[str]) -> None:
    """Its stem, the acronym of its letters, and in Spanish what it is with the accent that its ending always has."""
    assert query_stems(word, language) == expected


@example("\u0640\u0640", "ar")
@given(st.text(), st.sampled_from(sorted(STEMMERS)))
def test_every_word_has_a_stem(word: str, language: str) -> None:
    """Whatever the letters, something is left of a word that has a base, and the word stands for it."""
    for token in iter_tokens(word):
        assert bool(stem(token.base, language)) == bool(token.base)
        stems = query_stems(word[token.start : token.end], language)
        assert (stem(token.base, language) in stems) == bool(token.base)
