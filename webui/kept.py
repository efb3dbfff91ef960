"""Results that were worked out once and are given again: whole answers, by canonical address, for one commit.

The one decision: what is kept is the finished text, not the searcher's page, since to write the text takes longer than
to find the hits. So `took_ms` in it is the time of the search that was made. A request with `Cache-Control: no-cache`
never gets what is kept.
"""

from collections.abc import Callable, Hashable
from typing import cast

from flask import current_app, g, request

from search.addresses import address_of
from search.bounded import Bounded
from search.errors import LecternError
from search.page import SearchRequest
from webui.shelf import current_shelf
from webui.tongue import tongue

KEPT_BYTES = 32 * 2**20
"""How much memory the texts may take, in each process."""


class Kept:
    """Texts by key, of one commit at a time; what was asked for longest ago goes first. Threads may share it.

    Args:
        limit: bytes that it holds at most.
    """

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._stamp = ""
        self._texts: Bounded[bytes] = Bounded(limit, len)

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return self._texts.size

    def get(self, stamp: str, key: Hashable) -> str | None:
        """The text of `key` as of the commit `stamp`, `None` if it is not held."""
        text = self._texts.get((stamp, key))
        return None if text is None else text.decode()

    def put(self, stamp: str, key: Hashable, text: str) -> None:
        """Hold `text`; texts of another commit than `stamp` go."""
        if stamp != self._stamp:
            self._stamp = stamp
            self._texts.clear()
        self._texts.put((stamp, key), text.encode())


def keep(asked: SearchRequest, make: Callable[[], str], *more: str) -> str:
    """What `make` makes of a search at the present address, made once for a commit.

    Args:
        asked: the search; what else an address says makes no difference to it.
        make: makes the text.
        more: other values that the text depends on.
    """
    stamp = commit_stamp()
    if not stamp or asks_afresh():
        return make()
    kept, key = cast("Kept", current_app.extensions["lectern.kept"]), (request.path, tongue(), address_of(asked), *more)
    text = kept.get(stamp, key)
    if text is None:
        text = make()
        kept.put(stamp, key, text)
    return text


def commit_stamp() -> str:
    """What tells the present commit from every other, looked up once a request; "" while there is no index."""
    if "commit" not in g:
        try:
            status = current_shelf().engine.status()
        except LecternError:  # whoever needs the index says what is wrong with it
            g.commit = ""
        else:
            g.commit = f"{status.generation}-{status.sequence}-{status.commit}"
    return cast("str", g.commit)


def asks_afresh() -> bool:
    """Whether the reader wants nothing that was worked out before: `Cache-Control: no-cache`."""
    return bool(request.cache_control.no_cache)
