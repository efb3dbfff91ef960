"""Which parts of a query add to a score, whatever engine works it out.

The one decision: what is looked for as words scores, wherever it stands but below a Not; values and dates only choose.
"""

from collections.abc import Iterator

from search.query import And, Near, Or, Phrase, Query, Run, Scope, Variants
from search.schema import BARE, FIELD, Field
from search.words import Leaf

Scored = tuple[Query, tuple[Field, ...]]
"""A leaf, and the fields that it is looked for in."""


def iter_scored(query: Query, fields: tuple[Field, ...] = BARE) -> Iterator[Scored]:
    """The leaves that add to a score, with the fields they look in: all that look for words and are not below a Not."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from iter_scored(child, fields)
        case Scope(name, Query() as child):
            yield from iter_scored(child, (FIELD[name],))
        case Phrase() | Near() | Run() | Variants():
            yield query, fields
        case _ if isinstance(query, Leaf):
            yield query, fields
