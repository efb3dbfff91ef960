"""How a hit looks, wherever hits are listed: title, snippets with who said them, entities, and the ways to its text."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.addresses import Nearby, address_of_record
from search.labels import Labels
from search.model import Document, Item, item_id
from search.page import Hit, Page, Piece, SearchRequest, Snippet
from search.subjects import subjects_of
from webui.editions import Edition, edition_link, language_name
from webui.folds import Fold, fold_of
from webui.formats import day_text
from webui.frame import Link
from webui.names import direction, name_text, role_text
from webui.people import Ways, nowhere
from webui.quotations import Quotation, quotation_of_hit

CHIPS = 6
"""Entities that a hit shows."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A snippet: who said it, an asker's outlet where its name is not the printed label, and the role in words.

    `address` leads to the page of that person or outlet, and is "" where there is none; `printed` says that the name is
    in the transcript's language, not in ours.
    """

    role: str
    name: str
    address: str
    printed: bool
    outlet: str
    said_as: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit. `address` is its place in the transcript, `permalink` the answer on its own."""

    title: str
    address: str
    permalink: str
    day: str
    date: str
    publisher: str
    language: str
    language_name: str
    direction: str
    editions: tuple[Edition, ...]
    passages: tuple[Passage, ...]
    entities: tuple[Link, ...]
    more_entities: int
    quotation: Quotation | None
    fold: Fold | None


def result_views(page: Page, labels: Labels, ways: Ways = nowhere) -> tuple[HitView, ...]:
    """The hits of a results page, with what is folded under them. Their chips narrow the search."""
    request, near = page.request, Nearby(page.request)

    def narrowed(id: str) -> str:
        return near.include("entity", id)

    return tuple(
        replace(hit_view(hit, request, labels, narrowed, ways), fold=fold_of(hit, page, labels))
        for hit in page.hits
        if not hit.folded_into
    )


def hit_view(
    hit: Hit, request: SearchRequest, labels: Labels, lead: Callable[[str], str], ways: Ways = nowhere
) -> HitView:
    """One hit of `request`; `lead` says where the chip of an entity leads, by its id, `ways` where names do."""
    document, item = hit.document, hit.document.item
    passages = (
        _passage("question", hit.question, item.outlet or "", item, ways("outlet", item.outlet)),
        _passage(item.kind, hit.answer, item.speaker or "", item, ways("speaker", hit.answer and hit.answer.speaker)),
    )
    entities, more = _chosen(document, request)
    return HitView(
        title=document.title,
        address=address_of_record(document.briefing, request, f"{item.n}"),
        permalink=address_of_record(item_id(document.briefing, item.n)),
        day=day_text(document.date),
        date=document.date.isoformat(),
        publisher=labels.label("publisher", document.publisher),
        language=document.language,
        language_name=language_name(document.language, labels),
        direction=direction(document.language),
        editions=tuple(edition_link(id, labels) for id in hit.editions),
        passages=tuple(p for p in passages if p),
        entities=tuple(Link(labels.in_document(document, id), lead(id)) for id in entities),
        more_entities=more,
        quotation=quotation_of_hit(hit, labels),
        fold=None,
    )


def _chosen(document: Document, request: SearchRequest) -> tuple[tuple[str, ...], int]:
    """The entities to show, and how many more there are: what it is about comes first; what is picked is no news.

    Where only subjects are found, none is shown that a search for it would not find here.
    """
    subjects, picked = subjects_of(document), request.selection.include.get("entity", ())
    news = [id for id in dict.fromkeys((*subjects, *document.entities)) if id not in picked]
    shown = tuple(id for id in news if id in subjects or not request.subject)[:CHIPS]
    return shown, len(news) - len(shown)


def _passage(role: str, snippet: Snippet | None, known: str, item: Item, address: str) -> Passage | None:
    if snippet is None:
        return None
    name = name_text(role, snippet.speaker, known)
    # Of several people answering, the snippet names the one who spoke; the first of them is then no detail of it.
    detail = known if role == "question" and known != name else ""
    said_as = role_text(role, name)
    printed = any(name == turn.label for turn in item.turns)
    return Passage(role, name, address, printed, detail, said_as, snippet.pieces, snippet.cut_before, snippet.cut_after)
