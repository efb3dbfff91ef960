"""The query language: typed text in, query tree out.

Anything typed gives a tree. Where the text had to be read otherwise than typed, the reading carries a notice that says
how; with `strict` it is an error with a position instead. The one decision: a hand-written recursive descent over a
dozen kinds of token, because the language is small and its error messages are the point.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from search.dates import parse_range
from search.errors import QuerySyntaxError, QueryTooLong
from search.query import (
    MAX_DISTANCE,
    OPERATORS,
    DateRange,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Query,
    Run,
    Scope,
    Term,
    Wildcard,
    all_of,
    any_of,
    is_run,
    iter_nodes,
    none_of,
    quote,
)
from search.query import All as Everything
from search.schema import SCOPES
from search.text import iter_tokens

MAX_CHARACTERS = 4_000
MAX_TERMS = 64
MAX_DEPTH = 32

DATE_SCOPES = ("date", "before", "after")
_STRAIGHT = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u300c\u300d\u300e\u300f", '"')
    | {"\uff08": "(", "\uff09": ")", "\uff1a": ":", "\u3000": " ", "\u2212": "-", "\uff0d": "-"}
)
_LEX = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quote>"(?P<quoted>[^"]*)(?:"(?:~(?P<distance>\d*))?|(?P<unclosed>\Z)))
    | (?P<not>(?<![^\s(:-])-(?=[^\s)]))
    | (?P<scope>(?<![^\s(-])(?P<name>[A-Za-z]+):(?=[^\s)]))
    | (?P<chunk>[^\s()"]+)
    """,
    re.VERBOSE,
)

_END: re.Match[str] = next(re.finditer(r"\Z", ""))


@dataclass(frozen=True, slots=True)
class Remark:
    """How a part of the text was read, at which position of it, and what to type to have it otherwise."""

    message: str
    position: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read: its tree, and remarks on what was read otherwise than typed."""

    query: Query
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: Literal["open", "close", "quote", "not", "scope", "chunk", "end"]
    text: str
    start: int
    match: re.Match[str]


def parse_query(text: str, *, strict: bool = False) -> Reading:
    """The tree that `text` asks for; of an empty text, everything.

    Args:
        text: as typed.
        strict: refuse what would have to be guessed.

    Raises:
        QuerySyntaxError: `strict`, and something had to be guessed.
        QueryTooLong: more than MAX_CHARACTERS, MAX_TERMS or MAX_DEPTH.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong(
            f"the query has {len(text):,} characters", hint=f"at most {MAX_CHARACTERS:,}: search for a phrase of it"
        )
    reading = _Parser(text).read()
    if strict and reading.remarks:
        first = reading.remarks[0]
        raise QuerySyntaxError(first.message, position=first.position, hint=first.hint)
    return reading


def _iter_lexemes(text: str) -> Iterator[_Lexeme]:
    for match in _LEX.finditer(text.translate(_STRAIGHT)):
        kind = next(k for k in ("space", "open", "close", "quote", "not", "scope", "chunk") if match[k] is not None)
        if kind != "space":
            yield _Lexeme(kind, match.group(), match.start(), match)  # type: ignore[arg-type]
    yield _Lexeme("end", "", len(text), _END)


class _Parser:
    """Reads one text. Grammar: or = and ("OR" and)*; and = not ("AND"? not)*; not = ("-" | "NOT")* primary."""

    def __init__(self, text: str) -> None:
        self._lexemes = list(_iter_lexemes(text))
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._remarks: list[Remark] = []

    def read(self) -> Reading:
        parts: list[Query] = []
        while self._next.kind != "end":
            if (node := self._or()) is not None:
                parts.append(node)
            if self._next.kind == "close":
                self._remark("a closing parenthesis without an opening one was left out", self._take())
        return Reading(all_of(*parts), tuple(sorted(self._remarks, key=lambda r: r.position)))

    @property
    def _next(self) -> _Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> _Lexeme:
        lexeme = self._next
        self._at += 1
        return lexeme

    def _remark(self, message: str, lexeme: _Lexeme, hint: str = "") -> None:
        self._remarks.append(Remark(message, lexeme.start, hint))

    def _is_operator(self, word: str) -> bool:
        """Whether an operator stands here that has something to work on: else it is a word like any other."""
        after = self._lexemes[min(self._at + 1, len(self._lexemes) - 1)]
        followed = after.kind not in ("end", "close") and not (after.kind == "chunk" and after.text in {"OR", "AND"})
        return self._next.kind == "chunk" and self._next.text == word and followed

    def _or(self) -> Query | None:
        parts = [self._and()]
        while parts[-1] is not None and self._is_operator("OR"):
            self._take()
            parts.append(self._and())
        found = [p for p in parts if p is not None]
        return any_of(*found) if found else None

    def _and(self) -> Query | None:
        parts: list[Query] = []
        while self._next.kind not in ("end", "close"):
            if parts and self._is_operator("OR"):
                break
            if parts and self._is_operator("AND"):
                self._take()
            elif (node := self._not()) is not None:
                parts.append(node)
        return all_of(*parts) if parts else None

    def _not(self) -> Query | None:
        if self._next.kind == "not" or self._is_operator("NOT"):
            self._take()
            node = self._nested(self._not)
            return None if node is None else none_of(node)
        return self._primary()

    def _nested(self, rule: Callable[[], Query | None]) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryTooLong(f"the query is nested more than {MAX_DEPTH} deep", hint="use fewer parentheses")
        node = rule()
        self._depth -= 1
        return node

    def _primary(self) -> Query | None:
        lexeme = self._next
        match lexeme.kind:
            case "open":
                return self._parentheses()
            case "scope":
                return self._scope()
            case "quote":
                return self._quote(self._take())
            case "chunk":
                return self._chunk(self._take())
            case "not":
                return self._not()
        return None

    def _parentheses(self) -> Query | None:
        opening = self._take()
        node = self._nested(self._or)
        if self._next.kind == "close":
            self._take()
        else:
            self._remark("a parenthesis was not closed; it was read up to the end", opening, "add )")
        if node is None:
            self._remark("empty parentheses were left out", opening)
        return node

    def _scope(self) -> Query | None:
        lexeme = self._next
        name = lexeme.match["name"].lower() if lexeme.kind == "scope" else ""
        after = self._lexemes[self._at + 1]
        if name in DATE_SCOPES and after.kind in ("chunk", "quote"):
            self._take()
            return self._date(name, self._take(), lexeme)
        field = SCOPES.get(name)
        if field is None or after.kind in ("close", "end"):
            return self._words_of_scope()
        self._take()
        if field.kind == "keyword":
            return self._keyword(field.name, lexeme)
        child = self._primary()
        if child is None:
            return None
        if any(isinstance(n, Everything | Scope | DateRange) for n in iter_nodes(child)):
            self._remark(f"{lexeme.text} cannot hold another scope; it was left out", lexeme)
            return child
        return Scope(field.name, child)

    def _words_of_scope(self) -> Query | None:
        """Of `http://…` or `12:30pm`, which are no scopes: the words."""
        lexeme = self._take()
        parts = [self._chunk(lexeme)]
        if self._next.kind == "chunk" and self._next.start == lexeme.start + len(lexeme.text):
            parts.append(self._chunk(self._take()))
        words = tuple(w for p in parts for w in _words_of(p))
        if not words:
            return None
        return Phrase(words) if len(words) > 1 else parts[0] or parts[-1]

    def _keyword(self, field: str, scope: _Lexeme) -> Query | None:
        lexeme = self._take()
        if lexeme.kind not in ("chunk", "quote"):
            self._remark(f"{scope.text} wants a value; it was left out", scope, f'{scope.text}"…"')
            return None
        value = lexeme.match["quoted"] if lexeme.kind == "quote" else lexeme.text
        value = re.sub(r'["\\\x00-\x1f]', "", value).strip()
        if not value and lexeme.kind == "chunk":
            return None
        self._count(1)
        return Scope(field, value)

    def _date(self, name: str, lexeme: _Lexeme, scope: _Lexeme) -> Query | None:
        typed = lexeme.match["quoted"] if lexeme.kind == "quote" else lexeme.text
        found = parse_range(name, typed)
        if found is None:
            hint = "a date is 2024, 2024-02, 2024-02-08 or a range like 2023..2024-02-08"
            self._remark(f"{typed!r} is not a date; {scope.text}{typed} was left out", scope, hint)
            return None
        self._count(1)
        return DateRange(*found)

    def _quote(self, lexeme: _Lexeme) -> Query | None:
        match = lexeme.match
        quoted = match["quoted"]
        words = tuple(quoted[t.start : t.end] for t in iter_tokens(quoted))
        if match["unclosed"] is not None:
            hint = f"Did you mean {quote(words)}?" if words else ""
            self._remark("no closing quotation mark; the phrase was read up to the end", lexeme, hint)
        if not words:
            self._remark("quotation marks without a word were left out", lexeme)
            return None
        distance = match["distance"]
        if not distance or len(words) < 2:
            if distance is not None:
                self._remark(f"{lexeme.text} was read as a phrase", lexeme, 'nearness is "two words"~5')
            self._count(1)
            return Phrase(words)
        self._count(len(words))
        far = int(distance[:4])
        if far > MAX_DISTANCE:
            self._remark(f"the distance {distance} was read as {MAX_DISTANCE}", lexeme)
        return Near(words, min(far, MAX_DISTANCE))

    def _chunk(self, lexeme: _Lexeme) -> Query | None:
        text = lexeme.text
        if text == "*":
            return Everything()
        if any(c in text for c in "*?~") and (node := _pattern(text)) is not None:
            self._count(1)
            return node
        if re.search(r"\w[*~]$", text):
            self._remark(f"{text} was read without its sign", lexeme, "a pattern begins with at least two letters")
        words = tuple(text[t.start : t.end] for t in iter_tokens(text))
        if not words:
            self._remark(f"{text} has no word in it and was left out", lexeme)
            return None
        if words[0] in OPERATORS and len(words) == 1:
            self._remark(f"{words[0]} has nothing to join here and was read as a word", lexeme, f'"{words[0]}"')
        self._count(1)
        if len(words) == 1:
            return Phrase(words) if words[0] in OPERATORS else Term(words[0])
        return Run(words) if is_run(words) else Phrase(words)

    def _count(self, terms: int) -> None:
        self._terms += terms
        if self._terms > MAX_TERMS:
            hint = "put a passage in quotation marks to find it as a phrase"
            raise QueryTooLong(f"the query has more than {MAX_TERMS} terms", hint=hint)


def _words_of(node: Query | None) -> tuple[str, ...]:
    match node:
        case Term(text):
            return (text,)
        case Phrase(words):
            return words
    return ()


def _pattern(text: str) -> Query | None:
    """The Prefix, Wildcard or Fuzzy that `text` is, if it is one; a question mark at a word's end is punctuation."""
    bare = re.sub(r"\?+$", "", text)
    bare = re.sub(r"\*{2,}", "*", bare)
    for make, body in ((Fuzzy, bare.removesuffix("~")), (Prefix, bare.removesuffix("*")), (Wildcard, bare)):
        if body == bare and make is not Wildcard:
            continue
        try:
            return make(body)
        except ValueError:
            continue
    return None
