"""The widget without a script, for sites that forbid them: a plain form and its results, in a frame.

The one decision: it is a page like any other, rendered here, so that a frame needs nothing of its site but to be
allowed; its links lead out of the frame.
"""

from dataclasses import dataclass, replace

from search.addresses import Args, address_of, limit_from, request_from
from search.errors import LecternError
from search.page import Page, SearchRequest
from webui.hits import HitView, hit_view
from webui.names import answers_text, sentence
from webui.said import said
from webui.shelf import Shelf
from webui.tongue import gettext
from webui.widget.snippet import PRESETS

USUAL = 5
MOST = 20
"""Answers that are shown, if the address says nothing, and at most."""
THEMES = ("light", "dark")
LONGEST_PLACEHOLDER = 100


@dataclass(frozen=True, slots=True)
class FramePage:
    """All that widget-frame.html shows.

    Attributes:
        text: what is typed.
        kept: parameters that the next search keeps.
        theme: `light`, `dark`, or "" for what the reader prefers.
        told: how many were found, or what is wrong; "" before anything is searched for.
        full: the same search on the full site.
    """

    text: str
    kept: tuple[tuple[str, str], ...]
    placeholder: str
    theme: str
    told: str = ""
    full: str = ""
    hits: tuple[HitView, ...] = ()


def frame_page(args: Args, shelf: Shelf) -> FramePage:
    """The frame's page for an address; without `q` nothing is searched for.

    Raises:
        LecternError: the search cannot be made.
    """
    blank = _blank(args)
    limit = limit_from(args, USUAL, MOST)
    if "q" not in args:
        return blank
    asked = replace(request_from(args), page=1, per_page=limit)
    page, labels = shelf.searcher.search(asked), shelf.engine.labels()
    shown = replace(page.request, per_page=SearchRequest().per_page)
    hits = tuple(hit_view(hit, shown, labels, lambda _: "") for hit in page.hits if not hit.folded_into)
    return replace(blank, told=_told(page), full=address_of(shown), hits=hits)


def refused_page(args: Args, error: LecternError) -> FramePage:
    """The frame's page where the search could not be made: the form, and why."""
    said_of_it = (sentence(said(part)) for part in (error.message, error.hint) if part)
    return replace(_blank(args), told=" ".join(said_of_it))


def _blank(args: Args) -> FramePage:
    theme = args.get("theme", "")
    kept = [(name, value) for name in PRESETS for value in args.getlist(name) if value]
    kept += [(name, args.get(name, "")) for name in ("limit", "theme", "placeholder") if args.get(name, "")]
    return FramePage(
        text=args.get("q", "").strip(),
        kept=tuple(kept),
        placeholder=args.get("placeholder", "")[:LONGEST_PLACEHOLDER] or gettext("Search the briefings"),
        theme=theme if theme in THEMES else "",
    )


def _told(page: Page) -> str:
    if not page.total:
        return gettext("Nothing was found.")
    answers = answers_text(page.total)
    return gettext("at least %(answers)s", answers=answers) if page.total_is == "at least" else answers
