"""Profiles as files: the shipped ones beside this module, the librarian's own in their home. One file, one publisher.

Here belongs reading and checking them; what a profile holds is said in `profile`. The one decision: a profile is
checked whole before anything is parsed with it, so that a slip of the pen is told with file and key, and never shows
as a page that could not be read.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from index.parsers.languages import PHRASES
from index.parsers.page import is_selector
from index.parsers.profile import LABELS, Profile
from search.errors import LecternError

SHIPPED_FOLDER = Path(__file__).parent
"""The folder of the shipped profiles."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")
_COUNTRY = re.compile(r"place-[a-z]{2}\Z")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z")
_PRIVATE_HOST = re.compile(r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?\Z")


class ProfileError(LecternError):
    """A profile that cannot be used. The error is about the first fault; `faults` holds all, as (where, what, hint)."""

    code: ClassVar[str] = "profile"

    def __init__(self, faults: tuple[tuple[str, str, str], ...]) -> None:
        where, message, hint = faults[0]
        more = len(faults) - 1
        super().__init__(f"{message} [and {more} more]" if more else message, where=where, hint=hint)
        self.faults = faults


def load_profiles(*folders: Path) -> Mapping[str, Profile]:
    """The profiles of every folder by id; a later folder's replaces an earlier one's. No folder, no profiles.

    Raises:
        ProfileError: a file cannot be read, or what it says is at fault; all that is wrong is listed.
    """
    profiles: dict[str, Profile] = {}
    faults: list[tuple[str, str, str]] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            found = list(_faults(path, table := _read(path, faults)))
            if found:
                faults += found
            elif table is not None:
                profiles[path.stem] = _profile(path.stem, table)
    if faults:
        raise ProfileError(tuple(faults))
    return MappingProxyType(profiles)


def _read(path: Path, faults: list[tuple[str, str, str]]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        faults.append((str(path), f"cannot be read: {error.strerror}", "check the file and its permissions"))
    except UnicodeDecodeError as error:
        faults.append((str(path), f"not UTF-8 (byte {error.start})", "save the file as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append((str(path), f"not valid TOML: {error}", "put patterns in single quotes, one key a line"))
    return None


def _profile(id: str, table: Mapping[str, Any]) -> Profile:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Profile(**{"id": id, **values})


def _faults(path: Path, table: Mapping[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a profile: where, what, and what is allowed."""
    if table is None:
        return
    if not _ID.match(path.stem):
        hint = "name it <country>-<body>.toml, in lower-case letters, digits and hyphens: xv-mfa.toml"
        yield str(path), f"{path.stem!r} cannot be a publisher's id", hint
    known = {field.name: field for field in fields(Profile) if field.name != "id"}
    for key in table:
        if key not in known:
            yield f"{path}, {key}", "there is no such key", f"the keys are {', '.join(known)}"
    if table.get("lists") and not table.get("pages"):
        hint = f"give it: {_ALLOWED['pages']}. Without it, everything that a list links to would be fetched"
        yield f"{path}, pages", "the key is missing, and there are lists", hint
    for key, field in known.items():
        if key in table:
            yield from ((f"{path}, {key}", *fault) for fault in _key_faults(key, field, table[key]))
        elif field.default is MISSING:
            yield f"{path}, {key}", "the key is missing", f"give it: {_ALLOWED[key]}"


def _key_faults(key: str, field: Field[Any], value: object) -> Iterator[tuple[str, str]]:
    hint = _ALLOWED[key]
    if field.type is str or key == "labels":
        if not isinstance(value, str) or not value.strip():
            yield "the value must be a text in quotes", hint
        elif key in _CHECKS and not _CHECKS[key](value):
            yield f"{value!r} cannot stand here", hint
    elif not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        yield "the value must be a list of texts in quotes", hint
    else:
        if key == "languages" and not value:
            yield "the list is empty", hint
        for one in value:
            if key in _CHECKS and not _CHECKS[key](one):
                yield f"{one!r} cannot stand here", hint


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _is_zone(name: str) -> bool:
    # Opened, and not looked for in the list of all zones: to make that takes longer than to read all profiles.
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone; no name of one; a folder of zones
        return False
    return True


_SELECTORS = (
    "title_selectors",
    "time_selectors",
    "body_selectors",
    "drop_selectors",
    "link_selectors",
    "next_selectors",
)
_PATTERN = "regular expressions of Python's re, in single quotes"
_SELECTOR = "CSS selectors; for an attribute selector@attribute"
_ALLOWED: Mapping[str, str] = {
    "name": "the publisher's full name",
    "languages": f"a list of {', '.join(PHRASES)}, the main one first",
    "zone": "an IANA time zone, such as Europe/Paris or Etc/GMT-2",
    "country": "the id of a country, place-<two letters>: place-fr",
    "labels": f"one of {', '.join(LABELS)}",
    "hosts": "names of web hosts, without https:// and path: mfa.example",
    "titles": f"{_PATTERN}; a group (?P<names>…) holds the spokespersons",
    "headings": _PATTERN,
    "statements": _PATTERN,
    "title_selectors": _SELECTOR,
    "time_selectors": _SELECTOR,
    "body_selectors": _SELECTOR,
    "drop_selectors": _SELECTOR,
    "offices": "words that stand before a name in a label",
    "questions": "labels under which journalists ask, as printed",
    "voices": "labels that name nobody, as printed",
    "furniture": _PATTERN,
    "lists": "addresses of sitemaps, feeds or pages, with http:// or https://",
    "pages": f"{_PATTERN}, of whole addresses of transcripts",
    "link_selectors": _SELECTOR,
    "next_selectors": _SELECTOR,
    "private_hosts": "hosts inside your network, with a port if it is not the usual one: intranet:8080",
}
_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "languages": PHRASES.__contains__,
    "zone": _is_zone,
    "country": lambda country: _COUNTRY.match(country) is not None,
    "labels": LABELS.__contains__,
    "hosts": lambda host: _HOST.match(host) is not None,
    "lists": lambda url: url.startswith(("http://", "https://")) and url.isprintable() and " " not in url,
    "private_hosts": lambda host: _PRIVATE_HOST.match(host) is not None,
    **dict.fromkeys(("titles", "headings", "statements", "furniture", "pages"), _is_pattern),
    **dict.fromkeys(_SELECTORS, is_selector),
}
