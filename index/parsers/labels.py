"""What stands before a paragraph's colon: a speaker, an outlet, `Q`, "Follow-up", or words that are no label at all.

Here a paragraph is judged by its words and by its neighbours' labels, never by its markup. The one decision: a label
that nobody knows is believed only where the course of question and answer speaks for it, since "A word of advice to
those in the US:" has a label's shape as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.authority.tables import Authority
from index.parsers.phrases import Phrases
from index.parsers.profile import Profile
from search.text import fold

Sort = Literal[
    "question", "answer", "speaker", "announcement", "outlet", "follow-up", "journalist", "afterwards", "unknown"
]

MAX_LABEL = 45
"""Characters of the longest label that may be unknown; the longest printed one has 43."""

_COLON = re.compile(r"\s*([^:\uff1a\n]{1,80}?)\s?[:\uff1a]\s?")
_SENTENCE_MARKS = re.compile(r"[,;!?()\[\]\"\u201c\u201d*#/\uff0c\u3002\u3001\uff1b\uff01\uff1f]|[a-z]{3}\.\s")
_ASKS = re.compile(r"[?\uff1f\u061f][\"'\u201d\u2019\u300d\u300f\uff09\u00bb)\]\s.]{0,3}\Z")
_TITLE_MARKS = str.maketrans("", "", "\u300a\u300b\u00ab\u00bb")
_JOINED = re.compile(r"\s?(?:&|/|\+|,| and )\s?")
_AND = re.compile(r",|\u3001|\u548c|&| and | et | y | \u0438 ")
_MAX_WORDS = 7
_ASKERS = frozenset({"question", "outlet", "follow-up", "journalist", "afterwards"})
_WITH_TEXT = ("unknown", "afterwards")  # without text behind the colon they are no labels
_ANSWERERS = frozenset({"answer", "speaker", "announcement"})


@dataclass(frozen=True, slots=True)
class Label:
    """A label: as `printed`, what `sort` of speaker it names, and that one's canonical `name` where it is known."""

    printed: str
    sort: Sort
    name: str | None = None

    @property
    def asks(self) -> bool:
        """Whether a question follows."""
        return self.sort in _ASKERS

    @property
    def answers(self) -> bool:
        """Whether someone speaks for the publisher."""
        return self.sort in _ANSWERERS


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, without its label if it has one."""

    text: str
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Podium:
    """Who speaks for the publisher in this briefing, and how labels of all kinds are recognised.

    Attributes:
        names: canonical names of the spokespersons whom the title names, the first one main.
    """

    profile: Profile
    phrases: Phrases
    authority: Authority
    names: tuple[str, ...]

    @property
    def main(self) -> str | None:
        """Who speaks where no name is printed."""
        return self.names[0] if self.names else None

    @property
    def tenure(self) -> Sequence[int]:
        """The years in which that one held briefings; empty where the authority does not state both ends."""
        rows = (r for r in self.authority.speakers if (r.publisher, r.name) == (self.profile.id, self.main))
        row = next((r for r in rows if r.since and r.until), None)
        return range(int(row.since[:4]), int(row.until[:4]) + 1) if row else ()

    def speaker(self, label: str) -> str | None:
        """The canonical name of the speaker whom `label` names; `None` if it names none that is known."""
        if self.phrases.podium.match(label):
            return self.main
        bare = _without_office(label, self.profile.offices)
        folded = fold(bare)
        for name in self.names:  # before the authority: a surname alone means the one whom the title names
            if folded == fold(name) or folded in _surnames(name):
                return name
        return self.authority.speaker(label, self.profile.id) or self.authority.speaker(bare, self.profile.id)

    def announcer(self, label: str) -> str | None:
        """The canonical name of the speaker whom `label` says to announce something."""
        match = self.phrases.announces.search(label)
        return self.speaker(label[: match.start()]) if match else None

    def outlet(self, label: str) -> str | None:
        """The canonical name of the outlet that `label` names; of the first one where it names several, all known."""
        bare = self.phrases.reporter.sub("", label)
        for form in (label, bare, bare.translate(_TITLE_MARKS)):
            if name := self.authority.outlet(form):
                return name
        names = [self.authority.outlet(part) for part in _JOINED.split(bare)]
        return names[0] if all(names) else None

    def some_outlet(self, label: str) -> str | None:
        """The canonical name of the first outlet known that `label` names among others."""
        names = (self.authority.outlet(part) for part in _JOINED.split(label))
        return next(filter(None, names), None)


def find_podium(title: str, profile: Profile, phrases: Phrases, authority: Authority) -> Podium:
    """The podium of a briefing with this title."""
    printed = next((m["names"] for p in profile.titles if (m := re.match(p, title))), None) or ""
    names = (_without_office(n.strip(), profile.offices) for n in _AND.split(printed))
    known = tuple(dict.fromkeys(authority.speaker(n, profile.id) or n for n in names if n))
    return Podium(profile, phrases, authority, known)


def label_lines(paragraphs: Sequence[str], podium: Podium) -> list[Line]:
    """Every paragraph with its label, those judged no labels put back."""
    judged: dict[str, _Judged] = {}  # a transcript has few labels, each many times
    lines = [_read_line(p, podium, judged) for p in paragraphs]
    return _settle_unknown(lines, paragraphs, podium)


def is_generic(label: str, phrases: Phrases) -> bool:
    """Whether a label names no outlet in particular: `Q`, "Follow-up", "Journalist"."""
    follow_up = phrases.follow_up.match(label)
    named = bool(follow_up and (follow_up["outlet"].strip() or follow_up["from"]))
    is_nobody = any(p.match(label) for p in (phrases.question, phrases.journalist, phrases.asked_after))
    return is_nobody or bool(follow_up and not named)


def asks(text: str) -> bool:
    """Whether a text ends with a question mark."""
    return _ASKS.search(text[-8:]) is not None


_Judged = tuple[Sort | None, str | None]


def _read_line(paragraph: str, podium: Podium, judged: dict[str, _Judged]) -> Line:
    match = _COLON.match(paragraph)
    if not match or _is_clock(paragraph, match.end(1)):
        return Line(paragraph)
    printed, rest = match[1], paragraph[match.end() :]
    if printed not in judged:
        judged[printed] = _judge(printed, podium)
    sort, name = judged[printed]
    if sort is None or (sort in _WITH_TEXT and not rest):
        return Line(paragraph)
    return Line(rest, Label(printed, sort, name))


def _is_clock(paragraph: str, end: int) -> bool:
    return paragraph[end - 1].isdigit() and paragraph[end + 1 : end + 2].isdigit()


def _judge(printed: str, podium: Podium) -> _Judged:
    phrases = podium.phrases
    if phrases.question.match(printed):
        return "question", None
    if phrases.answer.match(printed):
        return "answer", podium.main
    if phrases.asked_after.match(printed):
        return "afterwards", None
    if name := podium.speaker(printed):
        return "speaker", name
    if name := podium.announcer(printed):
        return "announcement", name
    if outlet := podium.outlet(printed):
        # "Time" is a magazine, and the hour of a meeting: its neighbours decide
        return "unknown" if phrases.ordinary.match(printed) else "outlet", outlet
    if phrases.journalist.match(printed):
        return "journalist", None
    if follow_up := phrases.follow_up.match(printed):
        who = follow_up["from"] or follow_up["outlet"].strip(" '\u2019s")
        outlet = podium.outlet(who) if who else None
        if outlet or not who:
            return "follow-up", outlet
    return ("unknown", podium.some_outlet(printed)) if _is_plausible(printed, phrases) else (None, None)


def _is_plausible(printed: str, phrases: Phrases) -> bool:
    """Whether a label that nobody knows could be an outlet's or a person's name."""
    if len(printed) > MAX_LABEL or _SENTENCE_MARKS.search(printed) or phrases.ordinary.match(printed):
        return False
    if phrases.name:
        return phrases.name.match(printed) is not None
    words = printed.split()
    if not words or len(words) > _MAX_WORDS or not any(c.isupper() for c in printed):
        return False
    return all(w in phrases.connectors or w == "&" or w[0].isdigit() or any(map(str.isupper, w)) for w in words)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an unknown label stands.

    Attributes:
        before: the label before it.
        following: the next one after it that is known for what it is.
        asked: whether the question before ends with a question mark.
        is_asking: whether the turn that the label would begin does.
    """

    before: Label | None
    following: Label | None
    asked: bool
    is_asking: bool


def _settle_unknown(lines: list[Line], paragraphs: Sequence[str], podium: Podium) -> list[Line]:
    """Decide for every unknown label whether it asks, answers, or is none; in order, each by those around it."""
    following = _following_labels(lines)
    before: Label | None = None
    asked = False  # whether the question before ends with a question mark
    for i, line in enumerate(lines):
        label = line.label
        if label and label.sort == "unknown":
            place = _Place(before, following[i], asked=asked, is_asking=asks(_turn_text(lines, i)))
            label = _settle(label, place, podium.phrases)
            lines[i] = Line(line.text, label) if label else Line(paragraphs[i])
        if label:
            before, asked = label, asks(line.text)
        elif before and before.asks and asks(line.text):
            asked = True
    return lines


def _settle(label: Label, place: _Place, phrases: Phrases) -> Label | None:
    """What an unknown label is where it stands; `None` if it is no label."""
    question_open = place.before is not None and place.before.asks
    answered_next = place.following is not None and place.following.answers
    is_called_reporter = phrases.reporter.search(label.printed) is not None
    if answered_next and (not question_open or is_called_reporter or (place.asked and place.is_asking)):
        return replace(label, sort="outlet")
    if question_open and place.asked and not place.is_asking and not answered_next:
        return replace(label, sort="speaker", name=label.printed) if phrases.person.match(label.printed) else None
    after_speaker = not question_open and place.before is not None and place.before.sort == "speaker"
    return replace(label, sort="outlet") if place.is_asking and (after_speaker or is_called_reporter) else None


def _following_labels(lines: Sequence[Line]) -> list[Label | None]:
    """For every line the next label after it that is known for what it is."""
    following: list[Label | None] = []
    known: Label | None = None
    for line in reversed(lines):
        following.append(known)
        if line.label:
            known = line.label if line.label.sort != "unknown" else known
    following.reverse()
    return following


def _turn_text(lines: Sequence[Line], start: int) -> str:
    """The last paragraph of the turn that begins at `start`, as far as a few paragraphs tell."""
    text = lines[start].text
    for line in lines[start + 1 : start + 6]:
        if line.label:
            break
        text = line.text
    return text


def _without_office(label: str, offices: Sequence[str]) -> str:
    for office in sorted(offices, key=len, reverse=True):
        rest = label[len(office) :]
        # In Chinese nothing stands between the office and the name.
        if rest and label.casefold().startswith(office.casefold()) and (rest[0] == " " or not office.isascii()):
            return rest.strip()
    return label


def _surnames(name: str) -> tuple[str, ...]:
    words = fold(name).split()
    return (words[0], words[-1]) if len(words) > 1 else ()
