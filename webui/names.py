"""How values, days and languages are written for people.

Names that depend on the collection (entities, outlets, publishers) come from `search.labels`; here is only what the
calendar and the record say by themselves.
"""

import re
from datetime import date, datetime
from typing import Literal

LANGUAGES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}
KINDS = {"answer": "Answer", "statement": "Statement", "note": "Note"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
FIELDS = {"kind": "Kind", "outlet": "Outlet", "speaker": "Speaker"}
TYPE_LISTS = {
    "place": "Places",
    "person": "People",
    "organisation": "Organisations",
    "event": "Events",
    "": "Others",
}
"""What entities of a type are called together."""

MANY = {
    "speaker": "speakers",
    "outlet": "outlets",
    "entity": "entities",
    "publisher": "publishers",
    "language": "languages",
    "kind": "kinds",
    "year": "years",
    "month": "months",
}
"""What values of a facet are called together."""

BARE_LABELS = frozenset({"Q", "A"})
"""Labels that print the role of a turn and name nobody."""

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def day_text(day: date) -> str:
    """`8 February 2024`."""
    return f"{day.day} {day:%B} {day.year}"


def day_of_id(id: str) -> str:
    """The day of a briefing's id: `8 February 2024`; of a day's second, `8 February 2024 (2)`."""
    year, month, day, *place = id.rsplit("/", 1)[-1].split("-")
    return day_text(date(int(year), int(month), int(day))) + (f" ({place[0]})" if place else "")


def month_text(day: date) -> str:
    """`February 2024`."""
    return f"{day:%B} {day.year}"


def instant_text(instant: str) -> str:
    """The day of an ISO 8601 instant in UTC: `8 February 2024`."""
    return day_text(datetime.fromisoformat(instant).date())


def moment_text(instant: str) -> str:
    """The minute of an ISO 8601 instant in UTC: `8 February 2024, 09:30 UTC`."""
    moment = datetime.fromisoformat(instant)
    return f"{day_text(moment.date())}, {moment:%H:%M} UTC"


def language_text(language: str) -> str:
    """A language's own name; its code where we know none."""
    return LANGUAGES.get(language, language)


def direction(language: str) -> Literal["ltr", "rtl", "auto"]:
    """Which way a language is written; of one that we do not know, its text tells."""
    if language in RIGHT_TO_LEFT:
        return "rtl"
    return "ltr" if language in LANGUAGES else "auto"


def value_text(field: str, value: str, label: str) -> str:
    """What a facet's value is called: `label`, unless the calendar or the record has a plainer word."""
    month = _MONTH.fullmatch(value)
    if field == "month" and month:
        return month_text(date(int(month[1]), int(month[2]), 1))
    if field == "wording":
        return "the same as one answer's"
    if field == "kind":
        return KINDS.get(value, label)
    if field == "language" and label == value:
        return language_text(value)
    return label


def name_text(role: str, label: str | None, known: str) -> str:
    """Who speaks: the label as printed where it is a name, else who we know it to be, else the role itself."""
    printed = label if label and label not in BARE_LABELS else ""
    return printed or known or {"question": "Question", "note": "Note"}.get(role, "Not stated")


def role_text(role: str, name: str) -> str:
    """The role said beside a name: of askers and of who makes a statement; nothing where the name says it already."""
    return role if role in ("question", "statement") and name.lower() != role else ""


def counted(number: int, one: str, many: str) -> str:
    """`1 answer`, `1,234 answers`."""
    return f"{number:,} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """A clause of an error or a notice as a sentence."""
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.?!)' else '.'}" if text else ""
