"""Words: how a text is cut into tokens, and how a word is folded.

The same tokens serve the index, the query and the highlighter; their offsets point into the text as printed. Stemming
belongs to `search.stems`: words are indexed as written. The one decision: a token stands at one position but may answer
to several terms, so that `China` finds "China's", `us` finds "US" and `US` finds only "US" and "U.S.".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_APOSTROPHE = "'\u2018\u2019\u02bc\uff07"
_MARK = "\u0300-\u036f\u064b-\u0652"
_LETTER = rf"[^\W_{HAN}]"
_WORD = rf"{_LETTER}[{_MARK}]*(?:(?:{_LETTER}|[{_MARK}])+)?"

_JOINED = rf"[^\W{HAN}]"
"""What belongs to a number or an abbreviation that it touches: Han characters, which have no spaces, do not."""

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_PLAIN = rf"(?:[{_LATIN}]{{2,}}+|[{_LATIN}](?!\.))(?![\w{_APOSTROPHE}{_MARK}])"
"""A word of Latin letters alone, as most are. It says no more than `word`, but sooner: tokens take half the time."""

_KINDS = {
    "plain": _PLAIN,
    "han": rf"[{HAN}]",
    "dotted": rf"(?<!{_JOINED})(?:[^\W\d_{HAN}]\.){{2,}}(?:[{_APOSTROPHE}]s)?(?!{_JOINED})"
    rf"|(?<!{_JOINED})(?:[^\W\d_{HAN}]\.)+[^\W\d_{HAN}](?!\.|{_JOINED})",
    "number": rf"(?<!{_JOINED})(?<![.,])\d{{1,3}}(?:[,\uff0c]\d{{3}})+(?:\.\d+)?(?!{_JOINED})"
    rf"|(?<!{_JOINED})(?<![.,])\d+\.\d+(?!\.|{_JOINED})",
    "word": rf"{_WORD}(?:[{_APOSTROPHE}]{_WORD})*",
}

_BEGINNING = rf"(?=[\w{HAN}])"
"""Between words nothing else is tried: tokens take two thirds of the time."""

TOKEN = re.compile(rf"{_BEGINNING}(?:{'|'.join(f'(?P<{kind}>{of_kind})' for kind, of_kind in _KINDS.items())})")

_CUT = re.compile(rf"{_BEGINNING}((?:{'|'.join(_KINDS.values())}))")
"""The same, without the kinds: cut along it, a text falls into what stands between tokens and tokens, in turns."""

PASSAGE_GAP = 1_000
"""Positions left free between two passages of a field, so that no phrase or Near reaches from one into the next."""

ACRONYM_LENGTH = range(2, 7)
"""How many letters and digits make an acronym, when all its letters are capitals and at least two."""

_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))


class Forms(NamedTuple):
    """What a token answers to: its `terms`, itself first, and its `base`, the form that is stemmed.

    A base is in small letters, composed, with its accents, without a possessive 's; of an acronym it is the acronym,
    without a plural s either. It is "" for what has no other forms: numbers, dotted forms, Han, all that has a digit.
    """

    terms: tuple[str, ...]
    base: str


class Token(NamedTuple):
    """One token: `text[start:end]` is its surface, `position` its place; `terms` and `base` are its Forms."""

    start: int
    end: int
    position: int
    terms: tuple[str, ...]
    base: str


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """`word` without case, diacritics, full-width forms and curly apostrophes."""
    wide = unicodedata.normalize("NFKD", word.translate(_STRAIGHT))
    bare = "".join(c for c in wide if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare.casefold())


def acronym(surface: str) -> str | None:
    """The acronym that `surface` prints, in capitals and without dots, or `None`."""
    bare = unicodedata.normalize("NFKC", surface).replace(".", "")
    if len(bare) in ACRONYM_LENGTH and bare.isalnum() and bare.upper() == bare and sum(c.isalpha() for c in bare) > 1:
        folded = fold(bare).upper()
        return folded if folded != folded.lower() else None
    return None


@lru_cache(maxsize=50_000)
def forms(surface: str, group: str) -> Forms:
    """What a token answers to, by its surface and the group of TOKEN that it matched."""
    if group == "number":
        return Forms((fold(surface).replace(",", ""),), "")
    if group == "dotted":
        return Forms(forms(surface.replace(".", ""), "word").terms, "")
    folded = fold(surface)
    if group == "han":
        return Forms((folded,), "")
    head, apostrophe, tail = folded.rpartition("'")
    possessive = bool(apostrophe and tail == "s" and head)
    stripped = surface[:-2] if possessive else surface
    capitals = acronym(stripped)
    # The plural of an acronym is no acronym ("NGOs"): only its base says what it is a plural of.
    base = capitals or (acronym(stripped[:-1]) if stripped.endswith("s") else None) or _plain(stripped)
    terms = (folded, head) if possessive else (folded,)
    return Forms((*terms, capitals) if capitals else terms, "" if any(map(str.isdigit, base)) else base)


def _plain(surface: str) -> str:
    """`surface` in small letters, composed, with straight apostrophes and its accents."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", surface.translate(_STRAIGHT)).lower())


def iter_tokens(text: str, position: int = 0) -> Iterator[Token]:
    """The tokens of one passage, in order, counted from `position`."""
    for match in TOKEN.finditer(text):
        terms, base = forms(match.group(), match.lastgroup or "word")
        if terms[0]:
            yield Token(match.start(), match.end(), position, terms, base)
            position += 1


def cut(text: str) -> tuple[list[str], list[int]]:
    """The surfaces of a passage's tokens, as `iter_tokens` finds them, and their steps.

    A step is the code points from a token's beginning to the next one's; the first, from the passage's beginning.
    Those that `iter_tokens` leaves out, which fold to nothing, are among them.
    """
    parts = _CUT.split(text)
    surfaces = parts[1::2]
    return surfaces, list(map(add, map(len, chain(("",), surfaces)), map(len, parts[:-1:2])))


def kind_of(surface: str) -> str:
    """The group of TOKEN that a token with this surface matches; of what `word` and `plain` match, either."""
    match = TOKEN.fullmatch(surface)
    if not match:
        raise ValueError(f"{surface!r} is not one token")
    return match.lastgroup or "word"


def token_ends(text: str, starts: Sequence[int]) -> list[int]:
    """The ends of the tokens that begin at `starts`."""
    matches = [TOKEN.match(text, start) for start in starts]
    if None in matches:
        raise ValueError(f"no token begins at {starts[matches.index(None)]}")
    return [match.end() for match in matches if match]


def iter_passages(passages: Sequence[str]) -> Iterator[Iterator[Token]]:
    """The tokens of each passage of a field, positions running on with `PASSAGE_GAP` between passages."""
    position = 0
    for passage in passages:
        tokens = list(iter_tokens(passage, position))
        yield iter(tokens)
        position += len(tokens) + PASSAGE_GAP


@lru_cache(maxsize=10_000)
def word_forms(word: str) -> Forms:
    """What a typed word answers to. Raises ValueError where `word` is not one token."""
    tokens = list(iter_tokens(word))
    if len(tokens) != 1:
        raise ValueError(f"{word!r} is {len(tokens)} words, not one")
    return Forms(tokens[0].terms, tokens[0].base)


def query_term(word: str) -> str:
    """The term that a typed word asks for: of an acronym in capitals the capitals, of any other word its folded form.

    `word` is the surface of one token.
    """
    return asked_term(word_forms(word).terms)


def asked_term(terms: tuple[str, ...]) -> str:
    """Of a token's terms the one that is asked for where it is typed."""
    folded, *others = terms
    return others[0] if others and "'" not in folded else folded
