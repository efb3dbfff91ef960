"""The record of one run: what is kept as JSON, and what tables and figure are made of.

The one decision: tables and figure are made from the JSON alone, so that a kept run can be shown again as it was.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.collection import Collection
from benchmarks.figure import Chart, draw
from benchmarks.machine import describe_machine
from benchmarks.ratios import ALL, Ratio, Sample, compare, compare_totals
from benchmarks.table import lay_out
from benchmarks.targets import judge

Record = dict[str, Any]

OURS = "Lectern"
PEERS = ("tantivy", "SQLite FTS5", "SQLite FTS5, joined by hand", "plain Whoosh")
WHOLE = ("tantivy", "SQLite FTS5")
"""Peers that hold the whole collection, whose totals can be compared."""


def make_record(
    collection: Collection,
    answers: int,
    samples: Sequence[Sample],
    figures: Mapping[str, float],
    phases: Mapping[str, float],
) -> Record:
    """The record of a run that is just over.

    Args:
        collection: what was searched.
        answers: documents that searches find in it.
        samples: pages made.
        figures: other measures, by name; see `benchmarks.targets`.
        phases: seconds that each part of the run took.
    """
    ratios = [ratio for peer in PEERS for ratio in (compare(samples, OURS, peer) if samples else ())]
    now = datetime.now(UTC)
    return {
        "date": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M} UTC",
        "machine": describe_machine(),
        "collection": {
            "name": collection.name,
            "briefings": len(collection.publications),
            "answers": answers,
            "text_mb": round(collection.text_bytes / 1e6, 1),
        },
        "verdicts": [asdict(v) | {"is_met": v.is_met} for v in judge(ratios, figures)],
        "ratios": [asdict(ratio) for ratio in ratios],
        "figures": dict(figures),
        "queries": describe_queries(samples),
        "phases": {name: round(seconds, 1) for name, seconds in phases.items()},
    }


def describe_queries(samples: Sequence[Sample]) -> list[Record]:
    """A row for each query: our median number of hits, medians of times as measured, and ratios of totals."""
    totals = {peer: compare_totals(samples, OURS, peer) for peer in WHOLE}
    rows: list[Record] = []
    for query in dict.fromkeys(sample.query for sample in samples):
        mine = [sample for sample in samples if sample.query == query]
        engines = dict.fromkeys(sample.engine for sample in mine)
        rows.append(
            {
                "query": query,
                "total": int(median(sample.total for sample in mine if sample.engine == OURS)),
                "ms": {e: round(median(s.measured for s in mine if s.engine == e) * 1000, 3) for e in engines},
                "totals": {peer: of[query] for peer, of in totals.items() if query in of},
            }
        )
    return rows


def show(record: Record) -> str:
    """The record in Markdown: machine, targets, ratios by class, other figures, every query."""
    parts = [
        _show_circumstances(record),
        _show_verdicts(record),
    ]
    if record["ratios"]:
        parts += [_show_ratios(record), _show_queries(record)]
    rows = [(name.replace("_", " "), float(value)) for name, value in record["figures"].items()]
    if rows:
        parts.append(lay_out(("figure", "value"), rows))
    return "\n\n".join(parts) + "\n"


def _show_circumstances(record: Record) -> str:
    machine, collection = record["machine"], record["collection"]
    return (
        f"Measured on {record['date']} at {record['time']}: {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, {machine['system']}; Python {machine['python']}, tantivy {machine['tantivy']}, "
        f"SQLite {machine['sqlite']}, Whoosh {machine['whoosh3']}, numpy {machine['numpy']}. "
        f"Collection: {collection['name']}, {collection['briefings']:,} briefings, {collection['answers']:,} answers, "
        f"{collection['text_mb']} MB of text. The run took {sum(record['phases'].values()) / 60:.1f} minutes."
    )


def _show_verdicts(record: Record) -> str:
    rows = [
        (
            v["measure"],
            f"{v['wanted']} {v['target']:g} {v['unit']}".strip(),
            float(v["value"]),
            "yes" if v["is_met"] else "no",
        )
        for v in record["verdicts"]
    ]
    return lay_out(("measure", "target", "measured", "met"), rows)


def _show_ratios(record: Record) -> str:
    head = ("page against", "class", "pages", "ratio", "Lectern, ms", "peer, ms", "ratio as measured")
    rows = [
        (r["peer"], r["group"], r["pages"], r["ratio"], r["lectern_ms"], r["peer_ms"], r["measured"])
        for r in record["ratios"]
    ]
    return lay_out(head, rows)


def _show_queries(record: Record) -> str:
    head = ("query", "hits", *(f"{e}, ms" for e in (OURS, *PEERS)), *(f"hits of {peer}" for peer in WHOLE))
    rows = [
        (
            "`" + row["query"].replace("|", "\\|") + "`",
            row["total"],
            *(row["ms"].get(engine, "-") for engine in (OURS, *PEERS)),
            *(_share(row["totals"].get(peer)) for peer in WHOLE),
        )
        for row in record["queries"]
    ]
    return lay_out(head, rows)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def draw_record(record: Record) -> str:
    """The figure: median time of a page, by class and engine."""
    ratios = [Ratio(**one) for one in record["ratios"]]
    groups: dict[str, list[tuple[str, float]]] = {}
    for group in dict.fromkeys(ratio.group for ratio in ratios):
        chosen = [ratio for ratio in ratios if ratio.group == group]
        name = "all pages" if group == ALL else group
        groups[name] = [(OURS, chosen[0].lectern_ms), *((ratio.peer, ratio.peer_ms) for ratio in chosen)]
    about = f"{record['collection']['answers']:,} answers, {record['machine']['cpu']}, {record['date']}"
    subtitle = f"Median over all pages of a class; {about}. Logarithmic scale."
    return draw(Chart("A page of results, in milliseconds", subtitle, "ms", groups))


def read_record(file: Path) -> Record:
    """A kept record."""
    record: Record = json.loads(file.read_text("utf-8"))
    return record


def write_record(record: Record, file: Path) -> None:
    """Keep a record as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
