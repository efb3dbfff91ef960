"""`lectern backup` and `lectern restore`: a copy of what cannot be made again, and the way back."""

from pathlib import Path

import click

from index.backup import BackupError
from index.backup import backup as make_backup
from index.cli.given import read_given
from index.cli.intake import read_authority
from index.cli.progress import show_progress
from index.cli.report import counts_line, print_problems
from index.rebuilding import rebuild
from index.restoring import Left, restore_files, unfinished
from search.engines import is_begun, open_engine, place_of
from search.errors import SettingsError
from search.settings import Settings

FREE = frozenset({"restore", "status", "search", "export", "serve", "parse", "demo"})
"""Commands that may be given while a restoring is unfinished: they read no archive, or only look at it."""


def refuse_half_restored(settings: Settings, command: str | None) -> None:
    """Refuse what would work with a home that is part of one and part of another. Raises SettingsError."""
    left = unfinished(settings.home)
    if left is None or command in FREE or (left == Left.INDEX and command == "rebuild"):
        return
    hints = {
        Left.FILES: "run lectern restore again, with the same backup",
        Left.INDEX: "its files are in place, its index is not: run lectern rebuild",
    }
    raise SettingsError("a restore was stopped before its end", where=str(settings.home), hint=hints[left])


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, target: Path) -> None:
    """Copy the archive, your tables of names, publishers and settings into a new folder, while they are in use."""
    manifest = make_backup(settings, target)
    size = sum(kept.size for kept in manifest.files.values())
    click.echo(
        f"{target}: {manifest.briefings:,} briefings, change {manifest.sequence:,};"
        f" {len(manifest.files)} files, {size / 1e6:,.1f} MB, verified"
    )


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Move aside what the home holds.")
@click.pass_context
def restore(ctx: click.Context, folder: Path, replace: bool) -> None:  # noqa: FBT001 (a flag)
    """Make the home what a backup holds: verify it, put its files in place, and build the index anew."""
    engine_given = ctx.find_root().params["engine"]
    look = None if replace else lambda coming: _check_unused(read_given(coming, engine_given).index)
    restored = restore_files(ctx.obj, folder, replace=replace, look=look)
    if restored.aside:
        click.echo(f"what stood there is in {restored.aside}; delete it when you are sure", err=True)
    settings = read_given(ctx.obj.home, engine_given)  # they may have come with the backup
    engine = open_engine(settings.index)
    with show_progress() as begin:
        report = rebuild(settings, engine, read_authority(settings), begin=begin)
    if report.rows:
        print_problems([row for row in report.rows if row.outcome != "unchanged"])
        click.echo(f"read again: {counts_line(report)}")
    state = engine.status()
    click.echo(
        f"restored the backup of {restored.manifest.made}: generation {state.generation},"
        f" {state.briefings:,} briefings, {state.documents:,} answers and statements"
    )


def _check_unused(index: Path | str) -> None:
    """Refuse a cluster that holds a collection: the backup's settings may name one that others search."""
    if isinstance(index, str) and is_begun(open_engine(index)):
        raise BackupError(
            "the cluster holds a collection of that name",
            where=place_of(index),
            hint="give another with --engine, or say --replace: only its own archive can bring back what is there",
        )
