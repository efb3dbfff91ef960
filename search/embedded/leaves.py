"""Where the words of a query stand on a line of one segment, and in which documents.

The one decision: a leaf of the query is an array of places in order, so that phrases and nearness are set arithmetic.
Places stay uint32, as they are mapped, so that nothing long is copied to be compared.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.embedded.builder import label_of
from search.embedded.cache import Cache
from search.embedded.postings import Postings, post
from search.embedded.segment import Places, Text
from search.query import Fuzzy, Near, Phrase, Prefix, Query, Term, Wildcard
from search.stems import STEMMERS, query_stems
from search.text import fold, query_term
from search.words import Pattern, literal_prefix, term_test

FREQUENT = 2_000
"""From so many places on, what is made of a word's lists is kept in the cache."""

LONG = 2**18
"""From so many places on, the places of a word are not kept: all else would have to go, and phrases are kept anyway."""

MAX_WORDS = 10_000
"""Of so many words a field remembers the units."""

SPARSE = 8
"""How many times shorter a list has to be than another for halving to be quicker than marking the line."""

FEW = 4_000
"""So few places are looked for one by one, however long the other list: to mark a line takes longer."""

NEAR_COST = 5
"""How many places are as much work as one that is looked at for one of the words that have to be near it."""

STRETCH = 2**18
"""How much of a line is marked at once."""


class Leaves:
    """Finds the leaves of a query in text fields; made for one request.

    Args:
        cache: where it keeps what it makes of frequent words, for other requests.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._found: dict[tuple[Hashable, Query], Places] = {}
        self._terms: dict[tuple[Hashable, Pattern], Sequence[int]] = {}

    def postings(self, leaf: Query, text: Text) -> Postings:
        """In which documents `leaf` stands, and how often."""
        key, size = (text.key, "documents", leaf), len(text.lengths)
        known = self._cache.get(key)
        if known is not None:
            counts, *documents = known
            return Postings(size, documents[0].astype(np.int64) if documents else None, counts)
        found = post(*text.count(self.places(leaf, text)), size)
        if isinstance(leaf, Term | Phrase):
            # Half of the room; to widen them again takes a tenth of a nanosecond each.
            listed = () if found.documents is None else (found.documents.astype(np.uint32),)
            self._cache.put(key, (found.counts, *listed))
        return found

    def cost(self, leaf: Query, text: Text) -> int:
        """How many places the lists have that `leaf` is found by, or are as much work as it is."""
        match leaf:
            case Term(word):
                return sum(text.count_places(unit, unit + 1) for unit in self._units(text, word)[0])
            case Phrase(words):
                return sum(_lengths(text, words))
            case Near(words, distance):
                lengths = _lengths(text, words)
                nearest = min(lengths) * max(len(words) + distance, SPARSE)
                starts = sum(min(length, nearest) for length in lengths)
                return sum(lengths) + NEAR_COST * len(lengths) * starts
            case _ if isinstance(leaf, Pattern):
                return sum(text.count_places(first, last) for first, last in self._stretches(leaf, text))
        raise TypeError(f"{leaf!r} stands for no words")

    def terms(self, pattern: Pattern, text: Text) -> Sequence[int]:
        """The numbers of the terms that a pattern stands for, in order."""
        key = (text.key, pattern)
        if key not in self._terms:
            self._terms[key] = terms_of_pattern(text, pattern)
        return self._terms[key]

    def _stretches(self, pattern: Pattern, text: Text) -> Sequence[tuple[int, int]]:
        """The units of a pattern's terms, as few stretches as may be: first unit, and the first after the last."""
        terms = self.terms(pattern, text)
        if isinstance(terms, range):
            return [text.units_of_terms(terms.start, terms.stop)] if terms else []
        return [text.units_of_terms(at, at + 1) for at in terms]

    def keep_terms(self, pattern: Pattern, text: Text, kept: Sequence[int]) -> None:
        """Let a pattern stand for these of its terms alone."""
        self._terms[text.key, pattern] = kept

    def places(self, leaf: Query, text: Text) -> Places:
        """Where `leaf` stands, in order: the tokens that match it, or where a phrase or Near begins."""
        key = (text.key, leaf)
        if key not in self._found:
            self._found[key] = self._find(leaf, text)
        return self._found[key]

    def places_within(self, leaf: Query, text: Text, edges: Places) -> list[list[int]]:
        """Where `leaf` stands in each of some stretches of the line; a phrase is not looked for anywhere else.

        Args:
            leaf: what is looked for.
            text: where.
            edges: of each stretch in turn, where it begins and where it ends.
        """
        if isinstance(leaf, Term):
            return _within_units(text, self._units(text, leaf.text)[0], edges)
        if not isinstance(leaf, Phrase) or (text.key, leaf) in self._found:
            return _within(self.places(leaf, text), edges)
        terms = [query_term(word) for word in leaf.words]
        held = {t: _within_units(text, text.units_of_term(t), edges) for t in dict.fromkeys(terms)}
        return [
            sorted(set.intersection(*({place - i for place in held[term][k]} for i, term in enumerate(terms))))
            for k in range(len(edges) // 2)
        ]

    def _find(self, leaf: Query, text: Text) -> Places:
        match leaf:
            case Term(word):
                return self._word(text, word)
            case Phrase(words):
                return self._phrase(text, [query_term(word) for word in words])
            case Near(words, distance):
                return self._near(text, [query_term(word) for word in words], distance)
            case _ if isinstance(leaf, Pattern):
                lists = [text.unit_places(first, last) for first, last in self._stretches(leaf, text)]
                return _unite(lists) if lists else text.places[:0]
        raise TypeError(f"{leaf!r} stands for no words")

    def _word(self, text: Text, word: str) -> Places:
        """Where a word as typed stands, in any of its forms."""
        units, overlap = self._units(text, word)
        if len(units) == 1:
            return text.unit_places(units[0], units[0] + 1)
        return _merge(text, units, overlap=overlap)

    def _units(self, text: Text, word: str) -> tuple[list[int], bool]:
        """The units of a word, see `units_of_word`."""
        known = text.words.get(word)
        if known is None:
            if len(text.words) >= MAX_WORDS:  # another thread may clear them as well, at any time
                text.words.clear()
            known = text.words[word] = units_of_word(text, word)
        return known

    def term(self, text: Text, term: str) -> Places:
        """Where a term stands as written."""
        units = text.units_of_term(term)
        if len(units) < 2:
            return text.unit_places(units.start, units.stop)
        return self._keep((text.key, "term", term), lambda: _merge(text, units, overlap=False))

    def _keep(self, key: Hashable, make: Callable[[], Places]) -> Places:
        """What `make` gives; kept for other requests too, if it is long."""
        known = self._cache.get(key)
        if known is not None:
            return known[0]
        places = make()
        if FREQUENT <= len(places) < LONG:
            self._cache.put(key, (places,))
        return places

    def _phrase(self, text: Text, terms: Sequence[str]) -> Places:
        """Places where the phrase begins: those of its rarest word, thinned by every other."""
        lists = {term: self.term(text, term) for term in dict.fromkeys(terms)}
        rarest, *others = sorted(range(len(terms)), key=lambda i: len(lists[terms[i]]))
        places = lists[terms[rarest]]
        # A phrase whose first words would stand before the line's beginning is nowhere.
        starts = places[np.searchsorted(places, np.uint32(rarest)) :] - np.uint32(rarest)
        for i in others:
            if not len(starts):
                break
            starts = starts[_among(starts + np.uint32(i), lists[terms[i]], int(text.starts[-1]))]
        return starts

    def _near(self, text: Text, terms: Sequence[str], distance: int) -> Places:
        """Places of any of the words from which on, within the window, each stands as often as it was asked for."""
        need = Counter(terms)
        window = len(terms) + distance
        lists = {term: self.term(text, term) for term in need}
        rarest = min(lists.values(), key=len)
        # The window of each holds a place of the rarest word, so it begins shortly before one.
        starts = _unite([_before(places, rarest, window) for places in lists.values()])
        passage_ends = text.passages[np.searchsorted(text.passages, starts, side="right")]
        ends = np.minimum(starts + np.uint32(window), passage_ends)
        kept = np.ones(len(starts), dtype=bool)
        for term, times in need.items():
            inside = np.searchsorted(lists[term], ends) - np.searchsorted(lists[term], starts)
            kept &= inside >= times
        return starts[kept]


def _lengths(text: Text, words: Iterable[str]) -> list[int]:
    """How many places each of some words has as written, each word once."""
    held = [text.units_of_term(term) for term in dict.fromkeys(map(query_term, words))]
    return [text.count_places(units.start, units.stop) for units in held]


def _within(places: Places, edges: Places) -> list[list[int]]:
    """Those of `places`, which stand in order, in each of some stretches, see `places_within`."""
    cuts = places.searchsorted(edges).tolist()
    return [places[a:b].tolist() if a < b else [] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _within_units(text: Text, units: Sequence[int], edges: Places) -> list[list[int]]:
    """The places of some units in each of some stretches, in order; long lists are not put together for that."""
    if sum(text.count_places(unit, unit + 1) for unit in units) < FREQUENT and len(units) > 1:
        return _within(_unite([text.unit_places(unit, unit + 1) for unit in units]), edges)
    held = [_within(text.unit_places(unit, unit + 1), edges) for unit in units]
    if len(held) == 1:
        return held[0]
    return [sorted({place for one in held for place in one[k]}) for k in range(len(edges) // 2)]


def _before(places: Places, marks: Places, window: int) -> Places:
    """Those of `places` that are one of `marks`, or before one of them by less than `window`; in order."""
    if len(marks) * SPARSE > len(places):
        return places
    first = np.searchsorted(places, np.maximum(marks, np.uint32(window - 1)) - np.uint32(window - 1))
    last = np.searchsorted(places, marks, side="right")
    first[1:] = np.maximum(first[1:], last[:-1])
    sizes = np.maximum(last - first, 0)
    at = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
    return places[at]


def units_of_word(text: Text, word: str) -> tuple[list[int], bool]:
    """The units of a word as typed, in order, and whether two of them may share a place.

    They are those of its term, and in each language those of its stems. A token has its stem in one of its units only,
    so units share a place only where the term is of tokens that have theirs in another.
    """
    exact = text.units_of_term(query_term(word))
    found = set(exact)
    for language in text.languages:
        for root in query_stems(word, language):
            found.update(text.units_of_label(label_of(language, root)))
    others = len(found) > len(exact)
    bare = {label_of(language, "") for language in text.languages if language in STEMMERS}
    overlap = others and any(text.label_of_unit(unit) in bare for unit in exact)
    return sorted(found), overlap


def terms_of_pattern(text: Text, pattern: Pattern) -> Sequence[int]:
    """The numbers of the terms that a pattern stands for, in order."""
    match pattern:
        case Prefix(start):
            return range(*text.terms.span(fold(start)))
        case Wildcard():
            first, last = text.terms.span(literal_prefix(pattern))
        case Fuzzy(word):
            return text.vocabulary.like(fold(word), pattern.edits)
    test = term_test(pattern)
    return [at for at, term in enumerate(text.vocabulary.terms[first:last], first) if test(term)]


def _merge(text: Text, units: Sequence[int], *, overlap: bool) -> Places:
    """The places of some units, in order, each once."""
    lists = [text.unit_places(unit, unit + 1) for unit in units]
    if not overlap and all(a[-1] < b[0] for a, b in pairwise(lists)):
        return np.concatenate([text.places[:0], *lists])
    return _unite(lists) if lists else text.places[:0]


def _unite(lists: Iterable[Places]) -> Places:
    """All that stands in any of the lists, of which there is one at least, in order, each once."""
    together = np.sort(np.concatenate(list(lists)))
    if not len(together):
        return together
    first = np.empty(len(together), dtype=bool)
    first[0] = True
    np.not_equal(together[1:], together[:-1], out=first[1:])
    return together[first]


def _among(wanted: Places, places: Places, line: int) -> NDArray[np.bool_]:
    """Which of `wanted` stand in `places`, both in order, on a line of so many places."""
    if len(wanted) < FEW or len(wanted) * SPARSE < len(places):
        at = np.searchsorted(places, wanted)
        at[at == len(places)] = 0
        return np.asarray(places[at] == wanted)
    # Stretch by stretch, so that what is marked stays in the processor's cache.
    stretches = np.arange(0, line + STRETCH, STRETCH, dtype=np.uint32)
    ours, theirs = np.searchsorted(wanted, stretches).tolist(), np.searchsorted(places, stretches).tolist()
    found = np.zeros(len(wanted), dtype=bool)
    marked = np.zeros(STRETCH, dtype=bool)
    for start, (a, b), (c, d) in zip(stretches, pairwise(ours), pairwise(theirs), strict=False):
        if a < b and c < d:
            marked[places[c:d] - start] = True
            found[a:b] = marked[wanted[a:b] - start]
            marked[places[c:d] - start] = False
    return found
