"""What became of the files of a run: a row for each, with the problems that a librarian should know.

Here belong plain values and what only a whole run can tell; how they are printed is said in `index.cli.report`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from index.archive import What
from index.disorder import find_disorder
from index.identity import day_of_id
from index.parsers import Parsed
from index.sources import Unreadable
from search.model import Problem
from search.record import Json, problem_to_json

Fate = What | Literal["parsed", "found"]
"""What became of an input; `parsed` where nothing was to be kept, `found` where it was not even to be fetched."""

BAD: tuple[Fate, ...] = ("held", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """One input of a report. `items` is how many its text has; `problems` are the parser's and the archive's."""

    file: str
    outcome: Fate
    id: str | None
    items: int
    problems: tuple[Problem, ...]

    def to_json(self) -> Json:
        """The row as JSON."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "id": self.id,
            "items": self.items,
            "problems": [problem_to_json(p) for p in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every input, and how long it took.

    Attributes:
        retagged: how many briefings were tagged again beforehand, because names have changed.
        healed: how many an earlier run had archived, and not brought into the index: it is done now.
        is_quiet: nobody named an input, and that there was none is well.
    """

    rows: tuple[Row, ...]
    seconds: float
    retagged: int = 0
    healed: int = 0
    is_quiet: bool = False

    @property
    def counts(self) -> dict[Fate, int]:
        """How many inputs had each outcome; outcomes that did not occur are left out."""
        return dict(Counter(row.outcome for row in self.rows))

    @property
    def notes(self) -> dict[str, int]:
        """How many notes there are of each kind, the most frequent first."""
        codes = Counter(p.code for row in self.rows for p in row.problems if p.severity == "note")
        return dict(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def exit_status(self) -> int:
        """0 if all is well, 1 if some input was held or refused, or there was none."""
        return 1 if not (self.rows or self.is_quiet) or any(row.outcome in BAD for row in self.rows) else 0

    def to_json(self) -> Json:
        """The report as JSON."""
        return {
            "rows": [row.to_json() for row in self.rows],
            "counts": dict(sorted(self.counts.items())),
            "notes": self.notes,
            "retagged": self.retagged,
            "healed": self.healed,
            "seconds": round(self.seconds, 3),
        }


def parsed_row(parsed: Unreadable | Parsed) -> Row:
    """The row of an input that is only looked at."""
    if isinstance(parsed, Unreadable):
        return Row(parsed.file, "refused", None, 0, (parsed.problem,))
    file, briefing, problems = parsed.source.file, parsed.briefing, parsed.problems
    if briefing is None:
        return Row(file, "refused", None, 0, problems)
    held = any(p.severity == "held" for p in problems)
    return Row(file, "held" if held else "parsed", briefing.id, len(briefing.items), problems)


def note_disorder(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, with a note at each whose day does not fit between those of the files numbered beside it."""
    rows = tuple(rows)
    days = {row.file: day_of_id(row.id) for row in rows if row.id and row.outcome not in BAD}
    strays = find_disorder(days)
    return tuple(
        replace(row, problems=(*row.problems, _stray_note(days[row.file], *strays[row.file])))
        if row.file in strays
        else row
        for row in rows
    )


def _stray_note(day: date, before: str, after: str) -> Problem:
    beside = f"{Path(before).name} and {Path(after).name}"
    text = f"{day} is not between the days of {beside}, which are numbered beside it; check the date"
    return Problem("date-out-of-order", "note", text)
