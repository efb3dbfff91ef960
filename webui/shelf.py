"""The shelf that pages take records from: the opened index, and what stands under an id.

The one decision: the index is opened at the first request that needs it, not when the application is made, so that a
server may start before the first briefing is added and finds the index as soon as it is there.
"""

from dataclasses import dataclass
from threading import Lock
from typing import cast

from flask import current_app

from search.dossier import Dossier, open_dossier
from search.engine import Engine, Tombstone
from search.engines import open_engine
from search.errors import Gone, LecternError, NotFound
from search.model import Briefing, Document, item_id
from search.searcher import Searcher
from search.settings import Settings
from search.suggestions import Suggester
from webui.commit import Kept
from webui.names import instant_text


class Moved(LecternError):
    """What stood under `old` is now under `new`; the web answers with a permanent redirect."""

    code = "moved"
    status = 301

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} is now {new}", where=old)
        self.old = old
        self.new = new


@dataclass(frozen=True, slots=True)
class Record:
    """A briefing with the documents of its items, in order, and the ids of its editions in other languages.

    `revision` is the number of the text that it is.
    """

    briefing: Briefing
    documents: tuple[Document, ...]
    editions: tuple[str, ...]
    revision: int = 1


class Shelf:
    """Opens the engine once and finds records in it.

    Attributes:
        settings: those of the site.
        kept: what was worked out of the present commit.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self.settings = settings
        self._searcher = Searcher(engine) if engine else None
        self._suggester: Suggester | None = None
        self.kept = Kept()
        self._opening = Lock()

    @property
    def base(self) -> str:
        """Where the site is, as `LECTERN_BASE_URL` says, without a slash at its end; "" where it does not."""
        return self.settings.values.get("LECTERN_BASE_URL", "").rstrip("/")

    @property
    def searcher(self) -> Searcher:
        """The searcher over the open engine.

        Raises:
            IndexMissing: nothing has been indexed yet.
            IndexIncompatible: the index cannot be read.
        """
        with self._opening:
            if self._searcher is None:
                self._searcher = Searcher(open_engine(self.settings.index))
            return self._searcher

    @property
    def engine(self) -> Engine:
        """The open engine; raises as `searcher` does."""
        return self.searcher.engine

    @property
    def suggester(self) -> Suggester:
        """The suggester over the open engine; raises as `searcher` does."""
        engine = self.engine
        with self._opening:
            if self._suggester is None:
                self._suggester = Suggester(engine)
            return self._suggester

    def record(self, id: str) -> Record:
        """The briefing under `id`.

        Raises:
            Moved: it has another id now.
            Gone: it was withdrawn.
            NotFound: there never was one.
        """
        try:
            return Record(self.engine.briefing(id), self.engine.documents(id), self.engine.editions(id))
        except NotFound as error:
            self._raise_what_became_of(id)
            raise _no_such("briefing", id) from error

    def item(self, briefing: str, n: int) -> Record:
        """Item `n` of a briefing, as a record of one document. Raises as `record` does."""
        id = item_id(briefing, n)
        try:
            document = self.engine.get(id)
        except NotFound as error:
            # The briefing first: of one that is gone as a whole, no page should lead to it.
            self._raise_what_became_of(briefing)
            self._raise_what_became_of(id)
            raise _no_such("answer", id) from error
        revision = len(self.engine.received(briefing)) or 1
        return Record(self.engine.briefing(briefing), (document,), self.engine.editions(briefing), revision)

    def entity(self, id: str) -> Dossier | tuple[str, ...]:
        """What is known of an entity; of one that was split, the ids that took its place.

        Raises:
            Moved: it has another id now.
            NotFound: nobody knows it.
        """
        successors = self.engine.labels().moved.get(id, ())
        if len(successors) == 1:
            raise Moved(f"entities/{id}", f"entities/{successors[0]}")
        return successors or open_dossier(self.engine, id)

    def _raise_what_became_of(self, id: str) -> None:
        tombstone = self.engine.tombstone(id)
        if tombstone is None:
            return
        if tombstone.moved_to:
            raise Moved(id, tombstone.moved_to)
        raise Gone(_withdrawn(tombstone), where=id, hint="its address stays, and will not be given to another text")


def current_shelf() -> Shelf:
    """The shelf of the application that is answering."""
    return cast("Shelf", current_app.extensions["lectern"])


def _withdrawn(tombstone: Tombstone) -> str:
    text = f"it was withdrawn on {instant_text(tombstone.since)}"
    return f"{text}: {tombstone.reason}" if tombstone.reason else text


def _no_such(what: str, id: str) -> NotFound:
    return NotFound(f"there is no {what} here", where=id, hint="search for it, or look for its day")
