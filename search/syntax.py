"""The query language: typed text in, query tree out.

Anything typed gives a tree. Where the text had to be read otherwise than typed, the reading carries a remark that says
how; with `strict` it is an error with a position instead. The one decision: a hand-written recursive descent over half
a dozen kinds of lexeme (`search.lexemes`), because the language is small and what it says of mistakes is the point.
`search.guide` is the table of what can be typed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from search.dates import parse_range
from search.errors import QuerySyntaxError, QueryTooLong
from search.lexemes import Lexeme, iter_lexemes, plain
from search.query import (
    MAX_DISTANCE,
    OPERATORS,
    DateRange,
    Near,
    Phrase,
    Query,
    Run,
    Scope,
    Term,
    all_of,
    any_of,
    is_run,
    iter_nodes,
    none_of,
    quote,
)
from search.query import All as Everything
from search.schema import FIELD, SCOPES
from search.signs import MAX_RUN, doubts_of, pattern_of, short, words_of

MAX_CHARACTERS = 4_000
MAX_TERMS = 64
MAX_PHRASE = 300
"""The most words of a phrase."""
MAX_DEPTH = 32

STRICT_HINT = "write it so, or leave out strict=1 to have it read so"
DATE_HINT = "a date is 2024, 2024-02, 2024-02-08 or a range like 2023..2024-02-08"
_PUNCTUATION = frozenset(".,:!?-–'‘’·¡¿/_[]{}")


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


def parse_query(text: str, *, strict: bool = False) -> Reading:
    """The tree that `text` asks for; of an empty text, everything.

    Args:
        text: as typed.
        strict: refuse what would have to be guessed.

    Raises:
        QuerySyntaxError: `strict`, and something had to be guessed.
        QueryTooLong: more than MAX_CHARACTERS, or more than MAX_TERMS and no mere passage of words.
    """
    if len(text) > MAX_CHARACTERS:
        hint = f"at most {MAX_CHARACTERS:,}: paste a shorter passage, in quotation marks"
        raise QueryTooLong(f"the query has {len(text):,} characters", hint=hint)
    read, places = plain(text)
    parser = _Parser(read)
    reading = parser.read()
    if parser.terms > MAX_TERMS:
        if parser.is_made:
            hint = f"at most {MAX_TERMS}: put a passage in quotation marks to find it as a phrase, which counts as one"
            raise QueryTooLong(f"the query has {parser.terms:,} terms", hint=hint)
        reading = _passage(read)
    remarks = sorted((replace(r, position=places[r.position]) for r in reading.remarks), key=lambda r: r.position)
    if strict and remarks:
        raise QuerySyntaxError(remarks[0].message, position=remarks[0].position, hint=remarks[0].hint or STRICT_HINT)
    return Reading(reading.query, tuple(remarks))


def _passage(text: str) -> Reading:
    """A pasted passage, longer than a query may be: its words side by side."""
    words = words_of(text)
    taken = f"its first {MAX_PHRASE} words" if len(words) > MAX_PHRASE else "its words"
    message = f"more than {MAX_TERMS} words are a passage; {taken} were looked for side by side"
    return Reading(Phrase(words[:MAX_PHRASE]), (Remark(message, 0, "type fewer words to find them anywhere"),))


def _unended(value: str) -> str:
    """A value without the end of a sentence behind it; what has other full stops (U.S., 2023..) keeps its last."""
    bare = value.rstrip("?!")
    return bare.removesuffix(".") if bare.count(".") == 1 else bare


class _Parser:
    """Reads one plain text. Grammar: or = and ("OR" and)*; and = not ("AND"? not)*; not = ("-" | "NOT")* primary.

    Attributes:
        terms: how many have been read.
        is_made: whether the text says how words belong together, as no passage of a transcript does.
    """

    def __init__(self, text: str) -> None:
        self.terms = 0
        self.is_made = False
        self._lexemes = list(iter_lexemes(text))
        self._at = 0
        self._depth = 0
        self._open = 0
        self._value: Callable[[Lexeme], Query | None] | None = None
        self._remarks: dict[str, Remark] = {}
        self._wordless: list[Lexeme] = []

    def read(self) -> Reading:
        """The whole text."""
        node = self._or()
        if self._wordless:
            signs = " and ".join(dict.fromkeys(short(lexeme.text) for lexeme in self._wordless[:3]))
            more = " and others" if len(self._wordless) > 3 else ""
            hint = "OR between words finds either" if any("|" in lexeme.text for lexeme in self._wordless) else ""
            self._remark(f"{signs}{more}: no word is in it, so it was left out", self._wordless[0], hint)
        if node is None and self._at:
            self._remark("nothing is left to look for, so everything is shown", self._lexemes[-1])
        return Reading(Everything() if node is None else node, tuple(self._remarks.values()))

    @property
    def _next(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        lexeme = self._next
        self._at += 1
        return lexeme

    def _remark(self, message: str, lexeme: Lexeme, hint: str = "") -> None:
        """Say it, once: the same mistake made again is not worth another line."""
        self._remarks.setdefault(message, Remark(message, lexeme.start, hint))

    def _is_operator(self, word: str) -> bool:
        """Whether an operator stands here that has something to work on; another one is left out."""
        after = self._lexemes[min(self._at + 1, len(self._lexemes) - 1)]
        followed = after.kind not in ("end", "close") and not (after.kind == "chunk" and after.text in {"OR", "AND"})
        return self._next.kind == "chunk" and self._next.text == word and followed

    def _or(self) -> Query | None:
        parts = [self._and()]
        while self._is_operator("OR"):
            self.is_made = True
            self._take()
            parts.append(self._and())
        found = [p for p in parts if p is not None]
        return any_of(*found) if found else None

    def _and(self) -> Query | None:
        parts: list[Query] = []
        begun = False
        while self._next.kind != "end" and not (self._next.kind == "close" and self._open):
            if self._next.kind == "close":
                self._remark("a closing parenthesis without an opening one was left out", self._take())
                continue
            if begun and self._is_operator("OR"):
                break
            if begun and self._is_operator("AND"):
                self._take()
            elif (node := self._not()) is not None:
                parts.append(node)
            begun = True
        return all_of(*parts) if parts else None

    def _not(self) -> Query | None:
        negated = False
        while self._next.kind == "not" or self._is_operator("NOT"):
            self.is_made = True
            self._take()
            negated = not negated
        node = self._primary()
        return none_of(node) if node is not None and negated else node

    def _nested(self, rule: Callable[[], Query | None], opening: Lexeme) -> Query | None:
        """What `rule` reads, one deeper; at the bottom nothing, so that what follows is read as if it stood above."""
        if self._depth >= MAX_DEPTH:
            self._remark(f"what is nested more than {MAX_DEPTH} deep was read as if it stood above", opening)
            return None
        self._depth += 1
        node = rule()
        self._depth -= 1
        return node

    def _primary(self) -> Query | None:
        match self._next.kind:
            case "open":
                return self._nested(self._parentheses, self._take())
            case "scope":
                return self._scope()
            case "quote" | "chunk" if self._value:
                return self._value(self._take())
            case "quote":
                return self._quote(self._take())
            case "chunk":
                return self._chunk(self._take())
            case "not":
                return self._not()
        return None

    def _parentheses(self) -> Query | None:
        opening = self._lexemes[self._at - 1]
        if self._next.kind == "close":
            self._remark("empty parentheses were left out", opening)
        self._open += 1
        node = self._or()
        self._open -= 1
        if self._next.kind == "close":
            self._take()
        else:
            self._remark("a parenthesis was not closed; it was read up to the end", opening, "add )")
        return node

    def _scope(self) -> Query | None:
        scope = self._take()
        while self._next.kind == "scope":
            self._remark(f"{scope.text} has another place to look in behind it; it was left out", scope)
            scope = self._take()
        name = scope.name
        shown = f"{name}:"
        if self._next.kind in ("end", "close"):
            self._remark(f"{shown} has nothing behind it; it was left out", scope, f'"{name}" is the word')
            return None
        if scope.is_apart:
            message = f"{shown} was read as a place to look in, though a space is behind it"
            self._remark(message, scope, f'"{name}" in quotation marks is the word')
        else:
            self.is_made = True
        if self._value:
            self._remark(f"{shown} stands among the values of another scope; it was read on its own", scope)
        field = SCOPES.get(name)
        outer, self._value = self._value, None
        if field is None:
            self._value = lambda lexeme: self._date(name, lexeme)
        elif field.kind == "keyword":
            self._value = lambda lexeme: self._keyword(field.name, lexeme)
        child = self._nested(self._primary, scope)
        self._value = outer
        if child is None or field is None or field.kind == "keyword":
            return child
        if any(isinstance(n, Everything | Scope | DateRange) for n in iter_nodes(child)):
            self._remark(f"{shown} cannot hold another scope, or *; it was left out", scope)
            return child
        return Scope(field.name, child)

    def _keyword(self, field: str, lexeme: Lexeme) -> Query | None:
        name = f"{FIELD[field].scopes[0]}:"
        typed = _unended(lexeme.text)
        if lexeme.kind == "quote":
            typed = lexeme.quotation.body
            if not lexeme.quotation.closed:
                self._remark("no closing quotation mark; the value was read up to the end", lexeme)
        value = re.sub(r'["\\]', "", typed).strip()
        if not value and lexeme.kind == "chunk":
            self._remark(f"{name} wants a value; it was left out", lexeme, f'{name}"…"')
            return None
        if lexeme.kind == "chunk" and re.search(r"[*~?]", value):
            self._remark(f"{short(value)} was read as a whole value; {name} knows no patterns", lexeme)
        self.terms += 1
        return Scope(field, value)

    def _date(self, name: str, lexeme: Lexeme) -> Query | None:
        typed = lexeme.quotation.body if lexeme.kind == "quote" else lexeme.text
        dashed = re.sub(r"(?<=\d)(?:[年月/]|\.(?!\.))(?=\d)", "-", _unended(typed))
        dashed = re.sub(r"(?<=\d)[年月日](?=\.\.|$)", "", dashed)
        found = parse_range(name, dashed)
        if found and found[0] and found[1] and found[0] > found[1]:
            self._remark(f"{short(typed)} runs backwards; it was read the other way round", lexeme)
            first, _, last = dashed.partition("..")
            found = parse_range(name, f"{last}..{first}")
        if found is None:
            self._remark(f"{short(typed)} is not a date; {name}:{short(typed)} was left out", lexeme, DATE_HINT)
            return None
        self.terms += 1
        return DateRange(*found)

    def _quote(self, lexeme: Lexeme) -> Query | None:
        quotation = lexeme.quotation
        words = words_of(quotation.body)
        if not quotation.closed:
            hint = f"Did you mean {short(quote(words))}?" if words else ""
            self._remark("no closing quotation mark; the phrase was read up to the end", lexeme, hint)
        if not words:
            self._remark("quotation marks without a word were left out", lexeme)
            return None
        distance = quotation.distance
        if not distance or len(words) < 2:
            if distance is not None:
                self._remark(f"{short(lexeme.text)} was read as a phrase", lexeme, 'nearness is "two words"~5')
            return self._phrase(words, lexeme)
        self.terms += len(words)
        self.is_made = True
        far = int(distance[:4])
        if far > MAX_DISTANCE:
            self._remark(f"the distance {short(distance)} was read as {MAX_DISTANCE}", lexeme)
        return Near(words, min(far, MAX_DISTANCE))

    def _phrase(self, words: tuple[str, ...], lexeme: Lexeme) -> Query:
        self.terms += 1
        if len(words) > MAX_PHRASE:
            message = (
                f"a phrase has at most {MAX_PHRASE} words; the first {MAX_PHRASE} of {len(words):,} were looked for"
            )
            self._remark(message, lexeme)
        return Phrase(words[:MAX_PHRASE])

    def _chunk(self, lexeme: Lexeme) -> Query | None:
        text = lexeme.text
        if text == "*":
            return Everything()
        words = words_of(text)
        if not words:
            if not _PUNCTUATION.issuperset(text):
                self._wordless.append(lexeme)
            return None
        if (pattern := pattern_of(text)) is not None:
            node, hint = pattern
            if hint:
                self._remark(f"{short(text)} was read as {node}", lexeme, hint)
            self.terms += 1
            return node
        if len(words) == 1 and words[0] in OPERATORS:
            message = f"{words[0]} has nothing to join here, so it was left out"
            self._remark(message, lexeme, f'"{words[0]}" in quotation marks is the word')
            return None
        before_quote = self._next.kind == "quote" and self._next.start == lexeme.start + len(text)
        for message, hint in doubts_of(text, words, before_quote=before_quote):
            self._remark(message, lexeme, hint)
        if len(words) > 1 and not (is_run(words) and len(words) <= MAX_RUN):
            return self._phrase(words, lexeme)
        self.terms += 1
        if len(words) > 1:
            return Run(words)
        return Term(words[0])
