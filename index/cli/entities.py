"""`lectern entities`: who and what texts name, and the tables by which they are found."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from index.archive import ArchiveReader
from index.authority.rows import AuthorityError, Fault
from index.candidates import LikeNames, find_candidates, review_table
from index.cli.asking import WORDS
from index.cli.intake import check_publisher, read_authority
from index.cli.progress import show_progress
from index.cli.waiting import WritingCommand
from index.entities import Tagger
from index.promotion import promote as promote_list
from index.publishing import read_publishers
from index.retag import retag as retag_all
from index.retirement import merge as merge_rows
from index.retirement import split as split_row
from index.sightings import ids_of, read_briefings, sight_all
from search.engines import open_engine
from search.errors import BadParameter
from search.record import mention_to_json
from search.settings import Settings

APPLIES = "the next add or rebuild applies it, or at once: lectern entities retag"


@click.group(invoke_without_command=True)
@click.option(
    "--text", "file", type=click.File("r", encoding="utf-8"), metavar="FILE|-", help="A text to look through."
)
@click.option("--publisher", default="", metavar="ID", help="Whose text it is.")
@click.option("--language", default="en", show_default=True, metavar="L")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def entities(
    ctx: click.Context,
    file: TextIO | None,
    publisher: str,
    language: str,
    as_json: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Print the entities mentioned in a text; or look after the tables by which they are found."""
    if ctx.invoked_subcommand is not None:
        if file is not None:
            raise click.UsageError(f"--text does not go with {ctx.invoked_subcommand}")
        return
    if file is None:
        raise click.UsageError("give a text, with --text FILE, or a command; see: lectern entities --help")
    settings: Settings = ctx.obj
    check_publisher(publisher or None, read_publishers(settings))
    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise BadParameter(f"not UTF-8 at byte {error.start}", where=str(Path(file.name))) from error
    mentions = Tagger(read_authority(settings)).tag_text(text, publisher, language)
    if as_json:
        rows = [{k: v for k, v in mention_to_json(m).items() if k != "where"} for m in mentions]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for mention in mentions:
        click.echo(f"{mention.start}-{mention.end}\t{mention.type}\t{mention.id}\t{mention.label}\t{mention.surface}")


@entities.command()
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:  # noqa: FBT001 (a flag)
    """Look for mistakes in the shipped tables with yours over them; exit status 1 if there are any."""
    faults: tuple[Fault, ...] = ()
    try:
        rows = len(read_authority(settings).entities)
    except AuthorityError as error:
        faults, rows = error.faults, 0
    if as_json:
        click.echo(json.dumps({"faults": [fault_to_json(f) for f in faults]}, ensure_ascii=False, indent=2))
    elif faults:
        print_faults(faults, err=False)
        click.echo(f"mistakes: {len(faults):,}")
    else:
        click.echo(f"no mistakes in {rows:,} entities, and in outlets, speakers and synonyms")
    sys.exit(1 if faults else 0)


def fault_to_json(fault: Fault) -> dict[str, object]:
    """A fault as JSON; `line` is null where it is about a whole file."""
    file, _, line = fault.where.rpartition(":")
    place = (file, int(line)) if file and line.isdecimal() else (fault.where, None)
    return {"file": place[0], "line": place[1], "message": fault.message, "hint": fault.hint}


def print_faults(faults: Iterable[Fault], *, err: bool = True) -> None:
    """A line for each fault, in order of their places."""
    for fault in sorted(faults, key=lambda f: (f.where.rpartition(":")[0], len(f.where), f.where)):
        click.echo(str(fault), err=err)


@entities.command()
@click.option("--limit", default=500, show_default=True, type=click.IntRange(1), help="Names to list.")
@click.option("--min-count", default=2, show_default=True, type=click.IntRange(1), help="Mentions a name has to have.")
@click.option("--publisher", metavar="ID", help="Only of this publisher's briefings.")
@click.option("--language", metavar="L", type=WORDS, help="Only of briefings in this language.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="A new file.")
@click.pass_obj
def candidates(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings, limit: int, min_count: int, publisher: str | None, language: str | None, output: Path | None
) -> None:
    """List names that the tables have not, most frequent first, as CSV to edit and to give to promote."""
    check_publisher(publisher, read_publishers(settings))
    if output is not None and output.exists():
        raise BadParameter("the file is there already", where=str(output), hint="give a name that is new, with -o")
    authority = read_authority(settings)
    with ArchiveReader.read(settings.archive) as archive, show_progress() as begin:
        ids = [id for id in archive.ids() if _is_of(id, publisher, language)]
        briefings = read_briefings(archive, ids, begin("looking for names", len(ids)))
        counted = find_candidates(sight_all(briefings, authority), ids_of(authority))
    often = [one for one in counted if one.count >= min_count]
    table = review_table(often[:limit], LikeNames(authority.entities))
    if output is None:
        click.echo(table, nl=False)
    else:
        output.write_text(table, encoding="utf-8-sig", newline="")  # the mark tells spreadsheets that it is UTF-8
    listed = min(limit, len(often))
    click.echo(f"{listed:,} of {len(counted):,} names that the tables have not, from {len(ids):,} briefings", err=True)
    sys.exit(0 if listed else 1)


def _is_of(id: str, publisher: str | None, language: str | None) -> bool:
    of, written, _ = id.split("/", 2)
    return publisher in (None, of) and language in (None, written)


@entities.command(cls=WritingCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def promote(settings: Settings, file: Path) -> None:
    """Make rows of the names that are accepted in a list of candidates.

    In the column "accept" stands: yes, for a row of its own; the id of a row, to be a name of that; no, never to be
    found again; or nothing, to be left for later.
    """
    try:
        done = promote_list(settings, file)
    except AuthorityError as error:
        print_faults(error.faults)
        click.echo("nothing was changed", err=True)
        sys.exit(2)
    for label, id in done.added:
        click.echo(f"new      {id}  {label}")
    for label, id in done.aliased:
        click.echo(f"name     {id}  {label}")
    for label in done.blocked:
        click.echo(f"blocked  {label}")
    for id in done.retired:
        click.echo(f"retired  {id}")
    new, names, blocked = len(done.added), len(done.aliased), len(done.blocked)
    counts = f"new rows: {new:,}; names given to rows: {names:,}; blocked: {blocked:,}; left for later: {done.left:,}"
    click.echo(counts + (f"; applied before: {done.unchanged:,}" if done.unchanged else ""))
    if done.files:
        click.echo(f"written: {', '.join(map(str, done.files))}; {APPLIES}")


@entities.command(cls=WritingCommand)
@click.argument("old", type=WORDS)
@click.argument("new", type=WORDS)
@click.pass_obj
def merge(settings: Settings, old: str, new: str) -> None:
    """Make OLD one with NEW, which gets its names; links to OLD lead to NEW."""
    done = merge_rows(settings, old, new)
    click.echo(f"{old} is {new} now, {done.successors[0]}, by the names {', '.join(done.names)}")
    if done.children:
        click.echo(f"part of it now: {', '.join(done.children)}")
    click.echo(f"written: {', '.join(map(str, done.files))}; {APPLIES}")


@entities.command(cls=WritingCommand)
@click.argument("old", type=WORDS)
@click.argument("new", nargs=-1, required=True, type=WORDS)
@click.pass_obj
def split(settings: Settings, old: str, new: tuple[str, ...]) -> None:
    """Retire OLD in favour of several rows, NEW...; links to OLD list them."""
    if len(new) < 2:
        raise click.UsageError("a split makes two or more of one; what only gets another id is a merge")
    done = split_row(settings, old, new)
    click.echo(f"{old} was split into {', '.join(done.successors)}")
    click.echo(f"no longer found, till rows of yours have them: {', '.join(done.names)}")
    click.echo(f"written: {', '.join(map(str, done.files))}; {APPLIES}")


@entities.command(cls=WritingCommand)
@click.pass_obj
def retag(settings: Settings) -> None:
    """Apply the edits of the tables now: tag again the briefings that they concern, and publish new labels."""
    with show_progress() as begin:
        done = retag_all(settings, open_engine(settings.index), read_authority(settings), begin)
    click.echo(f"rows that had changed: {len(done.entities):,}; briefings tagged again: {done.briefings:,}")
