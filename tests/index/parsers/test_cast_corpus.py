"""The real transcripts of the White House and of Mexico's presidency, where they are at hand.

A sample, drawn by the hash of the file's name, is read in every run; all of them with the mark `soak`.
"""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from index.authority.tables import load_authority
from index.parsers import parse_source
from index.sources import Source, iter_sources
from search.model import Briefing

FOLDERS = {"us-white-house": 60, "mx-presidencia": 40}
NO_TRANSCRIPTS = ("announces-members-of-the-biden-harris", "framework-for-climate-resilience")
"""Statements without a speaker's label; they are refused."""


def drawn(corpus: Path, publisher: str, count: int | None) -> Iterator[tuple[Source, Briefing | None]]:
    """Sources of a publisher's folder with what became of them; `count` of them, or all."""
    authority = load_authority()
    sources = [s for s in iter_sources([corpus / "data" / publisher]) if isinstance(s, Source)]
    sources.sort(key=lambda s: sha256(Path(s.file).name.encode()).hexdigest())
    for source in sources[:count]:
        yield source, parse_source(source, authority).briefing


def check(source: Source, briefing: Briefing | None, publisher: str) -> None:
    """What must hold of every real transcript."""
    if any(name in source.file for name in NO_TRANSCRIPTS):
        assert briefing is None
        return
    assert briefing is not None, source.file
    assert briefing.publisher == publisher
    assert said(briefing) == printed(source.data.decode()), source.file
    assert all(item.turns[0].text for item in briefing.items)
    if publisher == "us-white-house":
        assert briefing.url is not None
        published = date.fromisoformat(Path(source.file).name[:10])
        assert timedelta() <= published - briefing.date <= timedelta(days=3)


def said(briefing: Briefing) -> str:
    """All characters of a record but white space and colons, in order, labels included."""
    return bare("".join((turn.label or "") + turn.text for item in briefing.items for turn in item.turns))


def printed(text: str) -> str:
    """The same of a file, its markup taken off by other means than the parser's."""
    if not text.startswith("---"):
        lines = text.split("\n")[1:]
        return bare("".join(line for line in lines if line not in ("---", "gob.mx/presidencia")))
    body = re.sub(r"(?s)\A---\n.*?\n---\n", "", text)
    body = re.sub(r"<(https?:[^<>]*|[^<>\s@]+@[^<>\s]+)>", r"\1", body)
    body = re.sub(r"<s>([^<>]*)</s>", r"~~\1~~", body)
    body = re.sub(r"(?s)<!--.*?-->|</?[a-zA-Z][^<>]*>", "", body)
    body = re.sub(r"(?m)^-   |^#+ ", "", body)
    body = re.sub(r"(?<!\\)\[([^\[\]]*)(?<!\\)\]\([^()\s]*\)", r"\1", body)
    body = re.sub(r"(?<!\\)\*+", "", body)
    return bare(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", body)))


def bare(text: str) -> str:
    """A text without white space, colons, and what nobody sees."""
    return re.sub(r"[\s:\u200b\u2060\u00ad\ufeff]", "", text)


@pytest.mark.parametrize("publisher", FOLDERS)
def test_no_character_is_lost_or_invented(corpus: Path, publisher: str) -> None:
    """Every character of the body comes back once, in its place, under its publisher and day."""
    for source, briefing in drawn(corpus, publisher, FOLDERS[publisher]):
        check(source, briefing, publisher)


@pytest.mark.soak
@pytest.mark.parametrize("publisher", FOLDERS)
def test_no_character_of_any_transcript_is_lost_or_invented(corpus: Path, publisher: str) -> None:
    """The same of all of them."""
    for source, briefing in drawn(corpus, publisher, None):
        check(source, briefing, publisher)


def test_who_speaks_is_known_by_a_whole_name(corpus: Path) -> None:
    """Nearly all that is said at the White House is said by somebody with a first name."""
    turns = [
        turn
        for _, briefing in drawn(corpus, "us-white-house", FOLDERS["us-white-house"])
        if briefing
        for item in briefing.items
        for turn in item.turns
        if turn.speaker
    ]
    partial = [t for t in turns if re.match(r"(?:Mr|Ms|Dr|Mrs)\.? ", t.speaker or "")]
    assert len(turns) > 2_000
    assert len(partial) < 0.02 * len(turns)
