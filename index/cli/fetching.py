"""`lectern fetch` and `lectern watch`: texts that come by themselves."""

import json
import sys
from pathlib import Path

import click

from index.cli.intake import check_publisher, publisher_option, read_authority
from index.cli.progress import show_progress
from index.cli.report import print_report
from index.fetch.target import fetch as fetch_target
from index.publishing import read_publishers
from index.watching import Watch
from search.engines import open_engine
from search.settings import Settings


@click.command()
@click.argument("target", metavar="PUBLISHER|URL")
@click.option("--publisher", metavar="ID", help="Whose address it is, where several publishers share a host.")
@click.option("--dry-run", is_flag=True, help="Read the lists and say what would be fetched; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def fetch(
    settings: Settings,
    target: str,
    publisher: str | None,
    dry_run: bool,  # noqa: FBT001 (a flag)
    as_json: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Fetch what is new on the lists of a publisher's profile, or one address, and add it.

    A run may be stopped at any moment; the next one goes on. A list without any transcript, or without a new one for
    a month, is a problem (exit status 1); a night without news is not.
    """
    check_publisher(publisher, read_publishers(settings))
    engine = None if dry_run else open_engine(settings.index)
    with show_progress() as begin:
        report = fetch_target(
            target, settings, engine, read_authority(settings), publisher=publisher, dry_run=dry_run, begin=begin
        )
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print_report(report, dry_run=dry_run, nothing="nothing new")
    sys.exit(report.exit_status)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@publisher_option
@click.pass_obj
def watch(settings: Settings, folder: Path, publisher: str | None) -> None:
    """Add what is put into a folder, until it is told to end (Ctrl+C, SIGTERM).

    Files that are still being written are left until they are whole; what is refused is moved into the folder
    `refused` inside, with a note that says why. Everything else stays where it is.
    """
    check_publisher(publisher, read_publishers(settings))
    Watch(folder, settings, publisher=publisher, tell=lambda line: click.echo(line, err=True)).run()
