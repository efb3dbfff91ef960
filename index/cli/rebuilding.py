"""`lectern rebuild`, `lectern rollback`: a new generation of the index, and the way back."""

import sys

import click

from index.cli.intake import read_authority
from index.cli.progress import show_progress
from index.cli.report import counts_line, print_problems
from index.cli.waiting import WritingCommand
from index.rebuilding import rebuild as rebuild_index
from index.rebuilding import refresh, roll_back
from index.report import Report
from search.engine import Engine
from search.engines import open_engine
from search.settings import Settings


@click.command(cls=WritingCommand)
@click.option("--reparse", is_flag=True, help="Read all texts again, with the outlets and speakers of today.")
@click.option("--if-needed", is_flag=True, help="Do only what another version, or other names and rules, ask for.")
@click.pass_obj
def rebuild(settings: Settings, reparse: bool, if_needed: bool) -> None:  # noqa: FBT001 (flags)
    """Build a new generation of the index from the archive, and swap to it; readers see the old one until then.

    It is verified before the swap: everything is counted, and a sample read and searched. Texts that an earlier Lectern
    read are read again first, from the files as the archive keeps them.
    """
    if reparse and if_needed:
        raise click.UsageError("--reparse reads everything, --if-needed what has to be; give one")
    engine = open_engine(settings.index)
    with show_progress() as begin:
        if if_needed:
            refreshed = refresh(settings, engine, read_authority(settings), begin)
            report, done = refreshed.report, refreshed.done
            for reason in refreshed.reasons:
                click.echo(f"because: {reason}")
        else:
            report = rebuild_index(settings, engine, read_authority(settings), reparse=reparse, begin=begin)
            done = "built"
    print_reread(report)
    click.echo(f"{'nothing to do; ' if done == 'nothing' else ''}{generation_line(engine)}")
    sys.exit(report.exit_status if report.rows else 0)


def print_reread(report: Report) -> None:
    """What became of texts that were read again; nothing if none was."""
    if report.rows:
        print_problems([row for row in report.rows if row.outcome != "unchanged"])
        click.echo(f"read again: {counts_line(report)}")


def generation_line(engine: Engine) -> str:
    """Which generation is live, and what it holds."""
    state = engine.status()
    return f"generation {state.generation}: {state.briefings} briefings, {state.documents} answers and statements"


@click.command(cls=WritingCommand)
@click.pass_obj
def rollback(settings: Settings) -> None:
    """Go back to the generation of the index that was live before the last rebuild, as it then was.

    The archive is not touched. What came since is not in that generation; the next command that writes brings it in.
    """
    engine = open_engine(settings.index)
    done = roll_back(settings, engine)
    click.echo(generation_line(engine))
    if done.behind:
        click.echo(
            f"it is behind the archive, briefings concerned: {done.behind:,}; the next command that writes brings it up"
        )
