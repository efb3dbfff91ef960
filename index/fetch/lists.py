"""What is on a publisher's lists: sitemaps with their parts, feeds, pages with their next pages.

Here belongs how far a list is followed. The one decision: the pages of a list are followed for as long as they name
what is not known yet, and nothing of them is remembered unless they were followed to the end; else the next run would
stop where this one failed, and never learn what stood behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.fetch.addresses import AllowList, parse_address
from index.fetch.errors import FetchError
from index.fetch.feeds import Link, Links, is_feed, read_feed, unpack_list
from index.fetch.memory import KnownList, Memory, Version
from index.fetch.visits import Time, Visitor
from index.parsers.listing import find_links
from search.model import Problem

MAX_LIST = 20_000_000
"""Bytes of a list, unpacked."""

MAX_PARTS = 200
"""Documents of one list: parts of a sitemap, pages of a list."""

_ACCEPT = "application/xml, application/rss+xml, application/atom+xml, text/html;q=0.9, */*;q=0.1"


@dataclass
class Found:
    """What a list names.

    Attributes:
        links: the transcripts on it, by address.
        problems: what could not be read.
        versions: the documents as they are to be remembered, by address.
    """

    links: dict[str, Link] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    versions: dict[str, tuple[Version, Links]] = field(default_factory=dict)


class ListReader:
    """Reads a publisher's lists."""

    def __init__(self, visitor: Visitor, memory: Memory, passing: Time) -> None:
        self._visitor, self._memory, self._time = visitor, memory, passing
        self._allowed: AllowList = visitor.allowed

    def read(self, address: str) -> Found:
        """The transcripts that a list names, and what went wrong."""
        found = Found()
        waiting, seen = [address], {address}
        while waiting:
            try:
                links = self._read_part(waiting.pop(0), found)
            except FetchError as error:
                found.problems.append(Problem("list-failed", "refused", f"{error}"))
                continue
            admitted = dict(self._admitted(links))
            is_news = any(url not in found.links and self._memory.page(url) is None for url in admitted)
            found.links |= {url: link for url, link in admitted.items() if url not in found.links}
            if is_news or not links.is_page:
                further = [url for url in links.lists if url not in seen][: MAX_PARTS - len(seen)]
                seen.update(further)
                waiting += further
        if found.problems and any(links.is_page for _, links in found.versions.values()):
            return Found(problems=found.problems)
        return found

    def keep(self, found: Found, address: str, *, news: bool) -> None:
        """Remember a list that was read; `news`: something on it is new."""
        before, now = self._memory.list(address), self._time.now()
        for url, (version, links) in found.versions.items():
            count = len(found.links) if url == address else 0
            since = now if news or before is None else before.news
            self._memory.keep_list(url, KnownList(version, links, count, since))

    def _read_part(self, url: str, found: Found) -> Links:
        """What one document of a list leads to."""
        place = parse_address(url)
        known = self._memory.list(url)
        headers = {"Accept": _ACCEPT, **(known.version.headers if known else {})}
        answer = self._visitor.visit(place, MAX_LIST, headers)
        if answer.status == 304 and known:
            found.versions[url] = known.version, known.links
            return known.links
        try:
            data = unpack_list(answer.data, MAX_LIST)
            links = read_feed(data) if is_feed(data) else self._read_page(data, answer.place.url)
        except ValueError as error:
            hint = "look at it in a browser; if it has changed, put the profile right"
            raise FetchError(f"no list that can be read: {error}", where=url, hint=hint, kind="no") from error
        version = Version(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        found.versions[url] = version, links
        return links

    def _read_page(self, data: bytes, address: str) -> Links:
        profile = self._allowed.profile
        pages = find_links(data, address, profile.link_selectors)
        return Links(tuple(map(Link, pages)), find_links(data, address, profile.next_selectors), is_page=True)

    def _admitted(self, links: Links) -> Iterator[tuple[str, Link]]:
        """The transcripts among the links; others, as to the publisher's other pages, are nothing to tell of."""
        for link in links.pages:
            try:
                place = parse_address(link.url)
            except FetchError:
                continue
            if self._allowed.admits_page(place):
                yield place.url, link
