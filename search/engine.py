"""The seam: what every engine does, and the values that cross it.

No engine's query string, class or document crosses; only what is defined here and in `search.model` and
`search.query`. Nothing is optional: totals and facet counts are exact on every engine. The contract says in full what
the words below mean (`tests/engines/test_contract*.py`), and runs over a brute-force oracle and every engine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from search.histogram import Bar, Span
from search.holdings import Coverage, Listed, Status
from search.keys import Key
from search.labels import Labels
from search.model import Briefing, Document
from search.query import All, Query
from search.schema import FACETS


class Sort(StrEnum):
    """Order of the hits. Ties are broken by id (`search.model.id_key`), whatever the order."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Selection:
    """What has been picked besides the query's text.

    Values of one field are Or-ed, fields are And-ed. "" is the value *not stated*.

    Attributes:
        include: for a field, the values of which a hit has at least one.
        exclude: for a field, the values of which a hit has none.
        since: first day, included.
        until: last day, included.
    """

    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine.

    Attributes:
        query: what to find. Only answers and statements are searched.
        selection: what else must hold.
        sort: the order.
        offset: hits to leave out at the beginning.
        limit: hits to return; 0 for counts alone.
        facets: names of the fields to count by.
        facet_limit: most frequent values to return for each; selected and excluded ones come always.
        type_limit: the same for each type of entity (`search.schema.type_mark`), in the place of `facet_limit`.
        lit: names of the text fields whose matches each hit shall say.
    """

    query: Query = field(default_factory=All)
    selection: Selection = field(default_factory=Selection)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = tuple(f.name for f in FACETS)
    facet_limit: int = 50
    type_limit: int = 20
    lit: tuple[str, ...] = ()


class Light(NamedTuple):
    """A half-open span of a text that matched, and the leaf of the query that it matched for."""

    start: int
    end: int
    node: Query


class EngineHit(NamedTuple):
    """A document found.

    Attributes:
        document: what was found.
        score: 0 where the query has nothing to rank by.
        lights: for each field of `Request.lit`, for each of its passages in order, what matched there: what
            `search.highlight.Highlighter` says.
        editions: what `Engine.editions` says of its briefing.
        revision: number of the text that its briefing has now, 1 where there has been no other.
    """

    document: Document
    score: float
    lights: Mapping[str, tuple[tuple[Light, ...], ...]]
    editions: tuple[str, ...]
    revision: int = 1


class Count(NamedTuple):
    """How many hits there would be with this value alone picked in its field, all else as it is.

    Attributes:
        about: how many of them hold it in the field `about`; 0 in all fields but `entity`.
    """

    value: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    about: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """What an engine found.

    Attributes:
        total: number of hits, exact but for `left_out`.
        hits: those from `offset` on, at most `limit`.
        facets: for each field asked for, its counts, most frequent first (then by value). They ignore the field's own
            selection and obey all others. Those of `entity` stand by `about` first, then by count. Picked values that
            the limit would leave out stand at the end.
        histogram: the bars (`search.histogram.periods`) from the first day with a hit to the last; without a hit, over
            the collection's days within the selection's dates; none where there are no such days. `of` counts the
            searched documents within the selection's dates.
        generation: number of the index generation that answered.
        rarities: for each leaf of the query that adds to scores, its inverse document frequency: how much a match of
            it is worth in a snippet.
        left_out: for each pattern that stands for more words than an engine looks for in a field, how many were left
            out, rarest first. Total and counts are then lower bounds.
    """

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, tuple[Count, ...]]
    histogram: tuple[Bar, ...]
    generation: int
    rarities: Mapping[Query, float]
    left_out: Mapping[Query, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that a briefing has or had. `number` counts from 1; `received` is an ISO 8601 instant in UTC."""

    number: int
    received: str
    briefing: Briefing


class Neighbours(NamedTuple):
    """Ids of the briefings that stand next to one, `None` where it is the first or the last."""

    before: str | None
    after: str | None


class Entry(NamedTuple):
    """A document of a scan, and the text of its briefing that it stands in.

    Attributes:
        revision: number of that text, from 1.
        received: ISO 8601 instant in UTC of that text's arrival.
    """

    document: Document
    revision: int
    received: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where a briefing or an item stood.

    Attributes:
        id: the id that is gone.
        since: ISO 8601 instant in UTC.
        reason: why, for people.
        moved_to: the id that it has now, or `None` if it was removed.
    """

    id: str
    since: str
    reason: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A whole briefing as it is to be found: replaces all that stood under its id.

    Attributes:
        briefing: its text now.
        documents: one for each of its items, notes included.
        revisions: every text it has had, the present one last.
        added: ISO 8601 instant in UTC of the latest revision's arrival.
    """

    briefing: Briefing
    documents: tuple[Document, ...]
    revisions: tuple[Revision, ...]
    added: str


class Engine(Protocol):
    """A search engine. One opened engine may be used by many requests; it notices new commits by itself."""

    def find(self, request: Request) -> Results:
        """The hits and counts that `request` asks for.

        Raises:
            QueryTooCostly: it would take too long, or a pattern below a Not stands for too many words to look for.
        """
        ...

    def count(self, queries: Sequence[Query], selection: Selection = Selection()) -> tuple[int, ...]:
        """For each of `queries`, how many hits it has under `selection`. Raises QueryTooCostly, as `find` does."""
        ...

    def scan(self, query: Query, selection: Selection, sort: Sort) -> Iterator[Entry]:
        """Every hit, in the order in which `find` pages through them, read one by one from a single commit.

        Commits that come meanwhile change nothing of it, and memory does not grow with the hits' texts.

        Raises:
            QueryTooCostly: as `find` does, at once and not when the first hit is asked for.
        """
        ...

    def everything(self, sort: Sort) -> Iterator[Entry]:
        """Every document, notes included, read as `scan` reads. By relevance, which nothing has here, they go by id."""
        ...

    def count_within(
        self, asked: Sequence[tuple[Query, Selection]], spans: Sequence[Span]
    ) -> tuple[tuple[int, ...], ...]:
        """For each query of `asked` under its selection, how many of its hits are of each of `spans`; of one commit.

        Spans may overlap or leave days out. Raises QueryTooCostly, as `find` does.
        """
        ...

    def like(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        """Words of questions and answers that differ from `word` by at most `edits` letters, both folded.

        In code point order, with the number of searched documents that hold each as written; see
        `search.words.alignment_distance`.
        """
        ...

    def get(self, id: str) -> Document:
        """The document of an item, notes included. Raises NotFound."""
        ...

    def briefing(self, id: str) -> Briefing:
        """The whole briefing as it reads now, with its items in order. Raises NotFound."""
        ...

    def documents(self, briefing: str) -> tuple[Document, ...]:
        """The documents of a briefing, notes included, in order of position. Raises NotFound."""
        ...

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every text that a briefing has had, the present one last. Raises NotFound."""
        ...

    def received(self, id: str) -> tuple[str, ...]:
        """When each text of a briefing was received, ISO 8601 instants in UTC, the present one's last.

        Empty where there is no such briefing. It costs far less than `revisions`: every hit says which text it is of.
        """
        ...

    def editions(self, id: str) -> tuple[str, ...]:
        """Ids of the same briefing in other languages: same publisher, same day, same place among the day's."""
        ...

    def neighbours(self, id: str) -> Neighbours:
        """The briefings just before and after one, of its publisher and language; by day, then by place in the day.

        In the order of `search.model.id_key`; those without an answer too. Raises NotFound.
        """
        ...

    def tombstone(self, id: str) -> Tombstone | None:
        """What stands where a briefing or item stood; `None` if nothing was ever there, or it still is."""
        ...

    def labels(self) -> Labels:
        """Names of entities, outlets, speakers and publishers, with their aliases."""
        ...

    def keys(self) -> tuple[Key, ...]:
        """The keys of partners, those that hold."""
        ...

    def coverage(self) -> tuple[Coverage, ...]:
        """What the collection holds, by publisher and language."""
        ...

    def briefings(self) -> tuple[Listed, ...]:
        """Every briefing, those without an answer too, by day, then by id (`search.model.id_key`)."""
        ...

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Terms of a field that begin with `prefix`, in code point order, with the number of searched documents."""
        ...

    def status(self) -> Status:
        """Generation, sequence number, counts. Raises IndexMissing where nothing was ever put in."""
        ...

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the live index's own files, as far as the engine can tell, for people; it reads all."""
        ...

    def add(self, publications: Iterable[Publication], *, sequence: int, tombstones: Iterable[Tombstone] = ()) -> None:
        """Put briefings in, each replacing what stood under its id, and tombstones where ids are gone; all at once.

        Readers see all of it or nothing. `sequence` is the archive's sequence number that the index is then up to.
        A briefing's publication takes away its tombstone and those of its items; so does a tombstone of the briefing,
        which removes the briefing: those that still hold are given with it. One of an item is kept beside its briefing.
        """
        ...

    def publish_labels(self, labels: Labels) -> None:
        """Replace the labels, at once, without touching the documents."""
        ...

    def publish_keys(self, keys: Sequence[Key]) -> None:
        """Replace the keys, at once; there need be no index yet, and they outlive a `rebuild`."""
        ...

    def rebuild(  # noqa: PLR0913 (each says what goes into a generation, or how)
        self,
        publications: Iterable[Publication],
        *,
        sequence: int,
        tombstones: Iterable[Tombstone],
        labels: Labels,
        workers: int | None = None,
        verify: Callable[["Engine"], None] | None = None,
    ) -> None:
        """Fill a new generation beside the live one, which is kept, and swap to it; readers see the old one until then.

        Args:
            publications: each id at most once.
            sequence: the archive's sequence number that the index is then up to.
            tombstones: all that hold.
            labels: of the new generation.
            workers: how many processes may work on it; as many as there are cores, if it is not given.
            verify: called before the swap with an engine that reads the new one; if it raises, the live one stays.
        """
        ...

    def rollback(self) -> int:
        """Make the generation live again that was so before the live one, as it was; its number. `add` goes on there.

        Raises IndexMissing; GenerationMissing where none was live before, or it is gone. Nothing is then changed.
        """
        ...

    def close(self) -> None:
        """Let go of files."""
        ...
