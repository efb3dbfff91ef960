"""How folded answers look: what is said of them beside the hit they are folded under, and the ways to them."""

from dataclasses import dataclass

from search.addresses import address_of, address_of_record
from search.labels import Labels
from search.model import Document
from search.page import Again, Hit, Page, SearchRequest
from webui import steps
from webui.formats import day_text, number_text
from webui.frame import Link
from webui.names import counted, name_text
from webui.tongue import gettext


@dataclass(frozen=True, slots=True)
class FoldedLink:
    """An answer of this page that is folded: its day, who asked or made the statement, its place in the transcript."""

    day: str
    date: str
    who: str
    publisher: str
    address: str


@dataclass(frozen=True, slots=True)
class Fold:
    """What is folded under a hit. `every` leads to all answers with its words, oldest first."""

    text: str
    every: Link | None
    here_text: str
    here: tuple[FoldedLink, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """What is said of answers with nearly the same words, and the page that has them the other way."""

    message: str
    action: Link


def fold_of(hit: Hit, page: Page, labels: Labels) -> Fold | None:
    """What is folded under `hit`, `None` where it stands for itself alone."""
    again = hit.again
    if again is None and not hit.nearly:
        return None
    ids = {*(again.ids if again else ()), *hit.nearly}
    here = tuple(_link(h.document, page.request, labels) for h in page.hits if h.document.id in ids)
    every = None
    if again:
        address = address_of(steps.in_the_same_words(page.request, again.wording))
        every = Link(gettext("All %(number)s, oldest first", number=number_text(again.count + 1)), address)
    return Fold(" ".join(filter(None, (_again_text(again), _nearly_text(hit)))), every, _here_text(len(here)), here)


def folded_text(page: Page) -> str:
    """How many hits of the page are folded under others, "" where none is; totals and paging count them, too."""
    folded = sum(bool(hit.folded_into) for hit in page.hits)
    if not folded:
        return ""
    return counted(folded, "%(number)s of them folded, but counted", "%(number)s of them folded, but counted")


def nearness_of(page: Page) -> Nearness | None:
    """The way to a page that folds more, or less; `None` where that would change nothing."""
    if page.foldable:
        link = Link(gettext("Fold them"), address_of(steps.folded(page.request, "near")))
        return Nearness(gettext("Some of these answers say nearly the same."), link)
    if any(hit.nearly for hit in page.hits):
        link = Link(gettext("Show each of them"), address_of(steps.folded(page.request, "")))
        return Nearness(gettext("Answers that say nearly the same are folded."), link)
    return None


def _again_text(again: Again | None) -> str:
    if again is None:
        return ""
    if again.count == 1:
        return gettext("Said again once, on %(day)s.", day=day_text(again.first))
    if again.first == again.last:
        return gettext(
            "Said again %(number)s times, on %(day)s.", number=number_text(again.count), day=day_text(again.first)
        )
    return gettext(
        "Said again %(number)s times, first on %(first)s, last on %(last)s.",
        number=number_text(again.count),
        first=day_text(again.first),
        last=day_text(again.last),
    )


def _nearly_text(hit: Hit) -> str:
    if not hit.nearly:
        return ""
    return counted(
        len(hit.nearly), "Said nearly so once on this page.", "Said nearly so %(number)s times on this page."
    )


def _here_text(number: int) -> str:
    return counted(number, "%(number)s answer of this page folded here", "%(number)s answers of this page folded here")


def _link(document: Document, request: SearchRequest, labels: Labels) -> FoldedLink:
    item = document.item
    return FoldedLink(
        day=day_text(document.date),
        date=document.date.isoformat(),
        who=name_text("question", item.asker, item.outlet or "") if item.kind == "answer" else item.speaker or "",
        publisher=labels.label("publisher", document.publisher),
        address=address_of_record(document.briefing, request, f"{item.n}"),
    )
