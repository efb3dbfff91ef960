"""`lectern parse` and `lectern add`: files in, a report out."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from index.authority.tables import Authority, load_authority
from index.ingest import Report, Row
from index.ingest import add as add_paths
from index.parsers import PROFILES, Parsed, parse_source
from index.sources import Unreadable, iter_sources
from search.engines import open_engine
from search.model import PARAGRAPH, Briefing, Problem
from search.record import briefing_to_json
from search.settings import Settings

SHOWN_ROWS = 30
"""Up to this many inputs, a report has a line for each; above, only for those that want attention."""

paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
publisher_option = click.option(
    "--publisher", metavar="ID", help="Whose transcripts they are, where that cannot be seen from the files."
)
url_option = click.option("--url", metavar="U", help="The publisher's address of the one file given.")
manifest_option = click.option(
    "--manifest",
    metavar="F",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table (TSV: file, url, title) of addresses. An index.tsv at the top of a folder is found by itself.",
)


def read_authority(settings: Settings) -> Authority:
    """The shipped authority with the librarian's own over it."""
    return load_authority(*([settings.authority] if settings.authority.is_dir() else []))


def check_publisher(publisher: str | None) -> None:
    """Refuse a publisher that is not known."""
    if publisher is not None and publisher not in PROFILES:
        raise click.BadParameter(
            f"no publisher {publisher!r}; known are {', '.join(PROFILES)}", param_hint="--publisher"
        )


@click.command()
@paths_argument
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@publisher_option
@url_option
@manifest_option
@click.pass_obj
def parse(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    paths: tuple[Path, ...],
    form: str,
    publisher: str | None,
    url: str | None,
    manifest: Path | None,
) -> None:
    """Parse transcripts and print them; nothing is kept."""
    check_publisher(publisher)
    authority = read_authority(settings)
    status, seen = 0, 0
    for source in iter_sources(paths, url=url, manifest=manifest):
        seen += 1
        parsed = source if isinstance(source, Unreadable) else parse_source(source, authority, publisher)
        problems = (parsed.problem,) if isinstance(parsed, Unreadable) else parsed.problems
        if any(p.severity != "note" for p in problems):
            status = 1
        print_parsed(parsed, form)
    if not seen:
        click.echo("nothing to parse: no transcript is there", err=True)
    sys.exit(status if seen else 1)


def print_parsed(parsed: Parsed | Unreadable, form: str) -> None:
    """One input: its record on stdout, or why there is none on stderr."""
    briefing = None if isinstance(parsed, Unreadable) else parsed.briefing
    if briefing is None:
        for problem in (parsed.problem,) if isinstance(parsed, Unreadable) else parsed.problems:
            file = parsed.file if isinstance(parsed, Unreadable) else parsed.source.file
            click.echo(problem_line(file, problem), err=True)
    elif form == "jsonl":
        click.echo(json.dumps(briefing_to_json(briefing), ensure_ascii=False))
    else:
        click.echo("\n".join(iter_lines(briefing)) + "\n")


def iter_lines(briefing: Briefing) -> Iterator[str]:
    """A briefing as a reader takes it in: head, a line or two for each item, problems."""
    when = " ".join(filter(None, [f"{briefing.date}", briefing.time, briefing.zone and f"({briefing.zone})"]))
    yield f"{briefing.id}  {when}  {briefing.title}"
    yield f"  {briefing.file}  {briefing.url or 'original not recorded'}"
    for item in briefing.items:
        label: str = item.kind
        if item.kind == "answer":
            asker = item.asker or "(anonymous)"
            outlet = f" [{item.outlet}]" if item.outlet and item.outlet != item.asker else ""
            label = f"{asker}{outlet} -> {', '.join(item.speakers) or '(nobody)'}"
        elif item.speakers:
            label = f"{item.kind} by {', '.join(item.speakers)}"
        yield f"  {item.n:>3}  {label}"
        for turn in item.turns:
            first = turn.text.split(PARAGRAPH)[0]
            yield f"       {turn.role[0].upper()}: {first[:100]}{'…' if len(turn.text) > len(first[:100]) else ''}"
    for problem in briefing.problems:
        yield f"  {problem.severity}: {problem.code}: {place_of(problem)}{problem.message}"


def place_of(problem: Problem) -> str:
    """Which item a problem is about."""
    return f"item {problem.item}: " if problem.item is not None else ""


def problem_line(file: str, problem: Problem) -> str:
    """A problem as one line."""
    return f"{problem.severity}: {file}: {problem.code}: {place_of(problem)}{problem.message}"


@click.command()
@paths_argument
@publisher_option
@url_option
@manifest_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and touch nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def add(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    paths: tuple[Path, ...],
    publisher: str | None,
    url: str | None,
    manifest: Path | None,
    dry_run: bool,  # noqa: FBT001 (a flag)
    as_json: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Add transcripts: parse, archive, and index what is new or changed. Adding the same again changes nothing."""
    check_publisher(publisher)
    with show_progress() as progress:
        report = add_paths(
            paths,
            settings,
            None if dry_run else open_engine(settings.index),
            read_authority(settings),
            publisher=publisher,
            url=url,
            manifest=manifest,
            dry_run=dry_run,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(iter_report(report, dry_run=dry_run)))
    sys.exit(report.exit_status)


@contextmanager
def show_progress() -> Iterator[Callable[[Row], None] | None]:
    """A bar on a terminal that counts inputs; nothing where stderr is a file."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} read"), TextColumn("{task.speed:.0f}/s"))
    with Progress(
        *columns, TimeElapsedColumn(), TextColumn("{task.description}"), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda row: bar.update(task, advance=1, description=Path(row.file).name)


def iter_report(report: Report, *, dry_run: bool = False) -> Iterator[str]:
    """The closing report: inputs that want attention (all, if they are few), notes by kind, and the counts."""
    if not report.rows:
        yield "nothing to add: no transcript is there"
        return
    few = len(report.rows) <= SHOWN_ROWS
    for row in report.rows:
        if few or row.outcome in ("held", "refused"):
            yield f"{row.outcome:<10} {row.id or '-':<24} {row.items:>3} items  {row.file}"
        for problem in row.problems:
            if problem.severity != "note" or few:
                yield f"           {problem.severity}: {problem.code}: {place_of(problem)}{problem.message}"
    notes = Counter(p.code for row in report.rows for p in row.problems if p.severity == "note")
    if notes and not few:
        yield "notes: " + ", ".join(f"{count} {code}" for code, count in notes.most_common())
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.counts.items()))
    yield f"{counts} in {report.seconds:.1f} s" + (" (dry run: nothing was touched)" if dry_run else "")
    if report.counts.get("held"):
        yield "what is held waits for a decision: lectern review"
