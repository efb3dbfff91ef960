"""`lectern search`, `show` and `diff`: what is in the index, on a terminal."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import click

from index.cli.asking import AS_TYPED, WORDS, GuidedCommand, asks
from index.cli.changes import iter_changes
from index.cli.intake import iter_lines
from index.cli.provenance import print_provenance, write_original
from search.answers import page_to_json
from search.changes import compare
from search.engine import Engine
from search.engines import open_engine
from search.errors import BadParameter, Gone, LecternError, NotFound
from search.model import Briefing, Item, briefing_of, item_id
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
@click.option("--revisions", is_flag=True, help="Where each text of the briefing came from, and what became of it.")
@click.option("--json", "as_json", is_flag=True, help="With --revisions: as data.")
@click.option("--original", is_flag=True, help="The file as it was received, byte for byte.")
@click.option("--revision", "which", metavar="N", type=WORDS, help="As it read then; --original takes a digest too.")
@click.pass_obj
def show(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    settings: Settings,
    id: str,
    revisions: bool,  # noqa: FBT001 (a flag)
    as_json: bool,  # noqa: FBT001 (a flag)
    original: bool,  # noqa: FBT001 (a flag)
    which: str | None,
) -> None:
    """Print one briefing (cn-mfa/en/2024-02-08) or one item of it (cn-mfa/en/2024-02-08/7)."""
    if (revisions and (original or which is not None)) or (as_json and not revisions):
        raise click.UsageError("--revisions goes with --json alone, and --json with --revisions alone")
    if revisions:
        print_provenance(settings, id, as_json=as_json)
    elif original:
        write_original(settings, id, which)
    else:
        print_text(open_engine(settings.index), id, which)


def print_text(engine: Engine, id: str, which: str | None) -> None:
    """A briefing or an item, as it reads now or as an earlier text, by its number, has it."""
    is_item = id.rpartition("/")[2].isdecimal()
    try:
        briefing, items = find_items(engine, id, which, is_item=is_item)
    except NotFound as error:
        raise explain(engine, id, error) from error
    if not is_item:
        click.echo(next(iter_lines(briefing)) + "\n")
    click.echo("\n\n".join(item_text(item) for item in items))


def find_items(engine: Engine, id: str, which: str | None, *, is_item: bool) -> tuple[Briefing, Sequence[Item]]:
    """A briefing and those of its items that `id` means, in the text of number `which`. Raises NotFound."""
    whole = briefing_of(id) if is_item else id
    if which is None:
        item = engine.get(id).item if is_item else None
        briefing = engine.briefing(whole)
        return briefing, [item] if item else briefing.items
    briefing = find_text(engine, whole, which)
    items = [item for item in briefing.items if not is_item or item_id(briefing.id, item.n) == id]
    if not items:
        raise NotFound(f"text {which} has no such item", where=id)
    return briefing, items


def find_text(engine: Engine, id: str, which: str) -> Briefing:
    """The text of a briefing that has a number. Raises NotFound, BadParameter."""
    if not which.isdecimal():
        raise BadParameter(f"{which!r} is no number of a text", where=id, hint="they count from 1")
    texts = engine.revisions(id)
    found = [text.briefing for text in texts if text.number == int(which)]
    if not found:
        count = f"{len(texts)} texts" if len(texts) > 1 else "one text only"
        raise BadParameter(f"it has {count}, and no text {which}", where=id, hint="see: lectern show ID --revisions")
    return found[0]


def explain(engine: Engine, id: str, error: NotFound) -> LecternError:
    """Why nothing stands under `id`: what became of what did, else `error`."""
    stone = engine.tombstone(id)
    if stone is None:
        return error
    hint = f"it is {stone.moved_to} now" if stone.moved_to else ""
    return Gone(f"{id} is gone since {stone.since}: {stone.reason}", hint=hint)


@click.command()
@click.argument("id", type=WORDS)
@click.argument("numbers", metavar="[N [M]]", nargs=-1, type=WORDS)
@click.pass_obj
def diff(settings: Settings, id: str, numbers: tuple[str, ...]) -> None:
    """Print what the corrections of a briefing changed, one after the other, word by word.

    With a number, what has changed from that text to the one shown now; with two, from the first to the second.
    """
    if len(numbers) > 2:
        raise click.UsageError("two texts are compared, not more")
    engine = open_engine(settings.index)
    try:
        revisions = engine.revisions(id)
        if numbers:
            last = f"{revisions[-1].number}"
            earlier, later = [find_text(engine, id, which) for which in (*numbers, last)[:2]]
            changes = compare(earlier, later)
            for line in iter_changes(changes, short=True) if changes else ["they read the same"]:
                click.echo(line)
            return
    except NotFound as error:
        raise explain(engine, id, error) from error
    if len(revisions) == 1:
        click.echo(f"{id} has not been corrected since {revisions[0].received}")
    for before, after in pairwise(revisions):
        click.echo(f"revision {after.number}, received {after.received}")
        for line in iter_changes(compare(before.briefing, after.briefing), short=True):
            click.echo(line)


def item_text(item: Item) -> str:
    """An item's turns, each after the name it was printed with."""
    turns = (
        f"{turn.label or turn.speaker}: {turn.text}" if turn.label or turn.speaker else turn.text for turn in item.turns
    )
    return f"[{item.n}] " + "\n\n".join(turns)
