"""The pages to browse: home, lists of outlets, speakers and entities, the pages of the first two, the calendar, saved.

From an address to the dataclass that a template shows; what is dear is kept for each commit.
"""

import re

from flask import Blueprint, render_template, request

from search.directory import Directory, Listable
from search.errors import BadParameter, IndexMissing, NotFound
from search.lately import look_back
from search.profile import OTHER, Profiled, open_profile
from webui.frame import Frame
from webui.home import TOPICS, HomePage, empty_home, home_page
from webui.listing import list_page, wanted_from
from webui.people import FOLDERS, address_of_profile, directory, ways_to_people
from webui.profile import profile_page
from webui.saved import SavedPage
from webui.shelf import Moved, current_shelf
from webui.tongue import gettext, tongue
from webui.year import CalendarPage, calendar_page, empty_calendar

browse = Blueprint("browse", __name__)

_YEAR = re.compile(r"[0-9]{4}")


def home() -> str:
    """The home page."""
    try:
        shelf = current_shelf()
        page = shelf.kept.get(shelf.engine, ("home", tongue()), _home)
    except IndexMissing:
        page = empty_home()
    return render_template("home.html", page=page)


def _home() -> HomePage:
    engine = current_shelf().engine
    directories: dict[Listable, Directory] = {
        "entity": directory("entity"),
        "outlet": directory("outlet"),
        "speaker": directory("speaker"),
    }
    lately = look_back(engine, directories["entity"], TOPICS)
    if lately is None:
        return empty_home()
    return home_page(lately, engine.briefings(), engine.coverage(), directories, engine.labels())


@browse.get("/outlets")
def outlets() -> str:
    """Every outlet."""
    return _list("outlet")


@browse.get("/speakers")
def speakers() -> str:
    """Every speaker."""
    return _list("speaker")


@browse.get("/entities")
def entities() -> str:
    """Every entity."""
    return _list("entity")


def _list(field: Listable) -> str:
    wanted = wanted_from(request.args, typed=field == "entity")
    return render_template("listing.html", page=list_page(field, directory(field), wanted))


@browse.get("/outlets/<slug>")
def outlet(slug: str) -> str:
    """What the collection says of one outlet."""
    return _profile("outlet", slug)


@browse.get("/speakers/<slug>")
def speaker(slug: str) -> str:
    """What the collection says of one speaker."""
    return _profile("speaker", slug)


def _profile(field: Profiled, slug: str) -> str:
    engine, own = current_shelf().engine, directory(field)
    value = own.slugs.value(slug)
    if value is None:
        raise NotFound(f"there is no {field} here", where=slug, hint=f"look for it at {FOLDERS[field]}")
    if own.slugs.of(value) != slug:
        raise Moved(request.path, address_of_profile(field, value, own))
    profile = open_profile(engine, field, value)
    page = profile_page(profile, own, directory(OTHER[field]), engine.labels(), ways_to_people())
    return render_template("profile.html", page=page)


@browse.get("/calendar")
def calendar() -> str:
    """The briefings of a year, day by day."""
    typed, publisher = (request.args.get(name, "").strip() for name in ("year", "publisher"))
    if typed and not _YEAR.fullmatch(typed):
        raise BadParameter(f"the parameter year={typed} means nothing", where="year", hint="write a year as 2024")
    year = int(typed) if typed else None
    shelf = current_shelf()
    return render_template(
        "calendar.html",
        page=shelf.kept.get(shelf.engine, ("calendar", tongue(), year, publisher), lambda: _calendar(year, publisher)),
    )


def _calendar(year: int | None, publisher: str) -> CalendarPage:
    engine = current_shelf().engine
    listed = engine.briefings()
    if not listed:
        return empty_calendar()
    return calendar_page(listed, engine.coverage(), engine.labels(), year, publisher)


@browse.get("/saved")
def saved() -> str:
    """Searches that the reader's own browser keeps."""
    return render_template("saved.html", page=SavedPage(Frame(gettext("Saved searches"), indexed=False)))
