"""What became of the files: problems that a librarian can act on, as a table, lines, or data.

The one decision: a problem is told once, with the number of files that have it and where it is first; a thousand files
by an outlet that is not known make one line, not a thousand.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from index.report import Fate, Report, Row
from search.model import Severity

SHOWN_ROWS = 30
"""Up to this many inputs, a report has a line for each; above, only for those that want attention."""

_ORDER: tuple[Severity, ...] = ("refused", "held", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and all the places that have it: file, or file and item."""

    severity: Severity
    code: str
    message: str
    places: tuple[str, ...]

    @property
    def where(self) -> str:
        """The first place, and how many others there are."""
        more = len(self.places) - 1
        return self.places[0] + (f" (and {more:,} more)" if more else "")


def find_problems(rows: Iterable[Row]) -> tuple[Finding, ...]:
    """The problems of all inputs, each once: what was refused first, then what is held, then notes by their number."""
    places: dict[tuple[Severity, str, str], list[str]] = {}
    for row in rows:
        for problem in row.problems:
            message = problem.message.removeprefix(f"{row.file}: ")
            place = row.file if problem.item is None else f"{row.file} item {problem.item}"
            places.setdefault((problem.severity, problem.code, message), []).append(place)
    codes: Counter[str] = Counter()
    for (_, code, _), found in places.items():
        codes[code] += len(found)
    findings = [Finding(*key, tuple(found)) for key, found in places.items()]
    findings.sort(key=lambda f: (_ORDER.index(f.severity), -codes[f.code], f.code, -len(f.places), f.places[0]))
    return tuple(findings)


def print_problems(rows: Iterable[Row], *, err: bool = False) -> None:
    """The problems of all inputs: a table on a terminal, else a line each; nothing if there is none."""
    findings = find_problems(rows)
    if not (sys.stderr if err else sys.stdout).isatty():
        for finding in findings:
            click.echo(finding_line(finding), err=err)
        return
    # Loaded only here: an addition of one file takes no longer than what it loads.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("", "problem", "files", "what", "where", pad_edge=False)
    for finding in findings:
        style = "" if finding.severity == "note" else "bold red"
        cells = (finding.severity, finding.code, f"{len(finding.places):,}", finding.message, finding.where)
        table.add_row(*map(_literal, cells), style=style)
    if findings:
        Console(stderr=err).print(table)


def _literal(text: str) -> str:
    """`text` for a table, in which brackets would be markup."""
    return text.replace("[", r"\[")


def finding_line(finding: Finding) -> str:
    """A problem as one line."""
    return f"{finding.severity:<8} {finding.code:<20} {finding.message}  [{finding.where}]"


def print_report(
    report: Report, *, dry_run: bool = False, nothing: str = "nothing to add: no transcript is there"
) -> None:
    """The closing report: what became of the inputs (all, if they are few), problems, a table of counts."""
    print_healed(report.healed)
    if report.retagged:
        click.echo(f"names have changed: {report.retagged:,} briefings were tagged again")
    if not report.rows:
        click.echo(nothing)
        return
    few = len(report.rows) <= SHOWN_ROWS
    for row in report.rows:
        if row.outcome == "held" or (few and row.outcome != "refused"):
            click.echo(f"{row.outcome:<10} {row.id or '':<24} {row.items:>3} items  {row.file}")
    print_problems(report.rows)
    click.echo("\n".join(iter_totals(report)))
    click.echo(counts_line(report) + (" (dry run: nothing was touched)" if dry_run else ""))
    if report.counts.get("held"):
        click.echo("what is held waits for a decision: lectern review")


def print_healed(count: int) -> None:
    """What an earlier command had left to be done, and is done now; on stderr, nothing if there was nothing."""
    if count:
        click.echo(f"made good: the index was behind the archive, briefings concerned: {count:,}", err=True)


def iter_totals(report: Report) -> Iterator[str]:
    """The closing table, line by line: each outcome with its number, notes by kind, the time."""
    counts = report.counts
    shown: tuple[Fate, ...] = ("added", "corrected", "unchanged", "duplicate", "held", "refused")
    for outcome in shown:
        if outcome in counts or outcome != "duplicate":
            yield f"{outcome:<10} {counts.get(outcome, 0):>7,}"
    notes = report.notes
    kinds = ", ".join(f"{code} {count:,}" for code, count in notes.items())
    yield f"{'notes':<10} {sum(notes.values()):>7,}" + (f"   {kinds}" if kinds else "")
    yield f"{'time':<10} {report.seconds:>7,.1f} s"


def counts_line(report: Report) -> str:
    """How many inputs had each outcome, and how long it took."""
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(report.counts.items()))
    return f"{counts} in {report.seconds:.1f} s"
