"""Lists to browse: outlets, speakers, entities; whole or narrowed by a few letters, with what each leads to.

The one decision: a list is a plain GET form and plain links, so a narrowed list is an address like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlencode

from search.addresses import address_of, address_of_entity
from search.directory import Directory, Entry, Listable
from search.errors import BadParameter
from search.page import SearchRequest
from search.schema import NOT_STATED, TYPES
from webui import steps
from webui.formats import number_text
from webui.frame import Frame, Link
from webui.names import TYPE_LISTS, counted, type_text
from webui.people import address_of_profile
from webui.tongue import gettext, marked

PER_PAGE = 240
"""Names of a page."""
PER_TYPE = 24
"""Entities of each type that stand on the first page."""
TITLES: dict[Listable, str] = {
    "outlet": marked("Outlets"),
    "speaker": marked("Speakers"),
    "entity": marked("Entities"),
}
LEADS: dict[Listable, str] = {
    "outlet": marked("Who asks: each outlet that transcripts name, and how many answers it was given."),
    "speaker": marked("Who answers: everybody who speaks at the podium, and in how many answers."),
    "entity": marked("Whom and what answers mention: places, people, organisations and events, and how often."),
}
PATHS: dict[Listable, str] = {"outlet": "/outlets", "speaker": "/speakers", "entity": "/entities"}
ORDERS = ("", "name")
_LONGEST = 100


class Args(Protocol):
    """The parameters of an address."""

    def get(self, key: str, default: str) -> str:
        """The first value of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a list is asked for; `page` counts from 1."""

    find: str = ""
    type: str = ""
    order: Literal["", "name"] = ""
    page: int = 1

    def address(self, path: str, **changed: str | int) -> str:
        """The address of this part with something changed; from page 1, unless that is what changes."""
        told = {"type": self.type, "find": self.find, "order": self.order, "page": 1} | changed
        pairs = [(name, f"{value}") for name, value in told.items() if value and (name, value) != ("page", 1)]
        return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass(frozen=True, slots=True)
class Row:
    """A name, where it leads, how many answers it has, and its type where a list has several."""

    label: str
    address: str
    count: str
    type: str


@dataclass(frozen=True, slots=True)
class Section:
    """Names under a heading; `more` leads to all of them."""

    id: str
    label: str
    rows: tuple[Row, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """All that listing.html shows.

    Attributes:
        path: where the form goes.
        choices: the orders, and of entities the types, each a group with a name.
        kept: what a new text in the form keeps.
        found: how many there are, in words.
        not_stated: the answers that have none.
    """

    frame: Frame
    title: str
    lead: str
    path: str
    find: str
    kept: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, tuple[tuple[Link, bool], ...]], ...]
    found: str
    sections: tuple[Section, ...]
    not_stated: Link | None
    previous: str
    next: str
    place: str


def wanted_from(args: Args, *, typed: bool = False) -> Wanted:
    """The part of a list that an address asks for; `typed` where values have types. Raises BadParameter."""
    find, type, order, page = (args.get(name, "").strip() for name in ("find", "type", "order", "page"))
    if type and (not typed or type not in TYPES.values()):
        raise BadParameter(f"the parameter type={type} means nothing", hint=f"one of {', '.join(TYPES.values())}")
    if order not in ORDERS:
        raise BadParameter(f"the parameter order={order} means nothing", hint="name, or nothing")
    if page and not (page.isascii() and page.isdecimal() and 0 < int(page[:9]) == int(page)):
        raise BadParameter(f"the parameter page={page} means nothing", hint="a number from 1")
    return Wanted(find[:_LONGEST], type, "name" if order else "", int(page or 1))


def list_page(field: Listable, directory: Directory, wanted: Wanted) -> ListPage:
    """A list of names, or the part of it that is wanted."""
    path = PATHS[field]
    entries = directory.find(wanted.find, wanted.type)
    if wanted.order:
        entries = tuple(sorted(entries, key=lambda entry: (entry.name.label.casefold(), entry.value)))
    pages = max(1, -(-len(entries) // PER_PAGE))
    page = min(wanted.page, pages)
    by_type = field == "entity" and wanted == Wanted()
    shown = entries[(page - 1) * PER_PAGE : page * PER_PAGE]
    mixed = field == "entity" and not wanted.type
    return ListPage(
        frame=Frame(
            gettext(TITLES[field]),
            canonical=wanted.address(path, page=page),
            indexed=not (wanted.find or wanted.order),
        ),
        title=gettext(TITLES[field]),
        lead=gettext(LEADS[field]),
        path=path,
        find=wanted.find,
        kept=tuple((name, value) for name, value in (("type", wanted.type), ("order", wanted.order)) if value),
        choices=tuple(_choices(field, wanted)),
        found=_found(field, len(entries), wanted),
        sections=_by_type(directory, wanted)
        if by_type
        else (Section("names", "", tuple(_row(field, one, directory, mixed=mixed) for one in shown), None),),
        not_stated=_not_stated(field, directory, wanted),
        previous=wanted.address(path, page=page - 1) if page > 1 and not by_type else "",
        next=wanted.address(path, page=page + 1) if page < pages and not by_type else "",
        place="" if pages == 1 or by_type else gettext("Page %(page)s of %(pages)s", page=page, pages=pages),
    )


def _choices(field: Listable, wanted: Wanted) -> list[tuple[str, tuple[tuple[Link, bool], ...]]]:
    path, choices = PATHS[field], []
    if field == "entity":
        types = (("", gettext("All")), *((type, gettext(TYPE_LISTS[type])) for type in TYPES.values()))
        choices.append(
            (
                gettext("Type"),
                tuple((Link(label, wanted.address(path, type=type)), wanted.type == type) for type, label in types),
            )
        )
    orders = (("", gettext("most answers first")), ("name", gettext("by name")))
    choices.append(
        (
            gettext("Order"),
            tuple((Link(label, wanted.address(path, order=order)), wanted.order == order) for order, label in orders),
        )
    )
    return choices


def _found(field: Listable, number: int, wanted: Wanted) -> str:
    told = found_text(wanted.type or field, number)
    return gettext("%(found)s with “%(text)s” in a name", found=told, text=wanted.find) if wanted.find else told


def found_text(what: str, number: int, *, every: bool = False) -> str:
    """How many there are of outlets, speakers, entities or one type of these; with `every`, that they are all."""
    counts = {
        "outlet": lambda: counted(number, "%(number)s outlet", "%(number)s outlets"),
        "speaker": lambda: counted(number, "%(number)s speaker", "%(number)s speakers"),
        "entity": lambda: counted(number, "%(number)s entity", "%(number)s entities"),
        "place": lambda: counted(number, "%(number)s place", "%(number)s places"),
        "person": lambda: counted(number, "%(number)s person", "%(number)s people"),
        "organisation": lambda: counted(number, "%(number)s organisation", "%(number)s organisations"),
        "event": lambda: counted(number, "%(number)s event", "%(number)s events"),
    }
    told = counts[what]()
    return gettext("All %(counted)s", counted=told) if every else told


def _by_type(directory: Directory, wanted: Wanted) -> tuple[Section, ...]:
    sections = []
    for type in TYPES.values():
        entries = directory.find("", type)
        rows = tuple(_row("entity", one, directory, mixed=False) for one in entries[:PER_TYPE])
        label, more = gettext(TYPE_LISTS[type]), len(entries) > PER_TYPE
        every = found_text(type, len(entries), every=True)
        link = Link(every, wanted.address("/entities", type=type)) if more else None
        if rows:
            sections.append(Section(type, label, rows, link))
    return tuple(sections)


def _row(field: Listable, entry: Entry, directory: Directory, *, mixed: bool) -> Row:
    address = address_of_entity(entry.value) if field == "entity" else address_of_profile(field, entry.value, directory)
    return Row(entry.name.label, address, number_text(entry.count), type_text(entry.name.type) if mixed else "")


def _not_stated(field: Listable, directory: Directory, wanted: Wanted) -> Link | None:
    if field == "entity" or not directory.not_stated or wanted.find:
        return None
    address = address_of(steps.include(SearchRequest(), field, NOT_STATED))
    if field == "outlet":
        told = counted(
            directory.not_stated,
            "%(number)s answer without a stated outlet",
            "%(number)s answers without a stated outlet",
        )
        return Link(told, address)
    told = counted(
        directory.not_stated,
        "%(number)s answer without a stated speaker",
        "%(number)s answers without a stated speaker",
    )
    return Link(told, address)


def links_to(field: Listable, entries: Sequence[Entry], directory: Directory) -> tuple[tuple[Link, str], ...]:
    """Names as links to their pages, each with its number."""
    rows = (_row(field, entry, directory, mixed=False) for entry in entries)
    return tuple((Link(row.label, row.address), row.count) for row in rows)
