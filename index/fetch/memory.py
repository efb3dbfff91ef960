"""What fetching remembers from one run to the next: lists, pages, sites that asked to be left alone.

It is a small SQLite file in the home. The one decision: it only saves questions. A page is entered as taken after the
archive has it, so that a run that was cut short asks once more and loses nothing; without the file everything is asked
again, and the archive finds it unchanged. While it is open nobody else fetches into the home.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from index.fetch.errors import FetchError
from index.fetch.feeds import Link, Links
from search.errors import LecternError

FILE = "fetch.sqlite3"

Fate = Literal["waiting", "taken", "refused"]

_TABLES = """
CREATE TABLE IF NOT EXISTS list (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, links TEXT NOT NULL,
    count INTEGER NOT NULL, news TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, publisher TEXT NOT NULL, found TEXT NOT NULL,
    old INTEGER NOT NULL, changed TEXT NOT NULL, fate TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    digest TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS busy (origin TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Version:
    """How an answer calls itself: `ETag` and `Last-Modified`, "" where it does not."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What to say so that it is not sent again."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that a list once named.

    Attributes:
        url: its address.
        found: when a list named it first.
        is_old: it was on the list when that was read for the first time.
        changed: what the list says of its last change, when it was asked for.
        fate: what became of it.
        version: how its last answer called itself.
        digest: of its last answer.
    """

    url: str
    found: datetime
    is_old: bool = False
    changed: str = ""
    fate: Fate = "waiting"
    version: Version = Version()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list as it was last time, how many transcripts were on it, and when there was last a new one."""

    version: Version
    links: Links
    count: int
    news: datetime


class Memory:
    """What is remembered, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._db.row_factory = sqlite3.Row

    @classmethod
    @contextmanager
    def open(cls, home: Path, *, rehearse: bool = False) -> Iterator[Self]:
        """The memory of a home, nobody else's while the block runs; to `rehearse`, a copy that is forgotten.

        Raises:
            FetchError: somebody else is fetching, or the file cannot be used.
        """
        path = home / FILE
        try:
            if not rehearse:
                home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(":memory:" if rehearse else path, timeout=1, isolation_level=None)) as db:
                if rehearse and path.exists():
                    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as kept:
                        kept.backup(db)
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
                db.execute("PRAGMA synchronous = FULL")
                db.execute("BEGIN EXCLUSIVE")
                for statement in _TABLES.split(";"):
                    db.execute(statement)
                db.execute("COMMIT")
                yield cls(db)
        except sqlite3.OperationalError as error:
            raise _unusable(path, error) from error
        except sqlite3.DatabaseError as error:
            hint = "move it away: everything is asked for again, and nothing is lost"
            raise LecternError(f"damaged: {error}", where=str(path), hint=hint) from error

    def list(self, url: str) -> KnownList | None:
        """A list as it was last time."""
        row = self._db.execute("SELECT * FROM list WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        pages, lists, is_page = json.loads(row["links"])
        links = Links(tuple(Link(*link) for link in pages), tuple(lists), is_page)
        return KnownList(Version(row["etag"], row["modified"]), links, row["count"], _instant(row["news"]))

    def keep_list(self, url: str, known: KnownList) -> None:
        """Remember a list."""
        pages = [[link.url, link.changed] for link in known.links.pages]
        links = json.dumps([pages, known.links.lists, known.links.is_page])
        version, news = known.version, known.news.isoformat()
        self._db.execute(
            "INSERT OR REPLACE INTO list VALUES (?, ?, ?, ?, ?, ?)",
            (url, version.etag, version.modified, links, known.count, news),
        )

    def find(self, publisher: str, urls: Iterable[str], now: datetime, *, are_old: bool) -> int:
        """Enter the pages that a list names; how many are new. They `are_old`: the list was read for the first time."""
        with self._transaction():
            before = self._db.total_changes
            self._db.executemany(
                "INSERT OR IGNORE INTO page VALUES (?, ?, ?, ?, '', 'waiting', '', '', '')",
                [(url, publisher, now.isoformat(), are_old) for url in urls],
            )
            return self._db.total_changes - before

    def page(self, url: str) -> KnownPage | None:
        """A page, if a list ever named it, or a librarian."""
        row = self._db.execute("SELECT * FROM page WHERE url = ?", (url,)).fetchone()
        return _page(row) if row else None

    def waiting(self, publisher: str) -> tuple[KnownPage, ...]:
        """The pages that were found and not asked for yet, or in vain, in the order in which they were found."""
        sql = "SELECT * FROM page WHERE publisher = ? AND fate = 'waiting' ORDER BY rowid"
        return tuple(map(_page, self._db.execute(sql, (publisher,))))

    def keep_pages(self, publisher: str, pages: Iterable[KnownPage]) -> None:
        """Remember what became of pages."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_row(publisher, page) for page in pages],
            )

    def busy(self) -> dict[str, datetime]:
        """Until when sites asked to be left alone, by origin."""
        return {row["origin"]: _instant(row["until"]) for row in self._db.execute("SELECT * FROM busy")}

    def keep_busy(self, busy: dict[str, datetime], now: datetime) -> None:
        """Remember which sites are to be left alone."""
        with self._transaction():
            self._db.execute("DELETE FROM busy")
            rows = [(origin, until.isoformat()) for origin, until in busy.items() if until > now]
            self._db.executemany("INSERT INTO busy VALUES (?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _row(publisher: str, page: KnownPage) -> tuple[object, ...]:
    version = page.version
    found = (page.url, publisher, page.found.isoformat(), page.is_old, page.changed)
    return (*found, page.fate, version.etag, version.modified, page.digest)


def _page(row: sqlite3.Row) -> KnownPage:
    version = Version(row["etag"], row["modified"])
    found, is_old = _instant(row["found"]), bool(row["old"])
    return KnownPage(row["url"], found, is_old, row["changed"], row["fate"], version, row["digest"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _unusable(path: Path, error: sqlite3.OperationalError) -> LecternError:
    if "locked" in f"{error}":
        return FetchError("somebody else is fetching into this home", where=str(path), hint="wait until that is done")
    return LecternError(f"cannot be used: {error}", where=str(path), hint="check free space and permissions")
