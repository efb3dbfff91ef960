"""Sparklines: a row of bars as one path of an SVG, as small as a line of text, and what it says in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.histogram import Bar
from webui.names import counted, month_text

STEP, WIDTH, HEIGHT = 4, 3, 24


@dataclass(frozen=True, slots=True)
class Spark:
    """The picture's width, its path, and the same in words."""

    width: int
    path: str
    said: str


def spark_of(months: Sequence[Bar]) -> Spark:
    """The picture of some months; bars are as high as their numbers, the highest as high as the picture."""
    most = max((bar.count for bar in months), default=0)
    best = next((bar for bar in months if bar.count == most), None)
    bars = [
        f"M{STEP * place} {HEIGHT}v-{max(1, round(HEIGHT * bar.count / most))}h{WIDTH}V{HEIGHT}z"
        for place, bar in enumerate(months)
        if bar.count
    ]
    said = ""
    if best and most:
        since, last = month_text(months[0].since), months[-1]
        said = (
            f"By month since {since}: at most {counted(most, 'answer', 'answers')}, in {month_text(best.since)}; "
            f"{last.count:,} in {month_text(last.since)}"
        )
    return Spark(STEP * len(months) - (STEP - WIDTH), "".join(bars), said)
