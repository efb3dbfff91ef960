"""The home page, worked out: search first, then what is newest, what was new this week, and what was asked about.

Below that where to begin from, and what the collection holds. The one decision: time is the collection's, whose newest
day is its today, so that a collection that has ended still has a latest week.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.addresses import address_of, address_of_entity, address_of_record
from search.directory import Directory, Listable
from search.holdings import Coverage, Listed
from search.labels import Labels
from search.lately import Lately, Topic
from search.page import SearchRequest
from webui import steps
from webui.chart import span_text
from webui.formats import day_text, number_text
from webui.frame import Frame, Link
from webui.listing import PATHS, found_text, links_to
from webui.names import answers_text, briefings_text, instant_text, value_text
from webui.spark import Spark, spark_of
from webui.tongue import gettext, marked

NEWEST = 6
"""Briefings listed as the newest."""
TOPICS = 10
"""Entities of each list."""
BROWSED = 10
"""Values shown of each field to browse by."""

Directories = Mapping[Listable, Directory]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What the collection holds of one publisher in one language; its first and last day lead to briefings."""

    publisher: Link
    language: str
    language_name: str
    first: Link
    last: Link
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
class TopicRow:
    """What was asked about: its page, the search for its answers, and its months as a picture."""

    entity: Link
    count: str
    search: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Week:
    """The collection's newest week: its days, briefings and answers, what they were about, what was named first."""

    span: str
    numbers: Link
    topics: tuple[TopicRow, ...]
    firsts: tuple[TopicRow, ...]


@dataclass(frozen=True, slots=True)
class Browse:
    """A field's most frequent values, to begin from, and the list of all."""

    label: str
    values: tuple[tuple[Link, str], ...]
    every: Link


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that home.html shows; without coverage it is the empty state."""

    frame: Frame
    holdings: str
    examples: tuple[Link, ...]
    coverage: tuple[CoverageRow, ...]
    newest: tuple[NewBriefing, ...]
    week: Week | None
    topics: tuple[TopicRow, ...]
    topics_span: str
    browse: tuple[Browse, ...]


def empty_home() -> HomePage:
    """The home page while nothing is indexed."""
    return HomePage(Frame("", canonical="/"), "", (), (), (), None, (), "", ())


def home_page(
    lately: Lately, listed: Sequence[Listed], coverage: Sequence[Coverage], directories: Directories, labels: Labels
) -> HomePage:
    """The home page."""
    answers = answers_text(sum(c.answers for c in coverage))
    return HomePage(
        frame=Frame("", canonical="/"),
        holdings=gettext("%(answers)s from %(briefings)s", answers=answers, briefings=briefings_text(len(listed))),
        examples=tuple(_examples(directories)),
        coverage=tuple(_coverage(row, listed, labels) for row in coverage),
        newest=tuple(_new(one, labels) for one in _newest(listed)),
        week=_week(lately, labels),
        topics=tuple(_topic(one, _within(lately, year=True), labels) for one in lately.year_topics),
        topics_span=f"{day_text(lately.year_since)} – {day_text(lately.until)}",
        browse=tuple(
            _browse(field, gettext(label), directories[field]) for field, label in BROWSE if directories[field].entries
        ),
    )


BROWSE: tuple[tuple[Listable, str], ...] = (("outlet", marked("Who asks")), ("speaker", marked("Who answers")))


def _examples(directories: Directories) -> Iterable[Link]:
    """Queries in the query language, made of the collection's own names so that they find something."""
    forms: tuple[tuple[Listable, str], ...] = (
        ("entity", '"{}"'),
        ("outlet", 'outlet:"{}"'),
        ("speaker", 'speaker:"{}"'),
    )
    for field, form in forms:
        first = next((one.name.label for one in directories[field].entries if '"' not in one.name.label), None)
        if first:
            text = form.format(first)
            yield Link(text, address_of(SearchRequest(text=text)))


def _coverage(row: Coverage, listed: Sequence[Listed], labels: Labels) -> CoverageRow:
    request = steps.include(SearchRequest(), "publisher", row.publisher)
    own = [one for one in listed if (one.publisher, one.language) == (row.publisher, row.language)]
    first, last = (Link(day_text(one.date), address_of_record(one.id)) for one in (own[0], own[-1]))
    return CoverageRow(
        publisher=Link(
            labels.label("publisher", row.publisher), address_of(steps.include(request, "language", row.language))
        ),
        language=row.language,
        language_name=value_text("language", row.language, labels.label("language", row.language)),
        first=first,
        last=last,
        briefings=number_text(row.briefings),
        answers=number_text(row.answers),
        added=instant_text(row.added),
    )


def _newest(listed: Sequence[Listed]) -> list[Listed]:
    """The newest, by id within a day."""
    return sorted(listed, key=lambda one: -one.date.toordinal())[:NEWEST]


def _new(one: Listed, labels: Labels) -> NewBriefing:
    return NewBriefing(
        title=one.title,
        address=address_of_record(one.id),
        day=day_text(one.date),
        date=one.date.isoformat(),
        publisher=labels.label("publisher", one.publisher),
        language=one.language,
    )


def _week(lately: Lately, labels: Labels) -> Week:
    within = _within(lately)
    numbers = briefings_text(len(lately.briefings))
    return Week(
        span=span_text(lately.since, lately.until),
        numbers=Link(
            gettext("%(answers)s in %(briefings)s", answers=answers_text(lately.answers), briefings=numbers),
            address_of(within),
        ),
        topics=tuple(_topic(one, within, labels) for one in lately.topics),
        firsts=tuple(_first(one, within, labels) for one in lately.firsts),
    )


def _within(lately: Lately, *, year: bool = False) -> SearchRequest:
    """The search for all of the newest week, or of the newest twelve months."""
    return steps.between(SearchRequest(), lately.year_since if year else lately.since, lately.until)


def _topic(topic: Topic, within: SearchRequest, labels: Labels) -> TopicRow:
    """What answers were about."""
    return _first(topic, steps.counting_subjects(within), labels)


def _first(topic: Topic, within: SearchRequest, labels: Labels) -> TopicRow:
    """What answers name."""
    return TopicRow(
        entity=Link(labels.label("entity", topic.id), address_of_entity(topic.id)),
        count=number_text(topic.count),
        search=address_of(steps.include(within, "entity", topic.id)),
        spark=spark_of(topic.months) if topic.months else None,
    )


def _browse(field: Listable, label: str, directory: Directory) -> Browse:
    every = Link(found_text(field, len(directory.entries), every=True), PATHS[field])
    return Browse(label, links_to(field, directory.entries[:BROWSED], directory), every)
