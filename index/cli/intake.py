"""`lectern parse` and `lectern add`: files in, a report out."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

import click

from index.archive import Verdict
from index.authority.tables import Authority, load_authority
from index.cli.progress import show_progress
from index.cli.report import counts_line, print_problems, print_report
from index.cli.waiting import WritingCommand
from index.ingest import add as add_paths
from index.parsers import Parsed
from index.parsers.profile import Profile
from index.parsing import parse_files
from index.progress import no_progress
from index.publishing import read_publishers
from index.report import Report, Row, note_disorder, parsed_row
from index.sources import count_files, iter_sources
from search.engines import open_engine
from search.model import PARAGRAPH, Briefing
from search.record import briefing_to_json
from search.settings import Settings

# What cannot be read is a line of the report and does not stop the rest, so it must not stop the command line either.
paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
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


def check_publisher(publisher: str | None, profiles: Mapping[str, Profile]) -> None:
    """Refuse a publisher that is not known."""
    if publisher is not None and publisher not in profiles:
        raise click.BadParameter(
            f"no publisher {publisher!r}; known are {', '.join(profiles)}", param_hint="--publisher"
        )


@click.command()
@paths_argument
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@publisher_option
@url_option
@manifest_option
@click.option("--json", "as_json", is_flag=True, help="A report as JSON, with the problems and without the texts.")
@click.pass_obj
def parse(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    paths: tuple[Path, ...],
    form: str,
    publisher: str | None,
    url: str | None,
    manifest: Path | None,
    as_json: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Parse transcripts and print them, then what is doubtful in them; nothing is kept."""
    profiles = read_publishers(settings)
    check_publisher(publisher, profiles)
    authority = read_authority(settings)
    started = time.monotonic()
    rows: list[Row] = []
    beside = as_json or not sys.stdout.isatty()  # a bar and texts do not go together on one terminal
    with show_progress() if beside else nullcontext(no_progress) as begin:
        tick = begin("reading files", count_files(paths))
        sources = iter_sources(paths, url=url, manifest=manifest)
        for parsed in parse_files(sources, authority, publisher, profiles):
            rows.append(parsed_row(parsed))
            tick(rows[-1].file)
            if not as_json and isinstance(parsed, Parsed) and parsed.briefing:
                print_briefing(parsed.briefing, form)
    report = Report(note_disorder(rows), time.monotonic() - started)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    elif not rows:
        click.echo("nothing to parse: no transcript is there", err=True)
    else:
        print_problems(report.rows, err=form == "jsonl")
        click.echo(counts_line(report), err=True)
    sys.exit(report.exit_status)


def print_briefing(briefing: Briefing, form: str) -> None:
    """One transcript on stdout: its record on a line, or as text."""
    if form == "jsonl":
        click.echo(json.dumps(briefing_to_json(briefing), ensure_ascii=False))
    else:
        click.echo("\n".join(iter_lines(briefing)) + "\n")


def iter_lines(briefing: Briefing) -> Iterator[str]:
    """A briefing as a reader takes it in: head, a line or two for each item."""
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


@click.command(cls=WritingCommand)
@paths_argument
@publisher_option
@url_option
@manifest_option
@click.option(
    "--as", "same", metavar="ID", help="The one file given is a text of this briefing, where that is in doubt."
)
@click.option("--new", is_flag=True, help="The one file given is a briefing of its own, where that is in doubt.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and touch nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def add(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    paths: tuple[Path, ...],
    publisher: str | None,
    url: str | None,
    manifest: Path | None,
    same: str | None,
    new: bool,  # noqa: FBT001 (a flag)
    dry_run: bool,  # noqa: FBT001 (a flag)
    as_json: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Add transcripts: parse, archive, and index what is new or changed. Adding the same again changes nothing.

    Files, folders, archives (.zip, .tar, .tar.gz, .tgz); - is what comes through a pipe.
    """
    check_publisher(publisher, read_publishers(settings))
    if same is not None and new:
        raise click.UsageError("--as and --new say the contrary of each other; give one")
    with show_progress() as begin:
        report = add_paths(
            paths,
            settings,
            None if dry_run else open_engine(settings.index),
            read_authority(settings),
            publisher=publisher,
            url=url,
            manifest=manifest,
            verdict=Verdict(same) if new or same is not None else None,
            dry_run=dry_run,
            begin=begin,
        )
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print_report(report, dry_run=dry_run)
    sys.exit(report.exit_status)
