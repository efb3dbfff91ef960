"""Whose transcript a page is, from its headings and from the hosts that it names.

The one decision: a publisher is recognised or the page is refused; where only the hosts speak for it, a note says so.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from index.parsers.profile import Profile
from search.model import Problem

_HOST_MENTIONS = 3
"""A page of a publisher links to the publisher's host at least so often; a page that cites it does so less often."""

_BY_TITLE, _BY_ADDRESS, _BY_LINKS = 4, 2, 1


def recognise(
    file: str, headings: Sequence[str], text: str, url: str | None, profiles: Mapping[str, Profile]
) -> tuple[Profile, tuple[Problem, ...]] | Problem:
    """The profile of the page's publisher, with notes, or a problem `unknown-publisher`."""
    scores = {profile.id: _score(profile, headings, text, url) for profile in profiles.values()}
    best = max(scores, key=scores.__getitem__)
    if not scores[best] or list(scores.values()).count(scores[best]) > 1:
        return unknown_publisher(file, "the publisher is not recognised", profiles)
    notes: tuple[Problem, ...] = ()
    if scores[best] < _BY_ADDRESS:
        message = f"{file}: read as {best} because of its links alone; check it, or give --publisher"
        notes = (Problem("publisher-guessed", "note", message),)
    return profiles[best], notes


def unknown_publisher(file: str, what: str, profiles: Mapping[str, Profile]) -> Problem:
    """The problem of a page whose publisher is not known, with those that are."""
    known = ", ".join(sorted(profiles))
    return Problem(
        "unknown-publisher", "refused", f"{file}: {what}; give --publisher with one of: {known}, or write a profile"
    )


def _score(profile: Profile, headings: Sequence[str], text: str, url: str | None) -> int:
    score = 0
    if _is_titled(profile, headings):
        score += _BY_TITLE
    if url and _is_under(_host(url), profile.hosts):
        score += _BY_ADDRESS
    if any(text.count(host) >= _HOST_MENTIONS for host in profile.hosts):
        score += _BY_LINKS
    return score


def _is_titled(profile: Profile, headings: Sequence[str]) -> bool:
    if profile.headings and not any(re.fullmatch(p, heading) for p in profile.headings for heading in headings):
        return False
    return any(re.match(p, heading) for p in profile.titles for heading in headings)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_under(host: str, hosts: Sequence[str]) -> bool:
    return any(host == h or host.endswith(f".{h}") for h in hosts)
