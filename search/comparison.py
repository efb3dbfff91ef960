"""A comparison: up to four searches that differ in their words, under one selection, over years or months."""

from dataclasses import dataclass, field, replace
from typing import Literal

from search.page import SearchRequest

MOST = 4
"""Searches that are compared at most."""

Step = Literal["", "year", "month"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an address of the comparing page says.

    Attributes:
        texts: the queries as typed, each once.
        shared: the filters of all of them, and with `chart="share"` that shares are drawn; its text, page, order and
            the like say nothing.
        by: what a point stands for, "" for what suits the span of days.
    """

    texts: tuple[str, ...] = ()
    shared: SearchRequest = field(default_factory=SearchRequest)
    by: Step = ""

    def __post_init__(self) -> None:
        kept = SearchRequest(
            selection=self.shared.selection,
            exact=self.shared.exact,
            rollup=self.shared.rollup,
            subject=self.shared.subject,
            chart="share" if self.shared.chart == "share" else "",
        )
        object.__setattr__(self, "shared", kept)

    @property
    def relative(self) -> bool:
        """Whether shares are drawn, not numbers."""
        return self.shared.chart == "share"

    def search(self, text: str) -> SearchRequest:
        """The search for one of the queries."""
        return replace(self.shared, text=text, chart="")
