"""The figure in docs/performance.md: bars as SVG, written out by hand.

The one decision: the scale is logarithmic, because the engines are a thousandfold apart, and every bar bears its
number, so that nobody has to read the scale. Colours suit light and dark pages alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from benchmarks.table import three_digits

WIDTH = 760
LEFT = 150
RIGHT = 90
BAR = 18
GAP = 6
GROUP_GAP = 26
TOP = 64
COLOURS = ("#1a6f8a", "#c2762c", "#6f7f3a", "#8d5a97")
INK = "#6b7280"


@dataclass(frozen=True, slots=True)
class Chart:
    """What a figure shows.

    Attributes:
        title: its first line.
        subtitle: its second: when and where it was measured.
        unit: of the numbers.
        groups: for each group, its bars: name and number, above 0.
    """

    title: str
    subtitle: str
    unit: str
    groups: Mapping[str, Sequence[tuple[str, float]]]


def draw(chart: Chart) -> str:
    """The chart as one SVG. Raises ValueError if there is no bar, or one without length."""
    numbers = [number for bars in chart.groups.values() for _, number in bars]
    if not numbers or min(numbers) <= 0:
        raise ValueError("a logarithmic scale needs numbers above 0")
    low, high = _decades(numbers)
    colours = _colours(chart)
    parts: list[str] = []
    y = TOP
    for group, bars in chart.groups.items():
        parts.append(_text(LEFT - 12, y + (len(bars) * (BAR + GAP) - GAP) / 2 + 4, group, anchor="end"))
        for name, number in bars:
            width = (WIDTH - LEFT - RIGHT) * (log10(number) - low) / (high - low)
            label = f"{name}: {three_digits(number)} {chart.unit}"
            parts.append(
                f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="2" fill="{colours[name]}">'
                f"<title>{escape(label)}</title></rect>"
            )
            parts.append(_text(LEFT + width + 6, y + BAR - 5, f"{three_digits(number)} {chart.unit}"))
            y += BAR + GAP
        y += GROUP_GAP - GAP
    height = y + 12
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(chart.title)}" font-family="system-ui, sans-serif" font-size="12">'
    )
    lines = [
        head,
        _text(0, 16, chart.title, size=15),
        _text(0, 34, chart.subtitle),
        *_legend(colours),
        *_scale(low, high, height),
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    """The powers of ten that hold all numbers, the smallest one clear of the left edge."""
    low = log10(min(numbers)) - 0.3
    high = log10(max(numbers))
    return int(low // 1), max(int(-(-high // 1)), int(low // 1) + 1)


def _colours(chart: Chart) -> dict[str, str]:
    names = dict.fromkeys(name for bars in chart.groups.values() for name, _ in bars)
    return {name: COLOURS[at % len(COLOURS)] for at, name in enumerate(names)}


def _legend(colours: Mapping[str, str]) -> list[str]:
    parts: list[str] = []
    x = 0
    for name, colour in colours.items():
        parts.append(f'<rect x="{x}" y="44" width="10" height="10" rx="2" fill="{colour}"/>')
        parts.append(_text(x + 15, 53, name))
        x += 15 + 8 * len(name) + 16
    return parts


def _scale(low: int, high: int, height: float) -> list[str]:
    lines: list[str] = []
    for power in range(low, high + 1):
        x = LEFT + (WIDTH - LEFT - RIGHT) * (power - low) / (high - low)
        lines.append(
            f'<line x1="{x:.1f}" y1="{TOP - 4}" x2="{x:.1f}" y2="{height - 12}" stroke="{INK}" opacity="0.25"/>'
        )
    return lines


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 12) -> str:
    """A line of text; what is large, or stands before bars, is bold."""
    weight = 600 if size > 12 or anchor == "end" else 400
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size}" '
        f'fill="{INK}">{escape(text)}</text>'
    )
