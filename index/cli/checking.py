"""`lectern check`: whether archive and index are whole and in step; and what mends them."""

import json
import sys
from dataclasses import asdict

import click

from index.checking import OF_ARCHIVE, Checked, Mended
from index.checking import check as check_all
from index.checking import repair as repair_all
from index.cli.intake import read_authority
from index.cli.progress import show_progress
from index.cli.waiting import WritingCommand
from index.comparing import Finding
from search.engines import open_engine
from search.settings import Settings

_SHOWN = 50
"""So many findings have a line; JSON has all that are told."""

_WHAT_TO_DO = {
    "archive": "restore the archive from a backup, then: lectern rebuild",
    "source": "restore the archive from a backup; the text as parsed is there, but cannot be read anew",
    "text": "restore the archive from a backup, then: lectern rebuild",
    "ahead": "put the right archive in place; or, if this one is to count: lectern rebuild",
}
"""By code, what cannot be mended from the archive."""


@click.command(cls=WritingCommand)
@click.option("--repair", is_flag=True, help="Mend from the archive what can be mended.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(settings: Settings, repair: bool, as_json: bool) -> None:  # noqa: FBT001 (flags)
    """Check everything: the archive, and the index against it, item by item.

    Exit status 0 only if both are whole and in step. Meanwhile nobody can write; people go on searching.
    """
    engine, authority = open_engine(settings.index), read_authority(settings)
    with show_progress() as begin:
        if repair:
            done = repair_all(settings, engine, authority, begin)
        else:
            found = check_all(settings, engine, authority, begin)
            done = Mended(found, found)
    if as_json:
        click.echo(json.dumps(report_to_json(done), ensure_ascii=False, indent=2))
    else:
        print_findings(done.mended, "mended   ")
        print_findings(done.after.findings, "wrong    ")
        for code in dict.fromkeys(one.code for one in done.after.findings):
            click.echo(f"{code}: {_WHAT_TO_DO.get(code, 'mend it from the archive: lectern check --repair')}")
        click.echo(closing_line(done.after))
    sys.exit(1 if done.after.findings else 0)


def print_findings(findings: tuple[Finding, ...], head: str) -> None:
    """A line for each, and the number of those that have none."""
    for one in findings[:_SHOWN]:
        click.echo(f"{head}{one}")
    if (more := len(findings) - _SHOWN) > 0:
        click.echo(f"{head}and {more:,} more")


def closing_line(found: Checked) -> str:
    """What was looked at, and whether all is well."""
    looked = f"{found.briefings:,} briefings, {found.items:,} items, {found.files:,} files as received"
    return f"{looked}: " + (f"wrong: {len(found.findings):,}" if found.findings else "whole, and in step")


def report_to_json(done: Mended) -> dict[str, object]:
    """The report as JSON."""
    after = done.after
    return {
        "whole": not after.findings,
        "briefings": after.briefings,
        "items": after.items,
        "files": after.files,
        "findings": [asdict(one) | {"mendable": one.code not in OF_ARCHIVE} for one in after.findings],
        "mended": [asdict(one) for one in done.mended],
    }
