"""The outline of a briefing: who asked what, in order, each a way to its item.

It is made of what the page shows of the items, so that names and matches agree with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.transcript import ItemView, TurnView

SHOWN = 90
"""Characters of an item's first words, cut at the last whole word within."""

LONG = 24
"""Characters of a printed label, with titles and all, above which the name that it stands for is taken."""

# Han text has no white space, and is cut where it is.
_LAST_WORD = re.compile(r"\s+\S{0,25}\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: who begins it, its first words, and how many matches it has.

    `name` is "" where nobody is named; `printed` says that it is in the transcript's language, not in ours.
    """

    n: int
    address: str
    name: str
    printed: bool
    words: str
    matches: int


def outline_of(items: Iterable["ItemView"]) -> tuple[Entry, ...]:
    """An entry for every answer and statement; notes are left out."""
    return tuple(_entry(item) for item in items if item.kind != "note" and item.turns)


def _entry(item: "ItemView") -> Entry:
    first = item.turns[0]
    known = first.detail if first.detail and len(first.name) > LONG else first.name
    name = known if first.printed or first.detail or item.kind == "statement" else ""
    printed = first.printed and known == first.name
    return Entry(item.n, f"#{item.n}", name, printed, first_words(words_of(first)), len(item.marks))


def words_of(turn: "TurnView") -> str:
    """The first paragraph of a turn."""
    first = turn.paragraphs[0] if turn.paragraphs else ()
    return "".join(run.text for stretch in first for run in stretch.runs)


def first_words(text: str, most: int = SHOWN) -> str:
    """The beginning of a text, with an ellipsis where it is cut."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{_LAST_WORD.sub('', text[:most])}…"
