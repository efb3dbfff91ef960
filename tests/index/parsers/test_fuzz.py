"""Pages with bytes flipped, tags put in, pieces lost, repeated and blown up: none crashes, hangs or is half read."""

import gc
import random
import re
from collections import Counter
from collections.abc import Iterator
from time import process_time

import pytest

from index.parsers import PROFILES, Parsed, parse_source
from index.parsers import _read as read_page  # what the parser itself sees of a page is what must come back
from search.model import Problem
from tests.corpus.cases import read_cases
from tests.index.parsers.pages import AUTHORITY, SAMPLES, source

LONGEST = 1.0
"""Seconds of the processor's time that one page may take."""

PIECES = [
    b"<p>", b"</p>", b"<div>", b"</div>", b"<b>", b"<br>", b"<table><tr><td>", b"<!--", b"-->", b"<script>", b"<title>",
    b"\n---\n", b"---\ntitle: x\n---\n", b"Q: ", b"\nA: ", b"Q\xc2\xa0\xc2\xa0 ", b"MS. VALE: ", b"INTERLOCUTOR\n",
    b"\xef\xbc\x9a", b"\xe8\xbf\xbd\xe9\x97\xae\xef\xbc\x9a", b"(", b")", b"J. J. ", b"NATO: ", b"* * *", b"&nbsp;",
    b"&#0;", b"<s>", b"[", b"](", b"`", b"_", b"\\", b"\xff", b"\x00", b"\r", b"\xe2\x80\x8b", b"\xf0\x9f\x9a\xa2",
    b"2024-02-30",
]  # fmt: skip


def mutated(count: int) -> Iterator[tuple[bytes, str | None]]:
    """So many pages made from the invented ones, the same in every run, with the publisher that may be stated."""
    chance = random.Random(count)
    samples = [p.read_bytes() for p in sorted(SAMPLES.iterdir()) if p.suffix in (".html", ".txt")]
    seeds = [(data, "xv-mfa") for data in samples] + [(c.text.encode(), c.publisher) for c in read_cases()]
    for _ in range(count):
        data, publisher = chance.choice(seeds)
        page = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            _mutate(page, chance)
        yield bytes(page), publisher if chance.random() < 0.7 else None


def _mutate(page: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(page) + 1)
    end = min(len(page), at + chance.randint(1, 400))
    match chance.randrange(6):
        case 0:
            page[at:end] = b""
        case 1:
            page[at:at] = page[at:end] * chance.randint(1, 5)
        case 2 if at < len(page):
            page[at] ^= 1 << chance.randrange(8)
        case 3:
            page[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 2, 30, 3_000))
        case 4:
            page[at:at] = page[at : at + 12] * chance.choice((2, 100, 10_000))
        case _:
            page[at:at] = chance.choice(PIECES)


def characters(text: str) -> Counter[str]:
    """How often each character stands in a text, white space, what nobody sees, and a label's marks apart."""
    return Counter(re.sub(r"[\s:\uff1a.\u200b-\u200f\u2060\ufeff\u00ad]", "", text))


def is_whole(page: bytes, publisher: str | None, parsed: Parsed) -> bool:
    """Whether a briefing is there exactly if nothing was refused, and holds the page's characters, each once."""
    if any(p.severity == "refused" for p in parsed.problems) is not (parsed.briefing is None):
        return False
    if parsed.briefing is None:
        return True
    read = read_page(source(page), publisher, PROFILES)
    if isinstance(read, Problem):
        return False
    has_separators = read.profile.labels == "cast-lines"
    said = ((t.label or "") + t.text for item in parsed.briefing.items for t in item.turns)
    expected, found = characters("".join(read.paragraphs)), characters("".join(said))
    if has_separators:  # a single line of hyphens is somebody's, several are markup
        expected.pop("-", None)
        found.pop("-", None)
    return expected == found and parsed.briefing.problems == parsed.problems


def check(count: int) -> None:
    """Every one of so many pages."""
    gc.freeze()  # what other tests have left is not looked through while a page is timed
    for n, (page, publisher) in enumerate(mutated(count)):
        begun = process_time()
        parsed = parse_source(source(page), AUTHORITY, publisher)
        assert process_time() - begun < LONGEST, (n, len(page))
        assert is_whole(page, publisher, parsed), (n, publisher, page[:200])


def test_mutated_pages_are_read_whole_or_refused() -> None:
    """A few in every run."""
    check(300)


@pytest.mark.fuzz
def test_ten_thousand_mutated_pages_are_read_whole_or_refused() -> None:
    """The same, for long."""
    check(10_000)
