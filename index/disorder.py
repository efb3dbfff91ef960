"""Files whose day does not fit between those of the files numbered before and after them.

A publisher numbers its pages in the order in which they appear, or a list of them in the opposite one. Pure functions
over names and days. The one decision: only a row of files that is otherwise in order says anything about one of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from index.parsers.neighbours import place_of

ORDERED_FROM = 0.9
"""Share of steps from one file to the next that go the same way in a row that is in order; in real ones all do."""

LEAST_ROW = 5
"""Files of a row that is long enough to tell."""

Placed = tuple[int, date, str]


def find_disorder(days: Mapping[str, date]) -> dict[str, tuple[str, str]]:
    """The files that are out of order, each with its neighbours; `days` gives the day of each file."""
    rows: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for file, day in days.items():
        if place := place_of(file):
            rows[place[0]].append((place[1], day, file))
    return {file: beside for row in rows.values() if len(row) >= LEAST_ROW for file, beside in _strays(sorted(row))}


def _strays(row: list[Placed]) -> Iterator[tuple[str, tuple[str, str]]]:
    steps = [later[1] - earlier[1] for earlier, later in pairwise(row)]
    up, down = sum(s > timedelta() for s in steps), sum(s < timedelta() for s in steps)
    if max(up, down) < ORDERED_FROM * (up + down):
        return
    for before, this, after in zip(row, row[1:], row[2:], strict=False):
        low, high = (before, after) if up > down else (after, before)
        if low[1] <= high[1] and not low[1] <= this[1] <= high[1]:
            yield this[2], (before[2], after[2])
