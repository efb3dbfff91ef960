"""Ranks under other numbers than the present ones."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from benchmarks.ranking import Trial, make_trial, open_snapshot, read_documents
from benchmarks.ranking_queries import KnownItem
from benchmarks.ranking_scores import HALF_LIFE, Extra, Gain, Measures, Pool, Pools, gain, measure, present_setting
from search.embedded.engine import EmbeddedEngine
from search.engine import Request
from search.labels import Labels
from search.schema import BM25_K1, FIELD
from search.syntax import parse_query
from tests.benchmarks.topics import make_publications, topic_words

EACH = 10
EQUAL = replace(present_setting(), weights=(1.0, 1.0, 0.0), norms=(0.0, 0.0, 0.0), typed=0.0, run=0.0)
"""Question and answer count the same, length counts nothing, and only the words score."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the collection of topics."""
    folder = tmp_path_factory.mktemp("ranking") / "index"
    EmbeddedEngine(folder).rebuild(make_publications(), sequence=1, tombstones=(), labels=Labels(), workers=1)
    return folder


@pytest.fixture(scope="module")
def trial(index: Path) -> Trial:
    """Its queries and what they find."""
    return make_trial(open_snapshot(index), EACH)


def make_pool(*, title: bool = False) -> Pool:
    """One word, once in the question of the first document, once in the answer of the second, which is looked for.

    Whatever else may score stands in the question of the last document and the answer of the second. The first is a
    statement, and the second is older.
    """
    counts = np.zeros((1, 3, 3), dtype=np.uint16)
    counts[0, 0, 0] = counts[0, 1, 1] = counts[0, 2, 2] = 1
    counts[0, 2, 1] = title
    return Pool(
        counts=counts,
        lengths=np.ones((3, 3), dtype=np.float32),
        rarities=np.ones(1),
        title_rarities=np.ones(1),
        extras={name: (counts[:, :2][:, :, ::-1], np.ones(1)) for name in get_args(Extra)},
        is_bare=np.array([True, True, False]),
        is_statement=np.array([True, False, False]),
        ages=np.array([0, HALF_LIFE, 0]),
        order=np.arange(3),
        target=1,
    )


def test_present_setting_is_the_schemas() -> None:
    """The numbers that others are compared with are those of the table of fields."""
    setting = present_setting()
    assert setting.weights == tuple(FIELD[name].weight for name in ("question", "answer", "title"))
    assert setting.norms == tuple(FIELD[name].length_norm for name in ("question", "answer", "title"))
    assert (setting.k1, setting.title) == (BM25_K1, "none")


def test_ranks_are_the_engines(index: Path, trial: Trial) -> None:
    """With the present numbers every document has the rank that the engine's own search gives it."""
    engine = EmbeddedEngine(index)
    ranks = trial.ranks(present_setting())
    assert len(ranks) == 6 * EACH
    for item, rank in zip(trial.items, ranks, strict=True):
        hits = engine.find(Request(parse_query(item.text).query, limit=1_000, facets=())).hits
        ids = [hit.document.id for hit in hits if hit.document.id != item.source]
        assert ids.index(item.target) + 1 == rank
    assert ranks.max() > 1


def test_scores_are_the_engines(index: Path, trial: Trial) -> None:
    """With the present numbers every score is that of the engine's own search."""
    item, pool = next((i, p) for i, p in zip(trial.items, trial.pools, strict=True) if len(p.is_bare) > 5)
    hits = EmbeddedEngine(index).find(Request(parse_query(item.text).query, limit=1_000, facets=())).hits
    scores = [hit.score for hit in hits if hit.document.id != item.source]
    assert sorted(pool.scores(present_setting())[pool.is_bare], reverse=True) == pytest.approx(scores, abs=1e-6)


def test_document_whose_words_they_are_is_no_result(trial: Trial, index: Path) -> None:
    """Of a later question's words, the question itself does not compete."""
    engine = EmbeddedEngine(index)
    for item, pool in zip(trial.items, trial.pools, strict=True):
        total = engine.find(Request(parse_query(item.text).query, limit=0, facets=())).total
        assert pool.is_bare.sum() == total - (item.source is not None)


def test_query_that_misses_its_document_has_no_pool(index: Path) -> None:
    """A query whose words are not in its document cannot rank it."""
    snapshot = open_snapshot(index)
    numbers = {id: number for id, (number, _) in read_documents(snapshot).items()}
    item = KnownItem(topic_words(3)[0], "answer", "xv-mfa/en/2024-01-01/2", None, "xv-mfa/en", "xv-mfa/en/2024-01-01")
    assert Pools(snapshot, numbers).make(item) is None


def test_heavier_field_comes_first() -> None:
    """The document that has the word in the heavier text is first."""
    pool, setting = make_pool(), EQUAL
    assert pool.rank(setting.with_weight("question", 2.0)) == 2
    assert pool.rank(setting.with_weight("question", 0.5)) == 1


def test_equals_are_ordered_by_id() -> None:
    """Of documents with the same score the one whose id comes first is first."""
    assert make_pool().rank(EQUAL) == 2
    assert replace(make_pool(), order=np.array([1, 0, 2])).rank(EQUAL) == 1


def test_title_matches_only_where_it_is_asked_to() -> None:
    """What only its title holds competes where titles match, and nowhere else."""
    setting = replace(EQUAL, weights=(0.1, 1.0, 9.0))
    ranks = [make_pool().rank(replace(setting, title=use)) for use in ("none", "scores", "matches")]
    assert ranks == [1, 1, 2]


def test_title_lifts_what_matches_anyway() -> None:
    """Where titles score, a word in the title lifts a document that matches without it."""
    setting = replace(EQUAL, weights=(2.0, 1.0, 3.0))
    assert make_pool(title=True).rank(setting) == 2
    assert make_pool(title=True).rank(replace(setting, title="scores")) == 1


@pytest.mark.parametrize("name", ["run", "pairs", "near"])
def test_what_stands_together_lifts(name: str) -> None:
    """Words side by side, or near each other, lift the document where they stand, by their weight."""
    setting = replace(EQUAL, weights=(2.0, 1.0, 0.0))
    assert make_pool().rank(setting) == 2
    assert make_pool().rank(replace(setting, **{name: 2.0})) == 1


def test_form_typed_counts_for_its_share() -> None:
    """With all of the score for the form typed, only the document that has it scores."""
    setting = replace(EQUAL, weights=(2.0, 1.0, 0.0))
    assert make_pool().scores(replace(setting, typed=1.0))[0] == 0
    half = make_pool().scores(replace(setting, typed=0.5))
    assert half == pytest.approx((make_pool().scores(setting) + make_pool().scores(replace(setting, typed=1.0))) / 2)


def test_statement_short_answer_and_age_multiply() -> None:
    """A statement's, a very short answer's and a new document's score is multiplied."""
    scores = make_pool().scores(EQUAL)
    assert make_pool().scores(replace(EQUAL, statement=0.5)) == pytest.approx(scores * [0.5, 1, 1])
    lengths = np.ones((3, 3), dtype=np.float32)
    lengths[1, 1] = 0.01
    short = replace(make_pool(), lengths=lengths).scores(replace(EQUAL, short=0.5))
    assert short == pytest.approx(scores * [1, 0.5, 1])
    assert make_pool().scores(replace(EQUAL, recent=0.2)) == pytest.approx(scores * [1.2, 1.1, 1.2])


def test_words_typed_side_by_side_are_counted_as_they_stand(trial: Trial) -> None:
    """Of a phrase recalled, the run is in the document looked for, with the rarities of its words together."""
    recalled = [p for item, p in zip(trial.items, trial.pools, strict=True) if item.kind == "recalled"]
    assert recalled
    for pool in recalled:
        counts, rarities = pool.extras["run"]
        assert counts[0, :, pool.target].sum() >= 1
        assert rarities == pytest.approx([pool.rarities.sum()])
        assert len(pool.extras["pairs"][1]) == len(pool.rarities) - 1
        assert pool.extras["near"][0].sum() >= pool.extras["pairs"][0].sum()


def test_longer_text_counts_less() -> None:
    """Length is held against a text as much as its b says."""
    pool = replace(make_pool(), lengths=np.array([[4, 1, 1], [1, 1, 1], [1, 1, 1]], dtype=np.float32))
    setting = replace(EQUAL, weights=(2.0, 1.0, 0.0))
    assert pool.rank(setting) == 2
    assert pool.rank(setting.with_norm("question", 1.0)) == 1


def test_first_are_the_highest_that_match() -> None:
    """The texts' lengths of the first documents come in their order, without those that only a title holds."""
    pool = replace(make_pool(), lengths=np.array([[5, 6, 7]] * 3, dtype=np.float32))
    setting = replace(EQUAL, weights=(1.0, 2.0, 9.0))
    assert pool.first(setting)[0].tolist() == [6, 5]
    assert pool.first(setting, 1)[0].tolist() == [6]


def test_measures_of_ranks() -> None:
    """Recall counts ranks up to a bound, MRR is the mean of their inverses."""
    assert measure(np.array([1, 2, 5, 10, 20])) == Measures(0.2, 0.6, 0.8, pytest.approx(0.37))


def test_gain_of_nothing_is_nothing() -> None:
    """Ranks that stay give no gain, in any resample."""
    ranks = np.array([1, 2, 3])
    assert gain(ranks, ranks, ["a", "b", "c"]) == Gain(0, 0, 0)


def test_gain_is_of_the_mean_of_inverse_ranks() -> None:
    """A gain that every briefing has is sure; one that a single briefing has may be noise."""
    before = np.full(40, 2)
    names = [f"b{n // 2}" for n in range(40)]
    assert gain(before, np.full(40, 1), names) == Gain(0.5, 0.5, 0.5)
    one = gain(before, np.array([1, 1] + [2] * 38), names)
    assert one.mean == pytest.approx(0.025)
    assert one.low == 0 < one.high


def test_whole_briefings_are_drawn() -> None:
    """Queries of one briefing stand or fall together: of one briefing alone every resample is the same."""
    before, after = np.array([2, 2, 2, 1]), np.array([1, 2, 2, 2])
    together = gain(before, after, ["a"] * 4)
    assert together.low == together.mean == together.high == 0
    apart = gain(before, after, list("abcd"))
    assert apart.low < 0 < apart.high
