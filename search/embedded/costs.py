"""What a query would cost, told before it is answered from the lengths of its words' lists; and the bounds on it.

The one decision: a query is answered whole or refused. Only a pattern that stands for more words than `MAX_FORMS` is
answered without its rarest ones, which its results say; below a Not, where that would find too much, it is refused.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from search.embedded.evaluator import Evaluator
from search.embedded.segment import Text
from search.errors import QueryTooCostly
from search.query import And, Near, Not, Or, Phrase, Query, Run, Scope, Variants
from search.schema import BARE, FIELD, Field
from search.spending import spend
from search.words import Leaf, Pattern

MAX_FORMS = 10_000
"""The most words of a field that a pattern stands for; twice the largest family of two letters in 61,000 answers."""

MAX_PLACES = 100_000_000
"""The most places that the lists of a query's words may have together: about a second's work."""

HINT = "use fewer or rarer words, or longer beginnings before *"


def check_costs(evaluator: Evaluator, queries: Iterable[Query]) -> dict[Query, int]:
    """How many forms are left out of which patterns of `queries`; `evaluator` then leaves them out.

    What they cost is spent, whether they are answered or refused.

    Raises:
        QueryTooCostly: the lists are too long, or forms would have to be left out below a Not.
    """
    left_out: dict[Query, int] = {}
    places = 0
    for leaf, field, negated in dict.fromkeys(one for query in queries for one in _iter_leaves(query, BARE)):
        texts = [part.segment.texts[field.name] for part in evaluator.snapshot.parts]
        if isinstance(leaf, Pattern):
            without = _cut(evaluator, leaf, texts)
            if without and negated:
                raise QueryTooCostly(f"{leaf} stands for {without + MAX_FORMS:,} words, and is excluded", hint=HINT)
            if without:
                left_out[leaf] = max(left_out.get(leaf, 0), without)
        places += sum(evaluator.leaves.cost(leaf, text) for text in texts)
    spend(places)
    if places > MAX_PLACES:
        raise QueryTooCostly("the words of this query stand in too many places to look through all", hint=HINT)
    return left_out


def _iter_leaves(
    query: Query, fields: Sequence[Field], *, negated: bool = False
) -> Iterator[tuple[Query, Field, bool]]:
    """The leaves that have places, the fields they look in, and whether they are below a Not."""
    match query:
        case And(children) | Or(children) | Variants(children):
            for child in children:
                yield from _iter_leaves(child, fields, negated=negated)
        case Run():
            for phrase in (query.phrase, *query.pairs):
                yield from _iter_leaves(phrase, fields, negated=negated)
        case Not(child):
            yield from _iter_leaves(child, fields, negated=not negated)
        case Scope(name, Query() as child):
            yield from _iter_leaves(child, (FIELD[name],), negated=negated)
        case _ if isinstance(query, Leaf | Phrase | Near):
            yield from ((query, field, negated) for field in fields)


def _cut(evaluator: Evaluator, pattern: Pattern, texts: Sequence[Text]) -> int:
    """How many forms of a pattern are left out of a field; which ones, its leaves are told."""
    held = [evaluator.leaves.terms(pattern, text) for text in texts]
    if sum(map(len, held)) <= MAX_FORMS:
        return 0
    times: dict[str, int] = {}
    for text, terms in zip(texts, held, strict=True):
        for at in terms:
            term = text.terms[at]
            times[term] = times.get(term, 0) + text.count_term(at)
    kept = sorted(times, key=lambda term: (-times[term], term))[:MAX_FORMS]
    for text, terms in zip(texts, held, strict=True):
        numbers = [text.terms.find(term) for term in kept]
        evaluator.leaves.keep_terms(pattern, text, np.intersect1d(terms, numbers).tolist())
    return len(times) - len(kept)
