"""Who begins to speak where everybody has a label in capitals, as in a play: `MS. VALE:`, `Q`, a name on its own line.

Here paragraphs become speeches; what a label's canonical name is belongs to `names`, what makes an item to `scenes`.
The one decision: capitals make a label, but a single word in capitals is one only where it is a known voice or stands
nowhere else in the text, for "NATO: we are prepared …" begins a line as well.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index.parsers.profile import Profile

Sort = Literal["question", "voice", "person"]

_COLON = re.compile(
    r"((?:M[RS]S?|DR): [A-Z][^:\uff1a\n]{1,60}?|[^\W\d_][^:\uff1a\n]{1,90}?)"
    r"\s{0,3}[:\uff1a](?=[\s`\u2014\u2013(A-Z]|\Z)"
)
"""A label: "MS. VALE:", as a slip of the pen "MS: VALE:", and without a space behind the colon."""

_LONGEST_LINE = 320
_PARENTHESES = re.compile(r"\s*\(+[^()]{0,80}(?:\)|\Z)")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PARTICLES = frozenset("and & de del la las los y e van von der den bin al el da do dos".split())
_MIXED = re.compile(r"(?:Mc|Mac|O\u2019|O')[A-Z]{2,}[.,]?\Z")
_SEPARATOR = re.compile(r"[-\u2010-\u2015_=*]{3,40}\Z")
_NO_LABEL = re.compile(r"[;!?\"\u201c\u201d*#/\[\]]")
_NO_LABEL_BELOW = re.compile(r"[!?*#\[\]]")
"""Straight below a line of hyphens an office may have a semicolon, a stroke or a name in quotation marks."""

_UP = "A-Z\u00c0-\u00de"
_WITH_SPEECH = re.compile(
    rf"(?P<label>[{_UP}]{{2}}[{_UP} .,'\u2019-]{{0,250}}[{_UP}]{{2}},?(?:\s\([^()]{{1,80}}\))?)"
    rf"(?P<colon>:?)\s+(?=[\u00bf\u00a1\u201c\"(]*[{_UP}](?:[^\W{_UP}]|\s))"
)
"""A label and the first words of its speech on one line: "DIRECTOR, ODO BRAVO (enlace): Buenos días."."""
_SLIP = re.compile(r"\A(M[RS]S?|DR):(?= )")
_ALIKE = 0.85
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A label: as `printed`, and what `sort` of speaker it announces; a `voice` is nobody in particular."""

    printed: str
    sort: Sort


@dataclass(slots=True)
class Speech:
    """What stands under one label; `cue` is `None` above the first one."""

    cue: Cue | None
    paragraphs: list[str] = field(default_factory=list)


def read_speeches(paragraphs: Sequence[str], profile: Profile) -> list[Speech]:
    """The speeches of a transcript in order; every paragraph is in exactly one, its label taken off."""
    reader = _LineReader(profile, paragraphs) if profile.labels == "cast-lines" else _ColonReader(profile, paragraphs)
    speeches = [Speech(None)]
    for cue, text in reader.read():
        if cue:
            speeches.append(Speech(cue))
        if text:
            speeches[-1].paragraphs.append(text)
    return speeches


def bare(label: str) -> str:
    """A label without what nobody sees, without remarks in parentheses, and "MS. VALE" for "MS: VALE"."""
    return _SLIP.sub(r"\1.", " ".join(_PARENTHESES.sub("", _UNSEEN.sub("", label)).split()))


def office_words(profile: Profile) -> frozenset[str]:
    """The words of a profile's offices, in small letters, without their dots."""
    return _office_words(profile.offices)


@lru_cache(maxsize=64)
def _office_words(offices: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.strip(".").casefold() for office in offices for word in office.split())


def _is_capitals(label: str, offices: frozenset[str]) -> bool:
    """Whether a label is printed in capitals, small letters in titles ("Dr. VALE") and particles apart."""
    words = label.split()
    loud = 0
    for word in words:
        core = word.strip(".,()")
        if core.isupper() and (len(core) > 1 or word.endswith(".")):
            loud += 1
        elif core.isupper() or not any(map(str.isalpha, core)):
            continue
        elif _MIXED.match(core):
            loud += 1
        elif core not in _PARTICLES and core.casefold() not in offices:
            return False
    return loud > 0


class _Reader(ABC):
    """What both ways of printing labels have in common."""

    def __init__(self, profile: Profile, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._offices = office_words(profile)
        self._questions = frozenset(profile.questions)
        self._voices = frozenset(profile.voices)
        self._sorts: dict[str, Sort] = {}

    @abstractmethod
    def read(self) -> Iterator[tuple[Cue | None, str]]:
        """Each paragraph with the label that it begins with, if it does."""

    def _sort(self, label: str) -> Sort:
        if label not in self._sorts:
            self._sorts[label] = self._find_sort(bare(label))
        return self._sorts[label]

    def _find_sort(self, name: str) -> Sort:
        is_voice = name in self._voices or self._is_slip(name, self._voices)
        if not is_voice and (name.split(" ", maxsplit=1)[0] in self._questions or self._is_slip(name, self._questions)):
            return "question"
        return "voice" if is_voice or all(w.casefold() in self._offices for w in name.split()) else "person"

    def _is_slip(self, name: str, labels: Collection[str]) -> bool:
        """Whether a word is one of the labels with a slip of the pen: "MODEARTOR"."""
        is_word = " " not in name and len(name) > _SHORT
        return is_word and bool(get_close_matches(name, labels, n=1, cutoff=_ALIKE))


class _ColonReader(_Reader):
    """Labels before a colon, at the beginning of a paragraph."""

    def __init__(self, profile: Profile, paragraphs: Sequence[str]) -> None:
        super().__init__(profile, paragraphs)
        short = "|".join(re.escape(q) for q in profile.questions if len(q) == 1)
        # A letter alone needs no colon: "Q    Will he go?"
        self._question = (
            re.compile(rf"({short})(?:\s?[:\uff1a.](?=\s|\Z)|(?=[\s(\u2013\u2014\u201c\"])|\Z)\s*") if short else None
        )
        self._labels = self._known_labels()
        known = sorted((label for label in self._labels if " " in label), key=len, reverse=True)
        self._inside = re.compile(rf"(?<=[^\sA-Z] )(?:{'|'.join(map(re.escape, known))}):(?=\s)") if known else None

    def read(self) -> Iterator[tuple[Cue | None, str]]:
        for paragraph in self._paragraphs:
            cue, text = self._begin(paragraph)
            starts = [m.start() for m in self._inside.finditer(text)] if self._inside and ":" in text else []
            yield cue, text[: starts[0]].strip() if starts else text
            for start, end in pairwise((*starts, len(text))):
                cue, rest = self._begin(text[start:end])
                yield cue, rest.strip()

    def _known_labels(self) -> dict[str, Cue]:
        """Every label of the text that is believed, with its cue."""
        printed: dict[str, int] = {}
        for paragraph in self._paragraphs:
            if (match := _COLON.match(paragraph)) and self._is_plausible(match[1]):
                printed[match[1]] = printed.get(match[1], 0) + 1
        whole = "\n".join(self._paragraphs) if any(" " not in label for label in printed) else ""
        return {label: cue for label, times in printed.items() if (cue := self._cue(label, times, whole))}

    def _is_plausible(self, label: str) -> bool:
        core = bare(label)
        if core in self._questions or core in self._voices:
            return True
        return len(core.split()) <= 9 and not _NO_LABEL.search(core) and _is_capitals(core, self._offices)

    def _cue(self, label: str, times: int, whole: str) -> Cue | None:
        sort = self._sort(label)
        if sort != "person" or " " in label:
            return Cue(label, sort)
        is_elsewhere = len(re.findall(rf"(?<!\w){re.escape(label)}(?!\w)", whole)) > times
        return None if is_elsewhere else Cue(label, sort)

    def _begin(self, paragraph: str) -> tuple[Cue | None, str]:
        if (match := _COLON.match(paragraph)) and (cue := self._labels.get(match[1])):
            return cue, paragraph[match.end() :].strip()
        if self._question and (match := self._question.match(paragraph)):
            return Cue(match[1], "question"), paragraph[match.end() :]
        return None, paragraph


class _LineReader(_Reader):
    """Labels on a line of their own, mostly below a line of hyphens, which is markup."""

    def __init__(self, profile: Profile, paragraphs: Sequence[str]) -> None:
        super().__init__(profile, paragraphs)
        self._has_separators = sum(_SEPARATOR.match(p) is not None for p in paragraphs) > 1
        self._names = self._known_names()

    def read(self) -> Iterator[tuple[Cue | None, str]]:
        is_below, is_after_label = not self._has_separators, False
        for paragraph in self._paragraphs:
            if self._has_separators and paragraph == "---":
                is_below = True
                continue
            if is_label := self._is_label(paragraph, is_below=is_below):
                yield self._cue(paragraph), ""
            elif match := self._begin(paragraph, is_after_label=is_after_label):
                yield self._cue(match["label"]), paragraph[match.end() :]
            else:
                yield None, paragraph
            is_below, is_after_label = not self._has_separators, is_label

    def _cue(self, label: str) -> Cue:
        return Cue(_UNSEEN.sub("", label).strip(), self._sort(label))

    def _known_names(self) -> frozenset[str]:
        """Every name of two words or more that stands in a label below a line of hyphens."""
        labels = (bare(b) for a, b in pairwise(self._paragraphs) if a == "---" and self._is_label(b, is_below=True))
        parts = (part.strip() for label in labels for part in label.split(","))
        return frozenset(p for p in parts if " " in p and not self._is_office(p.split()[0]))

    def _is_office(self, word: str) -> bool:
        return word.strip(".,").casefold() in self._offices

    def _begin(self, line: str, *, is_after_label: bool) -> re.Match[str] | None:
        """The label at the head of a line of speech, if it is a voice, a name known or with an office, or one more."""
        if not line[:2].isupper() or not (match := _WITH_SPEECH.match(line)):
            return None
        core = bare(match["label"]).rstrip(",")
        if core in self._questions or core in self._voices or core in self._names:
            return match
        is_one_more = bool(is_after_label and match["colon"]) and " " in core
        return match if is_one_more or self._is_label(core, is_below=False) else None

    def _is_label(self, line: str, *, is_below: bool) -> bool:
        if len(line) > _LONGEST_LINE or line[0] in "([" or line[1:2].islower():
            return False
        core = bare(line)
        if core in self._questions or core in self._voices:
            return is_below
        is_straight_below = is_below and self._has_separators
        signs = _NO_LABEL_BELOW if is_straight_below else _NO_LABEL
        if signs.search(core) or core.endswith(("...", "\u2026")):
            return False
        # Not below a line of hyphens only a name with an office is believed.
        has_office = "," in core and any(map(self._is_office, core.split()))
        first = core.split(" ")[0].strip(".,")
        is_short = len(first) < 2 and not (is_straight_below and has_office)
        if is_short or not first.isalpha() or not _is_capitals(core, self._offices):
            return False
        return is_below or has_office
