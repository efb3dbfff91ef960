"""Tables for people: rows of text in columns, numbers to the right."""

from collections.abc import Iterable, Sequence


def lay_out(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown whose columns also line up in a terminal.

    Floats get three significant digits; the first column is text, the others stand to the right.
    """
    cells = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    lines = [_line(row, widths) for row in cells]
    rule = "| " + " | ".join(("-" * widths[at]) if at == 0 else "-" * (widths[at] - 1) + ":" for at in range(len(head)))
    return "\n".join([lines[0], f"{rule} |", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        text.ljust(width) if at == 0 else text.rjust(width)
        for at, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return three_digits(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def three_digits(number: float) -> str:
    """A number in three significant digits, without an exponent."""
    if number == 0:
        return "0"
    for places, below in ((4, 0.01), (3, 1.0), (2, 10.0), (1, 100.0)):
        if abs(number) < below:
            return f"{number:.{places}f}"
    return f"{number:,.0f}"
