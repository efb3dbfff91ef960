"""The floors of relevance: what was reached once, and what no change may fall below.

Here belong the file and its rules; what is measured belongs to `benchmarks.relevance`. The one decision: the program
only raises floors. To lower one, a person edits the file, and whoever reviews the change sees it.
"""

import json
from collections.abc import Iterator, Mapping
from math import floor
from pathlib import Path
from typing import NamedTuple

FLOORS = Path(__file__).parents[1] / "tests" / "relevance" / "floors.json"
REAL = "real briefings"
INVENTED = "invented briefings"
MEASURES = ("recall@1", "recall@5", "MRR")
PLACES = 1_000
"""Floors are kept in thousandths, rounded down."""


class Reached(NamedTuple):
    """Shares of the queries whose document is first, among five; and the mean of 1 / rank."""

    recall_1: float
    recall_5: float
    mrr: float


Table = Mapping[str, Mapping[str, Reached]]
"""What is reached by language and kind of query."""


def read_floors(file: Path, collection: str) -> dict[str, dict[str, Reached]]:
    """The floors of a collection; none where nothing was kept of it.

    Raises:
        FileNotFoundError: there is no such file; nothing is measured against nothing.
    """
    kept = json.loads(file.read_text("utf-8")).get(collection, {})
    return {
        language: {kind: Reached(*(values[name] for name in MEASURES)) for kind, values in kinds.items()}
        for language, kinds in kept.items()
    }


def iter_below(floors: Table, reached: Table) -> Iterator[str]:
    """What is below its floor, or no longer measured, a line each."""
    for language, kinds in floors.items():
        for kind, wanted in kinds.items():
            got = reached.get(language, {}).get(kind)
            if got is None:
                yield f"{language} {kind}: no query of this kind"
                continue
            for name, floor_, value in zip(MEASURES, wanted, got, strict=True):
                if value < floor_:
                    yield f"{language} {kind}: {name} is {value:.4f}, its floor {floor_:.3f}"


def raise_floors(file: Path, collection: str, reached: Table) -> list[str]:
    """Keep what is reached as the floors; where any of them would fall, keep nothing and say which."""
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    lowered = list(iter_below(read_floors(file, collection), reached)) if kept else []
    if not lowered:
        kept[collection] = {
            language: {
                kind: {n: floor(v * PLACES) / PLACES for n, v in zip(MEASURES, r, strict=True)}
                for kind, r in kinds.items()
            }
            for language, kinds in reached.items()
        }
        file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return lowered
