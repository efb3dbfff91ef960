"""Which part of the site an address belongs to: what programs read, what is downloaded, files, pages.

The one decision: an address is told by its path alone, so that one that leads nowhere is of a part as well: an error
under `/api` is JSON, may be read from other origins, and counts towards the limit of the API.
"""

from typing import Literal

Part = Literal["api", "suggest", "export", "file", "page"]

SUGGESTIONS = frozenset({"/suggest", "/api/v1/suggest"})
FILES = ("/static/", "/widget.js", "/widget-", "/favicon.ico", "/healthz", "/robots.txt")
"""What never costs a search, and is asked for by browsers and watchers rather than by people."""


def part_of(path: str) -> Part:
    """The part of the site that a path belongs to."""
    path = path.rstrip("/") or "/"
    if path in SUGGESTIONS:
        return "suggest"
    if path.startswith("/api/"):
        return "api"
    if path.startswith("/export."):
        return "export"
    return "file" if path.startswith(FILES) else "page"


def is_for_programs(path: str) -> bool:
    """Whether an address answers with JSON that pages of other sites may read."""
    return part_of(path) in {"api", "suggest"}
