"""A name at its place in a text, as the rules hand it on; and the ids of names that no row has."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.authority.lint import PREFIXES
from search.model import EntityType

Where = Literal["question", "answer", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """A name at the half-open span `[start, end)` of a text.

    Attributes:
        id: of the entity; "" where the text is only swallowed.
        label: what it is called.
        is_shown: whether readers see it; else it waits for a librarian.
    """

    start: int
    end: int
    id: str
    label: str
    type: EntityType
    is_shown: bool = True


def made_id(type: EntityType, name: str) -> str:
    """The id of a name that no row has: its letters and digits, so that the name can be read off it."""
    return "-".join((PREFIXES[type], *words_of(name)))


def words_of(name: str) -> list[str]:
    """The words of a name as they stand in an id: small letters, diacritics kept, apostrophes left out."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).lower().replace("'", ""))


def touching(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Those of `spans` that share a letter with `[start, end)`."""
    return [span for span in spans if span.start < end and start < span.end]
