"""What finds names, as tests want it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.sightings import RawCandidate
from search.model import Briefing, EntityType, Mention


@dataclass(frozen=True)
class Raw:
    """A name that a rule found."""

    surface: str
    type: EntityType
    where: Literal["question", "answer", "text"]
    start: int
    end: int
    item: int


class Finder:
    """Finds given names everywhere: `seen` are persons whom readers see already, by how they are printed."""

    def __init__(self, names: Mapping[str, EntityType], seen: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.names = names
        self.seen = seen or {}

    def tag_briefing(self, given: Briefing) -> Mapping[int, tuple[Mention, ...]]:
        """Mentions of those whom readers see, and of a row."""
        found: dict[int, tuple[Mention, ...]] = {}
        for item in given.items:
            of_row = Mention("org-wkf", "WKF", "organisation", "answer", 0, 1, "W")
            mentions = [
                Mention(id, label, "person", raw.where, raw.start, raw.end, printed)
                for printed, (id, label) in self.seen.items()
                for raw in find(given, printed, "person")
                if raw.item == item.n
            ]
            found[item.n] = (of_row, *mentions)
        return found

    def candidates(self, given: Briefing) -> tuple[RawCandidate, ...]:
        """All others."""
        return tuple(raw for name, type in self.names.items() for raw in find(given, name, type))


def find(given: Briefing, name: str, type: EntityType) -> list[Raw]:
    """Every place of a name in a briefing."""
    found = []
    for item in given.items:
        texts: list[tuple[Literal["question", "answer", "text"], str]] = [
            ("question", item.question),
            ("answer", item.answer),
            ("text", item.text),
        ]
        for where, text in texts:
            start = text.find(name)
            while start >= 0:
                found.append(Raw(name, type, where, start, start + len(name), item.n))
                start = text.find(name, start + 1)
    return found
