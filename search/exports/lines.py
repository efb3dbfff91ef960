"""A text as one line, for formats whose values are lines."""

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def one_line(text: str) -> str:
    """`text` with one space in the place of white space and control characters of any kind."""
    line = " ".join(text.split())
    # Most texts have nothing left to look for, which is told much faster than an expression looks.
    return line if line.isprintable() else " ".join(_CONTROL.sub(" ", line).split())
