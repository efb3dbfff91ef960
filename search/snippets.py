"""Snippets: the passage of an answer that best shows why it was found, with the matched words marked.

The text is the publisher's, cut only at words or sentences; the name of the turn's speaker goes with it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from search.highlight import Highlighter, Light
from search.model import Turn
from search.page import Piece, Snippet
from search.query import Query
from search.text import HAN

LENGTH = 280
"""How long a snippet is at most, in code points, give or take a word."""

_INITIAL = r"(?<!\b[A-Z]\.)(?<!\bM[rs]\.)(?<!\bDr\.)(?<!\bMrs\.)"
"""A full stop that ends no sentence: of an initial, of a title."""

_SENTENCE = re.compile(
    rf"(?<=[.!?\u3002\uff01\uff1f]){_INITIAL}[\"\u201d\u2019)\]]*\s+|\n+|(?<=[\u3002\uff01\uff1f])(?![\u201d\u2019\u300d])"
)
_HAN = re.compile(rf"[{HAN}]")


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
    lit = [highlighter.lights(turn.text) for turn in turns]
    most, k, start, last = 0.0, 0, 0, 0
    for i, (turn, lights) in enumerate(zip(turns, lit, strict=True)):
        for worth, *passage in _iter_passages(turn.text, lights, rarity, length):
            if worth > most:
                most, k, (start, last) = worth, i, passage
    turn = turns[k]
    end = _end(turn.text, start, last, length)
    return Snippet(
        pieces=light_up(turn.text, lit[k], start, end),
        speaker=turn.label if turn.role == "question" else turn.speaker or turn.label,
        cut_before=start > 0,
        cut_after=end < len(turn.text.rstrip()),
    )


def _iter_passages(
    text: str, lights: Sequence[Light], rarity: Mapping[Query, float], length: int
) -> Iterator[tuple[float, int, int]]:
    """Worth, beginning, and end of the last light of each passage that may be shown.

    Each node counts fully once, repeats a tenth; a passage that begins within a sentence is worth a quarter less.
    """
    breaks = _breaks(text)
    # Near the end, a passage begins early enough to be of full length.
    latest = next(iter(breaks[bisect_left(breaks, len(text.rstrip()) - length) :]), len(text))
    sentences = [breaks[bisect_right(breaks, light.start) - 1] for light in lights]
    within = [
        max(sentence, _word_start(text, light.start - length // 4, light.start))
        for sentence, light in zip(sentences, lights, strict=True)
    ]
    for share, starts in ((1.0, sentences), (0.75, within)):
        inside: Counter[Query] = Counter()
        first = last = 0
        for start in (min(start, latest) for start in starts):
            while last < len(lights) and min(lights[last].end, lights[last].start + length // 2) <= start + length:
                inside[lights[last].node] += 1
                last += 1
            while first < last and lights[first].start < start:
                inside[lights[first].node] -= 1
                first += 1
            worth = sum(rarity.get(node, 1.0) * (0.9 + times / 10) for node, times in inside.items() if times)
            if worth:
                yield share * worth, start, lights[last - 1].end


def _breaks(text: str) -> list[int]:
    """Where sentences begin."""
    ends = (match.end() for match in _SENTENCE.finditer(text))
    return [0, *(end for end in ends if end < len(text))]


def _end(text: str, start: int, last: int, length: int) -> int:
    """Where a passage from `start` ends: at a sentence's end if not much is lost by it, but not before `last`."""
    text_end, end = len(text.rstrip()), start + length
    if end >= text_end:
        return text_end
    least = max(last, start + length * 2 // 3)
    sentence_end = next((b for b in reversed(_breaks(text)) if least <= b <= end), 0)
    cut = sentence_end or _word_end(text, end, start)
    return start + len(text[start:cut].rstrip())


def _is_boundary(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at].isspace() or bool(_HAN.match(text[at - 1]))


def _word_start(text: str, at: int, latest: int) -> int:
    """The beginning of the first whole word from `at` on."""
    return next((i for i in range(max(at, 0), latest) if _is_boundary(text, i) and not text[i].isspace()), latest)


def _word_end(text: str, at: int, earliest: int) -> int:
    """The end of the last whole word up to `at`; `at` itself if there is none."""
    return next((i for i in range(at, earliest, -1) if _is_boundary(text, i)), at)
