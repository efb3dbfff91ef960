"""`lectern status`: the state of a home, on a terminal or as JSON."""

import json
import sys
from collections.abc import Iterator

import click

from index.overview import overview
from search.engines import open_engine
from search.record import Json
from search.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as data.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:  # noqa: FBT001 (a flag)
    """Say what is there: archive, index, whether they are in step, coverage, who is writing, what is held, disk."""
    state = overview(settings, open_engine(settings.index))
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
    else:
        for name, text in _iter_lines(state):
            click.echo(f"{name:<10} {text}")
    for fault in state["faults"]:
        click.echo(f"lectern: {fault}", err=True)
    sys.exit(2 if state["faults"] else 0)


def _iter_lines(state: Json) -> Iterator[tuple[str, str]]:
    """Each line of the overview: what it is about, and what is said of it."""
    yield "home", f"{state['home']} (Lectern {state['version']})"
    if state["restoring"]:
        yield "restore", "was stopped before its end: run it again"
    archive, index = state["archive"], state["index"]
    yield "archive", _archive_text(archive) if archive else "none"
    yield "index", _index_text(index) if index else "none"
    if state["behind"] is not None:
        yield "in step", _step_text(state["behind"])
    for row in state["publishers"]:
        languages = ", ".join(row["languages"])
        counts = f"{row['briefings']:,} briefings, {row['answers']:,} answers"
        yield "publisher", f"{row['publisher']} ({languages}): {counts}, {row['first']} to {row['last']}"
    if latest := state["latest"]:
        yield "latest", f"{latest['id']} {latest['title']!r}, arrived {latest['added']}"
    writer = state["writer"]
    yield "writer", f"process {writer['pid']}, {writer['doing']}, since {writer['since']}" if writer else "nobody"
    for held in state["held"]:
        yield "held", f"{held['revision']}  {held['id']}  {', '.join(held['problems'])}, received {held['received']}"
    disk = state["disk"]
    parts = ", ".join(f"generation {number}: {_megabytes(size)}" for number, size in disk["generations"].items())
    yield "disk", f"{_megabytes(disk['home'])}: archive {_megabytes(disk['archive'])}" + (f", {parts}" if parts else "")


def _archive_text(archive: Json) -> str:
    counts = f"{archive['briefings']:,} briefings from {archive['files']:,} files"
    return f"{counts}, {archive['held']} held, {archive['withdrawn']} withdrawn; change {archive['sequence']:,}"


def _index_text(index: Json) -> str:
    counts = f"{index['briefings']:,} briefings, {index['documents']:,} answers and statements"
    since = f" since {index['live_since']}" if index["live_since"] else ""
    return f"generation {index['generation']}{since}: {counts}; change {index['sequence']:,}"


def _step_text(behind: int) -> str:
    if behind == 0:
        return "yes"
    if behind > 0:
        return f"no: the index is {behind:,} changes behind; the next command that writes makes that good"
    return "no: the index knows more than the archive, which is another one, or older: see docs/operating.md"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
