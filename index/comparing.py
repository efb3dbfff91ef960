"""Archive and index beside each other, item by item: what the one has, and the other has not, or has otherwise.

Here belongs what it means that an index shows what the archive holds; when that is asked is said in `index.checking`
and `index.verification`. The one decision: what is compared is what readers are given, through the engine's seam, so
that it holds for every engine.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.archive import ArchiveError, ArchiveReader
from search.engine import Engine, Revision, Sort
from search.errors import NotFound
from search.holdings import Listed
from search.model import Document, item_id, iter_documents


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        code: stable name, such as `missing`; see docs/reliability.md.
        where: an id, a file, or what else it is about.
        message: what is wrong, for people.
    """

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.code:<16} {self.where}: {self.message}"


def compare_briefing(archive: ArchiveReader, engine: Engine, id: str) -> Iterator[Finding]:
    """How a briefing that the archive shows differs in the index: its texts, items, spans, tombstones."""
    try:
        readings = archive.readings(id)
    except (ArchiveError, ValueError) as error:
        yield Finding("text", id, f"it cannot be compared: {error}")
        return
    try:
        revisions, documents = engine.revisions(id), engine.documents(id)
    except NotFound:
        yield Finding("missing", id, "it is in the archive, and not in the index")
        return
    expected = tuple(Revision(r.number, r.since, r.briefing) for r in readings)
    for was, now in zip(expected, revisions, strict=False):
        if was != now:
            yield Finding("text-differs", id, f"text {was.number} is not as the archive has it")
    if len(expected) != len(revisions):
        yield Finding("text-differs", id, f"the archive has {len(expected)} texts, the index {len(revisions)}")
    yield from _compare_items(tuple(iter_documents(readings[-1].briefing, {})), documents)
    stones = {stone.id: stone for stone in archive.tombstones(id)}
    for one in (id, *(document.id for document in documents), *stones):
        if engine.tombstone(one) != stones.get(one):
            yield Finding("tombstone", one, "what stands where something was removed is not as the archive has it")


def _compare_items(expected: tuple[Document, ...], documents: tuple[Document, ...]) -> Iterator[Finding]:
    """Items of a briefing; those of the index have mentions besides, which are looked at for themselves."""
    found = {document.id: document for document in documents}
    for document in expected:
        now = found.pop(document.id, None)
        if now is None:
            yield Finding("missing", document.id, "it is in the archive, and not in the index")
        elif replace(now, mentions=(), ancestors=()) != document:
            yield Finding("item-differs", document.id, "the item is not as the archive has it")
        else:
            yield from iter_wrong_spans(now)
    for id in found:
        yield Finding("surplus", id, "it is in the index, and not in the archive")


def iter_wrong_spans(document: Document) -> Iterator[Finding]:
    """The mentions of a document whose span does not cut their surface out of its text."""
    for mention in document.mentions:
        text: str = getattr(document.item, mention.where)
        if not 0 <= mention.start < mention.end or text[mention.start : mention.end] != mention.surface:
            where = f"{mention.where} {mention.start}-{mention.end}"
            yield Finding("span", document.id, f"{where} is not the {mention.surface!r} that {mention.id} was found by")


def compare_ids(archive: ArchiveReader, listed: tuple[Listed, ...]) -> Iterator[Finding]:
    """Briefings that stand in the index and not in the archive, or twice."""
    counts, shown = Counter(one.id for one in listed), set(archive.ids())
    for id, count in counts.items():
        if id not in shown:
            yield Finding("surplus", id, "it is in the index, and the archive does not show it")
        if count > 1:
            yield Finding("doubled", id, f"it stands in the index {count} times")


def compare_gone(archive: ArchiveReader, engine: Engine) -> Iterator[Finding]:
    """Ids that have moved or were withdrawn, of which the index does not say so."""
    for id in (*archive.redirects(), *archive.withdrawn()):
        for stone in archive.tombstones(id):
            if engine.tombstone(stone.id) != stone:
                yield Finding("tombstone", stone.id, "the index does not say what became of it")


def count_items(archive: ArchiveReader, engine: Engine) -> Iterator[Finding]:
    """Items that stand in the index twice, or that the archive does not show."""
    wanted = {item_id(id, n) for id, numbers in archive.numbers().items() for n in numbers}
    for item, count in Counter(entry.document.id for entry in engine.everything(Sort.OLDEST)).items():
        if count > 1:
            yield Finding("doubled", item, f"it stands in the index {count} times")
        if item not in wanted:
            yield Finding("surplus", item, "it is in the index, and the archive does not show it")
