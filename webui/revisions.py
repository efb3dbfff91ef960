"""The page of every text that a briefing has had: when each was received, and what it changed, word by word.

The comparing is `search.changes`; here is only what of it is shown: unchanged words far from a change are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search.addresses import address_of_record
from search.changes import Change, Edit, compare, iter_edits
from search.engine import Revision
from search.labels import Labels
from search.model import Briefing
from webui.formats import day_text
from webui.frame import Frame
from webui.heads import Head, head_of
from webui.names import counted, kind_text, moment_text
from webui.texts import address_of_text, address_of_texts, anchor_of_change
from webui.tongue import gettext, marked

AROUND = 90
"""Characters of unchanged text that are kept on either side of a change, up to the next whole word."""

# A word is short: Han text has no white space, and is cut where it is.
_FIRST_WORD = re.compile(r"\A\S{0,25}\s+")
_LAST_WORD = re.compile(r"\s+\S{0,25}\Z")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words as they are shown, and the white space behind them; "cut" stands for unchanged words left out."""

    kind: Literal["same", "removed", "added", "cut"]
    text: str
    space: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that differs: an item with the address where it can be read, or a fact of the head, without one.

    `anchor` is where it is told, "" for a fact of the head; `printed` says that its words are in the transcript's
    language, not in ours.
    """

    anchor: str
    name: str
    kind: str
    printed: bool
    address: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """One text. `changes` are from the one before; the first has none, and `summary` says so."""

    number: int
    received: str
    moment: str
    present: bool
    address: str
    summary: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    """All that revisions.html shows: texts, newest first."""

    frame: Frame
    head: Head
    count: str
    transcript: str
    texts: tuple[TextView, ...]


def revisions_page(revisions: Sequence[Revision], editions: Sequence[str], labels: Labels) -> RevisionsPage:
    """The page of a briefing's texts."""
    first, last = revisions[0], revisions[-1]
    present = last.briefing
    texts = [_text(first, last, gettext("The first text received"), ())]
    for before, after in pairwise(revisions):
        changes = tuple(_iter_changes(before, after, last))
        summary = (
            counted(len(changes), "%(number)s change", "%(number)s changes") if changes else gettext("No words changed")
        )
        texts.append(_text(after, last, summary, changes))
    return RevisionsPage(
        frame=Frame(
            gettext("Texts of %(title)s", title=present.title), canonical=address_of_texts(present.id), indexed=False
        ),
        head=head_of(present, (), editions, labels),
        count=counted(len(revisions), "%(number)s text, newest first", "%(number)s texts, newest first")
        if revisions[1:]
        else gettext("One text, never corrected"),
        transcript=address_of_record(present.id),
        texts=tuple(reversed(texts)),
    )


def _text(revision: Revision, last: Revision, summary: str, changes: tuple[ChangeView, ...]) -> TextView:
    current = revision.number == last.number
    return TextView(
        number=revision.number,
        received=revision.received,
        moment=moment_text(revision.received),
        present=current,
        address=address_of_text(last.briefing.id, None if current else revision.number),
        summary=summary,
        changes=changes,
    )


def _iter_changes(before: Revision, after: Revision, last: Revision) -> Iterator[ChangeView]:
    for (name, was), (_, now) in zip(_facts(before.briefing), _facts(after.briefing), strict=True):
        if was != now:
            yield ChangeView("", gettext(name), "edited", name == "Title", "", shorten(iter_edits(was, now)))
    kinds = {item.n: item.kind for item in (*before.briefing.items, *after.briefing.items)}
    for change in compare(before.briefing, after.briefing):
        yield ChangeView(
            anchor=anchor_of_change(after.number, change.n),
            name=kind_text(kinds[change.n], change.n),
            kind=change.kind,
            printed=True,
            address=_address(change, before, after, last),
            stretches=shorten(change.edits),
        )


def _address(change: Change, before: Revision, after: Revision, last: Revision) -> str:
    """Where a changed item can be read: in the later text, or, once it was removed, in the last that has it."""
    holding = before if change.kind == "removed" else after
    return address_of_text(
        last.briefing.id, None if holding.number == last.number else holding.number, anchor=f"{change.n}"
    )


def _facts(briefing: Briefing) -> tuple[tuple[str, str], ...]:
    """What stands above a text, for comparing."""
    return (
        (marked("Title"), briefing.title),
        (marked("Day"), day_text(briefing.date)),
        (marked("Time"), briefing.time or ""),
        (marked("Original"), briefing.url or ""),
    )


def shorten(edits: Iterable[Edit]) -> tuple[Stretch, ...]:
    """Edits as they are shown: changes whole, of what is unchanged only the words next to them."""
    all_edits = tuple(edits)
    last = len(all_edits) - 1
    done: list[Stretch] = []
    for place, edit in enumerate(all_edits):
        if edit.kind == "same":
            done += _cut(edit.text, begins=place == 0, ends=place == last)
        else:
            words = edit.text.rstrip()
            space = edit.text[len(words) :]
            # What replaces removed words stands beside them, not in the paragraph that they ended.
            replaced = edit.kind == "removed" and place < last and all_edits[place + 1].kind == "added"
            done.append(Stretch(edit.kind, words, " " if replaced and space else space))
    return tuple(done)


def _cut(text: str, *, begins: bool, ends: bool) -> Iterator[Stretch]:
    """Unchanged words: their beginning after a change, their end before one, and a mark where some are left out."""
    head, tail = 0 if begins else AROUND, 0 if ends else AROUND
    if len(text) <= head + tail:
        yield Stretch("same", text)
        return
    if head:
        yield Stretch("same", _LAST_WORD.sub("", text[:head]))
    yield Stretch("cut", "…")
    if tail:
        yield Stretch("same", _FIRST_WORD.sub("", text[-tail:]))
