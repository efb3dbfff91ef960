"""What the collection says of one entity: how often by year, who asks and answers, what else is mentioned, and where.

Here belongs what its page and the API tell, in numbers and hits. The one decision: all of it counts answers and
statements that mention the entity, so that every number is that of a search.
"""

from dataclasses import dataclass
from datetime import date

from search.engine import Engine, EngineHit, Light, Request, Selection, Sort
from search.errors import NotFound
from search.facets import name_facets
from search.histogram import Bar
from search.labels import Name
from search.mentions import mentions_by_turn
from search.model import Document, Role
from search.page import FacetValue, Hit, Snippet
from search.query import All, Scope
from search.schema import NOT_STATED
from search.snippets import best_snippet

LATEST = 5
"""Answers that are shown, the newest."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is told of one entity.

    Attributes:
        total: answers and statements that mention it.
        about: how many of them are about it.
        within: how many mention it or any part of it.
        years: for each year from the collection's first to its last, how many mention it, of how many in all.
        outlets: who asks, most frequent first, "not stated" among them.
        speakers: who answers, likewise.
        together: what else is mentioned in the same answers, as the facet of entities has it.
        first: the earliest that mentions it, `None` where none does.
        latest: the newest, at most five, with what was said around its names.
    """

    id: str
    name: Name
    total: int
    about: int
    within: int
    years: tuple[Bar, ...]
    outlets: tuple[FacetValue, ...]
    speakers: tuple[FacetValue, ...]
    together: tuple[FacetValue, ...]
    first: Document | None
    latest: tuple[Hit, ...]


def open_dossier(engine: Engine, id: str) -> Dossier:
    """What is known of the entity `id`. Raises NotFound where it has neither a row nor an answer that mentions it."""
    labels, unknown = engine.labels(), NotFound("there is no entity here", where=id, hint="search for its name")
    try:
        query = Scope("entity", id)
    except ValueError as error:  # of characters that no id is made of
        raise unknown from error
    found = engine.find(Request(query, sort=Sort.NEWEST, limit=LATEST))
    if not found.total and id not in labels.of("entity"):
        raise unknown
    about, within = engine.count((Scope("about", id), Scope("within", id)))
    oldest = engine.find(Request(query, sort=Sort.OLDEST, limit=1, facets=())).hits
    facets = name_facets(found, "entity", Selection(), labels)
    return Dossier(
        id=id,
        name=labels.name("entity", id),
        total=found.total,
        about=about,
        within=within,
        years=years_of(engine, {value.value: value.count for value in facets["year"]}),
        outlets=facets["outlet"],
        speakers=facets["speaker"],
        together=tuple(value for value in facets["entity"] if value.value not in (id, NOT_STATED)),
        first=oldest[0].document if oldest else None,
        latest=tuple(_shown(hit, id, engine) for hit in found.hits),
    )


def years_of(engine: Engine, counts: dict[str, int]) -> tuple[Bar, ...]:
    """A bar for each year from the collection's first to its last, with its count, of all that year's answers."""
    every = {
        int(year): count for year, count, _ in engine.find(Request(All(), limit=0, facets=("year",))).facets["year"]
    }
    span = range(min(every), max(every) + 1) if every else range(0)
    return tuple(
        Bar(date(year, 1, 1), date(year, 12, 31), counts.get(f"{year:04}", 0), every.get(year, 0)) for year in span
    )


def _shown(hit: EngineHit, id: str, engine: Engine) -> Hit:
    document = hit.document
    editions = engine.editions(document.briefing)
    return Hit(document, hit.score, _cut(document, id, "question"), _cut(document, id, "answer", "statement"), editions)


def _cut(document: Document, id: str, *roles: Role) -> Snippet | None:
    """The passage of these turns that names the entity most, its names lit; else their beginning."""
    node = Scope("entity", id)
    said = [
        (turn, [Light(mention.start, mention.end, node) for mention in mentions if mention.id == id])
        for turn, mentions in zip(document.item.turns, mentions_by_turn(document), strict=True)
        if turn.role in roles
    ]
    return best_snippet([turn for turn, _ in said], [lights for _, lights in said], {}) if said else None
