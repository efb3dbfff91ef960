"""Speeches under labels in capitals to items.

The one decision: a question opens an item, and all that is said until the next one answers it, whoever speaks; calls
of several journalists with nobody answering between them are one question, for the answer is given to all of them.
What nobody asked is a statement, an item for each speaker; what a moderator says between question and answer is a note.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.parsers.asides import is_aside
from index.parsers.cast import Cue, Speech, bare, office_words
from index.parsers.clock import is_hour_line
from index.parsers.names import Person
from index.parsers.profile import Profile
from search.model import PARAGRAPH, Item, Kind, Role, Turn

_STAGE = re.compile(r"[(\[][^()\[\]]{1,200}[)\]][.]?\Z")
_STAGE_BEGINS = re.compile(r"\([A-Z\u00c0-\u00de][^a-z()]{3,120}\Z")
_STAGE_ENDS = re.compile(r"[^()]{1,120}\)\.?\Z")
_SEPARATOR = re.compile(r"[\W_]{3,400}\Z|[\u2014\u2015-]{1,3}0{1,3}[\u2014\u2015-]{1,3}\Z")
_CALL = 6
"""Words that a call from the floor has at most."""

_DASHES = ("\u2014", "\u2013", "--")
_SET_APART = re.compile(r"(?:\A|\s)[\u2014\u2013]\S[^\u2014\u2013]{0,2000}\S[\u2014\u2013]\Z")
"""Words between two dashes, "\u2014Almirante\u2014": they are whole."""

_INTERJECTION = 6
"""Words that may be thrown into a question without answering it."""

_LEAVE = re.compile(r"\b(?:thank|bye\b|goodbye|appreciate|gracias|hasta luego)", re.IGNORECASE)
_FAREWELL = 15
"""Words with which a guest takes leave, at most."""

_TOPPER = 120
"""Words from which on the host speaks at length, and not to the last question any more."""

_INTERPRETERS = frozenset(("INTERPRETER", "TRANSLATOR", "INT\u00c9RPRETE", "TRADUCTOR", "TRADUCTORA"))
"""Voices that speak for who answers."""

_END = re.compile(r"(?:END|End|###|\* \* \*)[\s.]*\Z")


@dataclass(slots=True)
class _Scene:
    """An item while it is being gathered; `by` is who makes a statement: a name, or a label that names nobody."""

    kind: Kind
    turns: list[Turn] = field(default_factory=list)
    by: str | None = None
    is_answered: bool = False

    @property
    def is_open_question(self) -> bool:
        """Whether nobody has answered yet."""
        return self.kind == "answer" and not self.is_answered


def build_scenes(
    speeches: Sequence[Speech], people: Mapping[str, Person], title: str, language: str, profile: Profile
) -> tuple[Item, ...]:
    """The items of a transcript, numbered from 1; every paragraph is in exactly one of them."""
    director = _Director(people, title, language, office_words(profile))
    for speech in speeches:
        director.take(speech)
    return tuple(_item(n, scene) for n, scene in enumerate(director.scenes, start=1))


class _Director:
    def __init__(self, people: Mapping[str, Person], title: str, language: str, offices: Collection[str]) -> None:
        self.scenes: list[_Scene] = []
        self._people = people
        self._language = language
        self._offices = offices
        self._names = {word.casefold() for person in people.values() for word in person.name.split()}
        names = {person.name for person in people.values()}
        titled = sorted((name for name in names if name in title), key=lambda name: (title.index(name), name))
        self._host, self._guests = (titled[0] if titled else None), titled[1:]
        self._has_asked = False
        self._said: Turn | None = None  # the last turn that is no note

    def take(self, speech: Speech) -> None:
        """Add a speech to the scene that it belongs to, or open one."""
        cue = speech.cue
        person = self._people.get(cue.printed) if cue and cue.sort == "person" else None
        speaker = person.name if person else None
        label: str | None = cue.printed if cue else None
        is_over = cue is None
        if cue and not speech.paragraphs:  # a label that nobody speaks under
            self._remark(cue.printed, None)
        for is_remark, text in _iter_runs(speech.paragraphs):
            if is_remark or is_over:
                self._remark(text, label)
                is_over = is_over or _is_end(text)
            elif cue and cue.sort == "question":
                self._ask(text, label)
            elif cue and self._moderates(cue):
                self._remark(text, label)
                self.scenes[-1].is_answered = True  # what is asked next is another question
            else:
                if speaker and speaker == self._host and self._begins_anew(speech):
                    self._open("statement").by = speaker
                self._speak(text, label, speaker)
            label = None  # it stands before the first words only

    def _ask(self, text: str, label: str | None) -> None:
        if label is not None and self._is_in_passing(text):
            self._remark(text, label)
            return
        last = self.scenes[-1] if self.scenes else None
        if last and _goes_on(last, text):
            last.is_answered = False
        if last is None or last.kind != "answer" or not (last.is_open_question or label is None):
            last = self._open("answer")
            self._has_asked = True
        self._say(last, Turn("question", label, text))

    def _is_in_passing(self, text: str) -> bool:
        if self._is_interjection(text) or is_aside(text, self._language, self._names, self._offices):
            return True
        is_cut = self._said is not None and self._said.role != "question" and _breaks_off(self._said.text)
        return is_cut and _STAGE.match(text) is not None

    def _moderates(self, cue: Cue) -> bool:
        """Whether somebody who neither asks nor answers speaks within an answer."""
        is_within = bool(self.scenes) and self.scenes[-1].kind == "answer"
        return is_within and cue.sort == "voice" and bare(cue.printed) not in _INTERPRETERS

    def _begins_anew(self, speech: Speech) -> bool:
        """Whether the host, whom the title names first, speaks at length after a guest has taken leave."""
        if not self._guests or sum(len(p.split()) for p in speech.paragraphs) < _TOPPER:
            return False
        if not self.scenes or self.scenes[-1].kind != "answer":
            return False
        for turn in reversed(self.scenes[-1].turns):
            if turn.role == "note":
                continue
            if turn.role == "question" or len(turn.text.split()) > _FAREWELL:
                return False
            if turn.speaker != self._host:
                is_whole = turn.label is not None
                return is_whole and turn.speaker in self._guests and _LEAVE.search(turn.text) is not None
        return False

    def _is_interjection(self, text: str) -> bool:
        """Whether somebody calls out before the first question: it must not make answers of the opening statements."""
        return not self._has_asked and "?" not in text and len(text.split()) <= _CALL

    def _speak(self, text: str, label: str | None, speaker: str | None) -> None:
        last = self.scenes[-1] if self.scenes else None
        by = speaker or label
        if last is None or last.kind == "note" or (last.kind == "statement" and by is not None and last.by != by):
            last = self._open("statement")
            last.by = by
        role: Role = "answer" if last.kind == "answer" else "statement"
        last.is_answered = last.is_answered or role == "answer"
        self._say(last, Turn(role, label, text, speaker=speaker))

    def _say(self, scene: _Scene, turn: Turn) -> None:
        scene.turns.append(turn)
        self._said = turn

    def _remark(self, text: str, label: str | None) -> None:
        # A greeting from the floor before anybody has spoken stands with the place and the hour.
        is_break = _is_end(text) or _SEPARATOR.match(text) is not None
        if not self.scenes or (is_break and self.scenes[-1].kind != "note"):
            self._open("note")
        person = self._people.get(label) if label else None
        self.scenes[-1].turns.append(Turn("note", label, text, speaker=person.name if person else None))

    def _open(self, kind: Kind) -> _Scene:
        self.scenes.append(_Scene(kind))
        return self.scenes[-1]


def _goes_on(scene: _Scene, text: str) -> bool:
    """Whether `text` is the second half of the scene's last question, into which a few words were thrown."""
    words = 0
    for turn in reversed(scene.turns) if text.startswith(_DASHES) else ():
        if turn.role == "question":
            return _breaks_off(turn.text)
        words += len(turn.text.split()) if turn.role == "answer" else 0
        if words > _INTERJECTION:
            break
    return False


def _breaks_off(text: str) -> bool:
    return text.endswith(_DASHES) and _SET_APART.search(text[-2_010:]) is None


def _is_end(text: str) -> bool:
    return _END.match(text) is not None or is_hour_line(text)


def _iter_runs(paragraphs: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """The paragraphs of a speech, joined; a remark of the page (stage direction, hour of the end) stands alone."""
    words: list[str] = []
    for text in _iter_whole_directions(paragraphs):
        if _is_end(text) or _SEPARATOR.match(text) or (_STAGE.match(text) and len(paragraphs) > 1):
            if words:
                yield False, PARAGRAPH.join(words)
            words = []
            yield True, text
        else:
            words.append(text)
    if words:
        yield False, PARAGRAPH.join(words)


def _iter_whole_directions(paragraphs: Sequence[str]) -> Iterator[str]:
    """The paragraphs; a stage direction in capitals that goes on in the next one, "(VIDEO" and "A SONG)", in one."""
    begun = ""
    for text in paragraphs:
        if begun and _STAGE_ENDS.match(text):
            yield f"{begun}{PARAGRAPH}{text}"
            begun = ""
            continue
        if begun:
            yield begun
        begun = text if _STAGE_BEGINS.match(text) else ""
        if not begun:
            yield text
    if begun:
        yield begun


def _item(n: int, scene: _Scene) -> Item:
    speakers = dict.fromkeys(t.speaker for t in scene.turns if t.speaker and t.role in ("answer", "statement"))
    return Item(n, n, scene.kind, tuple(scene.turns), speakers=tuple(speakers))
