"""The transcript page and the page of one answer, worked out: turns, lit matches, anchors and links.

The text shown is the publisher's, character for character; how it is cut is `webui.paragraphs`' business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.addresses import address_of, address_of_entity, address_of_record
from search.changes import latest_changes
from search.engine import Neighbours, Revision
from search.labels import Labels
from search.mentions import mentions_by_turn
from search.model import Amendment, Document, Mention, Turn, item_id, iter_documents
from search.page import Piece, SearchRequest
from search.profile import Profiled
from search.schema import FIELD, is_searched
from search.similar import Similar
from webui.cards import Card, card_of_briefing, card_of_item
from webui.editions import Edition
from webui.formats import day_text
from webui.frame import Frame, Link, box_of
from webui.heads import Head, Lighter, head_of, names_of_marks
from webui.likeness import LikeView, like_views
from webui.names import (
    counted,
    day_of_id,
    instant_text,
    kind_text,
    moment_text,
    name_text,
    role_text,
    value_text,
)
from webui.outline import Entry, outline_of
from webui.paragraphs import Paragraph, Reference, Run, paragraphs
from webui.people import Ways, nowhere
from webui.quotations import Quotation, quotation_of_item
from webui.sections import Parted, choose_part, parted, split
from webui.shelf import Record
from webui.texts import address_of_change, address_of_text, address_of_texts, side_by_side
from webui.tongue import gettext

FIELD_OF_ROLE = {"question": "question", "answer": "answer", "statement": "answer"}
"""The field that a turn is searched in; a note is not searched, so never lit."""

FAR = 600
"""Characters before an item's first match that may push it out of a phone's screen."""


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn: the name as printed, what we know it stands for where that differs, its role in words, its text.

    `address` leads to the page of that person or outlet, and is "" where there is none; `printed` says that the name is
    in the transcript's language, not in ours.
    """

    role: str
    name: str
    address: str
    printed: bool
    detail: str
    said_as: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """What the editors changed in an item: the field, what holds, and what the page says, when and why."""

    field: str
    value: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item. `marks` are the anchors of its matches, `remark` what the record says of how it was asked.

    `jump` leads to the first match where that stands so far down that whoever comes to the item would not see it;
    `corrected` to what the latest correction changed in it.
    """

    n: int
    kind: str
    permalink: str
    turns: tuple[TurnView, ...]
    entities: tuple[Link, ...]
    marks: tuple[str, ...]
    jump: str
    remark: str
    follows: Link | None
    corrected: Link | None
    amendments: tuple[AmendmentView, ...]
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What says that a transcript shows an earlier text: when that was received, and where the present one is."""

    place: str
    received: str
    moment: str
    present: str
    changes: str


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """All that briefing.html shows: the items of one part, and what leads to all of them.

    `sides` lead to the text beside one in another language.
    """

    frame: Frame
    card: Card | None
    head: Head
    earlier: Earlier | None
    items: tuple[ItemView, ...]
    outline: tuple[Entry, ...]
    parts: Parted | None
    sides: tuple[Edition, ...]
    matches: tuple[Link, ...]
    matches_text: str
    before: Link | None
    after: Link | None
    back: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that item.html shows: one item, the way to its place in the transcript, and answers like it.

    `that_day` are those of its day, `more` those of any other; `before` and `after` are the items next to it.
    """

    frame: Frame
    card: Card
    head: Head
    item: ItemView
    matches: tuple[Link, ...]
    matches_text: str
    that_day: tuple[LikeView, ...]
    more: tuple[LikeView, ...]
    transcript: str
    before: Link | None
    after: Link | None
    back: str


def transcript_page(  # noqa: PLR0913 (what the page is made of)
    record: Record,
    revisions: Sequence[Revision],
    shown: Revision,
    *,
    request: SearchRequest,
    light: Lighter,
    labels: Labels,
    neighbours: Neighbours = Neighbours(None, None),  # noqa: B008 (a tuple)
    base: str = "",
    ways: Ways = nowhere,
    part: str = "",
) -> TranscriptPage:
    """The page of a whole briefing as text `shown` of its `revisions` has it, lit by the search it was found by.

    Where it is long, that of a `part`, the first where that is "". Raises NotFound where there is no such part.
    """
    id, current = record.briefing.id, shown.number == revisions[-1].number
    briefing = record.briefing if current else shown.briefing
    # Entities are known of the present text alone.
    documents = record.documents if current else tuple(iter_documents(briefing, {}))
    parts = split(documents)
    at = choose_part(part, parts, id)
    number = None if current else shown.number
    home = {documents[place].item.n: n for n, places in enumerate(parts, 1) for place in places}

    def lead(n: int, anchor: str) -> str:
        """Where an anchor of item `n` is, from this page."""
        return f"#{anchor}" if home[n] == at else address_of_text(id, number, request, anchor, home[n])

    head = head_of(briefing, revisions, record.editions, labels, light, ways)
    items = items_of(documents, revisions, shown, request, light, labels, ways)
    matches = matches_of(items, lead)
    return TranscriptPage(
        frame=Frame(
            briefing.title if current else gettext("%(title)s (earlier text)", title=briefing.title),
            box_of(request),
            address_of_text(id, None, part=at),
            indexed=current,
        ),
        card=card_of_briefing(record, revisions, labels, base) if current else None,
        head=head,
        earlier=None if current else _earlier(shown, revisions, request),
        items=tuple(items[place] for place in parts[at - 1]),
        outline=tuple(replace(one, address=lead(one.n, f"{one.n}")) for one in outline_of(items)),
        parts=parted(documents, parts, at, lambda n, anchor: address_of_text(id, number, request, anchor, n)),
        sides=tuple(side_by_side(id, one, request) for one in head.editions),
        matches=matches,
        matches_text=matches_text(len(matches), request),
        before=_neighbour(neighbours.before, request),
        after=_neighbour(neighbours.after, request),
        back=back_to(request),
    )


def items_of(  # noqa: PLR0913, PLR0917 (what the items are made of)
    documents: Sequence[Document],
    revisions: Sequence[Revision],
    shown: Revision,
    request: SearchRequest,
    light: Lighter,
    labels: Labels,
    ways: Ways,
) -> tuple[ItemView, ...]:
    """The items of text `shown`, in order."""
    current = shown.number == revisions[-1].number
    number, corrected = None if current else shown.number, corrections(revisions[: shown.number])
    marks = names_of_marks()
    return tuple(
        item_of(d, request, light, marks, labels, number=number, corrected=corrected, revision=shown.number, ways=ways)
        for d in documents
    )


def corrections(revisions: Sequence[Revision]) -> Mapping[int, Link]:
    """For each item that a correction changed, what says so and leads to it."""
    changed = latest_changes([r.briefing for r in revisions])
    return {
        n: Link(
            gettext("Corrected on %(day)s", day=instant_text(revisions[place].received)),
            address_of_change(revisions[place], n),
        )
        for n, place in changed.items()
    }


def matches_of(
    items: Iterable[ItemView], lead: Callable[[int, str], str] = lambda _n, anchor: f"#{anchor}"
) -> tuple[Link, ...]:
    """A link to every match of some items; `lead` says where an anchor of an item is."""
    marks = ((item.n, mark) for item in items for mark in item.marks)
    return tuple(Link(f"{place}", lead(n, mark)) for place, (n, mark) in enumerate(marks, 1))


def _neighbour(id: str | None, request: SearchRequest) -> Link | None:
    """The way to the briefing before or after, lit by the same search; its day, and which it is of that day."""
    return Link(day_of_id(id), address_of_record(id, request)) if id else None


def _earlier(shown: Revision, revisions: Sequence[Revision], request: SearchRequest) -> Earlier:
    id = revisions[-1].briefing.id
    return Earlier(
        place=gettext("%(at)s of %(all)s", at=shown.number, all=len(revisions)),
        received=shown.received,
        moment=moment_text(shown.received),
        present=address_of_record(id, request),
        changes=address_of_texts(id),
    )


def item_page(  # noqa: PLR0913 (what the page is made of)
    record: Record,
    similar: Similar,
    *,
    request: SearchRequest,
    light: Lighter,
    labels: Labels,
    base: str = "",
    ways: Ways = nowhere,
) -> ItemPage:
    """The page of one item on its own, with what is `similar` to it."""
    (document,) = record.documents
    item, view = (
        document.item,
        item_of(record.documents[0], request, light, names_of_marks(), labels, revision=record.revision, ways=ways),
    )
    matches, (before, after) = matches_of((view,)), _next_to(document, record, request)
    who = item.outlet or item.asker
    subject = item.speaker or record.briefing.title
    if who:
        subject = gettext("%(speaker)s to %(asker)s", speaker=item.speaker or gettext("Answer"), asker=who)
    return ItemPage(
        frame=Frame(f"{subject}, {day_text(document.date)}", box_of(request), address_of_record(document.id)),
        card=card_of_item(record, labels, base),
        head=head_of(record.briefing, (), record.editions, labels, light, ways),
        item=view,
        matches=matches,
        matches_text=matches_text(len(matches), request),
        that_day=like_views(similar.that_day, labels),
        more=like_views(similar.more, labels),
        transcript=address_of_record(document.briefing, request, f"{item.n}"),
        before=before,
        after=after,
        back=back_to(request),
    )


def _next_to(document: Document, record: Record, request: SearchRequest) -> tuple[Link | None, Link | None]:
    """The ways to the items before and after one, notes left out."""
    items = [i for i in record.briefing.items if i.kind != "note" or i.n == document.item.n]
    at = next(place for place, item in enumerate(items) if item.n == document.item.n)
    near = [items[place] if 0 <= place < len(items) else None for place in (at - 1, at + 1)]
    before, after = (
        Link(kind_text(i.kind, i.n), address_of_record(item_id(document.briefing, i.n), request)) if i else None
        for i in near
    )
    return before, after


def item_of(  # noqa: PLR0913 (what the view is made of)
    document: Document,
    request: SearchRequest,
    light: Lighter,
    marks: Iterator[str],
    labels: Labels,
    *,
    number: int | None = None,
    corrected: Mapping[int, Link] | None = None,
    revision: int = 1,
    ways: Ways = nowhere,
) -> ItemView:
    """An item of the present text (`number` is `None`) or of an earlier one, where its addresses stay within that."""
    item, briefing = document.item, document.briefing
    permalink = address_of_text(briefing, number, anchor=f"{item.n}") if number else address_of_record(document.id)
    follows = item.follow_up_to
    linked = _linked(document, labels)
    turns = tuple(
        _turn(turn, light, marks, labels, [_reference(m, labels) for m in mentions if m.id in linked], ways)
        for turn, mentions in zip(item.turns, mentions_by_turn(document), strict=True)
    )
    lit = dict.fromkeys(run.mark for run in _iter_runs(turns) if run.mark)
    return ItemView(
        n=item.n,
        kind=item.kind,
        permalink=permalink,
        turns=turns,
        entities=tuple(Link(labels.in_document(document, id), address_of_entity(id)) for id in linked),
        marks=tuple(lit),
        jump=_jump(turns),
        remark=gettext("Asked after the briefing") if item.after_briefing else "",
        follows=Link(gettext("answer %(n)s", n=follows), address_of_text(briefing, number, request, f"{follows}"))
        if follows
        else None,
        corrected=(corrected or {}).get(item.n),
        amendments=tuple(_amendment(a, labels) for a in item.amendments),
        quotation=quotation_of_item(document, revision, labels, path=permalink if number else ""),
    )


def _amendment(amendment: Amendment, labels: Labels) -> AmendmentView:
    name, was = amendment.field, amendment.was
    said = value_text(name, was, labels.label(name, was)) if was else gettext("nothing")
    why = gettext(
        "the page says %(said)s; changed by the editors on %(day)s: %(reason)s",
        said=said,
        day=instant_text(amendment.since),
        reason=amendment.reason,
    )
    return AmendmentView(
        gettext(FIELD[name].label), value_text(name, amendment.value, labels.label(name, amendment.value)), why
    )


def _jump(turns: Iterable[TurnView]) -> str:
    before = 0
    for run in _iter_runs(turns):
        if run.mark:
            return f"#{run.mark}" if before > FAR else ""
        before += len(run.text)
    return ""


def _iter_runs(turns: Iterable[TurnView]) -> Iterator[Run]:
    return (run for turn in turns for stretches in turn.paragraphs for stretch in stretches for run in stretch.runs)


def _linked(document: Document, labels: Labels) -> tuple[str, ...]:
    """The entities of an item that have a page: notes are not searched, so only there what has a row may have none."""
    known = labels.of("entity")
    return tuple(id for id in document.entities if is_searched(document) or id in known)


def _reference(mention: Mention, labels: Labels) -> Reference:
    label = labels.of_mention(mention).label
    return Reference(
        mention.start, mention.end, address_of_entity(mention.id), label if label != mention.surface else ""
    )


def _turn(  # noqa: PLR0913, PLR0917 (what the turn is made of)
    turn: Turn, light: Lighter, marks: Iterator[str], labels: Labels, references: Iterable[Reference], ways: Ways
) -> TurnView:
    who: Profiled = "outlet" if turn.role == "question" else "speaker"
    known = turn.outlet if turn.role == "question" else turn.speaker
    called = labels.label(who, known) if known else ""
    name = name_text(turn.role, turn.label, called)
    field = FIELD_OF_ROLE.get(turn.role)
    pieces = light(field, turn.text) if field else (Piece(turn.text, hit=False),)
    detail = called if called != name else ""
    said_as = role_text(turn.role, name)
    cut = paragraphs(pieces, marks, references)
    return TurnView(turn.role, name, ways(who, known), name == turn.label, detail, said_as, cut)


def matches_text(number: int, request: SearchRequest) -> str:
    """How many matches there are; nothing where nothing was looked for."""
    return counted(number, "%(number)s match", "%(number)s matches") if request.text else ""


def back_to(request: SearchRequest) -> str:
    """The address of the results that somebody comes from, "" for none."""
    return address_of(request) if request.text or request.selection else ""
