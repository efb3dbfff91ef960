"""Persons by rule: a title before a name that begins with capitals.

Here belong the words that make a title and what may stand between it and the name; who a surname means belongs to
`briefings`. The one decision: without a title no name is taken for a person's, since places and firms look alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.model import EntityType

Where = Literal["question", "answer", "text"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a rule found and that no row has: `surface` at `[start, end)` of the text `where` of `item`."""

    surface: str
    type: EntityType
    where: Where
    start: int
    end: int
    item: int


@dataclass(frozen=True, slots=True)
class Titled:
    """A title with the name behind it: half-open spans of a text."""

    title: str
    start: int
    end: int
    name: str

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one word."""
        return " " in self.name


_TITLES = {
    "en": (
        "President",
        "Vice President",
        "Prime Minister",
        "Premier",
        "Chancellor",
        "King",
        "Queen",
        "Prince",
        "Crown Prince",
        "Emir",
        "Sultan",
        "Foreign Minister",
        "Minister",
        "Secretary",
        "Secretary General",
        "Secretary-General",
        "Ambassador",
        "Consul General",
        "Chairman",
        "Chairwoman",
        "Chairperson",
        "Speaker",
        "Senator",
        "Congressman",
        "Congresswoman",
        "Representative",
        "Envoy",
        "Commissioner",
        "Councilor",
        "State Councilor",
        "Vice Premier",
        "Vice Minister",
        "Vice Foreign Minister",
        "Assistant Foreign Minister",
        "Deputy Prime Minister",
        "Deputy Foreign Minister",
        "Defense Minister",
        "Defence Minister",
        "Special Envoy",
        "Special Representative",
        "Director",
        "Director General",
        "Director-General",
        "Governor",
        "Mayor",
        "General",
        "Admiral",
        "Judge",
        "Justice",
        "Professor",
        "Dr.",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Mr",
        "Ms",
        "Mrs",
        "Dr",
        "Madam",
        "Spokesperson",
        "Spokesman",
        "Spokeswoman",
    ),
    "es": (
        "presidente",
        "presidenta",
        "secretario",
        "secretaria",
        "subsecretario",
        "subsecretaria",
        "doctor",
        "doctora",
        "licenciado",
        "licenciada",
        "ingeniero",
        "general",
        "almirante",
        "gobernador",
        "gobernadora",
        "embajador",
        "embajadora",
        "canciller",
        "senador",
        "senadora",
        "diputado",
        "diputada",
        "fiscal",
        "director",
        "directora",
        "ministro",
        "ministra",
    ),
}
_OFFICES = {
    "en": r"(?:,? (?:(?:of|for|and|the|on|to) )*"
    r"(?:Foreign|Affairs|Commerce|Trade|Finance|Defen[cs]e|State|Interior|Justice|Health|Treasury|Energy|"
    r"Transport|Agriculture|Education|Culture|Economy|Labor|Security|Homeland|Public|National|General|Minister)\b)*",
    "es": r"(?: (?:de(?: la| los| las|l)?|y) (?:(?:la|los) )?"
    r"(?:Salud|Gobernación|Hacienda|Marina|Defensa|Nacional|Economía|Educación|Pública|Seguridad|Relaciones|"
    r"Exteriores|Bienestar|Energía|Turismo|Trabajo|Cultura|Agricultura|Función|República)\b)*,?",
}
_NO_NAME = r"(?:I|The|This|In|On|At|And|But|For|With|Spokesperson|Office|Administration|Government)"
_WORD = rf"(?!{_NO_NAME}\b)[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿA-Z'.-]*[a-zß-öø-ÿ]"
_INITIAL = r"[A-Z]\."
_PARTICLE = r"(?:bin|al|de|la|del|van|von|der|da|dos|ul)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )*(?:{_INITIAL}|{_WORD})){{0,3}}"
_RULES = {
    language: re.compile(
        rf"\b(?P<title>{'|'.join(re.escape(t) for t in sorted(titles, key=len, reverse=True))})"
        rf"{_OFFICES[language]} (?P<name>{_NAME})"
    )
    for language, titles in _TITLES.items()
}
_NO_NAMES = frozenset(
    """
    Council Committee Commission Conference Meeting Summit Forum Initiative Agreement Treaty Ministry Department Bureau
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December General Assembly Secretary Minister Ministers President Presidents Affairs
    House Palace Party Congress Senate Union Nations States Republic Kingdom Region Province City Army Navy Force
    Secretariat Representative Office Chief Executive Deputy Assistant Prime Foreign Vice Special Spokesperson
    Conferencia República Gobierno Secretaría Estado México
    """.split()
)


def iter_titled(plain: str, language: str) -> Iterator[Titled]:
    """Each title with a name behind it in a text in straight form, in order; none where the language has no rule."""
    rule = _RULES.get(language)
    if rule is None:
        return
    for match in rule.finditer(plain):
        name = match["name"].removesuffix("'s").removesuffix("'").rstrip(".")
        if _NO_NAMES.isdisjoint(name.split()):
            yield Titled(
                plain[match.start() : match.start("name")].rstrip(" ,"),
                match.start("name"),
                match.start("name") + len(name),
                name,
            )
