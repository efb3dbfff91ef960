"""The examples of docs/searching.md: what is typed, what a text in a language says, and whether it is found.

The one table that the oracle, every engine and the docs share.
"""

import re
from pathlib import Path
from typing import NamedTuple

PAGE = (Path(__file__).parents[1] / "docs" / "searching.md").read_text("utf-8")


class Example(NamedTuple):
    """A row of the table."""

    typed: str
    said: str
    language: str
    found: bool


EXAMPLES = tuple(
    Example(typed, said, language, found == "yes")
    for typed, said, language, found in re.findall(r"(?m)^\| `(.+?)` \| (.+?) \| ([a-z]{2}) \| (yes|no) \|$", PAGE)
)
