"""A run of `fetch`: lists are read, what is new on them is asked for and added, a batch at a time.

Here belongs what is asked for, and what is to be told of it. The one decision: a page counts as taken once the archive
has it, so that a run may be ended at any instant, and the next one goes on where it was.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from index.fetch.addresses import parse_address
from index.fetch.client import Answer
from index.fetch.errors import FetchError
from index.fetch.feeds import Link
from index.fetch.lists import ListReader
from index.fetch.memory import KnownPage, Memory, Version
from index.fetch.visits import Time, Visitor
from index.progress import Begin
from index.report import Report, Row
from index.sources import MAX_BYTES, Source, Unreadable, take_in
from search.model import Problem

BATCH, BATCH_SECONDS = 20, 60.0
"""Pages, and seconds, after which what was fetched is added."""

WATCHED = timedelta(days=14)
"""For so long a page is asked for again while it is on a list: corrections come early. Later, and what was on a list
when it was read for the first time, only if the list says that it has changed."""

QUIET = timedelta(days=30)
"""A list without a new transcript for longer is suspicious."""

_TYPES = frozenset(("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"))
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9"

Add = Callable[[Sequence[Source]], Report]
"""Adds what was fetched; what became of each."""


@dataclass
class Harvest:
    """One run for one publisher. `reading` changes with whatever reads a page: what was refused is then tried again."""

    visitor: Visitor
    memory: Memory
    add: Add
    reading: str
    passing: Time
    begin: Begin
    rows: list[Row] = field(default_factory=list)
    _batch: list[tuple[Source, KnownPage]] = field(default_factory=list)
    _since: float = 0.0

    @property
    def publisher(self) -> str:
        """Whose transcripts are fetched."""
        return self.visitor.allowed.profile.id

    def run(self, lists: Sequence[str], *, dry_run: bool = False) -> Report:
        """Read lists, and fetch what is new or may have changed; on a `dry_run` only say what that is."""
        started = time.monotonic()
        named: dict[str, Link] = {}
        tick = self.begin("reading lists", len(lists))
        for address in lists:
            named |= self._read_list(address, dry_run=dry_run)
            tick(address)
        pages = self._due(named)
        if dry_run:
            self.rows += [Row(page.url, "found", None, 0, ()) for page in pages]
        else:
            self.fetch(
                [replace(page, changed=named[page.url].changed) if page.url in named else page for page in pages]
            )
        return Report(tuple(self.rows), time.monotonic() - started, is_quiet=True)

    def fetch(self, pages: Sequence[KnownPage]) -> None:
        """Ask for pages, and add them."""
        tick = self.begin("fetching pages", len(pages))
        try:
            for page in pages:
                self._fetch_one(page)
                tick(page.url)
                if len(self._batch) >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
                    self._add_batch()
            self._add_batch()
        finally:
            self.memory.keep_busy(self.visitor.busy, self.passing.now())

    def _read_list(self, address: str, *, dry_run: bool) -> dict[str, Link]:
        """The transcripts on a list, by address; a row says how many, and what is wrong with it."""
        reader = ListReader(self.visitor, self.memory, self.passing)
        found = reader.read(address)
        before = self.memory.list(address)
        news = 0
        if not dry_run:
            news = self.memory.find(self.publisher, found.links, self.passing.now(), are_old=before is None)
            reader.keep(found, address, news=news > 0)
        problems = list(found.problems)
        if not found.links and not found.problems:
            used = f"; there were {before.count} the last time" if before and before.count else ""
            text = f"no address of a transcript is on it{used}; look at it in a browser, and put the profile right"
            problems.append(Problem("list-empty", "refused", text))
        elif before and not news and self.passing.now() - before.news > QUIET:
            text = f"nothing new since {before.news:%Y-%m-%d}; if there are briefings since, put the profile right"
            problems.append(Problem("list-quiet", "refused", text))
        if problems:
            self.rows.append(Row(address, "refused", None, 0, tuple(problems)))
        return found.links

    def _due(self, named: dict[str, Link]) -> list[KnownPage]:
        """The pages to be asked for: what waits, then what is on a list and may have changed."""
        now = self.passing.now()
        waiting = list(self.memory.waiting(self.publisher))
        known = [(link, self.memory.page(url)) for url, link in named.items()]
        waiting += [KnownPage(url, now) for url, (_, page) in zip(named, known, strict=True) if page is None]
        asked = [(link, page) for link, page in known if page and page.fate != "waiting"]
        return waiting + [page for link, page in asked if self._may_differ(link, page, now)]

    def _may_differ(self, link: Link, page: KnownPage, now: datetime) -> bool:
        """Whether a page that was asked for may be another one now, or be read otherwise."""
        if page.fate == "refused" and not self._is_read_as_before(page):
            return True
        is_watched = now - page.found < WATCHED and (page.fate == "refused" or not page.is_old)
        return is_watched or link.changed not in {"", page.changed}

    def _is_read_as_before(self, page: KnownPage) -> bool:
        return page.digest.endswith(f" {self.reading}")

    def _fetch_one(self, page: KnownPage) -> None:
        """Ask for a page: it goes into the batch, or a row says why not."""
        is_known = page.fate == "taken" or (page.fate == "refused" and self._is_read_as_before(page))
        headers = {"Accept": _ACCEPT, **(page.version.headers if is_known else {})}
        try:
            answer = self.visitor.visit(parse_address(page.url), MAX_BYTES, headers, page=True)
            _check_type(answer)
        except FetchError as error:
            self._tell_failure(page, error)
            return
        if answer.status == 304:
            self._settle(page, Row(page.url, "unchanged", None, 0, ()))
            return
        version = Version(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        fresh = replace(page, version=version, digest=f"{sha256(answer.data).hexdigest()} {self.reading}")
        if fresh.digest == page.digest:
            self._settle(fresh, Row(page.url, "unchanged", None, 0, _refused_before(page)))
            return
        source = take_in(page.url, answer.data, url=page.url)
        if isinstance(source, Unreadable):
            self._settle(replace(fresh, fate="refused"), Row(page.url, "refused", None, 0, (source.problem,)))
            return
        self._since = self._since if self._batch else time.monotonic()
        self._batch.append((source, fresh))

    def _tell_failure(self, page: KnownPage, error: FetchError) -> None:
        message = f"{error}".removeprefix(f"{page.url}: ")
        told = f"{sha256(message.encode()).hexdigest()} {self.reading}"
        if error.kind == "gone" and page.fate == "taken":
            text = "the publisher has taken the page away; its briefing stays, unless you remove it"
            self._settle(page, Row(page.url, "unchanged", None, 0, (Problem("page-gone", "note", text),)))
        elif error.kind in {"later", "forbidden"} or page.fate == "taken":
            self.rows.append(Row(page.url, "refused", None, 0, (Problem("fetch-failed", "refused", message),)))
        elif page.digest == told:
            self._settle(page, Row(page.url, "unchanged", None, 0, _refused_before(page)))
        else:
            row = Row(page.url, "refused", None, 0, (Problem("fetch-failed", "refused", message),))
            self._settle(replace(page, fate="refused", digest=told, version=Version()), row)

    def _settle(self, page: KnownPage, row: Row) -> None:
        self.rows.append(row)
        self.memory.keep_pages(self.publisher, [page])

    def _add_batch(self) -> None:
        if not self._batch:
            return
        report = self.add([source for source, _ in self._batch])
        self.rows += report.rows
        refused = {row.file for row in report.rows if row.outcome == "refused"}
        pages = [replace(page, fate="refused" if page.url in refused else "taken") for _, page in self._batch]
        self.memory.keep_pages(self.publisher, pages)
        self._batch.clear()


def _check_type(answer: Answer) -> None:
    if answer.status == 200 and answer.type not in _TYPES:
        hint = "save the page by hand, as HTML or as plain text"
        raise FetchError(f"no page but {answer.type[:60]!r}", where=answer.place.url, hint=hint, kind="no")


def _refused_before(page: KnownPage) -> tuple[Problem, ...]:
    if page.fate != "refused":
        return ()
    return (Problem("refused-before", "note", "it was refused before, and is still the same"),)
