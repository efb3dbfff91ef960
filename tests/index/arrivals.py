"""Invented inputs for the archive: what a parser would have made of a file, without a parser."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from index.parsers import Parsed
from index.sources import Source
from search.model import Briefing, Item, Problem, Turn
from tests.invented import answer

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka", "hu")


def prose(seed: str, words: int = 60) -> str:
    """Invented words, the same for the same seed, and no three in a row the same for another."""
    random = Random(seed)
    return " ".join("".join(random.choices(_SYLLABLES, k=4)) for _ in range(words))


def items(*seeds: str) -> tuple[Item, ...]:
    """An answer for each seed, numbered as a parser does; the same seed gives the same words."""
    return tuple(answer(n, prose(f"{seed} asked", 20), prose(seed)) for n, seed in enumerate(seeds, 1))


def text(*seeds: str, day: str = "2024-03-04", title: str = "Regular Press Briefing") -> Briefing:
    """A briefing with an answer for each seed."""
    return Briefing(f"xv-mfa/en/{day}", "xv-mfa", "en", date.fromisoformat(day), title, items(*seeds))


def change(briefing: Briefing, n: int, word: str = "amended") -> Briefing:
    """`briefing` with one more word at the end of what was said in item `n`."""

    def amend(item: Item) -> Item:
        last: Turn = item.turns[-1]
        return replace(item, turns=(*item.turns[:-1], last._replace(text=f"{last.text} {word}")))

    return replace(briefing, items=tuple(amend(i) if i.n == n else i for i in briefing.items))


def arrival(
    briefing: Briefing, url: str | None = None, *, data: bytes | None = None, problems: tuple[Problem, ...] = ()
) -> Parsed:
    """`briefing` as parsed from a file; its bytes are its own text unless `data` says otherwise."""
    content = repr(briefing).encode() if data is None else data
    source = Source(f"{url or briefing.title}.html", content, hashlib.sha256(content).hexdigest(), url)
    return Parsed(source, replace(briefing, url=url, file=source.file, problems=problems), problems)


def refused(file: str = "empty.txt") -> Parsed:
    """An input that is no transcript."""
    source = Source(file, b"", hashlib.sha256(b"").hexdigest())
    return Parsed(source, None, (Problem("empty", "refused", "the file is empty"),))
