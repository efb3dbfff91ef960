"""tantivy and SQLite's FTS5 as they come: default tokenisers, query parsers and ranking, over question and answer.

What somebody gets who follows their first page of documentation. The one decision: neither is helped, but to one thing:
both take a run of Han characters for a single word, so each can also be given texts and queries with spaces between
them (`spaced`), and is then reported so.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import tantivy

from benchmarks.peers import space_han
from search.model import Document
from search.schema import FIELD

BOTH = ("question", "answer")
QUOTE = '"'


def _texts(document: Document, *, spaced: bool) -> list[str]:
    texts = ["\n\n".join(FIELD[name].values(document)) for name in BOTH]
    return [space_han(text) for text in texts] if spaced else texts


class DefaultSqlite:
    """An FTS5 table as `CREATE VIRTUAL TABLE` makes it; all words are wanted, the order is `rank`."""

    def __init__(self, documents: Iterable[Document], *, spaced: bool = False) -> None:
        self.name = "SQLite FTS5, spaced" if spaced else "SQLite FTS5"
        self._spaced = spaced
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5(id UNINDEXED, question, answer)")
        rows = ((document.id, *_texts(document, spaced=spaced)) for document in documents)
        self._db.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)

    def find(self, text: str, most: int) -> Sequence[str]:
        """Ids of what `text` finds, best first.

        Each word is quoted, as its documentation has it done with typed text: else an apostrophe is an error.
        """
        text = space_han(text) if self._spaced else text
        words = [text.strip(QUOTE)] if text.startswith(QUOTE) else text.split()
        match = " ".join(f'"{word}"' for word in words)
        rows = self._db.execute("SELECT id FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, most))
        return [id for (id,) in rows]


class DefaultTantivy:
    """Two text fields as `add_text_field` makes them, asked through `parse_query_lenient`; any of the words will do."""

    def __init__(self, documents: Iterable[Document], *, spaced: bool = False) -> None:
        self.name = "tantivy, spaced" if spaced else "tantivy"
        self._spaced = spaced
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in BOTH:
            builder.add_text_field(name)
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer(num_threads=1)
        for document in documents:
            question, answer = _texts(document, spaced=spaced)
            writer.add_document(tantivy.Document(id=document.id, question=question, answer=answer))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, text: str, most: int) -> Sequence[str]:
        """Ids of what `text` finds, best first."""
        query, _ = self._index.parse_query_lenient(space_han(text) if self._spaced else text, list(BOTH))
        return [
            str(self._searcher.doc(address).get_first("id")) for _, address in self._searcher.search(query, most).hits
        ]
