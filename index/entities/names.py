"""Entities in a text: the names of the authority, found where they are printed.

Here belongs the matching; the names themselves are data and belong to `index.authority`. The one decision: names are
matched as printed, letter case and all, and the leftmost, then longest one wins, so that a mention is always the very
words of the text and every surprise can be traced to a row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from index.authority.rows import EntityRow
from index.authority.tables import Authority
from search.text import HAN

_HAN = re.compile(rf"[{HAN}]")
_LETTER = re.compile(rf"[^\W{HAN}]")
_MONEY = "$"
_GAP_BEFORE = frozenset({" ", "'s ", "' "})
_GAP_AFTER = frozenset({" of ", " of the "})


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of a row at a half-open span of a text."""

    start: int
    end: int
    row: EntityRow


class Names:
    """Finds the authority's names in texts. Make it once: it holds an automaton of them all."""

    def __init__(self, authority: Authority) -> None:
        self._parents = {row.id: row.parent for row in authority.entities}
        self._rows: dict[str, dict[str, EntityRow]] = {}
        for row in authority.entities:
            for name in row.names:
                self._rows.setdefault(name, {}).update(dict.fromkeys(row.scope or ("",), row))
        self._automaton = ahocorasick.Automaton()
        for name in self._rows:
            self._automaton.add_word(name, name)
        self._automaton.make_automaton()

    def find(self, plain: str, publisher: str) -> list[Hit]:
        """The names in a text in straight form, blocks too, in order; none overlap."""
        hits = list(self._iter_hits(plain, publisher))
        return [
            hit for i, hit in enumerate(hits) if not ("national" in hit.row.flags and self._is_foreign(plain, hits, i))
        ]

    def _iter_hits(self, plain: str, publisher: str) -> Iterator[Hit]:
        """Names that stand free in a text in straight form: leftmost first, then longest; none overlap."""
        found: list[Hit] = []
        for last, name in self._automaton.iter(plain) if self._rows else ():
            start, end = last + 1 - len(name), last + 1
            rows = self._rows[name]
            row = rows.get(publisher) or rows.get("")
            if row is not None and _stands_free(plain, start, end):
                found.append(Hit(start, end, row))
        reached = 0
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if hit.start >= reached:
                reached = hit.end
                yield hit

    def _is_foreign(self, plain: str, hits: list[Hit], i: int) -> bool:
        """Whether a hit on a national body is said to be another country's: "the Polish Foreign Ministry"."""
        gaps = []
        if i > 0:
            gaps.append((hits[i - 1], plain[hits[i - 1].end : hits[i].start], _GAP_BEFORE))
        if i + 1 < len(hits):
            gaps.append((hits[i + 1], plain[hits[i].end : hits[i + 1].start], _GAP_AFTER))
        return any(gap in telling and self._is_outside(near.row, hits[i].row) for near, gap, telling in gaps)

    def _is_outside(self, place: EntityRow, body: EntityRow) -> bool:
        """Whether `place` is a place, but not within the country of `body`."""
        id: str | None = place.id
        while id is not None and id != body.parent:
            id = self._parents.get(id)
        return place.type == "place" and "block" not in place.flags and id is None


def _stands_free(plain: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the span; "US$5" is a sum of money.

    Han has no spaces between words, so it may touch any name, and a name's own Han edge may touch anything: "美国F-35".
    """
    before, after = plain[start - 1 : start], plain[end : end + 1]
    cut_off = _LETTER.match(before) and not _HAN.match(plain, start)
    goes_on = (_LETTER.match(after) or after == _MONEY) and not _HAN.match(plain, end - 1)
    return not (cut_off or goes_on)
