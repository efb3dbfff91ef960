"""Ranks of known documents under any setting of the formula's numbers, and whether one setting beats another.

The one decision: frequencies, lengths and rarities of all that a query finds are taken from the index once; a setting
is then some arithmetic over them, so that a hundred settings cost no more than one search each. A test holds this
arithmetic to the order of the engine itself.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranking_queries import KnownItem
from search.embedded.evaluator import Evaluator
from search.embedded.leaves import Leaves
from search.embedded.segment import Numbers
from search.embedded.snapshot import Snapshot
from search.query import Near, Phrase, Query, Run, Term, iter_runs, phrase_of
from search.schema import BARE, BM25_K1, TEXTS, TYPED, Field
from search.scored import iter_scored
from search.syntax import parse_query

TitleUse = Literal["none", "scores", "matches"]
"""Whether bare words look into titles: not at all, to score what matches without them, or to match as well."""


SHORT = 0.08
"""An answer of less than so much of the mean length is very short: some ten words."""
ANSWER = [field.name for field in TEXTS].index("answer")
HALF_LIFE = 2 * 365
"""Days."""
WINDOW = 6
"""How many words two that stand near each other have between them at most."""

Extra = Literal["typed", "run", "pairs", "near"]
"""What may score beside the leaves of a query."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The formula's numbers.

    Attributes:
        weights: of question, answer, title.
        norms: of the same, how much length is held against them (b).
        k1: saturation.
        title: what becomes of titles.
        typed: how much of a word's score is for the form typed alone, with that form's own rarity; the rest is for all.
        run: weight of the words as typed, side by side, as if each stood there once more.
        pairs: weight of each two neighbours among them, side by side.
        near: the same within a window, in any order.
        statement: what a statement's score is multiplied by.
        short: the same of a very short answer's.
        recent: by so much more a document of the newest day counts, half of it `HALF_LIFE` earlier.
    """

    weights: tuple[float, float, float]
    norms: tuple[float, float, float]
    k1: float
    title: TitleUse = "none"
    typed: float = TYPED
    run: float = 1.0
    pairs: float = 0.0
    near: float = 0.0
    statement: float = 1.0
    short: float = 1.0
    recent: float = 0.0

    def with_weight(self, field: str, value: float) -> "Setting":
        """This with another weight of a field."""
        return replace(self, weights=_with(self.weights, field, value))

    def with_norm(self, field: str, value: float) -> "Setting":
        """This with another b of a field."""
        return replace(self, norms=_with(self.norms, field, value))


def _with(values: tuple[float, float, float], field: str, value: float) -> tuple[float, float, float]:
    question, answer, title = (value if f.name == field else old for f, old in zip(TEXTS, values, strict=True))
    return question, answer, title


def present_setting() -> Setting:
    """The numbers of `search.schema`."""
    weights, norms = ({f.name: getattr(f, name) for f in TEXTS} for name in ("weight", "length_norm"))
    return Setting(
        (weights["question"], weights["answer"], weights["title"]),
        (norms["question"], norms["answer"], norms["title"]),
        BM25_K1,
    )


@dataclass(frozen=True)
class Pool:
    """What one query finds, without the document whose words it has; D documents, L leaves.

    Attributes:
        counts: how often each leaf stands in each text; shape (L, 3, D).
        lengths: of the texts, as multiples of the mean; shape (3, D).
        rarities: of the leaves in question and answer; shape (L,).
        title_rarities: the same, titles being looked into as well.
        extras: what might score beside the leaves, X of a sort: its counts in question and answer, shape (X, 2, D), and
            its rarities, shape (X,).
        is_bare: which documents match without their titles; shape (D,).
        is_statement: which are statements; shape (D,).
        ages: days before the newest document of all; shape (D,).
        order: places of the documents among all, by id, which decides between equals.
        target: which of them is looked for.
    """

    counts: NDArray[np.uint16]
    lengths: NDArray[np.float32]
    rarities: NDArray[np.float64]
    title_rarities: NDArray[np.float64]
    extras: Mapping[Extra, tuple[NDArray[np.uint16], NDArray[np.float64]]]
    is_bare: NDArray[np.bool_]
    is_statement: NDArray[np.bool_]
    ages: NDArray[np.int64]
    order: NDArray[np.int64]
    target: int

    def scores(self, setting: Setting) -> NDArray[np.float64]:
        """BM25F, rounded as the engine orders by it; shape (D,)."""
        texts = len(BARE) if setting.title == "none" else len(TEXTS)
        rarities = self.title_rarities if setting.title == "matches" else self.rarities
        scores = self._bm25f(self.counts[:, :texts], rarities, setting)
        if setting.typed:
            bare = self._bm25f(self.counts[:, : len(BARE)], self.rarities, setting)
            scores += setting.typed * (self._bm25f(*self.extras["typed"], setting) - bare)
        weights: dict[Extra, float] = {"run": setting.run, "pairs": setting.pairs, "near": setting.near}
        for name, weight in weights.items():
            if weight:
                scores += weight * self._bm25f(*self.extras[name], setting)
        scores *= np.where(self.is_statement, setting.statement, 1)
        scores *= np.where(self.lengths[ANSWER] < SHORT, setting.short, 1)
        scores *= 1 + setting.recent * 0.5 ** (self.ages / HALF_LIFE)
        return scores.round(6)

    def _bm25f(
        self, counts: NDArray[np.uint16], rarities: NDArray[np.float64], setting: Setting
    ) -> NDArray[np.float64]:
        texts = counts.shape[1]
        norms = np.array(setting.norms[:texts])[:, None]
        weights = np.array(setting.weights[:texts])[:, None]
        frequency = (counts * weights / (1 - norms + norms * self.lengths[:texts])).sum(axis=1)
        scores: NDArray[np.float64] = rarities @ (frequency * (setting.k1 + 1) / (setting.k1 + frequency))
        return scores

    def rank(self, setting: Setting) -> int:
        """Rank of the document looked for, from 1."""
        scores = self.scores(setting)
        mine = scores[self.target]
        before = (scores > mine) | ((scores == mine) & (self.order < self.order[self.target]))
        return 1 + int(np.count_nonzero(before if setting.title == "matches" else before & self.is_bare))

    def first(self, setting: Setting, count: int = 10) -> NDArray[np.float32]:
        """Lengths of the texts of the first `count` that match without their titles; shape (3, at most count)."""
        order = np.lexsort((self.order, -self.scores(setting), ~self.is_bare))
        return self.lengths[:, order[: min(count, int(self.is_bare.sum()))]]


class Pools:
    """Makes pools over one snapshot; `numbers` are the documents' by their ids."""

    def __init__(self, snapshot: Snapshot, numbers: dict[str, int]) -> None:
        self._snapshot = snapshot
        self._numbers = numbers
        self._lengths = np.stack([self._relative(f.name) for f in TEXTS])
        self._is_statement = np.zeros(snapshot.size, dtype=bool)
        self._is_statement[snapshot.holding("kind", "statement")] = True
        self._ages = (int(snapshot.days.max()) - snapshot.days).astype(np.int64)

    def _relative(self, field: str) -> NDArray[np.float32]:
        lengths = np.concatenate([part.segment.texts[field].lengths for part in self._snapshot.parts], dtype=np.float32)
        mean = float(lengths[self._snapshot.live].mean())
        return lengths / mean if mean else lengths

    def make(self, item: KnownItem) -> Pool | None:
        """The pool of a query; `None` where it does not find its document without titles."""
        query = parse_query(item.text).query
        evaluator, leaves = Evaluator(self._snapshot), Leaves(self._snapshot.cache)
        bare, target = evaluator.mask(query), self._numbers[item.target]
        if not bare[target]:
            return None
        found = evaluator.mask(query, TEXTS)
        if item.source is not None:
            found[self._numbers[item.source]] = False
        documents = np.flatnonzero(found)
        scored = [leaf for leaf, _ in iter_scored(query, BARE)]
        return Pool(
            counts=self._count([_standing(leaf) for leaf in scored], TEXTS, documents, leaves),
            lengths=self._lengths[:, documents],
            rarities=np.array([evaluator.rarity(leaf, BARE) for leaf in scored]),
            title_rarities=np.array([evaluator.rarity(leaf, TEXTS) for leaf in scored]),
            extras=self._extras(query, documents, evaluator),
            is_bare=bare[documents],
            is_statement=self._is_statement[documents],
            ages=self._ages[documents],
            order=self._snapshot.ranks[documents],
            target=int(np.searchsorted(documents, target)),
        )

    def _extras(
        self, query: Query, documents: Numbers, evaluator: Evaluator
    ) -> dict[Extra, tuple[NDArray[np.uint16], NDArray[np.float64]]]:
        runs = [run for name, run in iter_runs(query) if not name]
        words = [phrase_of(run).words for run in runs]
        pairs = [pair for some in words for pair in pairwise(some)]
        phrases: dict[Extra, list[Query]] = {
            "typed": [_as_typed(leaf) for leaf, _ in iter_scored(query, BARE)],
            "run": [Phrase(some) for some in words],
            "pairs": [Phrase(pair) for pair in pairs],
            "near": [Near(pair, WINDOW) for pair in pairs],
        }
        rarities: dict[Extra, list[float]] = {
            name: [evaluator.rarity(phrase, BARE) for phrase in some] for name, some in phrases.items()
        }
        # Of the run no rarity of its own is asked for: it need not be known where else it stands.
        rarities["run"] = [sum(evaluator.rarity(word, BARE) for word in run) for run in runs]
        return {
            name: (self._count(some, BARE, documents, evaluator.leaves), np.array(rarities[name], dtype=np.float64))
            for name, some in phrases.items()
        }

    def _count(
        self, sought: Sequence[Query], fields: Sequence[Field], documents: Numbers, leaves: Leaves
    ) -> NDArray[np.uint16]:
        """How often each stands in each field of the documents, which are in order."""
        counts = np.zeros((len(sought), len(fields), len(documents)), dtype=np.uint16)
        for i, one in enumerate(sought):
            for j, field in enumerate(fields):
                counts[i, j] = self._snapshot.postings(leaves, one, field.name).times(documents)
        return counts


def _standing(leaf: Query) -> Query:
    """What of a leaf adds to the score: of a run of Han characters, the phrase."""
    return leaf.phrase if isinstance(leaf, Run) else leaf


def _as_typed(leaf: Query) -> Query:
    """A word in the form typed alone; of another leaf, what adds to its score."""
    return Phrase((leaf.text,)) if isinstance(leaf, Term) else _standing(leaf)


class Measures(NamedTuple):
    """Shares of the queries whose document is first, among five, among ten; and the mean of 1 / rank."""

    recall_1: float
    recall_5: float
    recall_10: float
    mrr: float


def measure(ranks: NDArray[np.int64]) -> Measures:
    """The measures of some ranks."""
    first, five, ten = (float((ranks <= k).mean()) for k in (1, 5, 10))
    return Measures(first, five, ten, float((1 / ranks).mean()))


class Gain(NamedTuple):
    """By how much the mean of 1 / rank grows, and where 95 of 100 resamples say it lies."""

    mean: float
    low: float
    high: float


def gain(
    before: NDArray[np.int64], after: NDArray[np.int64], briefings: Sequence[Hashable], *, resamples: int = 2_000
) -> Gain:
    """What is gained, by a paired bootstrap that draws whole briefings (Efron and Tibshirani 1993, chapter 13)."""
    number = {briefing: i for i, briefing in enumerate(dict.fromkeys(briefings))}
    of = np.array([number[briefing] for briefing in briefings])
    sums = np.bincount(of, weights=1 / after - 1 / before)
    sizes = np.bincount(of)
    drawn = np.random.default_rng(0).integers(0, len(sums), size=(resamples, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Gain(float(sums.sum() / sizes.sum()), float(low), float(high))
