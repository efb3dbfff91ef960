"""The ways to the pages of outlets and speakers, from wherever one is named.

The one decision: whoever shows a name is given a function that knows its page, so that nothing but this file needs the
directories; a name that has no page, since no answer of the present texts holds it, leads nowhere.
"""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from search.directory import Directory, Listable, open_directory
from search.profile import Profiled
from webui.shelf import current_shelf

FOLDERS: dict[Profiled, str] = {"outlet": "/outlets", "speaker": "/speakers"}
"""Where the list of each stands, and below it their pages."""

Ways = Callable[[Profiled, str | None], str]
"""From a canonical name to the address of its page, "" where it has none."""


def nowhere(_field: Profiled, _value: str | None) -> str:
    """No page."""
    return ""


def directory(field: Listable) -> Directory:
    """The directory of a field, of the present commit."""
    shelf = current_shelf()
    return shelf.kept.get(shelf.engine, ("directory", field), lambda: open_directory(shelf.engine, field))


def ways_to_people() -> Ways:
    """The ways to all outlets and speakers of the present commit."""
    shelf = current_shelf()
    addresses = shelf.kept.get(shelf.engine, "ways to people", _addresses)
    return lambda field, value: addresses.get((field, value), "")


def _addresses() -> Mapping[tuple[Profiled, str | None], str]:
    fields: tuple[Profiled, ...] = ("outlet", "speaker")
    return {
        (field, value): address_of_profile(field, value, known)
        for field in fields
        for known in (directory(field),)
        for value in known.counts
    }


def address_of_profile(field: Profiled, value: str, directory: Directory) -> str:
    """The address of the page of an outlet or a speaker."""
    return f"{FOLDERS[field]}/{quote(directory.slugs.of(value))}"
