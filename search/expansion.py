"""From the query as read to the query that is asked: names with their synonyms, runs of Han as they serve best.

Here belongs what is looked for besides what was typed; reading typed text belongs to `search.syntax`. The one decision:
what stands in quotation marks is never touched, and everything else that is done here is said in a notice and switched
off by `exact=1`. What is found does not depend on what is picked, or a facet would count other answers than a click on
it finds.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from search.query import And, Not, Or, Phrase, Query, Run, Scope, Term, Variants, all_of, any_of, none_of, quote
from search.text import acronym, asked_term, iter_tokens, query_term

MAX_NAMES = 8
"""How many names of a query are looked for under their other names too."""

CAPITALS = 0.98
"""The least share of a word's documents that have it in capitals, for it to be an acronym in small letters too."""

_QUOTATION_MARK = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u300c\u300d\u300e\u300f]')

Key = tuple[str, ...]


class Counter(Protocol):
    """Counts what queries find."""

    def __call__(self, queries: Sequence[Query], *, picked: bool = False) -> Sequence[int]:
        """How many answers each of `queries` finds in the whole collection, or in what is picked of it."""
        ...


class Named(NamedTuple):
    """A name of the query, as it was typed, and what else it was looked for as."""

    typed: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """What is asked; the names that stand in it under other names; whether a run of Han may stand in it apart."""

    query: Query
    names: tuple[Named, ...] = ()
    apart: bool = False


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, as it is printed."""
    return tuple(name[token.start : token.end] for token in iter_tokens(name))


def key_of(words: Sequence[str]) -> Key:
    """What two spellings of a name have in common: acronyms stay in capitals, all else is folded."""
    return tuple(map(query_term, words))


def name_key(name: str) -> Key:
    """The key of a name as it is printed."""
    return tuple(asked_term(token.terms) for token in iter_tokens(name))


class Synonyms:
    """Groups of names of one thing, looked up by any of them."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups: dict[Key, Mapping[Key, str]] = {}
        for group in groups:
            named = {name_key(name): name for name in group}
            self._groups.update(dict.fromkeys(named, named))
        self._beginnings = {key[:length] for key in self._groups for length in range(1, len(key) + 1)}

    def begins(self, key: Key) -> bool:
        """Whether a name begins with `key`, or is it."""
        return key in self._beginnings

    def __contains__(self, key: Key) -> bool:
        return key in self._groups

    def others(self, key: Key) -> tuple[str, ...]:
        """The other names of what `key` names that find more: those that hold a shorter one find nothing new."""
        group = self._groups[key]
        return tuple(
            name
            for other, name in group.items()
            if other != key and not any(_holds(other, shorter) for shorter in group if shorter != other)
        )


def _holds(key: Key, part: Key) -> bool:
    return any(key[i : i + len(part)] == part for i in range(len(key) - len(part) + 1))


NO_SYNONYMS = Synonyms(())


def expand(query: Query, text: str, synonyms: Synonyms, count: Counter, *, apart: bool = True) -> Expanded:
    """What is asked where `text` was read as `query`.

    Args:
        query: with the values of its scopes resolved.
        text: as typed; it tells which phrases stand in quotation marks.
        synonyms: the names known.
        count: how many answers a query finds.
        apart: a run of Han characters may also be found by its pairs.
    """
    expander = _Expander(text, synonyms, count, apart=apart)
    return Expanded(expander.expand(query, _bare), tuple(dict.fromkeys(expander.names)), expander.has_runs)


def _bare(query: Query) -> Query:
    return query


def _quoted(text: str) -> frozenset[tuple[str, ...]]:
    """The words of each passage of `text` in quotation marks."""
    return frozenset(map(words_of, _QUOTATION_MARK.split(text)[1::2]))


def form_of(name: str) -> Term | Phrase:
    """What finds a name that nobody typed: an acronym with its endings, all else exactly."""
    words = words_of(name)
    return Term(words[0]) if len(words) == 1 and acronym(words[0]) else Phrase(words)


class _Expander:
    """Expands one query."""

    def __init__(self, text: str, synonyms: Synonyms, count: Counter, *, apart: bool) -> None:
        self._quoted = _quoted(text)
        self._synonyms = synonyms
        self._count = count
        self._apart = apart
        self.names: list[Named] = []
        self.has_runs = False

    def expand(self, node: Query, around: Callable[[Query], Query]) -> Query:
        """`node` as it is asked. `around` puts it into the scope that it stands in, to be counted there."""
        match node:
            case And(children):
                return all_of(*self._side_by_side(children, around))
            case Or(children):
                return any_of(*(self.expand(child, around) for child in children))
            case Not(child):
                return none_of(self.expand(child, around))
            case Scope(field, Query() as child):
                return Scope(field, self.expand(child, lambda query: Scope(field, query)))
            case Term() | Phrase() | Run():
                return next(self._side_by_side((node,), around))
        return node

    def _side_by_side(self, nodes: Sequence[Query], around: Callable[[Query], Query]) -> Iterator[Query]:
        """What is asked for each of `nodes`; neighbours that spell a name together are one."""
        at = 0
        while at < len(nodes):
            many, key = self._longest_name(nodes, at)
            if key:
                yield self._named(nodes[at : at + many], key)
                at += many
                continue
            node = nodes[at]
            if isinstance(node, Run):
                yield self._run(node, around)
            else:
                yield node if isinstance(node, Term | Phrase) else self.expand(node, around)
            at += 1

    def _longest_name(self, nodes: Sequence[Query], at: int) -> tuple[int, Key]:
        """How many nodes from `at` on spell a name, and which: the longest; none at all where there is none."""
        if len(self.names) >= MAX_NAMES:
            return 0, ()
        key: Key = ()
        best = self._acronym(nodes[at])
        many = len(best)
        for number, node in enumerate(nodes[at:], 1):
            words = self._open_words(node)
            key += key_of(words)
            if not words or not self._synonyms.begins(key):
                break
            if key in self._synonyms and self._synonyms.others(key):
                many, best = number, key
        return many, best

    def _open_words(self, node: Query) -> tuple[str, ...]:
        """The words of a node that may be a name or a part of one; what stands in quotation marks may not."""
        match node:
            case Term(text):
                return (text,)
            case Phrase(words) if words not in self._quoted:
                return words
            case Run(words):
                return words
        return ()

    def _acronym(self, node: Query) -> Key:
        """The key of the acronym that a word in small letters is; () if it is none.

        It is one where it stands for nothing else: where hardly a document has it in small letters.
        """
        if not isinstance(node, Term) or node.text != node.text.lower():
            return ()
        capitals = acronym(node.text.upper())
        if capitals is None or (capitals,) not in self._synonyms or not self._synonyms.others((capitals,)):
            return ()
        large, all_of_them = self._count((Term(capitals), node))
        return (capitals,) if large >= all_of_them * CAPITALS else ()

    def _named(self, nodes: Sequence[Query], key: Key) -> Query:
        words = tuple(word for node in nodes for word in self._open_words(node))
        others = self._synonyms.others(key)
        self.names.append(Named(quote(words)[1:-1], others))
        forms = tuple(map(form_of, others))
        if len(nodes) == 1:
            typed = nodes[0] if isinstance(nodes[0], Term | Phrase) else Phrase(words)
            return Variants((typed, *forms))
        # Typed apart, the words may stand apart, as they would without the name; side by side they are the name.
        return any_of(all_of(*nodes), Variants((Phrase(words), *forms)))

    def _run(self, run: Run, around: Callable[[Query], Query]) -> Query:
        """The run where it stands whole and apart; else what there is of the two, so that it is ranked."""
        if not self._apart:
            return run.phrase
        whole, all_of_them = self._count((around(run.phrase), around(run)))
        if whole == all_of_them:
            return run.phrase
        self.has_runs = True
        (ranked,) = self._count((around(run.phrase),), picked=True)
        return run if ranked else all_of(*run.pairs)
