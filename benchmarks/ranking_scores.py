"""Ranks of known documents under any setting of the formula's numbers, and whether one setting beats another.

The one decision: frequencies, lengths and rarities of all that a query finds are taken from the index once; a setting
is then some arithmetic over them, so that a hundred settings cost no more than one search each. A test holds this
arithmetic to the order of the engine itself.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.ranking_queries import KnownItem
from search.embedded.evaluator import Evaluator, iter_scored
from search.embedded.leaves import Leaves
from search.embedded.snapshot import Snapshot
from search.schema import BARE, BM25_K1, TEXTS
from search.syntax import parse_query

TitleUse = Literal["none", "scores", "matches"]
"""Whether bare words look into titles: not at all, to score what matches without them, or to match as well."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The formula's numbers.

    Attributes:
        weights: of question, answer, title.
        norms: of the same, how much length is held against them (b).
        k1: saturation.
        title: what becomes of titles.
    """

    weights: tuple[float, float, float]
    norms: tuple[float, float, float]
    k1: float
    title: TitleUse = "none"

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
        is_bare: which documents match without their titles; shape (D,).
        order: places of the documents among all, by id, which decides between equals.
        target: which of them is looked for.
    """

    counts: NDArray[np.uint16]
    lengths: NDArray[np.float32]
    rarities: NDArray[np.float64]
    title_rarities: NDArray[np.float64]
    is_bare: NDArray[np.bool_]
    order: NDArray[np.int64]
    target: int

    def scores(self, setting: Setting) -> NDArray[np.float64]:
        """BM25F, rounded as the engine orders by it; shape (D,)."""
        texts = len(BARE) if setting.title == "none" else len(TEXTS)
        norms = np.array(setting.norms[:texts])[:, None]
        weights = np.array(setting.weights[:texts])[:, None]
        frequency = (self.counts[:, :texts] * weights / (1 - norms + norms * self.lengths[:texts])).sum(axis=1)
        rarities = self.title_rarities if setting.title == "matches" else self.rarities
        scores: NDArray[np.float64] = rarities @ (frequency * (setting.k1 + 1) / (setting.k1 + frequency))
        return scores.round(6)

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
        counts = np.zeros((len(scored), len(TEXTS), len(documents)), dtype=np.uint16)
        for i, leaf in enumerate(scored):
            for j, field in enumerate(TEXTS):
                held, often = self._snapshot.documents(leaves, leaf, field.name)
                _, here, there = np.intersect1d(documents, held, assume_unique=True, return_indices=True)
                counts[i, j, here] = often[there]
        return Pool(
            counts=counts,
            lengths=self._lengths[:, documents],
            rarities=np.array([evaluator.rarity(leaf, BARE) for leaf in scored]),
            title_rarities=np.array([evaluator.rarity(leaf, TEXTS) for leaf in scored]),
            is_bare=bare[documents],
            order=self._snapshot.ranks[documents],
            target=int(np.searchsorted(documents, target)),
        )


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
