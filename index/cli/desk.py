"""`lectern review`, `amend`, `remove`: the librarian's decisions."""

import sys
from collections.abc import Iterator
from datetime import datetime

import click

from index.amendments import KINDS, Field
from index.archive import Archive, ArchiveMissing, ArchiveReader, Held
from index.cli.asking import WORDS
from index.cli.changes import iter_changes
from index.cli.intake import read_authority
from index.cli.reading import item_text
from index.cli.report import print_healed
from index.cli.waiting import WritingCommand
from index.healing import Healed
from index.ingest import decide
from search.changes import compare
from search.engines import open_engine
from search.errors import NotFound
from search.model import Item, briefing_of
from search.settings import Settings

SHOWN_CHANGES = 5
"""How many of the items that differ are shown of each text in the list of what is held."""


def tell(healed: Healed) -> None:
    """Say what an earlier command had left to be done."""
    print_healed(healed.behind)


@click.command(cls=WritingCommand)
@click.argument("which", metavar="[ID]", required=False, type=WORDS)
@click.option("--accept", "decision", flag_value="accept", help="Publish the held text.")
@click.option("--reject", "decision", flag_value="reject", help="Keep it out; it stays in the archive.")
@click.pass_obj
def review(settings: Settings, which: str | None, decision: str | None) -> None:
    """List what is held, why, and how it differs from what is shown; with an ID one in full; or decide about it."""
    if which is None and decision is not None:
        raise click.UsageError(f"--{decision} needs the ID of what it is about; see them with: lectern review")
    if which is None or decision is None:
        list_held(settings, which)
        return

    def carry_out(archive: Archive, now: datetime) -> str:
        return archive.accept(which, now) if decision == "accept" else archive.reject(which, now)

    id = decide(settings, open_engine(settings.index), read_authority(settings), "review", carry_out, tell)
    click.echo(f"{decision}ed: {id}")


def list_held(settings: Settings, which: str | None) -> None:
    """Print what waits for a decision, all in short or `which` in full; exit status 1 if something does."""
    try:
        with ArchiveReader.read(settings.archive) as archive:
            held = [one for one in archive.held() if which in (None, one.id, str(one.revision))]
    except ArchiveMissing:
        if which is not None:
            raise
        click.echo("nothing is held: there is no archive yet")
        return
    if which is not None and not held:
        raise NotFound("nothing is held there", where=which, hint="see what is held: lectern review")
    for one in held:
        click.echo("\n".join(iter_held(one, short=which is None)))
    click.echo(f"{len(held)} held" + (": lectern review ID --accept, or --reject" if held else ""))
    sys.exit(1 if held else 0)


def iter_held(held: Held, *, short: bool) -> Iterator[str]:
    """A held text: what it is about, why it waits, and its difference from what is shown, else the text itself."""
    yield f"{held.revision}  {held.id}  {held.briefing.file}  received {held.received}"
    for problem in held.problems:
        yield f"    {problem.code}: {problem.message}"
    if held.live:
        changes = compare(held.live, held.briefing)
        shown = changes[:SHOWN_CHANGES] if short else changes
        yield ""
        yield from iter_changes(shown, short=short)
        if more := len(changes) - len(shown):
            yield f"and {more:,} other items differ; all of it: lectern review {held.revision}\n"
    elif not short:
        yield ""
        yield from (item_text(item) + "\n" for item in held.briefing.items)


@click.command(cls=WritingCommand)
@click.argument("item", metavar="ITEM", type=WORDS)
@click.option("--speaker", metavar="NAME", type=WORDS, help="Who answers, or makes the statement, first.")
@click.option("--outlet", metavar="NAME", type=WORDS, help="Whose journalist asks first.")
@click.option("--kind", type=click.Choice(KINDS), help="What the item is, if it is no answer.")
@click.option("--reason", type=WORDS, help="Why; readers see it.")
@click.option("--undo", is_flag=True, help="Take back all that was put right in this item.")
@click.pass_obj
def amend(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    item: str,
    speaker: str | None,
    outlet: str | None,
    kind: str | None,
    reason: str | None,
    undo: bool,  # noqa: FBT001 (a flag)
) -> None:
    """Put right who spoke or asked in an item (cn-mfa/en/2024-02-08/7), or what it is. Its text is never changed."""
    authority = read_authority(settings)
    given: dict[Field, str | None] = {"kind": kind, "speaker": speaker, "outlet": outlet}
    values = {name: value for name, value in given.items() if value is not None}
    if undo and (values or reason is not None):
        raise click.UsageError("--undo takes back what was put right; it goes with nothing else")
    if not undo and (not values or reason is None):
        raise click.UsageError("say what is right, with --speaker, --outlet or --kind, and why, with --reason")
    publisher = briefing_of(item).partition("/")[0]
    found = {"speaker": lambda name: authority.speaker(name, publisher), "outlet": authority.outlet}
    for name in ("speaker", "outlet"):
        if name in values:
            canonical = found[name](values[name])
            if canonical is None:
                click.echo(f"note: {values[name]!r} is no {name} of {name}s.csv; taken as it is", err=True)
            values[name] = canonical or values[name].strip()

    def carry_out(archive: Archive, now: datetime) -> Item:
        return archive.unamend(item, now) if undo else archive.amend(item, values, reason or "", now)

    amended = decide(settings, open_engine(settings.index), authority, "amend", carry_out, tell)
    for one in amended.amendments:
        click.echo(f"{item}: {one.field} is {one.value} (the page says {one.was or 'nothing'}): {one.reason}")
    if not amended.amendments:
        click.echo(f"{item}: as the page says")


@click.command(cls=WritingCommand)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=WORDS)
@click.option("--reason", type=WORDS, help="Why; who follows a link sees it.")
@click.option("--undo", is_flag=True, help="Show them again, under the same ids.")
@click.pass_obj
def remove(settings: Settings, ids: tuple[str, ...], reason: str | None, undo: bool) -> None:  # noqa: FBT001 (a flag)
    """Withdraw briefings: gone from search, kept in the archive; their addresses and files stay out."""
    if undo == (reason is not None):
        raise click.UsageError("give --reason to withdraw briefings, or --undo to show them again")

    def carry_out(archive: Archive, now: datetime) -> None:
        if reason is None:
            archive.restore(ids, now)
        else:
            archive.withdraw(ids, reason, now)

    decide(settings, open_engine(settings.index), read_authority(settings), "remove", carry_out, tell)
    for id in dict.fromkeys(ids):
        click.echo(f"{'shown again' if undo else 'withdrawn'}: {id}")
