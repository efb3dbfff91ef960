"""Names that texts have and the authority has not: the list that librarians review, most frequent first.

Here belong the counting of them over all briefings and the table that a spreadsheet opens. Finding them belongs to
`index.sightings`, what becomes of the table to `index.promotion`. The one decision: likeness of names only suggests.
Nothing is taken for the same but what is written the same, case and diacritics apart.
"""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from index.authority.lint import PREFIXES
from index.authority.rows import ENTITY_COLUMNS, IS_ID, EntityRow, label_key, straight
from index.authority.synonyms import initials
from index.sightings import Sighting
from search.model import Briefing, EntityType, Item, item_id
from search.sheets import safe_cell
from search.text import HAN, fold

COLUMNS = ("accept", *ENTITY_COLUMNS, "count", "briefings", "first", "last", "contexts", "suggestions")
"""The columns of the list: those that `promote` reads, then what helps to decide."""

CONTEXT = 45
"""Characters of the text that a context shows on either side of the name."""

SUGGESTED = 3
"""The most rows that are suggested for a name."""

LIKENESS = 0.5
"""How like a row's name has to be (Dice 1945, of runs of letters), between 0 and 1, to be suggested."""

_HAN = re.compile(rf"[{HAN}]")


@dataclass(slots=True)
class _Tally:
    """What is counted of a name while briefings go by."""

    id: str
    type: EntityType
    labels: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    count: int = 0
    briefings: int = 0
    last_briefing: str = ""
    first: date = date.max
    last: date = date.min
    context: str = ""
    latest: deque[str] = field(default_factory=lambda: deque(maxlen=2))

    def add(self, sighting: Sighting, briefing: Briefing, items: Mapping[int, Item]) -> None:
        """Count one more."""
        self.count += 1
        self.labels[sighting.label] += 1
        if (title := sighting.surface.removesuffix(sighting.label).strip()) and title != sighting.surface.strip():
            self.titles[title] += 1
        if briefing.id != self.last_briefing:
            self.briefings += 1
            self.last_briefing = briefing.id
            self.first, self.last = min(self.first, briefing.date), max(self.last, briefing.date)
            context = context_of(items[sighting.item], sighting, briefing.id)
            if self.context:
                self.latest.append(context)
            else:
                self.context = context


@dataclass(frozen=True, slots=True)
class Counted:
    """A name of the review list, with what helps to decide about it.

    Attributes:
        id: the one proposed; "" where the name has letters of which none can be made.
        label: as it is printed most often.
        aliases: the other ways in which it is printed, most frequent first; in them, case and diacritics differ.
        titles: what stands before it.
        count: how often it is mentioned.
        briefings: in how many briefings.
        contexts: up to three snippets, each of another briefing: the first one, and the last ones.
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...]
    titles: tuple[str, ...]
    count: int
    briefings: int
    first: date
    last: date
    contexts: tuple[str, ...]


def find_candidates(sighted: Iterable[tuple[Briefing, Iterable[Sighting]]], known: Collection[str]) -> list[Counted]:
    """The names that were seen in briefings, most frequent first; `known` are the ids of all rows."""
    tallies: dict[tuple[str, str], _Tally] = {}
    for briefing, sightings in sighted:
        items = {item.n: item for item in briefing.items}
        for sighting in sightings:
            id = sighting.id if IS_ID.fullmatch(sighting.id) else propose_id(sighting.type, sighting.label)
            key = (sighting.type, id or label_key(sighting.label))
            tallies.setdefault(key, _Tally(id, sighting.type)).add(sighting, briefing, items)
    counted = [_counted(tally, known) for tally in tallies.values()]
    return sorted(counted, key=lambda c: (-c.count, -c.briefings, c.type, c.label))


def propose_id(type: EntityType, label: str) -> str:
    """An id for a new row; "" where the name is not written in Latin letters."""
    name = slug(label)
    return f"{PREFIXES[type]}-{name}" if name else ""


def slug(label: str) -> str:
    """`label` in the letters of an id: small, without diacritics, a hyphen between two words; "" if it has others."""
    folded = fold(straight(label)).replace("'", "").replace(".", "")
    return "" if not folded.isascii() else "-".join(re.findall("[a-z0-9]+", folded))


def context_of(item: Item, sighting: Sighting, briefing: str) -> str:
    """The words around a name, which stands in brackets, and the item's id."""
    text = {"question": item.question, "answer": item.answer, "text": item.text}[sighting.where]
    before, name, after = text[: sighting.start], text[sighting.start : sighting.end], text[sighting.end :]
    cut_before, cut_after = len(before) > CONTEXT, len(after) > CONTEXT
    snippet = f"{before[-CONTEXT:]}[{name}]{after[:CONTEXT]}"
    snippet = ("…" if cut_before else "") + " ".join(snippet.split()) + ("…" if cut_after else "")
    return f"{snippet} ({item_id(briefing, item.n)})"


def _counted(tally: _Tally, known: Collection[str]) -> Counted:
    (label, *others) = [label for label, _ in tally.labels.most_common()]
    id, number = tally.id, 1
    while id in known:
        number += 1
        id = f"{tally.id}-{number}"
    titles = tuple(title for title, _ in tally.titles.most_common()) if tally.type == "person" else ()
    contexts = tuple(filter(None, (tally.context, *tally.latest)))
    return Counted(
        id, tally.type, label, tuple(others), titles, tally.count, tally.briefings, tally.first, tally.last, contexts
    )


class LikeNames:
    """Finds the rows of the authority that have a name like a given one. Make it once."""

    def __init__(self, rows: Iterable[EntityRow]) -> None:
        self._ids: list[str] = []
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_initials: dict[str, set[str]] = {}
        for row in rows:
            for name in row.names if "block" not in row.flags else ():
                self._by_name.setdefault(name, set()).add(row.id)
                self._by_initials.setdefault(initials(name), set()).add(row.id)
                grams = _grams(name)
                for gram in grams:
                    self._holders.setdefault(gram, []).append(len(self._ids))
                self._ids.append(row.id)
                self._sizes.append(len(grams))

    def find(self, name: str) -> tuple[str, ...]:
        """The ids of the rows most like `name`, the likest first; those that it abbreviates, or that do so, too."""
        grams = _grams(name)
        shared = Counter(chain.from_iterable(self._holders.get(gram, ()) for gram in grams))
        likeness: dict[str, float] = {}
        for place, count in shared.items():
            like = 2 * count / (len(grams) + self._sizes[place])
            likeness[self._ids[place]] = max(like, likeness.get(self._ids[place], 0))
        for short, rows in ((initials(name), self._by_name), (straight(name), self._by_initials)):
            if len(short) > 1:
                likeness.update(dict.fromkeys(rows.get(short, ()), 1.0))
        found = sorted((id for id, like in likeness.items() if like >= LIKENESS), key=lambda id: (-likeness[id], id))
        return tuple(found[:SUGGESTED])


def _grams(name: str) -> frozenset[str]:
    """Runs of three letters of a name, or of two where it is in Han, which says more with each."""
    key = f" {label_key(name)} "
    size = 2 if _HAN.search(key) else 3
    return frozenset(key[i : i + size] for i in range(len(key) - size + 1))


def review_table(counted: Iterable[Counted], like: LikeNames) -> str:
    """The review list as CSV, each cell safe in spreadsheets; what `promote` reads is empty or may stay as it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in counted:
        cells = {
            "id": one.id,
            "type": one.type,
            "label": one.label,
            "aliases": "|".join(one.aliases),
            "titles": "|".join(one.titles),
            "count": f"{one.count}",
            "briefings": f"{one.briefings}",
            "first": f"{one.first}",
            "last": f"{one.last}",
            "contexts": " | ".join(one.contexts),
            "suggestions": " ".join(like.find(one.label)),
        }
        writer.writerow([safe_cell(cells.get(name, "")) for name in COLUMNS])
    return out.getvalue()
