"""A transcript in which everybody has a label in capitals, read from paragraphs to items and notes.

Here the steps are put in order (`cast`, `names`, `scenes`), and what a librarian should look at is said. The one
decision: few notes that are read beat many that are not, so a briefing gets one note of a kind, not one for each turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.authority.tables import Authority
from index.parsers.cast import read_speeches
from index.parsers.dates import find_date, is_stamp
from index.parsers.names import Person, find_people
from index.parsers.profile import Profile
from index.parsers.scenes import build_scenes
from search.model import Item, Problem

_SHORT = 400
"""Characters of a whole transcript below which it was perhaps cut off."""

_UNANSWERED = 0.25
"""Share of the questions without an answer from which labels were perhaps missed."""

_LONG = 60_000
"""Characters of one turn from which a label was perhaps missed."""

_SHOWN = 5

_PUBLISHED_WITHIN = timedelta(days=3)
"""So long after a briefing its page may be dated."""


@dataclass(frozen=True, slots=True)
class Play:
    """What such a transcript says: its items (none if nobody has a label), what stands above them, its day, notes."""

    items: tuple[Item, ...]
    opening: tuple[str, ...]
    day: date
    notes: tuple[Problem, ...] = ()


def read_play(  # noqa: PLR0913, PLR0917 (what a transcript is read with)
    paragraphs: Sequence[str],
    title: str,
    day: date,
    language: str,
    profile: Profile,
    authority: Authority,
    *,
    is_published: bool = False,
) -> Play:
    """The play that the paragraphs hold; `is_published` says that `day` is the day of its publication."""
    speeches = read_speeches(paragraphs, profile)
    opening = tuple(speeches[0].paragraphs)
    if len(speeches) == 1:
        return Play((), opening, day)
    held = _find_day(opening, day) if is_published else day
    people = find_people(speeches, title, held, profile, authority)
    items = build_scenes(speeches, people, title, language, profile)
    notes = (*_iter_day_notes(opening, day, held), *_iter_notes(items, people))
    return Play(items, opening, held, notes)


def _find_day(opening: Sequence[str], published: date) -> date:
    """The day that stands alone above the text, if the page was published on it or soon after it."""
    lines = (text for text in opening if is_stamp(text.strip("()[] .")))
    said = next((d for text in lines if (p := find_date(text)) and (d := p.resolve())), published)
    return said if timedelta() < published - said <= _PUBLISHED_WITHIN else published


def _iter_day_notes(opening: Sequence[str], day: date, held: date) -> Iterator[Problem]:
    said = next((d for text in opening if len(text) <= 60 and (p := find_date(text)) and (d := p.resolve())), day)
    if said != day:
        text = f"above the text stands {said}, but the page is dated {day}; {held} was believed"
        yield Problem("date-differs", "note", text)


def _iter_notes(items: Sequence[Item], people: Mapping[str, Person]) -> Iterator[Problem]:
    for label, person in people.items():
        if person.read_as:
            yield Problem("label-corrected", "note", f"{label!r} was read as {person.read_as!r}; check the name")
    partial = sorted({p.name for p in people.values() if not p.is_whole})
    if partial:
        shown = ", ".join(partial[:_SHOWN]) + (f" and {len(partial) - _SHOWN} more" if partial[_SHOWN:] else "")
        text = (
            f"no first name is given for {shown}; add whole names to speakers.csv, with the printed label as an alias"
        )
        yield Problem("partial-name", "note", text)
    yield from _iter_doubts(items)


def _iter_doubts(items: Sequence[Item]) -> Iterator[Problem]:
    asked = [i for i in items if i.kind == "answer"]
    silent = [i for i in asked if not i.answer]
    if len(silent) > max(3, _UNANSWERED * len(asked)):
        text = f"{len(silent)} of {len(asked)} questions have no answer; check whether labels were missed"
        yield Problem("no-answer", "note", text, silent[0].n)
    for item in items:
        longest = max(len(t.text) for t in item.turns)
        if longest > _LONG:
            yield Problem(
                "long-item", "note", f"{longest:,} characters in one turn; check whether a label was missed", item.n
            )
    if sum(len(t.text) for item in items for t in item.turns) < _SHORT:
        text = "the whole transcript is very short; check that the page was saved whole"
        yield Problem("short-briefing", "note", text)
