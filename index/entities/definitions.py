"""Abbreviations that a briefing defines itself: "the Boundary Commission (BC)", and BC in all that follows.

The one decision: a definition counts for its briefing alone, and there before the authority, since the same letters
may mean another thing elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.entities.spans import Span

_BRACKETED = re.compile(r" ?\(\"?(?:the )?(?P<short>[A-Z][\w&.-]{1,11})\"?\)")
_CAPITALS = 2


def iter_definitions(plain: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Each abbreviation that is put in brackets behind a name, with that name."""
    for span in spans:
        if not span.id or span.type not in {"organisation", "event"}:
            continue
        match = _BRACKETED.match(plain, span.end)
        if match and _abbreviates(match["short"], plain[span.start : span.end]):
            yield match["short"], span


def _abbreviates(short: str, name: str) -> bool:
    """Whether the capitals of an abbreviation are letters of a name, in order, the first one that of a word."""
    capitals = [letter for letter in short if letter.isupper()]
    if len(capitals) < _CAPITALS or short.casefold() == name.casefold():
        return False
    starts = {word[0].upper() for word in re.findall(r"\w+", name)[:2]}
    letters = iter(name.upper())
    return capitals[0] in starts and all(letter in letters for letter in capitals)


def iter_uses(plain: str, defined: Mapping[str, Span]) -> Iterator[Span]:
    """Each place of a text where an abbreviation of the briefing stands by itself."""
    if not defined:
        return
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, defined))})(?!\w)", plain):
        of = defined[match.group()]
        yield Span(match.start(), match.end(), of.id, of.label, of.type, of.is_shown)
