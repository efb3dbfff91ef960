"""A new generation looked at before it takes the place of the live one.

Here belongs what is asked of it. The one decision: everything is counted, and a sample is read and searched, since a
rebuild must not take twice as long; a search of the sample is about one day of one publisher, so that its answer can be
worked out from the archive alone, by looking at every text of that day. `lectern check` looks at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import ClassVar

from index.archive import ArchiveReader
from index.comparing import Finding, compare_briefing, compare_gone, compare_ids
from search.engine import Engine, Publication, Request, Selection
from search.errors import LecternError
from search.highlight import Highlighter
from search.model import Document
from search.query import OPERATORS, Phrase, Query, Term
from search.schema import BARE, is_searched
from search.text import iter_tokens

SAMPLE = 40
"""So many briefings are compared whole, and searched for by their own words."""

_SHOWN = 3
"""So many findings are told."""


class RebuildRefused(LecternError):
    """A new generation is not what the archive holds; the one before stays live."""

    code: ClassVar[str] = "rebuild_refused"


@dataclass
class Tally:
    """What was put into a new generation: of each briefing the numbers of its items, and how many are of which kind."""

    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    searched: int = 0

    def count(self, publication: Publication) -> None:
        """One more briefing."""
        id, documents = publication.briefing.id, publication.documents
        self.numbers[id] = tuple(document.item.n for document in documents)
        self.answers[id] = sum(document.item.kind == "answer" for document in documents)
        self.searched += sum(map(is_searched, documents))


def verify(
    engine: Engine, archive: ArchiveReader, tally: Tally, publish: Callable[[Iterable[str]], Iterable[Publication]]
) -> None:
    """Raise RebuildRefused unless a new generation is what the archive holds.

    Args:
        engine: reads it.
        archive: what it was made from.
        tally: what was put in.
        publish: makes publications of briefings, by their ids, from the archive.
    """
    findings = list(islice(_iter_findings(engine, archive, tally, publish), _SHOWN + 1))
    if findings:
        told = "; ".join(f"{one.where}: {one.message}" for one in findings[:_SHOWN])
        more = " and more" if len(findings) > _SHOWN else ""
        hint = "the index is as it was; look at the archive: lectern check"
        raise RebuildRefused(f"the new generation is not what the archive holds: {told}{more}", hint=hint)


def _iter_findings(
    engine: Engine, archive: ArchiveReader, tally: Tally, publish: Callable[[Iterable[str]], Iterable[Publication]]
) -> Iterator[Finding]:
    status, numbers, listed = engine.status(), archive.numbers(), engine.briefings()
    for what, found, wanted in (
        ("change of the archive", status.sequence, archive.sequence()),
        ("briefings", status.briefings, len(numbers)),
        ("answers and statements", status.documents, tally.searched),
    ):
        if found != wanted:
            yield Finding("count", what, f"{found:,} instead of {wanted:,}")
    yield from compare_ids(archive, listed)
    answers = {one.id: one.answers for one in listed}
    for id, items in numbers.items():
        if tally.numbers.get(id) != items:
            yield Finding("item-differs", id, "its items are not those of the archive")
        elif answers.get(id) != tally.answers[id]:
            yield Finding("count", id, f"{answers.get(id, 0)} answers instead of {tally.answers[id]}")
    yield from compare_gone(archive, engine)
    ids = tuple(numbers)
    for id in ids[:: max(1, len(ids) // SAMPLE)]:
        yield from compare_briefing(archive, engine, id)
        yield from _compare_searches(engine, id, ids, publish)


def _compare_searches(
    engine: Engine, id: str, ids: Sequence[str], publish: Callable[[Iterable[str]], Iterable[Publication]]
) -> Iterator[Finding]:
    """Searches for words of one briefing among all of its publisher's day, whose answers are worked out here."""
    publisher, _, day = id.split("/", 2)
    same = [one for one in ids if one.startswith(f"{publisher}/") and one.split("/", 2)[2][:10] == day[:10]]
    documents = [d for publication in publish(same) for d in publication.documents if is_searched(d)]
    own = [d for d in documents if d.briefing == id]
    if not own:
        return
    on = own[0].date
    selection = Selection({"publisher": (publisher,)}, since=on, until=on)
    for query in _queries(own[len(own) // 2]):
        expected = {d.id for d in documents if _matches(query, d)}
        found = engine.find(Request(query, selection, limit=len(documents) + 1, facets=())).hits
        if {hit.document.id for hit in found} != expected or len(found) != len(expected):
            yield Finding("search", id, f"{query} finds {len(found)} answers of that day instead of {len(expected)}")
    counted = engine.find(Request(selection=selection, limit=0, facets=("kind", "language")))
    for name, counts in counted.facets.items():
        wanted: Mapping[str, int] = _count(name, documents)
        if {count.value: count.count for count in counts} != wanted:
            yield Finding("search", id, f"answers of that day are counted otherwise by {name}")


def _count(name: str, documents: Sequence[Document]) -> dict[str, int]:
    values = [d.language if name == "language" else d.item.kind for d in documents]
    return {value: values.count(value) for value in values}


def _queries(document: Document) -> Iterator[Query]:
    """The longest word of a document, plain and quoted, and three words in a row."""
    passage = max((p for f in BARE for p in f.values(document)), key=len, default="")
    words = [passage[token.start : token.end] for token in iter_tokens(passage)]
    words = [word for word in words if _is_one(word)]
    if not words:
        return
    longest = max(words, key=len)
    if longest not in OPERATORS:
        yield Term(longest)
    yield Phrase((longest,))
    middle = len(words) // 2
    yield Phrase(tuple(words[middle : middle + 3]))


def _is_one(word: str) -> bool:
    """Whether a query may have this as one of its words."""
    tokens = list(iter_tokens(word))
    return len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (0, len(word))


def _matches(query: Query, document: Document) -> bool:
    return any(
        Highlighter(query, field.name, document.language).lights(passage)
        for field in BARE
        for passage in field.values(document)
    )
