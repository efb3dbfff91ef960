"""How values, days and languages are written for people.

Names that depend on the collection (entities, outlets, publishers) come from `search.labels`; here is only what the
calendar and the record say by themselves.
"""

import re
from datetime import date, datetime
from typing import Literal

from search.facets import label_of
from search.page import SearchRequest
from search.schema import NOT_STATED
from webui.formats import day_text, month_text, number_text
from webui.tongue import gettext, marked, ngettext, tongue

LANGUAGES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}
KINDS = {"answer": marked("Answer"), "statement": marked("Statement"), "note": marked("Note")}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
TYPE_LISTS = {
    "place": marked("Places"),
    "person": marked("People"),
    "organisation": marked("Organisations"),
    "event": marked("Events"),
    "": marked("Others"),
}
"""What entities of a type are called together."""

MANY = {
    "speaker": marked("speakers"),
    "outlet": marked("outlets"),
    "entity": marked("entities"),
    "publisher": marked("publishers"),
    "language": marked("languages"),
    "kind": marked("kinds"),
    "year": marked("years"),
    "month": marked("months"),
}
"""What values of a facet are called together."""

LABELS = (
    *(marked("Question"), marked("Answer"), marked("Title"), marked("Speaker"), marked("Outlet"), marked("Mentions")),
    *(marked("About"), marked("Mentions, or any part"), marked("Publisher"), marked("Language"), marked("Kind")),
    *(marked("Year"), marked("Month"), marked("Briefing"), marked("Wording")),
)
"""The kernel's names of fields."""
TYPES = {
    "place": marked("place"),
    "person": marked("person"),
    "organisation": marked("organisation"),
    "event": marked("event"),
}
"""What an entity of a type is called."""
ROLES = {"question": marked("question"), "statement": marked("statement")}

BARE_LABELS = frozenset({"Q", "A"})
"""Labels that print the role of a turn and name nobody."""

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def day_of_id(id: str) -> str:
    """The day of a briefing's id: `8 February 2024`; of a day's second, `8 February 2024 (2)`."""
    year, month, day, *place = id.rsplit("/", 1)[-1].split("-")
    return day_text(date(int(year), int(month), int(day))) + (f" ({place[0]})" if place else "")


def instant_text(instant: str) -> str:
    """The day of an ISO 8601 instant in UTC: `8 February 2024`."""
    return day_text(datetime.fromisoformat(instant).date())


def moment_text(instant: str) -> str:
    """The minute of an ISO 8601 instant in UTC: `8 February 2024, 09:30 UTC`."""
    moment = datetime.fromisoformat(instant)
    return gettext("%(day)s, %(time)s UTC", day=day_text(moment.date()), time=f"{moment:%H:%M}")


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
    if field == "month" and (month := _MONTH.fullmatch(value)):
        return month_text(date(int(month[1]), int(month[2]), 1))
    if field == "wording":
        return gettext("the same as one answer's")
    if value == NOT_STATED:
        return gettext("not stated")
    if field == "kind":
        return gettext(KINDS[value]) if value in KINDS else label
    if field == "language" and label == value:
        return language_text(value)
    return label


def name_text(role: str, label: str | None, known: str) -> str:
    """Who speaks: the label as printed where it is a name, else who we know it to be, else the role itself."""
    printed = label if label and label not in BARE_LABELS else ""
    if printed or known:
        return printed or known
    if role == "question":
        return gettext("Question")
    return gettext("Note") if role == "note" else gettext("Not stated")


def role_text(role: str, name: str) -> str:
    """The role said beside a name: of askers and of who makes a statement; nothing where the name says it already."""
    if role not in ROLES:
        return ""
    said = gettext(ROLES[role])
    return said if name.lower() != said else ""


def counted(number: int, one: str, many: str) -> str:
    """A message that says a number, in the form that goes with it."""
    return ngettext(one, many, number, number=number_text(number))


def answers_text(number: int) -> str:
    """`1 answer`, `1,234 answers`."""
    return counted(number, "%(number)s answer", "%(number)s answers")


def briefings_text(number: int) -> str:
    """`1 briefing`, `1,234 briefings`."""
    return counted(number, "%(number)s briefing", "%(number)s briefings")


def questions_text(number: int) -> str:
    """`1 question`, `1,234 questions`."""
    return counted(number, "%(number)s question", "%(number)s questions")


def kind_text(kind: str, n: int) -> str:
    """`Answer 7`."""
    if kind == "answer":
        return gettext("Answer %(n)s", n=n)
    return gettext("Statement %(n)s", n=n) if kind == "statement" else gettext("Note %(n)s", n=n)


def field_text(field: str, request: SearchRequest) -> str:
    """What a field is called; that of entities by what its picks find."""
    return gettext(label_of(field, request))


def type_text(type: str) -> str:
    """What an entity of a type is called, "" where it has none."""
    return gettext(TYPES[type]) if type in TYPES else type


def sentence(text: str) -> str:
    """A clause of an error or a notice as a sentence."""
    stop = "。" if tongue() == "zh" else "."
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.?!)。？！）' else stop}" if text else ""
