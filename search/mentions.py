"""Mentions, turn by turn: the spans of an item's joined texts as spans of what each person said.

The one decision: a span that runs over the end of a turn, which no tagger makes, is cut there and so never lost.
"""

from collections.abc import Mapping

from search.model import PARAGRAPH, Document, Mention, Role

WHERE: Mapping[Role, str] = {"question": "question", "answer": "answer", "statement": "text", "note": "text"}
"""The text of an item that a turn is part of."""


def mentions_by_turn(document: Document) -> tuple[tuple[Mention, ...], ...]:
    """For each turn of `document` the mentions in it, in order; their spans are of the turn's own text."""
    begins = dict.fromkeys(WHERE.values(), 0)
    turns = []
    for turn in document.item.turns:
        where = WHERE[turn.role]
        begin = begins[where]
        begins[where] = begin + len(turn.text) + len(PARAGRAPH)
        inside = (_within(mention, begin, turn.text) for mention in document.mentions if mention.where == where)
        turns.append(tuple(sorted((m for m in inside if m.start < m.end), key=lambda m: (m.start, -m.end))))
    return tuple(turns)


def _within(mention: Mention, begin: int, text: str) -> Mention:
    """`mention` as far as it is in `text`, which begins at `begin` of the text that the mention is of."""
    start, end = max(mention.start - begin, 0), min(mention.end - begin, len(text))
    return mention._replace(start=start, end=end, surface=text[start:end])
