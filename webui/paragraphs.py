"""A text cut for its page: into paragraphs, stretches that link to an entity, and runs that are lit or not.

The one decision: all is cut at every edge, of a paragraph, a match or a mention, so that matches and mentions may
overlap as they like; and the runs together are the text, character for character, but for the blank lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

from search.model import PARAGRAPH
from search.page import Piece


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look the same. `mark` names their match, or is ""; a match's first run is its anchor."""

    text: str
    mark: str = ""
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs that lead to the same place, or, where `address` is "", nowhere. `title` says what is there."""

    runs: tuple[Run, ...]
    address: str = ""
    title: str = ""


Paragraph = tuple[Stretch, ...]


class Reference(NamedTuple):
    """A half-open span of a text that leads somewhere."""

    start: int
    end: int
    address: str
    title: str


class Lit(NamedTuple):
    """A half-open span of a text that matched, and the name of the match."""

    start: int
    end: int
    mark: str


NOWHERE = Reference(0, 0, "", "")
UNLIT = Lit(0, 0, "")

Span = TypeVar("Span", Reference, Lit)


def paragraphs(
    pieces: Iterable[Piece], marks: Iterator[str], references: Iterable[Reference] = ()
) -> tuple[Paragraph, ...]:
    """The pieces of a passage cut at its blank lines; empty paragraphs are left out.

    A match that spans two paragraphs is one anchor, lit in both; a reference that does is a link in both. Of references
    that overlap the first one counts.
    """
    text, lit = _lit(pieces, marks)
    linked = _apart(references)
    edges = sorted({edge for spans in (lit, linked) for start, end, *_ in spans for edge in (start, end)})
    anchored: set[str] = set()
    done = []
    for start, end in _iter_lines(text):
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        runs = []
        for first, last in pairwise((start, *inside, end)):
            mark, reference = _at(lit, first, UNLIT).mark, _at(linked, first, NOWHERE)
            runs.append((reference, Run(text[first:last], mark, bool(mark) and mark not in anchored)))
            anchored.add(mark)
        done.append(tuple(_stretch(key, [run for _, run in some]) for key, some in groupby(runs, itemgetter(0))))
    return tuple(done)


def _stretch(reference: Reference, runs: Sequence[Run]) -> Stretch:
    return Stretch(tuple(runs), reference.address, reference.title)


def _lit(pieces: Iterable[Piece], marks: Iterator[str]) -> tuple[str, list[Lit]]:
    """The text of some pieces, and the spans that matched, each with its mark."""
    texts: list[str] = []
    lit: list[Lit] = []
    at = 0
    for piece in pieces:
        texts.append(piece.text)
        if piece.hit:
            lit.append(Lit(at, at + len(piece.text), next(marks)))
        at += len(piece.text)
    return "".join(texts), lit


def _apart(references: Iterable[Reference]) -> list[Reference]:
    """Those that do not begin within an earlier one, in order."""
    apart: list[Reference] = []
    for reference in sorted(references, key=lambda r: (r.start, -r.end)):
        if reference.start < reference.end and (not apart or reference.start >= apart[-1].end):
            apart.append(reference)
    return apart


def _at(spans: Sequence[Span], place: int, none: Span) -> Span:
    """The span that covers `place`, of some in order that do not overlap."""
    number = bisect_right(spans, place, key=itemgetter(0)) - 1
    return spans[number] if number >= 0 and spans[number].end > place else none


def _iter_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs of `text` that hold something."""
    start = 0
    for line in text.split(PARAGRAPH):
        if line:
            yield start, start + len(line)
        start += len(line) + len(PARAGRAPH)
