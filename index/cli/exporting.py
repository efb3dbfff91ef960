"""`lectern export`: what a search finds, whole, or everything, as a file of another program's format."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import click

from index.cli.asking import AS_TYPED, GuidedCommand, asks
from search.citations import Imprint
from search.engines import open_engine
from search.exports.formats import FORMAT, iter_bytes
from search.page import SearchRequest
from search.searcher import Searcher
from search.settings import Settings


@click.command(cls=GuidedCommand, context_settings=AS_TYPED)
@asks
@click.option("--format", "name", type=click.Choice(sorted(FORMAT)), help="Default: FILE's ending, else jsonl.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write, all or nothing. Default: standard output.",
)
@click.pass_obj
def export(settings: Settings, request: SearchRequest, /, *, name: str | None, output: Path | None) -> None:
    """Write every answer and statement that a search finds; without a query and filters everything, notes too.

    What can be typed is what search takes, described below. Addresses begin with LECTERN_BASE_URL, if that is set.
    """
    searcher = Searcher(open_engine(settings.index))
    narrowed = request.text.strip() or request.selection
    entries = searcher.scan(request) if narrowed else searcher.engine.everything(request.sort)
    first = next(entries, None)
    found = chain([first], entries) if first else entries
    imprint = Imprint(searcher.engine.labels(), settings.site)
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    with _written(output) as out:
        _write(out, iter_bytes(name or (suffix if suffix in FORMAT else "jsonl"), found, imprint))
    sys.exit(0 if first else 1)


def _write(out: BinaryIO, pieces: Iterable[bytes]) -> None:
    out.writelines(pieces)
    out.flush()


@contextmanager
def _written(file: Path | None) -> Iterator[BinaryIO]:
    """What to write to: standard output, or a file beside `file` that takes its place once all went well."""
    if file is None:
        yield sys.stdout.buffer
        return
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with aside.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
    except BaseException:  # Ctrl+C too: no half of a file is left
        aside.unlink(missing_ok=True)
        raise
