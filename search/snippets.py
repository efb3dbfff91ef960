"""Snippets: the passage of an answer that best shows why it was found, with the matched words marked.

The text is the publisher's, cut only at words or sentences; the name of the turn's speaker goes with it. The one
decision: sentences are looked for near the matches alone, so that a long text costs no more than a short one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from search.engine import Light
from search.model import Turn
from search.page import Piece, Snippet
from search.query import Query
from search.text import HAN

LENGTH = 280
"""How long a snippet is at most, in code points, give or take a word."""

_INITIAL = r"(?<!\b[A-Z]\.)(?<!\bM[rs]\.)(?<!\bDr\.)(?<!\bMrs\.)"
"""A full stop that ends no sentence: of an initial, of a title."""

# Begins with a plain set of characters, which is looked for much faster than anything else.
_BREAK = re.compile(
    rf"[.!?\n\u3002\uff01\uff1f](?:(?<=[.!?]){_INITIAL}[\"\u201d\u2019)\]]*\s+|(?<=\n)\s*"
    r"|(?<=[\u3002\uff01\uff1f])[\u201d\u2019\u300d\u300f\uff09]*\s*)"
)
"""From what ends a sentence to where the next one begins."""
_MARGIN = 8
"""How much of that may lie before the place where a beginning is wanted."""

_EQUAL = 1e-9
"""Worths that differ by no more are equal: they are sums, taken in different orders."""

_WORD_START = re.compile(
    rf"(?:\A|(?<=[\s{HAN}]))[^\s,.;:!?)\]\u201d\u2019\u3001\u3002\u300d\u300f\uff01\uff09\uff0c\uff1a\uff1b\uff1f]"
)
"""Where a passage may begin within a sentence: not with what closes something."""
_HAN = re.compile(rf"[{HAN}]")

_PIECE: Callable[[Iterable[object]], Piece] = partial(tuple.__new__, Piece)
"""A Piece of its fields: no call of a Python function, where a page makes hundreds."""


class Passage(NamedTuple):
    """What a passage is worth, where it begins, and where its last light ends."""

    worth: float
    start: int
    last: int


def light_up(text: str, lights: Sequence[Light], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """`text[start:end]` in pieces, those that `lights` cover marked."""
    end = len(text) if end is None else end
    pieces: list[Piece] = []
    at = start
    for begins, ends, _ in lights:
        if ends <= at:
            continue
        if begins >= end:
            break
        first, last = max(begins, at), min(ends, end)
        if first > at:
            pieces.append(_PIECE((text[at:first], False)))
        pieces.append(_PIECE((text[first:last], True)))
        at = last
    if at < end:
        pieces.append(_PIECE((text[at:end], False)))
    return tuple(pieces)


def best_snippet(
    turns: Sequence[Turn], lights: Sequence[Sequence[Light]], rarity: Mapping[Query, float], length: int = LENGTH
) -> Snippet:
    """The passage with the most and rarest matches among `turns`, the earliest among equals.

    Args:
        turns: at least one.
        lights: what matched in each of them.
        rarity: how much a match of a node is worth (its inverse document frequency); 1 where none is given.
        length: most code points.
    """
    best, k = Passage(0.0, 0, 0), 0
    for i, lit in enumerate(lights):
        passage = _best_passage(turns[i].text, lit, rarity, length) if lit else best
        if passage.worth > best.worth + _EQUAL:
            best, k = passage, i
    turn = turns[k]
    text_end = _text_end(turn.text)
    end = _end(turn.text, best, length, text_end)
    return Snippet(
        light_up(turn.text, lights[k], best.start, end),
        turn.label if turn.role == "question" else turn.speaker or turn.label,
        best.start > 0,
        end < text_end,
    )


def _best_passage(text: str, lights: Sequence[Light], rarity: Mapping[Query, float], length: int) -> Passage:
    """The passage of one text with the most and rarest of its `lights`, of which there is at least one.

    A passage that begins within a sentence is worth a quarter less.
    """
    if len(text) <= length:  # all of it is shown
        kinds, worths = _kinds(lights, rarity)
        worth = sum(worth * (0.9 + kinds.count(kind) / 10) for kind, worth in enumerate(worths))
        return Passage(worth, 0, lights[-1].end)
    if len(lights) == 1:  # as for any number, only sooner
        (light,) = lights
        start = min(_sentences(text, lights, length)[0], _latest(text, light.start, length))
        if min(light.end, light.start + length // 2) <= start + length:
            return Passage(rarity.get(light.node, 1.0), start, light.end)
    kinds, worths = _kinds(lights, rarity)
    latest = _latest(text, lights[-1].start, length)
    sentences = _sentences(text, lights, length)
    best = _best_window(lights, kinds, worths, [min(s, latest) for s in sentences], length)
    if best.worth > 0.75 * (sum(worths) + sum(worths[kind] for kind in kinds) / 10):
        return best
    words = (_word_start(text, light.start - length // 4, light.start) for light in lights)
    starts = [min(max(s, w), latest) for s, w in zip(sentences, words, strict=True)]
    within = _best_window(lights, kinds, worths, starts, length)
    worth = 0.75 * within.worth
    return within._replace(worth=worth) if worth > best.worth + _EQUAL else best


def _kinds(lights: Sequence[Light], rarity: Mapping[Query, float]) -> tuple[list[int], list[float]]:
    """Which node each of `lights` is for, counted from 0, and what each node is worth."""
    ranks: dict[Query, int] = {}
    kinds: list[int] = []
    node, kind = None, 0
    for light in lights:
        if light.node is not node:  # to look one up takes longer
            node = light.node
            kind = ranks.setdefault(node, len(ranks))
        kinds.append(kind)
    return kinds, [rarity.get(node, 1.0) for node in ranks]


def _best_window(
    lights: Sequence[Light], kinds: Sequence[int], worths: Sequence[float], starts: Sequence[int], length: int
) -> Passage:
    """The best, and of equals the first, of the passages that begin at `starts`, which ascend.

    Each kind of light counts fully once, repeats a tenth.
    """
    begins = [light.start for light in lights]
    reaches = [min(light.end, light.start + length // 2) - length for light in lights]
    if len(worths) == 1:  # as for any number, only sooner
        held = [bisect_right(reaches, start) - bisect_left(begins, start) for start in starts]
        many = max(held)
        if many < 1:
            return Passage(0.0, 0, 0)
        start = starts[held.index(many)]
        return Passage(worths[0] * (0.9 + many / 10), start, lights[bisect_right(reaches, start) - 1].end)
    inside = [0] * len(worths)
    worth, first, last = 0.0, 0, 0
    best, best_start, best_last = 0.0, 0, 0
    for start in starts:
        while last < len(lights) and reaches[last] <= start:
            kind = kinds[last]
            worth += worths[kind] / 10 if inside[kind] else worths[kind]
            inside[kind] += 1
            last += 1
        while first < last and begins[first] < start:
            kind = kinds[first]
            inside[kind] -= 1
            worth -= worths[kind] / 10 if inside[kind] else worths[kind]
            first += 1
        if worth > best + _EQUAL and first < last:
            best, best_start, best_last = worth, start, lights[last - 1].end
    return Passage(best, best_start, best_last)


def _sentences(text: str, lights: Sequence[Light], length: int) -> list[int]:
    """Where the sentence of each light begins, or an earlier one, where that is more than `length` before it."""
    breaks = [0]
    first = last = 0
    for light in lights:  # those near each other are looked before at once
        if light.start - length > last:
            breaks += [match.end() for match in _BREAK.finditer(text, first, last)]
            first = light.start - length
        last = light.start
    breaks += [match.end() for match in _BREAK.finditer(text, first, last)]
    return [breaks[bisect_right(breaks, light.start) - 1] for light in lights]


def _latest(text: str, start: int, length: int) -> int:
    """The last beginning of a passage: near the end it begins early enough to be of full length."""
    least = _text_end(text) - length
    if start <= least:
        return start
    breaks = (match.end() for match in _BREAK.finditer(text, max(least - _MARGIN, 0)))
    return next((b for b in breaks if least <= b < len(text)), len(text)) if least > 0 else 0


def _text_end(text: str) -> int:
    """Where `text` ends but for white space; found without a copy of it."""
    end = len(text)
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _end(text: str, passage: Passage, length: int, text_end: int) -> int:
    """Where a passage ends: at a sentence's end if not much is lost by it, but not before its last light."""
    start = passage.start
    end = start + length
    if end >= text_end:
        return text_end
    least = max(passage.last, start + length * 2 // 3)
    breaks = [match.end() for match in _BREAK.finditer(text, max(least - _MARGIN, start), end + 1)]
    cut = next((b for b in reversed(breaks) if least <= b <= end), 0) or _word_end(text, end, start)
    return start + len(text[start:cut].rstrip())


def _word_start(text: str, at: int, latest: int) -> int:
    """The beginning of the first whole word from `at` on."""
    match = _WORD_START.search(text, max(at, 0), latest)
    return match.start() if match else latest


def _word_end(text: str, at: int, earliest: int) -> int:
    """The end of the last whole word up to `at`; `at` itself if there is none."""
    end = at
    while end > earliest and not (text[end - 1].isspace() or text[end].isspace() or _HAN.match(text[end - 1])):
        end -= 1
    return end if end > earliest else at
