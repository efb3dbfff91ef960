"""What stands above a transcript, an answer on its own, and a list of texts: whose it is, of which day, and where from.

Whatever a head says comes from the record; of what is not known it says so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from search.addresses import address_of
from search.engine import Revision
from search.labels import Labels
from search.model import Briefing
from search.page import Piece, SearchRequest
from webui import steps
from webui.editions import Edition, edition_link, language_name
from webui.formats import day_text
from webui.frame import Link
from webui.names import direction, instant_text
from webui.paragraphs import Run, paragraphs
from webui.people import Ways, nowhere
from webui.texts import address_of_texts
from webui.tongue import gettext

Lighter = Callable[[str, str], tuple[Piece, ...]]
"""From a field's name and a passage of it to its pieces."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a transcript.

    `original` is "" where the publisher's address is unknown or no web address; `corrected` leads to all texts of a
    briefing that has had more than one.
    """

    title: tuple[Run, ...]
    publisher: Link
    day: str
    date: str
    time: str
    language: str
    language_name: str
    direction: str
    speakers: tuple[Link, ...]
    original: str
    editions: tuple[Edition, ...]
    corrected: Link | None


def names_of_marks() -> Iterator[str]:
    """The names of a page's matches, in order: the anchors that lead to them."""
    return (f"match-{n}" for n in count(1))


def plain(_field: str, passage: str) -> tuple[Piece, ...]:
    """A passage that nothing is looked for in."""
    return (Piece(passage, hit=False),)


def head_of(  # noqa: PLR0913, PLR0917 (what the head is made of)
    briefing: Briefing,
    revisions: Sequence[Revision],
    editions: Iterable[str],
    labels: Labels,
    light: Lighter = plain,
    ways: Ways = nowhere,
) -> Head:
    """What stands above a text of a briefing that has `revisions` (those worth a link), and other `editions`.

    A speaker leads to the page that `ways` know, else to the search.
    """
    cut = paragraphs(light("title", briefing.title), (f"title-{m}" for m in names_of_marks()))
    title = tuple(run for stretches in cut for stretch in stretches for run in stretch.runs)
    return Head(
        title=title or (Run(briefing.id),),
        publisher=_search_link("publisher", briefing.publisher, labels),
        day=day_text(briefing.date),
        date=briefing.date.isoformat(),
        time=gettext("%(time)s local time", time=briefing.time) if briefing.time else "",
        language=briefing.language,
        language_name=language_name(briefing.language, labels),
        direction=direction(briefing.language),
        speakers=tuple(_speaker_link(s, labels, ways) for s in briefing.speakers),
        original=briefing.url if briefing.url and _is_web(briefing.url) else "",
        editions=tuple(edition_link(id, labels) for id in editions),
        corrected=Link(
            gettext("Corrected on %(day)s", day=instant_text(revisions[-1].received)), address_of_texts(briefing.id)
        )
        if len(revisions) > 1
        else None,
    )


def _is_web(url: str) -> bool:
    # A source's address is data: only the web's own schemes become a link.
    return url.lower().startswith(("http://", "https://"))


def _speaker_link(value: str, labels: Labels, ways: Ways) -> Link:
    address = ways("speaker", value)
    return Link(labels.label("speaker", value), address) if address else _search_link("speaker", value, labels)


def _search_link(field: str, value: str, labels: Labels) -> Link:
    return Link(labels.label(field, value), address_of(steps.include(SearchRequest(), field, value)))
