"""`/export.csv` and its like: the whole result of a search as a file, sent as it is read.

The one decision: the first piece is made before the answer begins, so that whatever is wrong with a search is still
told as an error page; from then on a download that breaks off is a failure of the disk or of the network.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, request

from search.addresses import address_of, request_from
from search.citations import Imprint
from search.engine import Sort
from search.exports.formats import FORMATS, Format, iter_bytes
from search.page import SearchRequest
from webui.origin import for_outside, site_address
from webui.shelf import current_shelf

exports = Blueprint("exports", __name__)

LONGEST_NAME = 40
"""Characters of a query that a file is named by."""


@dataclass(frozen=True, slots=True)
class Download:
    """A way to take a result along: its name, whom it is for, and its address."""

    label: str
    detail: str
    address: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """All ways to take a result along. `feed` is the address of its feed."""

    files: tuple[Download, ...]
    feed: str


def downloads_of(asked: SearchRequest) -> Downloads:
    """The ways to take along what a search finds, whole and not a page of it."""
    whole = replace(asked, page=1, per_page=SearchRequest().per_page, fold="", strict=False)
    files = (Download(one.label, one.detail, address_of(whole, f"/export.{one.name}")) for one in FORMATS)
    return Downloads(tuple(files), address_of(replace(whole, sort=Sort.RELEVANCE), "/feed.atom"))


@exports.get("/export.csv")
def csv() -> Response:
    """The result as a table."""
    return _answer("csv")


@exports.get("/export.jsonl")
def jsonl() -> Response:
    """The result as JSON Lines."""
    return _answer("jsonl")


@exports.get("/export.ris")
def ris() -> Response:
    """The result for reference managers."""
    return _answer("ris")


@exports.get("/export.bib")
def bib() -> Response:
    """The result as BibTeX."""
    return _answer("bib")


def _answer(name: str) -> Response:
    shelf, asked = current_shelf(), request_from(request.args)
    pieces = iter_bytes(name, shelf.searcher.scan(asked), Imprint(shelf.engine.labels(), site_address()))
    first = next(pieces, b"")
    (kind,) = (one for one in FORMATS if one.name == name)
    return _attached(kind, asked, chain([first], pieces))


def _attached(kind: Format, asked: SearchRequest, pieces: Iterable[bytes]) -> Response:
    words = re.sub(r"\W+", "-", asked.text)[:LONGEST_NAME].strip("-_").lower()
    name = f"lectern{'-' if words else ''}{words}.{kind.name}"
    response = Response(pieces)
    response.headers["Content-Type"] = f"{kind.media_type}; charset=utf-8"
    plain = name if name.isascii() else f"lectern.{kind.name}"
    response.headers["Content-Disposition"] = f"attachment; filename={plain}; filename*=UTF-8''{quote(name)}"
    return for_outside(response)
