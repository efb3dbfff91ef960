"""Our segments as Whoosh sees them: its plug-in point, so that its own search reads what we write.

Whoosh keeps the table of contents and opens readers; here is what it asks a segment for. Nothing of Lectern's own
search goes this way; Whoosh's answers are an independent check on ours. Writing goes through `search.embedded.writer`
alone. The class paths of this module are written into indexes (pickled): they are a format.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format, Positions
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search.embedded.schema import foreign_writer
from search.embedded.segment import Segment, Text

EXTENSION = ".arrays"


class ArraySegment(base.Segment):
    """What a table of contents says of a segment.

    Attributes:
        size: number of its documents, deleted ones included.
        deleted: numbers of its deleted documents.
        sequence: the archive's sequence number that the index was up to when the table was written.
        analysis: by what its words were cut, folded and stemmed (`search.stems.ANALYSIS`); "" where that is not one and
            the same, or not known.
        checksum: CRC-32 of its file; -1 where it is not known.
    """

    # Of segments that were written before they said so:
    analysis = ""
    checksum = -1

    def __init__(self, indexname: str, size: int) -> None:
        super().__init__(indexname)  # type: ignore[no-untyped-call]
        self.size = size
        self.deleted: set[int] = set()
        self.sequence = 0

    def file(self, home: Path) -> Path:
        """Where its arrays are."""
        return home / f"{self.indexname}_{self.segid}{EXTENSION}"

    def codec(self) -> "ArrayCodec":
        """The codec, for Whoosh."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """Number of documents, deleted ones included."""
        return self.size

    def deleted_count(self) -> int:
        """Number of deleted documents."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Numbers of the deleted documents."""
        return iter(self.deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 (Whoosh's signature)
        """Mark a document as deleted."""
        if not delete:
            raise ValueError("what is deleted stays so; add it again")
        self.deleted.add(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self.deleted

    def should_assemble(self) -> bool:
        """Never packed with others into one file: it is mapped."""
        return False


class ArrayCodec(base.Codec):
    """Reads our segments for Whoosh; it writes none."""

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> "ArrayTermsReader":
        """The terms of a segment, and their postings."""
        return ArrayTermsReader(_open(storage, segment))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> "ArrayDocumentReader":
        """What is stored by document."""
        return ArrayDocumentReader(_open(storage, segment), segment)

    def per_document_writer(self, storage: object, segment: object) -> Any:  # noqa: ANN401, ARG002 (Whoosh's signature)
        """Refused: Whoosh's own writers would write what we do not read."""
        raise foreign_writer()

    def field_writer(self, storage: object, segment: object) -> Any:  # noqa: ANN401, ARG002 (Whoosh's signature)
        """Refused, as above."""
        raise foreign_writer()

    def postings_writer(self, dbfile: object, byteids: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002 (Whoosh's signature)
        """Refused, as above."""
        raise foreign_writer()

    def postings_reader(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, ARG002 (Whoosh's signature)
        """Refused: there are no files of Whoosh's postings here."""
        raise foreign_writer()

    def new_segment(self, storage: object, indexname: str) -> Any:  # noqa: ANN401, ARG002 (Whoosh's signature)
        """Refused, as above."""
        raise foreign_writer()


def _open(storage: FileStorage, segment: ArraySegment) -> Segment:
    return Segment(segment.file(Path(storage.folder)))


class ArrayTermsReader(base.TermsReader):
    """Terms, keyed by field and bytes, and matchers over their postings."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def _terms(self, field: str) -> Any:  # noqa: ANN401 (a dictionary)
        if field in self._segment.texts:
            return self._segment.texts[field].terms
        held = self._segment.keys.get(field) or self._segment.values.get(field)
        return held.values if held else ()

    def _documents(self, field: str, term: bytes) -> tuple[list[int], list[int], list[list[int]]]:
        """Documents of a term, how often it stands in each, and where, counted from the document's first place."""
        word = term.decode()
        if held := self._segment.keys.get(field) or self._segment.values.get(field):
            numbers = held.documents_of(word).tolist()
            return numbers, [1] * len(numbers), []
        text = self._segment.texts[field]
        places = _sorted_places(text, word)
        documents, counts = text.count(places)
        within = (places - np.repeat(text.starts[documents], counts)).tolist()
        ends = np.cumsum(counts).tolist()
        return (
            documents.tolist(),
            counts.tolist(),
            [within[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)] if ends else [],
        )

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        terms = self._terms(field)
        at = bisect_left(terms, text.decode())
        return at < len(terms) and terms[at] == text.decode()

    def indexed_field_names(self) -> list[str]:
        """Fields with postings."""
        return sorted([*self._segment.texts, *self._segment.keys, *self._segment.values])

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArrayCursor":  # noqa: ANN401 (Whoosh's field)
        """A cursor over the terms of a field."""
        return ArrayCursor([term.encode() for term in self._terms(fieldname)[:]], fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, in order."""
        for field in self.indexed_field_names():
            yield from ((field, term.encode()) for term in self._terms(field)[:])

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms from (`fieldname`, `prefix`) on, in order."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Terms from (`fieldname`, `prefix`) on, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Statistics of a term. Raises TermNotFound."""
        if (fieldname, text) not in self:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        documents, counts, _ = self._documents(fieldname, text)
        lengths, info = _lengths(self._segment, fieldname), TermInfo()
        for document, count in zip(documents, counts, strict=True):
            info.add_posting(document, float(count), lengths[document])
        return info

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents; 0 where it stands in none, which is no error to Whoosh."""
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents hold a term; 0 as above."""
        return self.term_info(fieldname, text).doc_frequency() if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ListMatcher:  # noqa: ANN401 (Whoosh's scorer)
        """The postings of a term. Raises TermNotFound."""
        info = self.term_info(fieldname, text)
        documents, counts, positions = self._documents(fieldname, text)
        encode = Positions().encode
        values = [encode(where) for where in positions] or [b""] * len(documents)
        weights = [float(count) for count in counts]
        return ListMatcher(documents, weights, values, format_, scorer=scorer, term=(fieldname, text), terminfo=info)


def _sorted_places(text: Text, term: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    units = text.units_of_term(term)
    return np.sort(text.unit_places(units.start, units.stop))


def _lengths(segment: Segment, field: str) -> Sequence[int]:
    """Tokens, or values, of each document in a field."""
    if field in segment.texts:
        lengths: list[int] = segment.texts[field].lengths.tolist()
    elif field in segment.values:
        lengths = segment.values[field].counts.tolist()
    elif field in segment.keys:
        lengths = np.bincount(segment.keys[field].documents, minlength=segment.size).tolist()
    else:
        lengths = [0] * segment.size  # what is stored, but not indexed
    return lengths


class ArrayCursor(base.FieldCursor):
    """Walks the terms of one field."""

    def __init__(self, terms: list[bytes], field: Any) -> None:  # noqa: ANN401 (Whoosh's field)
        self._terms, self._field, self._at = terms, field, 0

    def is_valid(self) -> bool:
        """Whether it stands on a term."""
        return self._at < len(self._terms)

    def first(self) -> Any:  # noqa: ANN401 (what the field makes of the bytes)
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:  # noqa: ANN401
        """Go to the first term from `term` on."""
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = bisect_left(self._terms, wanted)
        return self.text()

    def next(self) -> Any:  # noqa: ANN401
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:  # noqa: ANN401
        """The term it stands on, `None` beyond the last."""
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None


class ArrayDocumentReader(base.PerDocumentReader):
    """What is stored by document; lengths; deletions."""

    def __init__(self, segment: Segment, listed: ArraySegment) -> None:
        self._segment, self._listed = segment, listed

    def doc_count(self) -> int:
        """Number of documents that are not deleted."""
        return self._listed.size - len(self._listed.deleted)

    def doc_count_all(self) -> int:
        """Number of documents."""
        return self._segment.size

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._listed.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return self._listed.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Numbers of the deleted documents."""
        return self._listed.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:  # noqa: ARG002 (Whoosh's signature)
        """Tokens, or values, of a document in a field."""
        return _lengths(self._segment, fieldname)[docnum]

    def field_length(self, fieldname: str) -> int:
        """Tokens of a field, in all documents."""
        return sum(_lengths(self._segment, fieldname))

    def min_field_length(self, fieldname: str) -> int:
        """Tokens of the shortest document."""
        return min(_lengths(self._segment, fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Tokens of the longest document."""
        return max(_lengths(self._segment, fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored record."""
        return {"record": self._segment.record(docnum)}
