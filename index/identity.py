"""Which briefing a text belongs to, as pure functions over the texts of one day.

Here belong addresses, likeness of texts and the settling of a day; no file, no database. The one decision: a day is
settled as a whole, from all its texts at once, so that the ids do not depend on the order in which files arrived.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from urllib.parse import urlsplit

from search.model import Briefing
from search.text import iter_tokens

ALIAS_ABOVE = 0.9
"""Share of common words above which two texts of a day are one briefing, published twice."""

DIFFERENT_BELOW = 0.5
"""Share of common word triples below which two texts of a day are two briefings.

Triples, because unrelated briefings of one day share half of their single words and more (up to 0.75 among 257 real
pairs) and few triples (at most 0.26), whereas a briefing published twice has at least 0.8. The share is of the shorter
text, so that a truncated page is not taken for another briefing.
"""

AddressOrder = tuple[tuple[int, int, str], ...]


def address_key(url: str) -> str:
    """What of an address tells pages apart: host and path and query, without scheme, fragment or final slash."""
    parts = urlsplit(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def address_order(key: str | None, title: str) -> AddressOrder:
    """A sort key: unknown addresses first, by title; numbers in an address by their value (`t999` before `t1000`)."""
    head = (0, 0, title) if key is None else (1, 0, "")
    pieces = re.findall(r"[0-9]+|[^0-9]+", key or "")
    return (head, *((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in pieces))


def briefing_id(publisher: str, language: str, day: date, ordinal: int = 1) -> str:
    """The readable id of a day's `ordinal`-th briefing: `cn-mfa/en/2024-02-08`, `cn-mfa/en/2024-02-08-2`."""
    return f"{publisher}/{language}/{day.isoformat()}" + (f"-{ordinal}" if ordinal > 1 else "")


def day_of_id(id: str) -> date:
    """The day that a briefing's id names."""
    return date.fromisoformat(id.split("/")[2][:10])


@dataclass(frozen=True)
class Words:
    """How often each word, and each run of three words, stands in a text."""

    single: Counter[str] = field(default_factory=Counter)
    triples: Counter[tuple[str, ...]] = field(default_factory=Counter)


def count_words(briefing: Briefing) -> Words:
    """The folded words of all turns, notes included."""
    single: Counter[str] = Counter()
    triples: Counter[tuple[str, ...]] = Counter()
    for item in briefing.items:
        for turn in item.turns:
            words = [token.terms[0] for token in iter_tokens(turn.text)]
            single.update(words)
            triples.update(zip(words, words[1:], words[2:], strict=False))
    return Words(single, triples)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of common words, 0 to 1, the same both ways (Dice 1945, over multisets); two empty texts are alike."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def overlap(one: Words, other: Words) -> float:
    """The share of the shorter text's word triples that the other has too; of single words, if one has no triple."""
    if one.triples and other.triples:
        return (one.triples & other.triples).total() / min(one.triples.total(), other.triples.total())
    return likeness(one.single, other.single)


@dataclass(frozen=True)
class Page:
    """A text as one address gives it, on the day that is being settled.

    Attributes:
        key: the archive's key of the page.
        address: its address (`address_key`), `None` if it is not known.
        title: its title.
        words: its words; they are not looked at if it is alone on its day.
        briefing: the archive's key of the briefing that it is a text of, `None` while that is open.
        joined: a librarian said that it is a text of that briefing, however little it is like the others.
        digests: of all files that it gave and that were not held back.
    """

    key: int
    address: str | None
    title: str
    words: Words
    briefing: int | None = None
    joined: bool = False
    digests: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[AddressOrder, int]:
        """Its place among the day's pages."""
        return address_order(self.address, self.title), self.key


@dataclass(frozen=True)
class Cluster:
    """The pages, in address order, that give one briefing, and its key if it has one. The last page's text counts."""

    pages: tuple[Page, ...]
    briefing: int | None

    @property
    def order(self) -> tuple[AddressOrder, int]:
        """Its place among the day's briefings: that of its first known address; a page without one does not count."""
        return min(self.pages, key=lambda p: (p.address is None, p.order)).order


@dataclass(frozen=True)
class Doubt:
    """A page that may give the same briefing as the page `like`, or may not; `share` of its triples are common."""

    page: Page
    like: Page
    share: float


@dataclass(frozen=True)
class Settlement:
    """A day, settled: its briefings in address order, and the pages of which a librarian must say what they are."""

    clusters: tuple[Cluster, ...]
    doubts: tuple[Doubt, ...]


def settle(pages: Sequence[Page]) -> Settlement:
    """Which pages of one day are one briefing.

    Pages with more than nine words in ten in common are one briefing, unless they already stand under two. A page that
    has no briefing yet and is neither that nor clearly different from those that stand is in doubt; it never displaces
    what is published.
    """
    ordered = sorted(pages, key=lambda p: p.order)
    clusters = _clusters(ordered)
    placed = [c for c in clusters if c.briefing is not None]
    placed += [c for c in clusters if c.briefing is None and any(p.briefing is not None for p in c.pages)]
    doubts: list[Doubt] = []
    for cluster in (c for c in clusters if all(p.briefing is None for p in c.pages)):
        shares = [
            Doubt(page, other, overlap(page.words, other.words))
            for page in cluster.pages
            for standing in placed
            for other in standing.pages
        ]
        worst = max(shares, key=lambda d: d.share, default=None)
        if worst and worst.share >= DIFFERENT_BELOW:
            doubts += [Doubt(page, worst.like, worst.share) for page in cluster.pages]
        else:
            placed.append(cluster)
    return Settlement(tuple(sorted(placed, key=lambda c: c.order)), tuple(doubts))


def _clusters(ordered: Sequence[Page]) -> list[Cluster]:
    """Pages joined by a librarian or by a file that both gave, then by likeness, most alike first.

    A briefing that fell apart stays with its first address.
    """
    group: dict[int, list[Page]] = {page.key: [page] for page in ordered}
    pairs = list(combinations(ordered, 2))
    told = [(a, b) for a, b in pairs if (a.joined or b.joined) and a.briefing == b.briefing]
    told += [(a, b) for a, b in pairs if a.digests & b.digests]
    likes = [(likeness(a.words.single, b.words.single), a, b) for a, b in pairs]
    alike = sorted((p for p in likes if p[0] > ALIAS_ABOVE), key=lambda p: -p[0])
    for a, b in (*told, *((a, b) for _, a, b in alike)):
        one, other = group[a.key], group[b.key]
        if one is not other and len({p.briefing for p in one + other} - {None}) < 2:
            one += other
            group |= {page.key: one for page in other}
    clusters: list[Cluster] = []
    taken: set[int] = set()
    for members in {id(m): m for m in group.values()}.values():
        pages = tuple(sorted(members, key=lambda p: p.order))
        briefing = next((p.briefing for p in pages if p.briefing not in taken and p.briefing is not None), None)
        if briefing is not None:
            taken.add(briefing)
        clusters.append(Cluster(pages, briefing))
    return clusters


def assign_ordinals(clusters: Sequence[Cluster], reserved: Mapping[int, int]) -> list[int]:
    """The ordinal of each of a day's briefings, in address order, leaving out those that redirect elsewhere.

    `reserved` gives, for an ordinal that is a redirect's for good, the key of the briefing it leads to.
    """
    ordinals: list[int] = []
    for cluster in clusters:
        ordinal = ordinals[-1] + 1 if ordinals else 1
        while ordinal in reserved and reserved[ordinal] != cluster.briefing:
            ordinal += 1
        ordinals.append(ordinal)
    return ordinals
