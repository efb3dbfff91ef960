"""Plain text to a page: the same title, time line and paragraphs as its HTML would give.

The one decision: a blank line always ends a paragraph; a single line break ends one too, unless the text is
hard-wrapped.
"""

import re
from collections.abc import Iterator, Sequence

from index.parsers.dates import is_stamp
from index.parsers.page import MAX_TITLE, Page, collapse
from index.parsers.profile import Profile

_HEAD = 15
"""The title stands among the first so many lines."""

_STAMP_LINES = 4
"""Among so many lines below the title of a cast the day is looked for."""

_WRAP_LONGEST = 100
_WRAP_SHORTEST = 50
_TURNS = 2
_LABELLED = re.compile(r"\s*[A-Z][^:\uff1a.?!]{0,44}[:\uff1a]")
_SENTENCE_ENDS = (".", "?", "!", '"', "\u201d", "\u2019", ")", "\u2026")


class PlainPage:
    """A plain text, cut into paragraphs once."""

    url: str | None = None
    """A text does not know its own address."""

    def __init__(self, text: str) -> None:
        self._paragraphs = tuple(_iter_paragraphs(text.splitlines()))

    def headings(self) -> tuple[str, ...]:
        """The texts by which a publisher is recognised: its first lines."""
        return tuple(p for p in self._paragraphs[:_HEAD] if len(p) <= MAX_TITLE)

    def read(self, profile: Profile) -> Page:
        """The page: what stands above its title is nobody's words, and a line of date and time may stand below it."""
        patterns = [re.compile(p) for p in profile.titles]
        head = self._paragraphs[:_HEAD]
        at = next((i for i, p in enumerate(head) if len(p) <= MAX_TITLE and any(t.match(p) for t in patterns)), None)
        if at is None:
            return Page("", "", self._paragraphs)
        below = self._paragraphs[at + 1 :]
        if profile.is_cast:  # place, day and hour stand above the first label, and stay there
            return Page(self._paragraphs[at], next(filter(is_stamp, below[:_STAMP_LINES]), ""), below)
        stamp = below[0] if below and is_stamp(below[0]) else ""
        return Page(self._paragraphs[at], stamp, below[1:] if stamp else below)


def _iter_paragraphs(lines: Sequence[str]) -> Iterator[str]:
    # Where lines of hyphens stand between turns, every line stands for itself.
    is_wrapped = max(map(len, lines), default=0) <= _WRAP_LONGEST and lines.count("---") < _TURNS
    pieces: list[str] = []
    previous = ""
    for line in lines:
        if not (is_wrapped and _goes_on(previous, line)):
            if text := collapse(" ".join(pieces)):
                yield text
            pieces = []
        pieces.append(line)
        previous = line.strip()
    if text := collapse(" ".join(pieces)):
        yield text


def _goes_on(previous: str, line: str) -> bool:
    """Whether `line` of a hard-wrapped text goes on with the paragraph of the line before it."""
    if len(previous) < _WRAP_SHORTEST or not line.strip():
        return False
    return not (previous.endswith(_SENTENCE_ENDS) and _LABELLED.match(line))
