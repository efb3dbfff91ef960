"""The canonical names behind labels in capitals: "MS. VALE" is Ilsa Vale, if the transcript or the authority says so.

The one decision: a first name is never guessed. It is in the title, in the authority, in the sentence that introduces
the speaker, or it is left out and the name stays as printed ("Ms. Vale"), with a note.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import islice

from index.authority.tables import Authority, SpeakerRow
from index.parsers.cast import Speech, bare, office_words
from index.parsers.profile import Profile

_COURTESY = frozenset("mr ms mrs miss dr sir".split())
_PARTICLES = frozenset("de del la las los y e van von der den bin al el da do dos and of the".split())
_WORD = re.compile(r"[A-Z\u00c0-\u00de][^\W\d_]*(?:[\u2019'-][^\W\d_]+)*\Z")
_INITIAL = re.compile(r"[A-Z]\.\Z")
_NOT_GIVEN = frozenset(
    "and but so then thanks thank hi hello hey with the that this as for on in at by to of okay yes no well now also "
    "or because when if after before dear our my his her their your its it is was are".split()
)
_ABSTRACT = re.compile(
    r"(?:tions?|ness|ments?|it(?:y|ies)|ogies|ogy|ics|airs|ing|ship|icy|ors|ture|tives?|omy|ergy|ces)\Z"
)
"""Endings of words in the names of offices: "Coordinator for Strategic Communications Ilsa Vale"."""

_INTRODUCES = re.compile(
    r"\b(?:join|introduc|welcome|turn|hand|hear from|guest|here|with (?:us|me)|speak|pass|over to|thank|kick|start|"
    r"call)",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:\b[Tt]his is|\bI[\u2019']m|\bI am|\b[Mm]y name is|\bname[\u2019']s|\bIt[\u2019']s)\s\Z")
_LOUD = re.compile(r"[A-Z\u00c0-\u00de]{2}")
_ACRONYM = re.compile(r"(?!NG\Z|JR\Z|SR\Z)[B-DF-HJ-NP-TV-XZ]{2,4}\Z")
_LOOK_BACK = 80
_LONG_SENTENCE = 1_000
_MENTIONS = 200
"""So many mentions of a surname in one paragraph are looked at for an introduction."""

_OF = frozenset(("de", "del", "of"))
_NONE: Mapping[str, str] = {}
_SENTENCE = re.compile(r"[.?!]\s")
_FEW, _MANY = 2, 5
_CAST = 60
"""More people who speak often no transcript has."""

_LONG_LABEL = 60
_ALIKE_OFFICE, _ALIKE_NAME, _ALIKE_LABEL = 0.85, 0.8, 0.92


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a label names: the canonical `name`; `is_whole` unless a first name is wanting; the label `read_as`."""

    name: str
    is_whole: bool = True
    read_as: str | None = None


def find_people(
    speeches: Sequence[Speech], title: str, day: date, profile: Profile, authority: Authority
) -> Mapping[str, Person]:
    """The person behind each label of a transcript that names one, by label as printed."""
    return _Finder(speeches, title, day, profile, authority).find()


@dataclass(frozen=True, slots=True)
class _Split:
    """A label taken apart: the `office` before the `name`, both as printed."""

    office: str
    name: str


class _Finder:
    def __init__(
        self, speeches: Sequence[Speech], title: str, day: date, profile: Profile, authority: Authority
    ) -> None:
        self._speeches = speeches
        self._title = title
        self._day = day.isoformat()
        self._profile = profile
        self._authority = authority
        self._offices = office_words(profile)
        self._as_written = {w.casefold(): w for office in profile.offices for w in office.split()}
        self._rows = {row.name: row for row in authority.speakers if row.publisher == profile.id}
        self._times = Counter(s.cue.printed for s in speeches if s.cue and s.cue.sort == "person")
        self._often = [label for label, times in self._times.most_common(_CAST) if times >= _MANY]

    def find(self) -> Mapping[str, Person]:
        people: dict[str, Person] = {}
        for label, _ in self._times.most_common():  # what a seldom label is a slip of, is known by then
            meant = self._meant(label) if not (known := self._stated(label)) else None
            if known:
                people[label] = Person(known)
            elif meant:
                of = (self._split(label), self._split(meant))
                is_slip = _key(of[0].name) != _key(of[1].name) or _key(of[0].office) != _key(of[1].office)
                people[label] = replace(people[meant], read_as=meant if is_slip else None)
            else:
                people[label] = self._unstated(label)
        return people if self._profile.labels == "cast" else dict(_join_shortened(people))

    def _stated(self, label: str) -> str | None:
        """The name by the title or the authority."""
        split = self._split(label)
        if split.office and len(split.name.split()) <= 2 and (whole := self._whole_name(split.name, self._title)):
            return self._canonical(whole)
        return self._known(bare(label)) or (self._known(split.name) if " " in split.name else None)

    def _unstated(self, label: str) -> Person:
        """The name as printed, if it is whole; else by an introduction, if there is one."""
        split = self._split(label)
        if self._is_whole(split):
            return Person(self._canonical(proper(split.name, self._as_written)))
        if whole := self._introduced(label, split.name):
            return Person(self._canonical(whole))
        printed = f"{split.office} {split.name}".strip()
        return Person(proper(printed, self._as_written), is_whole=not split.office)

    def _is_whole(self, split: _Split) -> bool:
        words = split.name.split()
        if len(words) < 2:
            return False
        office = {w.strip(".").casefold() for w in split.office.split()}
        return self._profile.labels == "cast-lines" or not office & _COURTESY

    def _canonical(self, name: str) -> str:
        """How the authority writes a whole name, whatever the day; one with another surname is not the same person."""
        known = self._authority.speaker(name, self._profile.id)
        if known and _alike(known.rsplit(maxsplit=1)[-1], name.rsplit(maxsplit=1)[-1]) == 1:
            return known
        return self._known(name) or name

    def _known(self, label: str) -> str | None:
        """The authority's name of a label, if it was so then."""
        dotted = re.sub(r"^(Mr|Ms|Mrs|Dr)\b\.?\s*", r"\1. ", label, flags=re.IGNORECASE)
        for form in (label, dotted):
            name = self._authority.speaker(form, self._profile.id)
            if name and (name not in self._rows or _serves(self._rows[name], self._day)):
                return name
        return None

    def _split(self, label: str) -> _Split:
        parts = [p.strip() for p in bare(label).split(",") if p.strip()]
        name = self._name_part(parts) if len(parts) > 1 else (parts or [label])[0]
        words = name.split()
        cut = 0
        while cut < len(words) - 1 and self._is_office(words[cut]):
            cut += 1
        if cut and words[cut].casefold() in _OF:  # an office without a name: "BENEFICIARIA DEL PROGRAMA"
            return _Split("", " ".join(words))
        end = next((i for i in range(cut + 3, len(words) - 1) if self._is_office(words[i])), len(words))
        return _Split(" ".join(words[:cut]), " ".join(words[cut:end]))

    def _is_office(self, word: str) -> bool:
        return word.strip(".,").casefold() in self._offices

    def _name_part(self, parts: Sequence[str]) -> str:
        """Which part of "OFFICE, NAME" or "NAME, OFFICE" is the name."""
        first, last = parts[0], parts[-1]
        if not self._is_office(first.split()[0]):
            return first
        # "PRESIDENTA CLAUDIA VALE, OFFICE": an office before the name as well; "ALUMNA DE PRIMARIA, NIÑA INÉS VALE" has
        # two offices, of which the first one names nobody.
        follows = next((w for w in first.split() if not self._is_office(w)), "")
        is_both = self._is_office(last.split()[0]) and len(parts) == 2 and follows.casefold() not in _OF
        return first if is_both else last

    def _whole_name(self, surname: str, text: str) -> str | None:
        """The surname with the first names that stand before it in `text`."""
        for match in re.finditer(rf"(?<!\w)(?i:{re.escape(surname)})(?!\w)", text):
            if match[0] != match[0].upper() and (given := self._given(text[: match.start()])):
                return f"{given} {match[0]}"
        return None

    def _given(self, before: str) -> str | None:
        """The first names that a text ends with."""
        if not before.endswith(" "):
            return None
        words = before[-_LOOK_BACK:].split()
        run: list[str] = []
        while words and self._may_be_given(words[-1]):
            run.insert(0, words.pop())
        if not run or all(_INITIAL.match(w) for w in run):
            return None
        left = words[-1] if words else ""
        is_bounded = (
            not left
            or left.endswith(",")
            or left in ("and", "by", "with", "is", "am")
            or self._is_office(left)
            or _ABSTRACT.search(left) is not None
        )
        nearest = next(i for i in range(len(run) - 1, -1, -1) if not _INITIAL.match(run[i]))
        is_short = sum(not _INITIAL.match(w) for w in run) <= 2  # more are an office's words as well
        return " ".join(run if is_bounded and is_short else run[nearest:])

    def _may_be_given(self, word: str) -> bool:
        if _INITIAL.match(word):
            return True
        core = word.casefold()
        if not _WORD.match(word) or word.isupper() or _ABSTRACT.search(core):
            return False
        return not self._is_office(word) and core not in _NOT_GIVEN

    def _introduced(self, label: str, surname: str) -> str | None:
        """The whole name as somebody says it who introduces the speaker, or the speaker himself."""
        if len(surname.split()) > 2:
            return None
        pattern = re.compile(rf"(?<!\w)(?i:{re.escape(surname)})(?!\w)")
        own_turn = False
        for speech in self._speeches:
            own = bool(speech.cue and speech.cue.printed == label)
            if own_turn and not own:
                return None  # after the first words nobody is introduced any more
            own_turn = own_turn or own
            for text in speech.paragraphs:
                for match in islice(pattern.finditer(text), _MENTIONS):
                    given = self._given(text[max(0, match.start() - _LOOK_BACK) : match.start()])
                    if given and self._introduces(text, match.start(), given, own=own):
                        return f"{given} {match[0]}"
        return None

    def _introduces(self, text: str, at: int, given: str, *, own: bool) -> bool:
        begin = at - len(given) - 1
        if own:
            return _SELF.search(text[max(0, begin - 20) : begin]) is not None
        first, last = max(0, begin - _LONG_SENTENCE), at + _LONG_SENTENCE
        ends = [m.end() for m in _SENTENCE.finditer(text, first, max(0, begin))]
        following = _SENTENCE.search(text, at, last)
        sentence = text[ends[-1] if ends else first : following.start() if following else last]
        return _INTRODUCES.search(sentence) is not None

    def _is_whole_slip(self, label: str, other: str) -> bool:
        """Whether labels are nearly the same as a whole, where the slip hides what is office and what is name."""
        if _alike(label, other) < _ALIKE_LABEL or len(_key(label)) > _LONG_LABEL:
            return False
        return _courtesy(label) in ("", _courtesy(other))

    def _meant(self, label: str) -> str | None:
        """The label that was meant where this one, seldom used, is another, often used, with a slip of the pen."""
        if self._times[label] > _FEW:
            return None
        own = self._split(label)
        for other in self._often:
            split = self._split(other)
            office, name = _alike(own.office, split.office), _alike(own.name, split.name)
            is_slip = (name == 1 and office >= _ALIKE_OFFICE) or (name >= _ALIKE_NAME and office == 1)
            if other != label and (is_slip or self._is_whole_slip(label, other)):
                return other
        return None


def _join_shortened(people: Mapping[str, Person]) -> Iterator[tuple[str, Person]]:
    """One person under one name: "INÉS VALE" is the Inés Vale Bravo of the same transcript, if there is one only."""
    longer: dict[str, set[str]] = defaultdict(set)
    for name in {person.name for person in people.values()}:
        words = name.split()
        for count in range(2, len(words)):
            longer[" ".join(words[:count])].add(name)
    for label, person in people.items():
        whole = longer.get(person.name, ())
        yield label, replace(person, name=next(iter(whole))) if len(whole) == 1 else person


def proper(name: str, known: Mapping[str, str] = _NONE) -> str:
    """A name in capitals as it is written elsewhere; `known` words, by their small letters, as given there."""
    return " ".join(_proper_word(w, known, is_first=i == 0) for i, w in enumerate(name.split()))


def _proper_word(word: str, known: Mapping[str, str], *, is_first: bool) -> str:
    folded = word.lower()
    if written := known.get(folded.strip(".")):
        return written.strip(".") + ("." if word.endswith(".") else "")
    if folded in _PARTICLES and not is_first:
        return folded
    if _ACRONYM.match(word):
        return word
    return _capitalize(folded) if _LOUD.search(word) or word.islower() else word


def _capitalize(folded: str) -> str:
    parts = re.split(r"([-\u2019'])", folded)
    # An apostrophe begins a name only behind one letter: O'Hara, but Sana'a.
    joined = "".join(
        _upper_first(p) if i == 0 or parts[i - 1] == "-" or len(parts[i - 2]) == 1 else p for i, p in enumerate(parts)
    )
    return re.sub(r"\bMc([a-z])", lambda m: f"Mc{m[1].upper()}", joined)


def _upper_first(word: str) -> str:
    return re.sub(r"[^\W\d_]", lambda m: m[0].upper(), word, count=1)  # behind a quotation mark, too


def _courtesy(label: str) -> str:
    first = label.split(" ", maxsplit=1)[0].strip(".").casefold()
    return first if first in _COURTESY else ""


def _key(label: str) -> str:
    return re.sub(r"[^\w ]", "", label).casefold()


def _alike(one: str, other: str) -> float:
    a, b = _key(one), _key(other)
    return 1.0 if a == b else SequenceMatcher(None, a, b).ratio()


def _serves(row: SpeakerRow, day: str) -> bool:
    """Whether the day lies between a row's first and last year or day."""
    return (not row.since or day[: len(row.since)] >= row.since) and (
        not row.until or day[: len(row.until)] <= row.until
    )
