"""The one way in which an answer is cited: who said it, where, when, under which address, in which text.

Here belongs what every front end, export and copied quotation says of its source. The one decision: people are named
as the record names them, given and family names in the order of their language; nothing guesses which is which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search.addresses import address_of_record
from search.engine import Entry
from search.labels import Labels
from search.model import Document, Turn


@dataclass(frozen=True, slots=True)
class Imprint:
    """What citing takes beside a document: the names of things, and where this collection is served.

    Attributes:
        site: scheme and host without a slash at the end, or "" where nobody said: addresses then begin with `/`.
    """

    labels: Labels
    site: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited.

    Attributes:
        people: everyone who answered or made the statement; empty where nobody is named.
        title: of the briefing.
        publisher: its name.
        path: the permanent address of the item, on its site.
        revision: number of the text cited, `None` where it need not be said: the briefing has had no other.
    """

    people: tuple[str, ...]
    title: str
    publisher: str
    day: date
    path: str
    revision: int | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        """Who stands first: the people, else the publisher."""
        return self.people or (self.publisher,)

    @property
    def by(self) -> str:
        """The people as one text, "" where nobody is named."""
        *others, last = self.people or ("",)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def source(self) -> str:
        """Where it was said: title, publisher and day."""
        day = f"{self.day.day} {self.day:%B} {self.day.year}"
        return ", ".join(part for part in (f"“{self.title}”" if self.title else "", self.publisher, day) if part)

    @property
    def ending(self) -> str:
        """What follows the address: which text, where there is more than one."""
        return f" (revision {self.revision})" if self.revision else ""

    def text(self, site: str = "") -> str:
        """The citation as one line."""
        return f"{self.by}{', ' if self.by else ''}{self.source}, {site}{self.path}{self.ending}"


def cite(document: Document, revision: int, labels: Labels) -> Citation:
    """The citation of an item as text `revision` of its briefing, the present one, has it."""
    return Citation(
        people=tuple(labels.label("speaker", name) for name in document.item.speakers),
        title=document.title,
        publisher=labels.label("publisher", document.publisher),
        day=document.date,
        path=address_of_record(document.id),
        revision=revision if revision > 1 else None,
    )


def cite_entry(entry: Entry, labels: Labels) -> Citation:
    """The citation of what a scan found."""
    return cite(entry.document, entry.revision, labels)


def name_of(turn: Turn, labels: Labels) -> str:
    """Who said a turn: the name we know, else the label as printed, else nothing."""
    field, known = ("outlet", turn.outlet) if turn.role == "question" else ("speaker", turn.speaker)
    return labels.label(field, known) if known else turn.label or ""


def transcript_of(turns: Iterable[Turn], labels: Labels) -> str:
    """Turns as text, each after the name of who said it: what reference managers keep as an abstract."""
    return "\n\n".join(f"{name}: {turn.text}" if (name := name_of(turn, labels)) else turn.text for turn in turns)
