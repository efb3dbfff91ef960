"""The JSON shape of a briefing and of a document: what `parse` prints, the archive keeps, and the API answers with.

The one decision: the shape that other programs read is the shape that Lectern stores, and it parses back exactly.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from search.model import Adjournment, Amendment, Briefing, Document, Item, Mention, Problem, Turn

Json = dict[str, Any]


def turn_to_json(turn: Turn) -> Json:
    """One turn; `speaker` or `outlet` according to its role."""
    name = {"outlet": turn.outlet} if turn.role == "question" else {"speaker": turn.speaker}
    return {"role": turn.role, "label": turn.label, **name, "text": turn.text}


def turn_from_json(data: Mapping[str, Any]) -> Turn:
    """The turn that `turn_to_json` wrote."""
    return Turn(data["role"], data["label"], data["text"], data.get("speaker"), data.get("outlet"))


def amendment_to_json(amendment: Amendment) -> Json:
    """What a librarian put right in an item."""
    return {name: getattr(amendment, name) for name in ("field", "was", "value", "reason", "since")}


def item_to_json(item: Item) -> Json:
    """One item, in the shape of a parsed briefing.

    A statement or note of a single turn without a label says nothing in its turns that it does not say itself;
    its `turns` are then an empty list.
    """
    head: Json = {"n": item.n, "position": item.position, "kind": item.kind}
    if item.amendments:
        head["amendments"] = [amendment_to_json(a) for a in item.amendments]
    turns = [turn_to_json(t) for t in item.turns]
    if item.kind == "answer":
        return head | {
            "asker": item.asker,
            "outlet": item.outlet,
            "question": item.question,
            "speaker": item.speaker,
            "speakers": list(item.speakers),
            "answer": item.answer,
            "after_briefing": item.after_briefing,
            "follow_up_to": item.follow_up_to,
            "turns": turns,
        }
    if item.kind == "statement":
        head |= {"speaker": item.speaker, "speakers": list(item.speakers)}
    plain = len(item.turns) == 1 and item.turns[0].label is None
    return head | {"text": item.text, "turns": [] if plain else turns}


def item_from_json(data: Mapping[str, Any]) -> Item:
    """The item that `item_to_json` wrote."""
    turns = tuple(turn_from_json(t) for t in data["turns"])
    if not turns:
        turns = (Turn(data["kind"], None, data["text"], data.get("speaker")),)
    return Item(
        n=data["n"],
        position=data["position"],
        kind=data["kind"],
        turns=turns,
        asker=data.get("asker"),
        outlet=data.get("outlet"),
        speakers=tuple(data.get("speakers", ())),
        after_briefing=data.get("after_briefing", False),
        follow_up_to=data.get("follow_up_to"),
        amendments=tuple(Amendment(**a) for a in data.get("amendments", ())),
    )


def problem_to_json(problem: Problem) -> Json:
    """One problem; `item` only where one is concerned."""
    data: Json = {"code": problem.code, "severity": problem.severity, "message": problem.message}
    return data if problem.item is None else data | {"item": problem.item}


def problem_from_json(data: Mapping[str, Any]) -> Problem:
    """The problem that `problem_to_json` wrote."""
    return Problem(data["code"], data["severity"], data["message"], data.get("item"))


def head_to_json(briefing: Briefing) -> Json:
    """A briefing without its items and problems."""
    return {
        "file": briefing.file,
        "id": briefing.id,
        "publisher": briefing.publisher,
        "language": briefing.language,
        "date": briefing.date.isoformat(),
        "time": briefing.time,
        "zone": briefing.zone,
        "title": briefing.title,
        "url": briefing.url,
        "speakers": list(briefing.speakers),
        "adjournments": [{"from": a.since.isoformat(), "to": a.until.isoformat()} for a in briefing.adjournments],
    }


def briefing_to_json(briefing: Briefing) -> Json:
    """A whole briefing: one line of `lectern parse --format jsonl`."""
    return head_to_json(briefing) | {
        "items": [item_to_json(i) for i in briefing.items],
        "problems": [problem_to_json(p) for p in briefing.problems],
    }


def briefing_from_json(data: Mapping[str, Any]) -> Briefing:
    """The briefing that `briefing_to_json` wrote."""
    return Briefing(
        id=data["id"],
        publisher=data["publisher"],
        language=data["language"],
        date=date.fromisoformat(data["date"]),
        title=data["title"],
        items=tuple(item_from_json(i) for i in data["items"]),
        time=data["time"],
        zone=data["zone"],
        url=data["url"],
        speakers=tuple(data["speakers"]),
        problems=tuple(problem_from_json(p) for p in data["problems"]),
        file=data["file"],
        adjournments=tuple(
            Adjournment(date.fromisoformat(a["from"]), date.fromisoformat(a["to"]))
            for a in data.get("adjournments", ())
        ),
    )


def mention_to_json(mention: Mention) -> Json:
    """One mention, as `export` writes it."""
    return {name: getattr(mention, name) for name in ("id", "label", "type", "where", "start", "end", "surface")}


def document_to_json(document: Document) -> Json:
    """A document, whole, so that `document_from_json` gives it back."""
    return {
        "id": document.id,
        "briefing": document.briefing,
        "publisher": document.publisher,
        "language": document.language,
        "date": document.date.isoformat(),
        "title": document.title,
        "item": item_to_json(document.item),
        "entities": [mention_to_json(m) for m in document.mentions],
        "ancestors": list(document.ancestors),
    }


def document_from_json(data: Mapping[str, Any]) -> Document:
    """The document that `document_to_json` wrote."""
    return Document(
        id=data["id"],
        briefing=data["briefing"],
        publisher=data["publisher"],
        language=data["language"],
        date=date.fromisoformat(data["date"]),
        title=data["title"],
        item=item_from_json(data["item"]),
        mentions=tuple(Mention(**m) for m in data["entities"]),
        ancestors=tuple(data["ancestors"]),
    )
