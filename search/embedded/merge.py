"""Many segments made one, without the deleted documents: arrays are cut and put together, no text is read again.

Documents keep their order within a segment and a language, and within a language stand in the order of the segments.
So what is kept of a segment is a number of *runs*: documents without a gap, which all move by one distance, and their
places by another. A unit's places, which are all of one language, come out in order.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import compress, islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.crew import Crew
from search.embedded.arrays import Array, Arrays, ArrayWriter
from search.embedded.builder import (
    Numbers,
    Postings,
    UnitKey,
    iter_units,
    offsets,
    write_keys,
    write_units,
    write_values,
)
from search.embedded.schema import COUNTED, FORMAT, KEYS
from search.embedded.segment import Keys, Segment, Text, Values
from search.embedded.stored import MAX_SAMPLES, Packing, train
from search.schema import TEXTS

CHUNK = 2_000_000
"""So many postings are put together at once."""

SHARED = 2_000_000
"""A text with so many places is merged by another process, if there is one: three million take half a second."""

MOST = 0.75
"""A segment with this share of what is merged decides how records are packed."""


@dataclass(frozen=True)
class Run:
    """Documents `first` to before `last` of the segment number `part` of those that are merged."""

    part: int
    first: int
    last: int


def merge_segments(parts: Sequence[Segment], deleted: Sequence[set[int]], file: Path, crew: Crew | None = None) -> int:
    """Write the documents of all `parts`, but for those deleted in each, as the segment `file`.

    Args:
        parts: what is merged.
        deleted: of each, the numbers of the documents that are left out.
        file: where; it must not be there yet.
        crew: processes that take a share; not given, or given little to do, this one does it all.

    Returns:
        How many documents it has.
    """
    languages = sorted({language for part in parts for language, _ in part.blocks})
    blocks = [(language, list(_iter_runs(parts, deleted, language))) for language in languages]
    runs = [run for _, some in blocks for run in some]
    sizes = [(language, sum(run.last - run.first for run in some)) for language, some in blocks]
    size = sum(n for _, n in sizes)
    shares = _share_texts(crew, parts, runs, file) if crew else {}
    with ArrayWriter(file, {"format": FORMAT, "size": size, "blocks": [row for row in sizes if row[1]]}) as out:
        moved = [_moves(n, runs) for n in range(len(parts))]
        for name in KEYS:
            keys = [part.keys[name] for part in parts]
            write_keys(out, name, _merge_postings([_by_value(k) for k in keys], moved))
        for name in COUNTED:
            values = [part.values[name] for part in parts]
            write_values(out, name, _merge_postings([_by_document(v) for v in values], moved), size)
        for name, arrays in (("day", [p.days for p in parts]), ("kind", [p.kinds for p in parts])):
            out.stream(name, arrays[0].dtype, (arrays[run.part][run.first : run.last] for run in runs))
        _merge_records(out, parts, runs, size)
        for name in (f.name for f in TEXTS):
            if crew and name in shares:
                out.put_all(Arrays(crew.result(shares[name])))
                _apart(file, name).unlink()
            else:
                _merge_text(out, name, parts, runs)
    return size


def _share_texts(crew: Crew, parts: Sequence[Segment], runs: Sequence[Run], file: Path) -> dict[str, Future[Path]]:
    """Text fields that are merged by processes of a crew, each into a file of its own."""
    files = [part.file for part in parts]
    large = (f.name for f in TEXTS if sum(len(part.texts[f.name].places) for part in parts) >= SHARED)
    return {name: crew.submit(_merge_apart, files, runs, name, _apart(file, name)) for name in large}


def _apart(file: Path, name: str) -> Path:
    """Where a text field of the segment `file` is written first; if that is as far as it comes, it is a stray file."""
    return file.with_name(f"{file.stem}.{name}{file.suffix}")


def _merge_apart(files: Sequence[Path], runs: Sequence[Run], name: str, file: Path) -> Path:
    """Merge a text field, in a process of a crew."""
    with ArrayWriter(file, {}) as out:
        _merge_text(out, name, [Segment(one) for one in files], runs)
    return file


def _merge_records(out: ArrayWriter, parts: Sequence[Segment], runs: Sequence[Run], size: int) -> None:
    """Write what is stored: as it is, where it is packed as in a segment that has most of it; else packed anew."""
    packing = _choose_packing(parts, runs, size)
    kept: list[tuple[Array, Numbers]] = []
    for run in runs:
        part = parts[run.part]
        bounds = part.record_bounds[run.first : run.last + 1].astype(np.int64)
        if part.packing.dictionary == packing.dictionary:
            kept.append((part.records[bounds[0] : bounds[-1]], np.diff(bounds)))
        else:
            anew = [packing.pack(part.data(number)) for number in range(run.first, run.last)]
            kept.append((np.frombuffer(b"".join(anew), dtype=np.uint8), np.array([len(one) for one in anew])))
    out.put("dictionary", np.frombuffer(packing.dictionary, dtype=np.uint8))
    out.stream("records", np.dtype(np.uint8), (records for records, _ in kept))
    out.put("record_bounds", offsets(_joined([sizes for _, sizes in kept]), np.uint64))


def _choose_packing(parts: Sequence[Segment], runs: Sequence[Run], size: int) -> Packing:
    """That of the largest segment, if most is its own; else one made for all that is merged."""
    largest = max(parts, key=lambda part: part.size)
    if largest.size > MOST * size:
        return largest.packing
    step = max(1, size // MAX_SAMPLES)
    kept = ((run.part, number) for run in runs for number in range(run.first, run.last))
    return Packing(train([parts[part].data(number) for part, number in islice(kept, 0, None, step)]))


def _joined(parts: Sequence[Array]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _iter_runs(parts: Sequence[Segment], deleted: Sequence[set[int]], language: str) -> Iterator[Run]:
    """The runs of one language, in the order in which they are written."""
    for n, (part, gone) in enumerate(zip(parts, deleted, strict=True)):
        first = 0
        for block, size in part.blocks:
            if block == language:
                cuts = [first - 1, *sorted(d for d in gone if first <= d < first + size), first + size]
                yield from (Run(n, a + 1, b) for a, b in pairwise(cuts) if b > a + 1)
            first += size


def _moves(part: int, runs: Sequence[Run]) -> tuple[Numbers, Numbers, Numbers]:
    """First and last (left out) document of each run of a segment, and how far it moves."""
    rows, at = [], 0
    for run in runs:
        if run.part == part:
            rows.append((run.first, run.last, at - run.first))
        at += run.last - run.first
    firsts, lasts, by = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return firsts, lasts, by


def _move(numbers: Array, moves: tuple[Numbers, Numbers, Numbers]) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where each of `numbers` (documents, or places) moves to, and whether it is kept."""
    firsts, lasts, by = moves
    wide = numbers.astype(np.int64)
    if not len(firsts):
        return wide, np.zeros(len(wide), dtype=bool)
    run = np.searchsorted(lasts, wide, side="right")
    kept = run < len(lasts)
    run[~kept] = 0
    kept &= wide >= firsts[run]
    return wide + by[run], kept


def _by_value(keys: Keys) -> Postings:
    """The postings of a field that was written by value; their documents in no order."""
    bounds = keys.bounds.astype(np.int64)
    ordinals = np.repeat(np.arange(len(bounds) - 1), bounds[1:] - bounds[:-1])
    return Postings(keys.values, keys.documents.astype(np.int64), ordinals)


def _by_document(values: Values) -> Postings:
    """The postings of a field that was written by document."""
    documents = np.repeat(np.arange(len(values.counts)), values.counts)
    return Postings(values.values, documents, values.ordinals.astype(np.int64))


def _merge_postings(parts: Sequence[Postings], moved: Sequence[tuple[Numbers, Numbers, Numbers]]) -> Postings:
    """The postings of all segments, whose documents move as `moved` says."""
    names = [part.values[:] for part in parts]
    kept = [_move(part.documents, moves) for part, moves in zip(parts, moved, strict=True)]
    used = [np.unique(part.ordinals[keep]).tolist() for part, (_, keep) in zip(parts, kept, strict=True)]
    values = sorted({held[i] for held, some in zip(names, used, strict=True) for i in some})
    number = {value: i for i, value in enumerate(values)}
    renumbered = []
    for part, (_, keep), held, some in zip(parts, kept, names, used, strict=True):
        to = np.zeros(len(held), dtype=np.int64)
        to[some] = [number[held[i]] for i in some]
        renumbered.append(to[part.ordinals[keep]])
    documents, ordinals = _joined([where[keep] for where, keep in kept]), _joined(renumbered)
    order = np.argsort(documents, kind="stable")
    return Postings(values, documents[order], ordinals[order])


def _merge_text(out: ArrayWriter, name: str, segments: Sequence[Segment], runs: Sequence[Run]) -> None:
    """Write a text field of all segments as one."""
    parts = [segment.texts[name] for segment in segments]
    starts = [part.starts.astype(np.int64) for part in parts]
    lines = [Run(run.part, int(starts[run.part][run.first]), int(starts[run.part][run.last])) for run in runs]
    out.stream(f"{name}/steps", np.dtype(np.uint8), (parts[r.part].steps[r.first : r.last] for r in lines))
    out.stream(f"{name}/lengths", np.dtype(np.uint32), (parts[run.part].lengths[run.first : run.last] for run in runs))
    documents = _joined([np.diff(starts[run.part][run.first : run.last + 1]) for run in runs])
    out.put(f"{name}/starts", offsets(documents))
    moved = [_moves(n, lines) for n in range(len(parts))]
    passages = [_move(part.passages[:-1], moves) for part, moves in zip(parts, moved, strict=True)]
    end = int(documents.sum())
    out.put(f"{name}/passages", np.append(np.sort(_joined([to[kept] for to, kept in passages])), end).astype(np.uint32))
    far = [_move(part.far_places, moves) for part, moves in zip(parts, moved, strict=True)]
    far_places = _joined([to[kept] for to, kept in far])
    far_steps = _joined([part.far_steps[kept] for part, (_, kept) in zip(parts, far, strict=True)])
    order = np.argsort(far_places)
    out.put(f"{name}/far_places", far_places[order].astype(np.uint32))
    out.put(f"{name}/far_steps", far_steps[order].astype(np.uint32))
    _merge_places(out, name, parts, moved)


def _merge_places(
    out: ArrayWriter, name: str, parts: Sequence[Text], moved: Sequence[tuple[Numbers, Numbers, Numbers]]
) -> None:
    """Write the units of all segments, and their places, unit by unit."""
    held = [
        list(iter_units(part.terms, part.unit_bounds.tolist(), part.labels, part.unit_labels.tolist()))
        for part in parts
    ]
    counts = [_kept_counts(part, moves) for part, moves in zip(parts, moved, strict=True)]
    units = sorted({unit for some, n in zip(held, counts, strict=True) for unit in compress(some, n.tolist())})
    number: dict[UnitKey, int] = {unit: i for i, unit in enumerate(units)}
    # Of units that are gone, the number does not matter: no posting of theirs is kept.
    numbers = [np.array([number.get(unit, 0) for unit in some], dtype=np.int64) for some in held]
    total = np.zeros(len(units), dtype=np.int64)
    for to, n in zip(numbers, counts, strict=True):
        np.add.at(total, to[n > 0], n[n > 0])
    write_units(out, name, units, total)
    ends = np.concatenate([[0], np.cumsum(total)])
    present = [np.flatnonzero(n) for n in counts]
    out.stream(
        f"{name}/places",
        np.dtype(np.uint32),
        (_places_of(parts, moved, numbers, present, ends, a, b) for a, b in _chunks(ends)),
    )


def _kept_counts(part: Text, moves: tuple[Numbers, Numbers, Numbers]) -> Numbers:
    """How many places of each unit are kept."""
    bounds = part.place_bounds.astype(np.int64)
    if len(moves[0]) and moves[0][0] == 0 and moves[1][-1] == part.starts[-1] and (moves[0][1:] == moves[1][:-1]).all():
        return np.diff(bounds)  # all of them
    counts = np.empty(len(bounds) - 1, dtype=np.int64)
    for a, b in _chunks(bounds):
        _, kept = _move(part.places[bounds[a] : bounds[b]], moves)
        kept_before = np.concatenate([[0], np.cumsum(kept)])
        counts[a:b] = np.diff(kept_before[bounds[a : b + 1] - bounds[a]])
    return counts


def _chunks(bounds: Numbers) -> Iterator[tuple[int, int]]:
    """All units as ranges that hold about `CHUNK` places each; `bounds` says where the places of each begin."""
    cuts = np.searchsorted(bounds, np.arange(0, int(bounds[-1]), CHUNK)).tolist()
    return pairwise(sorted({0, *cuts, len(bounds) - 1}))


def _places_of(  # noqa: PLR0913, PLR0917 (the merge's whole state)
    parts: Sequence[Text],
    moved: Sequence[tuple[Numbers, Numbers, Numbers]],
    numbers: Sequence[Numbers],
    present: Sequence[Numbers],
    ends: Numbers,
    first: int,
    last: int,
) -> NDArray[np.uint32]:
    """The places of the units from `first` to before `last` of the merged segment."""
    places = np.zeros(int(ends[last] - ends[first]), dtype=np.uint32)
    filled = ends[first:last] - ends[first]
    for part, moves, to, here in zip(parts, moved, numbers, present, strict=True):
        a, b = np.searchsorted(to[here], [first, last]).tolist()
        if a == b:
            continue
        units = here[a:b]
        bounds = part.place_bounds.astype(np.int64)[units[0] : units[-1] + 2]
        where, kept = _move(part.places[bounds[0] : bounds[-1]], moves)
        unit = np.repeat(to[units[0] : units[-1] + 1], np.diff(bounds))[kept] - first
        where = where[kept]
        if not len(where):
            continue
        begins = np.flatnonzero(np.diff(unit, prepend=-1))
        sizes = np.diff(begins, append=len(unit))
        within = np.arange(len(unit)) - np.repeat(begins, sizes)
        places[filled[unit] + within] = where
        filled[unit[begins]] += sizes
    return places
