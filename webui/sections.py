"""A long transcript in parts, so that what a reader sees first is there at once: which items stand in which, and where.

The one decision: the address without a number is the first part and has an anchor for every item of the whole. Those of
later parts are listed there, each a way to its part; the page's script puts the items themselves in their place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from search.errors import NotFound
from search.model import Document
from webui.frame import Link
from webui.names import kind_text
from webui.outline import first_words
from webui.tongue import gettext

MOST = 56_000
"""Bytes of text that stand on one page, about; a single item may have more."""
WORDS = 30
"""Characters that tell what an item of another part is about."""

Address = Callable[[int, str], str]
"""From a part's number and an anchor to an address."""


@dataclass(frozen=True, slots=True)
class Later:
    """An item that is on another page: its anchor, what it is called, its first words, where it is."""

    n: int
    label: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """A later part: the way to it, and its items."""

    way: Link
    items: tuple[Later, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """What the page of one part says of the others.

    Attributes:
        place: which part it is, in words.
        previous: the part before, `None` on the first.
        next: the part after, `None` on the last.
        later: on the first part, all others.
    """

    place: str
    previous: Link | None
    next: Link | None
    later: tuple[Section, ...]


def split(documents: Sequence[Document]) -> tuple[range, ...]:
    """The places of the items of each part: as few parts as will do, all about as long."""
    lengths = [1 + sum(len(turn.text.encode()) for turn in one.item.turns) for one in documents]
    each = sum(lengths) / max(1, -(-sum(lengths) // MOST))
    # An item belongs to the part that its middle falls into.
    parts = [int((end - length / 2) // each) for length, end in zip(lengths, accumulate(lengths), strict=True)]
    edges = [0, *(place for place in range(1, len(parts)) if parts[place] != parts[place - 1]), len(parts)]
    return tuple(range(a, b) for a, b in pairwise(edges))


def choose_part(typed: str, parts: Sequence[range], id: str) -> int:
    """The number of the part that `?part=` asks for; 1 where it is empty. Raises NotFound."""
    if not typed:
        return 1
    found = next((n for n in range(1, len(parts) + 1) if f"{n}" == typed), None)
    if found is None:
        there_are = f"it has {len(parts)} parts" if len(parts) > 1 else "it is not in parts"
        raise NotFound(f"there is no part {typed} of this briefing", where=id, hint=there_are)
    return found


def parted(documents: Sequence[Document], parts: Sequence[range], at: int, address: Address) -> Parted | None:
    """What the page of part `at` says of the others; `None` where there is one part alone."""
    if len(parts) < 2:
        return None
    ways = [Link(gettext("Part %(n)s", n=n), address(n, "")) for n in range(1, len(parts) + 1)]
    later = () if at > 1 else tuple(zip(ways[1:], enumerate(parts[1:], 2), strict=True))
    return Parted(
        place=gettext("Part %(at)s of %(all)s", at=at, all=len(parts)),
        previous=ways[at - 2] if at > 1 else None,
        next=ways[at] if at < len(parts) else None,
        later=tuple(
            Section(way, tuple(_later(documents[place], address(n, f"{documents[place].item.n}")) for place in places))
            for way, (n, places) in later
        ),
    )


def _later(document: Document, address: str) -> Later:
    item = document.item
    words = first_words(item.turns[0].text, WORDS) if item.turns else ""
    return Later(item.n, kind_text(item.kind, item.n), words, address)
