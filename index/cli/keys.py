"""`lectern keys`: partners' keys for the API."""

import click

from index.cli.asking import WORDS
from index.cli.waiting import WritingCommand
from index.keys import add_key, read_keys, revoke_key
from search.engines import open_engine
from search.settings import Settings


@click.group()
def keys() -> None:
    """Keys of partners who ask the API by programs. The API needs none; a key has a limit of its own."""


@keys.command(cls=WritingCommand)
@click.argument("name", type=WORDS)
@click.option("--limit", metavar="RATE", default="", help="What it may ask for, as 600/minute. Default: as an address.")
@click.pass_obj
def add(settings: Settings, name: str, limit: str) -> None:
    """Make a key for NAME and print it. It is kept nowhere: give it to its owner now."""
    engine = open_engine(settings.index)
    made = add_key(settings, engine, name, limit)
    engine.close()
    click.echo(made.secret)
    click.echo("This is the only time that it is shown. It is sent as: Authorization: Bearer KEY", err=True)


@keys.command(name="list")
@click.pass_obj
def list_keys(settings: Settings) -> None:
    """List the keys that hold: name, limit, since when, separated by tabs."""
    for key in read_keys(settings):
        click.echo(f"{key.name}\t{key.limit or 'default'}\t{key.since}")


@keys.command(cls=WritingCommand)
@click.argument("name", type=WORDS)
@click.pass_obj
def revoke(settings: Settings, name: str) -> None:
    """Let the key of NAME hold no longer. Servers know within a second."""
    engine = open_engine(settings.index)
    revoke_key(settings, engine, name)
    engine.close()
    click.echo(f"revoked: {name}")
