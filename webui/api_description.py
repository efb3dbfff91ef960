"""What the API offers, address by address: what each is for, its parameters, its answer, examples.

The one decision: this is the only place where an address of the API is described. The OpenAPI document and the page of
documentation read it; where an address is, they read from the routes themselves, and a test wants a row for each route.
Bounds and choices come from what reads the parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.addresses import FILTERS, MAX_PER_PAGE, MAX_PICKED
from search.engine import Sort
from search.schema import FACETS, FIELD, TYPES
from search.similar import MAX_SIMILAR
from search.suggestions import MOST
from webui import api_shapes as shapes

Schema = Mapping[str, Any]

FLAG: Schema = {"type": "integer", "enum": [0, 1]}
NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
DAY: Schema = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address.

    Attributes:
        name: as it is written.
        about: what it does.
        schema: what may be said.
        repeats: it may be said several times.
    """

    name: str
    about: str
    schema: Schema
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """Something to try: what it shows, and a path, in which `{briefing}` and the like stand for what is there."""

    shows: str
    path: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address offers.

    Attributes:
        summary: what it gives, in a few words.
        about: what else is to be known.
        answer: the shape of a good answer.
        parameters: those of its query.
        examples: some to try.
        looks_up: something under an id, which may be unknown, have moved, or be gone.
    """

    summary: str
    about: str
    answer: type
    parameters: tuple[Parameter, ...] = ()
    examples: tuple[Example, ...] = ()
    looks_up: bool = False


def _picks() -> tuple[Parameter, ...]:
    named = [(name, FIELD[name].label if name in FIELD else name) for name in FILTERS]
    text: Schema = {"type": "string"}
    return (
        *(
            Parameter(name, f"{label}: only this, or any of several; empty is “not stated”.", text, repeats=True)
            for name, label in named
        ),
        *(Parameter(f"-{name}", f"{label}: not this.", text, repeats=True) for name, label in named),
    )


SEARCH = (
    Parameter("q", "The query (see the page on how to search). Empty: everything, newest first.", {"type": "string"}),
    *_picks(),
    Parameter("from", "First day, included.", DAY),
    Parameter("to", "Last day, included.", DAY),
    Parameter("exact", "1: no synonyms, and a run of Han characters is a phrase.", FLAG),
    Parameter("rollup", "1: an entity counts what is part of it, too.", FLAG),
    Parameter("subject", "1: only what is about an entity, not what just mentions it.", FLAG),
    Parameter("strict", "1: refuse a query of which something had to be guessed.", FLAG),
)
"""What says which answers are meant."""
PAGED = (
    Parameter("page", "Which page.", NUMBER),
    Parameter("per_page", "Hits of a page.", {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE}),
)
SORTED = (
    Parameter("sort", "The order.", {"type": "string", "enum": [sort.value for sort in Sort]}),
    Parameter("fold", "near: fold answers with nearly the same words too.", {"type": "string", "enum": ["near"]}),
)
SINCE = (
    Parameter("generation", "What the page before had as generation: if it is another now, a notice says so.", NUMBER),
    Parameter("commit", "What the page before had as commit: the same, for every change.", {"type": "string"}),
)

OPERATIONS: Mapping[str, Operation] = {
    "api.search": Operation(
        "Search",
        "Finds answers and statements, with snippets, facets and a histogram. Follow `next` to page through all of "
        "them: if the collection has changed since the page before, a notice `collection_changed` says so, since "
        f"answers may then stand twice or be passed over. At most {MAX_PICKED} values are picked or excluded.",
        shapes.Search,
        (*SEARCH, *SORTED, *PAGED, *SINCE),
        (
            Example("What was said of ferries, newest first", "/api/v1/search?q=ferry&sort=newest&per_page=5"),
            Example(
                "Of a publisher's answers only, in a span of days",
                "/api/v1/search?q=&publisher={publisher}&from=2020-01-01&to=2030-12-31",
            ),
            Example("Everything but what one outlet asked", "/api/v1/search?q=&-outlet={outlet}"),
        ),
    ),
    "facets.values_json": Operation(
        "All values of a facet",
        "Every value that answers of a search have, with a filter by the beginnings of words of any of its names.",
        shapes.Values,
        (
            Parameter("prefix", "Beginnings of words of a name or an alias.", {"type": "string"}),
            Parameter("by", "The order.", {"type": "string", "enum": ["count", "name"]}),
            Parameter("type", "Of entities, only these.", {"type": "string", "enum": list(TYPES.values())}),
            *SEARCH,
            *PAGED,
        ),
        (Example("Which outlets asked most", "/api/v1/facets/outlet?per_page=10"),),
        looks_up=True,
    ),
    "api.briefing": Operation(
        "A briefing",
        "The whole transcript, turn by turn, with the entities of every item. Ids never change their meaning: one that "
        "has moved redirects for good, one that was withdrawn is answered 410.",
        shapes.Briefing,
        examples=(Example("The newest briefing", "/api/v1/briefings/{briefing}"),),
        looks_up=True,
    ),
    "api.item": Operation(
        "An item",
        "One answer, statement or note.",
        shapes.Item,
        examples=(Example("One of its items", "/api/v1/items/{item}"),),
        looks_up=True,
    ),
    "api.similar": Operation(
        "More like an item",
        "What others asked of the same on its day, and answers like it on any other.",
        shapes.Similar,
        (Parameter("limit", "How many of either.", {"type": "integer", "minimum": 1, "maximum": MAX_SIMILAR}),),
        (Example("Two like it", "/api/v1/items/{item}/similar?limit=2"),),
        looks_up=True,
    ),
    "api.entity": Operation(
        "An entity",
        "What the collection says of a place, a person, an organisation or an event.",
        shapes.Entity,
        examples=(Example("What is mentioned most", "/api/v1/entities/{entity}"),),
        looks_up=True,
    ),
    "suggest.for_programs": Operation(
        "Suggestions",
        "What may be meant by what was typed so far. May be kept for a minute.",
        shapes.Suggestions,
        (
            Parameter("q", "What was typed, up to its end.", {"type": "string"}),
            Parameter("limit", "How many.", {"type": "integer", "minimum": 1, "maximum": MOST}),
        ),
        (Example("While somebody types", "/api/v1/suggest?q=f&limit=5"),),
    ),
    "api.coverage": Operation(
        "Coverage",
        "What the collection holds, a row for each publisher and language.",
        shapes.Coverage,
        examples=(Example("All of it", "/api/v1/coverage"),),
    ),
}
"""By endpoint."""
UNDESCRIBED = frozenset({"api_pages.document"})
"""The description itself."""

PARTS: Mapping[str, Parameter] = {
    "publisher": Parameter("publisher", "Id of a publisher.", {"type": "string", "minLength": 1}),
    "language": Parameter("language", "A language's code.", {"type": "string", "minLength": 1}),
    "day": Parameter(
        "day", "A day; the second briefing of a day has -2 behind it.", {"type": "string", "minLength": 1}
    ),
    "n": Parameter("n", "The item's number.", {"type": "integer", "minimum": 0, "maximum": 999_999_999}),
    "id": Parameter("id", "Id of an entity.", {"type": "string", "minLength": 1}),
    "field": Parameter("field", "Name of a facet.", {"type": "string", "enum": [field.name for field in FACETS]}),
}
"""What stands in the addresses themselves."""
