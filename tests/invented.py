"""Invented briefings for tests, in a line each."""

from datetime import date
from typing import cast

from search.engine import Publication, Revision
from search.model import Briefing, EntityType, Item, Mention, Turn, iter_documents

ADDED = "2026-01-01T00:00:00+00:00"


def answer(
    n: int,
    question: str,
    said: str,
    *,
    asker: str | None = "Harbour Post",
    speaker: str = "Ilsa Verlaine",
    second: tuple[str, str] | None = None,
) -> Item:
    """An answer; `second` is another speaker with what he adds. The outlet is the asker's label."""
    turns = [Turn("question", asker, question, outlet=asker), Turn("answer", speaker, said, speaker=speaker)]
    speakers = [speaker]
    if second:
        turns.append(Turn("answer", second[0], second[1], speaker=second[0]))
        speakers.append(second[0])
    return Item(n, n, "answer", tuple(turns), asker=asker, outlet=asker, speakers=tuple(speakers))


def statement(n: int, text: str, *, speaker: str = "Ilsa Verlaine") -> Item:
    """An opening statement."""
    return Item(n, n, "statement", (Turn("statement", None, text, speaker=speaker),), speakers=(speaker,))


def note(n: int, text: str) -> Item:
    """A note, which nobody says."""
    return Item(n, n, "note", (Turn("note", None, text),))


def briefing(day: str, *items: Item, language: str = "en", title: str = "Regular Press Briefing") -> Briefing:
    """A briefing of the invented ministry on `day`."""
    speakers = tuple(dict.fromkeys(s for i in items for s in i.speakers))
    id = f"xv-mfa/{language}/{day}"
    return Briefing(id, "xv-mfa", language, date.fromisoformat(day), title, items, speakers=speakers)


def publish(text: Briefing, named: dict[str, str] | None = None, type: str = "place") -> Publication:
    """`text` ready for an engine; every word that is a key of `named` is a mention of that entity id."""
    mentions: dict[int, tuple[Mention, ...]] = {}
    for item in text.items:
        found = []
        for where in ("question", "answer", "text"):
            passage = getattr(item, where)
            for surface, id in (named or {}).items():
                start = passage.find(surface)
                if start >= 0:
                    end = start + len(surface)
                    found.append(Mention(id, id, cast("EntityType", type), where, start, end, surface))
        mentions[item.n] = tuple(found)
    return Publication(text, tuple(iter_documents(text, mentions)), (Revision(1, ADDED, text),), ADDED)
