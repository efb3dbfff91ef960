"""What a librarian put right in attributions, laid over a text.

Pure functions over items. The one decision: an amendment says who spoke, who asked, or what an item is, never what was
said; labels stay as printed, and what the page says is kept beside what holds instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.errors import BadParameter
from search.model import Amendment, Briefing, Item, Kind, Turn

Field = Literal["speaker", "outlet", "kind"]

FIELDS: tuple[Field, ...] = ("kind", "speaker", "outlet")
"""In the order in which they are laid over an item: its kind says what else it can have."""

KINDS: tuple[Kind, ...] = ("statement", "note")


@dataclass(frozen=True, slots=True)
class Correction:
    """An amendment as it was entered: what holds instead of what the page says."""

    field: Field
    value: str
    reason: str
    since: str


def check_amendment(item: Item, corrections: Sequence[Correction]) -> None:
    """Raise BadParameter unless each of these changes `item`."""
    amended = amend_item(item, corrections)
    for name, value in ((c.field, c.value) for c in corrections):
        if not value.strip():
            raise BadParameter(f"the {name} is empty", hint="give a name")
        if getattr(item, name) == value:
            raise BadParameter(f"the {name} is {value} already", hint="there is nothing to put right")
        if getattr(amended, name) != value:
            who = "asks" if name == "outlet" else "speaks"
            raise BadParameter(f"nobody {who} in this {amended.kind}", hint=f"its {name} cannot be amended")


def amend_briefing(briefing: Briefing, corrections: Mapping[int, Sequence[Correction]]) -> Briefing:
    """`briefing` with the corrections of each of its items, by number; those of items that it has not are left out."""
    if not corrections:
        return briefing
    items = tuple(amend_item(item, corrections.get(item.n, ())) for item in briefing.items)
    before = {name for item in briefing.items for name in item.speakers}
    after = dict.fromkeys(name for item in items for name in item.speakers)
    stay = [name for name in briefing.speakers if name in after or name not in before]
    return replace(briefing, items=items, speakers=tuple(dict.fromkeys((*stay, *after))))


def amend_item(item: Item, corrections: Sequence[Correction]) -> Item:
    """`item` with the last correction of each field, as far as it fits what the item is; the page's words stay."""
    last = {c.field: c for c in corrections}
    amended = item
    for name in FIELDS:
        if name not in last or (was := getattr(item, name)) == last[name].value:
            continue
        changed = _CHANGES[name](amended, last[name].value)
        if changed is not amended:
            one = Amendment(name, was, last[name].value, last[name].reason, last[name].since)
            amended = replace(changed, amendments=(*amended.amendments, one))
    return amended


def _change_kind(item: Item, kind: str) -> Item:
    if kind == "note":
        turns = tuple(Turn("note", t.label, t.text) for t in item.turns)
        return Item(item.n, item.position, "note", turns)
    stay = item.kind == "answer"  # a stage note within an answer is one within a statement too
    turns = tuple(t if stay and t.role == "note" else Turn("statement", t.label, t.text, t.speaker) for t in item.turns)
    return Item(item.n, item.position, "statement", turns, speakers=item.speakers)


def _change_speaker(item: Item, name: str) -> Item:
    """The first of an item's speakers is another one; those who spoke besides stay."""
    if item.kind == "note":
        return item
    role = item.kind
    first = next((t for t in item.turns if t.role == role and t.speaker == item.speaker), None)
    if first is None:
        return item

    turns = tuple(t._replace(speaker=name) if t.role == role and _who(t) == _who(first) else t for t in item.turns)
    return replace(item, turns=turns, speakers=tuple(dict.fromkeys((name, *item.speakers[1:]))))


def _who(turn: Turn) -> tuple[str | None, str | None]:
    """By what somebody is told apart: the name, else the label."""
    return turn.speaker, None if turn.speaker else turn.label


def _change_outlet(item: Item, name: str) -> Item:
    """The outlet that asked first is another one; others that asked in the same item stay."""
    if item.kind != "answer":
        return item
    first = next((t for t in item.turns if t.role == "question"), None)
    if first is None:
        return item
    turns = tuple(
        t._replace(outlet=name) if t.role == "question" and (t.label, t.outlet) == (first.label, first.outlet) else t
        for t in item.turns
    )
    return replace(item, turns=turns, outlet=name)


_CHANGES = {"kind": _change_kind, "speaker": _change_speaker, "outlet": _change_outlet}
