"""JSON Lines: one item a line, as docs/interfaces.md has it; texts whole, spans of entities into these very texts."""

import json
import re
from collections.abc import Iterable, Iterator

from search.citations import Imprint
from search.engine import Entry
from search.labels import Labels
from search.model import Document
from search.record import Json

BREAKS = "\x85\u2028\u2029"
"""What some programs take for the end of a line, beside what JSON escapes anyway."""

_BREAK = re.compile(f"[{BREAKS}]")


def iter_lines(entries: Iterable[Entry], imprint: Imprint) -> Iterator[str]:
    """A line an item."""
    for entry in entries:
        line = json.dumps(item_row(entry.document, imprint.labels), ensure_ascii=False, separators=(",", ":"))
        yield (_BREAK.sub(_escaped, line) if any(mark in line for mark in BREAKS) else line) + "\n"


def _escaped(mark: re.Match[str]) -> str:
    # Outside of texts JSON has no such character, so that this is always the inside of a text.
    return f"\\u{ord(mark[0]):04x}"


def item_row(document: Document, labels: Labels) -> Json:
    """One item. An answer's stage notes are its `text`, which is left out without any."""
    item = document.item
    texts: Json = {"question": item.question, "answer": item.answer} if item.kind == "answer" else {}
    if item.text or item.kind != "answer":
        texts["text"] = item.text
    named = {id: labels.in_document(document, id) for id in document.entities}
    return {
        "id": document.id,
        "briefing": document.briefing,
        "publisher": document.publisher,
        "language": document.language,
        "kind": item.kind,
        "date": document.date.isoformat(),
        "title": document.title,
        "speaker": item.speaker,
        "speakers": list(item.speakers),
        "asker": item.asker,
        "outlet": item.outlet,
        **texts,
        "entities": [mention._asdict() | {"label": named[mention.id]} for mention in document.mentions],
    }
