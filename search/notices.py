"""What a reader is told about a search: one short sentence for each thing that was done otherwise than typed.

Here belongs the wording of every notice; what is done belongs to `expansion`, `syntax` and the engines. The one
decision: a notice carries the search that has it otherwise, so that front ends need no knowledge of codes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from search.engine import Selection
from search.expansion import Named
from search.holdings import Coverage
from search.labels import Labels
from search.page import Notice, SearchRequest
from search.query import And, DateRange, Query, Run, iter_nodes
from search.syntax import Remark


def of_remarks(remarks: Iterable[Remark]) -> Iterator[Notice]:
    """What was read otherwise than typed."""
    for remark in remarks:
        message = f"{remark.message} ({remark.hint})" if remark.hint else remark.message
        yield Notice("read_otherwise", message)


def of_names(request: SearchRequest, names: Sequence[Named]) -> Iterator[Notice]:
    """The names that were looked for under their other names."""
    if names:
        said = "; ".join(f"{name.typed} was also looked for as {', '.join(name.others)}" for name in names)
        yield Notice("synonyms", said, replace(request, exact=True, page=1))


def of_runs(request: SearchRequest, query: Query, apart: int) -> Iterator[Notice]:
    """How many of the answers have the characters of a run apart from each other."""
    if apart > 0:
        runs = tuple(str(node) for node in iter_nodes(query) if isinstance(node, Run))
        have = "1 of these answers has" if apart == 1 else f"{apart:,} of these answers have"
        message = f"{have} the characters of {', '.join(runs)} only two by two, not all side by side"
        yield Notice("han_pairs", message, _quoted(request, runs))


def _quoted(request: SearchRequest, runs: tuple[str, ...]) -> SearchRequest:
    """`request` with its runs in quotation marks; where they were typed otherwise, as typed in every way."""
    text = request.text
    if any(text.count(run) != 1 for run in runs):
        return replace(request, exact=True, page=1)
    for run in runs:
        text = text.replace(run, f'"{run}"')
    return replace(request, text=text, page=1)


def of_left_out(left_out: Mapping[Query, int]) -> Iterator[Notice]:
    """The patterns that stand for more words than are looked for."""
    for pattern, forms in left_out.items():
        words = "the rarest word was" if forms == 1 else f"the {forms:,} rarest words were"
        message = f"{pattern} stands for too many words: {words} left out, so there may be more answers than these"
        yield Notice("expansion_cut", message)


def of_coverage(request: SearchRequest, query: Query, coverage: Sequence[Coverage], labels: Labels) -> Iterator[Notice]:
    """What was looked through in vain: the collection, or what of it was picked; and days that it does not reach."""
    rows = [row for row in coverage if _is_picked(row, request.selection)]
    if not rows:
        return
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    since, until = _days(request.selection, query)
    if (since and since > last) or (until and until < first):
        message = f"the days asked for lie outside the collection, which reaches from {_day(first)} to {_day(last)}"
        yield Notice("outside_coverage", message, _without_days(request, query))
    publishers = dict.fromkeys(labels.label("publisher", row.publisher) for row in rows)
    languages = dict.fromkeys(row.language for row in rows)
    briefings = sum(row.briefings for row in rows)
    who = next(iter(publishers)) if len(publishers) == 1 else f"{len(publishers)} publishers"
    tongues = (
        f"in {len(languages)} languages ({', '.join(languages)})" if len(languages) > 1 else f"in {rows[0].language}"
    )
    counted = "1 briefing" if briefings == 1 else f"{briefings:,} briefings"
    yield Notice("coverage", f"searched were {counted} of {who}, {tongues}, from {_day(first)} to {_day(last)}")


def _is_picked(row: Coverage, selection: Selection) -> bool:
    held = {"publisher": row.publisher, "language": row.language}
    return all(
        (not selection.include.get(field) or value in selection.include[field])
        and value not in selection.exclude.get(field, ())
        for field, value in held.items()
    )


def _days(selection: Selection, query: Query) -> tuple[date | None, date | None]:
    """The days within which a hit must lie."""
    ranges = [query, *(query.children if isinstance(query, And) else ())]
    ranges_since = [node.since for node in ranges if isinstance(node, DateRange)]
    ranges_until = [node.until for node in ranges if isinstance(node, DateRange)]
    since = [day for day in (selection.since, *ranges_since) if day]
    until = [day for day in (selection.until, *ranges_until) if day]
    return max(since, default=None), min(until, default=None)


def _without_days(request: SearchRequest, query: Query) -> SearchRequest | None:
    """The search without its days, where they were picked; typed ones are for the reader to change."""
    if any(isinstance(node, DateRange) for node in iter_nodes(query)):
        return None
    return replace(request, selection=replace(request.selection, since=None, until=None), page=1)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
