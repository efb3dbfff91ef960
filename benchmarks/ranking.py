"""Whether the formula's numbers are the best ones: `python -m benchmarks.ranking`, which `make bench-ranking` runs.

Known documents are looked for (`benchmarks.ranking_queries`) under settings that differ from the present one in one
number each. Half of the briefings are for choosing, the other half for seeing whether the choice holds there too. The
report over the real briefings is kept in benchmarks/results/ranking.md, to be reviewed when numbers or rules change.
The one decision: only real briefings will do, for an invented one is about nothing that could be looked for.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.progress import tell
from benchmarks.ranking_queries import RIGHT, KnownItem, Questioner
from benchmarks.ranking_scores import (
    ANSWER,
    HALF_LIFE,
    SHORT,
    WINDOW,
    Pool,
    Pools,
    Setting,
    gain,
    measure,
    present_setting,
)
from benchmarks.table import lay_out
from index.authority.tables import load_authority
from index.ingest import add
from search.embedded import storage
from search.embedded.cache import Cache
from search.embedded.segment import Segment
from search.embedded.snapshot import Snapshot
from search.embedded.stored import document_from_row
from search.engines import open_engine
from search.model import Document, id_key
from search.settings import Settings
from tests.conftest import find_corpus

KEPT = Path(__file__).parent / "results" / "ranking.md"
EACH = 200

QUESTION_WEIGHTS = (0.5, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)
NORMS = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SATURATIONS = (0.6, 0.9, 1.5, 2.0, 3.0)
TITLE_WEIGHTS = (0.1, 0.2, 0.4, 0.8)
OTHERS: dict[str, tuple[str, tuple[float, ...]]] = {
    "typed": ("form typed, share", (0.0, 0.25, 0.5, 0.75, 1.0)),
    "run": ("side by side, weight", (0.0, 0.25, 0.5, 1.0, 2.0)),
    "pairs": ("pairs, weight", (0.25, 0.5, 1.0)),
    "near": ("near, weight", (0.1, 0.25, 0.5)),
    "statement": ("statements x", (0.8, 0.9, 1.1)),
    "short": ("short answers x", (0.5, 0.8)),
    "recent": ("newest +", (0.05, 0.1, 0.2)),
}
"""Numbers of what else may score, by attribute of a setting, each with its name for people."""

MANY = 20
"""Of so many results on, it says something which ten come first."""

Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Trial:
    """Queries with what they find.

    Attributes:
        items: the queries.
        pools: what each finds.
        is_train: which are for choosing; the others are held out.
    """

    items: Sequence[KnownItem]
    pools: Sequence[Pool]
    is_train: NDArray[np.bool_]

    def ranks(self, setting: Setting) -> Ranks:
        """The rank of each document looked for."""
        return np.array([pool.rank(setting) for pool in self.pools])

    def select(self, attribute: str, value: str) -> NDArray[np.bool_]:
        """Which queries are of a kind, or of a group."""
        return np.array([getattr(item, attribute) == value for item in self.items])

    def short(self, setting: Setting) -> float:
        """Share of very short answers among the first ten of what finds many; 0 where nothing does."""
        many = [pool for pool in self.pools if pool.is_bare.sum() >= MANY]
        return float(np.mean([(pool.first(setting)[ANSWER] < SHORT).mean() for pool in many])) if many else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description="Ranks of known documents.")
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="an index that is there; nothing is kept then")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help="queries of a kind, publisher and language")
    options = parser.parse_args(arguments)
    if options.index:
        sys.stdout.write(describe(make_trial(open_snapshot(options.index), options.each), str(options.index)))
        return 0
    corpus, remark = find_corpus()
    if corpus is None:
        sys.stderr.write(f"{remark}\n")
        return 2
    with TemporaryDirectory(prefix="lectern-ranking-") as folder:
        tell("reading and indexing the briefings")
        settings = Settings(Path(folder), {})
        add([corpus / "data"], settings, open_engine(settings.index), load_authority())
        report = describe(make_trial(open_snapshot(settings.index), options.each), "the real briefings")
    sys.stdout.write(report)
    if options.each == EACH:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(report, encoding="utf-8")
    return 0


def open_snapshot(folder: Path) -> Snapshot:
    """The newest commit of the index in `folder`."""
    home = storage.generation_folder(folder, storage.read_current(folder))
    listed = storage.read_toc(home).segments
    return Snapshot(home, listed, [Segment(one.file(home)) for one in listed], Cache())


def read_documents(snapshot: Snapshot) -> dict[str, tuple[int, Document]]:
    """All documents that searches find, with their numbers, by id, in the order of ids."""
    read = [(n, document_from_row(snapshot.record(n))) for n in np.flatnonzero(snapshot.live).tolist()]
    return {document.id: (number, document) for number, document in sorted(read, key=lambda r: id_key(r[1].id))}


def make_trial(snapshot: Snapshot, each: int) -> Trial:
    """At most `each` queries of a kind, publisher and language."""
    documents = read_documents(snapshot)
    tell(f"making queries from {len(documents):,} documents")
    asked = Questioner([document for _, document in documents.values()]).ask(each, RIGHT)
    tell(f"searching for {len(asked):,}")
    pools = Pools(snapshot, {id: number for id, (number, _) in documents.items()})
    found = [(item, pool) for item in asked if (pool := pools.make(item)) is not None]
    is_train = np.array([is_for_choosing(item.briefing) for item, _ in found], dtype=bool)
    return Trial([item for item, _ in found], [pool for _, pool in found], is_train)


def is_for_choosing(briefing: str) -> bool:
    """Whether a briefing's queries are for choosing: a half that stays the same when briefings are added."""
    return crc32(briefing.encode()) % 2 == 0


def iter_settings(present: Setting) -> Iterator[tuple[str, Setting]]:
    """Settings that differ from the present one in one number, or in what else scores, by name.

    The answer's weight is left alone: weights count only beside each other and beside k1.
    """
    for weight in QUESTION_WEIGHTS:
        yield f"question's weight {weight:g}", present.with_weight("question", weight)
    for field in ("question", "answer"):
        for norm in NORMS:
            yield f"{field}'s b {norm:g}", present.with_norm(field, norm)
    for k1 in SATURATIONS:
        yield f"k1 {k1:g}", replace(present, k1=k1)
    for weight in TITLE_WEIGHTS:
        yield f"title scores, weight {weight:g}", replace(present.with_weight("title", weight), title="scores")
    for weight in TITLE_WEIGHTS:
        yield f"title matches, weight {weight:g}", replace(present.with_weight("title", weight), title="matches")
    for attribute, (name, values) in OTHERS.items():
        for value in values:
            yield f"{name} {value:g}", replace(present, **{attribute: value})


def describe(trial: Trial, name: str) -> str:
    """The report, in Markdown."""
    present = present_setting()
    ranks = trial.ranks(present)
    bare = sum(int(pool.is_bare.sum()) for pool in trial.pools)
    with_titles = sum(len(pool.is_bare) for pool in trial.pools)
    made = (
        f"Written by `make bench-ranking` on {datetime.now(UTC):%Y-%m-%d} over {name}: {len(trial.items):,} queries, "
        f"{trial.is_train.sum():,} of them for choosing, {(~trial.is_train).sum():,} held out. Their rules are in "
        "`benchmarks/ranking_queries.py`."
    )
    numbers = (
        f"The present numbers: {name_numbers(present)}. "
        f"If words matched in titles as well, these queries would find {with_titles / bare - 1:.1%} more."
    )
    columns = (
        "Gains are of the mean of 1 / rank, with what 95 of 100 resamples of the briefings say. *By length*: over all "
        "queries, weighted by the length of the answer looked for. As many short answers as long ones are looked for, "
        "which favours a high b; people look for long ones. *Short*: answers of less than "
        f"{SHORT:.0%} of the mean length among the first ten of what finds {MANY} or more. *Form typed*: so much "
        "of a word's score is for that form alone. *Side by side*: the words of a query as they were typed, as if each "
        "stood once more wherever all stand so; *pairs*: each two neighbours so, by their own rarity; *near*: with "
        f"at most {WINDOW} words between, in any order; *newest*: so much is added to a score of 1, half of it "
        f"{HALF_LIFE} days earlier. Documents of every age are looked for alike, so that the newer ones cannot gain "
        "here: it shows what they would cost."
    )
    parts = (
        *("# Ranks of known documents", made, numbers),
        *("## With the present numbers", _show_measures(trial, ranks)),
        *("## With other numbers", columns, _show_sweep(trial, ranks, present)),
    )
    return "\n\n".join(parts) + "\n"


def name_numbers(setting: Setting) -> str:
    """The numbers that count for bare words, for people."""
    (question, answer, _), (question_b, answer_b, _) = setting.weights, setting.norms
    return (
        f"weights {question:g} question, {answer:g} answer; b {question_b:g} question, {answer_b:g} answer; "
        f"k1 {setting.k1:g}; form typed {setting.typed:g}; side by side {setting.run:g}"
    )


def _show_measures(trial: Trial, ranks: Ranks) -> str:
    parts = [("for choosing", trial.is_train), ("held out", ~trial.is_train)]
    for attribute in ("group", "kind"):
        values = dict.fromkeys(getattr(item, attribute) for item in trial.items)
        parts += [(value, trial.select(attribute, value)) for value in values]
    rows = [
        (name, int(part.sum()), *(f"{value:.3f}" for value in measure(ranks[part])))
        for name, part in parts
        if part.any()
    ]
    return lay_out(("queries", "how many", "recall@1", "recall@5", "recall@10", "MRR"), rows)


def _show_sweep(trial: Trial, ranks: Ranks, present: Setting) -> str:
    kinds = list(dict.fromkeys(item.kind for item in trial.items))
    parts = {kind: trial.select("kind", kind) for kind in kinds}
    briefings = np.array([item.briefing for item in trial.items])
    lengths = np.array([pool.lengths[ANSWER, pool.target] for pool in trial.pools])
    rows = [("present", "", "", "", *("" for _ in kinds), f"{trial.short(present):.1%}")]
    for name, setting in iter_settings(present):
        if setting == present:
            continue
        other = trial.ranks(setting)
        gains = [gain(ranks[p], other[p], briefings[p].tolist()) for p in (trial.is_train, ~trial.is_train)]
        gained = 1 / other - 1 / ranks
        means = (np.average(gained, weights=lengths), *(gained[part].mean() for part in parts.values()))
        told = (f"{g.mean:+.4f} ({g.low:+.4f} to {g.high:+.4f})" for g in gains)
        rows.append((name, *told, *(f"{mean:+.3f}" for mean in means), f"{trial.short(setting):.1%}"))
    return lay_out(("with", "gain for choosing", "gain held out", "by length", *kinds, "short"), rows)


if __name__ == "__main__":
    sys.exit(main())
