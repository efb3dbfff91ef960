"""Which words of a text a query lights up: exactly those that matched, a phrase as a phrase.

A light is a half-open span of the text. Words below a Not are never lit; a scope lights only its own field.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.query import And, Near, Not, Or, Phrase, Query, Scope
from search.schema import FIELD
from search.text import Token, iter_tokens, query_term
from search.words import Leaf, term_test


@dataclass(frozen=True, slots=True)
class Light:
    """A span of the text that matched, and the node that it matched for."""

    start: int
    end: int
    node: Query


def iter_wanted(query: Query, field: str) -> Iterator[Query]:
    """The leaves of `query` that look for words in `field`, those below a Not left out."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from iter_wanted(child, field)
        case Scope(name, Query() as child):
            if name == field:
                yield from iter_wanted_words(child)
        case Not() | Scope():
            return
        case _:
            if FIELD[field].bare:
                yield from iter_wanted_words(query)


def iter_wanted_words(query: Query) -> Iterator[Query]:
    """The word leaves of `query`, those below a Not left out."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from iter_wanted_words(child)
        case Phrase() | Near():
            yield query
        case _ if isinstance(query, Leaf):
            yield query


class Highlighter:
    """Lights up passages of one field for one query; made once a page, used for each of its texts."""

    def __init__(self, query: Query, field: str) -> None:
        self._finders = [(node, _finder(node)) for node in dict.fromkeys(iter_wanted(query, field))]

    def lights(self, text: str) -> tuple[Light, ...]:
        """Where `text` matched, in order, not overlapping: what overlaps or touches nothing but itself is one light."""
        if not self._finders:
            return ()
        tokens = list(iter_tokens(text))
        found = sorted(
            (tokens[first].start, tokens[last].end, rank)
            for rank, (_, find) in enumerate(self._finders)
            for first, last in find(tokens)
        )
        lights: list[Light] = []
        for start, end, rank in found:
            if lights and start < lights[-1].end:
                lights[-1] = Light(lights[-1].start, max(end, lights[-1].end), lights[-1].node)
            else:
                lights.append(Light(start, end, self._finders[rank][0]))
        return tuple(lights)


Finder = Callable[[Sequence[Token]], Iterator[tuple[int, int]]]


def _finder(node: Query) -> Finder:
    """A function that gives first and last token of every place where `node` stands."""
    match node:
        case Phrase(words):
            return _phrase_finder([query_term(w) for w in words])
        case Near(words, distance):
            return _near_finder([query_term(w) for w in words], distance)
        case _ if isinstance(node, Leaf):
            return _leaf_finder(node)
    raise TypeError(f"{node!r} stands for no words")


def _leaf_finder(leaf: Leaf) -> Finder:
    test = term_test(leaf)

    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        return ((i, i) for i, token in enumerate(tokens) if any(map(test, token.terms)))

    return find


def _phrase_finder(terms: Sequence[str]) -> Finder:
    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        for i in range(len(tokens) - len(terms) + 1):
            if all(term in tokens[i + k].terms for k, term in enumerate(terms)):
                yield i, i + len(terms) - 1

    return find


def _near_finder(terms: Sequence[str], distance: int) -> Finder:
    need = Counter(terms)
    window = len(terms) + distance

    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        places = [i for i, token in enumerate(tokens) if need.keys() & set(token.terms)]
        have: Counter[str] = Counter()
        end = lit = 0
        for k, first in enumerate(places):
            while end < len(places) and places[end] < first + window:
                have.update(tokens[places[end]].terms)
                end += 1
            if all(have[term] >= n for term, n in need.items()):
                # The words themselves are lit, not what stands between them.
                yield from ((i, i) for i in places[max(k, lit) : end])
                lit = end
            have.subtract(tokens[first].terms)

    return find
