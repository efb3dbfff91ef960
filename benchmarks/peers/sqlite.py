"""SQLite's FTS5: its MATCH is run once a page into a temporary table, from which everything is counted.

Values are numbers in tables of pairs, so that counting reads integers; the statements are prepared once, the index is
optimised after it was filled, and the tables are analysed. Words are not stemmed: its one stemmer would serve phrases
badly. It comes twice: as its planner joins, which cannot know how much a query finds and reads whole tables; and with
the order of joins said by hand, where a query finds little.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.peers import FACETS, HITS, VALUES, Made, space_han, words_of
from benchmarks.queries import Question
from search.model import Document
from search.query import All, And, DateRange, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Run, Scope, Term, Wildcard
from search.schema import FIELD

BOTH = ("question", "answer")
MARKS = "'<b>', '</b>', '…', 40"
"""What snippet() puts around a match, and how many tokens it shows."""
FEW = 4
"""Where a query finds less than one document in so many, counting begins with what it found."""
WEIGHTS = ", ".join(str(FIELD[name].weight) for name in BOTH)

Condition = tuple[str, list[Any]]


class Sqlite:
    """A database in a file."""

    name = "SQLite FTS5"

    def __init__(self, file: Path, documents: Iterable[Document]) -> None:
        self.ordered = False
        self._db = sqlite3.connect(file, isolation_level=None, cached_statements=512)
        for line in ("page_size = 8192", "journal_mode = WAL", "temp_store = MEMORY", "cache_size = -262144"):
            self._db.execute(f"PRAGMA {line}")
        self._db.execute("PRAGMA mmap_size = 2147483648")
        tables = [
            "CREATE VIRTUAL TABLE words USING fts5(question, answer, tokenize = 'unicode61 remove_diacritics 2')",
            "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
            "CREATE TABLE document (n INTEGER PRIMARY KEY, id, briefing, title, day INTEGER, month INTEGER)",
            "CREATE TABLE value (n INTEGER PRIMARY KEY, field TEXT, value TEXT, UNIQUE (field, value))",
            *(f"CREATE TABLE {name} (document INTEGER, value INTEGER)" for name in FACETS),
        ]
        self._db.execute("BEGIN")
        for table in tables:
            self._db.execute(table)
        self._values: dict[tuple[str, str], int] = {}
        self._documents = 0
        for document in documents:
            self._documents += 1
            self._insert(self._documents, document)
        self._db.executemany("INSERT INTO value VALUES (?, ?, ?)", [(n, *key) for key, n in self._values.items()])
        for name in FACETS:
            self._db.execute(f"CREATE UNIQUE INDEX {name}_of ON {name} (document, value)")
            self._db.execute(f"CREATE UNIQUE INDEX {name}_by ON {name} (value, document)")
        self._db.execute("CREATE INDEX by_day ON document (day)")
        self._db.execute("CREATE INDEX by_briefing ON document (briefing)")
        self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.execute("ANALYZE")
        self._db.execute("CREATE TEMP TABLE hit (n INTEGER PRIMARY KEY, score REAL)")

    def by_hand(self) -> "Sqlite":
        """The same, with the order of joins said by hand."""
        other = copy(self)
        other.name, other.ordered = f"{self.name}, joined by hand", True
        return other

    def _insert(self, n: int, document: Document) -> None:
        texts = ["\n\n".join(FIELD[name].values(document)) for name in BOTH]
        if document.language == "zh":
            texts = [space_han(text) for text in texts]
        self._db.execute("INSERT INTO words (rowid, question, answer) VALUES (?, ?, ?)", (n, *texts))
        day = document.date
        row = (n, document.id, document.briefing, document.title, day.toordinal(), day.year * 12 + day.month)
        self._db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", row)
        for name in FACETS:
            for value in dict.fromkeys(FIELD[name].values(document)) or ("",):
                number = self._values.setdefault((name, value), len(self._values) + 1)
                self._db.execute(f"INSERT INTO {name} VALUES (?, ?)", (n, number))  # noqa: S608 (our own names)

    def page(self, question: Question) -> Made:
        """The page: one MATCH, then counts from what it found."""
        match, conditions = self._translate(question.query)
        conditions += _days("day", question.selection.since, question.selection.until)
        picks = self._picks(question)
        score = f"bm25(words, {WEIGHTS})" if match and question.is_ranked else "0"
        total = self._fill(match, [*conditions, *picks.values()], score)
        order = "score" if question.is_ranked else "day DESC"
        best = self._db.execute(
            f"SELECT n, id, title, day FROM hit CROSS JOIN document USING (n) ORDER BY {order}, n LIMIT {HITS}"  # noqa: S608
        ).fetchall()
        snippets = sum(self._snippets(match, [row[0] for row in best]))
        join = self._join(total)
        bars = self._db.execute(f"SELECT month, count(*) FROM hit {join} document USING (n) GROUP BY month").fetchall()  # noqa: S608
        values = sum(len(self._count(name, join)) for name in FACETS if name not in picks)
        for name in picks:
            found = self._fill(match, [*conditions, *(one for field, one in picks.items() if field != name)], "0")
            values += len(self._count(name, self._join(found)))
        return Made(total, len(best), snippets, values, len(bars))

    def _join(self, found: int) -> str:
        """How to join what was found with what is counted."""
        return "CROSS JOIN" if self.ordered and found * FEW < self._documents else "JOIN"

    def _fill(self, match: str, conditions: Sequence[Condition], score: str) -> int:
        """Put what matches into the temporary table; how much that is."""
        self._db.execute("DELETE FROM hit")
        where = " AND ".join(condition for condition, _ in conditions) or "1"
        arguments = [argument for _, given in conditions for argument in given]
        if not match:
            return self._db.execute(f"INSERT INTO hit SELECT n, 0 FROM document WHERE {where}", arguments).rowcount  # noqa: S608
        return self._db.execute(
            f"INSERT INTO hit SELECT words.rowid, {score} FROM words CROSS JOIN document "  # noqa: S608
            f"ON document.n = words.rowid WHERE words MATCH ? AND {where}",
            [match, *arguments],
        ).rowcount

    def _count(self, name: str, join: str) -> list[tuple[str, int]]:
        counted = (
            f"SELECT {name}.value AS number, count(*) AS times FROM hit {join} {name} ON {name}.document = hit.n "  # noqa: S608
            f"GROUP BY {name}.value ORDER BY times DESC LIMIT {VALUES}"
        )
        return self._db.execute(
            f"SELECT value.value, times FROM ({counted}) CROSS JOIN value ON value.n = number"  # noqa: S608
        ).fetchall()

    def _snippets(self, match: str, numbers: Sequence[int]) -> Iterator[int]:
        """How many snippets there are of each hit."""
        cut = f"snippet(words, 0, {MARKS}), snippet(words, 1, {MARKS})"
        for number in numbers:
            if match:
                row = self._db.execute(f"SELECT {cut} FROM words WHERE words MATCH ? AND rowid = ?", (match, number))  # noqa: S608
            else:
                row = self._db.execute(
                    "SELECT substr(question, 1, 240), substr(answer, 1, 240) FROM words WHERE rowid = ?", (number,)
                )
            yield sum(text is not None for text in row.fetchone())

    def _picks(self, question: Question) -> dict[str, Condition]:
        """The conditions of a selection, by field."""
        picks: dict[str, Condition] = {}
        for word, chosen in (("IN", question.selection.include), ("NOT IN", question.selection.exclude)):
            for name, values in chosen.items():
                numbers = [self._values.get((name, value), 0) for value in values]
                marks = ", ".join("?" * len(numbers))
                condition = f"document.n {word} (SELECT document FROM {name} WHERE value IN ({marks}))"  # noqa: S608
                before, given = picks.get(name, ("1", []))
                picks[name] = (f"{before} AND {condition}", [*given, *numbers])
        return picks

    def _translate(self, query: Query) -> tuple[str, list[Condition]]:
        """What MATCH is given ("" for nothing), and what WHERE is."""
        positive: list[str] = []
        negative: list[str] = []
        conditions: list[Condition] = []
        for child in query.children if isinstance(query, And) else (query,):
            match child:
                case All():
                    pass
                case DateRange(since, until):
                    conditions += _days("day", since, until)
                case Scope("briefing", str() as value):
                    conditions.append(("briefing = ?", [value]))
                case Not(Scope("briefing", str() as value)):
                    conditions.append(("briefing <> ?", [value]))
                case Not(inner):
                    negative.append(self._match(inner))
                case _:
                    positive.append(self._match(child))
        if negative and not positive:
            raise ValueError(f"FTS5 has no query that only excludes: {query}")
        text = " AND ".join(f"({one})" for one in positive)
        for one in negative:
            text = f"({text}) NOT ({one})"
        return text, conditions

    def _match(self, node: Query) -> str:
        """The words of MATCH for a node."""
        match node:
            case Term(text):
                return _quoted(words_of(text))
            case Phrase(words) | Run(words):
                return _quoted(words)
            case Near(words, distance):
                return f"NEAR({' '.join(_quoted([word]) for word in words)}, {distance})"
            case Prefix(text):
                return f"{_quoted([text])} *"
            case Wildcard(pattern):
                return self._expanded(pattern.lower())
            case Or(children):
                return " OR ".join(f"({self._match(child)})" for child in children)
            case And(children):
                return " AND ".join(f"({self._match(child)})" for child in children)
            case Scope(name, Query() as child) if name in BOTH:
                return f"{name} : ({self._match(child)})"
            case Fuzzy():
                raise ValueError(f"FTS5 has no fuzzy search: {node}")
        raise ValueError(f"FTS5 is not asked {node}")

    def _expanded(self, pattern: str) -> str:
        """The words of the vocabulary that fit a pattern, any of them."""
        head = re.split(r"[*?]", pattern, maxsplit=1)[0]
        rows = self._db.execute(
            "SELECT term FROM vocabulary WHERE term >= ? AND term < ? AND term GLOB ?",
            (head, f"{head}\U0010ffff", pattern),
        )
        return " OR ".join(_quoted([term]) for (term,) in rows) or _quoted([pattern])


def _quoted(words: Sequence[str]) -> str:
    text = space_han(" ".join(words)).replace('"', "")
    return f'"{text}"'


def _days(name: str, since: date | None, until: date | None) -> list[Condition]:
    found: list[Condition] = []
    if since:
        found.append((f"{name} >= ?", [since.toordinal()]))
    if until:
        found.append((f"{name} <= ?", [until.toordinal()]))
    return found
