"""The transcript page and the page of one answer, worked out: turns, lit matches, anchors and links.

The text shown is the publisher's, character for character; only how it is cut into paragraphs is decided here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from search.addresses import address_of, address_of_record
from search.engine import Revision
from search.labels import Labels
from search.model import PARAGRAPH, Briefing, Document, Turn
from search.page import Piece, SearchRequest
from webui import steps
from webui.frame import Frame, Link, box_of
from webui.names import counted, day_text, direction, instant_text, name_text, role_text, value_text
from webui.shelf import Record

Lighter = Callable[[str, str], tuple[Piece, ...]]
"""From a field's name and a passage of it to its pieces."""

FIELD_OF_ROLE = {"question": "question", "answer": "answer", "statement": "answer"}
"""The field that a turn is searched in; a note is not searched, so never lit."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph. `mark` names its match, or is ""; a match's first stretch is its anchor."""

    text: str
    mark: str = ""
    anchor: bool = False


Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn: the name as printed, what we know it stands for where that differs, its role in words, its text."""

    role: str
    name: str
    detail: str
    said_as: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item. `marks` are the anchors of its matches, `remark` what the record says of how it was asked."""

    n: int
    kind: str
    permalink: str
    turns: tuple[TurnView, ...]
    entities: tuple[Link, ...]
    marks: tuple[str, ...]
    remark: str
    follows: Link | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a transcript. `original` is "" where the publisher's address is unknown or no web address."""

    title: tuple[Run, ...]
    publisher: Link
    day: str
    date: str
    time: str
    language: str
    language_name: str
    direction: str
    speakers: tuple[Link, ...]
    original: str
    revisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """All that briefing.html shows."""

    frame: Frame
    head: Head
    items: tuple[ItemView, ...]
    matches: tuple[Link, ...]
    matches_text: str
    back: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that item.html shows: one item and the way to its place in the transcript."""

    frame: Frame
    head: Head
    item: ItemView
    transcript: str
    back: str


def transcript_page(
    record: Record, revisions: Sequence[Revision], request: SearchRequest, light: Lighter, labels: Labels
) -> TranscriptPage:
    """The page of a whole briefing, lit by the search that it was found by."""
    briefing, marks = record.briefing, _marks()
    head = _head(briefing, revisions, light, labels)
    items = tuple(_item(d, request, light, marks, labels) for d in record.documents)
    matches = tuple(Link(f"{place}", f"#{mark}") for place, mark in enumerate((m for i in items for m in i.marks), 1))
    return TranscriptPage(
        frame=Frame(briefing.title, box_of(request), address_of_record(briefing.id)),
        head=head,
        items=items,
        matches=matches,
        matches_text=_matches_text(len(matches), request),
        back=_back(request),
    )


def item_page(record: Record, request: SearchRequest, light: Lighter, labels: Labels) -> ItemPage:
    """The page of one item on its own."""
    (document,) = record.documents
    item = document.item
    who = item.outlet or item.asker
    subject = f"{item.speaker or 'Answer'} to {who}" if who else item.speaker or record.briefing.title
    return ItemPage(
        frame=Frame(f"{subject}, {day_text(document.date)}", box_of(request), address_of_record(document.id)),
        head=_head(record.briefing, (), light, labels),
        item=_item(document, request, light, _marks(), labels),
        transcript=address_of_record(document.briefing, request, f"{item.n}"),
        back=_back(request),
    )


def paragraphs(pieces: Iterable[Piece], marks: Iterator[str]) -> tuple[Paragraph, ...]:
    """The pieces of a passage cut at its blank lines; a match that spans two paragraphs is one anchor, lit in both."""
    done: list[list[Run]] = [[]]
    for piece in pieces:
        mark = next(marks) if piece.hit else ""
        for place, text in enumerate(piece.text.split(PARAGRAPH)):
            if place:
                done.append([])
            if text:
                done[-1].append(Run(text, mark, bool(mark) and place == 0))
    return tuple(tuple(runs) for runs in done if runs)


def _marks() -> Iterator[str]:
    return (f"match-{n}" for n in count(1))


def _head(briefing: Briefing, revisions: Sequence[Revision], light: Lighter, labels: Labels) -> Head:
    title = paragraphs(light("title", briefing.title), (f"title-{m}" for m in _marks()))
    return Head(
        title=tuple(run for runs in title for run in runs) or (Run(briefing.id),),
        publisher=_search_link("publisher", briefing.publisher, labels),
        day=day_text(briefing.date),
        date=briefing.date.isoformat(),
        time=f"{briefing.time} local time" if briefing.time else "",
        language=briefing.language,
        language_name=value_text("language", briefing.language, labels.label("language", briefing.language)),
        direction=direction(briefing.language),
        speakers=tuple(_search_link("speaker", s, labels) for s in briefing.speakers),
        original=briefing.url if briefing.url and _is_web(briefing.url) else "",
        revisions=tuple(f"Revision {r.number}, received {instant_text(r.received)}" for r in revisions)
        if len(revisions) > 1
        else (),
    )


def _is_web(url: str) -> bool:
    # A source's address is data: only the web's own schemes become a link.
    return urlsplit(url).scheme in ("http", "https")


def _item(document: Document, request: SearchRequest, light: Lighter, marks: Iterator[str], labels: Labels) -> ItemView:
    item = document.item
    turns = tuple(_turn(t, light, marks, labels) for t in item.turns)
    lit = dict.fromkeys(run.mark for t in turns for runs in t.paragraphs for run in runs if run.mark)
    return ItemView(
        n=item.n,
        kind=item.kind,
        permalink=address_of_record(document.id),
        turns=turns,
        entities=tuple(_search_link("entity", id, labels) for id in document.entities),
        marks=tuple(lit),
        remark="Asked after the briefing" if item.after_briefing else "",
        follows=Link(
            f"answer {item.follow_up_to}", f"{address_of_record(document.briefing, request)}#{item.follow_up_to}"
        )
        if item.follow_up_to
        else None,
    )


def _turn(turn: Turn, light: Lighter, marks: Iterator[str], labels: Labels) -> TurnView:
    known = turn.outlet if turn.role == "question" else turn.speaker
    called = labels.label("outlet" if turn.role == "question" else "speaker", known) if known else ""
    name = name_text(turn.role, turn.label, called)
    field = FIELD_OF_ROLE.get(turn.role)
    pieces = light(field, turn.text) if field else (Piece(turn.text, hit=False),)
    detail = called if called != name else ""
    return TurnView(turn.role, name, detail, role_text(turn.role, name), paragraphs(pieces, marks))


def _search_link(field: str, value: str, labels: Labels) -> Link:
    return Link(labels.label(field, value), address_of(steps.include(SearchRequest(), field, value)))


def _matches_text(number: int, request: SearchRequest) -> str:
    return counted(number, "match", "matches") if request.text else ""


def _back(request: SearchRequest) -> str:
    return address_of(request) if request.text or request.selection else ""
