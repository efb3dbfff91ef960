"""What can go wrong, as one tree of exceptions.

Here belong the errors that front ends show to people; nothing here prints or formats pages. The one decision: an error
carries *what* (its message), *where* and *what to do* (its hint), and the status that a web front end answers with, so
that every front end catches `LecternError` once and invents nothing.
"""

from typing import ClassVar


class LecternError(Exception):
    """Base of every error that Lectern raises on purpose.

    Attributes:
        code: short stable name for programs (`query_syntax`).
        status: HTTP status that fits.
        message: what is wrong, one sentence.
        where: file, id or setting that it is about, or "".
        hint: what to do about it, or "".
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class QuerySyntaxError(LecternError):
    """A query that cannot be read. `position` is the offset in code points of the first character at fault."""

    code = "query_syntax"
    status = 400

    def __init__(self, message: str, *, position: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position

    def __str__(self) -> str:
        return f"{super().__str__()} (position {self.position})"


class QueryTooLong(LecternError):
    """A query beyond the bounds on length or number of terms."""

    code = "query_too_long"
    status = 400


class QueryTooCostly(LecternError):
    """A query that would take too long, told before it is begun from the lengths of its words' lists."""

    code = "query_too_costly"
    status = 400


class BadParameter(LecternError):
    """A parameter of a request (a date, a page number, a sort order) that means nothing."""

    code = "bad_parameter"
    status = 400


class NotFound(LecternError):
    """Nothing is known under this id or address."""

    code = "not_found"
    status = 404


class Gone(LecternError):
    """What stood under this id has been removed; the message says when and why."""

    code = "gone"
    status = 410


class AddressTooLong(LecternError):
    """A request line beyond the bound."""

    code = "address_too_long"
    status = 414


class IndexMissing(LecternError):
    """There is no index where one was looked for."""

    code = "index_missing"
    status = 503


class IndexIncompatible(LecternError):
    """An index written by another version, or damaged; it can be rebuilt from the archive."""

    code = "index_incompatible"
    status = 503


class GenerationMissing(LecternError):
    """There is no earlier generation of the index to go back to."""

    code = "generation_missing"
    status = 503


class SettingsError(LecternError):
    """A setting whose value cannot be used."""

    code = "settings"


class WriterBusy(LecternError):
    """Another process is writing; the message says which and since when."""

    code = "writer_busy"
    status = 503


class IndexingStopped(LecternError):
    """A process that builds the index has died."""

    code = "indexing_stopped"
    status = 503


class EngineUnavailable(LecternError):
    """The cluster that holds the index does not answer, or not with all of its parts; later it may."""

    code = "engine_unavailable"
    status = 503


class DocumentsRefused(LecternError):
    """Documents that the cluster did not take; the message names them."""

    code = "documents_refused"
    status = 503
