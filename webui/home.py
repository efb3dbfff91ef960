"""The home page, worked out: examples that find something, what the collection holds, and its newest briefings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.addresses import address_of, address_of_record
from search.engine import Coverage, Sort
from search.labels import Labels
from search.page import FacetValue, Hit, Page, SearchRequest
from webui import steps
from webui.facets import CHRONICLES
from webui.frame import Frame, Link
from webui.names import counted, day_text, instant_text, value_text

NEWEST = 6
"""Briefings listed as the newest."""
BROWSED = 10
"""Values shown of each field to browse by."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What the collection holds of one publisher in one language, in words."""

    publisher: Link
    language: str
    language_name: str
    first: str
    last: str
    briefings: str
    answers: str
    added: str


@dataclass(frozen=True, slots=True)
class NewBriefing:
    """A briefing among the newest."""

    title: str
    address: str
    day: str
    date: str
    publisher: str
    language: str


@dataclass(frozen=True, slots=True)
class Browse:
    """A field's most frequent values, to begin from."""

    label: str
    values: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that home.html shows; without coverage it is the empty state."""

    frame: Frame
    holdings: str
    examples: tuple[Link, ...]
    coverage: tuple[CoverageRow, ...]
    newest: tuple[NewBriefing, ...]
    browse: tuple[Browse, ...]


NEWEST_REQUEST = SearchRequest(sort=Sort.NEWEST, per_page=100)
"""The search that the home page is made from: everything, newest first."""


def empty_home() -> HomePage:
    """The home page while nothing is indexed."""
    return HomePage(Frame("", canonical="/"), "", (), (), (), ())


def home_page(page: Page, coverage: Sequence[Coverage], labels: Labels) -> HomePage:
    """The home page, from the answer to `NEWEST_REQUEST` and the collection's coverage."""
    answers = counted(sum(c.answers for c in coverage), "answer", "answers")
    briefings = counted(sum(c.briefings for c in coverage), "briefing", "briefings")
    return HomePage(
        frame=Frame("", canonical="/"),
        holdings=f"{answers} from {briefings}",
        examples=tuple(_examples(page)),
        coverage=tuple(_coverage(c, labels) for c in coverage),
        newest=_newest(page.hits, labels),
        browse=tuple(
            _browse(label, name, page) for name, label in BROWSE.items() if any(v.value for v in page.facets[name])
        ),
    )


BROWSE = {"entity": "Most mentioned", "outlet": "Who asks", "speaker": "Who answers", "year": "By year"}


def _examples(page: Page) -> Iterable[Link]:
    """Queries in the query language, made of the collection's own names so that they find something."""
    forms = (("entity", '"{}"'), ("outlet", 'outlet:"{}"'), ("speaker", 'speaker:"{}"'))
    for name, form in forms:
        first = next((v for v in _most_frequent(name, page) if v.value and '"' not in v.label), None)
        if first:
            text = form.format(first.label)
            yield Link(text, address_of(SearchRequest(text=text)))


def _coverage(row: Coverage, labels: Labels) -> CoverageRow:
    request = steps.include(SearchRequest(), "publisher", row.publisher)
    return CoverageRow(
        publisher=Link(
            labels.label("publisher", row.publisher), address_of(steps.include(request, "language", row.language))
        ),
        language=row.language,
        language_name=value_text("language", row.language, labels.label("language", row.language)),
        first=day_text(row.first),
        last=day_text(row.last),
        briefings=f"{row.briefings:,}",
        answers=f"{row.answers:,}",
        added=instant_text(row.added),
    )


def _newest(hits: Iterable[Hit], labels: Labels) -> tuple[NewBriefing, ...]:
    seen = {hit.document.briefing: hit.document for hit in hits}
    return tuple(
        NewBriefing(
            title=d.title,
            address=address_of_record(d.briefing),
            day=day_text(d.date),
            date=d.date.isoformat(),
            publisher=labels.label("publisher", d.publisher),
            language=d.language,
        )
        for d in list(seen.values())[:NEWEST]
    )


def _browse(label: str, field: str, page: Page) -> Browse:
    values = [v for v in _most_frequent(field, page) if v.value][:BROWSED]
    if field in CHRONICLES:
        values.sort(key=lambda v: v.value, reverse=True)
    return Browse(
        label,
        tuple(
            (Link(v.label, address_of(steps.include(SearchRequest(), field, v.value))), f"{v.count:,}") for v in values
        ),
    )


def _most_frequent(field: str, page: Page) -> list[FacetValue]:
    """The values of a facet, most frequent first; entities stand by their types in it."""
    return sorted(page.facets[field], key=lambda v: -v.count)
