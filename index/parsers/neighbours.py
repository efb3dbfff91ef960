"""The days of the files beside a file, by the numbers in their names.

A publisher numbers its pages as it puts them up, so that a page whose title has no year lies between its neighbours.
`parse_source` sees one file; who reads a folder shows every parsed file to `Neighbours`, and parses those refused with
`no-year` once more, with the days `around` them. The one decision: only names that differ in one number are beside each
other, and only a day that a page states itself is shown.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from pathlib import PurePath

_NUMBERED = re.compile(r"(\D*)(\d{1,18})(\D*)")


class Neighbours:
    """The days of numbered files, folder by folder."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str, str], dict[int, date]] = defaultdict(dict)
        self._sorted: dict[tuple[str, str, str], list[int]] = {}

    def see(self, file: str, day: date) -> None:
        """Remember that `file` states `day`."""
        if place := place_of(file):
            row, number = place
            self._days[row][number] = day
            self._sorted.pop(row, None)

    def around(self, file: str) -> tuple[date, ...]:
        """The days of the nearest files before and after `file`; empty where there is none on either side."""
        place = place_of(file)
        if place is None or place[0] not in self._days:
            return ()
        row, number = place
        days = self._days[row]
        numbers = self._sorted.setdefault(row, sorted(days))
        at = bisect_left(numbers, number)
        after = at + 1 if number in days else at
        if at == 0 or after >= len(numbers):
            return ()
        return days[numbers[at - 1]], days[numbers[after]]


def place_of(file: str) -> tuple[tuple[str, str, str], int] | None:
    """The row of files that `file` stands in (folder, and name around its number), and its number."""
    path = PurePath(file)
    match = _NUMBERED.fullmatch(path.stem)
    return ((str(path.parent), match[1], match[3]), int(match[2])) if match else None
