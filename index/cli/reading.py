"""`lectern search`, `show` and `diff`: what is in the index, on a terminal."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import click

from index.cli.asking import AS_TYPED, WORDS, GuidedCommand, asks
from index.cli.changes import iter_changes
from index.cli.intake import iter_lines
from search.answers import page_to_json
from search.changes import compare
from search.engine import Engine
from search.engines import open_engine
from search.errors import Gone, LecternError, NotFound
from search.model import Item
from search.page import Hit, Page, SearchRequest, Snippet
from search.searcher import MAX_PER_PAGE, Searcher
from search.settings import Settings


@click.command(cls=GuidedCommand, context_settings=AS_TYPED)
@asks
@click.option("--page", default=1, type=click.IntRange(1))
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MAX_PER_PAGE), help="Hits to print.")
@click.option("--json", "as_json", is_flag=True, help="The API's answer.")
@click.pass_obj
def search(settings: Settings, request: SearchRequest, /, *, page: int, limit: int, as_json: bool) -> None:
    """Search for answers, with their questions, and statements: all words must be there.

    What else can be typed is below; single quotes around all of it keep it from the shell.
    """
    searcher = Searcher(open_engine(settings.index))
    found = searcher.search(replace(request, page=page, per_page=limit))
    if as_json:
        click.echo(json.dumps(page_to_json(found, searcher.engine.labels()), ensure_ascii=False, indent=2))
    else:
        for notice in found.notices:
            click.echo(notice.message, err=True)
        print_page(found)
    sys.exit(0 if found.total else 1)


def print_page(page: Page) -> None:
    """Hits with their snippets, marked where the terminal can; then the counts."""
    for hit in page.hits:
        click.echo("\n".join(iter_hit(hit)) + "\n")
    total = f"{'at least ' if page.total_is == 'at least' else ''}{page.total:,}"
    click.echo(f"{total} found in {page.took_ms:.0f} ms; page {page.request.page} of {page.pages:,}")
    for advice in (*([page.suggestion] if page.suggestion else []), *page.advice):
        click.echo(f"  {advice.message}: {advice.request.text or 'everything'} ({advice.total:,})")
    for name in ("outlet", "speaker", "year"):
        values = ", ".join(f"{v.label} {v.count:,}" for v in page.facets[name][:6])
        if values:
            click.echo(f"{name}: {values}")


def iter_hit(hit: Hit) -> Iterator[str]:
    """One hit in a few lines."""
    item = hit.document.item
    who = ", ".join(item.speakers) or "(nobody)"
    asked = f" to {item.asker or 'an anonymous question'}" if item.kind == "answer" else ""
    yield click.style(hit.document.id, bold=True) + f"  {who}{asked}"
    for name, snippet in (("Q", hit.question), ("A", hit.answer)):
        if snippet:
            yield f"  {name}: {marked(snippet)}"


def marked(snippet: Snippet) -> str:
    """A snippet on one line, matches bold and underlined."""
    text = "".join(click.style(p.text, bold=True, underline=True) if p.hit else p.text for p in snippet.pieces)
    text = " ".join(text.split())
    return ("…" if snippet.cut_before else "") + text + ("…" if snippet.cut_after else "")


@click.command()
@click.argument("id", type=WORDS)
@click.option("--revisions", is_flag=True, help="When each text of the briefing was received.")
@click.pass_obj
def show(settings: Settings, id: str, revisions: bool) -> None:  # noqa: FBT001 (a flag)
    """Print one briefing (cn-mfa/en/2024-02-08) or one item of it (cn-mfa/en/2024-02-08/7)."""
    engine = open_engine(settings.index)
    try:
        if revisions:
            for one in engine.revisions(id):
                click.echo(f"{one.number}  {one.received}  {len(one.briefing.items)} items  {one.briefing.file}")
            return
        is_item = id.rpartition("/")[2].isdecimal()
        items = [engine.get(id).item] if is_item else list(engine.briefing(id).items)
    except NotFound as error:
        raise explain(engine, id, error) from error
    if not is_item:
        click.echo(next(iter_lines(engine.briefing(id))) + "\n")
    click.echo("\n\n".join(item_text(item) for item in items))


def explain(engine: Engine, id: str, error: NotFound) -> LecternError:
    """Why nothing stands under `id`: what became of what did, else `error`."""
    stone = engine.tombstone(id)
    if stone is None:
        return error
    hint = f"it is {stone.moved_to} now" if stone.moved_to else ""
    return Gone(f"{id} is gone since {stone.since}: {stone.reason}", hint=hint)


@click.command()
@click.argument("id", type=WORDS)
@click.pass_obj
def diff(settings: Settings, id: str) -> None:
    """Print what the corrections of a briefing changed, one after the other, word by word."""
    engine = open_engine(settings.index)
    try:
        revisions = engine.revisions(id)
    except NotFound as error:
        raise explain(engine, id, error) from error
    if len(revisions) == 1:
        click.echo(f"{id} has not been corrected since {revisions[0].received}")
    for earlier, later in pairwise(revisions):
        click.echo(f"revision {later.number}, received {later.received}")
        for line in iter_changes(compare(earlier.briefing, later.briefing), short=True):
            click.echo(line)


def item_text(item: Item) -> str:
    """An item's turns, each after the name it was printed with."""
    turns = (
        f"{turn.label or turn.speaker}: {turn.text}" if turn.label or turn.speaker else turn.text for turn in item.turns
    )
    return f"[{item.n}] " + "\n\n".join(turns)
