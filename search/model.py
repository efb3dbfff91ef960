"""The record: briefings, their items and turns, and the document that is made of every item.

Here belong plain frozen values and how they are identified; no file, index or page. The one decision: an item keeps its
turns, and everything else about its wording (`question`, `answer`, `text`) is derived from them, so that a quotation
can always name the person who said those very words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Role = Literal["question", "answer", "statement", "note"]
Kind = Literal["answer", "statement", "note"]
Severity = Literal["note", "held", "refused"]
EntityType = Literal["place", "person", "organisation", "event"]

PARAGRAPH = "\n\n"
"""What stands between paragraphs, and between turns, of a text."""


class Turn(NamedTuple):
    """One speaker, unbroken. A tuple, as Mention is, since a page makes hundreds of them: a third of the time.

    Attributes:
        role: what the turn is in its item.
        label: the label as printed, without its colon; `None` where none was printed.
        text: the publisher's words; paragraphs are separated by a blank line.
        speaker: canonical name of who speaks for the publisher (answers, statements).
        outlet: canonical name of the outlet that asks (questions), `None` when not known.
    """

    role: Role
    label: str | None
    text: str
    speaker: str | None = None
    outlet: str | None = None


class Mention(NamedTuple):
    """An entity named in an item's text.

    `start` and `end` are a half-open span, in code points, of the text that `where` names
    (`question`, `answer` or `text`), such that `text[start:end] == surface`.
    """

    id: str
    label: str
    type: EntityType
    where: Literal["question", "answer", "text"]
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a librarian should know about an input.

    Attributes:
        code: stable name, such as `unknown-label`.
        severity: `note` (indexed all the same), `held` (archived, not published), `refused` (not archived).
        message: what, where, and what to do, in one line.
        item: number of the item concerned, if one is.
    """

    code: str
    severity: Severity
    message: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a librarian put right in an item's attribution; the text itself is never amended.

    Attributes:
        field: `speaker`, `outlet` or `kind`.
        was: what the page says, `None` where it says nothing.
        value: what holds instead.
        reason: why, for people.
        since: ISO 8601 instant in UTC.
    """

    field: Literal["speaker", "outlet", "kind"]
    was: str | None
    value: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class Adjournment:
    """Days, both included, of which a briefing says beforehand that there will be none."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Item:
    """An answer with its question, a statement, or a note.

    Attributes:
        n: its number, a permanent name within the briefing; not its place.
        position: its place in the briefing as it reads now, from 1.
        kind: what it is.
        turns: every turn, in order; at least one.
        asker: the first question's label as printed, `None` for an anonymous one.
        outlet: canonical name of the asker's outlet, `None` when not known.
        speakers: canonical names of everyone who answered (or made the statement), in order of first speaking.
        after_briefing: the question was raised after the briefing.
        follow_up_to: number of the item that this one follows up.
        amendments: what a librarian put right; the other attributes have it already.
    """

    n: int
    position: int
    kind: Kind
    turns: tuple[Turn, ...]
    asker: str | None = None
    outlet: str | None = None
    speakers: tuple[str, ...] = ()
    after_briefing: bool = False
    follow_up_to: int | None = None
    amendments: tuple[Amendment, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The first of `speakers`."""
        return self.speakers[0] if self.speakers else None

    @property
    def question(self) -> str:
        """The question turns' texts, joined; "" for a statement or note."""
        return PARAGRAPH.join(t.text for t in self.turns if t.role == "question")

    @property
    def answer(self) -> str:
        """The answer turns' texts, joined; "" for a statement or note."""
        return PARAGRAPH.join(t.text for t in self.turns if t.role == "answer")

    @property
    def text(self) -> str:
        """The texts of a statement or note, joined; of an answer, its stage notes ("" without any)."""
        return PARAGRAPH.join(t.text for t in self.turns if t.role in ("statement", "note"))


@dataclass(frozen=True, slots=True)
class Briefing:
    """One transcript in one language.

    Attributes:
        id: `publisher/language/date`, and `-2` for the second of a day.
        time: local time "HH:MM" as the publisher states it, or `None`.
        zone: IANA name of the zone of `time`.
        url: the publisher's address, `None` when it was not recorded.
        file: the file it was read from.
        adjournments: days that it announces to be without a briefing.
    """

    id: str
    publisher: str
    language: str
    date: date
    title: str
    items: tuple[Item, ...]
    time: str | None = None
    zone: str | None = None
    url: str | None = None
    speakers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    file: str = ""
    adjournments: tuple[Adjournment, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What the engine indexes: one item, with what it needs of its briefing, and the entities it mentions.

    Attributes:
        ancestors: ids of the parents of the entities mentioned, and of theirs, that are not mentioned themselves.
    """

    id: str
    briefing: str
    publisher: str
    language: str
    date: date
    title: str
    item: Item
    mentions: tuple[Mention, ...] = field(default=())
    ancestors: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """Ids of the entities mentioned, each once, in order of first mention."""
        return tuple(dict.fromkeys(m.id for m in self.mentions))

    @property
    def named(self) -> tuple[Mention, ...]:
        """The first mention of each entity, in order."""
        first = {m.id: m for m in reversed(self.mentions)}
        return tuple(first[id] for id in self.entities)

    @property
    def within(self) -> tuple[str, ...]:
        """Ids of the entities mentioned and of all that they are part of, each once."""
        return (*self.entities, *self.ancestors) if self.ancestors else self.entities


def item_id(briefing: str, n: int) -> str:
    """The id of item `n` of a briefing: `cn-mfa/en/2024-02-08/7`."""
    return f"{briefing}/{n}"


def no_ancestors(id: str) -> tuple[str, ...]:  # noqa: ARG001 (that is what it says)
    """The ancestors of an entity where nobody knows any."""
    return ()


def iter_documents(
    briefing: Briefing,
    mentions: Mapping[int, tuple[Mention, ...]],
    ancestors: Callable[[str], Iterable[str]] = no_ancestors,
) -> Iterator[Document]:
    """A document for each item of `briefing`, in order.

    Args:
        briefing: the text.
        mentions: the entities named, by item number.
        ancestors: of an entity's id, those of its parents, and of theirs.
    """
    for item in briefing.items:
        named = mentions.get(item.n, ())
        entities = dict.fromkeys(mention.id for mention in named)
        above = dict.fromkeys(parent for id in entities for parent in ancestors(id))
        yield Document(
            id=item_id(briefing.id, item.n),
            briefing=briefing.id,
            publisher=briefing.publisher,
            language=briefing.language,
            date=briefing.date,
            title=briefing.title,
            item=item,
            mentions=named,
            ancestors=tuple(id for id in above if id not in entities),
        )


def briefing_of(id: str) -> str:
    """The id of the briefing that `id`, a briefing's or an item's, belongs to."""
    return "/".join(id.split("/")[:3])


def day_of(id: str) -> str:
    """The day, ISO 8601, of the briefing that `id`, a briefing's or an item's, belongs to."""
    return id.split("/")[2][:10]


def edition_of(id: str, language: str) -> str:
    """The id that a briefing's edition in another language has: same publisher, day, and place among the day's."""
    publisher, _, day = id.split("/", 2)
    return f"{publisher}/{language}/{day}"


_NUMBER = re.compile(r"\d+")


def id_key(id: str) -> str:
    """A key that sorts ids as people read them: item 2 before item 10, the day's first briefing before its second."""
    return _NUMBER.sub(lambda m: m[0].zfill(10), id).replace("/", "\x01")
