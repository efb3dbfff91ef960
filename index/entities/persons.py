"""Persons by rule: a name behind a title, behind a given name, or behind a family name that stands first.

Here belongs what a person's name looks like; who a surname means belongs to `briefings`, the names themselves to
`index.authority`. The one decision: without a title or a known name nothing is taken for a person's, since places and
firms look alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.authority.personal import PersonalNames
from index.entities.titles import LEADS, NO_NAMES, PARTICLES, TITLED, WORD

_NEXT = re.compile(rf" (?P<particles>(?:{PARTICLES} )*)(?P<word>(?:[A-Z]\.)+|{WORD}(?:-{WORD})*)")
_MOST_WORDS = 5
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiou]))"
)
_CHINESE = rf"(?=[A-Z])(?i:{_SYLLABLE}{{1,2}})"
_KOREAN = r"[A-Z][a-z]{1,5}(?:-[a-z]{2,5}| [A-Z][a-z]{1,5})"
_KOREAN_FAMILIES = frozenset("Kim Choe Choi Ri Pak Park Moon Cho Jo Jang Chae".split())
_SAINT = re.compile(r"(?:San|Santa|Santo|Saint|St\.|Puerto|Villa|Ciudad|Fort|Mount|Lake|Cape|Port) $")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name with what stands before it: half-open spans of a text; `title` is "" where there is none."""

    title: str
    start: int
    end: int
    name: str

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one word."""
        return " " in self.name


def iter_titled(plain: str, language: str) -> Iterator[PersonName]:
    """Each title with a name behind it in a text in straight form, in order; none where the language has no rule."""
    for rule in TITLED.get(language, ()):
        for match in rule.finditer(plain):
            name = match["name"].removesuffix("'s").removesuffix("'").rstrip(".")
            if NO_NAMES.isdisjoint(name.split()) and (" " in name or match["title"][0].isupper() or language == "es"):
                start = match.start("name")
                title = plain[match.start() : start].rstrip(" ,")
                yield PersonName(title, start, start + len(name), name)


class NameRules:
    """Finds full names by the given and family names of the authority. Make it once."""

    def __init__(self, names: PersonalNames) -> None:
        self._given = names.given
        self._all_given = frozenset().union(*names.given.values())
        self._begins = {language: _any_of(given) for language, given in names.given.items() if given}
        family = names.family_first
        koreans = family & _KOREAN_FAMILIES
        self._family = [
            re.compile(rf"(?<![\w'-])(?:{'|'.join(sorted(some))}) {form}(?![\w'-]*\w)(?! [A-Z][a-z]+ing\b)")
            for some, form in ((koreans, _KOREAN), (family, _CHINESE))
            if some
        ]

    def iter_names(self, plain: str, language: str) -> Iterator[PersonName]:
        """The full names in a text in straight form; one may lie within another."""
        if begins := self._begins.get(language):
            for match in begins.finditer(plain):
                if name := self._from(plain, match, language):
                    yield name
        for rule in self._family if language == "en" else ():
            for match in rule.finditer(plain):
                yield PersonName("", match.start(), match.end(), match.group())

    def _from(self, plain: str, begin: re.Match[str], language: str) -> PersonName | None:
        """The name that begins with a given name, if a family name follows."""
        if _SAINT.search(plain, max(0, begin.start() - 8), begin.start()):
            return None
        end, words, has_family = begin.end(), [begin.group()], False
        while len(words) < _MOST_WORDS and (match := _NEXT.match(plain, end)):
            word = match["word"]
            if word in NO_NAMES or word in LEADS or (match["particles"] and not has_family and language == "en"):
                break
            if has_family and match["particles"].strip() == "y" and word in self._all_given:
                break
            end = match.end()
            words.append(word)
            has_family = has_family or not (word.endswith(".") or word in self._all_given)
            if language == "en" and has_family:
                break
        if words[-1].endswith(".") or not (has_family or (language == "en" and len(words) > 1)):
            return None
        name = plain[begin.start() : end].removesuffix("'s").removesuffix("'")
        if plain[end : end + 1] == "-":  # the speaker broke off
            return None
        return PersonName("", begin.start(), begin.start() + len(name), name)


def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(sorted(names, key=len, reverse=True))})(?=[ -])(?:-[A-Z]\w+)?(?= )")
