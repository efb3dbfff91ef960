"""What an item is about, among all that it names: the values of the field `about`.

The one decision: an entity is a subject where the question names it, or the answer (the statement) names it again; one
that is only named in a list of many is not, however often.
"""

from collections import Counter
from collections.abc import Iterator

from search.model import Document, Mention

LISTED = 4
"""So many names in a row are a list."""
GAP = 6
"""Between two names of a list stand at most so many characters: a comma, "and", 、."""
AGAIN = 2
"""How often an answer or a statement names what it is about."""


def subjects_of(document: Document) -> tuple[str, ...]:
    """Ids of the entities that `document` is about, each once, in order of first mention."""
    if not document.mentions:
        return ()
    times: Counter[str] = Counter()
    for mention in _iter_free(document.mentions):
        times[mention.id] += AGAIN if mention.where == "question" else 1
    return tuple(id for id in document.entities if times[id] >= AGAIN)


def _iter_free(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """The mentions that stand in no list."""
    row: list[Mention] = []
    for mention in mentions:
        if row and (mention.where != row[-1].where or not 0 <= mention.start - row[-1].end <= GAP):
            if len(row) < LISTED:
                yield from row
            row = []
        row.append(mention)
    if len(row) < LISTED:
        yield from row
