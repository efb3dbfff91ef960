"""The comparing page, worked out: up to four searches over the same days, as lines and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.addresses import address_of, address_of_comparison, pairs_of
from search.comparison import MOST, Comparison
from search.engine import Selection
from search.histogram import MAX_MONTHS, Span, clipped, periods
from search.holdings import Coverage
from search.labels import Labels
from search.page import Page
from search.schema import PICKED
from search.searcher import Searcher
from search.trends import Asked, State, Trend, count_trends, editions_picked, same_span, time_axis, within_edition
from webui import steps
from webui.chart import marking, share_text, span_text
from webui.editions import language_name
from webui.formats import day_text, number_text
from webui.frame import Frame, SearchBox
from webui.lines import LETTERS, Canvas, Lines, Point, draw_lines
from webui.names import answers_text, field_text, sentence, value_text
from webui.said import said
from webui.tongue import gettext

PAGE = Canvas(100, 100, 7)
"""The picture on the page is as wide as its place: its units are per cent."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was counted: for each query the searcher's answer and its trend over `spans`.

    Attributes:
        spans: "year" or "month" each, `step`; none where the collection has nothing there.
        editions: those that the filters let through.
    """

    comparison: Comparison
    spans: tuple[Span, ...]
    step: str
    pages: tuple[Page, ...]
    trends: tuple[Trend, ...]
    editions: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One of the queries: its letter, its answers, where they are, the page without it, and how it was read."""

    letter: str
    text: str
    total: str
    address: str
    remove: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one query has in one span: number, share, and the search for it ("" where there is nothing)."""

    count: str
    share: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One span of the table: its cells, all answers, and what is to be said where there are none."""

    label: str
    cells: tuple[Cell, ...]
    of: str
    remark: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the same, and whether it is the present one."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class ComparePage:
    """All that compare.html shows.

    Attributes:
        boxes: what is typed in the form, four texts.
        kept: what the form keeps, as hidden inputs.
        chips: filters that hold, each with its name and value in words, and the address without it.
        choices: number or share, year or month, and the publishers apart, each under its name.
        note: what has to be known of the shares.
        empty: why there is no picture, "" where there is one.
    """

    frame: Frame
    boxes: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    since: str
    until: str
    chips: tuple[tuple[str, str, str], ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    queries: tuple[QueryRow, ...]
    lines: Lines | None
    title: str
    step: str
    rows: tuple[Row, ...]
    gaps: bool
    note: str
    empty: str
    picture: str
    table: str


def compare(searcher: Searcher, comparison: Comparison) -> Compared:
    """Count what a comparison asks for.

    Raises:
        QueryTooLong: one of the queries is beyond the bounds.
        QueryTooCostly: they would take too long.
    """
    requests = [replace(comparison.search(text), per_page=1) for text in comparison.texts]
    pages = tuple(searcher.search(request) for request in requests)
    asked = [searcher.asked_of_engine(request) for request in requests]
    picked = pages[0].request.selection if pages else comparison.shared.selection
    editions = editions_picked(searcher.engine.coverage(), picked)
    axis = time_axis(picked, editions, None)
    if axis is None or not pages:
        return Compared(comparison, (), "", pages, (), editions)
    months = (axis[1].year - axis[0].year) * 12 + axis[1].month - axis[0].month + 1
    step = comparison.by or ("month" if months <= MAX_MONTHS else "year")
    spans = clipped(periods(*axis, step), picked.since, picked.until)
    trends = count_trends(searcher.engine, [Asked(one.query, one.selection, editions) for one in asked], spans)
    return Compared(comparison, spans, step, pages, trends, editions)


def compare_page(compared: Compared, labels: Labels) -> ComparePage:
    """The page of a comparison."""
    comparison = compared.comparison
    picked = compared.pages[0].request.selection if compared.pages else comparison.shared.selection
    address = address_of_comparison(comparison)
    return ComparePage(
        frame=Frame(gettext("Compare"), SearchBox(), address, indexed=not (comparison.texts or picked)),
        boxes=(*comparison.texts, *([""] * (MOST - len(comparison.texts)))),
        kept=tuple(
            pair
            for pair in (*pairs_of(comparison.shared), ("by", comparison.by))
            if pair[1] and pair[0] not in ("q", "from", "to")
        ),
        since=f"{picked.since or ''}",
        until=f"{picked.until or ''}",
        chips=tuple(_chips(comparison, picked, labels)),
        choices=tuple(_choices(compared, labels)),
        queries=tuple(_query_row(n, page, comparison) for n, page in enumerate(compared.pages)),
        lines=lines_of(compared, PAGE),
        title=title_of(compared),
        step=compared.step,
        rows=tuple(_rows(compared)),
        gaps=any(state != State.BRIEFED for trend in compared.trends[:1] for state in trend.states),
        note=_note(compared),
        empty=_empty(compared),
        picture=address_of_comparison(comparison, "/compare.svg"),
        table=address_of_comparison(comparison, "/compare.csv"),
    )


def lines_of(compared: Compared, canvas: Canvas) -> Lines | None:
    """The picture of a comparison, or `None` where there is nothing to draw."""
    if not compared.spans:
        return None
    relative = compared.comparison.relative
    series = []
    for page, trend in zip(compared.pages, compared.trends, strict=True):
        text = page.request.text
        rows = zip(compared.spans, trend.counts, trend.of, strict=True)
        points = [
            Point(
                (count / of if relative else count) if of else None,
                gettext(
                    "%(query)s, %(when)s: %(answers)s (%(share)s)",
                    query=text,
                    when=span_text(*span),
                    answers=answers_text(count),
                    share=share_text(count, of),
                ),
                _search_address(page, span) if count else "",
            )
            for span, count, of in rows
        ]
        series.append((text, points))
    missing = [state != State.BRIEFED for state in compared.trends[0].states]
    return draw_lines(series, compared.spans, missing, canvas, relative=relative)


def title_of(compared: Compared) -> str:
    """What is drawn, in words."""
    what = gettext("Share of all answers") if compared.comparison.relative else gettext("Answers")
    return by_step(what, compared.step) if compared.step else what


def by_step(what: str, step: str) -> str:
    """What is drawn, year by year, month by month or day by day."""
    if step == "year":
        return gettext("%(what)s by year", what=what)
    return gettext("%(what)s by month", what=what) if step == "month" else gettext("%(what)s by day", what=what)


def _search_address(page: Page, span: Span) -> str:
    return address_of(steps.between(replace(page.request, per_page=10), *span))


def _query_row(n: int, page: Page, comparison: Comparison) -> QueryRow:
    text = page.request.text
    rest = replace(comparison, texts=tuple(one for one in comparison.texts if one != text))
    total = answers_text(page.total)
    return QueryRow(
        letter=LETTERS[n],
        text=text,
        total=gettext("at least %(answers)s", answers=total) if page.total_is == "at least" else total,
        address=address_of(replace(page.request, per_page=10)),
        remove=address_of_comparison(rest),
        notices=tuple(sentence(said(notice.message)) for notice in page.notices if notice.code != "coverage"),
    )


def _rows(compared: Compared) -> list[Row]:
    rows = []
    for at, span in enumerate(compared.spans):
        cells = tuple(
            Cell(
                number_text(trend.counts[at]),
                share_text(trend.counts[at], trend.of[at]),
                _search_address(page, span) if trend.counts[at] else "",
            )
            for page, trend in zip(compared.pages, compared.trends, strict=True)
        )
        first = compared.trends[0]
        remark = "" if first.states[at] == State.BRIEFED else marking(first.states[at])[1]
        rows.append(Row(span_text(*span), cells, number_text(first.of[at]), remark))
    return rows


def _chips(comparison: Comparison, picked: Selection, labels: Labels) -> list[tuple[str, str, str]]:
    shared = replace(comparison.shared, selection=picked)
    chips = []
    for field in PICKED:
        label = field_text(field.name, shared)
        for called, picks in (
            (label, picked.include),
            (gettext("%(field)s not", field=label), picked.exclude),
        ):
            for value in picks.get(field.name, ()):
                without = replace(comparison, shared=steps.drop(shared, field.name, value))
                name = value_text(field.name, value, labels.label(field.name, value))
                chips.append((called, name, address_of_comparison(without)))
    ends = (
        (gettext("From"), picked.since, steps.between(shared, None, picked.until)),
        (gettext("Until"), picked.until, steps.between(shared, picked.since, None)),
    )
    for label, day, without_day in ends:
        if day:
            chips.append((label, day_text(day), address_of_comparison(replace(comparison, shared=without_day))))
    if shared.exact:
        without = replace(comparison, shared=steps.with_synonyms(shared))
        chips.append((gettext("Words"), gettext("as typed"), address_of_comparison(without)))
    return chips


def _choices(compared: Compared, labels: Labels) -> list[tuple[str, tuple[Choice, ...]]]:
    comparison = compared.comparison
    shared = comparison.shared
    share = gettext("Share of all answers")
    scales: Mapping[str, Comparison] = {
        gettext("Answers"): replace(comparison, shared=replace(shared, chart="")),
        share: replace(comparison, shared=replace(shared, chart="share")),
    }
    by: Mapping[str, Comparison] = {
        gettext("Year"): replace(comparison, by="year"),
        gettext("Month"): replace(comparison, by="month"),
    }
    choices = [
        (gettext("Show"), _choose(scales, share if comparison.relative else gettext("Answers"))),
        (gettext("By"), _choose(by, gettext("Year") if compared.step == "year" else gettext("Month"))),
    ]
    if len(compared.editions) > 1:
        apart = {
            _edition_text(one, labels): replace(
                comparison, shared=replace(shared, selection=within_edition(shared.selection, one))
            )
            for one in compared.editions
        }
        every = gettext("All")
        choices.append((gettext("In"), _choose({every: comparison} | apart, every)))
    return choices


def _choose(among: Mapping[str, Comparison], current: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, address_of_comparison(one), label == current) for label, one in among.items())


def _edition_text(edition: Coverage, labels: Labels) -> str:
    publisher = labels.label("publisher", edition.publisher)
    return gettext("%(publisher)s, %(language)s", publisher=publisher, language=language_name(edition.language, labels))


def _note(compared: Compared) -> str:
    if not compared.trends or len(compared.editions) < 2:
        return ""
    if compared.comparison.relative and not same_span(compared.editions):
        return gettext(
            "Shares are of the answers of all publishers together, which cover different days: "
            "where one begins or ends, shares change. Choose one for shares of its own."
        )
    return gettext("Answers of all publishers and languages are counted together.")


def _empty(compared: Compared) -> str:
    if not compared.comparison.texts:
        return gettext("Type two or more queries to see when each was spoken of, side by side.")
    return "" if compared.spans else gettext("The collection has nothing within these days and filters.")
