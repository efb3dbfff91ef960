"""Turns to items: an answer with its question, a statement, a note.

The one decision: a question opens an item and every speech until the next question belongs to it, whoever speaks; what
nobody asked is a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.parsers.labels import Podium
from index.parsers.turns import Draft
from search.model import PARAGRAPH, Item, Kind, Turn

_CONTINUES = frozenset({"follow-up", "journalist"})
_SPOKEN = ("speech", "announcement")
_KINDS: dict[str, Kind] = {"question": "answer", "speech": "statement", "announcement": "statement"}


@dataclass(slots=True)
class _Open:
    """An item while it is being gathered: the draft that opened it, its turns, and who spoke last in it."""

    first: Draft
    turns: list[Turn] = field(default_factory=list)
    speaker: str | None = None

    @property
    def kind(self) -> Kind:
        return _KINDS.get(self.first.part, "note")

    def accepts(self, draft: Draft) -> bool:
        return self.kind != "note" and draft.part in ("speech", "stage")


def build_items(drafts: Sequence[Draft], podium: Podium) -> tuple[Item, ...]:
    """The items of a briefing, numbered from 1; every draft is in exactly one of them."""
    opened: list[_Open] = []
    holder = podium.main  # who answers where no name is printed
    has_spoken = False
    for draft in drafts:
        if not opened or not opened[-1].accepts(draft):
            opened.append(_Open(draft))
        entry = opened[-1]
        speaker = _speaker(draft, entry, holder)
        if draft.part in _SPOKEN:
            if entry.kind == "statement" and has_spoken:
                holder = speaker  # one spokesperson hands over to another
            has_spoken = True
            entry.speaker = speaker
        entry.turns.append(_turn(draft, entry.kind, speaker))
    return _number(opened)


def _speaker(draft: Draft, entry: _Open, holder: str | None) -> str | None:
    if draft.label and draft.label.sort in ("speaker", "announcement"):
        return draft.label.name
    return (entry.speaker if draft.label is None else None) or holder


def _turn(draft: Draft, kind: Kind, speaker: str | None) -> Turn:
    printed = draft.label.printed if draft.label else None
    text = PARAGRAPH.join(draft.paragraphs)
    match draft.part:
        case "question":
            return Turn("question", printed, text, outlet=draft.label.name if draft.label else None)
        case "speech" | "announcement":
            return Turn("answer" if kind == "answer" else "statement", printed, text, speaker=speaker)
        case _:
            return Turn("note", printed, text, speaker=speaker if draft.label else None)


def _number(opened: Sequence[_Open]) -> tuple[Item, ...]:
    items: list[Item] = []
    asked: Item | None = None  # the question before
    for n, entry in enumerate(opened, start=1):
        turns = tuple(entry.turns)
        speakers = tuple(dict.fromkeys(t.speaker for t in turns if t.speaker and t.role in ("answer", "statement")))
        is_after = entry.first.is_after and entry.kind != "note"
        item = Item(n, n, entry.kind, turns, speakers=speakers, after_briefing=is_after)
        if entry.kind == "answer":
            item = asked = _attribute(item, entry.first, asked)
        items.append(item)
    return tuple(items)


def _attribute(item: Item, first: Draft, before: Item | None) -> Item:
    """`item` with its asker and outlet; one that goes on with the question `before` inherits the outlet."""
    label = first.label
    continued = before if label and label.sort in _CONTINUES else None
    question = item.turns[0]
    outlet = question.outlet or (continued.outlet if continued else None)
    return replace(
        item,
        turns=(question._replace(outlet=outlet), *item.turns[1:]),
        asker=label.printed if label and label.sort != "question" else None,
        outlet=outlet,
        follow_up_to=continued.n if continued else None,
    )
