"""What the oracle knows of words: where they stand in a field, and how often; found by looking at every token."""

from collections import Counter
from functools import lru_cache

from search.model import Document
from search.query import Near, Phrase, Query, Run, Variants
from search.schema import TEXTS, Field
from search.text import Token, iter_passages, query_term
from search.words import Leaf, token_test


def tokens_of(field: Field, document: Document) -> tuple[Token, ...]:
    """The tokens of a field, in order."""
    return _tokens_of(tuple(field.values(document)))


@lru_cache(maxsize=20_000)
def _tokens_of(passages: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens of some passages: every question looks at them all again."""
    return tuple(token for passage in iter_passages(passages) for token in passage)


def length_of(field: Field, document: Document) -> int:
    """How many tokens a field has."""
    return len(tokens_of(field, document))


def frequency_of(leaf: Query, field: Field, document: Document) -> int:
    """How often `leaf` stands in the field: the number of places where it begins."""
    assert field in TEXTS
    tokens = tokens_of(field, document)
    at = {token.position: token.terms for token in tokens}
    match leaf:
        case Run():
            return frequency_of(leaf.phrase, field, document)
        case Variants(forms):
            return sum(frequency_of(form, field, document) for form in forms)
        case Phrase(words):
            terms = [query_term(w) for w in words]
            return sum(all(t in at.get(p + i, ()) for i, t in enumerate(terms)) for p in at)
        case Near(words, distance):
            need = Counter(query_term(w) for w in words)
            window = len(words) + distance
            return sum(
                bool(need.keys() & set(at[p]))
                and all(sum(t in at.get(q, ()) for q in range(p, p + window)) >= n for t, n in need.items())
                for p in at
            )
        case _ if isinstance(leaf, Leaf):
            return sum(map(token_test(leaf, document.language), tokens))
    raise TypeError(f"{leaf!r} stands for no words")
