"""What a correction changed: two texts of a briefing, compared item by item and word by word.

Items are told apart by their numbers, which an archive keeps through corrections; so this compares texts of one
briefing, not any two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from search.model import PARAGRAPH, Briefing, Item
from search.text import HAN

_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+\s*|\s+")

ChangeKind = Literal["added", "removed", "edited"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of words: in both texts, in the earlier one alone, or in the later one alone."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """An item that differs.

    Attributes:
        n: its number.
        kind: added, removed or edited.
        edits: its words, labels included; put together, "same" and "removed" give the earlier text, "same" and
            "added" the later one.
    """

    n: int
    kind: ChangeKind
    edits: tuple[Edit, ...]


def compare(before: Briefing, after: Briefing) -> tuple[Change, ...]:
    """The items that differ between two texts of one briefing, in the order of their numbers."""
    old, new = {i.n: i for i in before.items}, {i.n: i for i in after.items}
    changes: list[Change] = []
    for n in sorted(old.keys() | new.keys()):
        earlier, later = printed(old.get(n)), printed(new.get(n))
        if earlier == later:
            continue
        kind: ChangeKind = "added" if n not in old else "removed" if n not in new else "edited"
        changes.append(Change(n, kind, tuple(iter_edits(earlier, later))))
    return tuple(changes)


def latest_changes(texts: Sequence[Briefing]) -> Mapping[int, int]:
    """For each item that a later text changed or added, the place in `texts`, from 0, of the latest that did."""
    changed: dict[int, int] = {}
    for place in range(1, len(texts)):
        was = {i.n: printed(i) for i in texts[place - 1].items}
        changed |= {i.n: place for i in texts[place].items if was.get(i.n) != printed(i)}
    return changed


def printed(item: Item | None) -> str:
    """An item as a page prints it: each turn behind its label; "" for none."""
    turns = item.turns if item else ()
    return PARAGRAPH.join(f"{t.label}: {t.text}" if t.label else t.text for t in turns)


def iter_edits(before: str, after: str) -> Iterator[Edit]:
    """`before` turned into `after`, word by word (Han text character by character)."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Edit("same", "".join(old[i:j]))
            continue
        yield from _one("removed", old[i:j])
        yield from _one("added", new[k:m])


def _one(kind: Literal["removed", "added"], words: Sequence[str]) -> Iterator[Edit]:
    if words:
        yield Edit(kind, "".join(words))
