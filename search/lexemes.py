"""What a typed text is made of: words, quotations, brackets, minus signs, scopes, each with its place.

Here belongs how characters are read, whatever keyboard or page they come from; what they mean together belongs to
`search.syntax`. The one decision: a character that is typed is read as one character, so that places stay true; only
those that nobody sees are left out, and their places are kept count of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.schema import SCOPES
from search.text import HAN

DATE_SCOPES = ("date", "before", "after")
SCOPE_NAMES = (*SCOPES, *DATE_SCOPES)

Kind = Literal["open", "close", "quote", "not", "scope", "chunk", "end"]

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Soft hyphens, zero-width and bidi characters, variation selectors, tags; and halves of a character.

Not the two joiners: texts are printed with them, and they part words there too.
"""

_PLAIN = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}  # full-width forms
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f", '"')
    | {"\u2212": "-", "\uff62": "「", "\uff63": "」", "\uff61": "。", "\uff64": "、"}
    | {chr(n): " " for n in (*range(0x20), *range(0x7F, 0xA0))}
)

_CLOSING = {'"': '"', "「": "」", "『": "』", "《": "》", "〈": "〉"}
_OPENING = "".join(_CLOSING)
_BREAK = "\\s;、。…—―【】〔〕〖〗" + "".join(_CLOSING.values()).replace('"', "")
"""What parts words; so does a comma but between digits, and a full stop, question mark and the like behind Han."""

_PART = rf"(?:[{_BREAK}]|(?<!\d),|,(?!\d)|(?<=[{HAN}])(?:[:!?]|\.(?!\.)))"
_QUOTATION = "|".join(rf"{a}[^{b}]*(?:{b}|\Z)" for a, b in _CLOSING.items())
_LEX = re.compile(
    rf"""
      (?P<space>{_PART}+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quote>(?:{_QUOTATION})(?:~\d*)?)
    | (?P<not>(?<![^(:,\-{_BREAK}])-(?=[^),{_BREAK}]))
    | (?P<scope>(?<![^(:,\-{_BREAK}])(?ai:{"|".join(SCOPE_NAMES)}):\s*)
    | (?P<chunk>(?:(?!{_PART})[^(){_OPENING}])+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of a text that belongs together: its kind, itself, and where it begins."""

    kind: Kind
    text: str
    start: int

    @property
    def name(self) -> str:
        """Of a scope, its name in small letters."""
        return self.text.partition(":")[0].lower()

    @property
    def is_apart(self) -> bool:
        """Of a scope, whether a space stands between it and its value."""
        return not self.text.endswith(":")

    @property
    def quotation(self) -> "Quotation":
        """Of a quote, what stands in it and behind it."""
        body, closing, behind = self.text[1:].partition(_CLOSING[self.text[0]])
        return Quotation(body, bool(closing), behind[1:] if behind else None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between quotation marks, whether they were closed, and the number behind `~`, if there is a `~`."""

    body: str
    closed: bool
    distance: str | None


def plain(text: str) -> tuple[str, Sequence[int]]:
    """`text` without what nobody sees, in plain signs; and for each place of it, and its end, the place in `text`."""
    read = text.translate(_PLAIN)
    if not _UNSEEN.search(read):
        return read, range(len(text) + 1)
    kept = [n for n, character in enumerate(read) if not _UNSEEN.match(character)]
    return "".join(read[n] for n in kept), (*kept, len(text))


def iter_lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a plain text, an "end" last."""
    for match in _LEX.finditer(text):
        kind = match.lastgroup
        if kind != "space":
            yield Lexeme(kind, match.group(), match.start())  # type: ignore[arg-type]
    yield Lexeme("end", "", len(text))
