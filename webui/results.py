"""The results page, worked out: facets, chips, orders, hits and paging, each with the address it leads to.

Templates hold loops and conditions only; all else is computed here from a `Page` of the searcher.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from search.addresses import address_of
from search.engine import Sort
from search.labels import Labels
from search.page import Notice, Page, SearchRequest
from search.schema import PICKED
from webui import steps
from webui.exporting import Downloads, downloads_of
from webui.facets import FacetGroup, facet_groups
from webui.figure import Figure
from webui.folds import Nearness, folded_text, nearness_of
from webui.formats import day_text, number_text
from webui.frame import Frame, Link, box_of, kept_of
from webui.hits import HitView, result_views
from webui.names import answers_text, counted, field_text, sentence, value_text
from webui.people import Ways, nowhere
from webui.said import said
from webui.tongue import gettext, marked


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that holds, in words, and the address without it."""

    label: str
    text: str
    excluded: bool
    remove: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the hits, and whether it is the present one."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number of the pager; number 0 is a gap."""

    number: int
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Paging: neighbours ("" where there is none) and numbers."""

    previous: str
    next: str
    numbers: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class AdviceLink:
    """Another search that finds something."""

    message: str
    address: str
    total: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice, and where it can be acted upon, the label and address of that."""

    message: str
    action: Link | None


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that results.html shows."""

    frame: Frame
    total: int
    total_text: str
    took: str
    range_text: str
    folded_text: str
    beyond: Link | None
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    clear: str
    orders: tuple[Order, ...]
    figure: Figure | None
    since: str
    until: str
    dates_kept: tuple[tuple[str, str], ...]
    notices: tuple[NoticeLine, ...]
    searched: str
    meant: AdviceLink | None
    nearness: Nearness | None
    hits: tuple[HitView, ...]
    pager: Pager | None
    advice: tuple[AdviceLink, ...]
    downloads: Downloads


def results_page(page: Page, labels: Labels, figure: Figure | None = None, ways: Ways = nowhere) -> ResultsPage:
    """The results page for a searcher's answer, whose request has every alias in its selection resolved."""
    request, picked = page.request, page.request.selection
    chips = tuple(chip for chip, _ in chips_of(request, labels))
    return ResultsPage(
        frame=Frame(request.text or gettext("All answers"), box_of(request), address_of(request), indexed=False),
        total=page.total,
        total_text=_total_text(page),
        took=gettext("%(number)s ms", number=number_text(round(page.took_ms)))
        if page.took_ms >= 1
        else gettext("under 1 ms"),
        range_text=_range_text(page),
        folded_text=folded_text(page),
        beyond=_beyond(page),
        facets=facet_groups(page),
        chips=chips,
        clear=address_of(steps.cleared(request)) if chips else "",
        orders=_orders(request),
        figure=figure,
        since=f"{picked.since or ''}",
        until=f"{picked.until or ''}",
        dates_kept=kept_of(request, "from", "to", "page"),
        notices=tuple(_notice(n, page) for n in page.notices if n.code != "coverage"),
        searched="".join(sentence(said(n.message)) for n in page.notices if n.code == "coverage"),
        meant=_meant(page),
        nearness=nearness_of(page),
        hits=result_views(page, labels, ways),
        pager=pager_of(request.page, page.pages, lambda number: address_of(steps.at_page(request, number))),
        advice=tuple(AdviceLink(said(a.message), address_of(a.request), answers_text(a.total)) for a in page.advice),
        downloads=downloads_of(request),
    )


def _range_text(page: Page) -> str:
    if not page.hits or page.pages == 1:
        return ""
    first = (page.request.page - 1) * page.request.per_page + 1
    return f"{number_text(first)}–{number_text(first + len(page.hits) - 1)}"


def _beyond(page: Page) -> Link | None:
    if page.request.page <= page.pages or not page.total:
        return None
    told = counted(page.pages, "There is %(number)s page of answers.", "There are %(number)s pages of answers.")
    return Link(told, address_of(steps.at_page(page.request, page.pages)))


def chips_of(request: SearchRequest, labels: Labels) -> tuple[tuple[Chip, SearchRequest], ...]:
    """Every filter that holds, and the search without it."""
    picked = request.selection
    chips = [
        _held(
            field_text(field.name, request),
            value_text(field.name, value, labels.label(field.name, value)),
            steps.drop(request, field.name, value),
            excluded=excluded,
        )
        for field in PICKED
        for excluded, picks in ((False, picked.include), (True, picked.exclude))
        for value in picks.get(field.name, ())
    ]
    if picked.since:
        chips.append(_held(gettext("From"), day_text(picked.since), steps.between(request, None, picked.until)))
    if picked.until:
        chips.append(_held(gettext("Until"), day_text(picked.until), steps.between(request, picked.since, None)))
    if request.exact:
        chips.append(_held(gettext("Words"), gettext("as typed"), steps.with_synonyms(request)))
    return tuple(chips)


def _held(label: str, text: str, without: SearchRequest, *, excluded: bool = False) -> tuple[Chip, SearchRequest]:
    return Chip(label, text, excluded, address_of(without)), without


def _orders(request: SearchRequest) -> tuple[Order, ...]:
    # Without words there is nothing to rank by: such a search is newest first.
    sorts = tuple(Sort) if request.text else (Sort.NEWEST, Sort.OLDEST)
    current = request.sort if request.sort in sorts else Sort.NEWEST
    return tuple(
        Order(gettext(SORTS[sort]), address_of(steps.sorted_by(request, sort)), sort == current) for sort in sorts
    )


SORTS = {Sort.RELEVANCE: marked("Relevance"), Sort.NEWEST: marked("Newest"), Sort.OLDEST: marked("Oldest")}
ACTIONS = {"synonyms": marked("Only the words as typed"), "han_pairs": marked("Only side by side")}
"""What the search that a notice leads to is called."""


def _notice(notice: Notice, page: Page) -> NoticeLine:
    """A notice as a sentence. On an empty page it leads nowhere: what finds something is there, counted, as advice."""
    told = said(notice.message)
    first, typed = told.partition(" ")[0], page.request.text
    message = sentence(told)
    if first in (re.findall(r"\w+", typed) if first.isalpha() else typed):  # quoted, so not put in capitals
        message = first + message[len(first) :]
    action = Link(gettext(ACTIONS[notice.code]), address_of(notice.request)) if notice.request and page.total else None
    return NoticeLine(message, action)


def _total_text(page: Page) -> str:
    total = answers_text(page.total)
    return gettext("at least %(answers)s", answers=total) if page.total_is == "at least" else total


def _meant(page: Page) -> AdviceLink | None:
    """The search that was perhaps meant: its text, its address, its hits."""
    if page.suggestion is None:
        return None
    request = page.suggestion.request
    return AdviceLink(request.text, address_of(request), answers_text(page.suggestion.total))


def pager_of(at: int, last: int, address: Callable[[int], str]) -> Pager | None:
    """Paging of `last` pages with `at` open: the first, the last, and the neighbours; `None` where there is none."""
    if last == 1 or at > last:
        return None
    near = sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
    numbers: list[PageLink] = []
    for number in near:
        if numbers and number > numbers[-1].number + 1:
            numbers.append(PageLink(0, "", current=False))
        numbers.append(PageLink(number, address(number), number == at))
    return Pager(address(at - 1) if at > 1 else "", address(at + 1) if at < last else "", tuple(numbers))
