"""Is a parsed briefing believable? What a librarian should look at, with the item and what to do.

Here nothing is changed and nothing is refused: what makes a page unusable is said by the parsers. The one decision: few
notes that are read beat many that are not, so each unknown name is told once a briefing.
"""

import re
from collections.abc import Iterator

from index.authority.tables import Authority
from index.parsers.labels import is_generic
from index.parsers.phrases import Phrases
from search.model import Briefing, Item, Problem

LONG_ITEM = 20_000
"""Characters of an item from which it is suspected to hold a second question."""

SHORT_BRIEFING = 400
"""Characters of a whole briefing below which the page was perhaps cut off."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_WEIGHT = 3
"""A Chinese character says about as much as three letters."""


def validate(briefing: Briefing, authority: Authority, phrases: Phrases) -> tuple[Problem, ...]:
    """The notes about a briefing, in order of its items."""
    notes = [*_labels(briefing, phrases), *_speakers(briefing, authority), *_nobody(briefing)]
    for item in briefing.items:
        notes.extend(_item(item))
    notes.sort(key=lambda note: note.item or 0)
    if sum(map(_size, briefing.items)) < SHORT_BRIEFING:
        text = "the whole transcript is very short; check that the page was saved whole"
        notes.append(Problem("short-briefing", "note", text))
    return tuple(notes)


def _size(item: Item) -> int:
    """The length of an item's text in letters."""
    return sum(len(t.text) + (_HAN_WEIGHT - 1) * len(_HAN.findall(t.text)) for t in item.turns)


def _labels(briefing: Briefing, phrases: Phrases) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in briefing.items:
        asker = item.asker
        if asker and item.turns[0].outlet is None and asker not in seen and not is_generic(asker, phrases):
            seen.add(asker)
            text = f"{asker!r} is no outlet that is known; add it to outlets.csv, or correct the label"
            yield Problem("unknown-label", "note", text, item.n)


def _speakers(briefing: Briefing, authority: Authority) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in briefing.items:
        for name in item.speakers:
            if name not in seen and authority.speaker(name, briefing.publisher) is None:
                seen.add(name)
                text = f"{name!r} is no speaker of {briefing.publisher} that is known; add the name to speakers.csv"
                yield Problem("unknown-speaker", "note", text, item.n)


def _nobody(briefing: Briefing) -> Iterator[Problem]:
    if not any(item.kind == "answer" for item in briefing.items):
        yield Problem("no-question", "note", "a statement without a question; check that the page was saved whole")
    nameless = [i.n for i in briefing.items if not i.speakers and any(t.role == "answer" for t in i.turns)]
    if nameless:
        text = f"{len(nameless)} answers by nobody that is named; the title should name the spokesperson"
        yield Problem("no-speaker", "note", text, nameless[0])


def _item(item: Item) -> Iterator[Problem]:
    if item.kind == "answer":
        answers = [t for t in item.turns if t.role == "answer"]
        if not answers:
            yield Problem("no-answer", "note", "a question without an answer; check the page", item.n)
        elif answers[0].label is None:
            text = "the answer has no label; it was told from its question by the question mark"
            yield Problem("answer-unlabelled", "note", text, item.n)
    size = _size(item)
    if size > LONG_ITEM:
        text = f"{size:,} characters; check whether a label was missed"
        yield Problem("long-item", "note", text, item.n)
