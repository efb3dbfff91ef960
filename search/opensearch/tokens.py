"""Our tokens as OpenSearch is given them: a text of tokens, each with all the terms that it answers to.

Its analyzers only cut at what stands between (`search.opensearch.mapping`). Beside its terms a token has a label: its
language with its stem, by which a plain word finds all its forms. The one decision: words are cut, folded and stemmed
by us alone, so that both engines find the same.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from search.stems import query_stems, stem
from search.text import Token, iter_tokens, query_term

BETWEEN = "\ue000"
"""Stands between the terms of a token. Tokens are separated by a space. Neither is ever in a term."""
_SPACE = "\ue001"
_LABEL = "\ue002"

LONGEST = 400
"""Code points of a term that are kept; of a longer one there is its beginning and a digest."""

_WHITE = re.compile(r"\s")


@lru_cache(maxsize=200_000)
def indexed(term: str) -> str:
    """A term as the index has it."""
    if len(term) > LONGEST:
        term = f"{term[:LONGEST]}{_SPACE}{blake2b(term.encode(), digest_size=8).hexdigest()}"
    return _WHITE.sub(_SPACE, term)


def label(language: str, root: str) -> str:
    """The term that all forms of a word in a language share."""
    return indexed(f"{_LABEL}{language}{_LABEL}{root}")


def token_text(tokens: Iterable[Token], language: str) -> str:
    """The tokens of one passage, as they are indexed."""
    return " ".join([_token(token.terms, token.base, language) for token in tokens])


@lru_cache(maxsize=200_000)
def _token(terms: tuple[str, ...], base: str, language: str) -> str:
    root = stem(base, language)
    held = [*map(indexed, terms), *([label(language, root)] if root else ())]
    return BETWEEN.join(dict.fromkeys(held))


def passage_texts(passages: Sequence[str], language: str) -> tuple[list[str], int, set[str]]:
    """The passages of a field as they are indexed, how many tokens they have, and their terms."""
    texts, length, terms = [], 0, set[str]()
    for passage in passages:
        tokens = list(iter_tokens(passage))
        length += len(tokens)
        terms.update(term for token in tokens for term in token.terms)
        texts.append(token_text(tokens, language))
    return texts, length, terms


def word_labels(word: str, languages: Iterable[str]) -> list[str]:
    """The labels that a typed plain word stands for in some languages."""
    return sorted({label(language, root) for language in languages for root in query_stems(word, language)})


def phrase_text(words: Iterable[str]) -> str:
    """What is asked for where these words stand side by side."""
    return " ".join(indexed(query_term(word)) for word in words)
