"""How answers like another look on its page: a line that says what was asked, who said what, and the way there."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.addresses import address_of_record
from search.labels import Labels
from search.model import Item
from search.page import Hit, Snippet
from webui.formats import day_text
from webui.names import direction, name_text
from webui.tongue import gettext

TOLD = 5
"""Answers of either kind that a page tells."""


@dataclass(frozen=True, slots=True)
class LikeView:
    """An answer like another. `words` is what was asked or, of a statement, said; `reply` what was said to it."""

    address: str
    words: str
    reply: str
    who: str
    day: str
    date: str
    publisher: str
    language: str
    direction: str


def like_views(hits: Iterable[Hit], labels: Labels) -> tuple[LikeView, ...]:
    """The lines of some answers."""
    return tuple(_view(hit, labels) for hit in hits)


def _view(hit: Hit, labels: Labels) -> LikeView:
    document, item = hit.document, hit.document.item
    asked, said = _text(hit.question), _text(hit.answer)
    return LikeView(
        address=address_of_record(document.id),
        words=asked or said,
        reply=said if asked else "",
        who=_who(item),
        day=day_text(document.date),
        date=document.date.isoformat(),
        publisher=labels.label("publisher", document.publisher),
        language=document.language,
        direction=direction(document.language),
    )


def _text(snippet: Snippet | None) -> str:
    if snippet is None:
        return ""
    return "".join(piece.text for piece in snippet.pieces) + (" …" if snippet.cut_after else "")


def _who(item: Item) -> str:
    """`Harbour Post to Ilsa Verlaine`; as much of it as is known."""
    asker = name_text("question", item.asker, item.outlet or "") if item.asker or item.outlet else ""
    if asker and item.speaker:
        return gettext("%(asker)s to %(speaker)s", asker=asker, speaker=item.speaker)
    return asker or item.speaker or ""
