"""What an engine holds, in numbers and in lists: coverage, briefings, its state.

Here belong the values by which engines tell of all that is in them; what a search gives is in `search.engine`. The one
decision: they are small, so that a page may ask for them every time.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from search.model import Adjournment


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the collection holds of one publisher in one language.

    Attributes:
        first: day of the earliest briefing.
        last: day of the latest.
        briefings: how many.
        answers: how many answers they have.
        added: ISO 8601 instant of the last arrival.
        adjournments: days known to be without a briefing, in order.
    """

    publisher: str
    language: str
    first: date
    last: date
    briefings: int
    answers: int
    added: str
    adjournments: tuple[Adjournment, ...] = ()


class Listed(NamedTuple):
    """A briefing in the list of all.

    Attributes:
        answers: how many it has.
        added: ISO 8601 instant in UTC of its latest text's arrival.
    """

    id: str
    publisher: str
    language: str
    date: date
    title: str
    answers: int
    added: str


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index: its generation, the archive's sequence number it is up to, and its counts.

    Attributes:
        commit: another text after every commit, another generation, and other labels; the same means that every
            question has the answer that it had.
        analysis: `search.stems.ANALYSIS` of the program that put all of it in; "" where that is not one, or not known.
        live_since: ISO 8601 instant in UTC at which the generation took its place; "" where nothing of it is on a disk.
    """

    generation: int
    sequence: int
    briefings: int
    documents: int
    segments: int
    commit: str
    analysis: str = ""
    live_since: str = ""
