"""How long an answer may be kept by browsers and proxies, and whether what they have still holds.

The one decision: everything that is read from the index may be kept but is asked for again each time, by a tag of the
commit that it was read from, so that a reader sees a new briefing at once, and a page that has not changed costs
nothing: it is answered 304 before anything is searched. A static file's address changes with its bytes; at that address
it holds for a year.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from flask import Response, g, request

from webui.headers import YEAR
from webui.kept import asks_afresh, commit_stamp
from webui.tongue import tongue

WITHOUT_TAG = frozenset({"static", "pages.favicon", "pages.health", "pages.robots"})
"""Endpoints that are not read from the index, or must be asked afresh."""
PROGRAM = ("webui", "search")
"""Packages whose files decide what a page looks like."""


def answer_unchanged() -> Response | None:
    """304 where the reader has the page as it is now; else what it is to be tagged with is noted."""
    tag = _tag()
    if not tag:
        return None
    g.tag = tag
    if asks_afresh() or not request.if_none_match.contains_weak(tag):
        return None
    return Response(status=HTTPStatus.NOT_MODIFIED)


def _tag() -> str:
    """A tag of the commit, the program, the day, the language and the address; "" for what has none."""
    blueprint, endpoint = request.blueprint, request.endpoint
    if request.method not in ("GET", "HEAD") or endpoint is None or endpoint in WITHOUT_TAG or blueprint == "suggest":
        return ""
    commit = commit_stamp()
    if not commit:
        return ""
    # A page may say how long ago something was: another day, another page.
    day = datetime.now(UTC).date()
    said = f"{program_stamp()} {commit} {day} {tongue()} {request.full_path}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


@cache
def program_stamp() -> str:
    """A digest of the program's version and of all its files: a page changes with the program that writes it."""
    digest = hashlib.blake2b(version("lectern").encode(), digest_size=8)
    root = Path(__file__).parents[1]
    for file in sorted(file for package in PROGRAM for file in (root / package).rglob("*.*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()


class Aging:
    """Says of each answer how long it holds.

    Args:
        digests: of each static file, by name.
    """

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._digests = digests

    def set_age(self, response: Response) -> Response:
        """Set `Cache-Control`, and the tag of what was read from the index."""
        if request.endpoint == "static":
            # With another digest, or none, the address may hold other bytes tomorrow.
            named = self._digests.get((request.view_args or {}).get("filename", ""))
            if named and request.args.get("v") == named and response.status_code < HTTPStatus.BAD_REQUEST:
                response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
            else:
                response.headers["Cache-Control"] = "no-cache"
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        if (
            response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
            and "tag" in g
            and not response.get_etag()[0]
        ):
            response.set_etag(g.tag, weak=True)
        return response
