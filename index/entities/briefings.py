"""A briefing's mentions: the names that are printed, what rules find beside them, and who a short form means.

The one decision: what is in the authority wins, but for an abbreviation that the briefing defines itself. Beside it,
what is shown to readers are persons with a full name, and bodies and events of which a word is their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.authority.rows import straight
from index.authority.tables import Authority
from index.entities.bodies import iter_bodies
from index.entities.definitions import iter_definitions, iter_uses
from index.entities.names import Names
from index.entities.national import iter_small
from index.entities.people import COMMON_SURNAMES, Person, gather, iter_short
from index.entities.persons import NameRules, PersonName, iter_titled
from index.entities.spans import Span, Where, made_id, touching
from index.entities.titled_works import iter_titled_works
from search.model import Briefing, EntityType, Item, Mention


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a rule found, that no row has and no reader sees: `surface` at `[start, end)` of a text of `item`."""

    surface: str
    type: EntityType
    where: Where
    start: int
    end: int
    item: int


@dataclass(frozen=True, slots=True)
class _Text:
    """One of an item's texts."""

    item: int
    where: Where
    text: str
    plain: str


class Tagger:
    """Finds the entities of briefings and texts. Make it once: it holds an automaton of all names."""

    def __init__(self, authority: Authority) -> None:
        self._names = Names(authority)
        self._rules = NameRules(authority.personal)
        self._personal = authority.personal
        self._people = {
            row.id: row.label for row in authority.entities if row.type == "person" and not _is_silent(row.flags)
        }
        self._by_label = {(row.type, row.label): row.id for row in authority.entities if not _is_silent(row.flags)}
        self._titled: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in authority.entities:
            if row.id in self._people:
                for title in map(straight, row.titles):
                    for name in row.names:
                        self._titled[title, self._surname(name)].add(row.id)

    def tag_briefing(self, briefing: Briefing) -> Mapping[int, tuple[Mention, ...]]:
        """The mentions of each item by its number, in order within question, answer and text; none overlap."""
        mentions: dict[int, list[Mention]] = {item.n: [] for item in briefing.items}
        for text, spans in self._read(_texts_of(briefing), briefing.publisher, briefing.language):
            mentions[text.item] += (_mention(text, span) for span in spans if span.is_shown)
        return {n: tuple(found) for n, found in mentions.items()}

    def tag(self, item: Item, publisher: str, language: str) -> tuple[Mention, ...]:
        """The mentions in an item's question, then its answer, then its text, as if it were a briefing by itself."""
        read = self._read(list(_iter_texts(item)), publisher, language)
        return tuple(_mention(text, span) for text, spans in read for span in spans if span.is_shown)

    def tag_text(self, text: str, publisher: str, language: str) -> tuple[Mention, ...]:
        """The mentions in a text of `publisher`, in order; none overlap; `where` is "text"."""
        read = self._read([_Text(0, "text", text, straight(text))], publisher, language)
        return tuple(_mention(whole, span) for whole, spans in read for span in spans if span.is_shown)

    def candidates(self, briefing: Briefing) -> tuple[Candidate, ...]:
        """Names that wait for a librarian: bodies and events without a word of their own, surnames left open."""
        return tuple(
            Candidate(text.text[s.start : s.end], s.type, text.where, s.start, s.end, text.item)
            for text, spans in self._read(_texts_of(briefing), briefing.publisher, briefing.language)
            for s in spans
            if not s.is_shown
        )

    def _read(self, texts: Sequence[_Text], publisher: str, language: str) -> Iterator[tuple[_Text, Sequence[Span]]]:
        """Each text with its names, shown or not; what short forms mean is told by all texts together."""
        named = [list(self._rules.iter_names(text.plain, language)) for text in texts]
        found = [self._find(t.plain, publisher, language, some) for t, some in zip(texts, named, strict=True)]
        defined = dict(d for t, spans in zip(texts, found, strict=True) for d in iter_definitions(t.plain, spans))
        for text, spans in zip(texts, found, strict=True):
            for use in iter_uses(text.plain, defined):
                _put(spans, use)
        persons = [
            self._persons(t.plain, language, spans, some) for t, spans, some in zip(texts, found, named, strict=True)
        ]
        people = self._gather(found, persons, language)
        for text, spans, names in zip(texts, found, persons, strict=True):
            self._name(spans, names, people)
            spans += list(iter_short(text.plain, spans, people, self._personal.family_first))
            yield text, [span for span in sorted(spans, key=lambda s: s.start) if span.id]

    def _find(self, plain: str, publisher: str, language: str, names: Sequence[PersonName]) -> list[Span]:
        """The names of the authority, blocks too, and the bodies and events of rules."""
        spans = [
            Span(hit.start, hit.end, "" if _is_silent(hit.row.flags) else hit.row.id, hit.row.label, hit.row.type)
            for hit in self._names.find(plain, publisher)
        ]
        persons = [Span(n.start, n.end, "", n.name, "person") for n in names]
        made = list(iter_bodies(plain, language, spans, persons))
        if language == "en":
            made += iter_small(plain, spans)
        elif language == "zh":
            made += iter_titled_works(plain)
        for span in made:
            row = self._by_label.get((span.type, span.label), "")
            _put(spans, replace(span, id=row, is_shown=True) if row else span)
        return spans

    def _persons(
        self, plain: str, language: str, spans: Sequence[Span], named: Sequence[PersonName]
    ) -> list[PersonName]:
        """The names of persons by rule, the longest where they overlap, a title before none; none touches a name."""
        kept: list[PersonName] = []
        for name in sorted((*iter_titled(plain, language), *named), key=lambda n: (n.start - n.end, not n.title)):
            over = touching(spans, name.start, name.end)
            if any(s.type != "place" or not s.id for s in over) or any(
                k.start < name.end and name.start < k.end for k in kept
            ):
                continue
            whole = all((s.start, s.end) == (name.start, name.end) for s in over)
            within = not name.title and all(s.start > name.start or s.end < name.end for s in over)
            if not over or (whole and name.title) or within or not name.is_full:
                kept.append(name)
        return kept

    def _gather(
        self, found: Sequence[Sequence[Span]], persons: Sequence[Sequence[PersonName]], language: str
    ) -> Mapping[str, Person | None]:
        """By each short form of a name the one person of these texts who has it; `None` where several have."""
        people = dict.fromkeys((s.id, s.label) for spans in found for s in spans if s.id and s.type == "person")
        people |= dict.fromkeys(_made(name) for names in persons for name in names if name.is_full)

        return gather(people, lambda label: self._short_names(label, language))

    def _short_names(self, label: str, language: str) -> Iterator[str]:
        words = label.split()
        yield label
        if language != "es":
            yield self._surname(label)
            return
        given = self._personal.given.get("es", frozenset())
        first = next((i for i, word in enumerate(words) if word not in given), len(words) - 1) or 1
        family = words[first:]
        yield " ".join(family)
        if family and family[0][0].isupper() and family[0] not in COMMON_SURNAMES:
            yield family[0]

    def _name(self, spans: list[Span], names: Sequence[PersonName], people: Mapping[str, Person | None]) -> None:
        """Put the persons that rules found among the names of a text; a title before a place's name makes it one."""
        for name in names:
            person = _made(name) if name.is_full else self._who(name, people)
            over = touching(spans, name.start, name.end)
            if person and not (over and not name.is_full and name.name not in people):
                spans[:] = [s for s in spans if s not in over]
                spans.append(Span(name.start, name.end, person[0], person[1], "person"))
            elif not person and not over:
                spans.append(
                    Span(name.start, name.end, made_id("person", name.name), name.name, "person", is_shown=False)
                )

    def _who(self, name: PersonName, people: Mapping[str, Person | None]) -> Person | None:
        """Who a title with a surname means: the one of these texts, else the one of the authority who has both."""
        if name.name in people:
            return people[name.name]
        held = self._titled.get((name.title, name.name), set())
        return next(((id, self._people[id]) for id in held), None) if len(held) == 1 else None

    def _surname(self, label: str) -> str:
        """The family name in a full name: the first word where it is one that stands first, else the last."""
        words = label.split()
        return words[0] if words[0] in self._personal.family_first else words[-1]


def _put(spans: list[Span], span: Span) -> None:
    """Put a name in the place of all that lie within it; not if one reaches beyond it, or is as long."""
    over = touching(spans, span.start, span.end)
    if not span.is_shown and over:
        return
    if all(span.start <= s.start and s.end <= span.end for s in over):
        spans[:] = [s for s in spans if s not in over]
        spans.append(span)
        spans.sort(key=lambda s: s.start)


def _is_silent(flags: tuple[str, ...]) -> bool:
    return "block" in flags or "retired" in flags


def _made(name: PersonName) -> Person:
    """The id and the label of a person whom no row has."""
    return made_id("person", name.name), name.name


def _texts_of(briefing: Briefing) -> list[_Text]:
    return [text for item in briefing.items for text in _iter_texts(item)]


def _iter_texts(item: Item) -> Iterator[_Text]:
    wheres: tuple[tuple[Where, str], ...] = (("question", item.question), ("answer", item.answer), ("text", item.text))
    for where, text in wheres:
        if text:
            yield _Text(item.n, where, text, straight(text))


def _mention(text: _Text, span: Span) -> Mention:
    return Mention(span.id, span.label, span.type, text.where, span.start, span.end, text.text[span.start : span.end])
