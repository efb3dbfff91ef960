"""Two editions of a briefing side by side: a row for each item, lit in both, in the order that both are in.

What stands beside what is `search.pairing`'s business. The one decision: the page is the transcript's with
`?beside=`, its anchors are the transcript's, and those of the other edition have its language before them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.addresses import address_of_record
from search.engine import Revision
from search.labels import Labels
from search.model import Document
from search.page import SearchRequest
from search.pairing import Pair, pair_items
from webui.frame import Frame, Link, box_of
from webui.heads import Head, Lighter, head_of, names_of_marks
from webui.names import counted
from webui.outline import Entry, outline_of
from webui.people import Ways
from webui.shelf import Record
from webui.tongue import gettext
from webui.transcript import ItemView, back_to, corrections, item_of, matches_of, matches_text


@dataclass(frozen=True, slots=True)
class Side:
    """One of the editions. `prefix` stands before its anchors, `alone` is the address of its own page."""

    head: Head
    prefix: str
    alone: str


@dataclass(frozen=True, slots=True)
class Row:
    """Items that stand beside each other; `None` where an edition has none. `anchor` is the row's."""

    left: ItemView | None
    right: ItemView | None


@dataclass(frozen=True, slots=True)
class BesidePage:
    """All that beside.html shows. `gaps` says how many items stand alone, and "" if none does."""

    frame: Frame
    left: Side
    right: Side
    rows: tuple[Row, ...]
    gaps: str
    outline: tuple[Entry, ...]
    matches: tuple[Link, ...]
    matches_text: str
    back: str

    @property
    def head(self) -> Head:
        """What the page is of."""
        return self.left.head


@dataclass(frozen=True, slots=True)
class Text:
    """What one side is made of."""

    record: Record
    revisions: tuple[Revision, ...]
    light: Lighter


def beside_page(left: Text, right: Text, *, request: SearchRequest, labels: Labels, ways: Ways) -> BesidePage:
    """The page of a briefing with another edition beside it, both as they read now."""
    marks, corrected = names_of_marks(), (corrections(left.revisions), corrections(right.revisions))
    pairs = pair_items(left.record.documents, right.record.documents)
    rows = tuple(_row(pair, (left, right), corrected, request, marks, labels, ways) for pair in pairs)
    shown = [item for row in rows for item in (row.left, row.right) if item]
    alone = sum(1 for row in rows if row.left is None or row.right is None)
    briefing, matches = left.record.briefing, matches_of(shown)
    return BesidePage(
        frame=Frame(
            gettext("%(title)s, side by side", title=briefing.title),
            box_of(request),
            address_of_record(briefing.id),
            indexed=False,
        ),
        left=_side(left, "", request, labels),
        right=_side(right, f"{right.record.briefing.language}-", request, labels),
        rows=rows,
        gaps=counted(alone, "%(number)s item has nothing beside it.", "%(number)s items have nothing beside them.")
        if alone
        else "",
        outline=outline_of(row.left for row in rows if row.left),
        matches=matches,
        matches_text=matches_text(len(matches), request),
        back=back_to(request),
    )


def _side(text: Text, prefix: str, request: SearchRequest, labels: Labels) -> Side:
    briefing = text.record.briefing
    head = head_of(briefing, text.revisions, (), labels, text.light)
    return Side(head, prefix, address_of_record(briefing.id, request))


def _row(  # noqa: PLR0913, PLR0917 (what the row is made of)
    pair: Pair,
    texts: tuple[Text, Text],
    corrected: tuple[Mapping[int, Link], Mapping[int, Link]],
    request: SearchRequest,
    marks: Iterator[str],
    labels: Labels,
    ways: Ways,
) -> Row:
    def view(document: Document | None, side: int) -> ItemView | None:
        if document is None:
            return None
        return item_of(
            document,
            request,
            texts[side].light,
            marks,
            labels,
            corrected=corrected[side],
            revision=texts[side].revisions[-1].number,
            ways=ways,
        )

    return Row(view(pair.left, 0), view(pair.right, 1))
