"""The query tree: what a search asks for, whoever wrote it and whichever engine answers it.

Here belong the nodes and their canonical text; reading typed text belongs to `search.syntax`. The one decision: nodes
are checked when made, so that every tree that exists has a canonical text, and that text parses back to the same tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from search.schema import FIELD
from search.text import HAN, fold, iter_tokens

OPERATORS = frozenset({"AND", "OR", "NOT"})
MAX_DISTANCE = 100
"""The furthest that a Near reaches, in words."""
MIN_PREFIX = 2
"""The fewest letters that a Prefix or Wildcard must begin with."""

_HAN = re.compile(f"[{HAN}]")
_HAN_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


class Query:
    """A node of the tree. `str(node)` is its canonical text."""

    __slots__ = ()


def _is_word(text: str) -> bool:
    tokens = list(iter_tokens(text))
    return len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (0, len(text))


def _check_word(text: str) -> None:
    if not _is_word(text):
        raise ValueError(f"{text!r} is not one word")


def quote(words: tuple[str, ...]) -> str:
    """`words` in quotation marks; Han characters close up."""
    return '"' + _HAN_GAP.sub("", " ".join(words)) + '"'


@dataclass(frozen=True, slots=True)
class All(Query):
    """Every document."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Term(Query):
    """A plain word, as typed: `sanctions`, `US`, `U.S.`, `5,000`. It stands for all its forms (`search.stems`)."""

    text: str

    def __post_init__(self) -> None:
        _check_word(self.text)
        if self.text in OPERATORS:
            raise ValueError(f"{self.text!r} is an operator; as a word it is a Phrase")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase(Query):
    """Exactly these words, side by side, in this order. One word in quotes is a phrase of one."""

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a phrase has at least one word")
        for word in self.words:
            _check_word(word)

    def __str__(self) -> str:
        return quote(self.words)


def is_run(words: tuple[str, ...]) -> bool:
    """Whether `words`, written without spaces, are a Run: three or more, one of them Han, and cut so again."""
    run = "".join(words)
    return len(words) > 2 and bool(_HAN.search(run)) and tuple(run[t.start : t.end] for t in iter_tokens(run)) == words


@dataclass(frozen=True, slots=True)
class Run(Query):
    """Words typed without a space between them: three or more, of which one at least is a Han character.

    It finds what holds every pair of neighbours side by side; what holds all of them side by side scores, the rest
    does not: so the whole run comes first.
    """

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not is_run(self.words):
            raise ValueError(f"{self.words!r} are no run of three words or more with a Han character")

    @property
    def phrase(self) -> Phrase:
        """All of it, side by side."""
        return Phrase(self.words)

    @property
    def pairs(self) -> tuple[Phrase, ...]:
        """Each pair of neighbours, each once."""
        return tuple(dict.fromkeys(map(Phrase, pairwise(self.words))))

    def __str__(self) -> str:
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Variants(Query):
    """Names of one thing: it finds what any of them finds, and counts them as one word.

    Nobody types it: `search.expansion` makes it of a name. Its text reads back as the Or that finds the same.
    """

    forms: tuple[Term | Phrase, ...]

    def __post_init__(self) -> None:
        if len(set(self.forms)) < max(2, len(self.forms)):
            raise ValueError("variants are at least two, each once")

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.forms))})"


@dataclass(frozen=True, slots=True)
class Near(Query):
    """These words, in any order, within a window of `distance` more words than they are themselves."""

    words: tuple[str, ...]
    distance: int

    def __post_init__(self) -> None:
        if len(self.words) < 2:
            raise ValueError("Near has at least two words")
        for word in self.words:
            _check_word(word)
        if not 0 <= self.distance <= MAX_DISTANCE:
            raise ValueError(f"the distance is from 0 to {MAX_DISTANCE}, not {self.distance}")

    def __str__(self) -> str:
        return f"{quote(self.words)}~{self.distance}"


@dataclass(frozen=True, slots=True)
class Prefix(Query):
    """Words that begin with these letters: `sanction*`."""

    text: str

    def __post_init__(self) -> None:
        _check_word(self.text)
        if len(fold(self.text)) < MIN_PREFIX:
            raise ValueError(f"{self.text!r} is shorter than {MIN_PREFIX} letters")

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Wildcard(Query):
    """Words of this pattern: `?` is one letter, `*` any number. `organi?ation*`.

    A pattern does not end in `?`: there it is a question's own mark.
    """

    pattern: str

    def __post_init__(self) -> None:
        head = re.split(r"[*?]", self.pattern, maxsplit=1)[0]
        if not re.search(r"[*?]", self.pattern.rstrip("*")) or len(fold(head)) < MIN_PREFIX:
            raise ValueError(f"{self.pattern!r} is not a pattern that begins with {MIN_PREFIX} letters")
        _check_word(re.sub(r"[*?]", "", self.pattern))
        if "**" in self.pattern or self.pattern.endswith("?"):
            raise ValueError(f"{self.pattern!r} has two stars side by side, or a question mark at its end")

    def __str__(self) -> str:
        return self.pattern


@dataclass(frozen=True, slots=True)
class Fuzzy(Query):
    """Words that differ from this one by at most `edits` letters (optimal string alignment distance)."""

    text: str

    def __post_init__(self) -> None:
        _check_word(self.text)

    @property
    def edits(self) -> int:
        """One up to five letters, two above."""
        return 1 if len(fold(self.text)) <= 5 else 2

    def __str__(self) -> str:
        return f"{self.text}~"


@dataclass(frozen=True, slots=True)
class Scope(Query):
    """A field with what it must hold: a whole value where the field is a keyword, a query where it is a text."""

    field: str
    value: "str | Query"

    def __post_init__(self) -> None:
        kind = FIELD[self.field].kind if self.field in FIELD else None
        if kind == "keyword":
            fits = isinstance(self.value, str) and not re.search(r'["\\\x00-\x1f]', self.value)
        elif kind == "text" and isinstance(self.value, Query):
            fits = not any(isinstance(n, All | Scope | DateRange) for n in iter_nodes(self.value))
        else:
            fits = False
        if not fits:
            raise ValueError(f"no scope {self.field!r} with the value {self.value!r}")

    def __str__(self) -> str:
        name = FIELD[self.field].scopes[0]
        if isinstance(self.value, str):
            return f'{name}:"{self.value}"'
        return f"{name}:{_in_parentheses(self.value, And, Or)}"


@dataclass(frozen=True, slots=True)
class DateRange(Query):
    """Days from `since` to `until`, both included; at least one is given."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since is None and self.until is None:
            raise ValueError("a range of dates has a beginning or an end")

    def __str__(self) -> str:
        if self.since == self.until and self.since:
            return f"date:{self.since}"
        return f"date:{self.since or ''}..{self.until or ''}"


@dataclass(frozen=True, slots=True)
class Not(Query):
    """Everything but what `child` finds."""

    child: Query

    def __post_init__(self) -> None:
        if isinstance(self.child, Not):
            raise ValueError("Not of Not is the child itself")

    def __str__(self) -> str:
        return f"-{_in_parentheses(self.child, And, Or)}"


@dataclass(frozen=True, slots=True)
class And(Query):
    """What all children find. Children are at least two, none of them an And."""

    children: tuple[Query, ...]

    def __post_init__(self) -> None:
        if len(self.children) < 2 or any(isinstance(c, And) for c in self.children):
            raise ValueError("And has at least two children, none of them an And; see all_of")

    def __str__(self) -> str:
        return " ".join(_in_parentheses(c, Or) for c in self.children)


@dataclass(frozen=True, slots=True)
class Or(Query):
    """What any child finds. Children are at least two, none of them an Or."""

    children: tuple[Query, ...]

    def __post_init__(self) -> None:
        if len(self.children) < 2 or any(isinstance(c, Or) for c in self.children):
            raise ValueError("Or has at least two children, none of them an Or; see any_of")

    def __str__(self) -> str:
        return " OR ".join(_in_parentheses(c, And) for c in self.children)


def _in_parentheses(node: Query, *kinds: type[Query]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)


def all_of(*nodes: Query) -> Query:
    """The And of `nodes`, flat; of one node, itself; of none, All."""
    flat = [c for n in nodes for c in (n.children if isinstance(n, And) else (n,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else All()


def any_of(*nodes: Query) -> Query:
    """The Or of `nodes`, flat; of one node, itself.

    Raises:
        ValueError: there are no nodes.
    """
    flat = [c for n in nodes for c in (n.children if isinstance(n, Or) else (n,))]
    if not flat:
        raise ValueError("any_of needs a node")
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def none_of(node: Query) -> Query:
    """The Not of `node`; of a Not, its child."""
    return node.child if isinstance(node, Not) else Not(node)


def iter_nodes(node: Query) -> Iterator[Query]:
    """`node` and everything below it, parents first."""
    yield node
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from iter_nodes(child)
        case Not(child):
            yield from iter_nodes(child)
        case Scope(_, Query() as child):
            yield from iter_nodes(child)


def iter_runs(node: Query) -> Iterator[tuple[str, tuple[Query, ...]]]:
    """Words typed side by side, below no Not: stretches of two or more in an And, each as long as may be.

    With each comes the text field that it is looked for in, "" where it is no scope's. Of variants, the first form
    stands for all, where it is words that were typed.
    """
    match node:
        case And(children):
            for plain, stretch in groupby(children, key=lambda child: bool(_words_of(child))):
                held = tuple(stretch)
                if plain and len(phrase_of(held).words) > 1:
                    yield "", held
                elif not plain:
                    for child in held:
                        yield from iter_runs(child)
        case Or(children):
            if words := _words_of(node):
                yield "", (node,)
            for child in children if not words else ():
                yield from iter_runs(child)
        case Scope(name, Query() as child):
            yield from ((name, run) for _, run in iter_runs(child))


def typed_form(leaf: Query) -> Phrase | None:
    """The very form that was typed, of a leaf that stands for others too; of any other leaf, nothing."""
    match leaf:
        case Term(text) | Variants((Term(text), *_)):
            return Phrase((text,))
        case Variants((Phrase() as phrase, *_)):
            return phrase
    return None


def phrase_of(run: tuple[Query, ...]) -> Phrase:
    """The phrase of words typed side by side, see `iter_runs`."""
    return Phrase(tuple(word for child in run for word in _words_of(child)))


def words_of_run(run: tuple[Query, ...]) -> Iterator[Query]:
    """What each word of a run is looked for by: a term, or variants."""
    for child in run:
        match child:
            case Or((And(words), *_)):
                yield from words
            case _:
                yield child


def _words_of(node: Query) -> tuple[str, ...]:
    """The words that were typed for a node: one, or those of a name that is looked for under others too."""
    match node:
        case Term(text) | Variants((Term(text), *_)):
            return (text,)
        case Or((And(children), Variants((Phrase(words), *_)))):
            return words if words == tuple(child.text for child in children if isinstance(child, Term)) else ()
    return ()


def iter_positive(node: Query) -> Iterator[Query]:
    """The nodes that a document may match for, those below a Not left out: what is worth highlighting."""
    yield node
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from iter_positive(child)
        case Scope(_, Query() as child):
            yield from iter_positive(child)
