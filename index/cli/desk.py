"""`lectern review`, `rebuild`, `status`: the librarian's decisions and overview."""

import json
import sys

import click

from index.archive import Archive
from index.cli.intake import read_authority
from index.ingest import decide
from index.ingest import rebuild as rebuild_index
from index.lock import read_holder
from search.engines import open_engine
from search.errors import IndexMissing
from search.settings import Settings


@click.command()
@click.argument("which", metavar="[ID]", required=False)
@click.option("--accept", "decision", flag_value="accept", help="Publish the held text.")
@click.option("--reject", "decision", flag_value="reject", help="Keep it out; it stays in the archive.")
@click.pass_obj
def review(settings: Settings, which: str | None, decision: str | None) -> None:
    """List what is held, and why; or decide about one of them."""
    if which is None:
        list_held(settings)
        return
    if decision is None:
        raise click.UsageError("say --accept or --reject")
    engine, authority = open_engine(settings.index), read_authority(settings)
    id = decide(settings, engine, authority, which, accept=decision == "accept")
    click.echo(f"{decision}ed: {id}")


def list_held(settings: Settings) -> None:
    """Print what waits for a decision; exit status 1 if something does."""
    if not settings.archive.exists():
        click.echo("nothing is held: there is no archive yet")
        return
    with Archive.open(settings.archive) as archive:
        held = archive.held()
    for one in held:
        click.echo(f"{one.revision}  {one.id}  {one.briefing.file}  received {one.received}")
        for problem in one.problems:
            click.echo(f"    {problem.code}: {problem.message}")
    click.echo(f"{len(held)} held" + (": lectern review ID --accept, or --reject" if held else ""))
    sys.exit(1 if held else 0)


@click.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Build a new generation of the index from the archive, and swap to it; readers see the old one until then."""
    engine = open_engine(settings.index)
    rebuild_index(settings, engine, read_authority(settings))
    state = engine.status()
    click.echo(f"generation {state.generation}: {state.briefings} briefings, {state.documents} answers and statements")


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:  # noqa: FBT001 (a flag)
    """Say what is there: archive, index, coverage, who is writing."""
    data: dict[str, object] = {"home": str(settings.home), "archive": None, "index": None, "coverage": []}
    if settings.archive.exists():
        with Archive.open(settings.archive) as archive:
            data["archive"] = {
                "sequence": archive.sequence(),
                "held": len(archive.held()),
                "bytes": settings.archive.stat().st_size,
            }
    engine = open_engine(settings.index)
    try:
        state = engine.status()
    except IndexMissing:
        pass
    else:
        names = ("generation", "sequence", "briefings", "documents", "segments")
        data["index"] = {name: getattr(state, name) for name in names}
        data["coverage"] = [
            {
                "publisher": c.publisher,
                "language": c.language,
                "first": f"{c.first}",
                "last": f"{c.last}",
                "briefings": c.briefings,
                "answers": c.answers,
                "added": c.added,
            }
            for c in engine.coverage()
        ]
    holder = read_holder(settings.home)
    data["writer"] = {"pid": holder.pid, "since": holder.since, "doing": holder.doing} if holder else None
    if as_json:
        click.echo(json.dumps(data, indent=2))
        return
    for name, value in data.items():
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            text = "  ".join(f"{k} {v}" for k, v in row.items()) if isinstance(row, dict) else row or "none"
            click.echo(f"{name:<9} {text}")
