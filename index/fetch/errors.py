"""What can go wrong on the way to an address."""

from typing import ClassVar, Literal

from search.errors import LecternError

Kind = Literal["later", "forbidden", "no", "gone"]
"""`later`: it may work another time. `forbidden`: a rule is against it, ours or the site's. `no`: the site's clear
answer about this address, or an answer that is no page. `gone`: the site says that there is no such page (404, 410)."""


class FetchError(LecternError):
    """An address that could not be fetched."""

    code: ClassVar[str] = "fetch"
    status: ClassVar[int] = 502

    def __init__(self, message: str, *, where: str, hint: str = "", kind: Kind = "later") -> None:
        super().__init__(message, where=where, hint=hint)
        self.kind = kind
