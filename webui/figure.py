"""The chart of a results page: its views, and of each view the pictures, counted for the very search of the page.

Publishers that cover different days have no common scale of shares: by share each is drawn for itself, over the same
days, with what it has not marked as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.addresses import address_of, address_of_comparison
from search.comparison import Comparison
from search.engine import Engine, Request, Selection
from search.histogram import Bar, Span, clipped, periods
from search.holdings import Coverage
from search.labels import Labels
from search.page import ChartView, FacetValue, Page, SearchRequest
from search.query import Scope, all_of, none_of
from search.schema import NOT_STATED
from search.searcher import Searcher
from search.trends import (
    BASE,
    Asked,
    Trend,
    base_of,
    count_trends,
    editions_picked,
    same_span,
    time_axis,
    within_edition,
)
from webui import steps
from webui.chart import Chart, chart_of, share_text
from webui.compare import by_step
from webui.editions import language_name
from webui.formats import number_text
from webui.frame import Link
from webui.names import answers_text
from webui.tongue import gettext, marked, ngettext

PANELS = 8
"""At most so many charts by publisher."""
OUTLETS = 6
"""At most so many charts by outlet."""

LEGEND = {
    "quiet": marked("briefing without a mention"),
    "none": marked("no briefing held, as announced"),
    "missing": marked("no briefing in the collection"),
}
"""What the marks in the place of a column mean, in the order of the key below the chart."""

VIEWS: dict[ChartView, str] = {
    "": marked("Answers"),
    "share": marked("Share of all answers"),
    "publishers": marked("By publisher"),
    "outlets": marked("By outlet"),
}


@dataclass(frozen=True, slots=True)
class View:
    """A view of the chart, and whether it is the present one."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the pictures: what it is of ("" where it is of all), where that leads, how many answers it has."""

    title: str
    address: str
    total: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Figure:
    """All that _figure.html shows.

    Attributes:
        note: what has to be known to read it, "" where nothing has.
        apart: the view that draws publishers apart, where this one mixes them though they cover different days.
        whole: the address without the days picked, "" where none are.
        compare: the address of the page that compares this search with others.
        legend: the marks there are, each with its meaning.
    """

    label: str
    views: tuple[View, ...]
    panels: tuple[Panel, ...]
    note: str
    apart: Link | None
    whole: str
    compare: str
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all pictures of a page are drawn from."""

    engine: Engine
    page: Page
    asked: Request
    editions: tuple[Coverage, ...]
    spans: tuple[Span, ...]
    labels: Labels

    @property
    def request(self) -> SearchRequest:
        return self.page.request

    def trends(self, parts: Sequence[Asked]) -> tuple[Trend, ...]:
        return count_trends(self.engine, parts, self.spans)

    def chart(self, trend: Trend, request: SearchRequest, *, share: bool = False) -> Chart | None:
        rows = zip(self.spans, trend.counts, trend.of, strict=True)
        bars = [Bar(since, until, count, of) for (since, until), count, of in rows]
        return chart_of(bars, request, trend.states, share=share)


def figure_of(searcher: Searcher, page: Page, labels: Labels) -> Figure | None:
    """The chart of a searcher's answer, or `None` where there is nothing to compare."""
    drawing = _drawing(searcher, page, labels)
    if drawing is None or len(drawing.spans) < 2:
        return None
    request, chart = page.request, page.request.chart
    panels, note = _PANELS[chart](drawing)
    if not panels:
        return None
    marks = frozenset[str]().union(*(panel.chart.marks for panel in panels))
    picked = request.selection.since or request.selection.until
    mixed = chart == "" and _mixes(page, drawing.editions)
    return Figure(
        label=by_step(gettext(VIEWS[chart]), panels[0].chart.step),
        views=_views(drawing),
        panels=panels,
        note=gettext("The publishers cover different days.") if mixed else note,
        apart=Link(gettext("Draw them apart"), address_of(replace(request, chart="publishers", page=1)))
        if mixed
        else None,
        whole=address_of(steps.between(request, None, None)) if picked else "",
        compare=address_of_comparison(Comparison((request.text,) if request.text else (), request)),
        legend=tuple((mark, gettext(text)) for mark, text in LEGEND.items() if mark in marks),
    )


def _drawing(searcher: Searcher, page: Page, labels: Labels) -> _Drawing | None:
    if not page.total or not page.histogram:
        return None
    engine, picked = searcher.engine, page.request.selection
    editions = editions_picked(engine.coverage(), picked)
    axis = time_axis(picked, editions, (page.histogram[0].since, page.histogram[-1].until))
    if axis is None:
        return None
    spans = clipped(periods(*axis), picked.since, picked.until)
    return _Drawing(engine, page, searcher.asked_of_engine(page.request), editions, spans, labels)


def _views(drawing: _Drawing) -> tuple[View, ...]:
    request = drawing.request
    offered: dict[ChartView, bool] = {
        "": True,
        "share": True,
        "publishers": len(drawing.editions) > 1,
        "outlets": bool(_outlets(drawing.page)),
    }
    return tuple(
        View(gettext(VIEWS[view]), address_of(replace(request, chart=view)), view == request.chart)
        for view, there in offered.items()
        if there or view == request.chart
    )


def _mixes(page: Page, editions: Sequence[Coverage]) -> bool:
    """Whether hits are of several publishers that cover different days."""
    names = {one.value for one in page.facets["publisher"] if one.count}
    return len({one.publisher for one in editions} & names) > 1 and not same_span(editions)


def _one_panel(drawing: _Drawing) -> tuple[tuple[Panel, ...], str]:
    asked = drawing.asked
    (trend,) = drawing.trends([Asked(asked.query, asked.selection, drawing.editions)])
    chart = drawing.chart(trend, drawing.request)
    return ((Panel("", "", "", chart),) if chart else ()), ""


def _by_share(drawing: _Drawing) -> tuple[tuple[Panel, ...], str]:
    panels = _by_edition(drawing, share=True)
    if len(panels) > 1:
        return panels, gettext(
            "Shares are of all answers of one publisher in one language. Each has a scale of its own."
        )
    return panels, gettext("Shares are of all answers of one publisher in one language.") if panels else ""


def _by_publisher(drawing: _Drawing) -> tuple[tuple[Panel, ...], str]:
    panels = _by_edition(drawing, share=False)
    return panels, gettext("Each publisher and language has a scale of its own.") if len(panels) > 1 else ""


def _by_edition(drawing: _Drawing, *, share: bool) -> tuple[Panel, ...]:
    """A chart for each publisher and language with hits, most of them first."""
    asked = drawing.asked
    parts = [Asked(asked.query, within_edition(asked.selection, one), (one,)) for one in drawing.editions]
    found = sorted(
        zip(drawing.editions, drawing.trends(parts), strict=True),
        key=lambda pair: (-pair[1].total, pair[0].publisher, pair[0].language),
    )
    several = len({one.language for one in drawing.editions}) > 1
    panels = []
    for edition, trend in found[:PANELS]:
        request = replace(
            drawing.request, selection=within_edition(drawing.request.selection, edition), chart="", page=1
        )
        if trend.total and (chart := drawing.chart(trend, request, share=share)):
            title = _edition_title(edition, drawing.labels, several=several)
            panels.append(Panel(title, address_of(request), answers_text(trend.total), chart))
    return tuple(panels)


def _edition_title(edition: Coverage, labels: Labels, *, several: bool) -> str:
    name = labels.label("publisher", edition.publisher)
    if not several:
        return name
    return gettext("%(publisher)s, %(language)s", publisher=name, language=language_name(edition.language, labels))


def _by_outlet(drawing: _Drawing) -> tuple[tuple[Panel, ...], str]:
    """A chart for each of the outlets that ask most, or of those picked."""
    asked, outlets = drawing.asked, _outlets(drawing.page)[:OUTLETS]
    parts = [
        Asked(
            asked.query,
            _of_outlet(asked.selection, one.value),
            drawing.editions,
            _of_outlet(base_of(asked.selection, (*BASE, "outlet")), one.value),
        )
        for one in outlets
    ]
    panels = []
    for outlet, trend in zip(outlets, drawing.trends(parts), strict=True):
        request = replace(
            drawing.request, selection=_of_outlet(drawing.request.selection, outlet.value), chart="", page=1
        )
        if chart := drawing.chart(trend, request):
            total = answers_text(trend.total)
            panels.append(Panel(outlet.label, address_of(request), total, chart))
    return tuple(panels), _stated(drawing)


def _outlets(page: Page) -> list[FacetValue]:
    """The outlets of the hits, those picked alone where any are, most frequent first."""
    stated = [one for one in page.facets["outlet"] if one.value != NOT_STATED and one.count and one.state != "excluded"]
    picked = [one for one in stated if one.state == "selected"]
    return picked or stated


def _of_outlet(selection: Selection, outlet: str) -> Selection:
    return replace(selection, include={**selection.include, "outlet": (outlet,)})


def _stated(drawing: _Drawing) -> str:
    """Of how many of the questions found it is known which outlet asked, whatever outlets are picked."""
    asked = drawing.asked
    questions = all_of(asked.query, Scope("kind", "answer"))
    stated = all_of(questions, none_of(Scope("outlet", NOT_STATED)))
    rest = Selection(
        {field: values for field, values in asked.selection.include.items() if field != "outlet"},
        {field: values for field, values in asked.selection.exclude.items() if field != "outlet"},
        asked.selection.since,
        asked.selection.until,
    )
    known, all_found = drawing.engine.count((stated, questions), rest)
    if not all_found:
        return gettext("None of the answers found has a question.")
    return ngettext(
        "An outlet is stated for %(known)s of the %(number)s question found (%(share)s). Each has a scale of its own.",
        "An outlet is stated for %(known)s of the %(number)s questions found (%(share)s). Each has a scale of its own.",
        all_found,
        known=number_text(known),
        number=number_text(all_found),
        share=share_text(known, all_found),
    )


_PANELS = {"": _one_panel, "share": _by_share, "publishers": _by_publisher, "outlets": _by_outlet}
