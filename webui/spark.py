"""Sparklines: a row of bars as one path of an SVG, as small as a line of text, and what it says in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.histogram import Bar
from webui.formats import month_text, number_text
from webui.tongue import ngettext

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
        said = ngettext(
            "By month since %(since)s: at most %(number)s answer, in %(best)s; %(count)s in %(last)s",
            "By month since %(since)s: at most %(number)s answers, in %(best)s; %(count)s in %(last)s",
            most,
            since=since,
            number=number_text(most),
            best=month_text(best.since),
            count=number_text(last.count),
            last=month_text(last.since),
        )
    return Spark(STEP * len(months) - (STEP - WIDTH), "".join(bars), said)
