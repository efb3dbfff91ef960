"""What the collection says of one outlet or speaker: how often by year, about what, with whom, and its latest answers.

As in `search.dossier`, all of it counts answers and statements that hold the name, so that every number is that of a
search. The one decision: what they are about is told, not all that is named in them, or every list would begin alike.
"""

from dataclasses import dataclass
from typing import Final, Literal

from search.dossier import years_of
from search.engine import Engine, EngineHit, Request, Selection, Sort
from search.facets import name_facets
from search.histogram import Bar
from search.labels import Name
from search.model import Document, Role
from search.page import FacetValue, Hit, Snippet
from search.query import Scope
from search.schema import FACETS, NOT_STATED
from search.snippets import best_snippet

Profiled = Literal["outlet", "speaker"]

OTHER: Final[dict[Profiled, Profiled]] = {"outlet": "speaker", "speaker": "outlet"}
LATEST = 5
"""Answers that are shown, the newest."""


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is told of one outlet or speaker.

    Attributes:
        field: which of the two it is.
        total: answers and statements that hold it.
        years: for each year from the collection's first to its last, how many hold it, of how many in all.
        others: of an outlet who answers it, of a speaker who asks; most frequent first, "not stated" among them.
        subjects: what they are about, as the facet of entities has it.
        publishers: whose briefings they stand in, most frequent first.
        first: the earliest, `None` where there is none.
        latest: the newest, at most five, each with the beginnings of its question and of the answer,
            a speaker's own where several people give it.
    """

    field: Profiled
    value: str
    name: Name
    total: int
    years: tuple[Bar, ...]
    others: tuple[FacetValue, ...]
    subjects: tuple[FacetValue, ...]
    publishers: tuple[FacetValue, ...]
    first: Document | None
    latest: tuple[Hit, ...]


def open_profile(engine: Engine, field: Profiled, value: str) -> Profile:
    """What is known of an outlet or a speaker, by its canonical name."""
    labels, query = engine.labels(), Scope(field, value)
    counted = tuple("about" if one.name == "entity" else one.name for one in FACETS)
    found = engine.find(Request(query, sort=Sort.NEWEST, limit=LATEST, facets=counted))
    oldest = engine.find(Request(query, sort=Sort.OLDEST, limit=1, facets=())).hits
    facets = name_facets(found, "about", Selection(), labels)
    return Profile(
        field=field,
        value=value,
        name=labels.name(field, value),
        total=found.total,
        years=years_of(engine, {one.value: one.count for one in facets["year"]}),
        others=facets[OTHER[field]],
        subjects=tuple(one for one in facets["entity"] if one.value != NOT_STATED),
        publishers=facets["publisher"],
        first=oldest[0].document if oldest else None,
        latest=tuple(_shown(hit, value if field == "speaker" else "", engine) for hit in found.hits),
    )


def _shown(hit: EngineHit, speaker: str, engine: Engine) -> Hit:
    document = hit.document
    return Hit(
        document,
        hit.score,
        _beginning(document, "", "question"),
        _beginning(document, speaker, "answer", "statement"),
        engine.editions(document.briefing),
    )


def _beginning(document: Document, speaker: str, *roles: Role) -> Snippet | None:
    """The beginning of the first of these turns; where several people answer, of what `speaker` said."""
    turns = [turn for turn in document.item.turns if turn.role in roles]
    turns = [turn for turn in turns if turn.speaker == speaker] or turns
    return best_snippet(turns, [() for _ in turns], {}) if turns else None
