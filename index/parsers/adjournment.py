"""Days that a notice says are without a briefing.

"There will be no regular press conference from Friday, February 9 to Sunday, February 18" makes ten days *known* to be
without one: no file is missing there. The one decision: the days end before the briefings resume, so that a weekend in
between is among them; what cannot be read gives nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.parsers.months import MONTH, month_number
from index.parsers.phrases import Phrases
from search.model import PARAGRAPH, Adjournment, Item

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|(?<=[\u3002\uff01\uff1f])")
_DAY = re.compile(
    rf"\b(?P<month>{MONTH}) ?(?P<day>\d{{1,2}})\b(?:, ?(?P<year>\d{{4}}))?"
    r"|(?<=to |nd |gh )(?P<later>\d{1,2})\b(?![:.]\d|,? (?:to|a\.?m|p\.?m))"
    r"|(?:(?P<nian>\d{4})\u5e74)?(?:(?P<yue>\d{1,2})\u6708)?(?P<ri>\d{1,2})\u65e5"
)
_RESUMES = re.compile(r"\bresum|\bback on\b", re.IGNORECASE)
_RESUMES_BEHIND = re.compile(r"[^\uff0c\u3002]{0,12}?(?:\u6062\u590d|\u7167\u5e38\u4e3e\u884c)")
_TOMORROW = re.compile(r"\btomorrow\b|\u660e\u5929", re.IGNORECASE)
_THAT_DAY = re.compile(r"\bthat day\b|\u5f53[\u65e5\u5929]")
_MOVED = re.compile(
    r"\bbegin at\b|\bbe moved\b|\brescheduled\b|\bbrought forward\b"
    r"|\u63d0\u524d[\u81f3\u5230]|\u63a8\u8fdf[\u81f3\u5230]|\u6539\u5728"
)
_FAR = timedelta(days=75)
_LONGEST = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    resumes: bool


def find_adjournments(items: Sequence[Item], held: date, phrases: Phrases) -> tuple[Adjournment, ...]:
    """The days without a briefing that the notices among `items` name, of a briefing held on the day `held`."""
    found: list[Adjournment | None] = []
    before = ""
    for item in items:
        if item.kind == "note":
            found += [read_adjournment(p, held, phrases, before) for p in item.text.split(PARAGRAPH)]
        before = item.text if item.kind == "statement" else ""
    return tuple(dict.fromkeys(days for days in found if days))


def read_adjournment(text: str, held: date, phrases: Phrases, before: str = "") -> Adjournment | None:
    """The first and last day without a briefing that a notice names, in the year nearest to the day `held`.

    `before` is the statement before it: "that day" is a day of that statement's.
    """
    sentences = _SENTENCE.split(text)
    at = next((i for i, sentence in enumerate(sentences) if phrases.notice.search(sentence)), None)
    if at is None or _MOVED.search(sentences[at]):
        return None
    found = list(_iter_days(sentences[at], held))
    first = next((f.day for f in found if not f.resumes), None)
    if first is None and _THAT_DAY.search(sentences[at]):
        spoken_of = sentences[at - 1] if at else before
        first = next((f.day for f in _iter_days(spoken_of, held) if f.day > held), None)
    if first is None and _TOMORROW.search(sentences[at]):
        first = held + timedelta(days=1)
    if first is None or not held - timedelta(days=7) <= first <= held + _FAR:
        return None
    behind = list(_iter_days(sentences[at + 1], held)) if at + 1 < len(sentences) else []
    resumed = next((f.day for f in (*found, *behind) if f.resumes), None)
    if resumed and first < resumed <= first + _LONGEST:
        return Adjournment(first, resumed - timedelta(days=1))
    last = max(f.day for f in found if not f.resumes) if any(not f.resumes for f in found) else first
    return Adjournment(first, last if first <= last <= first + _LONGEST else first)


def _iter_days(sentence: str, held: date) -> Iterator[_Found]:
    """The days in a sentence; one that lacks its month has that of the day before it."""
    resumes_at = match.start() if (match := _RESUMES.search(sentence)) else len(sentence)
    month: int | None = None
    for m in _DAY.finditer(sentence):
        month = month_number(m["month"]) if m["month"] else int(m["yue"]) if m["yue"] else month
        year = m["year"] or m["nian"]
        if month is None or not (day := _resolve(year, month, int(m["day"] or m["later"] or m["ri"]), held)):
            continue
        is_behind = m["ri"] is not None and _RESUMES_BEHIND.match(sentence, m.end()) is not None
        yield _Found(day, m.start() > resumes_at or is_behind)


def _resolve(year: str | None, month: int, day: int, held: date) -> date | None:
    years = (int(year),) if year else (held.year - 1, held.year, held.year + 1)
    days = []
    for y in years:
        try:
            days.append(date(y, month, day))
        except ValueError:
            continue
    return min(days, key=lambda d: abs(d - held), default=None)
