"""Bodies that each country has one of, and its missions abroad: known by the country that stands beside them.

The one decision: "the Russian Foreign Ministry", "Russia's Ministry of Foreign Affairs" and "the Foreign Ministry of
Russia" are one entity, `org-ru-ministry-of-foreign-affairs`, though no row has it; where a row has a name of it, that
is longer than the country and wins before this rule is asked.
"""

import re
from collections.abc import Iterator, Sequence

from index.entities.spans import Span, made_id, words_of

_COUNTRY = re.compile(r"place-([a-z]{2})$")
_NAMES = r"[A-Z][\w'-]+(?:(?:,? and| of|,)? [A-Z][\w'-]+){0,4}"
_BODY = re.compile(
    rf"(?:(?P<first>{_NAMES}) Ministry|Ministry of (?:the )?(?P<last>{_NAMES})|"
    rf"(?P<other>Department of {_NAMES}|(?:National |Federal )?"
    r"Parliament|National Assembly|(?:Federal )?Supreme (?:People's )?Court|Constitutional Court|Navy|Army|"
    r"(?:Independent )?(?:National )?(?:Independent )?Elect(?:ion|oral) Commission|Central Bank|Federal Council))$"
)
_MINISTRY = re.compile(r"(?:'s?)? (?P<of>foreign|defen[cs]e|finance|health|interior|commerce|trade|justice) ministry\b")
_MISSION = re.compile(
    r"(?:'s?)? (?:(?P<embassy>[Ee]mbassy)|[Cc]onsulate[ -][Gg]eneral|[Cc]onsulate) (?:in|to) (?:the )?"
)
_ONE = {
    "Foreign": "Foreign Affairs",
    "Defence": "Defense",
    "National Defence": "National Defense",
}


def country_of(span: Span) -> str:
    """The two letters of the country that a span names, "" of all else."""
    match = _COUNTRY.match(span.id)
    return match[1] if match else ""


def national_body(plain: str, start: int, end: int, known: Sequence[Span]) -> Span | None:
    """The body of one country that stands at `[start, end)`, if a country stands in it or before it."""
    for span in known:
        if not (cc := country_of(span)):
            continue
        if span.start == start and plain[span.end : span.end + 1] == " ":  # the Russian Foreign Ministry
            body = plain[span.end + 1 : end]
        elif span.end == end and (join := re.search(r" of (?:the )?$", plain[start : span.start])):
            body = plain[start : start + join.start()]
        elif plain[span.end : start] in {"'s ", "' "}:
            body = plain[start:end]
        else:
            continue
        if name := _name_of(body):
            return _made(start, end, cc, name, span.label)
    return None


def is_national(name: str) -> bool:
    """Whether each country has a body of this name, so that without its country it is nobody's own."""
    return bool(_BODY.match(name))


def iter_small(plain: str, known: Sequence[Span]) -> Iterator[Span]:
    """Ministries in small letters, and embassies and consulates with the place where they are."""
    at = {span.start: span for span in known}
    for span in known:
        if not (cc := country_of(span)):
            continue
        if match := _MINISTRY.match(plain, span.end):
            start = match.start("of") if plain[span.end] == "'" else span.start
            yield _made(start, match.end(), cc, _name_of(f"{match['of'].capitalize()} Ministry"), span.label)
        elif (match := _MISSION.match(plain, span.end)) and (place := at.get(match.end())) and place.type == "place":
            label = f"{'Embassy' if match['embassy'] else 'Consulate General'} of {span.label} in {place.label}"
            yield Span(span.start, place.end, made_id("organisation", label), label, "organisation")


def _name_of(body: str) -> str:
    """The one name of a body that each country has; "" of others."""
    match = _BODY.match(body)
    if not match:
        return ""
    of = match["first"] or match["last"]
    return f"Ministry of {_ONE.get(of, of)}" if of else match["other"]


def _made(start: int, end: int, cc: str, name: str, country: str) -> Span:
    id = "-".join(("org", cc, *words_of(name)))
    return Span(start, end, id, f"{name} ({country})", "organisation")
