"""Snippets: the passage of an answer that best shows why it was found, with the matched words marked.

The text is the publisher's, cut only at words or sentences; the name of the turn's speaker goes with it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from search.highlight import Highlighter, Light
from search.model import Turn
from search.page import Piece, Snippet
from search.query import Query

LENGTH = 280
"""How long a snippet is at most, in code points, give or take a word."""

_SENTENCE = re.compile(r"(?<=[.!?\u3002\uff01\uff1f])[\"\u201d\u2019)\]]*\s+|\n+|(?<=[\u3002\uff01\uff1f])")


def light_up(text: str, lights: Sequence[Light], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """`text[start:end]` in pieces, those that `lights` cover marked."""
    end = len(text) if end is None else end
    pieces: list[Piece] = []
    at = start
    for light in lights:
        first, last = max(light.start, at), min(light.end, end)
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], hit=False))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], hit=False))
    return tuple(pieces)


def best_snippet(
    turns: Sequence[Turn], highlighter: Highlighter, rarity: Mapping[Query, float], length: int = LENGTH
) -> Snippet:
    """The passage with the most and rarest matches among `turns`, the earliest among equals.

    Args:
        turns: at least one.
        highlighter: marks what matched.
        rarity: how much a match of a node is worth (its inverse document frequency); 1 where none is given.
        length: most code points.
    """
    best: tuple[float, int, int, int] | None = None
    lit = [highlighter.lights(turn.text) for turn in turns]
    for k, lights in enumerate(lit):
        for worth, start, end in _iter_windows(lights, rarity, length):
            if best is None or worth > best[0]:
                best = (worth, k, start, end)
    if best is None:
        _, k, first, last = 0.0, 0, 0, 0
    else:
        _, k, first, last = best
    turn = turns[k]
    start, end = _widen(turn.text, first, last, length)
    return Snippet(
        pieces=light_up(turn.text, lit[k], start, end),
        speaker=turn.label if turn.role == "question" else turn.speaker or turn.label,
        cut_before=start > 0,
        cut_after=end < len(turn.text.rstrip()),
    )


def _iter_windows(
    lights: Sequence[Light], rarity: Mapping[Query, float], length: int
) -> Iterator[tuple[float, int, int]]:
    """Worth, first and last offset of each run of lights that fits: each node counts fully once, repeats a tenth."""
    for i, first in enumerate(lights):
        seen: set[Query] = set()
        worth = 0.0
        end = first.end
        for light in lights[i:]:
            if light.end - first.start > length and light is not first:
                break
            value = rarity.get(light.node, 1.0)
            worth += value / 10 if light.node in seen else value
            seen.add(light.node)
            end = light.end
        yield worth, first.start, end


def _widen(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Beginning and end of the snippet around `text[first:last]`: from a sentence's beginning if it fits."""
    text_end = len(text.rstrip())
    if text_end <= length:
        return 0, text_end
    breaks = [0, *(m.end() for m in _SENTENCE.finditer(text))]
    start = breaks[max(0, bisect_left(breaks, first + 1) - 1)]
    if last - start > length:
        start = _word_start(text, max(first - length // 4, 0))
    end = start + max(length, last - start)
    if end >= text_end:
        return start, text_end
    sentence_end = next((b for b in reversed(breaks) if last <= b <= end and b - start > length * 2 // 3), None)
    if sentence_end:
        return start, start + len(text[start:sentence_end].rstrip())
    return start, _word_end(text, end, last)


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from `at` on."""
    if at == 0 or text[at - 1].isspace():
        return at
    match = re.compile(r"\s+|(?<=[\u3400-\u9fff])").search(text, at)
    return match.end() if match else at


def _word_end(text: str, at: int, last: int) -> int:
    """The end of the last whole word up to `at`, not before `last`."""
    match = re.compile(r"\s|(?<=[\u3400-\u9fff])").search(text, at)
    cut = text.rfind(" ", last, at)
    if cut < 0:
        cut = match.start() if match and match.start() - at < 40 else at
    return cut
