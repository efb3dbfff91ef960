"""The shapes that the API answers with, field by field, as types: what its description and its documentation say.

The one decision: a field is described where its type stands, once; the JSON Schemas come from here (`webui.openapi`),
and tests hold every answer against them, with nothing more and nothing less. Fields are only ever added.
"""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day, as 2024-02-08.", examples=["2024-02-08"])]
Instant = Annotated[str, Meta(description="An instant in UTC, as ISO 8601 writes it.")]
BriefingId = Annotated[str, Meta(description="Id of a briefing: publisher/language/day.")]
ItemId = Annotated[str, Meta(description="Id of an item: that of its briefing, and its number.")]
Count = Annotated[int, Meta(ge=0)]
Kind = Literal["answer", "statement", "note"]
Address = Annotated[str, Meta(description="Path of a page of this site, with its query.")]


class Fault(TypedDict):
    """What is wrong with a request, or with us."""

    code: Annotated[str, Meta(description="A short stable name, for programs.")]
    message: Annotated[str, Meta(description="What is wrong, in a sentence.")]
    hint: Annotated[str, Meta(description="What to do about it, or nothing.")]
    position: Annotated[int | None, Meta(description="Where in a query, in characters; null but for `query_syntax`.")]


class Error(TypedDict):
    """Every answer that is an error."""

    error: Fault


class Piece(TypedDict):
    """A piece of a snippet."""

    text: str
    hit: Annotated[bool, Meta(description="Whether it is a match.")]


class EntityName(TypedDict):
    """An entity, by id and name."""

    id: str
    label: str
    type: Annotated[str, Meta(description="place, person, organisation, event, or nothing where it is not known.")]


class Again(TypedDict):
    """Other answers of the whole result that have the very words of a hit."""

    count: Annotated[int, Meta(ge=1, description="How many.")]
    first: Annotated[Day, Meta(description="Day of the earliest.")]
    last: Annotated[Day, Meta(description="Day of the latest.")]
    ids: Annotated[list[ItemId], Meta(description="Those that are on this page.")]


class Hit(TypedDict):
    """An answer or a statement that was found."""

    id: ItemId
    briefing: BriefingId
    kind: Kind
    title: Annotated[str, Meta(description="Title of its briefing.")]
    date: Day
    asker: Annotated[str | None, Meta(description="The label before the question, as printed.")]
    speaker: Annotated[str | None, Meta(description="Who answers first.")]
    speakers: Annotated[list[str], Meta(description="Everybody who answers.")]
    outlet: Annotated[str | None, Meta(description="Canonical name of the outlet that asks, where it is known.")]
    publisher: str
    language: str
    url: Annotated[str, Meta(description="Path of the transcript, its matches lit, at this item.")]
    score: Annotated[float, Meta(ge=0, description="0 where there is nothing to rank by.")]
    question: Annotated[list[Piece], Meta(description="Snippet of the question; empty for a statement.")]
    answer: Annotated[list[Piece], Meta(description="Snippet of the answer or statement.")]
    entities: Annotated[list[EntityName], Meta(description="What it mentions, in the order of reading.")]
    editions: Annotated[list[BriefingId], Meta(description="Its briefing in other languages.")]
    again: Annotated[Again | None, Meta(description="Who else has its very words; null where nobody has.")]
    nearly: Annotated[list[ItemId], Meta(description="With fold=near: those on this page with nearly its words.")]
    folded_into: Annotated[ItemId | None, Meta(description="The hit above it that has the same words.")]


class FacetValue(TypedDict):
    """A value of a facet."""

    value: Annotated[str, Meta(description='What picks it; "" is "not stated".')]
    label: str
    count: Annotated[Count, Meta(description="Hits that there would be with this value picked.")]
    state: Literal["none", "selected", "excluded"]
    type: NotRequired[Annotated[str, Meta(description="Type of an entity, where it is known.")]]


Bar = TypedDict(
    "Bar",
    {
        "from": Day,
        "to": Day,
        "count": Annotated[Count, Meta(description="Hits of these days.")],
        "of": Annotated[Count, Meta(description="All answers and statements of these days.")],
    },
)
Bar.__doc__ = "A bar of the histogram."


class Suggestion(TypedDict):
    """The search that was perhaps meant."""

    query: str
    total: Count
    url: Address


class Advice(TypedDict):
    """A search that finds something, where this one finds nothing."""

    message: str
    query: str
    total: Count
    url: Address


class Notice(TypedDict):
    """Something to know of how a query was read, or of what was found."""

    code: Annotated[
        str,
        Meta(
            description="read_otherwise, synonyms, han_pairs, expansion_cut, outside_coverage, coverage, "
            "collection_changed; there may be others one day."
        ),
    ]
    message: str
    url: Annotated[Address | None, Meta(description="The search that has it otherwise.")]


class Facets(TypedDict):
    """The fifty most frequent values of each facet; of entities twenty of each type. Picked ones are always there."""

    speaker: list[FacetValue]
    outlet: list[FacetValue]
    year: list[FacetValue]
    month: list[FacetValue]
    entity: list[FacetValue]
    publisher: list[FacetValue]
    language: list[FacetValue]
    kind: list[FacetValue]


class Search(TypedDict):
    """A page of what a search finds."""

    query: Annotated[str, Meta(description="The query as it was read, in canonical form.")]
    total: Annotated[Count, Meta(description="Hits in all.")]
    total_is: Annotated[
        Literal["exact", "at least"], Meta(description="`at least` where a pattern stands for too many words.")
    ]
    took_ms: Annotated[float, Meta(ge=0, description="Milliseconds that the search took when it was made.")]
    generation: Annotated[int, Meta(ge=1, description="Number of the index that answered.")]
    page: Annotated[int, Meta(ge=1)]
    per_page: Annotated[int, Meta(ge=1, le=100)]
    hits: list[Hit]
    facets: Facets
    histogram: list[Bar]
    suggestion: Suggestion | None
    notices: list[Notice]
    advice: list[Advice]
    commit: Annotated[str, Meta(description="Another text after every change of the collection.")]
    next: Annotated[
        str | None,
        Meta(
            description="Path of the next page, null on the last. It says what this page was read from, so that the "
            "next one can say whether the collection has changed in between."
        ),
    ]


class Turn(TypedDict):
    """One speaker, unbroken."""

    role: Literal["question", "answer", "statement", "note"]
    label: Annotated[str | None, Meta(description="As printed.")]
    speaker: NotRequired[str | None]
    outlet: NotRequired[Annotated[str | None, Meta(description="In the place of the speaker, in a question.")]]
    text: str


class Amendment(TypedDict):
    """What a librarian put right in an attribution."""

    field: Literal["kind", "speaker", "outlet"]
    was: str | None
    value: str
    reason: str
    since: Instant


class Mention(TypedDict):
    """A place of a text that names an entity."""

    id: str
    label: str
    type: str
    where: Annotated[str, Meta(description="The field whose text it stands in: question, answer or text.")]
    start: Annotated[int, Meta(ge=0, description="In code points of that text.")]
    end: Annotated[int, Meta(ge=0, description="The same, not included.")]
    surface: Annotated[str, Meta(description="The words that name it.")]


class _Said(TypedDict):
    n: Annotated[int, Meta(ge=1, description="Its permanent number.")]
    position: Annotated[int, Meta(ge=1, description="Its place in the briefing now.")]
    kind: Kind
    turns: Annotated[list[Turn], Meta(description="Empty for a statement or note of one unlabelled turn.")]
    entities: list[Mention]
    amendments: NotRequired[list[Amendment]]
    asker: NotRequired[Annotated[str | None, Meta(description="Of an answer: the label before the question.")]]
    outlet: NotRequired[Annotated[str | None, Meta(description="Of an answer: its canonical name.")]]
    question: NotRequired[Annotated[str | None, Meta(description="Of an answer.")]]
    speaker: NotRequired[Annotated[str | None, Meta(description="Of an answer or a statement.")]]
    speakers: NotRequired[Annotated[list[str], Meta(description="Of an answer or a statement.")]]
    answer: NotRequired[Annotated[str | None, Meta(description="Of an answer.")]]
    after_briefing: NotRequired[Annotated[bool, Meta(description="Of an answer: given later, in writing.")]]
    follow_up_to: NotRequired[Annotated[int | None, Meta(description="Of an answer: number of the one it follows up.")]]
    text: NotRequired[Annotated[str, Meta(description="Of a statement or a note.")]]


class BriefingItem(_Said):
    """An item of a briefing."""


class Item(_Said):
    """An item, with what it needs of its briefing."""

    id: ItemId
    briefing: BriefingId
    publisher: str
    language: str
    date: Day
    title: str


class Problem(TypedDict):
    """What was doubtful when a briefing was read."""

    code: str
    severity: Literal["note", "held", "refused"]
    message: str
    item: NotRequired[int]


Adjournment = TypedDict("Adjournment", {"from": Day, "to": Day})
Adjournment.__doc__ = "Days, both included, that are known to be without a briefing."


class Briefing(TypedDict):
    """A whole briefing."""

    file: Annotated[str, Meta(description="Name of the file that it was read from.")]
    id: BriefingId
    publisher: str
    language: str
    date: Day
    time: Annotated[str | None, Meta(description="Local, as 15:30.")]
    zone: Annotated[str | None, Meta(description="An IANA time zone.")]
    title: str
    url: Annotated[str | None, Meta(description="The publisher's own address, where it is recorded.")]
    speakers: list[str]
    adjournments: list[Adjournment]
    items: list[BriefingItem]
    problems: list[Problem]
    editions: Annotated[list[BriefingId], Meta(description="The same briefing in other languages.")]


class Similar(TypedDict):
    """What is like an item."""

    id: ItemId
    similar: Annotated[list[Hit], Meta(description="Answers like it, of any day, none in its very words.")]
    that_day: Annotated[list[Hit], Meta(description="Like it, asked of the same on its day by others.")]


class YearCount(TypedDict):
    """Answers of a year."""

    year: str
    count: Count
    of: Annotated[Count, Meta(description="All answers of that year.")]


class ValueCount(TypedDict):
    """A value, and how many answers have it."""

    value: str
    label: str
    count: Count


class EntityCount(TypedDict):
    """An entity, and how many answers mention it."""

    id: str
    label: str
    type: str
    count: Count


class Where(TypedDict):
    """An item, by id, day and page."""

    id: ItemId
    date: Day
    url: Address


class Entity(TypedDict):
    """What the collection says of an entity; of one that was split, only `id` and `successors`."""

    id: str
    successors: Annotated[list[EntityName], Meta(description="What took the place of one that was split.")]
    label: NotRequired[str]
    type: NotRequired[str]
    aliases: NotRequired[list[str]]
    total: NotRequired[Annotated[Count, Meta(description="Answers and statements that mention it.")]]
    about: NotRequired[Annotated[Count, Meta(description="Those that are about it.")]]
    within: NotRequired[Annotated[Count, Meta(description="Those that mention it or anything that is part of it.")]]
    years: NotRequired[list[YearCount]]
    outlets: NotRequired[list[ValueCount]]
    speakers: NotRequired[list[ValueCount]]
    together: NotRequired[Annotated[list[EntityCount], Meta(description="What the same answers mention.")]]
    first: NotRequired[Where | None]
    last: NotRequired[Where | None]
    latest: NotRequired[Annotated[list[Hit], Meta(description="The newest five.")]]
    url: NotRequired[Address]
    search: NotRequired[Annotated[Address, Meta(description="The search for all that mention it.")]]


class CoverageRow(TypedDict):
    """What the collection holds of one publisher in one language."""

    publisher: str
    label: str
    language: str
    first: Annotated[Day, Meta(description="Day of the earliest briefing.")]
    last: Annotated[Day, Meta(description="Day of the latest.")]
    briefings: Count
    answers: Count
    added: Instant
    adjournments: list[Adjournment]


class Coverage(TypedDict):
    """What the collection holds."""

    coverage: list[CoverageRow]


class Values(TypedDict):
    """The values of a facet."""

    field: str
    label: str
    prefix: str
    by: Literal["count", "name"]
    type: str
    generation: Annotated[int, Meta(ge=1)]
    answers: Annotated[Count, Meta(description="Hits of the search.")]
    total: Annotated[Count, Meta(description="Values in all that the filter leaves.")]
    page: Annotated[int, Meta(ge=1)]
    per_page: Annotated[int, Meta(ge=1, le=100)]
    values: list[FacetValue]


class Completion(TypedDict):
    """What may be meant."""

    kind: Literal["entity", "outlet", "speaker", "phrase", "word"]
    label: str
    alias: Annotated[str, Meta(description="The other name by which it was found, or nothing.")]
    type: str
    count: Annotated[Count, Meta(description="Answers of the whole collection that hold it.")]
    completion: Annotated[str, Meta(description="The search as one text.")]
    parameters: Annotated[
        list[list[str]], Meta(description="The same as pairs of a search's parameters, name and value.")
    ]
    url: Address


class Suggestions(TypedDict):
    """What may be meant by what was typed so far."""

    query: str
    suggestions: list[Completion]


Schema = dict[str, Any]
