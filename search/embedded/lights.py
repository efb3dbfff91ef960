"""What matched in the hits of a page: from places on a line to spans of the texts as printed.

The one decision: where a token begins is read from the segment, and only the texts of lit tokens are looked at; so a
long text costs hardly more than a short one, and no text is cut into words again.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise, repeat

import numpy as np

from search.embedded.evaluator import Evaluator
from search.embedded.leaves import Leaves
from search.embedded.segment import Numbers, Text
from search.engine import Light
from search.highlight import iter_wanted, merge_lights, near_members
from search.model import Document
from search.query import Near, Phrase, Query, Run, Term, Variants
from search.schema import FIELD
from search.text import query_term, token_ends

Lights = tuple[tuple[Light, ...], ...]
_LIGHT: Callable[[Iterable[object]], Light] = partial(tuple.__new__, Light)
"""A Light of its fields: no call of a Python function, where a page makes hundreds."""

Span = tuple[int, int, int]  # first and last place, and the rank of the node that matched


def light_hits(
    evaluator: Evaluator, query: Query, field: str, numbers: Sequence[int], documents: Sequence[Document]
) -> list[Lights]:
    """For each of the documents, given by number too, for each of its passages in a text field, what matched there."""
    snapshot, leaves = evaluator.snapshot, evaluator.leaves
    nodes = tuple(dict.fromkeys(iter_wanted(query, field)))
    passages = [FIELD[field].values(document) for document in documents]
    lights: list[Lights] = [((),) * len(texts) for texts in passages]
    if not nodes:
        return lights
    by_part: dict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(numbers):
        by_part[snapshot.part_of(number)].append(i)
    for at, hits in by_part.items():
        part = snapshot.parts[at]
        text = part.segment.texts[field]
        held = np.array([numbers[i] - part.base for i in hits])
        spans = _spans(leaves, text, nodes, held)
        for i, found, start in zip(hits, spans, text.starts[held].tolist(), strict=True):
            if found:
                lights[i] = _light(text, found, nodes, start, passages[i])
    return lights


def _spans(leaves: Leaves, text: Text, nodes: Sequence[Query], documents: Numbers) -> list[list[Span]]:
    """For each document, the spans of places where any of the nodes stands."""
    spans: list[list[Span]] = [[] for _ in documents]
    edges = np.column_stack([text.starts[documents], text.starts[documents + 1]]).ravel()
    standing = [(rank, leaf) for rank, node in enumerate(nodes) for leaf in _leaves_of(node)]
    for rank, leaf in standing:
        if isinstance(leaf, Near):
            for found, begin, end in zip(spans, edges[::2], edges[1::2], strict=True):
                found.extend((place, place, rank) for place in _near(leaves, text, leaf, begin, end))
            continue
        reach = len(leaf.words) - 1 if isinstance(leaf, Phrase) else 0
        for found, places in zip(spans, leaves.places_within(leaf, text, edges), strict=True):
            found += [(place, place + reach, rank) for place in places]
    return spans


def _leaves_of(node: Query) -> Sequence[Query]:
    """What of a node has places."""
    match node:
        case Run():
            return (node.phrase, *node.pairs)
        case Variants(forms):
            return forms
    return (node,)


def _near(leaves: Leaves, text: Text, node: Near, begin: np.uint32, end: np.uint32) -> Iterator[int]:
    """The places from `begin` to before `end` that are lit for a Near."""
    need = Counter(map(query_term, node.words))
    standing: dict[int, list[str]] = defaultdict(list)
    for term in need:
        places = leaves.term(text, term)
        a, b = np.searchsorted(places, np.array([begin, end])).tolist()
        for place in places[a:b].tolist():
            standing[place].append(term)
    positions = sorted(standing.items())
    bounds = text.passages[np.searchsorted(text.passages, begin) : np.searchsorted(text.passages, end) + 1].tolist()
    for first, last in pairwise(bounds):
        within = positions[bisect_left(positions, (first,)) : bisect_left(positions, (last,))]
        yield from near_members(within, need, len(node.words) + node.distance)


def _light(text: Text, spans: Sequence[Span], nodes: Sequence[Query], start: int, passages: Sequence[str]) -> Lights:
    """The lights of the passages of a document, which begins at the place `start`; `spans` has one at least."""
    if len(passages) == 1:
        return (_light_one(text, spans, nodes, start, passages[0]),)
    at = int(np.searchsorted(text.passages, start))
    bounds = text.passages[at : at + len(passages)].tolist()
    held: list[list[Span]] = [[] for _ in passages]
    for span in spans:
        held[bisect_right(bounds, span[0]) - 1].append(span)
    return tuple(
        _light_one(text, some, nodes, first, passage) if some else ()
        for some, first, passage in zip(held, bounds, passages, strict=True)
    )


def _light_one(
    text: Text, spans: Sequence[Span], nodes: Sequence[Query], first: int, passage: str
) -> tuple[Light, ...]:
    """The lights of a passage, which begins at the place `first`."""
    if len(nodes) == 1 and isinstance(nodes[0], Term):  # as for any number, only sooner
        starts = text.token_starts(first, [place for place, _, _ in spans])
        return tuple(map(_LIGHT, zip(starts, token_ends(passage, starts), repeat(nodes[0]), strict=False)))
    spans = _without_pairs(spans, nodes)
    if all(a == b for a, b, _ in spans):
        ranks: dict[int, int] = {}  # of several nodes that stand at one place the first counts
        for place, _, rank in sorted(spans):
            ranks.setdefault(place, rank)
        starts = text.token_starts(first, tuple(ranks))
        wanted = map(nodes.__getitem__, ranks.values())
        return tuple(map(_LIGHT, zip(starts, token_ends(passage, starts), wanted, strict=True)))
    places = sorted({place for span in spans for place in span[:2]})
    starts = text.token_starts(first, places)
    bounds = dict(zip(places, zip(starts, token_ends(passage, starts), strict=True), strict=True))
    return merge_lights([(bounds[a][0], bounds[b][1], rank) for a, b, rank in spans], nodes)


def _without_pairs(spans: Sequence[Span], nodes: Sequence[Query]) -> Sequence[Span]:
    """The spans of a passage; of a run that stands there whole, not those of its pairs."""
    for rank, node in enumerate(nodes):
        if isinstance(node, Run):
            reach = len(node.words) - 1
            if any(of == rank and b - a == reach for a, b, of in spans):
                spans = [(a, b, of) for a, b, of in spans if of != rank or b - a == reach]
    return spans
