"""A briefing's mentions: the names that are printed, the persons that rules find, and who a surname means.

The one decision: what is in the authority wins, and beside it only persons with a full name are published. A surname
alone is read within its briefing, where it can mean one person only; two who share it leave it open.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.authority.rows import straight
from index.authority.tables import Authority
from index.entities.names import Names
from index.entities.persons import Candidate, Titled, Where, iter_titled
from search.model import Briefing, EntityType, Item, Mention
from search.text import fold

FAMILY_FIRST = frozenset(
    """
    Bai Cai Cao Chang Chen Cheng Choe Cui Deng Ding Dong Du Fan Fang Feng Fu Gao Geng Gong Gu Gui Guo Han He Hou Hu Hua
    Huang Jia Jiang Jin Kang Kim Kong Le Lei Li Liang Liao Lin Liu Long Lu Luo Ma Mao Meng Moon Ni Nguyen Pan Park Peng
    Pham Qian Qiao Qin Qiu Ri Ren Shao Shen Shi Song Su Sun Tang Tao Tian Tran Wan Wang Wei Wen Wu Xi Xia Xiao Xie Xu
    Xue Yan Yang Yao Ye Yin Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou
    """.split()
)
"""Families' names that stand before the given name."""

_OTHER_NAME = re.compile(r"[ -][A-Z]")
"""What follows a word that is a part of another name."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One of an item's texts."""

    item: int
    where: Where
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Span:
    """A mention of `id`, "" of what is swallowed, before it is known whether it stands."""

    start: int
    end: int
    id: str
    label: str
    type: EntityType


class Tagger:
    """Finds the entities of briefings and texts. Make it once: it holds an automaton of all names."""

    def __init__(self, authority: Authority) -> None:
        self._names = Names(authority)
        self._people = {
            row.id: row.label for row in authority.entities if row.type == "person" and not _is_silent(row.flags)
        }
        self._titled: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in authority.entities:
            if row.id in self._people:
                for title in map(straight, row.titles):
                    for name in row.names:
                        self._titled[title, surname_of(name)].add(row.id)
        self._known = frozenset(row.id for row in authority.entities)

    def tag_briefing(self, briefing: Briefing) -> Mapping[int, tuple[Mention, ...]]:
        """The mentions of each item by its number, in order within question, answer and text; none overlap."""
        texts = [text for item in briefing.items for text in _iter_texts(item)]
        mentions: dict[int, list[Mention]] = {item.n: [] for item in briefing.items}
        for text, spans in self._read(texts, briefing.publisher, briefing.language):
            mentions[text.item] += (_mention(text, span) for span in spans)
        return {n: tuple(found) for n, found in mentions.items()}

    def tag(self, item: Item, publisher: str, language: str) -> tuple[Mention, ...]:
        """The mentions in an item's question, then its answer, then its text, as if it were a briefing by itself."""
        read = self._read(list(_iter_texts(item)), publisher, language)
        return tuple(_mention(text, span) for text, spans in read for span in spans)

    def tag_text(self, text: str, publisher: str, language: str) -> tuple[Mention, ...]:
        """The mentions in a text of `publisher`, in order; none overlap; `where` is "text"."""
        read = self._read([_Text(0, "text", text, straight(text))], publisher, language)
        return tuple(_mention(whole, span) for whole, spans in read for span in spans)

    def candidates(self, briefing: Briefing) -> tuple[Candidate, ...]:
        """Names with a title that no row has: full ones, which are published, and surnames that stay open."""
        texts = [text for item in briefing.items for text in _iter_texts(item)]
        return tuple(
            Candidate(text.text[t.start : t.end], "person", text.where, t.start, t.end, text.item)
            for text, spans in self._read(texts, briefing.publisher, briefing.language)
            for t in iter_titled(text.plain, briefing.language)
            if not any(s.start < t.end and t.start < s.end and s.id in self._known for s in spans)
        )

    def _read(self, texts: list[_Text], publisher: str, language: str) -> Iterator[tuple[_Text, list[_Span]]]:
        """Each text with its mentions; who a surname means is told by all texts together."""
        named = [self._named(text.plain, publisher) for text in texts]
        titled = [list(iter_titled(text.plain, language)) for text in texts]
        people = self._gather(named, titled)
        for text, names, titles in zip(texts, named, titled, strict=True):
            spans = self._with_titles(names, titles, people)
            spans = sorted((*spans, *_iter_surnames(text.plain, spans, people)), key=lambda s: s.start)
            yield text, [span for span in spans if span.id]

    def _named(self, plain: str, publisher: str) -> list[_Span]:
        return [
            _Span(hit.start, hit.end, "" if _is_silent(hit.row.flags) else hit.row.id, hit.row.label, hit.row.type)
            for hit in self._names.find(plain, publisher)
        ]

    def _gather(self, named: list[list[_Span]], titled: list[list[Titled]]) -> Mapping[str, tuple[str, str] | None]:
        """By surname the id and label of the one person who has it in these texts; `None` where several have."""
        people: dict[str, tuple[str, str] | None] = {}
        found = [(s.id, s.label) for spans in named for s in spans if s.id and s.type == "person"]
        for spans, titles in zip(named, titled, strict=True):
            found += [_made(t) for t in titles if t.is_full and not _touches(t, spans)]
        for id, label in found:
            surname = surname_of(label)
            people[surname] = (id, label) if people.get(surname, (id, label)) == (id, label) else None
        return people

    def _with_titles(
        self, names: list[_Span], titles: list[Titled], people: Mapping[str, tuple[str, str] | None]
    ) -> list[_Span]:
        """`names`, and the persons that stand behind a title; a title before a name beats a place of that name."""
        spans = list(names)
        for title in titles:
            touched = [s for s in spans if s.start < title.end and title.start < s.end]
            if any(s.type != "place" or not s.id for s in touched):
                continue
            if touched and title.is_full and any((s.start, s.end) != (title.start, title.end) for s in touched):
                continue
            person = _made(title) if title.is_full else self._who(title, people)
            if person and not (touched and title.name not in people):
                spans = [s for s in spans if s not in touched]
                spans.append(_Span(title.start, title.end, person[0], person[1], "person"))
        return sorted(spans, key=lambda s: s.start)

    def _who(self, title: Titled, people: Mapping[str, tuple[str, str] | None]) -> tuple[str, str] | None:
        """Who a title with a surname means: the one of these texts, else the one of the authority who has both."""
        if title.name in people:
            return people[title.name]
        held = self._titled.get((title.title, title.name), set())
        return next(((id, self._people[id]) for id in held), None) if len(held) == 1 else None


def surname_of(label: str) -> str:
    """The family name in a full name: the first word where it is one that stands first, else the last."""
    words = label.split()
    return words[0] if words[0] in FAMILY_FIRST else words[-1]


def _is_silent(flags: tuple[str, ...]) -> bool:
    return "block" in flags or "retired" in flags


def _made(title: Titled) -> tuple[str, str]:
    """The id and the label of a person whom no row has."""
    return "person-" + "-".join(re.findall(r"[a-z0-9]+", fold(title.name))), title.name


def _touches(title: Titled, spans: list[_Span]) -> bool:
    return any(s.start < title.end and title.start < s.end for s in spans)


def _iter_surnames(plain: str, spans: list[_Span], people: Mapping[str, tuple[str, str] | None]) -> Iterator[_Span]:
    """Bare surnames behind a full name of these texts; of those who put the family first, none."""
    known = {
        name: person
        for name, person in people.items()
        if person and len(name) > 3 and name not in FAMILY_FIRST and name in plain and name[0].isupper()
    }
    if not known:
        return
    taken = [(s.start, s.end) for s in spans]
    for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, known))})\b", plain):
        free = all(match.end() <= start or end <= match.start() for start, end in taken)
        before, after = plain[: match.start()][-2:], plain[match.end() : match.end() + 2]
        alone = not re.match(r"[ -][A-Z]", after) and not re.match(r"[A-Za-z][ -]", before[-2:])
        if free and (alone or (re.match(r"[a-z,;:.\"'(] ", before) and not re.match(r"[ -][A-Z]", after))):
            id, label = known[match.group()]
            yield _Span(match.start(), match.end(), id, label, "person")


def _iter_texts(item: Item) -> Iterator[_Text]:
    wheres: tuple[tuple[Where, str], ...] = (("question", item.question), ("answer", item.answer), ("text", item.text))
    for where, text in wheres:
        if text:
            yield _Text(item.n, where, text, straight(text))


def _mention(text: _Text, span: _Span) -> Mention:
    return Mention(span.id, span.label, span.type, text.where, span.start, span.end, text.text[span.start : span.end])
