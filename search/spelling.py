"""Did you mean: another spelling of a search that finds little, from the index's own words and the names known.

The one decision: a spelling is weighed word by word (how near, how frequent, whether a name), but a search is proposed
only as a whole, counted, and only where it finds far more than the one that was typed.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product

from search.engine import Engine
from search.labels import Labels
from search.query import Near, Phrase, Query, Run, Scope, Term, iter_positive
from search.schema import KEYWORDS
from search.text import HAN, fold, iter_tokens
from search.words import alignment_distance

FEW = 10
"""A search with so many hits or fewer is perhaps misspelt; so is a word that so many answers have."""

TIMES = 20
"""How many times as much a proposal must find."""

FAR_TIMES = 100
"""How many times as frequent another word must be than one that is there."""

LONG = 6
"""The fewest letters of a word that is there, for others to be looked for."""

SHORTEST = 3
"""The fewest letters of a word that is looked up among near ones."""

MAX_WORDS = 4
"""Of so many words of a query other spellings are looked for."""

MAX_SUSPECTS = 8
"""So many words are looked at for them: each costs a millisecond or two."""

LONGEST = 40
"""The most letters of a word, or of a value, that is looked at."""

MAX_OPTIONS = 4
MAX_SEARCHES = 16
"""How many spellings of a word, and of the whole query, are tried."""

PER_EDIT = 4.0
FIRST_LETTER = 2.0
SWAPPED = 1.0
NAME = 1.5
"""What an edit costs, what a change of the first letter costs, what swapped letters and names are worth; beside the
logarithm of a word's frequency."""
LEAST = -6.0
"""The least weight of another word: two edits away, it is in eight answers, or a name."""

_HAN = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]{{3,40}}")
_WORD = re.compile(r"\w+")
LONGEST_HAN = 8

WHO = ("speaker", "outlet")
"""Fields of those who speak, whose names their own words seldom hold."""
LONGEST_NAME = 4
"""Words of such a name, or Han characters."""
MAX_WHO = 16
"""Among so many words such names are looked for."""
WHOLE_NAME = 3.0
"""What such a name is worth: it is likelier than that several words were mistyped."""
_QUOTES = '"\u201c\u201d'
_WHO = re.compile(r"[^\W_]+(?:[\s.\-'\u2019\u00b7]+[^\W_]+)*")
_LEAD = re.compile(rf"(?:^|[\s(])(?P<scope>(?:\w+:)?)(?P<quote>[{_QUOTES}]?)$")
_END = re.compile(rf"[{_QUOTES}]?(?:$|[\s),.?!])")
LONGER = 50
"""So many values at the most are counted that have the typed one's words and more."""


class Names:
    """The words of all names, folded, and what Han names look like with one character wiped out."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def _iter_names(self) -> Iterator[str]:
        for names in self._labels.names.values():
            for name in names.values():
                yield name.label
                yield from name.aliases
        for group in self._labels.synonyms:
            yield from group
        yield from self._labels.phrases

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word of a name, folded."""
        return frozenset(fold(word) for name in self._iter_names() for word in name.split())

    @cached_property
    def wiped(self) -> dict[str, list[str]]:
        """Names in Han of three characters or more, by each form that has one of them wiped out."""
        wiped: dict[str, list[str]] = {}
        for name in dict.fromkeys(self._iter_names()):
            if _HAN_RUN.fullmatch(name) and len(name) <= LONGEST_HAN:
                for at in range(len(name)):
                    wiped.setdefault(_wipe(name, at), []).append(name)
        return wiped

    @cached_property
    def _initials(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """By field and first letter: each name, folded, and the label of its value."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for field in (each.name for each in KEYWORDS):
            for name in self._labels.of(field).values():
                for other in dict.fromkeys(map(fold, (name.label, *name.aliases))):
                    found.setdefault((field, other[:1]), []).append((other, name.label))
        return found

    def near_values(self, field: str, typed: str) -> Iterator[tuple[int, str]]:
        """The labels of a field's values of which a name is near `typed`, and how far it is."""
        word = fold(typed)
        edits = 1 if len(word) <= 5 else 2
        nearest: dict[str, int] = {}
        for other, label in self._initials.get((field, word[:1]), ()):
            if abs(len(other) - len(word)) <= edits:
                nearest[label] = min(nearest.get(label, edits + 1), alignment_distance(word, other))
        yield from ((distance, label) for label, distance in nearest.items() if distance <= edits)

    def longer_values(self, field: str, typed: str) -> Iterator[tuple[str, str]]:
        """The values of a field of which a name has all the words of `typed` and more, and their labels."""
        wanted = set(_WORD.findall(fold(typed)))
        for value, name in self._labels.of(field).items():
            if wanted and any(wanted < set(_WORD.findall(fold(other))) for other in (value, name.label, *name.aliases)):
                yield value, name.label


def _wipe(name: str, at: int) -> str:
    return f"{name[:at]}*{name[at + 1 :]}"


@dataclass(frozen=True, slots=True)
class _Option:
    """Another spelling of a stretch of the text, and its weight."""

    start: int
    end: int
    spelling: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A word of the text that is perhaps misspelt.

    Attributes:
        count: how many answers have it as it was typed: few.
        beside: with its neighbours, where a single space is between: start, end, both as one word.
    """

    start: int
    end: int
    surface: str
    count: int
    beside: tuple[tuple[int, int, str], ...]

    def spelt(self, word: str, weight: float) -> _Option:
        """Another spelling of it."""
        return _Option(self.start, self.end, word, weight)


class Speller:
    """Looks for other spellings in an index and among names.

    Args:
        total: how many hits each of some texts has, under the same selection as the one that is respelt.
    """

    def __init__(self, engine: Engine, names: Names, total: Callable[[Sequence[str]], Sequence[int]]) -> None:
        self._engine = engine
        self._names = names
        self._total = total

    def respell(self, text: str, query: Query, now: int) -> tuple[str, int] | None:
        """What was perhaps meant by `text`, read as `query`, which has `now` hits, and how many that has; or `None`."""
        stretches = self._options(text, query)
        chosen = (tuple(filter(None, options)) for options in product(*([None, *options] for options in stretches)))
        searches = sorted((options for options in chosen if _is_apart(options)), key=_order, reverse=True)
        tried = [(_replaced(text, options), options) for options in searches[:MAX_SEARCHES]]
        totals = self._total([spelt for spelt, _ in tried])
        more = [(hits, *one) for hits, one in zip(totals, tried, strict=True) if hits > now * TIMES]
        if not more:
            return None
        hits, spelt, _ = max(more, key=lambda one: math.log(one[0]) + sum(option.weight for option in one[2]))
        return spelt, hits

    def _options(self, text: str, query: Query) -> list[list[_Option]]:
        """For each stretch of `text` that is perhaps misspelt its likeliest spellings, likeliest first."""
        found: list[list[_Option]] = [options] if (options := [*self._who_options(text, query)][:MAX_OPTIONS]) else []
        until = 0
        for word in islice(self._iter_suspects(text, query), MAX_SUSPECTS):
            options = [*self._near_words(word), *self._split_words(word), *self._joined(word)]
            if options and word.start >= until:
                best = sorted(options, key=lambda option: option.weight, reverse=True)[:MAX_OPTIONS]
                until = max(option.end for option in best)
                found.append(best)
        found += self._han_options(text, query)
        found += self._value_options(text, query)
        return found[:MAX_WORDS]

    def _iter_suspects(self, text: str, query: Query) -> Iterator[_Suspect]:
        """The words of `query` that few answers have."""
        wanted = _wanted_words(query)
        counts = dict(zip(wanted, self._engine.count([Phrase((word,)) for word in wanted]), strict=True))
        tokens = [token for token in iter_tokens(text) if text[token.start : token.end] in counts]
        for at, token in enumerate(tokens):
            surface = text[token.start : token.end]
            if counts[surface] <= FEW and len(surface) <= LONGEST and not _HAN.match(surface):
                beside = tuple(
                    (one.start, other.end, text[one.start : one.end] + text[other.start : other.end])
                    for one, other in pairwise(tokens[max(at - 1, 0) : at + 2])
                    if text[one.end : other.start] == " "
                )
                yield _Suspect(token.start, token.end, surface, counts[surface], beside)

    def _near_words(self, suspect: _Suspect) -> Iterator[_Option]:
        """Words of the index that are near, and far more frequent.

        A word that is there, though rare, is mostly meant: for it only a letter lost, doubled or swapped counts, in a
        long word.
        """
        word, count = fold(suspect.surface), suspect.count
        if len(word) < (LONG if count else SHORTEST):
            return
        for other, others in self._engine.like(word, 1 if count or len(word) <= 5 else 2):
            if other == word and not suspect.surface.isupper():
                continue
            swapped, same_start = sorted(other) == sorted(word), other[0] == word[0]
            if count and (others <= count * FAR_TIMES or not same_start or (len(other) == len(word) and not swapped)):
                continue
            weight = math.log(others) - PER_EDIT * alignment_distance(word, other)
            weight += SWAPPED * swapped + NAME * (other in self._names.words) - FIRST_LETTER * (not same_start)
            if weight > LEAST and not any(map(str.isdigit, other)):
                yield suspect.spelt(_in_case_of(suspect.surface, other), weight)

    def _split_words(self, suspect: _Suspect) -> Iterator[_Option]:
        """The suspect as two words that stand side by side: the most frequent pair."""
        surface = suspect.surface
        if suspect.count and len(surface) < LONG:
            return
        pairs = [(surface[:i], surface[i:]) for i in range(2, len(surface) - 1)]
        pairs = [pair for pair in pairs if all(map(_is_plain, pair))]
        counts = self._engine.count([Phrase(pair) for pair in pairs])
        count, pair = max(zip(counts, pairs, strict=True), default=(0, ("", "")))
        if count > suspect.count * FAR_TIMES:
            yield suspect.spelt(" ".join(pair), math.log(count) - PER_EDIT)

    def _joined(self, suspect: _Suspect) -> Iterator[_Option]:
        """The suspect and a neighbour as one word, where it is in the index."""
        for start, end, word in suspect.beside:
            if _is_plain(word) and (count := self._engine.count([Phrase((word,))])[0]):
                weight = math.log(count) - PER_EDIT + NAME * (fold(word) in self._names.words)
                yield _Option(start, end, word, weight)

    def _han_options(self, text: str, query: Query) -> Iterator[list[_Option]]:
        """For each run of Han that stands nowhere, the names that it holds but for one character; the longest first."""
        for node in iter_positive(query):
            words = node.words if isinstance(node, Phrase | Run) else ()
            run = "".join(words)
            start = text.find(run)
            if not _HAN_RUN.fullmatch(run) or start < 0 or self._engine.count([Phrase(words)])[0]:
                continue
            options = [
                _Option(start + at, start + at + length, name, float(length))
                for length in range(min(LONGEST_HAN, len(run)), 2, -1)
                for at in range(len(run) - length + 1)
                for wiped in range(length)
                for name in self._names.wiped.get(_wipe(run[at : at + length], wiped), ())
                if name != run[at : at + length]
            ]
            if options:
                yield options[:MAX_OPTIONS]

    def _value_options(self, text: str, query: Query) -> Iterator[list[_Option]]:
        """For each value of a scope that nothing has, the labels of that field nearest to it."""
        scopes = (node for node in iter_positive(query) if isinstance(node, Scope) and isinstance(node.value, str))
        for node in islice(scopes, MAX_WORDS):
            value = str(node.value)
            typed = re.search(rf'(?<=:)(?:"{re.escape(value)}"|{re.escape(value)}(?![^\s)]))', text)
            if typed is None or not SHORTEST <= len(value) <= LONGEST or self._engine.count([node])[0]:
                continue
            near = sorted(self._names.near_values(node.field, value)) or self._longer_values(node.field, value)
            if near:
                options = near[:MAX_OPTIONS]
                yield [_Option(*typed.span(), f'"{label}"', -PER_EDIT * distance) for distance, label in options]

    def _longer_values(self, field: str, typed: str) -> list[tuple[int, str]]:
        """The labels of the values that have the words of `typed` and more, the most frequent first; as near as any."""
        longer = list(islice(self._names.longer_values(field, typed), LONGER))
        counts = self._engine.count([Scope(field, value) for value, _ in longer])
        ranked = sorted(zip(counts, longer, strict=True), key=lambda one: -one[0])
        return [(1, label) for count, (_, label) in ranked if count]

    def _who_options(self, text: str, query: Query) -> Iterator[_Option]:
        """The scope of who speaks or asks in the place of words that are, or nearly are, a speaker's or outlet's name.

        Whoever types one wants what they said, and others seldom name them. What stands in a scope of another field, or
        is ruled out, is let be.
        """
        runs = (node.words for node in iter_positive(query) if isinstance(node, Run))
        wanted = frozenset(_wanted_words(query)).union(*runs)
        tokens = [(token.start, token.end) for token in iter_tokens(text)][:MAX_WHO]
        for at, many in product(range(len(tokens)), range(LONGEST_NAME, 0, -1)):
            run = tokens[at : at + many]
            start, end = run[0][0], run[-1][1]
            lead, name = _LEAD.search(text, 0, start), text[start:end]
            if len(run) < many or lead is None or not _WHO.fullmatch(name) or not _END.match(text, end):
                continue
            end += lead["quote"] != "" and text[end : end + 1] in _QUOTES
            scope = lead["scope"].lower()
            if _breaks_quotation(text, lead.start("quote"), end):
                continue
            is_typed = all(text[slice(*word)] in wanted for word in run[bool(scope) :])
            for field in WHO if is_typed else ():
                for distance, label in self._names.near_values(field, name) if scope in ("", f"{field}:") else ():
                    if not distance or (many > 1 and not _HAN.search(name)):
                        weight = WHOLE_NAME - PER_EDIT * distance
                        yield _Option(lead.start("scope"), end, f'{field}:"{label}"', weight)


def _breaks_quotation(text: str, start: int, end: int) -> bool:
    """Whether a quotation begins before `text[start:end]` and goes on there, or begins in it and goes on behind."""
    return any(sum(map(part.count, _QUOTES)) % 2 for part in (text[:start], text[start:end]))


def _is_apart(options: Sequence[_Option]) -> bool:
    """Whether there is anything to replace, and no letter twice."""
    spans = sorted((option.start, option.end) for option in options)
    return bool(spans) and all(a[1] <= b[0] for a, b in pairwise(spans))


def _order(options: Sequence[_Option]) -> tuple[int, float]:
    """As many of the words put right as can be, and by the likeliest spellings."""
    return len(options), sum(option.weight for option in options)


def _replaced(text: str, options: Sequence[_Option]) -> str:
    for option in sorted(options, key=lambda o: o.start, reverse=True):
        text = text[: option.start] + option.spelling + text[option.end :]
    return text


def _wanted_words(query: Query) -> tuple[str, ...]:
    """The words that `query` looks for, as typed, each once."""
    words: list[str] = []
    for node in iter_positive(query):
        match node:
            case Term(text):
                words.append(text)
            case Phrase(several) | Near(several):
                words += several
    return tuple(dict.fromkeys(words))


def _in_case_of(surface: str, word: str) -> str:
    return word.capitalize() if surface[0].isupper() and not surface.isupper() else word


def _is_plain(word: str) -> bool:
    tokens = list(iter_tokens(word))
    return len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (0, len(word))
