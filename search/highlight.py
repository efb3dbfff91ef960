"""Which words of a text a query lights up: exactly those that matched, a phrase as a phrase.

A light is a half-open span of the text. Words below a Not are never lit; a scope lights only its own field.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from search.engine import Light
from search.query import And, Near, Not, Or, Phrase, Query, Run, Scope, Variants
from search.schema import FIELD
from search.text import Token, iter_tokens, query_term
from search.words import Leaf, token_test

T = TypeVar("T")


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
        case Phrase() | Near() | Run() | Variants():
            yield query
        case _ if isinstance(query, Leaf):
            yield query


class Highlighter:
    """Lights up passages of one field in one language for one query."""

    def __init__(self, query: Query, field: str, language: str) -> None:
        self._nodes = tuple(dict.fromkeys(iter_wanted(query, field)))
        self._finders = [_finder(node, language) for node in self._nodes]

    def lights(self, text: str) -> tuple[Light, ...]:
        """Where `text` matched, in order, not overlapping: spans that overlap are one light."""
        if not self._finders:
            return ()
        tokens = list(iter_tokens(text))
        spans = (
            (tokens[first].start, tokens[last].end, rank)
            for rank, find in enumerate(self._finders)
            for first, last in find(tokens)
        )
        return merge_lights(spans, self._nodes)


def merge_lights(spans: Iterable[tuple[int, int, int]], nodes: Sequence[Query]) -> tuple[Light, ...]:
    """The lights of one text, in order: spans that overlap are one, lit for the first of them.

    Args:
        spans: start, end, and the place in `nodes` of the node that matched there; in any order.
        nodes: what is wanted, each once: `tuple(dict.fromkeys(iter_wanted(query, field)))`.
    """
    lights: list[Light] = []
    at = until = rank = -1
    for start, end, node in sorted(spans):
        if start < until:
            until = max(end, until)
            continue
        if rank >= 0:
            lights.append(Light(at, until, nodes[rank]))
        at, until, rank = start, end, node
    if rank >= 0:
        lights.append(Light(at, until, nodes[rank]))
    return tuple(lights)


def near_members(positions: Sequence[tuple[int, Collection[T]]], need: Mapping[T, int], window: int) -> Iterator[int]:
    """The positions that are lit for a Near, ascending: the words themselves, not what stands between them.

    Args:
        positions: where wanted terms stand, ascending, with the terms that stand there.
        need: how often each term is wanted.
        window: how many positions the words may lie over.
    """
    have: Counter[T] = Counter()
    end = lit = 0
    for k, (first, terms) in enumerate(positions):
        while end < len(positions) and positions[end][0] < first + window:
            have.update(positions[end][1])
            end += 1
        if all(have[term] >= times for term, times in need.items()):
            for position, _ in positions[max(k, lit) : end]:
                yield position
            lit = end
        have.subtract(terms)


Finder = Callable[[Sequence[Token]], Iterator[tuple[int, int]]]
"""From the tokens of a text to the first and last token of every place where a node stands."""


def _finder(node: Query, language: str) -> Finder:
    match node:
        case Phrase(words):
            return _phrase_finder([query_term(w) for w in words])
        case Near(words, distance):
            return _near_finder([query_term(w) for w in words], distance)
        case Run():
            return _run_finder(node, language)
        case Variants(forms):
            finders = [_finder(form, language) for form in forms]
            return lambda tokens: (span for find in finders for span in find(tokens))
        case _ if isinstance(node, Leaf):
            return _leaf_finder(node, language)
    raise TypeError(f"{node!r} stands for no words")


def _leaf_finder(leaf: Leaf, language: str) -> Finder:
    test = token_test(leaf, language)
    return lambda tokens: ((i, i) for i, token in enumerate(tokens) if test(token))


def _phrase_finder(terms: Sequence[str]) -> Finder:
    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        for i in range(len(tokens) - len(terms) + 1):
            if all(term in tokens[i + k].terms for k, term in enumerate(terms)):
                yield i, i + len(terms) - 1

    return find


def _run_finder(run: Run, language: str) -> Finder:
    """All of a run, where a text has it side by side, else its pairs."""
    whole = _finder(run.phrase, language)
    pairs = [_finder(pair, language) for pair in run.pairs]

    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        found = list(whole(tokens))
        yield from found or (span for pair in pairs for span in pair(tokens))

    return find


def _near_finder(terms: Sequence[str], distance: int) -> Finder:
    need = Counter(terms)

    def find(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        wanted = [(i, token.terms) for i, token in enumerate(tokens) if not need.keys().isdisjoint(token.terms)]
        return ((i, i) for i in near_members(wanted, need, len(terms) + distance))

    return find
