"""Lines to turns: which paragraphs one speaker says without a break, and which are the page's own remarks.

Grouping turns into items belongs to `items`. The one decision: a paragraph without a label goes on with the turn before
it, unless it is a remark of the page (a separator, a stage direction, a notice of days without a briefing, a sentence
that introduces what was asked afterwards).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.parsers.labels import Label, Line, Podium, asks
from index.parsers.phrases import Phrases

Part = Literal["question", "speech", "announcement", "stage", "separator", "notice", "introduction"]

_HEAD = 600
"""Characters of a paragraph that are looked at to tell what it is."""

_STAGE = re.compile(r"[(\[\uff08][^()\[\]\uff08\uff09]{1,200}[)\]\uff09][.\u3002]?\Z")
_SEPARATOR = re.compile(r"[\W_]{3,400}\Z")


@dataclass(slots=True)
class Draft:
    """A turn while it is being gathered.

    Attributes:
        part: what it is in the course of the briefing.
        label: its label; `None` where none is printed.
        is_after: it stands behind a sentence that says what follows was asked after the briefing.
    """

    part: Part
    paragraphs: list[str] = field(default_factory=list)
    label: Label | None = None
    is_after: bool = False


def gather_turns(lines: Sequence[Line], podium: Podium) -> list[Draft]:
    """The turns of a briefing, in order; each line is in exactly one of them."""
    drafts = _Gatherer(lines, podium.phrases).gather()
    return list(_split_unlabelled_answers(drafts))


class _Gatherer:
    def __init__(self, lines: Sequence[Line], phrases: Phrases) -> None:
        self._lines = lines
        self._phrases = phrases
        self._drafts: list[Draft] = []
        self._last: Draft | None = None  # what an unlabelled paragraph may go on with; stage directions break nothing
        self._is_after = False
        self._is_opening = True

    def gather(self) -> list[Draft]:
        closing = max((n for n, line in enumerate(self._lines) if line.label), default=-1)
        for n, line in enumerate(self._lines):
            if line.label:
                self._labelled(line, line.label)
            else:
                self._unlabelled(line.text, is_closing=n > closing)
        return self._drafts

    def _open(self, part: Part, text: str, label: Label | None = None) -> None:
        self._append(Draft(part, [text] if text else [], label, self._is_after))

    def _append(self, draft: Draft) -> None:
        self._drafts.append(draft)
        if draft.part != "stage":
            self._last = draft
        if draft.part == "question":
            self._is_opening = False

    def _labelled(self, line: Line, label: Label) -> None:
        last = self._last
        if label.sort == "afterwards":
            self._is_after = True
        part: Part = "question" if label.asks else "announcement" if label.sort == "announcement" else "speech"
        if part == "speech" and last and last.part != "question" and self._phrases.notice.search(line.text[:_HEAD]):
            part = "notice"
        self._open(part, line.text, label)

    def _unlabelled(self, text: str, *, is_closing: bool) -> None:
        last = self._last
        head = text[:_HEAD]
        if _SEPARATOR.match(text):
            self._open("separator", text)
        elif _STAGE.match(text):
            self._open("stage", text)
        elif self._phrases.after.match(head):
            self._introduce(text)
        elif last and last.part == "notice":
            self._go_on_with_notice(last, text)
        elif (last is None or last.part != "question") and self._phrases.notice.search(head):
            self._open("notice", text)
        elif is_closing and last and last.part != "question" and self._phrases.event.match(head):
            self._open("announcement", text)
        elif last and last.part in ("question", "speech", "announcement"):
            self._go_on(last, text)
        else:
            self._open("question" if self._is_asked_next(last, text) else "speech", text)

    def _go_on(self, last: Draft, text: str) -> None:
        if self._drafts[-1] is last:
            last.paragraphs.append(text)
        else:  # a stage direction stands between
            self._append(Draft(last.part, [text], None, last.is_after))

    def _introduce(self, text: str) -> None:
        """A sentence about what was asked afterwards: alone it is a remark, with its question it is the question."""
        self._is_after = True
        self._open("question" if self._phrases.reported.search(text[:_HEAD]) else "introduction", text)

    def _is_asked_next(self, last: Draft | None, text: str) -> bool:
        return last is not None and last.part == "introduction" and last.paragraphs[-1].endswith(":") and asks(text)

    def _go_on_with_notice(self, last: Draft, text: str) -> None:
        """A closing notice goes on to its end; one among the announcements ends with its subject."""
        head = text[:_HEAD]
        if self._is_opening and not (self._phrases.notice.search(head) or self._phrases.notice_goes_on.match(head)):
            self._open("speech", text)
        else:
            self._go_on(last, text)


def _split_unlabelled_answers(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Where nobody is named between two questions, what follows the question mark is the answer."""
    for i, draft in enumerate(drafts):
        following = next((d for d in drafts[i + 1 : i + 4] if d.part != "stage"), None)
        is_answered = following is not None and following.part == "speech"
        if draft.part != "question" or is_answered or len(draft.paragraphs) < 2:
            yield draft
            continue
        # A journalist who only adds a word is answered in the next paragraph.
        head = draft.paragraphs[:2] if draft.label and draft.label.sort == "journalist" else draft.paragraphs
        end = next((n for n, text in enumerate(head, start=1) if asks(text)), 1)
        yield Draft("question", draft.paragraphs[:end], draft.label, draft.is_after)
        if end < len(draft.paragraphs):
            yield Draft("speech", draft.paragraphs[end:], None, draft.is_after)
