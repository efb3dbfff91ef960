"""The engines that are measured, each a file: how it keeps the documents, and how it makes a page of results.

Here belongs what they have in common. The one decision: a page is the same work for all of them. It is the total, the
best ten with their stored fields, the counts of seven facets and a histogram, and a snippet of the question and of the
answer of each hit; where a facet has a selection of its own, its counts ignore that, as Lectern's do.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from benchmarks.queries import Question
from search.text import HAN, iter_tokens

FACETS = ("speaker", "outlet", "entity", "publisher", "language", "kind", "year")
"""The seven. Lectern counts months beside them; peers have the histogram for that."""
HITS = 10
VALUES = 50
"""Values listed of each facet."""
SNIPPET = 240
"""Characters of a snippet."""

_HAN = re.compile(rf"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Made:
    """What a page came to: enough to compare engines by, and to see that nothing was left out.

    Attributes:
        total: number of hits.
        hits: how many were shown.
        snippets: how many snippets were cut.
        values: facet values counted, of all facets.
        bars: bars of the histogram.
        fixed: seconds of it that do not grow with the collection (stored fields and snippets); 0 where not told apart.
    """

    total: int
    hits: int
    snippets: int
    values: int
    bars: int
    fixed: float = 0.0


class Peer(Protocol):
    """An engine with the documents in it."""

    name: str

    def page(self, question: Question) -> Made:
        """Make the page. Raises ValueError for a query that this engine cannot be asked."""
        ...


def words_of(text: str) -> list[str]:
    """The words of a typed word or phrase, in small letters, Han characters one by one."""
    return [text[token.start : token.end].lower() for token in iter_tokens(text)]


def is_han(text: str) -> bool:
    """Whether there is a Han character in a text."""
    return bool(_HAN.search(text))


def space_han(text: str) -> str:
    """A text with spaces around Han characters, for tokenisers that would take a run of them for one word."""
    return _HAN.sub(lambda found: f" {found[0]} ", text)
