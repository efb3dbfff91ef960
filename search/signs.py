"""What the signs beside a word mean: a pattern, a misspelt scope, or nothing that is searched for.

Here belongs what one piece of text without a space says by itself; how pieces go together belongs to `search.syntax`.
The one decision: signs either make a pattern that the query tree knows, or are left out, and what is left out is said.
"""

import re
import unicodedata
from collections.abc import Iterator

from search.lexemes import DATE_SCOPES, SCOPE_NAMES
from search.query import OPERATORS, Fuzzy, Prefix, Query, Term, Wildcard, is_run
from search.schema import FIELDS
from search.text import iter_tokens
from search.words import alignment_distance

MAX_RUN = 64
"""The most words of a Run; a longer one is a passage, found as a phrase."""

PATTERN_HINT = "a pattern begins with at least two letters of one word"
FUZZY_HINT = "how many letters may differ follows from the length of the word"
_NAME = re.compile("[A-Za-z]{4,}")
"""What may be meant for a scope, where a colon is behind it."""
_PLACES = ", ".join(f"{name}:" for name in (*(field.scopes[0] for field in FIELDS if field.scopes), *DATE_SCOPES))
_AROUND = ".!:'‘’[]{}"
"""What may stand around a pattern and is no part of it."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, as typed."""
    return tuple(text[t.start : t.end] for t in iter_tokens(text))


def short(text: str) -> str:
    """`text` as a remark quotes it."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def doubts_of(text: str, words: tuple[str, ...], *, before_quote: bool = False) -> Iterator[tuple[str, str]]:
    """What is to be said of a chunk that is read as the words in it, and what to do about it.

    Args:
        text: the chunk.
        words: those in it.
        before_quote: a quotation follows at once.
    """
    read = short(" ".join(words))
    if "/" not in text and re.search(r"\w[*~]$|^[*~]|\w[*?]\w|\*\w", text):
        yield f"{short(text)} was read without its signs: {read}", PATTERN_HINT
    elif text.startswith("!"):
        yield f"{short(text)} was read as {read}", f"-{short(text.strip('!'))} rules it out"
    elif any(map(_is_symbol, text.partition(words[0])[0] + text.rpartition(words[-1])[2])):
        yield f"{short(text)} was read as {read}: its other signs are not searched for", ""
    if is_run(words) and len(words) > MAX_RUN:
        yield f"{read} is long, and was looked for side by side", "a space parts what may stand apart"
    typed, colon, value = text.partition(":")
    meant = _meant_scope(typed.lower()) if colon and _NAME.fullmatch(typed) else ""
    if meant or (_NAME.fullmatch(typed) and (value[:1].isalpha() or (colon and not value and before_quote))):
        hint = f"Did you mean {meant}:?" if meant else f"places to look in are {_PLACES}"
        yield f"{typed}: is no place to look in, so it was read as a word", hint


def _is_symbol(character: str) -> bool:
    """Whether somebody who types it beside a word may miss it: a plus, an emoji, a hash."""
    return character == "#" or (character not in "~<>=|`" and unicodedata.category(character) in {"Sm", "So", "Sk"})


def _meant_scope(typed: str) -> str:
    """The scope whose name is misspelt so, or ""."""
    near = [n for n in SCOPE_NAMES if len(n) > 3 and n[0] == typed[:1] and abs(len(n) - len(typed)) <= 2]
    far = 1 if len(typed) <= 5 else 2
    distances = sorted((alignment_distance(n, typed), n) for n in near)
    return distances[0][1] if distances and distances[0][0] <= far else ""


def pattern_of(text: str) -> tuple[Query, str] | None:
    """The Prefix, Wildcard or Fuzzy that `text` is, if it is one; and where some of it had to be left out, why.

    A question mark at a word's end is punctuation.
    """
    bare = re.sub(r"\*{2,}", "*", re.sub(r"[?.!:]+$", "", text.strip(_AROUND)))
    led = bare.lstrip("*?~")
    body = re.sub(r"~\d$", "~", led)
    hint = PATTERN_HINT if led != bare else FUZZY_HINT if body != led else ""
    if hint and words_of(body) == (body,) and body not in OPERATORS:
        return Term(body), hint
    for make, word in ((Fuzzy, body.removesuffix("~")), (Prefix, body.removesuffix("*")), (Wildcard, body)):
        if word == body and make is not Wildcard:
            continue
        try:
            return make(word), hint
        except ValueError:
            continue
    return None
