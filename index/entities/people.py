"""Who a part of a name means: within one briefing a surname is the one person's who is named there in full.

The one decision: two who share a surname leave it open, and so does a surname that half a country has, where people
are called by two.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from index.entities.spans import Span, touching
from index.entities.titles import LEADS

Person = tuple[str, str]
"""Id and label."""

COMMON_SURNAMES = frozenset(
    """
    García Hernández López Martínez González Pérez Rodríguez Sánchez Ramírez Flores Gómez Torres Díaz Cruz Morales Reyes
    Gutiérrez Ortiz Ramos Ruiz Vargas Castillo Jiménez Moreno Romero Herrera Medina Aguilar Vázquez Castro Guzmán Rosas
    Álvarez Mendoza Rivera Chávez Juárez Domínguez Guerrero Delgado Ríos Navarro Salazar Luna Soto Campos Santos Molina
    Campos Rojas Silva León Vega Cortés Alvarado Contreras Estrada Fuentes Guerra Robles Marina Blanco
    """.split()
)
_ABBREVIATED = 4
"""So long is "Gen."; a longer word with a point behind it ends a sentence."""
_WORD_BEFORE = re.compile(r"([A-ZÀ-Þ][\w.'-]*) $")


def gather(people: Iterable[Person], short_names: Callable[[str], Iterable[str]]) -> Mapping[str, Person | None]:
    """By each short form of a name the one person who has it; `None` where several have."""
    by: dict[str, Person | None] = {}
    for person in people:
        for short in short_names(person[1]):
            by[short] = person if by.get(short, person) == person else None
    return by


def iter_short(
    plain: str, spans: Sequence[Span], people: Mapping[str, Person | None], never: Container[str]
) -> Iterator[Span]:
    """Where a short form stands by itself, outside of all `spans`; those of `never` need a title."""
    known = {
        name: person
        for name, person in people.items()
        if person and len(name) > 3 and name in plain and name not in never
    }
    if not known:
        return
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w])", plain):
        before = _WORD_BEFORE.search(plain, max(0, match.start() - 30), match.start())
        goes_on = re.compile(r"[ -][A-ZÀ-Þ]\w").match(plain, match.end())
        ends = before is None or before[1] in LEADS or (before[1][-1] == "." and len(before[1]) > _ABBREVIATED)
        if touching(spans, *match.span()) or goes_on or not ends:
            continue
        id, label = known[match.group()]
        yield Span(match.start(), match.end(), id, label, "person")
