"""Paging through the API: the way to the next page, and whether what is paged through is still the same.

A page is found anew each time, so that a change of the collection shifts what stands on which page. The one decision:
nothing is held for a reader between two pages; the way to the next page says what this one was read from, and the next
one compares.
"""

from dataclasses import replace
from hashlib import blake2b
from urllib.parse import urlencode

from search.addresses import Args, address_of, generation_from, pairs_of
from search.answers import page_to_json
from search.labels import Labels
from search.page import Page, SearchRequest
from search.record import Json

PATH = "/api/v1/search"
CHANGED = (
    "the collection has changed since the page before: answers may stand twice, or have been passed over; to be sure, "
    "begin again at the first page"
)


def commit_token(stamp: str) -> str:
    """What a page says of the commit that it was read from; nothing is to be read in it."""
    return blake2b(stamp.encode(), digest_size=8).hexdigest()


def has_changed(args: Args, generation: int, commit: str) -> bool:
    """Whether an address tells of a page before that was read from another collection. Raises BadParameter."""
    before, told = generation_from(args), args.get("commit", "").strip()
    return (before is not None and before != generation) or (bool(told) and told != commit)


def search_to_json(page: Page, asked: SearchRequest, labels: Labels, commit: str, *, changed: bool) -> Json:
    """A searcher's answer as the API gives it: as one of the pages of a result."""
    data = page_to_json(page, labels)
    if changed:
        data["notices"].append({"code": "collection_changed", "message": CHANGED, "url": address_of(first_of(asked))})
    return data | {"commit": commit, "next": _next(page, asked, commit)}


def first_of(asked: SearchRequest) -> SearchRequest:
    """The first page of a search, as people see it."""
    return replace(asked, page=1, per_page=SearchRequest().per_page, strict=False)


def _next(page: Page, asked: SearchRequest, commit: str) -> str | None:
    if asked.page >= page.pages:
        return None
    pairs = [*pairs_of(replace(asked, page=asked.page + 1)), ("generation", f"{page.generation}"), ("commit", commit)]
    return f"{PATH}?{urlencode(pairs)}"
